"""The part of docs/performance.md about goals and growth, and its pictures, from the numbers of a run."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import charts
from page import describe, replace, spread, table

Numbers = dict[str, Any]


@dataclass(frozen=True)
class Goal:
    """What is to hold: a figure at a size, and a bound of its median."""

    what: str
    figure: str
    size: int
    bound: float
    unit: str
    #: The median has to be at least the bound; otherwise at most.
    at_least: bool = False
    digits: int = 0

    def row(self, points: Numbers) -> list[str]:
        """As the table shows it."""
        values = points.get(self.figure, {}).get(str(self.size), [])
        goal = f"{'≥' if self.at_least else '≤'} {self.bound:,g} {self.unit}".strip()
        if not values:
            return [self.what, goal, "–", "not measured"]
        middle = statistics.median(values)
        holds = middle >= self.bound if self.at_least else middle <= self.bound
        return [self.what, goal, spread(values, self.digits), "yes" if holds else "no"]


GOALS = [
    Goal("create over HTTP, one task a request", "create_rate", 10_000, 5_000, "/s", at_least=True),
    Goal("create over HTTP, batches of 100", "batch_rate", 10_000, 50_000, "rows/s", at_least=True),
    Goal("64 claimants over HTTP", "claim_rate", 64, 5_000, "/s", at_least=True),
    Goal("… p99", "claim_p99_ms", 64, 25, "ms", digits=1),
    Goal("… tasks that two got", "claim_doubled", 64, 0, ""),
    Goal("change → agent started, p50", "start_p50_ms", 1, 5, "ms", digits=1),
    Goal("… p99", "start_p99_ms", 1, 20, "ms", digits=1),
    Goal("tick, 10,000 open tasks, filtered first", "tick_filtered_ms", 10_000, 25, "ms", digits=1),
    Goal("… each through the script", "tick_each_ms", 10_000, 100, "ms", digits=1),
    Goal("change → live stream, 100 clients, p99", "stream_p99_ms", 100, 15, "ms", digits=1),
    Goal("… 1,000 clients", "stream_p99_ms", 1_000, 50, "ms", digits=1),
    Goal("idle, 10 projects: memory", "idle_memory_mb", 10, 25, "MB", digits=1),
    Goal("… of a core", "idle_cpu_percent", 10, 0.3, "%", digits=2),
    Goal("… bytes written to the disk meanwhile", "idle_written_bytes", 10, 0, ""),
    Goal("start with 100,000 tasks", "start_seconds", 100_000, 2, "s", digits=2),
    Goal("GET of one task, 32 connections, p99, 10,000 tasks", "get_p99_ms", 10_000, 5, "ms", digits=1),
    Goal("… a second", "get_rate", 10_000, 20_000, "/s", at_least=True),
    Goal("list of 50, 32 connections, p99, 10,000 tasks", "list_p99_ms", 10_000, 10, "ms", digits=1),
    Goal("… a second", "list_rate", 10_000, 5_000, "/s", at_least=True),
]
#: Compared with the peers of another part of the page.
RATIOS: list[tuple[str, str | None, float]] = [
    ("part of the spawn ceiling", None, 0.6),
    ("× huey", "huey (SQLite)", 1.5),
    ("× apalis", "apalis (SQLite)", 2.0),
]


def of_backups(points: Numbers) -> list[list[str]]:
    """A backup's goals; its database is as large as it came to be."""
    rows = []
    for what, figure, bound, unit in (
        ("backup of {size:.0f} MB under a writer", "backup_seconds", 1, "s"),
        ("… the writer's p99 beside the one without", "backup_writer_ratio", 2, "×"),
    ):
        for size in points.get(figure, {}):
            rows.append(Goal(what.format(size=int(size) / 1e6), figure, int(size), bound, unit, digits=2).row(points))
    return rows


def of_peers(peers: Numbers | None) -> list[list[str]]:
    """End to end beside the ceiling and the peers of the same rounds."""
    if not peers:
        return []
    rows = []
    ours = peers["systems"].get("moziplus", {"runs": {}})["runs"]
    for at_once in ("8", "32"):
        for what, other, bound in RATIOS:
            others = peers["systems"].get(other, {"runs": {}})["runs"].get(at_once, []) if other else None
            base = {run["round"]: run["rate"] for run in others} if others is not None else dict(enumerate(peers["ceilings"][at_once]))
            parts = [run["rate"] / base[run["round"]] for run in ours.get(at_once, []) if run["round"] in base]
            points = {"ratio": {at_once: parts}}
            name = f"end to end with /bin/true, {at_once} at once: {what}"
            rows.append(Goal(name, "ratio", int(at_once), bound, "", at_least=True, digits=2).row(points))
    return rows


def goals(found: Numbers, peers: Numbers | None) -> str:
    """Every goal beside what was measured."""
    points = found["points"]
    rows = of_peers(peers) + [goal.row(points) for goal in GOALS] + of_backups(points)
    return table(["figure", "goal", "measured", "holds"], rows)


#: Title, figures by name, where the goal is.
Panel = tuple[str, dict[str, str], float | None]
OVER_TASKS: list[Panel] = [
    ("tick, ms", {"tick_filtered_ms": "filtered first", "tick_each_ms": "each looked at"}, None),
    ("created, rows/s", {"create_rate": "one a request", "batch_rate": "a hundred"}, None),
    ("answers, p99 ms", {"get_p99_ms": "a task", "list_p99_ms": "a list of 50", "status_p99_ms": "status"}, None),
    ("answers/s", {"get_rate": "a task", "list_rate": "a list of 50", "status_rate": "status"}, None),
    ("start, s", {"start_seconds": "start"}, 2),
    ("memory, MB", {"memory_mb": "memory"}, None),
]
OVER_PROJECTS: list[Panel] = [
    ("idle memory, MB", {"idle_memory_mb": "memory"}, None),
    ("idle, % of a core", {"idle_cpu_percent": "processor"}, None),
    ("tick of all, ms", {"projects_tick_ms": "tick"}, None),
    ("start, s", {"projects_start_seconds": "start"}, None),
]


def drawn(points: Numbers, panels: list[Panel]) -> list[tuple[str, list[charts.Curve], float | None]]:
    """Those panels whose figures were measured."""
    found = []
    for title, names, goal in panels:
        curves: list[charts.Curve] = [
            (label, sorted((int(size), values) for size, values in points[name].items()))
            for name, label in names.items()
            if name in points
        ]
        if curves:
            found.append((title, curves, goal))
    return found


def growth(points: Numbers, panels: list[Panel], what: str) -> str:
    """The numbers behind the curves."""
    names = {name: f"{title}: {label}" for title, figures, _ in panels for name, label in figures.items() if name in points}
    sizes = sorted({int(size) for name in names for size in points[name]})
    digits: Callable[[list[float]], int] = lambda values: 0 if statistics.median(values) >= 100 else 2
    rows = [
        [text, *(spread(values, digits(values)) if (values := points[name].get(str(size))) else "–" for size in sizes)]
        for name, text in names.items()
    ]
    return table([what, *(f"{size:,}" for size in sizes)], rows)


def notes(points: Numbers) -> str:
    """The ceiling of HTTP in the same run, and the memory of streams."""
    told = []
    if bare := points.get("bare_rate", {}).get("32"):
        told.append(f"- ceiling of HTTP, a bare handler of the same framework, 32 connections: {spread(bare)} a second")
    for size, values in points.get("stream_kb_a_client", {}).items():
        told.append(f"- memory of a live stream, {int(size):,} of them: {spread(values, 1)} KiB")
    return "\n".join(told)


def write(found: Numbers, peers: Numbers | None, docs: Path) -> None:
    """Renews the parts of the page that this run measures."""
    points = found["points"]
    head = f"{describe(found['machine'])}; {found['plan']['rounds']} rounds; median (range)."
    parts = [text for text in (head, goals(found, peers), notes(points)) if text]
    for name, panels, what in (("tasks", OVER_TASKS, "open tasks"), ("projects", OVER_PROJECTS, "projects")):
        file = f"performance-{name}.svg"
        charts.curves(docs / file, drawn(points, panels), what)
        parts += [f"![By the number of {what}]({file})", growth(points, panels, what)]
    replace(docs / "performance.md", "growth", "\n\n".join(parts))
