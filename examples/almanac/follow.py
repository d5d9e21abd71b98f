"""Prints what happens in a project as it happens, from the daemon's event stream.

    follow.py address ROOT                  where the daemon of this root listens; status 1 when none answers
    follow.py follow ROOT PROJECT [--once]  events until Ctrl-C; with --once until every task is finished
"""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from pathlib import Path

FINAL = ("done", "failed", "cancelled")
# The daemon is on this machine, whatever proxy the environment names.
HTTP = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def main() -> int:
    verb, root, *rest = sys.argv[1:]
    base = address(Path(root))
    if base is None:
        return 1
    if verb == "address":
        print(base)
        return 0
    return follow(base, root, rest[0], once="--once" in rest)


def address(root: Path) -> str | None:
    """Where the daemon of this root listens, when it answers."""
    try:
        base = "http://" + json.loads((root / "run" / "daemon.json").read_text())["address"]
        HTTP.open(f"{base}/healthz", timeout=5).close()
        return base
    except (OSError, ValueError, KeyError, TypeError):
        return None


def follow(base: str, root: str, project: str, once: bool) -> int:
    """Shows events, and the tasks once they are all finished."""
    print(f"\n  Dashboard   {base}\n  API         {base}/api/docs\n  Results     {root}/projects/{project}/artifacts\n")
    after, told = 0, False
    while True:
        try:
            for event in events(f"{base}/api/events?project={project}&after={after}"):
                after = max(after, event["id"])
                show(event)
                tasks = get(f"{base}/api/projects/{project}/tasks?limit=500")["items"]
                if not told and all(task["status"] in FINAL for task in tasks):
                    told = True
                    summary(tasks)
                    if once:
                        return 0 if all(task["status"] == "done" for task in tasks) else 1
                    print("\nThe daemon goes on, so that you can look around; Ctrl-C stops it.", flush=True)
        except OSError as error:
            print(f"lost the daemon ({error}); trying again", flush=True)
            time.sleep(1)


def get(url: str) -> dict:
    with HTTP.open(url, timeout=10) as answer:
        return json.load(answer)


def events(url: str):
    """Server-sent events: every `data:` line is one JSON object."""
    with HTTP.open(url, timeout=60) as stream:
        for line in stream:
            if line.startswith(b"data:"):
                yield json.loads(line[5:])


def show(event: dict) -> None:
    print(f"{event['at'][11:19]}  {event['task'] or '-':>5}  {event['kind']:<20} {event['summary']}", flush=True)


def summary(tasks: list[dict]) -> None:
    print("\nAll tasks are finished:\n")
    for task in sorted(tasks, key=lambda task: int(task["id"][2:])):
        print(f"  {task['id']:>5}  {task['status']:<10} round {task['round']}  {task['title']}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(0)
