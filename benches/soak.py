#!/usr/bin/env python3
"""A daemon that works for long: `benches/soak.py --bin target/release/moziplus [--tasks 100000] [--projects 10]`.

Tasks are made, run with /bin/true and accepted, so many at a time, until all are done; meanwhile memory, open descriptors, the
write-ahead logs and the time of an answer are taken down. Prints how each developed over the last three quarters. Ends with 1
when a figure of docs/reliability.md (R16) is missed: memory that grows by more than 1 MB an hour beyond what the open
descriptors and the warm-up explain, a log over 64 MB, descriptors that become more, answers that become slower by more than a
fifth, a task that is lost. A short run (`--tasks 2000`) judges all but the slope of memory, which needs an hour to mean much.
Standard library only.
"""

import argparse
import os
import pathlib
import statistics
import time

from harness import Daemon
from load import with_outcome

AGENTS = """
runners:
  true: {kind: command, argv: ["/bin/true"]}
agents:
  worker: {role: executor, runner: "true", max_concurrent: 8}
"""
SETTINGS = """daemon: {max_global_agents: 8, max_per_agent: 8, max_dispatches: 1000, tick_interval: 5}
retention: {session_days: 1}
"""
# Tasks that wait at the same time, over all projects: enough to keep every slot busy.
WAITING = 200
# The figures that must hold.
GROWTH_BYTES_AN_HOUR = 1_000_000
MOST_LOG_BYTES = 64 * 1024 * 1024
SLOWER = 1.2
# What is too short to say anything about an hour.
SHORTEST_SECONDS = 1800


class Samples:
    """What was seen, one row a look."""

    NAMES = ("at", "done", "memory", "descriptors", "log", "database", "answer_ms")

    def __init__(self, daemon):
        self.daemon, self.begun, self.rows = daemon, time.monotonic(), []

    def look(self, done):
        pid, root = self.daemon.process.pid, self.daemon.root
        memory = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        descriptors = len(os.listdir(f"/proc/{pid}/fd"))
        log = max((path.stat().st_size for path in root.glob("**/*.db-wal")), default=0)
        database = sum(path.stat().st_size for path in root.glob("**/*.db"))
        times = []
        for _ in range(20):
            began = time.perf_counter()
            self.daemon.call("GET", "/api/projects/soak0/tasks?limit=20")
            times.append((time.perf_counter() - began) * 1000)
        row = (time.monotonic() - self.begun, done, memory, descriptors, log, database, statistics.median(times))
        self.rows.append(row)

    def column(self, name, late=True):
        index = self.NAMES.index(name)
        rows = self.rows[len(self.rows) // 4 :] if late else self.rows
        return [row[index] for row in rows]

    def slope(self, name, by):
        """How much the one grows for each of the other, over the last three quarters."""
        x, y = self.column(by), self.column(name)
        return statistics.linear_regression(x, y).slope if len(set(x)) > 1 else 0.0


def finished(daemon, projects):
    status = daemon.call("GET", "/api/daemon/status")["projects"]
    return sum(status[name]["tasks_summary"]["done"] for name in projects)


def work(daemon, options):
    """Has all tasks done, and answers with what was seen."""
    projects = [f"soak{number}" for number in range(options.projects)]
    for name in projects:
        # In force before the first task is made: by the shipped policy /bin/true ends without a result.
        with_outcome(daemon, name)
    samples, made, quiet, last = Samples(daemon), 0, time.monotonic(), -1
    every = max(options.tasks // 100, 20)
    due = 0
    while (done := finished(daemon, projects)) < options.tasks:
        if done != last:
            last, quiet = done, time.monotonic()
        if time.monotonic() - quiet > 120:
            break
        while made - done < WAITING and made < options.tasks:
            count = min(20, options.tasks - made)
            daemon.create(projects[made // 20 % len(projects)], count, assignee="worker", risk_level="low")
            made += count
        if done >= due:
            samples.look(done)
            due = done + every
        time.sleep(0.2)
    samples.look(done)
    return samples, done


def missed(samples, done, options):
    """The figures that do not hold, in words."""
    early, late = samples.column("answer_ms"), samples.column("answer_ms")
    half = len(late) // 2
    slower = statistics.median(late[half:]) / max(statistics.median(early[: max(half, 1)]), 0.001)
    seconds = samples.column("at")[-1]
    descriptors = samples.column("descriptors")
    checks = [
        (f"{options.tasks - done} tasks are not done", done != options.tasks),
        (f"a write-ahead log of {max(samples.column('log', late=False)) / 1e6:.0f} MB", max(samples.column("log")) > MOST_LOG_BYTES),
        # Eight agents come and go, each with some pipes; what is lost adds up over a run.
        (f"{descriptors[0]} to {descriptors[-1]} descriptors", descriptors[-1] > max(descriptors[: len(descriptors) // 2 + 1]) + 16),
        (f"answers are {slower:.2f} times as slow at the end", slower > SLOWER and statistics.median(late[half:]) > 5),
        ("memory grows", seconds >= SHORTEST_SECONDS and samples.slope("memory", "at") * 3600 > GROWTH_BYTES_AN_HOUR),
    ]
    return [text for text, is_missed in checks if is_missed]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--projects", type=int, default=10)
    options = parser.parse_args()
    daemon = Daemon(options.bin, SETTINGS, AGENTS)
    try:
        samples, done = work(daemon, options)
        first, last = samples.rows[0], samples.rows[-1]
        seconds = last[0] - first[0]
        print(f"{done} tasks in {options.projects} projects in {seconds:.0f} s ({done / max(seconds, 1):.0f} a second)")
        for name, unit in [("memory", "bytes"), ("descriptors", ""), ("log", "bytes"), ("database", "bytes"), ("answer_ms", "ms")]:
            column = samples.column(name, late=False)
            hourly, each = samples.slope(name, "at") * 3600, samples.slope(name, "done") * 1000
            print(f"{name}: {column[0]:.0f} at first, {max(column):.0f} at most, {column[-1]:.0f} at last {unit}, "
                  f"{hourly:+.0f} an hour, {each:+.1f} for 1,000 tasks")
        failed = missed(samples, done, options)
    finally:
        daemon.stop()
    print("missed: " + ", ".join(failed) if failed else "every figure holds")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
