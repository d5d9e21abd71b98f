"""Prints what happens in a project as it happens, from the daemon's event stream: follow.py BINARY ROOT PROJECT [--once]"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request

FINAL = ("done", "failed", "cancelled")


def main() -> int:
    binary, root, project = sys.argv[1:4]
    once = "--once" in sys.argv
    base = address(binary, root)
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
        except (urllib.error.URLError, OSError) as error:
            print(f"lost the daemon ({error}); trying again")
            time.sleep(1)


def address(binary: str, root: str) -> str:
    """Where the daemon of this root listens."""
    text = subprocess.run([binary, "--root", root, "--json", "daemon", "status"], capture_output=True, text=True).stdout
    return "http://" + json.loads(text)["bind"]


def get(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def events(url: str):
    """Server-sent events: every `data:` line is one JSON object."""
    with urllib.request.urlopen(url, timeout=60) as stream:
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
