"""What the benchmark asks of each system."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

CACHE = pathlib.Path(os.environ.get("MOZIPLUS_PEERS", "~/.cache/moziplus-peers")).expanduser()
PATIENCE = 180


class Missing(Exception):
    """The system cannot be had here; the text says why."""


class Peer:
    """A system that runs commands. One object is one fresh instance with a folder of its own."""

    #: As the report names it.
    name = "?"
    #: What becomes of its tasks when the power goes, in a few words.
    durability = "?"

    def __init__(self, at_once):
        self.at_once = at_once
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"bench-{type(self).__name__.lower()}-"))
        self.process = None

    @classmethod
    def install(cls):
        """Fetches what is needed once; raises `Missing`."""

    def start(self):
        """Starts the system, or starts it again on what it left."""

    def enqueue(self, commands):
        """Hands in the commands, each a list of arguments."""
        raise NotImplementedError

    def finished(self):
        """How many tasks it calls done by now."""
        raise NotImplementedError

    def kill(self):
        """kill -9, in the middle of work."""
        self.process.kill()
        self.process.wait()

    def close(self):
        """Ends it and forgets its folder."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def memory_kb(self):
        """Resident memory of its process; None where that cannot be read."""
        try:
            text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
            return int(next(line.split()[1] for line in text.splitlines() if line.startswith("VmRSS")))
        except (AttributeError, OSError, StopIteration):
            return None

    def run(self, command, **more):
        """A background process of this system."""
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **more)


def wait_for(holds, what, seconds=PATIENCE):
    """Waits until `holds` answers true."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.01)


def rate(peer, count):
    """Tasks a second, from the first that is handed in to the last that is done; and what handing in took."""
    start = time.monotonic()
    peer.enqueue([["/bin/true"]] * count)
    handed_in = time.monotonic() - start
    wait_for(lambda: peer.finished() >= count, f"{peer.name}: {count} tasks")
    return count / (time.monotonic() - start), count / handed_in


def after_a_kill(peer, count):
    """How many of `count` tasks never ran and how many ran twice when the system is killed in the middle."""
    notes = peer.folder / "ran"
    notes.touch()
    peer.enqueue([["/bin/sh", "-c", f"echo {n} >> {notes}"] for n in range(count)])
    ran = lambda: notes.read_text().split()  # noqa: E731
    wait_for(lambda: len(ran()) >= count // 4, f"{peer.name}: a quarter of {count} tasks")
    peer.kill()
    peer.start()
    still = [len(ran()), time.monotonic()]

    def is_quiet():
        now = len(ran())
        if now != still[0]:
            still[:] = [now, time.monotonic()]
        return len(set(ran())) >= count or time.monotonic() - still[1] > 15

    wait_for(is_quiet, f"{peer.name}: the rest after the kill")
    time.sleep(1)
    seen = ran()
    return {"lost": count - len(set(seen)), "doubled": len(seen) - len(set(seen))}


def need(program, how):
    """The path of a program, or `Missing`."""
    found = shutil.which(program)
    if not found:
        raise Missing(f"{program} is not installed: {how}")
    return found


def end_group(process):
    """Kills a process and everything it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
