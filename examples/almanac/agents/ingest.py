"""ingest: turns a raw file into the common form, and answers reviews of it.

The first attempt changes the form only. What is wrong with the content it does not guess: corrections are made in a
revision, after a reviewer found them and this agent agreed.
"""

from __future__ import annotations

import board
import series


def load(task: dict) -> tuple[str, list[tuple]]:
    """The name of the series and the rows of its raw file."""
    name = board.field(task, "series")
    return name, series.parse(name, board.input_file(board.field(task, "input")).read_text())


def execute(task: dict) -> None:
    """Reads the raw file and writes it in the common form, in the order of the labels."""
    name, points = load(task)
    points = sorted(points)
    board.output(f"{name}.csv", series.to_csv(name, points), "data", f"{len(points)} rows")
    board.complete(f"{len(points)} rows from {points[0][0]} to {points[-1][0]}")


def rebut(task: dict) -> None:
    """Answers each finding of the latest review by looking at the raw file again."""
    _, points = load(task)
    answers = []
    for issue in board.last_review(task)["issues"]:
        stance, reason = answer(board.code_of(issue), points)
        print(f"issue {issue['id']}: {stance} {reason}")
        answers += ["--issue", f"{issue['id']}={stance}:{reason}"]
    board.command("rebut", *answers)


def answer(code: str, points: list[tuple]) -> tuple[str, str]:
    """Where this agent stands on one finding, and why."""
    doubles = series.repeated(points)
    clashes = {label: values for label, values in doubles.items() if len(set(values)) > 1}
    same = {label: values for label, values in doubles.items() if label not in clashes}
    if code == "duplicate" and same:
        return "ACCEPT", f"{', '.join(same)} stands twice with the same value; one row will go"
    if code == "conflict" and clashes:
        kept = {label: series.fits_its_neighbours(points, label) for label in clashes}
        words = ", ".join(f"{value} for {label}" for label, value in kept.items())
        return "PARTIAL", f"the rows do clash, but the month is not lost: keeping {words}, the value near its neighbours"
    if code == "unit" and series.years_in_persons(points):
        return "ACCEPT", f"{', '.join(series.years_in_persons(points))} is in persons; it will be divided by 1000"
    if code == "outlier":
        return defend_season(points)
    return "REJECT", "the raw file does not show this"


def defend_season(points: list[tuple]) -> tuple[str, str]:
    """High summers are no errors as long as they are as high, against their year, as in the years before."""
    fixed, _ = series.correct(points, {"unit", "duplicate", "conflict"})
    shares = series.seasonal_share(fixed, "07")
    last = max(shares)
    others = [share for year, share in shares.items() if year != last]
    if shares[last] <= 1.05 * max(others):
        low, high = min(others), max(others)
        return "REJECT", (
            f"it is the season: July {last} is {shares[last]:.2f} of its year's mean, "
            f"and the other {len(others)} Julys are {low:.2f} to {high:.2f} of theirs"
        )
    return "ACCEPT", f"July {last} is {shares[last]:.2f} of its year's mean, which no other year comes near"


def revise(task: dict) -> None:
    """Makes the corrections that were agreed on, in whole or in part, and no others."""
    name, points = load(task)
    agreed = {
        board.code_of(issue)
        for review in task["reviews"]
        for issue in review["issues"]
        if issue["stance"] in ("ACCEPT", "PARTIAL")
    }
    points, notes = series.correct(points, agreed)
    board.output(f"{name}.csv", series.to_csv(name, points), "data", f"{len(points)} rows after corrections")
    text = "".join(f"- {note}\n" for note in notes) or "- none\n"
    board.output("corrections.md", text, "document", f"{len(notes)} corrections, each agreed with a reviewer")
    board.command(
        "learn", "--tags", "csv,units", "--lesson", "Compare each year's mean with its neighbours before trusting a unit."
    )
    board.complete(f"{len(points)} rows, {len(notes)} corrections")


def mention(task: dict) -> None:
    """Answers a question about where the rows come from."""
    name, points = load(task)
    board.comment(f"{name}: {len(points)} rows in the raw file `{board.field(task, 'input')}`.", "answer")


if __name__ == "__main__":
    board.main({"execute": execute, "revise": revise, "rebut": rebut, "mention": mention})
