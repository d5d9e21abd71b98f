"""The blackboard as an agent sees it: the `moziplus blackboard` commands, and nothing else.

Project, task, agent and token come from the environment (MOZIPLUS_*), which the command line reads by itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

REFUSED = 4  # exit code of the command line: illegal transition, stale token, conflict


class Refused(Exception):
    """The blackboard said no: somebody was faster, or it is no longer our turn."""


def command(*arguments: str, stdin: str | None = None) -> dict:
    """Runs one blackboard command and answers with what it printed."""
    argv = [os.environ["MOZIPLUS_BIN"], "blackboard", *arguments, "--json"]
    done = subprocess.run(argv, input=stdin or "", capture_output=True, text=True)
    if done.returncode == REFUSED:
        raise Refused(done.stderr.strip())
    if done.returncode != 0:
        sys.exit(f"{' '.join(argv)}\nended with {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout or "{}")


def read(task: str | None = None) -> dict:
    """A task with everything that was written on it."""
    return command("read", "--task", task or os.environ["MOZIPLUS_TASK"])


def output(title: str, text: str, kind: str, summary: str) -> None:
    """Adds a result; the text becomes the file `outputs/<title>` of the task."""
    print(f"output {title}: {summary}")
    command("output", "--title", title, "--type", kind, "--summary", summary, stdin=text)


def comment(body: str, kind: str = "note", mention: str | None = None) -> None:
    """Adds a comment to the task's thread."""
    extra = ["--mention", mention] if mention else []
    command("comment", "--body", body, "--type", kind, *extra)


def complete(summary: str) -> None:
    """Says that the work is done; the daemon checks the task's must_haves."""
    print(f"complete: {summary}")
    command("complete", "--summary", summary)


def input_file(name: str) -> Path:
    """A raw file of the project."""
    return Path(os.environ["MOZIPLUS_ROOT"], "projects", os.environ["MOZIPLUS_PROJECT"], "input", name)


def result(task: dict, title: str) -> Path:
    """Where the latest output of this title is."""
    matching = [out for out in task["outputs"] if out["title"] == title]
    if not matching:
        sys.exit(f"task {task['id']} has no output {title}")
    newest = max(matching, key=lambda out: out["id"])
    return Path(os.environ["MOZIPLUS_ROOT"], "projects", os.environ["MOZIPLUS_PROJECT"], newest["path"])


def dependencies(task: dict) -> list[dict]:
    """The tasks that this one builds on."""
    return [read(task_id) for task_id in task["depends_on"]]


def find_result(tasks: list[dict], title: str) -> Path:
    """The output of this title, whichever of the tasks made it."""
    for task in tasks:
        if any(out["title"] == title for out in task["outputs"]):
            return result(task, title)
    sys.exit(f"no task among {[task['id'] for task in tasks]} has an output {title}")


def field(task: dict, name: str) -> str:
    """The value of a line `- Name: value` in the task's description."""
    for line in task["description"].splitlines():
        key, _, value = line.partition(":")
        if key.lstrip("- ").lower() == name:
            return value.strip()
    sys.exit(f"the description of {task['id']} has no line `- {name}: ...`")


def code_of(issue: dict) -> str:
    """The word in square brackets that opens a finding, such as `duplicate`."""
    return issue["text"].partition("]")[0].lstrip("[")


def last_review(task: dict) -> dict | None:
    """The latest review, or none."""
    return max(task["reviews"], key=lambda review: review["id"], default=None)


def main(triggers: dict) -> None:
    """Runs the function of the trigger that the daemon started this process for."""
    trigger = os.environ["MOZIPLUS_TRIGGER"]
    who = os.environ["MOZIPLUS_AGENT"]
    if trigger not in triggers:
        sys.exit(f"{who} does not know the trigger {trigger}")
    print(f"{who}: {trigger} {os.environ['MOZIPLUS_PROJECT']}/{os.environ['MOZIPLUS_TASK']}", flush=True)
    time.sleep(float(os.environ.get("MOZIPLUS_DEMO_PACE") or 0))
    try:
        triggers[trigger](read())
    except Refused as refusal:
        # Not an error of ours: the task moved on while we worked (a second reviewer was faster, a person stepped in).
        print(f"refused: {refusal}")
