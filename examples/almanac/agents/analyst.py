"""analyst: computes the figures of a series from the rows that `ingest` prepared."""

from __future__ import annotations

import json

import board
import series


def execute(task: dict) -> None:
    """Figures as JSON, so that a reviewer can check them one by one."""
    name = board.field(task, "series")
    rows = board.find_result(board.dependencies(task), f"{name}.csv").read_text()
    figures = series.FIGURES[name](series.from_csv(rows))
    board.output(f"{name}-figures.json", json.dumps(figures, indent=2) + "\n", "data", in_words(name, figures))
    board.complete(in_words(name, figures))


def in_words(name: str, figures: dict) -> str:
    """The main result in one line."""
    if name == "air":
        return f"traffic grew by {figures['growth_percent']} % over the series; its peak is {figures['peak']['month']}"
    if name == "nile":
        split = figures["break"]
        return f"{split['mean_before']} up to {split['last_year_before']}, {split['mean_after']} after"
    return f"{len(figures['cycles'])} cycles, {figures['mean_length']} years long on average"


def rebut(task: dict) -> None:
    """Figures are computed, not argued about: every finding is accepted and looked at again."""
    issues = board.last_review(task)["issues"]
    answers = [part for issue in issues for part in ("--issue", f"{issue['id']}=ACCEPT:will be computed again")]
    board.command("rebut", *answers)


def mention(task: dict) -> None:
    """Repeats the main result to whoever asks."""
    name = board.field(task, "series")
    figures = json.loads(board.result(task, f"{name}-figures.json").read_text())
    board.comment(in_words(name, figures), "answer")


if __name__ == "__main__":
    board.main({"execute": execute, "revise": execute, "rebut": rebut, "mention": mention})
