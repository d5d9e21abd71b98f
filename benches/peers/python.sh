#!/usr/bin/env bash
# Prints the path of a Python that has what the report draws with; made once.
set -euo pipefail
folder=${MOZIPLUS_PEERS:-$HOME/.cache/moziplus-peers}/report
if [ ! -e "$folder/complete" ]; then
  python3 -m venv "$folder" >&2
  "$folder/bin/python" -m pip install -q 'matplotlib==3.10.*' >&2
  touch "$folder/complete"
fi
echo "$folder/bin/python"
