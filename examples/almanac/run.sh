#!/usr/bin/env bash
# Runs the almanac: makes a root folder, starts the daemon on it, creates the tasks and shows what happens.
# Safe to repeat: what is already there is kept, and a daemon that already runs on the root is used.
#
#   run.sh [--bin MOZIPLUS] [--root DIR] [--bind ADDRESS:PORT] [--once]
#
# --once ends when the tasks have, with status 0 if all are done. Without it the daemon runs until Ctrl-C.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=moziplus root=demo-root bind= once=

while [ $# -gt 0 ]; do
  case $1 in
    --bin) bin=$2; shift 2 ;;
    --root) root=$2; shift 2 ;;
    --bind) bind=$2; shift 2 ;;
    --once) once=--once; shift ;;
    *) echo "run.sh: unknown option $1" >&2; exit 2 ;;
  esac
done
bin=$(command -v "$bin") || { echo "run.sh: no program moziplus; give --bin" >&2; exit 2; }
bin=$(cd "$(dirname "$bin")" && pwd)/$(basename "$bin")
mkdir -p "$root"
root=$(cd "$root" && pwd)
project=almanac
# How long each agent waits before it works, in seconds, so that a person can follow the tasks.
export MOZIPLUS_DEMO_PACE=${MOZIPLUS_DEMO_PACE:-0.5}
# This script may itself be run by an agent; what it starts must not take over that agent's identity.
unset MOZIPLUS_ROOT MOZIPLUS_PROJECT MOZIPLUS_TASK MOZIPLUS_AGENT MOZIPLUS_ATTEMPT MOZIPLUS_TOKEN

mozi() { "$bin" --root "$root" "$@"; }
address() { python3 "$here/follow.py" address "$root"; }

# The first free port from 8083 up, unless one was given.
free_port() {
  python3 - <<'PYTHON'
import socket
for port in range(8083, 8183):
    with socket.socket() as s:
        if s.connect_ex(("127.0.0.1", port)):
            print(port)
            break
PYTHON
}

prepare_root() {
  mkdir -p "$root/config" "$root/agents"
  [ -e "$root/config/agents.yaml" ] || cp "$here/agents.yaml" "$root/config/agents.yaml"
  cp "$here"/agents/*.py "$here"/agents/*.sh "$root/agents/"
  mozi init >/dev/null
}

started= follower=
start_daemon() {
  address >/dev/null && return
  mkdir -p "$root/logs"
  # Not by the function: its process would be a shell, and a signal to that one does not reach the daemon.
  "$bin" --root "$root" serve --bind "${bind:-127.0.0.1:$(free_port)}" >"$root/logs/serve.out" 2>&1 &
  started=$!
  for _ in $(seq 300); do
    address >/dev/null && return
    kill -0 $started 2>/dev/null || break
    sleep 0.1
  done
  echo "run.sh: the daemon did not start; the end of $root/logs/serve.out:" >&2
  tail -n 20 "$root/logs/serve.out" >&2
  exit 1
}

stop_daemon() {
  trap - EXIT INT TERM
  [ -z "$follower" ] || kill "$follower" 2>/dev/null || true
  [ -n "$started" ] || return 0
  echo "stopping the daemon"
  kill -TERM "$started" 2>/dev/null || true
  wait "$started" 2>/dev/null || true
}
trap stop_daemon EXIT
trap 'exit 130' INT TERM

# The project and its tasks, unless they are there. The ticker waits meanwhile, so that nobody is sent to work on the
# parent task before it has its parts.
create_project() {
  mozi project show $project >/dev/null 2>&1 && return
  mozi daemon stop >/dev/null
  mozi project create --id $project --name Almanac >/dev/null
  cp "$here/project.yaml" "$root/projects/$project/config/project.yaml"
  cp -R "$here/input" "$root/projects/$project/input"
  mkdir -p "$root/projects/$project/scripts"
  cp "$here"/scripts/*.rhai "$root/projects/$project/scripts/"
  bash "$here/tasks.sh" "$bin" "$root" $project
  mozi daemon start >/dev/null
}

prepare_root
start_daemon
create_project
# In the background, because a signal interrupts `wait` and would have to wait for anything else.
python3 "$here/follow.py" follow "$root" $project $once &
follower=$!
wait $follower
