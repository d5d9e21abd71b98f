#!/usr/bin/env python3
"""How figures of a whole daemon grow: `benches/growth.py --bin target/release/moziplus --bare target/release/deps/bare-…`.

Over 100 to 100,000 tasks in a project: tick, start, reading, creating. Over 1 to 200 projects: what an idle daemon costs. Then
64 who claim at once, live streams, and a backup under writes. Each beside its goal, in docs/performance.md; `--short` takes
minutes instead of an hour and writes nothing. Needs wrk; Linux, for it reads /proc.
"""

from __future__ import annotations

import argparse
import json
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import bare
from harness import Client, Daemon, quantile, written_bytes
from load import start_delays
from page import machine
from streams import delays
from wrk import Load, Request, load

REPOSITORY = Path(__file__).resolve().parents[1]
#: Tasks stay where they are: nobody is started, and a tick comes when it is asked for.
STILL = """daemon: {max_global_agents: 0, tick_interval: 3600}
server: {max_streams: 4096, max_connections: 4096}
"""
#: As it ships, apart from its agents.
SHIPPED = "server: {max_streams: 4096}\n"
CLAIMANTS = "agents:\n  dev: {role: executor}\n  ann: {role: executor}\n"
#: Looks at every task of the board, as a policy does that filters nothing beforehand.
LOOKS_AT_EACH = """fn plan(board) {
    let urgent = 0;
    for task in board.tasks {
        if task.status == "pending" && task.priority < 3 && task.assignee == () { urgent += 1; }
    }
}
"""
PROJECT = "growth"
TASKS = f"/api/projects/{PROJECT}/tasks"
#: What a project holds where the number of projects is what grows.
TASKS_OF_EACH = 100


@dataclass
class Plan:
    """How much is measured."""

    sizes: list[int] = field(default_factory=lambda: [100, 1_000, 10_000, 100_000])
    projects: list[int] = field(default_factory=lambda: [1, 10, 20, 200])
    rounds: int = 5
    #: Of one load with wrk.
    seconds: float = 5
    #: An idle daemon is looked at for so long.
    idle_seconds: float = 60
    claims: int = 4_000
    streams: list[int] = field(default_factory=lambda: [100, 1_000])
    changes: int = 200
    #: Size of the database that is copied.
    backup_bytes: int = 50_000_000


SHORT = Plan([100, 1_000, 10_000], [1, 10, 20], 1, 2, 10, 1_000, [100, 1_000], 30, 20_000_000)
#: One figure: what it was measured at (tasks, projects, clients), and a value of each round.
Points = dict[str, list[float]]


class Figures:
    """What was measured: by name, by size, a value of each round."""

    def __init__(self) -> None:
        self.points: dict[str, Points] = {}

    def add(self, name: str, size: int, value: float) -> None:
        """One value of one round."""
        self.points.setdefault(name, {}).setdefault(str(size), []).append(value)
        print(f"{name} at {size:,}: {value:,.3f}", flush=True)

    def add_load(self, name: str, size: int, found: Load, rows: int = 1) -> None:
        """What many requests came to, each of which concerned so many rows."""
        self.add(f"{name}_rate", size, found.rate * rows)
        self.add(f"{name}_p50_ms", size, found.p50)
        self.add(f"{name}_p99_ms", size, found.p99)


@contextmanager
def daemon_of(binary: str, settings: str = STILL, agents: str = CLAIMANTS) -> Iterator[Daemon]:
    """A daemon with a project, whose root is forgotten afterwards."""
    daemon = Daemon(binary, settings, agents)
    try:
        daemon.project(PROJECT)
        yield daemon
    finally:
        daemon.forget()


def tick_ms(daemon: Daemon) -> float:
    """The median of some ticks that read everything: what was read within a second before would be kept."""
    took = []
    for _ in range(5):
        time.sleep(1.1)
        daemon.call("POST", "/api/daemon/tick")
        took.append(daemon.status()["tick_duration_ms"])
    return statistics.median(took)


def over_tasks(binary: str, figures: Figures, plan: Plan, size: int) -> None:
    """All that depends on the number of open tasks of a project. What adds tasks comes last."""
    with daemon_of(binary) as daemon:
        began = time.monotonic()
        daemon.create(PROJECT, size)
        figures.add("seeded_rows_a_second", size, size / (time.monotonic() - began))
        figures.add("tick_filtered_ms", size, tick_ms(daemon))
        daemon.call("PUT", f"/api/projects/{PROJECT}/scripts/tick", {"source": LOOKS_AT_EACH})
        figures.add("tick_each_ms", size, tick_ms(daemon))
        daemon.call("DELETE", f"/api/projects/{PROJECT}/scripts/tick")
        reads(daemon, figures, plan, size)
        daemon.stop()
        figures.add("start_seconds", size, daemon.start() + first_answer(daemon))
        figures.add("memory_mb", size, daemon.memory_kb() / 1024)
        creations(daemon, figures, plan, size)


def reads(daemon: Daemon, figures: Figures, plan: Plan, size: int) -> None:
    """One task, a page of a list, and the status."""
    asked = {
        "get": Request("GET", f"{TASKS}/t-{{n}}", most=size),
        "list": Request("GET", f"{TASKS}?limit=50&sort=priority"),
        "status": Request("GET", "/api/daemon/status"),
    }
    for name, request in asked.items():
        figures.add_load(name, size, load(daemon.base, request, 32, plan.seconds))


def creations(daemon: Daemon, figures: Figures, plan: Plan, size: int) -> None:
    """One task in each request, then a hundred."""
    single = Request("POST", TASKS, {"title": "task {n}"})
    figures.add_load("create", size, load(daemon.base, single, 64, plan.seconds))
    batch = Request("POST", f"{TASKS}/batch", {"tasks": [{"title": "task {n}"}] * 100})
    figures.add_load("batch", size, load(daemon.base, batch, 8, plan.seconds), rows=100)


def first_answer(daemon: Daemon) -> float:
    """Seconds until a project answers."""
    began = time.monotonic()
    daemon.call("GET", f"{TASKS}?limit=1")
    return time.monotonic() - began


def over_projects(binary: str, figures: Figures, plan: Plan, count: int) -> None:
    """What a daemon with so many projects costs while nothing happens, as it ships; its start and its tick."""
    with daemon_of(binary, SHIPPED) as daemon:
        daemon.create(PROJECT, TASKS_OF_EACH, assignee="dev")
        for number in range(1, count):
            daemon.project(f"p{number}")
            daemon.create(f"p{number}", TASKS_OF_EACH, assignee="dev")
        daemon.stop()
        figures.add("projects_start_seconds", count, daemon.start() + first_answer(daemon))
        figures.add("projects_tick_ms", count, tick_ms(daemon))
        daemon.stop()
        daemon.start()
        # What a start does once is over by then.
        time.sleep(5)
        pid = daemon.process.pid
        cpu, written = daemon.cpu_seconds(), written_bytes(pid)
        time.sleep(plan.idle_seconds)
        figures.add("idle_cpu_percent", count, (daemon.cpu_seconds() - cpu) / plan.idle_seconds * 100)
        figures.add("idle_written_bytes", count, written_bytes(pid) - written)
        figures.add("idle_memory_mb", count, daemon.memory_kb() / 1024)


def claims(binary: str, figures: Figures, plan: Plan) -> None:
    """64 at once: how fast each gets a task of its own; then each task is asked for twice, and whether two got one."""
    for order in ("once", "race"):
        with daemon_of(binary) as daemon:
            daemon.create(PROJECT, plan.claims)
            request = Request("POST", f"{TASKS}/t-{{n}}/claim", {"agent": "dev"}, plan.claims, order)
            found = load(daemon.base, request, 64, 120)
            assert not found.other, f"{found.other} answers were neither 2xx nor 409"
            claimed = daemon.summary(PROJECT)["claimed"]
            assert claimed == plan.claims, f"{claimed} of {plan.claims} were claimed"
            if order == "once":
                figures.add_load("claim", 64, found)
            else:
                figures.add("claim_doubled", 64, max(0, found.ok - claimed))


def streams(binary: str, figures: Figures, plan: Plan, clients: int) -> None:
    """From sending a change to each live stream's having it."""
    with daemon_of(binary) as daemon:
        daemon.create(PROJECT, 1)
        before = daemon.memory_kb()
        found = delays(daemon, PROJECT, clients, plan.changes)
        figures.add("stream_p50_ms", clients, quantile(found, 0.5))
        figures.add("stream_p99_ms", clients, quantile(found, 0.99))
        figures.add("stream_kb_a_client", clients, (daemon.memory_kb() - before) / clients)


class Writer(threading.Thread):
    """Writes comments one after the other until it is told to end, and keeps when each was answered and how long it took."""

    def __init__(self, daemon: Daemon) -> None:
        super().__init__(daemon=True)
        self.client = Client(daemon.host, daemon.port)
        self.times: list[tuple[float, float]] = []
        self.ending = threading.Event()

    def run(self) -> None:
        while not self.ending.wait(0.002):
            began = time.perf_counter()
            self.client.call("POST", f"{TASKS}/t-1/comments", {"body": "while it is copied"})
            self.times.append((began, (time.perf_counter() - began) * 1000))

    def p99(self, begin: float, end: float) -> float:
        """Of the writes that began in this time, with the longest at their end."""
        return quantile([took for began, took in self.times if begin <= began < end], 0.99)


def backups(binary: str, figures: Figures, plan: Plan) -> None:
    """A copy of a large database, and what writers notice of it."""
    text = " ".join(f"word{number * number % 9973}" for number in range(800))
    with daemon_of(binary) as daemon:
        while (size := daemon.status()["projects"][PROJECT]["db_size_bytes"]) < plan.backup_bytes:
            daemon.create(PROJECT, 500, description=text)
        writer = Writer(daemon)
        writer.start()
        for _ in range(plan.rounds):
            begin = time.perf_counter()
            time.sleep(3)
            middle = time.perf_counter()
            daemon.call("POST", "/api/backups", {"project": PROJECT})
            end = time.perf_counter()
            figures.add("backup_seconds", size, end - middle)
            figures.add("backup_writer_ratio", size, writer.p99(middle, end) / writer.p99(begin, middle))
        writer.ending.set()
        writer.join()


def starts(binary: str, figures: Figures, plan: Plan) -> None:
    """From a change to the process of an agent."""
    found = start_delays(binary, 200 if plan.rounds > 1 else 50)
    figures.add("start_p50_ms", 1, quantile(found, 0.5))
    figures.add("start_p99_ms", 1, quantile(found, 0.99))


def measure(binary: str, bare_program: str | None, plan: Plan) -> dict[str, Any]:
    """All figures, in rounds, so that what disturbs the machine for a while disturbs some values of each."""
    figures = Figures()
    for number in range(plan.rounds):
        print(f"round {number + 1} of {plan.rounds}", flush=True)
        if bare_program:
            figures.add_load("bare", 32, bare.load_of(bare_program, plan.seconds))
        starts(binary, figures, plan)
        claims(binary, figures, plan)
        for clients in plan.streams:
            streams(binary, figures, plan, clients)
        for size in plan.sizes:
            over_tasks(binary, figures, plan, size)
        for count in plan.projects:
            over_projects(binary, figures, plan, count)
    backups(binary, figures, plan)
    return {"machine": machine(), "plan": asdict(plan), "points": figures.points}


def arguments() -> argparse.Namespace:
    """What it was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", help="a release build of moziplus")
    parser.add_argument("--bare", help="the bench `bare`, built for release: the ceiling of HTTP")
    parser.add_argument("--short", action="store_true", help="fewer and smaller, one round; the page is left alone")
    parser.add_argument("--rounds", type=int, help="rounds [default: 5, or 1 with --short]")
    parser.add_argument("--keep", type=Path, default=REPOSITORY / "target/growth.json", help="where the numbers go")
    parser.add_argument("--from", dest="given", type=Path, help="show the numbers of an earlier run")
    parser.add_argument("--peers", type=Path, default=REPOSITORY / "target/peers.json", help="numbers of the peers, if any")
    parser.add_argument("--docs", type=Path, default=REPOSITORY / "docs", help="where the page is")
    args = parser.parse_args()
    if not args.bin and not args.given:
        parser.error("--bin or --from is needed")
    return args


def main() -> None:
    args = arguments()
    if args.given:
        found = json.loads(args.given.read_text())
    else:
        plan = SHORT if args.short else Plan()
        plan.rounds = args.rounds or plan.rounds
        found = measure(args.bin, args.bare, plan)
        args.keep.parent.mkdir(parents=True, exist_ok=True)
        args.keep.write_text(json.dumps(found, indent=1) + "\n")
    peers = json.loads(args.peers.read_text()) if args.peers.exists() else None
    import growth_report  # It draws with matplotlib, which measuring alone does not need.

    if args.short:
        print(growth_report.goals(found, peers))
    else:
        growth_report.write(found, peers, args.docs)


if __name__ == "__main__":
    main()
