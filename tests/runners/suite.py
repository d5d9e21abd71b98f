#!/usr/bin/env python3
"""Drives the real claude, codex, gemini and opencode by the runners that moziplus ships, with a stub as their model.

`make test-runners`, or `suite.py claude codex` for some of them. For each: the prompt arrives, the agent's shell reaches
the blackboard, the task is done; usage, session and model are known; a refused login is told apart; cancelling ends it.
"""

import json
import os
import re
import sys
from pathlib import Path

import lab
from lab import Lab, check, wait_for

PACKAGES = ["@anthropic-ai/claude-code", "@openai/codex", "@google/gemini-cli", "opencode-ai"]
MODEL = "http://127.0.0.1:18999"

# What each program needs to take the stub for its provider, beside what the shipped runner says.
NEEDS = {
    "claude": {"ANTHROPIC_BASE_URL": MODEL, "ANTHROPIC_API_KEY": "stub", "CLAUDE_CODE_MAX_RETRIES": "0",
               "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_AUTOUPDATER": "1"},
    "codex": {"OPENAI_API_KEY": "stub"},
    "gemini": {"GEMINI_API_KEY": "stub", "GOOGLE_GEMINI_BASE_URL": MODEL, "GEMINI_MODEL": "gemini-2.5-flash"},
    "opencode": {"OPENCODE_DISABLE_AUTOUPDATE": "1", "OPENCODE_DISABLE_MODELS_FETCH": "1"},
}

CODEX = """model = "stub-1"
model_provider = "stub"
[model_providers.stub]
name = "stub"
base_url = "http://127.0.0.1:18999/v1"
env_key = "OPENAI_API_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
"""
GEMINI = {"security": {"auth": {"selectedType": "gemini-api-key"}}, "privacy": {"usageStatisticsEnabled": False},
          "general": {"disableAutoUpdate": True}}
OPENCODE = {"model": "stub/stub-1", "small_model": "stub/stub-1", "autoupdate": False, "share": "disabled",
            "provider": {"stub": {"npm": "@ai-sdk/openai-compatible", "name": "Stub",
                                  "options": {"baseURL": f"{MODEL}/v1", "apiKey": "stub"},
                                  "models": {"stub-1": {"name": "Stub", "cost": {"input": 1, "output": 2},
                                                        "limit": {"context": 100000, "output": 4000}}}}}}

WORK = 'SHELL: echo made > made.txt\nSHELL: "$MOZIPLUS_BIN" blackboard complete --summary "by the program"\nSAY: all done'


def shipped_runner(name):
    """The runner's lines in the configuration that moziplus ships."""
    text = (lab.REPOSITORY / "config/agents.yaml").read_text()
    found = re.search(rf"^  {name}:\n((?:    .*\n)+)", text, re.M)
    return found.group(0)


def agents_yaml(names):
    runners = ""
    for name in names:
        lines = [line for line in shipped_runner(name).splitlines() if "env_pass" not in line]
        runners += "\n".join(lines) + f"\n    env: {json.dumps(NEEDS[name])}\n"
    agents = "".join(f"  {name}: {{role: executor, runner: {name}}}\n" for name in names)
    return f"runners:\n{runners}agents:\n{agents}"


def prepare(home):
    for path, text in {".codex/config.toml": CODEX, ".gemini/settings.json": json.dumps(GEMINI),
                       ".config/opencode/opencode.json": json.dumps(OPENCODE)}.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text)


def try_one(house, name):
    print(name, flush=True)
    task = house.task("Make it", WORK, name, "--risk", "low")
    house.becomes(task, "done")
    attempt = wait_for("the attempt is over", lambda: house.attempts(task)[0]["ended_at"] and house.attempts(task)[0])
    usage = attempt["usage"]
    check("the agent completed its task by the blackboard", attempt["outcome"] == "completed")
    check("it worked in the task's folder", (house.root / f"projects/lab/artifacts/{task}/made.txt").exists())
    words = [request["words"] for request in house.requests()]
    check("the prompt arrived whole", any("blackboard" in text and WORK.splitlines()[-1] in text for text in words))
    check(f"usage is known: {usage}", usage and usage["tokens_in"] >= 2400 and usage["tokens_out"] >= 68)
    check("the cached part too", usage["tokens_cached"] >= 400)
    check("the session is known", bool(usage["session"]))
    if name in ("claude", "opencode"):
        check("the cost is known", usage["cost_micros"] > 0)

    task = house.task("Log in", "STATUS: 401 invalid api key", name, "--risk", "low")
    over = wait_for("it ends", lambda: [a for a in house.attempts(task) if a["ended_at"]], 240)[0]
    check(f"a refused login is told apart: {over['detail']}", over["outcome"] == "auth_failed")
    house.run("blackboard", "cancel", "--project", "lab", "--task", task)
    house.run("agent", "unpark", name)

    task = house.task("Hang", "HANG", name, "--risk", "low")
    house.becomes(task, "working")
    before = len(house.requests())
    wait_for("the model was asked", lambda: any(request["answer"]["kind"] == "hang" for request in house.requests()[before - 1:]))
    house.run("blackboard", "cancel", "--project", "lab", "--task", task)
    over = wait_for("it ends", lambda: [a for a in house.attempts(task) if a["ended_at"]], 60)[0]
    check(f"cancelling ends it: {over['outcome']}", over["outcome"] == "cancelled")
    check("and its process", not Path(f"/proc/{over['pid']}").exists())


def main():
    names = sys.argv[1:] or list(NEEDS)
    programs, node = lab.install("agents", PACKAGES), lab.node()
    lab.enter_namespace()
    os.environ["PATH"] = f"{programs / 'node_modules/.bin'}:{node}:{os.environ['PATH']}"
    settings = "daemon: {max_global_agents: 1, kill_grace: 5, task_timeout: 300}\n"
    with Lab("runners", agents_yaml(names), settings) as house:
        prepare(house.folder / "home")
        house.serve()
        for name in names:
            try_one(house, name)
    print("all programs did as they were told")


if __name__ == "__main__":
    main()
