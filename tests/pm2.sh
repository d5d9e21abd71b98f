#!/usr/bin/env bash
# Runs the tests that need a real pm2: installs it from npm into a folder of its own, which is gone afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${PM2_VERSION:-6}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" "pm2@$version"
export CHAOS_PM2="$folder/node_modules/.bin/pm2" CHAOS_ROUNDS="${CHAOS_ROUNDS:-20}"
"$CHAOS_PM2" --version
cargo test --locked --test it chaos:: -- --nocapture --test-threads 1
