#!/usr/bin/env python3
"""moziplus beside its peers on this machine: see README.md here. Writes docs/performance.md."""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import report
from apalis_peer import Apalis
from huey_peer import Huey
from ours import Moziplus
from peer import Missing, after_a_kill, rate
from plainjob_peer import Plainjob
from pueue_peer import Pueue
from spooler_peer import Spooler

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ALL = [Moziplus, Huey, Apalis, Spooler, Plainjob, Pueue]
# What a system can do in about two seconds; slow ones get fewer tasks.
COUNTS = {Pueue: 60, Plainjob: 400, Spooler: 600}
COUNT, KILL_COUNT = 1500, 400


def installed(wanted):
    """Those that can be measured here, and why the others cannot."""
    found, missing = [], {}
    for peer in ALL:
        if getattr(peer, "slow_to_build", False) and peer.__name__.lower() not in wanted:
            missing[peer.name] = f"takes minutes to build: --with {peer.__name__.lower()}"
            continue
        try:
            peer.install()
            found.append(peer)
        except Missing as why:
            missing[peer.name] = str(why)
    return found, missing


def ceiling(program, at_once):
    """Processes a second that this machine starts and reaps when nothing else is done."""
    return float(subprocess.run([program, str(at_once)], check=True, capture_output=True, text=True).stdout.split()[-1])


def syncs_a_second(folder):
    """fdatasync of a small write, for one second."""
    path = folder / "sync"
    with open(path, "wb", buffering=0) as file:
        begun, count = time.monotonic(), 0
        while time.monotonic() - begun < 1:
            file.write(b"x" * 512)
            os.fdatasync(file.fileno())
            count += 1
    path.unlink()
    return count


def once(peer, at_once):
    """One fresh instance, one figure."""
    instance = peer(at_once)
    try:
        instance.start()
        total, handed_in = rate(instance, COUNTS.get(peer, COUNT))
        return {"rate": total, "enqueue": handed_in, "memory_kb": instance.memory_kb()}
    finally:
        instance.close()


def killed(peer):
    """What a kill in the middle does to the tasks of one fresh instance."""
    instance = peer(8)
    try:
        instance.start()
        return after_a_kill(instance, min(KILL_COUNT, COUNTS.get(peer, KILL_COUNT)))
    finally:
        instance.close()


def measure(args):
    """All rounds: in each, every system has its turn, so that what disturbs the machine disturbs all."""
    peers, missing = installed(args.slow)
    spawn = str(pathlib.Path(args.spawn).resolve())
    figures = {"rounds": args.rounds, "missing": missing, "machine": report.machine(), "systems": {}, "ceilings": {}}
    for peer in peers:
        figures["systems"][peer.name] = {"durability": peer.durability, "runs": {}, "killed": []}
    folder = pathlib.Path(args.keep).resolve().parent
    figures["syncs"] = [syncs_a_second(folder) for _ in range(args.rounds)]
    for at_once in (8, 32):
        for number in range(args.rounds):
            figures["ceilings"].setdefault(str(at_once), []).append(ceiling(spawn, at_once))
            for peer in peers:
                try:
                    run = once(peer, at_once)
                except (TimeoutError, subprocess.SubprocessError, OSError) as why:
                    print(f"{peer.name}: {why}", file=sys.stderr)
                    continue
                figures["systems"][peer.name]["runs"].setdefault(str(at_once), []).append(run)
                print(f"{at_once} at once, round {number + 1}: {peer.name}: {run['rate']:.0f}/s", flush=True)
    for _ in range(min(3, args.rounds)):
        for peer in peers:
            try:
                figures["systems"][peer.name]["killed"].append(killed(peer))
            except (TimeoutError, subprocess.SubprocessError, OSError) as why:
                print(f"{peer.name}, killed: {why}", file=sys.stderr)
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", help="a release build of moziplus")
    parser.add_argument("--spawn", help="the program that measures the ceiling (`cargo bench --bench spawn --no-run`)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--with", dest="slow", default="", type=lambda text: text.split(","), help="pueue,apalis")
    parser.add_argument("--keep", default=str(REPOSITORY / "target/peers.json"), help="where the numbers go")
    parser.add_argument("--from", dest="given", help="show the numbers of an earlier run")
    args = parser.parse_args()
    if args.given:
        figures = json.loads(pathlib.Path(args.given).read_text())
    else:
        Moziplus.binary = args.bin and str(pathlib.Path(args.bin).resolve())
        figures = measure(args)
        pathlib.Path(args.keep).write_text(json.dumps(figures, indent=1))
    report.write(figures, REPOSITORY / "docs")
    for name, system in figures["systems"].items():
        rates = [run["rate"] for run in system["runs"].get("8", [])]
        if rates:
            print(f"{name}: median {statistics.median(rates):.0f}/s at 8 at once")


if __name__ == "__main__":
    main()
