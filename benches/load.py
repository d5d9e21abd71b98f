#!/usr/bin/env python3
"""Figures of a whole daemon: `benches/load.py --bin target/release/moziplus`.

Prints one line each: change to process, tasks end to end with /bin/true beside the ceiling of the same run, the command
line's round trip; growth.py has what grows with tasks and projects. The ceiling is xargs -P 8 /bin/true,
or what a command prints (`--ceiling "cargo bench -q --bench spawn -- 8"` is the one that `make bench` takes).
Quote ratios rather than absolute times: machines differ, and most are busy. Standard library only.
"""

import argparse
import os
import statistics
import subprocess
import time

from harness import OUTCOME, Daemon, at, quantile, wait_for

CEILING = None


def with_outcome(daemon, project):
    daemon.project(project)
    daemon.call("PUT", f"/api/projects/{project}/scripts/outcome", {"source": OUTCOME})


def start_delays(binary, count):
    """Milliseconds from a task's creation to its process, of so many tasks one after the other."""
    daemon = Daemon(binary)
    with_outcome(daemon, "p0")
    waits = []
    for n in range(count):
        task = daemon.call("POST", "/api/projects/p0/tasks", {"title": f"task {n}", "risk_level": "low"})
        path = f"/api/projects/p0/tasks/{task['id']}"
        wait_for(lambda: daemon.call("GET", path)["status"] == "done")
        attempt = daemon.call("GET", f"{path}/attempts")["items"][0]
        waits.append((at(attempt["started_at"]) - at(task["created_at"])) * 1000)
    daemon.forget()
    return waits


def latency(binary):
    waits = start_delays(binary, 200)
    print(f"change to process started: p50 {quantile(waits, 0.5):.0f} ms, p99 {quantile(waits, 0.99):.0f} ms")


def spawns_a_second(count=2000):
    if CEILING:
        return float(subprocess.run(CEILING, shell=True, check=True, capture_output=True, text=True).stdout.split()[-1])
    start = time.monotonic()
    subprocess.run(f"seq {count} | xargs -P 8 -n 1 /bin/true", shell=True, check=True)
    return count / (time.monotonic() - start)


def rush(daemon, project, count):
    """Tasks a second, from the first request to the last task done."""
    with_outcome(daemon, project)
    start = time.monotonic()
    daemon.create(project, count, risk_level="low")
    # Seldom, for the status costs the daemon some milliseconds, too.
    wait_for(lambda: sum(daemon.summary(project)[status] for status in ("done", "failed")) == count, every=0.1)
    took = time.monotonic() - start
    assert daemon.summary(project)["failed"] == 0, daemon.summary(project)
    return count / took


def end_to_end(binary, count=1000, rounds=5):
    daemon = Daemon(binary)
    ours, ceiling = [], []
    for n in range(rounds):
        ceiling.append(spawns_a_second())
        ours.append(rush(daemon, f"p{n}", count))
    shares = [rate / most for rate, most in zip(ours, ceiling)]
    print(
        f"end to end with /bin/true, 8 at once, {rounds} rounds: median {statistics.median(ours):.0f}/s "
        f"({min(ours):.0f} to {max(ours):.0f}), ceiling {statistics.median(ceiling):.0f}/s, "
        f"{statistics.median(shares):.0%} ({min(shares):.0%} to {max(shares):.0%})"
    )
    size = daemon.status()["projects"]["p0"]["db_size_bytes"]
    print(f"database after {count:,} tasks: {size / 1e6:.1f} MB; memory {daemon.memory_kb() / 1024:.1f} MB")
    took = []
    for _ in range(40):
        start = time.monotonic()
        command = [binary, "--root", str(daemon.root), "--json", "blackboard", "read", "--project", "p0", "--task", "t-1"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took.append((time.monotonic() - start) * 1000)
    print(f"command line round trip: p50 {quantile(took, 0.5):.0f} ms, p99 {quantile(took, 0.99):.0f} ms")
    daemon.forget()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--ceiling", help="a command whose last word is the number of spawns a second")
    parser.add_argument("figures", nargs="*", default=["latency", "end_to_end"])
    args = parser.parse_args()
    global CEILING
    CEILING = args.ceiling
    for figure in args.figures:
        {"latency": latency, "end_to_end": end_to_end}[figure](os.path.abspath(args.bin))


if __name__ == "__main__":
    main()
