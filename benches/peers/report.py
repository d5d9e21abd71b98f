"""The page docs/performance.md and its pictures, from the numbers of a run."""

import os
import pathlib
import platform
import statistics
from datetime import date

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"


def machine():
    """What was measured on."""
    processor = platform.processor() or platform.machine()
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return {"processor": processor, "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}",
            "date": date.today().isoformat()}


def spread(values, digits=0):
    """The median and the range."""
    if not values:
        return "–"
    low, high = min(values), max(values)
    return f"{statistics.median(values):,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def share(system, ceilings, at_once):
    """The rate as a part of the ceiling of the same round."""
    rates = [run["rate"] for run in system["runs"].get(at_once, [])]
    parts = [rate / most for rate, most in zip(rates, ceilings.get(at_once, []))]
    return f"{statistics.median(parts):.0%}" if parts else "–"


def table(figures):
    """One row for each system."""
    rows = ["| system | 8 at once, tasks/s | of the ceiling | 32 at once | of the ceiling | handing in, tasks/s | memory, MB |"
            " killed in the middle | when the power goes |", "|---|---|---|---|---|---|---|---|---|"]
    for name, system in figures["systems"].items():
        of = {at: [run["rate"] for run in system["runs"].get(at, [])] for at in ("8", "32")}
        runs = system["runs"].get("8", [])
        memory = [run["memory_kb"] / 1024 for run in runs if run["memory_kb"]]
        hurt = system["killed"]
        lost, doubled = sum(kill["lost"] for kill in hurt), sum(kill["doubled"] for kill in hurt)
        kills = f"{lost} lost, {doubled} ran twice in {len(hurt)} kills" if hurt else "–"
        rows.append(f"| {name} | {spread(of['8'])} | {share(system, figures['ceilings'], '8')} | {spread(of['32'])} | "
                    f"{share(system, figures['ceilings'], '32')} | {spread([run['enqueue'] for run in runs])} | "
                    f"{spread(memory, 0)} | {kills} | {system['durability']} |")
    return "\n".join(rows)


def picture(figures, path):
    """Bars of the medians with their ranges, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    names = [name for name, system in figures["systems"].items() if system["runs"].get("8")]
    figure, axes = pyplot.subplots(figsize=(8, 0.6 * len(names) + 1.4))
    for offset, (at, colour) in enumerate((("8", "#2f6f9f"), ("32", "#c58a2b"))):
        values = [[run["rate"] for run in figures["systems"][name]["runs"].get(at, [])] or [0] for name in names]
        medians = [statistics.median(value) for value in values]
        errors = [[median - min(value) for median, value in zip(medians, values)],
                  [max(value) - median for median, value in zip(medians, values)]]
        places = [n + 0.38 * offset for n in range(len(names))]
        axes.barh(places, medians, 0.36, xerr=errors, color=colour, label=f"{at} at once", ecolor="#555555")
        ceiling = statistics.median(figures["ceilings"][at])
        axes.axvline(ceiling, color=colour, linestyle="--", linewidth=1)
    axes.set_yticks([n + 0.19 for n in range(len(names))], names)
    axes.invert_yaxis()
    axes.set_xlabel("tasks a second, create to done (dashed: starting and reaping a process, nothing else)")
    axes.legend(frameon=False, loc="lower right")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def write(figures, docs):
    """Renews the part of the page that a run measures; the rest is kept."""
    page = docs / "performance.md"
    here = figures["machine"]
    picture(figures, docs / "performance-peers.svg")
    missing = "".join(f"\n- not measured: {name} ({why})" for name, why in figures["missing"].items())
    ceilings = ", ".join(f"{spread(values)} at {at} at once" for at, values in figures["ceilings"].items())
    text = f"""{BEGIN}

Measured on {here['date']}: {here['processor']}, {here['cores']} cores, {here['system']}; {figures['rounds']} rounds in turns;
median and range.

![Tasks a second](performance-peers.svg)

{table(figures)}

- ceiling, processes started and reaped a second: {ceilings}
- fdatasync of 512 bytes: {spread(figures['syncs'])} a second{missing}

{END}"""
    old = page.read_text()
    before, rest = old.replace(" No run is published yet.", "").split(BEGIN, 1)
    page.write_text(before + text + rest.split(END, 1)[1])
