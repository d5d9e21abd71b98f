"""The three series: reading them, correcting them, and their figures. No blackboard here, so it can be tested alone.

A series is a list of points: (label, value) or (label, value, quality).
"""

from __future__ import annotations

import csv
import io
import json
from statistics import mean

HEADERS = {
    "air": ["month", "passengers_thousands"],
    "nile": ["year", "flow_1e8_m3"],
    "sunspots": ["year", "number", "quality"],
}


def parse(name: str, text: str) -> list[tuple]:
    """Reads a raw file as it was delivered: one row a line, in the order of the file."""
    if name == "air":
        rows = csv.reader(io.StringIO(text))
        next(rows)
        return [(month, int(value)) for month, value in rows]
    if name == "nile":
        return [(str(row["year"]), row["flow"]) for row in json.loads(text)["values"]]
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return [(year, float(number), quality) for year, number, quality in lines]


def to_csv(name: str, points: list[tuple]) -> str:
    """The common form that everybody after `ingest` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADERS[name])
    writer.writerows(points)
    return out.getvalue()


def from_csv(text: str) -> list[tuple]:
    """Reads the common form; numbers come back as numbers."""
    rows = csv.reader(io.StringIO(text))
    next(rows)
    return [(row[0], float(row[1]), *row[2:]) for row in rows]


# --- defects of the air traffic file ---------------------------------------------------------------------------------


def repeated(points: list[tuple]) -> dict[str, list]:
    """Months that have more than one row, with the values of those rows."""
    values: dict[str, list] = {}
    for label, value, *_ in points:
        values.setdefault(label, []).append(value)
    return {label: found for label, found in values.items() if len(found) > 1}


def years_in_persons(points: list[tuple]) -> list[str]:
    """Years whose values are about a thousand times those of the year before: persons, where thousands are meant."""
    totals: dict[str, list] = {}
    for label, value, *_ in points:
        totals.setdefault(label[:4], []).append(value)
    years = sorted(totals)
    return [year for before, year in zip(years, years[1:]) if 500 < mean(totals[year]) / mean(totals[before]) < 2000]


def fits_its_neighbours(points: list[tuple], label: str) -> int:
    """Of several values for one month, the one nearest to the mean of the months beside it."""
    candidates = repeated(points)[label]
    others = [(month, value) for month, value, *_ in points if month != label]
    before = max(month for month, _ in others if month < label)
    after = min(month for month, _ in others if month > label)
    expected = mean(value for month, value in others if month in (before, after))
    return min(candidates, key=lambda value: abs(value - expected))


def seasonal_share(points: list[tuple], month: str) -> dict[str, float]:
    """For each year, the month's value as a share of the year's mean."""
    years = sorted({label[:4] for label, *_ in points})
    table = {label: value for label, value, *_ in points}
    shares = {}
    for year in years:
        values = [value for label, value in table.items() if label.startswith(year)]
        shares[year] = table[f"{year}-{month}"] / mean(values)
    return shares


def correct(points: list[tuple], codes: set[str]) -> tuple[list[tuple], list[str]]:
    """Applies the corrections that a review agreed on, and says in words what was done."""
    notes = []
    if "unit" in codes:
        for year in years_in_persons(points):
            points = [(label, value // 1000 if label.startswith(year) else value) for label, value in points]
            notes.append(f"{year}: twelve values were persons and are now thousands")
    for label, values in repeated(points).items():
        clash = len(set(values)) > 1
        if ("conflict" if clash else "duplicate") not in codes:
            continue
        keep = fits_its_neighbours(points, label) if clash else values[0]
        points = [point for point in points if point[0] != label] + [(label, keep)]
        notes.append(f"{label}: {len(values)} rows ({', '.join(map(str, values))}) became one, {keep}")
    return sorted(points), notes


# --- figures ---------------------------------------------------------------------------------------------------------


def air_figures(points: list[tuple]) -> dict:
    """Totals by quarter and year, growth against the year before, and the month's share of its year."""
    quarters: dict[str, float] = {}
    years: dict[str, float] = {}
    for label, value, *_ in points:
        year, month = label.split("-")
        quarter = f"{year}-Q{(int(month) + 2) // 3}"
        quarters[quarter] = quarters.get(quarter, 0) + value
        years[year] = years.get(year, 0) + value
    rows = []
    for quarter, total in sorted(quarters.items()):
        before = quarters.get(f"{int(quarter[:4]) - 1}{quarter[4:]}")
        growth = None if before is None else round(100 * (total / before - 1), 1)
        rows.append({"quarter": quarter, "passengers_thousands": total, "growth_percent": growth})
    peak = max(points, key=lambda point: point[1])
    first, last = min(years), max(years)
    return {
        "quarters": rows,
        "years": {year: total for year, total in sorted(years.items())},
        "growth_percent": round(100 * (years[last] / years[first] - 1), 1),
        "peak": {"month": peak[0], "passengers_thousands": peak[1]},
    }


def nile_figures(points: list[tuple]) -> dict:
    """Means by decade, extremes, and the one year that best splits the series into two levels."""
    decades: dict[str, list] = {}
    for label, value, *_ in points:
        decades.setdefault(label[:3] + "0", []).append(value)
    values = [point[1] for point in points]

    def error(cut: int) -> float:
        return sum(sum((v - mean(part)) ** 2 for v in part) for part in (values[:cut], values[cut:]))

    cut = min(range(5, len(values) - 5), key=error)
    low, high = min(points, key=lambda p: p[1]), max(points, key=lambda p: p[1])
    return {
        "mean": round(mean(values), 2),
        "decades": {decade: round(mean(found), 1) for decade, found in sorted(decades.items())},
        "lowest": {"year": low[0], "flow": low[1]},
        "highest": {"year": high[0], "flow": high[1]},
        "break": {
            "last_year_before": points[cut - 1][0],
            "mean_before": round(mean(values[:cut]), 2),
            "mean_after": round(mean(values[cut:]), 2),
        },
    }


def sunspot_figures(points: list[tuple]) -> dict:
    """Cycles from minimum to minimum, their mean length, and the strongest maximum."""
    years = [int(point[0]) for point in points]
    values = [point[1] for point in points]
    minima = [years[i] for i in range(len(values)) if is_minimum(values, i)]
    cycles = []
    for start, end in zip(minima, minima[1:]):
        inside = [(value, year) for year, value in zip(years, values) if start <= year < end]
        cycles.append({"from": start, "to": end, "length": end - start, "maximum": max(inside)[1]})
    strongest = max(zip(values, years))
    return {
        "cycles": cycles,
        "mean_length": round(mean(cycle["length"] for cycle in cycles), 2),
        "strongest": {"year": strongest[1], "number": strongest[0]},
    }


def is_minimum(values: list[float], i: int, reach: int = 4) -> bool:
    """True when no value within `reach` years is lower, and none of those before is as low."""
    before, after = values[max(0, i - reach) : i], values[i + 1 : i + 1 + reach]
    complete = len(before) == reach and len(after) == reach
    return complete and all(values[i] < v for v in before) and all(values[i] <= v for v in after)


FIGURES = {"air": air_figures, "nile": nile_figures, "sunspots": sunspot_figures}
