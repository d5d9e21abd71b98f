#!/usr/bin/env python3
"""Figures of a whole daemon: `benches/load.py --bin target/release/moziplus`.

Prints one line each: idle cost with 20 projects, the tick over 1,000 open tasks, change to process, tasks end to end
with /bin/true beside the ceiling of the same run, the command line's round trip. The ceiling is xargs -P 8 /bin/true,
or what a command prints (`--ceiling "cargo bench -q --bench spawn -- 8"` is the one that `make bench` takes).
Quote ratios rather than absolute times: machines differ, and most are busy. Standard library only.
"""

import argparse
import json
import os
import pathlib
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request
from datetime import datetime

AGENTS = """
runners:
  true: {kind: command, argv: ["/bin/true"]}
agents:
  worker: {role: executor, runner: "true", max_concurrent: 8}
"""
SETTINGS = "daemon: {max_global_agents: 8, max_per_agent: 8, max_dispatches: 1000}\n"
# /bin/true says nothing on the blackboard, so here exit code 0 is taken for success.
OUTCOME = """fn after(attempt, task, ctx) {
    if attempt.exit_code == 0 { accept(task.id) } else { fail(task.id, "it failed") }
}
"""

CEILING = None


class Daemon:
    """A daemon on a root of its own."""

    def __init__(self, binary, settings=SETTINGS, agents=AGENTS):
        self.binary = binary
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="moziplus-load-"))
        (self.root / "config").mkdir()
        (self.root / "config/agents.yaml").write_text(agents)
        (self.root / "config/default.yaml").write_text(settings)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "--root", str(self.root), "serve", "--bind", "127.0.0.1:0"], stdout=subprocess.DEVNULL
        )

        def note():
            try:
                return json.loads((self.root / "run/daemon.json").read_text())
            except (OSError, ValueError):
                return {}

        wait_for(lambda: note().get("pid") == self.process.pid and note().get("address"))
        self.base = "http://" + note()["address"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def project(self, name):
        self.call("POST", "/api/projects", {"id": name, "name": name})

    def create(self, project, count, **fields):
        for start in range(0, count, 100):
            tasks = [{"title": f"task {n}", **fields} for n in range(start, min(start + 100, count))]
            self.call("POST", f"/api/projects/{project}/tasks/batch", {"tasks": tasks})

    def summary(self, project):
        return self.call("GET", "/api/daemon/status")["projects"][project]["tasks_summary"]

    def memory_kb(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in text.splitlines() if line.startswith("VmRSS")))

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def wait_for(holds, seconds=120):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def at(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def quantile(values, q):
    return sorted(values)[min(len(values) - 1, int(len(values) * q))]


def idle(binary):
    daemon = Daemon(binary)
    for n in range(20):
        daemon.project(f"p{n}")
    time.sleep(3)
    before = daemon.cpu_seconds()
    time.sleep(20)
    share = (daemon.cpu_seconds() - before) / 20
    print(f"idle, 20 projects: {daemon.memory_kb() / 1024:.1f} MB, {share:.2%} of a core")
    daemon.stop()


def tick_times(daemon, count):
    """One tick right after the other reads only what has changed; after a second, it reads everything."""
    medians = []
    for pause in (1.1, 0):
        took = []
        for _ in range(count):
            time.sleep(pause)
            daemon.call("POST", "/api/daemon/tick")
            took.append(daemon.call("GET", "/api/daemon/status")["tick_duration_ms"])
        medians.append(statistics.median(took))
    return f"median {medians[0]:.1f} ms reading all, {medians[1]:.1f} ms reading what has changed"


def ticks(binary):
    daemon = Daemon(binary, "daemon: {max_global_agents: 0, tick_interval: 3600}\n")
    daemon.project("p0")
    daemon.create("p0", 1000)
    print(f"tick, 1,000 open tasks in one project: {tick_times(daemon, 10)}")
    for n in range(1, 20):
        daemon.project(f"p{n}")
        daemon.create(f"p{n}", 1000)
    print(f"tick, 1,000 open tasks in each of 20 projects: {tick_times(daemon, 10)}")
    daemon.stop()


def with_outcome(daemon, project):
    daemon.project(project)
    daemon.call("PUT", f"/api/projects/{project}/scripts/outcome", {"source": OUTCOME})


def latency(binary):
    daemon = Daemon(binary)
    with_outcome(daemon, "p0")
    waits = []
    for n in range(200):
        task = daemon.call("POST", "/api/projects/p0/tasks", {"title": f"task {n}", "risk_level": "low"})
        path = f"/api/projects/p0/tasks/{task['id']}"
        wait_for(lambda: daemon.call("GET", path)["status"] == "done")
        attempt = daemon.call("GET", f"{path}/attempts")["items"][0]
        waits.append((at(attempt["started_at"]) - at(task["created_at"])) * 1000)
    print(f"change to process started: p50 {quantile(waits, 0.5):.0f} ms, p99 {quantile(waits, 0.99):.0f} ms")
    daemon.stop()


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
    wait_for(lambda: sum(daemon.summary(project)[status] for status in ("done", "failed")) == count)
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
    size = daemon.call("GET", "/api/daemon/status")["projects"]["p0"]["db_size_bytes"]
    print(f"database after {count:,} tasks: {size / 1e6:.1f} MB; memory {daemon.memory_kb() / 1024:.1f} MB")
    took = []
    for _ in range(40):
        start = time.monotonic()
        command = [binary, "--root", str(daemon.root), "--json", "blackboard", "read", "--project", "p0", "--task", "t-1"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took.append((time.monotonic() - start) * 1000)
    print(f"command line round trip: p50 {quantile(took, 0.5):.0f} ms, p99 {quantile(took, 0.99):.0f} ms")
    daemon.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--ceiling", help="a command whose last word is the number of spawns a second")
    parser.add_argument("figures", nargs="*", default=["idle", "ticks", "latency", "end_to_end"])
    args = parser.parse_args()
    global CEILING
    CEILING = args.ceiling
    for figure in args.figures:
        {"idle": idle, "ticks": ticks, "latency": latency, "end_to_end": end_to_end}[figure](os.path.abspath(args.bin))


if __name__ == "__main__":
    main()
