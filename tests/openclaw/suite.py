#!/usr/bin/env python3
"""Runs tasks through a real OpenClaw, with a stub as its model.

`make test-openclaw`, or `suite.py 2026.5.7` for another version. A task from creation through review to done by the
`openclaw` runner, another by a sub-agent of the gateway, one that is cancelled, and the gateway going down and coming up.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "runners"))

import lab  # noqa: E402
from lab import Lab, check, wait_for  # noqa: E402

PORT, TOKEN = 18789, "test-token-0123456789abcdef"

AGENTS = """
runners:
  turn: {kind: openclaw}
  sub: {kind: gateway}
agents:
  dev: {role: executor, runner: turn}
  critic: {role: reviewer, runner: turn}
  helper: {role: executor, runner: sub}
"""
SETTINGS = "daemon: {kill_grace: 10, task_timeout: 300}\ngateway: {url: http://127.0.0.1:18789, token_env: LAB_TOKEN}\n"

# Agents do by trigger what this script says; the model only calls it.
SCRIPT = """#!/bin/sh
set -e
case $MOZIPLUS_TRIGGER in
  execute) echo made > made.txt; "$MOZIPLUS_BIN" blackboard complete --summary "by OpenClaw" ;;
  review) "$MOZIPLUS_BIN" blackboard review --verdict approved --confidence 0.95 ;;
esac
"""
WORK = "SHELL: . '{env}' && sh \"$MOZIPLUS_ROOT/agent.sh\"\nSAY: all done"


def config(folder):
    agents = [{"id": "main", "default": True, "subagents": {"allowAgents": ["*"]}}]
    agents += [{"id": name} for name in ("dev", "critic", "helper")]
    for agent in agents:
        agent["workspace"] = str(folder / "workspaces" / agent["id"])
    model = {"id": "stub-1", "name": "Stub", "reasoning": False, "input": ["text"], "contextWindow": 128000,
             "cost": {"input": 1, "output": 2, "cacheRead": 0, "cacheWrite": 0}, "maxTokens": 4096}
    provider = {"baseUrl": "http://127.0.0.1:18999/v1", "apiKey": "stub", "api": "openai-completions", "models": [model]}
    return {
        "gateway": {"mode": "local", "port": PORT, "bind": "loopback", "auth": {"mode": "token", "token": TOKEN},
                    "controlUi": {"enabled": False}, "tools": {"allow": ["sessions_spawn"]}},
        "models": {"mode": "replace", "providers": {"stub": provider}},
        # `list` is read by all versions.
        "agents": {"defaults": {"model": {"primary": "stub/stub-1"}, "skipBootstrap": True, "heartbeat": {"every": "0m"}},
                   "list": agents},
        "tools": {"profile": "coding"}, "update": {"checkOnStart": False}, "discovery": {"mdns": {"mode": "off"}},
    }


class OpenClaw:
    """The gateway's process."""

    def __init__(self, house):
        self.house, self.process = house, None
        state = house.folder / "openclaw"
        state.mkdir()
        (state / "openclaw.json").write_text(json.dumps(config(house.folder)))
        # For the daemon too, whose runners call `openclaw agent`.
        house.env.update({
            "OPENCLAW_HOME": str(house.folder / "home"), "OPENCLAW_STATE_DIR": str(state),
            "OPENCLAW_CONFIG_PATH": str(state / "openclaw.json"), "OPENCLAW_DISABLE_BONJOUR": "1",
            "OPENCLAW_NO_AUTO_UPDATE": "1", "OPENCLAW_OFFLINE": "1", "OPENCLAW_NO_RESPAWN": "1", "DO_NOT_TRACK": "1",
            "CI": "1", "NO_COLOR": "1", "LAB_TOKEN": TOKEN,
        })

    def is_ready(self):
        import urllib.request

        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def up(self):
        began = time.monotonic()
        argv = ["openclaw", "gateway", "run", "--port", str(PORT), "--bind", "loopback"]
        for _ in range(3):
            self.process = self.house.start("gateway", argv)
            wait_for("the gateway is ready or gives up", lambda: self.is_ready() or self.process.poll() is not None, 300)
            if self.process.poll() is None:
                break
            # On a slow machine its first start runs into time limits of its own.
            print("  the gateway gave up and is started again", flush=True)
        check("the gateway is ready", self.is_ready())
        print(f"  gateway ready after {time.monotonic() - began:.0f} s", flush=True)

    def down(self, how=signal.SIGKILL):
        self.house.end(self.process, how)


def ended(house, task, number=0):
    return wait_for("the attempt is over", lambda: [a for a in house.attempts(task) if a["ended_at"]][number:], 240)[0]


def gateway_is(house, up):
    wait_for(f"the daemon sees the gateway {'up' if up else 'down'}",
             lambda: house.get("/api/daemon/status")["gateway_up"] is up, 60)


def main():
    version = sys.argv[1] if len(sys.argv) > 1 else "2026.9.6"
    # A dependency of the older one is not in every registry.
    overrides = {"linkedom": "0.18.13"} if version < "2026.8" else None
    node = lab.node()
    programs = lab.install(f"openclaw-{version}", [f"openclaw@{version}"], overrides, node)
    lab.enter_namespace()
    os.environ["PATH"] = f"{programs / 'node_modules/.bin'}:{node}:{os.environ['PATH']}"
    passed = ["OPENCLAW_HOME", "OPENCLAW_STATE_DIR", "OPENCLAW_CONFIG_PATH", "OPENCLAW_OFFLINE", "DO_NOT_TRACK", "CI", "NO_COLOR"]
    agents = AGENTS.replace("kind: openclaw", f"kind: openclaw, env_pass: {json.dumps(passed)}")
    with Lab("openclaw", agents, SETTINGS) as house:
        openclaw = OpenClaw(house)
        print(f"OpenClaw {version}", flush=True)
        openclaw.up()
        house.serve()
        (house.root / "agent.sh").write_text(SCRIPT)
        gateway_is(house, True)

        print("a task through review", flush=True)
        began = time.monotonic()
        task = house.task("Make it", WORK, "dev")
        house.becomes(task, "done")
        print(f"  done after {time.monotonic() - began:.0f} s")
        attempts = house.attempts(task)
        check("worked on and reviewed", [a["kind"] for a in attempts] == ["execute", "review"])
        check("all completed", all(ended(house, task, n)["outcome"] == "completed" for n in range(2)))
        usage = ended(house, task)["usage"]
        check(f"usage is known: {usage}", usage and usage["tokens_in"] > 0 and usage["session"])
        archive = house.root / f"projects/lab/artifacts/{task}/archive/1"
        wait_for("the transcript is archived", (archive / "transcript.json").exists, 60)
        check("it has what was said", "all done" in (archive / "transcript.json").read_text())
        check("it worked in the task's folder", (archive.parent.parent / "made.txt").exists())

        print("a sub-agent of the gateway", flush=True)
        task = house.task("Make it, too", WORK, "helper", "--risk", "low")
        house.becomes(task, "done")
        over = ended(house, task)
        check("the sub-agent completed it", over["outcome"] == "completed")
        check(f"its usage is known: {over['usage']}", over["usage"] and over["usage"]["tokens_out"] > 0)

        for name in ("dev", "helper"):
            print(f"cancelling {name}", flush=True)
            hung = len([r for r in house.requests() if r["answer"]["kind"] == "hang"])
            task = house.task("Hang", "HANG", name, "--risk", "low")
            wait_for("the model was asked", lambda: len([r for r in house.requests() if r["answer"]["kind"] == "hang"]) > hung, 120)
            house.run("blackboard", "cancel", "--project", "lab", "--task", task)
            over = ended(house, task)
            check(f"it is cancelled: {over['detail']}", over["outcome"] == "cancelled")
            archive = house.root / f"projects/lab/artifacts/{task}/archive/1"
            wait_for("its session is ended", lambda: not (archive / "gateway.json").exists(), 60)

        print("the gateway goes down and comes up", flush=True)
        openclaw.down()
        gateway_is(house, False)
        task = house.task("Wait for it", WORK, "dev", "--risk", "low")
        time.sleep(3)
        check("nobody is started", house.status(task) == "pending" and not house.attempts(task))
        reasons = house.get(f"/api/projects/lab/tasks/{task}/explain")["reasons"]
        check("explain says why", any(reason["code"] == "gateway" for reason in reasons))
        check("the daemon is well", house.get("/healthz") is not None)
        openclaw.up()
        gateway_is(house, True)
        house.becomes(task, "done")
        check("it went on by itself", ended(house, task)["outcome"] == "completed")
        openclaw.down(signal.SIGTERM)
    print("OpenClaw did as it was told")


if __name__ == "__main__":
    main()
