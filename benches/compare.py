#!/usr/bin/env python3
"""moziplus beside its peers on this machine: see peers/README.md. Writes docs/performance.md."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from page import machine
from peers import report
from peers.apalis_peer import Apalis
from peers.huey_peer import Huey
from peers.moziplus_peer import Moziplus
from peers.peer import Missing, Peer, after_a_kill, idle, rate, waits
from peers.plainjob_peer import Plainjob
from peers.pueue_peer import Pueue
from peers.spooler_peer import Spooler

REPOSITORY = Path(__file__).resolve().parents[1]
PEERS: list[type[Peer]] = [Moziplus, Huey, Apalis, Spooler, Plainjob, Pueue]
AT_ONCE = (1, 8, 32)
#: Tasks of the kill test.
KILL_COUNT = 200
#: What a system fails so often is not tried any more, so that a hang costs minutes and not hours.
FAILURES = 2
#: How a step of a peer may fail; anything else is a fault of these scripts.
TROUBLE = (TimeoutError, RuntimeError, subprocess.SubprocessError, OSError)


def installed(asked: list[str]) -> tuple[list[type[Peer]], dict[str, str]]:
    """Those that can be measured here, and why the others cannot."""
    found, missing = [], {}
    for peer in PEERS:
        if peer.slow_to_build and peer.__name__.lower() not in asked:
            missing[peer.name] = f"takes minutes to build: --with {peer.__name__.lower()}"
            continue
        try:
            peer.install()
            found.append(peer)
        except Missing as why:
            missing[peer.name] = str(why)
    return found, missing


def ceiling(program: str, at_once: int) -> float:
    """Processes a second that this machine starts and reaps when nothing else is done."""
    told = subprocess.run([program, str(at_once)], check=True, capture_output=True, text=True, timeout=60).stdout
    return float(told.split()[-1])


def syncs_a_second(folder: Path) -> int:
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


class Run:
    """One measurement of all systems, and what it found."""

    def __init__(self, peers: list[type[Peer]], rounds: int, scale: float) -> None:
        self.peers = peers
        self.rounds = rounds
        self.scale = scale
        self.systems: dict[str, dict[str, Any]] = {
            peer.name: {"durability": peer.durability, "runs": {}, "killed": [], "waits": [], "idle": [], "failures": []}
            for peer in peers
        }

    def each(self, what: str, at_once: int, measure: Callable[[Peer], Any], keep: Callable[[dict[str, Any], Any], None]) -> None:
        """Every system's turn: a fresh instance, one figure. A failure is noted, and the others go on."""
        for peer in self.peers:
            system = self.systems[peer.name]
            if len(system["failures"]) >= FAILURES:
                continue
            instance = peer(at_once)
            try:
                instance.start()
                found = measure(instance)
                keep(system, found)
                print(f"{what}: {peer.name}: {found}", flush=True)
            except TROUBLE as why:
                system["failures"].append(f"{what}: {why}")
                print(f"{what}: {peer.name}: {why}", file=sys.stderr, flush=True)
            finally:
                instance.close()

    def rates(self, spawn: str) -> dict[str, list[float]]:
        """Tasks a second in turns, so that what disturbs the machine disturbs all; answers the ceilings."""
        ceilings: dict[str, list[float]] = {}
        for at_once in AT_ONCE:
            for number in range(self.rounds):
                ceilings.setdefault(str(at_once), []).append(ceiling(spawn, at_once))
                self.round(at_once, number)
        return ceilings

    def round(self, at_once: int, number: int) -> None:
        """One round of rates."""
        self.each(
            f"{at_once} at once, round {number + 1}",
            at_once,
            lambda peer: {**rate(peer, self.count(peer)), "memory_kb": peer.memory_kb(), "round": number},
            lambda system, run: system["runs"].setdefault(str(at_once), []).append(run),
        )

    def count(self, peer: Peer) -> int:
        """Tasks of one run of this system."""
        # One at a time is slower than eight, so it gets fewer.
        share = 0.5 if peer.at_once == 1 else 1
        return max(20, int(peer.count * self.scale * share))

    def kills(self, rounds: int) -> None:
        """What a kill in the middle does to the tasks: of the system's process, then of all that it has started, too."""
        for number in range(2 * rounds):
            self.kill(everything=number % 2 == 1)

    def kill(self, everything: bool) -> None:
        """One kill of each."""
        self.each(
            "killed with all it started" if everything else "killed",
            8,
            lambda peer: after_a_kill(peer, int(min(KILL_COUNT, peer.count) * self.scale), everything),
            lambda system, kill: system["killed"].append(kill),
        )

    def quiet(self, seconds: float) -> None:
        """What each costs while nothing is to be done, and how soon it then starts a task."""
        self.each("idle", 8, lambda peer: idle(peer, seconds), lambda system, share: system["idle"].append(share))
        self.each("one task", 8, lambda peer: waits(peer, 20), lambda system, wait: system["waits"].append(wait))


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """All figures of one run."""
    peers, missing = installed(args.slow)
    run = Run(peers, args.rounds, args.scale)
    folder = Path(args.keep).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    syncs = [syncs_a_second(folder) for _ in range(args.rounds)]
    ceilings = run.rates(str(Path(args.spawn).resolve()))
    run.quiet(args.idle)
    run.kills(args.kills)
    return {
        "rounds": args.rounds,
        "missing": missing,
        "machine": machine(),
        "syncs": syncs,
        "ceilings": ceilings,
        "systems": run.systems,
    }


def arguments() -> argparse.Namespace:
    """What it was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", help="a release build of moziplus")
    parser.add_argument("--spawn", help="the program that measures the ceiling (`cargo bench --bench spawn --no-run`)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kills", type=int, default=3, help="kills of each kind [default: 3]")
    parser.add_argument("--idle", type=float, default=20, help="seconds to look at an idle system [default: 20]")
    parser.add_argument("--scale", type=float, default=1, help="this part of the tasks, to try it out [default: 1]")
    parser.add_argument("--with", dest="slow", default=[], type=lambda text: text.split(","), help="pueue,apalis")
    parser.add_argument("--keep", default=str(REPOSITORY / "target/peers.json"), help="where the numbers go")
    parser.add_argument("--from", dest="given", help="show the numbers of an earlier run")
    parser.add_argument("--docs", type=Path, default=REPOSITORY / "docs", help="where the page is")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    if args.given:
        figures = json.loads(Path(args.given).read_text())
    else:
        Moziplus.binary = args.bin
        figures = measure(args)
        Path(args.keep).write_text(json.dumps(figures, indent=1) + "\n")
    report.write(figures, args.docs)
    for name, system in figures["systems"].items():
        rates = [run["rate"] for run in system["runs"].get("8", [])]
        if rates:
            print(f"{name}: median {statistics.median(rates):.0f}/s at 8 at once")


if __name__ == "__main__":
    main()
