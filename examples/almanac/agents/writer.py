"""writer: draws the charts and writes the report."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import board
import series

SOURCES = {
    "air": "Box, Jenkins, Time Series Analysis (1976), series G",
    "nile": "Cobb, The problem of the Nile (1978)",
    "sunspots": "Yearly means, Zurich and Brussels observatories",
}


def execute(task: dict) -> None:
    """Charts or report, as the task says."""
    if task["task_type"] == "charts":
        charts(task)
    else:
        report(task, link=lambda name: f"{name}.svg")


# --- charts ----------------------------------------------------------------------------------------------------------


def charts(task: dict) -> None:
    """One line chart a series."""
    rows = board.dependencies(task)
    for name in series.FIGURES:
        points = series.from_csv(board.find_result(rows, f"{name}.csv").read_text())
        board.output(f"{name}.svg", line_chart(name, points), "document", f"{len(points)} points")
    board.complete(f"{len(series.FIGURES)} charts")


def line_chart(title: str, points: list[tuple], width: int = 720, height: int = 220, margin: int = 36) -> str:
    """A plain SVG: the line, the range of values and the first and last label."""
    values = [point[1] for point in points]
    top = max(values)
    step = (width - 2 * margin) / (len(values) - 1)
    place = lambda i, v: f"{margin + i * step:.1f},{height - margin - v / top * (height - 2 * margin):.1f}"
    line = " ".join(place(i, v) for i, v in enumerate(values))
    label = lambda x, y, anchor, text: f'<text x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f'<polyline points="{line}" fill="none" stroke="#2563eb" stroke-width="1.5"/>',
        label(margin, 20, "start", f"{title}: {min(values):g} to {top:g}"),
        label(margin, height - 12, "start", points[0][0]),
        label(width - margin, height - 12, "end", points[-1][0]),
        "</svg>\n",
    ])


# --- report ----------------------------------------------------------------------------------------------------------


def report(task: dict, link) -> None:
    """The report: every number comes from the analysts' files."""
    tasks = board.dependencies(task)
    figures = {name: json.loads(board.find_result(tasks, f"{name}-figures.json").read_text()) for name in SOURCES}
    decisions = [
        f"{other['title']} {decision['decision']}: {decision['rationale']}"
        for other in tasks
        for decision in other["decisions"]
    ]
    notes = [text for other in tasks for text in corrections(other)]
    parts = ["# Three historic series\n", air_section(figures["air"]), nile_section(figures["nile"])]
    parts += [sunspots_section(figures["sunspots"]), "## How the figures were checked\n"]
    parts += [f"- correction: {note}" for note in notes]
    parts += [f"- decision: {decision}" for decision in decisions]
    text = re.sub(r"\(chart:(\w+)\)", lambda found: f"({link(found[1])})", "\n".join(parts)) + "\n"
    board.output("report.md", text, "document", f"{len(text.split())} words on {len(figures)} series")
    board.complete("the report, with every number taken from the checked figures")


def corrections(task: dict) -> list[str]:
    """What was corrected in a task's rows, when anything was."""
    if not any(out["title"] == "corrections.md" for out in task["outputs"]):
        return []
    return [line[2:] for line in board.result(task, "corrections.md").read_text().splitlines()]


def air_section(figures: dict) -> str:
    rows = "\n".join(f"| {year} | {total:g} |" for year, total in figures["years"].items())
    peak = figures["peak"]
    return (
        "## Air traffic, 1949 to 1960\n\n![Passengers](chart:air)\n\n"
        f"Traffic grew by {figures['growth_percent']:g} %. The peak is {peak['month']} with "
        f"{peak['passengers_thousands']:g} thousand passengers.\n\n"
        f"| year | passengers (thousands) |\n|---|---|\n{rows}\n\nSource: {SOURCES['air']}\n"
    )


def nile_section(figures: dict) -> str:
    rows = "\n".join(f"| {decade}s | {flow:g} |" for decade, flow in figures["decades"].items())
    split = figures["break"]
    return (
        "## The Nile at Aswan, 1871 to 1970\n\n![Flow](chart:nile)\n\n"
        f"The mean flow was {split['mean_before']:g} up to {split['last_year_before']} and {split['mean_after']:g} after. "
        f"The lowest year is {figures['lowest']['year']} with {figures['lowest']['flow']:g}.\n\n"
        f"| decade | mean flow (10^8 m3) |\n|---|---|\n{rows}\n\nSource: {SOURCES['nile']}\n"
    )


def sunspots_section(figures: dict) -> str:
    cycles = figures["cycles"]
    shortest, longest = min(c["length"] for c in cycles), max(c["length"] for c in cycles)
    strongest = figures["strongest"]
    return (
        "## Sunspots, 1700 to 1988\n\n![Sunspot number](chart:sunspots)\n\n"
        f"{len(cycles)} whole cycles lasted {figures['mean_length']:g} years on average, {shortest:g} to {longest:g}. "
        f"The strongest maximum is {strongest['year']} with {strongest['number']:g}.\n\n"
        f"Source: {SOURCES['sunspots']}\n"
    )


def revise(task: dict) -> None:
    """The report again, with links that lead from its own folder to where the charts are."""
    tasks = board.dependencies(task)
    here = Path(os.environ["MOZIPLUS_ROOT"], "projects", os.environ["MOZIPLUS_PROJECT"], "artifacts", task["id"], "outputs")
    report(task, link=lambda name: os.path.relpath(board.find_result(tasks, f"{name}.svg"), here))


def rebut(task: dict) -> None:
    """A reviewer who recomputed a number is right about it."""
    issues = board.last_review(task)["issues"]
    answers = [part for issue in issues for part in ("--issue", f"{issue['id']}=ACCEPT:will be put right")]
    board.command("rebut", *answers)


def mention(task: dict) -> None:
    """Says where the text is."""
    board.comment("The text is in the outputs of this task.", "answer")


if __name__ == "__main__":
    board.main({"execute": execute, "revise": revise, "rebut": rebut, "mention": mention})
