"""The part of docs/performance.md about the peers, and its picture, from the numbers of a run."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import charts
from page import describe, replace, spread, table

Figures = dict[str, Any]


def rates(system: Figures, at_once: str) -> list[float]:
    """Tasks a second of each run with so many at once."""
    return [run["rate"] for run in system["runs"].get(at_once, [])]


def share(system: Figures, ceilings: dict[str, list[float]], at_once: str) -> str:
    """The rate as a part of the ceiling of the same round."""
    parts = [run["rate"] / ceilings[at_once][run["round"]] for run in system["runs"].get(at_once, [])]
    return f"{statistics.median(parts):.0%}" if parts else "–"


def speed(figures: Figures) -> str:
    """How fast each is."""
    ceilings = figures["ceilings"]
    head = ["system", *(f"{at} at once, tasks/s | of the ceiling" for at in ceilings), "handing in, tasks/s"]
    rows = [
        [
            name,
            *(f"{spread(rates(system, at))} | {share(system, ceilings, at)}" for at in ceilings),
            spread([run["enqueue"] for run in system["runs"].get("8", [])]),
        ]
        for name, system in figures["systems"].items()
    ]
    # A cell above holds two columns.
    head = " | ".join(head).split(" | ")
    return table(head, [" | ".join(row).split(" | ") for row in rows])


def kills(system: Figures, everything: bool) -> str:
    """What became of the tasks."""
    of = [kill for kill in system["killed"] if kill["everything"] == everything]
    if not of:
        return "–"
    return f"{sum(kill['lost'] for kill in of)} lost, {sum(kill['doubled'] for kill in of)} twice, in {len(of)} kills"


def care(figures: Figures) -> str:
    """What each costs, and what it promises."""
    head = ["system", "memory, MB", "idle, % of a core", "one task on an idle system: handed in → starts, ms",
            "its process killed", "killed with all it started", "when the power goes"]
    rows = []
    for name, system in figures["systems"].items():
        memory = [run["memory_kb"] / 1024 for run in system["runs"].get("8", []) if run["memory_kb"]]
        idle = [part * 100 for part in system["idle"]]
        rows.append([name, spread(memory), spread(idle, 1), spread(system["waits"], 1), kills(system, False),
                     kills(system, True), system["durability"]])
    return table(head, rows)


def notes(figures: Figures) -> str:
    """Ceilings of the same run, and what could not be measured."""
    ceilings = ", ".join(f"{spread(values)} at {at} at once" for at, values in figures["ceilings"].items())
    told = [f"ceiling, processes started and reaped a second and nothing else: {ceilings}",
            f"fdatasync of 512 bytes: {spread(figures['syncs'])} a second"]
    told += [f"not measured: {name} ({why})" for name, why in figures["missing"].items()]
    told += [f"failed: {name}, {why}" for name, system in figures["systems"].items() for why in system["failures"]]
    return "\n".join(f"- {line}" for line in told)


def picture(figures: Figures, path: Path) -> None:
    """Bars of all systems."""
    systems = {name: system for name, system in figures["systems"].items() if system["runs"]}
    series = {f"{at} at once": [rates(system, at) for system in systems.values()] for at in figures["ceilings"]}
    limits = {f"{at} at once": statistics.median(values) for at, values in figures["ceilings"].items()}
    charts.bars(path, "tasks a second, create to done (dashed: the ceiling)", list(systems), series, limits)


def write(figures: Figures, docs: Path) -> None:
    """Renews the part of the page that this run measures."""
    picture(figures, docs / "performance-peers.svg")
    head = f"{describe(figures['machine'])}; {figures['rounds']} rounds in turns; median (range)."
    text = "\n\n".join([head, "![Tasks a second](performance-peers.svg)", speed(figures), care(figures), notes(figures)])
    replace(docs / "performance.md", "peers", text)
