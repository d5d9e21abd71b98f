#!/usr/bin/env python3
"""Figures of the supervision of agents: `benches/supervision.py --bin target/release/moziplus`.

Prints one line each: what a start costs beyond the bare command, the memory of daemon and supervisor with 50 agents that
print 1 MB/s each, and how soon a new daemon looks after 20 agents that outlived the old one. Linux, for it reads /proc.
Standard library only.
"""

import argparse
import os
import pathlib
import signal
import statistics
import subprocess
import time

from harness import Daemon, Refused, at, quantile, wait_for

AGENTS = """
runners:
  clock: {kind: command, argv: ["sh", "-c", "date +%s.%N"]}
  talker: {kind: command, argv: ["python3", "-c", "{talk}"]}
  sleeper: {kind: command, argv: ["sleep", "600"]}
agents:
  clock: {role: executor, runner: clock, capabilities: [clock], max_concurrent: 1}
  talker: {role: executor, runner: talker, capabilities: [talk], max_concurrent: 50}
  sleeper: {role: executor, runner: sleeper, capabilities: [sleep], max_concurrent: 50}
"""
# A megabyte a second, ten pieces of it, for as long as it is let.
TALK = r"""import os, time
piece = (b'x' * 99 + b'\\n') * 1000
due = time.monotonic()
while True:
    os.write(1, piece)
    due += 0.1
    time.sleep(max(0, due - time.monotonic()))
"""
SETTINGS = "daemon: {tick_interval: 5, max_global_agents: 50, max_per_agent: 50, task_timeout: 3600}\n"
# Nobody here writes to the blackboard; what ended has done what it was for.
OUTCOME = "fn after(attempt, task, ctx) { if task.status == \"working\" { accept(task.id) } }\n"


def team(binary):
    script = TALK.replace("\n", "\\n")
    daemon = Daemon(binary, SETTINGS, AGENTS.replace("{talk}", script))
    daemon.project("p")
    daemon.call("PUT", "/api/projects/p/scripts/outcome", {"source": OUTCOME})
    return daemon


def status_of(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("Vm", "Rss"))}


def supervisor_pid(daemon):
    records = lambda: list((daemon.root / "run").glob("supervisor-*.json"))
    wait_for(records)
    return int(records()[0].stem.split("-")[1])


def working(daemon, count):
    try:
        return daemon.status()["projects"]["p"]["active_agents"] == count
    except (OSError, Refused, KeyError):
        return False


def log_of(daemon, attempt):
    path = daemon.root / "projects/p/artifacts" / attempt["task"] / "archive" / str(attempt["number"]) / "stdout.log"
    return path.read_text()


def spawn(binary, count=60):
    """From the decision, which the attempt's row dates, to the first instruction; and the same without moziplus."""
    bare = []
    for _ in range(count):
        before = time.time()
        told = subprocess.run(["sh", "-c", "date +%s.%N"], check=True, capture_output=True, text=True).stdout
        bare.append((float(told) - before) * 1000)
    daemon = team(binary)
    ours = []
    for n in range(count):
        fields = {"title": f"clock {n}", "task_type": "clock", "assignee": "clock", "risk_level": "low"}
        task = daemon.call("POST", "/api/projects/p/tasks", fields)
        path = f"/api/projects/p/tasks/{task['id']}"
        wait_for(lambda: daemon.call("GET", path)["status"] == "done")
        attempt = daemon.call("GET", f"{path}/attempts")["items"][0]
        ours.append((float(log_of(daemon, attempt)) - at(attempt["created_at"])) * 1000)
    over = statistics.median(ours) - statistics.median(bare)
    print(
        f"start of a process: median {statistics.median(ours):.1f} ms (p90 {quantile(ours, 0.9):.1f}), bare "
        f"{statistics.median(bare):.1f} ms (p90 {quantile(bare, 0.9):.1f}): {over:.1f} ms over it"
    )
    daemon.forget()


def streams(binary, agents=50, seconds=30):
    daemon = team(binary)
    for n in range(agents):
        fields = {"title": f"talk {n}", "task_type": "talk", "assignee": "talker", "risk_level": "low"}
        daemon.call("POST", "/api/projects/p/tasks", fields)
    wait_for(lambda: working(daemon, agents))
    supervisor = supervisor_pid(daemon)
    began = time.monotonic()
    most = {"daemon": 0, "own": 0, "program": 0}
    while time.monotonic() - began < seconds:
        time.sleep(0.5)
        of_supervisor = status_of(supervisor)
        now = {
            "daemon": status_of(daemon.process.pid)["VmRSS"],
            "own": of_supervisor["RssAnon"],
            "program": of_supervisor["RssFile"],
        }
        most = {name: max(most[name], now[name]) for name in most}
    folder = daemon.root / "projects/p/artifacts"
    beats = [path.read_text() for path in folder.glob("*/archive/*/heartbeat.json")]
    printed = sum(int(text.split('"output_bytes":')[1].split(",")[0]) for text in beats)
    rate = printed / (time.monotonic() - began) / 1e6
    print(
        f"{agents} agents that print, {rate:.0f} MB/s in all for {seconds} s: daemon at most "
        f"{most['daemon'] / 1024:.1f} MB, supervisor at most {most['own'] / 1024:.1f} MB of its own, beside "
        f"{most['program'] / 1024:.1f} MB of the program's file, which it shares with the daemon"
    )
    end_all(daemon)


def adoption(binary, agents=20, rounds=5):
    daemon = team(binary)
    for n in range(agents):
        fields = {"title": f"sleep {n}", "task_type": "sleep", "assignee": "sleeper", "risk_level": "low"}
        daemon.call("POST", "/api/projects/p/tasks", fields)
    wait_for(lambda: working(daemon, agents))
    took = []
    for _ in range(rounds):
        daemon.process.send_signal(signal.SIGKILL)
        daemon.process.wait()
        began = time.monotonic()
        daemon.start()
        wait_for(lambda: working(daemon, agents))
        took.append(time.monotonic() - began)
    print(
        f"{agents} agents looked after again, from the start of the daemon's process: median "
        f"{statistics.median(took):.2f} s ({min(took):.2f} to {max(took):.2f})"
    )
    end_all(daemon)


def end_all(daemon):
    """Agents outlive a daemon, so they are ended first."""
    for session in daemon.call("GET", "/api/daemon/sessions")["items"]:
        os.killpg(session["pid"], signal.SIGKILL)
    daemon.forget()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("figures", nargs="*", default=["spawn", "streams", "adoption"])
    args = parser.parse_args()
    for figure in args.figures:
        {"spawn": spawn, "streams": streams, "adoption": adoption}[figure](os.path.abspath(args.bin))


if __name__ == "__main__":
    main()
