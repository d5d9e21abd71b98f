#!/usr/bin/env python3
"""Instruction counts of core scenarios: `benches/instructions.py --program target/release/deps/counted-…`.

Runs each under callgrind with few and with more repetitions; the difference is what the work costs, also on a machine
that is busy. Compares with benches/instructions.json and fails when one costs more than the tolerance; `--save` writes
that file anew. Needs valgrind; Linux on x86-64 (the counts of another machine are others). Standard library only.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

KEPT = pathlib.Path(__file__).with_name("instructions.json")
# Scenario: repetitions of the short run, and of the long one.
RUNS = {"plan": (1, 6), "snapshot": (1, 6), "transition": (10, 60), "reload": (1, 3), "record": (5, 30)}


def counted(program, scenario, times):
    """Instructions of one run, its set-up and end included."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, scenario, str(times)]
        run = subprocess.run(command, capture_output=True, text=True)
        found = re.search(r"Collected : (\d+)", run.stderr)
        if run.returncode or not found:
            sys.exit(f"{scenario}: {run.stderr[-2000:]}")
        return int(found.group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="the bench `counted`, built for release")
    parser.add_argument("--save", action="store_true", help="keep these counts as the ones to compare with")
    parser.add_argument("--tolerance", type=float, default=5.0, help="per cent that are no regression [default: 5]")
    args = parser.parse_args()
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    counts, worse = {}, []
    for scenario, (few, more) in RUNS.items():
        each = (counted(args.program, scenario, more) - counted(args.program, scenario, few)) // (more - few)
        counts[scenario] = each
        before = kept.get(scenario)
        change = f"{100 * (each - before) / before:+.1f} %" if before else "new"
        print(f"{scenario:12} {each:>14,} instructions each, {change}", flush=True)
        if before and each > before * (1 + args.tolerance / 100):
            worse.append(scenario)
    if args.save:
        KEPT.write_text(json.dumps(counts, indent=1) + "\n")
    elif worse:
        sys.exit(f"more than {args.tolerance} % above benches/instructions.json: {', '.join(worse)}")


if __name__ == "__main__":
    main()
