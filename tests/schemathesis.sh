#!/usr/bin/env bash
# schemathesis on a daemon of its own: no answer of 500 and more, no answer that the OpenAPI document does not have.
# usage: tests/schemathesis.sh PROGRAM     (SCHEMATHESIS_EXAMPLES, 20 when not set; SCHEMATHESIS_SEED)
set -euo pipefail
program=$(realpath "$1")
work=$(mktemp -d)
daemon=
trap '[ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true; rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "schemathesis==4.32.5"

# Agents that nobody starts, so that each answer is the API's own.
mkdir -p "$work/root/config"
cat > "$work/root/config/agents.yaml" <<'END'
agents:
  dev: {role: executor}
  simayi: {role: reviewer}
END
echo 'daemon: {max_global_agents: 0}' > "$work/root/config/default.yaml"
"$program" --root "$work/root" serve --bind 127.0.0.1:0 > "$work/daemon.log" 2>&1 &
daemon=$!
moziplus() { "$program" --root "$work/root" "$@"; }
until moziplus daemon status > /dev/null 2>&1; do
  kill -0 "$daemon" || { cat "$work/daemon.log"; exit 1; }
  sleep 0.1
done
moziplus project create --id sales --name Sales > /dev/null
for title in Count Sum; do moziplus bb create --project sales --title "$title" > /dev/null; done
address=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["address"])' "$work/root/run/daemon.json")

# Streams do not end by themselves.
"$work/venv/bin/schemathesis" run "http://$address/api/openapi.json" \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
  --exclude-operation-id streamEvents --exclude-operation-id streamAttemptLog \
  --max-examples "${SCHEMATHESIS_EXAMPLES:-20}" ${SCHEMATHESIS_SEED:+--seed "$SCHEMATHESIS_SEED"} \
  --request-timeout 30 --continue-on-failure
if grep -q panicked "$work/daemon.log"; then
  grep -A3 panicked "$work/daemon.log"
  exit 1
fi
