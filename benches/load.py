#!/usr/bin/env python3
"""Figures of a whole daemon: `benches/load.py --bin target/release/moziplus`.

Prints one line each: idle cost with 20 projects, the tick over 1,000 open tasks, change to process, tasks end to end
with /bin/true beside the ceiling of the same run (xargs -P 8 /bin/true), the command line's round trip.
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


class Daemon:
    """A daemon on a root of its own."""

    def __init__(self, binary, settings=SETTINGS):
        self.binary = binary
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="moziplus-load-"))
        (self.root / "config").mkdir()
        (self.root / "config/agents.yaml").write_text(AGENTS)
        (self.root / "config/default.yaml").write_text(settings)
        self.process = subprocess.Popen(
            [binary, "--root", str(self.root), "serve", "--bind", "127.0.0.1:0"], stdout=subprocess.DEVNULL
        )
        note = self.root / "run/daemon.json"
        wait_for(lambda: note.exists() and json.loads(note.read_text()).get("address"))
        self.base = "http://" + json.loads(note.read_text())["address"]

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


def ticks(binary):
    daemon = Daemon(binary, "daemon: {max_global_agents: 0, tick_interval: 3600}\n")
    daemon.project("p0")
    daemon.create("p0", 1000)
    took = []
    for _ in range(15):
        daemon.call("POST", "/api/daemon/tick")
        took.append(daemon.call("GET", "/api/daemon/status")["tick_duration_ms"])
    print(f"tick, 1,000 open tasks in one project: median {statistics.median(took):.1f} ms")
    for n in range(1, 20):
        daemon.project(f"p{n}")
        daemon.create(f"p{n}", 1000)
    took = []
    for _ in range(10):
        daemon.call("POST", "/api/daemon/tick")
        took.append(daemon.call("GET", "/api/daemon/status")["tick_duration_ms"])
    print(f"tick, 1,000 open tasks in each of 20 projects: median {statistics.median(took):.1f} ms")
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


def end_to_end(binary, count=2000):
    daemon = Daemon(binary)
    with_outcome(daemon, "p0")
    ceiling = []
    for _ in range(3):
        start = time.monotonic()
        subprocess.run(f"seq {count} | xargs -P 8 -n 1 /bin/true", shell=True, check=True)
        ceiling.append(count / (time.monotonic() - start))
    start = time.monotonic()
    daemon.create("p0", count, risk_level="low")
    wait_for(lambda: sum(daemon.summary("p0")[status] for status in ("done", "failed")) == count)
    assert daemon.summary("p0")["failed"] == 0, daemon.summary("p0")
    rate = count / (time.monotonic() - start)
    share = rate / statistics.median(ceiling)
    print(f"end to end with /bin/true, 8 at once: {rate:.0f}/s, ceiling {statistics.median(ceiling):.0f}/s, {share:.0%}")
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
    parser.add_argument("figures", nargs="*", default=["idle", "ticks", "latency", "end_to_end"])
    args = parser.parse_args()
    for figure in args.figures:
        {"idle": idle, "ticks": ticks, "latency": latency, "end_to_end": end_to_end}[figure](os.path.abspath(args.bin))


if __name__ == "__main__":
    main()
