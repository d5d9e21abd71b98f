"""challenger and auditor: check the work of others against the raw files, with code of their own.

Nothing here is shared with the authors (`series.py`): a mistake in their formulas must not be repeated in the check.
The confidence is not a mood but a share: of the rows and numbers that the verdict rests on, how many could this
reviewer vouch for?
"""

from __future__ import annotations

import json
import os
import re
from itertools import groupby
from pathlib import Path
from statistics import fmean, pstdev

import board


def review(task: dict) -> None:
    """One round: findings, minus those that the author has refuted, then verdict and confidence."""
    if task["status"] != "review":
        raise board.Refused(f"{task['id']} is {task['status']}, there is nothing to review")
    findings, confidence = CHECKS[task["task_type"]](task)
    open_findings = [finding for finding in findings if stands(finding, task)]
    last = board.last_review(task)
    raised = [issue["text"] for issue in last["issues"]] if last else []
    for finding in findings:
        if finding not in open_findings and finding[1] in raised:
            board.comment(f"Withdrawn after the author's answer: {finding[1]}", "position")
    points = open_points(task)
    rulings = [part for issue in points for part in ("--ruling", ruling_on(issue, open_findings))]
    # What is upheld is an issue of this review already.
    disputed = {board.code_of(issue) for issue in points}
    new = [(severity, text) for severity, text in open_findings if board.code_of({"text": text}) not in disputed]
    issues = [part for severity, text in new for part in ("--issue", f"{severity}: {text}")]
    verdict = "needs_revision" if open_findings else "approved"
    print(f"{verdict}, confidence {confidence:.2f}, {len(open_findings)} issues")
    board.command("review", "--verdict", verdict, "--confidence", f"{confidence:.2f}", *issues, *rulings)


def open_points(task: dict) -> list[dict]:
    """Issues that the author did not simply accept, and that no review has ruled on since."""
    issues = [issue for r in task["reviews"] for issue in r["issues"]]
    return [issue for issue in issues if issue["stance"] in ("REJECT", "PARTIAL") and not issue["ruling"]]


def ruling_on(issue: dict, open_findings: list) -> str:
    """Whether an issue that the author argued about still stands, by a second look at the result."""
    if any(board.code_of({"text": text}) == board.code_of(issue) for _, text in open_findings):
        return f"{issue['id']}=upheld:a second look at the result finds it again"
    return f"{issue['id']}=withdrawn:the raw file bears the author out"


def stands(finding: tuple[str, str], task: dict) -> bool:
    """A finding that the author rejected stands only if its own second check confirms it."""
    code = board.code_of({"text": finding[1]})
    rejected = any(
        board.code_of(issue) == code and issue["stance"] == "REJECT" for r in task["reviews"] for issue in r["issues"]
    )
    return not (rejected and code == "outlier" and explained_by_season(air_months()))


# --- the raw files, read by this reviewer's own code ----------------------------------------------------------------


def air_rows() -> list[tuple[str, int]]:
    """Every row of the raw file, in order."""
    text = board.input_file("air-passengers.csv").read_text()
    return [(month, int(value)) for month, value in re.findall(r"^(\d{4}-\d{2}),(\d+)$", text, re.MULTILINE)]


def air_months() -> dict[str, float]:
    """One value a month: persons made thousands, and of clashing values the one that suits the year's growth."""
    months: dict[str, float] = {}
    for month, rows in groupby(air_rows(), key=lambda row: row[0]):
        values = [value / 1000 if value > 5000 else value for _, value in rows]
        year_before = months.get(f"{int(month[:4]) - 1}{month[4:]}", values[0])
        months[month] = min(values, key=lambda value: abs(value / year_before - 1.12))
    return months


def nile_years() -> dict[int, float]:
    text = board.input_file("nile-flow.json").read_text()
    return {int(year): float(flow) for year, flow in re.findall(r'"year": (\d+), "flow": ([\d.]+)', text)}


def sunspot_rows() -> list[tuple[int, float, str]]:
    text = board.input_file("sunspots.txt").read_text()
    found = re.findall(r"^(\d{4})\s+([\d.]+)\s+([PQGR])$", text, re.MULTILINE)
    return [(int(year), float(number), quality) for year, number, quality in found]


# --- checks: each answers with findings (severity, text) and a confidence -------------------------------------------


def check_rows(task: dict) -> tuple[list, float]:
    """Rows against the raw file: units, repeated months, values that stand out."""
    name = board.field(task, "series")
    lines = board.result(task, f"{name}.csv").read_text().splitlines()[1:]
    if name != "air":
        raw = {str(year): value for year, value, *_ in (sunspot_rows() if name == "sunspots" else nile_years().items())}
        wrong = [line for line in lines if raw.get(line.split(",")[0]) != float(line.split(",")[1])]
        findings = [("critical", f"[rows] {len(wrong)} rows differ from the raw file")] if wrong else []
        return findings, (len(lines) - len(wrong)) / len(raw)
    rows = [(line.split(",")[0], float(line.split(",")[1])) for line in lines]
    findings = unit_findings(rows) + repeated_findings(rows)
    standing_out = outliers([row for row in rows if row[1] < 5000])
    if standing_out:
        words = ", ".join(f"{month} ({value:g})" for month, value in standing_out)
        findings.append(("major", f"[outlier] {words} lie more than 2.5 standard deviations above the mean"))
    undecided = 0 if explained_by_season(air_months()) and rejected_before(task) else len(standing_out)
    return findings, (len(rows) - undecided) / len(rows)


def rejected_before(task: dict) -> bool:
    """True when the author has answered a finding with REJECT, so that its reason could be checked."""
    return any(issue["stance"] == "REJECT" for r in task["reviews"] for issue in r["issues"])


def unit_findings(rows: list[tuple[str, float]]) -> list:
    years = sorted({month[:4] for month, value in rows if value > 5000})
    text = f"[unit] {', '.join(years)}: values about 1000 times those of the other years, as if persons were counted"
    return [("critical", text)] if years else []


def repeated_findings(rows: list[tuple[str, float]]) -> list:
    findings = []
    for month, group in groupby(sorted(rows), key=lambda row: row[0]):
        values = [value for _, value in group]
        if len(values) > 1 and len(set(values)) == 1:
            findings.append(("major", f"[duplicate] {month} is counted {len(values)} times"))
        elif len(values) > 1:
            words = " and ".join(f"{value:g}" for value in values)
            findings.append(("major", f"[conflict] {month} has {words}: leave the month out"))
    return findings


def outliers(rows: list[tuple[str, float]]) -> list[tuple[str, float]]:
    values = [value for _, value in rows]
    limit = fmean(values) + 2.5 * pstdev(values)
    return [row for row in rows if row[1] > limit]


def explained_by_season(months: dict[str, float]) -> bool:
    """True when July and August are above the other months in every year."""
    for _, group in groupby(sorted(months.items()), key=lambda item: item[0][:4]):
        by_month = {month[5:]: value for month, value in group}
        rest = [value for month, value in by_month.items() if month not in ("06", "07", "08", "09")]
        if min(by_month["07"], by_month["08"]) <= max(rest):
            return False
    return True


def check_figures(task: dict) -> tuple[list, float]:
    """Every number in the figures, recomputed from the raw file."""
    name = board.field(task, "series")
    given = json.loads(board.result(task, f"{name}-figures.json").read_text())
    right, wrong, trusted = {"air": judge_air, "nile": judge_nile, "sunspots": judge_sunspots}[name](given)
    print(f"{right} numbers agree, {len(wrong)} do not, {trusted:.2f} of the rows can be trusted")
    findings = [("critical", f"[number] {text}") for text in wrong]
    return findings, trusted * right / (right + len(wrong))


def compare(pairs: list[tuple[str, float, float]]) -> tuple[int, list[str]]:
    """How many of (what, given, computed) agree, and in words those that do not."""
    wrong = [f"{what} is given as {given}, computed {own}" for what, given, own in pairs if abs(given - own) > 0.06]
    return len(pairs) - len(wrong), wrong


def judge_air(given: dict) -> tuple[int, list[str], float]:
    """Trusted are the rows that stand in the raw file once and in thousands."""
    months = air_months()
    pairs = []
    for row in given["quarters"]:
        year, quarter = row["quarter"].split("-Q")
        own = sum(months[f"{year}-{month:02d}"] for month in range(3 * int(quarter) - 2, 3 * int(quarter) + 1))
        pairs.append((row["quarter"], row["passengers_thousands"], own))
    for year, total in given["years"].items():
        pairs.append((year, total, sum(value for month, value in months.items() if month.startswith(year))))
    pairs.append(("peak", given["peak"]["passengers_thousands"], max(months.values())))
    raw = air_rows()
    corrected = {month for month, value in raw if value > 5000}
    corrected |= {month for month, _ in raw if len({value for m, value in raw if m == month}) > 1}
    return (*compare(pairs), 1 - len(corrected) / len(months))


def judge_nile(given: dict) -> tuple[int, list[str], float]:
    """The break by Pettitt's rank statistic rather than by least squares."""
    years = nile_years()
    flows = list(years.values())
    rank_sums = [sum((b > a) - (b < a) for a in flows[:cut] for b in flows[cut:]) for cut in range(1, len(flows))]
    cut = max(range(len(rank_sums)), key=lambda i: abs(rank_sums[i])) + 1
    pairs = [
        ("mean", given["mean"], fmean(flows)),
        ("lowest", given["lowest"]["flow"], min(flows)),
        ("highest", given["highest"]["flow"], max(flows)),
        ("last year before the break", int(given["break"]["last_year_before"]), list(years)[cut - 1]),
        ("mean before", given["break"]["mean_before"], fmean(flows[:cut])),
        ("mean after", given["break"]["mean_after"], fmean(flows[cut:])),
    ]
    for decade, mean in given["decades"].items():
        own = fmean(flow for year, flow in years.items() if year // 10 * 10 == int(decade))
        pairs.append((f"{decade}s", mean, own))
    return (*compare(pairs), 1.0)


def judge_sunspots(given: dict) -> tuple[int, list[str], float]:
    """Cycles by their maxima first. Trusted are rows since 1818: before, the observations were too few."""
    rows = sunspot_rows()
    peaks = [row for i, row in enumerate(rows) if row[1] == max(r[1] for r in rows[max(0, i - 3) : i + 4]) and row[1] > 5]
    valleys = [min((r for r in rows if a[0] < r[0] < b[0]), key=lambda r: r[1])[0] for a, b in zip(peaks, peaks[1:])]
    given_minima = sorted({year for cycle in given["cycles"] for year in (cycle["from"], cycle["to"])})
    covered = [year for year in valleys if given_minima[0] <= year <= given_minima[-1]]
    pairs = [(f"minimum {year}", year, min(covered, key=lambda own: abs(own - year))) for year in given_minima]
    pairs.append(("cycles", len(given["cycles"]), len(covered) - 1))
    pairs.append(("strongest", given["strongest"]["number"], max(row[1] for row in rows)))
    pairs.append(("mean length", given["mean_length"], (covered[-1] - covered[0]) / (len(covered) - 1)))
    trusted = sum(quality in "GR" for *_, quality in rows) / len(rows)
    return (*compare(pairs), trusted)


def check_report(task: dict) -> tuple[list, float]:
    """Every number of the text must stand in a file of figures, and every link must lead somewhere."""
    path = board.result(task, "report.md")
    text = path.read_text()
    known = {number for other in board.dependencies(task) for number in numbers_of(other)}
    body = text.partition("## How the figures were checked")[0]
    cells = re.findall(r"(?:with|was|after|by|lasted|and) (\d[\d.]*\d)\b|^\| \S+ \| ([\d.]+) \|$", body, re.MULTILINE)
    stated = [float(a or b) for a, b in cells]
    unknown = [number for number in stated if number not in known]
    findings = [("critical", f"[number] {number:g} is in no file of figures") for number in unknown]
    links = re.findall(r"\]\(([^)]+)\)", text)
    broken = [link for link in links if not (path.parent / link).is_file()]
    if broken:
        findings.append(("minor", f"[link] {', '.join(broken)} cannot be opened from the report's folder"))
    return findings, (len(stated) - len(unknown)) / max(1, len(stated))


def numbers_of(task: dict) -> set[float]:
    """Every number in a task's files of figures."""
    found: set[float] = set()
    for out in task["outputs"]:
        if out["title"].endswith("-figures.json"):
            found |= {float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", board.result(task, out["title"]).read_text())}
    return found


def check_files(task: dict) -> tuple[list, float]:
    """Every output must be a file that is not empty."""
    root = Path(os.environ["MOZIPLUS_ROOT"], "projects", os.environ["MOZIPLUS_PROJECT"])
    empty = [out["title"] for out in task["outputs"] if not (root / out["path"]).stat().st_size]
    return [("major", f"[empty] {title}") for title in empty], 1.0


CHECKS = {"ingest": check_rows, "figures": check_figures, "report": check_report, "charts": check_files, "manifest": check_files}


def mention(task: dict) -> None:
    """Says how this reviewer works."""
    board.comment("I compare with the raw files under `input/`, with code of my own.", "answer")


if __name__ == "__main__":
    board.main({"review": review, "mention": mention})
