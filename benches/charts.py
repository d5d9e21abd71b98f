"""Pictures of measurements as SVG, to be read on a light and on a dark page."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.ticker import EngFormatter  # noqa: E402

#: Middle tones: at least 3:1 against white and against the dark pages of code hosts.
INK = "#7d8590"
#: 10k instead of a power of ten.
PLAIN = EngFormatter(sep="")
COLOURS = ("#3b82c4", "#c77d1e", "#3f9a63", "#b0609c")
pyplot.rcParams.update(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "moziplus",
        "font.family": "sans-serif",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "grid.alpha": 0.3,
        **dict.fromkeys(
            ("text.color", "axes.labelcolor", "axes.edgecolor", "axes.titlecolor", "xtick.color", "ytick.color", "grid.color"),
            INK,
        ),
    }
)


def save(figure: pyplot.Figure, path: Path) -> None:
    """Writes a picture without background, the same bytes for the same numbers."""
    figure.tight_layout()
    figure.savefig(path, transparent=True, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    # Two thirds of what matplotlib writes is indentation and one point a line.
    path.write_text("\n".join(line.strip() for line in path.read_text().splitlines()).replace("\nL ", " L ") + "\n")


def bars(path: Path, label: str, names: Sequence[str], series: Mapping[str, Sequence[Sequence[float]]], limits: Mapping[str, float]) -> None:
    """A bar for each name and series: the median, with its range; a dashed line where the limit of a series is."""
    figure, axes = pyplot.subplots(figsize=(8, 0.26 * len(names) * len(series) + 1.3))
    height = 0.8 / max(1, len(series))
    for number, (name, values) in enumerate(series.items()):
        medians = [statistics.median(each) if each else 0 for each in values]
        below = [median - min(each, default=median) for median, each in zip(medians, values)]
        above = [max(each, default=median) - median for median, each in zip(medians, values)]
        places = [place + height * number for place in range(len(names))]
        colour = COLOURS[number % len(COLOURS)]
        axes.barh(places, medians, height * 0.92, xerr=[below, above], color=colour, label=name, ecolor=INK)
        if name in limits:
            axes.axvline(limits[name], color=colour, linestyle="--", linewidth=1)
    axes.set_yticks([place + height * (len(series) - 1) / 2 for place in range(len(names))], names)
    axes.invert_yaxis()
    axes.set_xlabel(label)
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=len(series))
    save(figure, path)


#: One curve: its name, and points of size and values.
Curve = tuple[str, Sequence[tuple[float, Sequence[float]]]]


def curves(path: Path, panels: Sequence[tuple[str, Sequence[Curve], float | None]], label: str) -> None:
    """Small panels side by side, sizes and figures on logarithmic scales; a dashed line where a goal is."""
    columns = 2 if len(panels) == 4 else min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure, grid = pyplot.subplots(rows, columns, figsize=(3.6 * columns, 2.7 * rows), squeeze=False)
    for place, axes in enumerate(grid.flat):
        if place < len(panels):
            _panel(axes, *panels[place], label)
        else:
            axes.set_visible(False)
    save(figure, path)


def _panel(axes: Axes, title: str, drawn: Sequence[Curve], goal: float | None, label: str) -> None:
    for number, (name, points) in enumerate(drawn):
        colour = COLOURS[number % len(COLOURS)]
        sizes = [size for size, _ in points]
        axes.plot(sizes, [statistics.median(values) for _, values in points], "o-", color=colour, label=name, markersize=4)
        axes.fill_between(sizes, [min(v) for _, v in points], [max(v) for _, v in points], color=colour, alpha=0.2, linewidth=0)
    if goal is not None:
        axes.axhline(goal, color=INK, linestyle="--", linewidth=1)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(sorted({size for _, points in drawn for size, _ in points}))
    axes.minorticks_off()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PLAIN)
    axes.set_title(title, fontsize=10)
    axes.set_xlabel(label)
    axes.grid(True, which="major")
    if len(drawn) > 1:
        axes.legend(frameon=False, fontsize=8)
