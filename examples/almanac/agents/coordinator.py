"""coordinator: decides what a reviewer could not be sure of, by a computation of its own."""

from __future__ import annotations

import json
from statistics import mean

import board

TOLERANCE = 0.05  # how far the figure from good rows alone may be from the figure from all rows


def arbitrate(task: dict) -> None:
    """Settles an escalated task: the doubt, what was computed, the decision."""
    review = board.last_review(task)
    doubts = [issue["text"] for issue in review["issues"] if issue["severity"] != "minor"] if review else []
    if doubts:
        settle("pending", "the findings stand: " + "; ".join(doubts))
    elif task["task_type"] == "figures" and board.field(task, "series") == "sunspots":
        settle(*weigh_sunspots(task))
    else:
        settle("done", "no finding is open")


def weigh_sunspots(task: dict) -> tuple[str, str]:
    """Does the mean length of a cycle change when the doubtful early rows are left out?"""
    figures = json.loads(board.result(task, "sunspots-figures.json").read_text())
    rows = board.find_result(board.dependencies(task), "sunspots.csv").read_text().split()[1:]
    trusted = [int(row.split(",")[0]) for row in rows if row.split(",")[2] in "GR"]
    lengths = [cycle["length"] for cycle in figures["cycles"] if cycle["from"] >= min(trusted)]
    apart = abs(mean(lengths) / figures["mean_length"] - 1)
    words = (
        f"the {len(lengths)} cycles since {min(trusted)} alone give {mean(lengths):.2f} years, "
        f"all {len(figures['cycles'])} give {figures['mean_length']}: {100 * apart:.1f} % apart"
    )
    return ("done", words) if apart <= TOLERANCE else ("pending", words)


def settle(to: str, reason: str) -> None:
    """Writes the decision down, and moves the task."""
    print(f"resolve to {to}: {reason}")
    decision = "accepted as it is" if to == "done" else "to be done again"
    board.command("decide", "--decision", decision, "--rationale", reason)
    board.command("resolve", "--to", to, "--reason", reason)


def look_at_the_whole(task: dict) -> None:
    """All children are finished: is there a report, and does every child that should have results have them?"""
    children = [board.read(child["id"]) for child in task["subtasks"]]
    empty = [child["id"] for child in children if child["status"] == "done" and not child["outputs"]]
    open_or_failed = [child["id"] for child in children if child["status"] != "done"]
    problems = [f"{child} has no output" for child in empty] + [f"{child} is not done" for child in open_or_failed]
    issues = [part for problem in problems for part in ("--issue", f"major: {problem}")]
    verdict = "needs_revision" if problems else "approved"
    board.command("review", "--verdict", verdict, "--confidence", "1.0", *issues)


if __name__ == "__main__":
    board.main({"arbitrate": arbitrate, "round": look_at_the_whole, "review": look_at_the_whole})
