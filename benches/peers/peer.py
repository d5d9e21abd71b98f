"""What the comparison asks of each system."""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness import cpu_seconds, descendants, memory_kb, wait_for

#: Where peers are installed.
CACHE = Path(os.environ.get("MOZIPLUS_PEERS", "~/.cache/moziplus-peers")).expanduser()
#: Seconds that one step of a peer may take; what takes longer is told as a failure, and the others go on.
PATIENCE = 90
#: Seconds without a new task after which a system that was killed and started again is taken to have given up the rest.
QUIET = 15
#: Between two looks at how far a system is: often enough for runs of seconds, seldom enough not to disturb them.
LOOK = 0.05

#: Seconds that a task of the kill test takes: long enough that most are handed in, and still waiting, when the kill comes.
LENGTH = 0.2

Command = Sequence[str]


class Missing(Exception):
    """The system cannot be had here; the text says why."""


class Peer:
    """A system that runs commands. One object is one fresh instance with a folder of its own."""

    #: As the report names it.
    name = "?"
    #: What becomes of its tasks when the power goes, in a few words.
    durability = "?"
    #: It is built only when asked for, because that takes minutes.
    slow_to_build = False
    #: Tasks of one run: what it does in some seconds.
    count = 1500

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self.folder = Path(tempfile.mkdtemp(prefix=f"bench-{type(self).__name__.lower()}-"))
        self.process: subprocess.Popen[bytes] | None = None

    @classmethod
    def install(cls) -> None:
        """Fetches what is needed once; raises `Missing`."""

    def start(self) -> None:
        """Starts the system, or starts it again on what it left."""
        raise NotImplementedError

    def enqueue(self, commands: Sequence[Command]) -> float:
        """Hands in the commands; answers when the first one was (`time.time`), a helper's own start not counted."""
        raise NotImplementedError

    def finished(self) -> int:
        """How many tasks it calls done by now."""
        raise NotImplementedError

    def pid(self) -> int | None:
        """Its process, while it runs."""
        return self.process.pid if self.process and self.process.poll() is None else None

    def pids(self) -> list[int]:
        """Its process and all that it has started."""
        pid = self.pid()
        return descendants(pid) if pid else []

    def kill(self, everything: bool) -> None:
        """kill -9 in the middle of work: its process, or all that it has started, too."""
        pid = self.pid()
        assert pid, f"{self.name} does not run"
        pids = self.pids() if everything else [pid]
        kill_all(pids)
        if self.process:
            self.process.wait(PATIENCE)

    def close(self) -> None:
        """Ends it and forgets its folder."""
        kill_all(self.pids())
        if self.process:
            self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def memory_kb(self) -> int | None:
        """Resident memory of its processes; None where it has none of its own."""
        pids = self.pids()
        return sum(map(memory_kb, pids)) if pids else None

    def spawn(self, command: Sequence[str | Path], **more: Any) -> None:
        """Starts the process of this system in its folder, with a log there."""
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **more)

    def wait_for(self, holds: Any, what: str) -> None:
        """Waits with patience, and only while its process lives; the end of its log says why it does not."""
        try:
            wait_for(holds, f"{self.name}: {what}", PATIENCE, LOOK, self.process)
        except RuntimeError as why:
            log = (self.folder / "log").read_text(errors="replace").strip()
            raise RuntimeError(f"{why}; its log ends: {log[-300:]}") from None


def hand_in(command: Sequence[str | Path], commands: Sequence[Command], env: dict[str, str] | None = None) -> float:
    """Has a helper hand in what it reads; it prints when it began to."""
    text = json.dumps(commands)
    done = subprocess.run(command, input=text, env=env, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE)
    return float(done.stdout)


def kill_all(pids: Sequence[int]) -> None:
    """kill -9; who has ended already is passed over."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def rate(peer: Peer, count: int) -> dict[str, float]:
    """Tasks a second, from the first that is handed in to the last that is done; and how fast they were handed in."""
    start = peer.enqueue([["/bin/true"]] * count)
    handed_in = time.time() - start
    peer.wait_for(lambda: peer.finished() >= count, f"{count} tasks")
    return {"rate": count / (time.time() - start), "enqueue": count / handed_in}


def waits(peer: Peer, count: int) -> float:
    """Milliseconds from handing in one task to the start of its process, on an idle system; the median of some."""
    notes = peer.folder / "starts"
    handed_in: list[float] = []
    for _ in range(count):
        handed_in.append(peer.enqueue([["/bin/sh", "-c", f"date +%s.%N >> {notes}"]]))
        peer.wait_for(lambda: len(stamps(notes)) == len(handed_in), "one task")
    return statistics.median((start - before) * 1000 for before, start in zip(handed_in, stamps(notes), strict=True))


def stamps(notes: Path) -> list[float]:
    """The times in a file, a line each."""
    return [float(line) for line in notes.read_text().splitlines()] if notes.exists() else []


def idle(peer: Peer, seconds: float) -> float:
    """The part of a core that it takes while it has nothing to do."""
    pids = peer.pids()
    before = sum(map(cpu_seconds, pids))
    time.sleep(seconds)
    return (sum(map(cpu_seconds, pids)) - before) / seconds


def after_a_kill(peer: Peer, count: int, everything: bool) -> dict[str, Any]:
    """How many of `count` tasks never ran and how many ran twice when the system is killed in the middle."""
    notes = peer.folder / "ran"
    notes.touch()
    peer.enqueue([["/bin/sh", "-c", f"sleep {LENGTH}; echo {n} >> {notes}"] for n in range(count)])
    peer.wait_for(lambda: len(lines(notes)) >= count // 4, f"a quarter of {count} tasks")
    peer.kill(everything)
    peer.start()
    seen: list[str] = []
    last_change = time.monotonic()
    while len(set(seen)) < count and time.monotonic() - last_change < QUIET:
        time.sleep(LOOK)
        now = lines(notes)
        if len(now) != len(seen):
            seen, last_change = now, time.monotonic()
    # What would run twice gets the time to do so.
    time.sleep(1)
    seen = lines(notes)
    different = len(set(seen))
    return {"everything": everything, "lost": count - different, "doubled": len(seen) - different}


def lines(path: Path) -> list[str]:
    """The words of a file."""
    return path.read_text().split()


def install(command: Sequence[str | Path], env: dict[str, str] | None = None) -> None:
    """Runs what installs a system, or `Missing`."""
    if subprocess.run(command, check=False, env=env).returncode:
        raise Missing(f"{command[0]} could not install it")


def need(program: str, how: str) -> str:
    """The path of a program, or `Missing`."""
    found = shutil.which(program)
    if not found:
        raise Missing(f"{program} is not installed: {how}")
    return found
