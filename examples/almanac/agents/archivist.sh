#!/usr/bin/env bash
# archivist: lists every result of the project with its checksum. An agent can be any program; this one is bash.
set -euo pipefail
echo "$MOZIPLUS_AGENT: $MOZIPLUS_TRIGGER $MOZIPLUS_PROJECT/$MOZIPLUS_TASK"
sleep "${MOZIPLUS_DEMO_PACE:-0}"

checksum() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

cd "$MOZIPLUS_ROOT/projects/$MOZIPLUS_PROJECT/artifacts"
list=$(find . -path '*/outputs/*' -type f | sort | sed 's|^\./||')
manifest=$(echo "$list" | while IFS= read -r file; do checksum "$file"; done)

"$MOZIPLUS_BIN" blackboard output --title manifest.txt --type config \
  --summary "SHA-256 of $(echo "$list" | wc -l | tr -d ' ') files" --text "$manifest"
"$MOZIPLUS_BIN" blackboard complete --summary "every result is listed with its checksum"
