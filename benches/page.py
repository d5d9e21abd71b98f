"""What the pages of measurements share: the part of a page that a run writes, the machine, medians and ranges."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from datetime import date
from pathlib import Path


def machine() -> dict[str, str | int]:
    """What was measured on."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory_gb": round(int((_first("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / 2**20),
        "system": f"{platform.system()} {platform.release()}",
        "date": date.today().isoformat(),
    }


def _first(path: str, key: str) -> str | None:
    """The first value of this key in a file of /proc."""
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return None
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), None)


def describe(here: dict[str, str | int]) -> str:
    """The machine in a line."""
    return f"Measured on {here['date']}: {here['processor']}, {here['cores']} cores, {here['memory_gb']} GB, {here['system']}"


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The median and the range."""
    if not values:
        return "–"
    low, high, middle = min(values), max(values), statistics.median(values)
    if len(values) == 1:
        return f"{middle:,.{digits}f}"
    return f"{middle:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def replace(page: Path, name: str, text: str) -> None:
    """Renews the part of a page that stands between the marks of this name; all else is kept."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = page.read_text().split(begin, 1)
    after = rest.split(end, 1)[1]
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")
