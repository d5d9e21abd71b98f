#!/usr/bin/env bash
# Builds what is published: the binary, completions, units and licences in one archive, with its checksum.
# usage: deploy/release.sh [TARGET-TRIPLE]
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:-$(rustc -vV | sed -n 's/^host: //p')}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
[ -z "$(git status --porcelain)" ] || { echo "there are changes that are not committed" >&2; exit 1; }

npm --prefix frontend ci --no-audit --no-fund
npm --prefix frontend run build
cargo build --profile dist --locked --target "$target"

name="moziplus-$version-$target"
out="target/release-archives/$name"
rm -rf "$out" && mkdir -p "$out/completions"
cp "target/$target/dist/moziplus" README.md CHANGELOG.md LICENSE LICENSE-APACHE LICENSE-MIT ecosystem.config.cjs "$out/"
cp -r deploy docs "$out/"
if [ "$target" = "$(rustc -vV | sed -n 's/^host: //p')" ]; then
  for shell in bash zsh fish; do "$out/moziplus" completions "$shell" > "$out/completions/moziplus.$shell"; done
fi
# The same bytes for the same commit.
epoch=$(git log -1 --format=%ct)
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$epoch" -C target/release-archives -cf - "$name" | gzip -n > "$out.tar.gz"
(cd target/release-archives && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
echo "$out.tar.gz"
