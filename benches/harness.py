"""What the measurements of a whole daemon share: a daemon on a root of its own, waiting, and readings of /proc."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

#: One runner that does nothing; as many of it at once as the settings below allow.
AGENTS = """
runners:
  true: {kind: command, argv: ["/bin/true"]}
agents:
  worker: {role: executor, runner: "true", max_concurrent: 8}
"""
SETTINGS = "daemon: {max_global_agents: 8, max_per_agent: 8, max_dispatches: 1000}\n"
#: /bin/true says nothing on the blackboard, so exit code 0 is taken for success.
OUTCOME = """fn after(attempt, task, ctx) {
    if attempt.exit_code == 0 { accept(task.id) } else { fail(task.id, "it failed") }
}
"""
#: Tasks in one request of `Daemon.create`.
BATCH = 100


class Refused(Exception):
    """The daemon answered a request with a status of 400 or more."""


class Client:
    """Requests to a daemon, one after the other on a connection that is kept."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._connection: http.client.HTTPConnection | None = None

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request; its answer read as JSON. Raises `Refused`."""
        payload = None if body is None else json.dumps(body)
        try:
            status, text = self._exchange(method, path, payload)
        except (http.client.HTTPException, ConnectionError):
            # The daemon may have closed a connection that was quiet for long.
            self._connection = None
            status, text = self._exchange(method, path, payload)
        if status >= 400:
            raise Refused(f"{method} {path}: {status} {text[:500]!r}")
        return json.loads(text)

    def _exchange(self, method: str, path: str, payload: str | None) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        self._connection.request(method, path, payload, {"content-type": "application/json"})
        answer = self._connection.getresponse()
        return answer.status, answer.read()


class Daemon(Client):
    """A daemon on a root of its own."""

    def __init__(self, binary: str, settings: str = SETTINGS, agents: str = AGENTS, root: Path | None = None) -> None:
        """Starts it; with `root` on that folder, which is written anew only where it has no configuration."""
        self.binary = os.path.abspath(binary)
        self.root = root or Path(tempfile.mkdtemp(prefix="moziplus-load-"))
        config = self.root / "config"
        if not config.exists():
            config.mkdir(parents=True)
            (config / "agents.yaml").write_text(agents)
            (config / "default.yaml").write_text(settings)
        self.start()

    def start(self) -> float:
        """Starts it again on what its root holds; answers the seconds until it serves."""
        began = time.monotonic()
        command = [self.binary, "--root", str(self.root), "serve", "--bind", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: self._address() is not None, "the daemon's start", every=0.002, process=self.process)
        host, port = str(self._address()).rsplit(":", 1)
        super().__init__(host, int(port))
        self.base = f"http://{host}:{port}"
        return time.monotonic() - began

    def _address(self) -> str | None:
        """Where this process serves, as its note in the root says."""
        try:
            note = json.loads((self.root / "run/daemon.json").read_text())
        except (OSError, ValueError):
            return None
        return note.get("address") if note.get("pid") == self.process.pid else None

    def project(self, name: str) -> None:
        """Makes a project."""
        self.call("POST", "/api/projects", {"id": name, "name": name})

    def create(self, project: str, count: int, **fields: Any) -> None:
        """Makes so many tasks that are alike."""
        for start in range(0, count, BATCH):
            tasks = [{"title": f"task {n}", **fields} for n in range(start, min(start + BATCH, count))]
            self.call("POST", f"/api/projects/{project}/tasks/batch", {"tasks": tasks})

    def status(self) -> dict[str, Any]:
        """What `moziplus status` shows."""
        return self.call("GET", "/api/daemon/status")

    def summary(self, project: str) -> dict[str, int]:
        """How many tasks the project has in each status."""
        return self.status()["projects"][project]["tasks_summary"]

    def memory_kb(self) -> int:
        """Its resident memory, the mapped part of its program included."""
        return memory_kb(self.process.pid)

    def cpu_seconds(self) -> float:
        """Processor time it has used since it started."""
        return cpu_seconds(self.process.pid)

    def stop(self) -> None:
        """Ends it in an orderly way; agents of it live on."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def forget(self) -> None:
        """Ends it and removes its root."""
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)


def wait_for(
    holds: Callable[[], Any],
    what: str = "what was asked for",
    seconds: float = 120,
    every: float = 0.02,
    process: subprocess.Popen[Any] | None = None,
) -> None:
    """Waits until `holds` answers something true, at most so many seconds, and no longer than `process` lives."""
    end = time.monotonic() + seconds
    while not holds():
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"waited for {what}: its process has ended with {process.returncode}")
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(every)


def at(text: str) -> float:
    """A time of the API as seconds since 1970."""
    return datetime.fromisoformat(text).timestamp()


def quantile(values: Sequence[float], q: float) -> float:
    """The value below which a part `q` of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * q))]


def memory_kb(pid: int) -> int:
    """Resident memory of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, user's and system's."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def written_bytes(pid: int) -> int:
    """Bytes that a process has had written to disks."""
    lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("write_bytes")))


def descendants(pid: int) -> list[int]:
    """A process and everything that it, or what it started, has started and that is still its child."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue  # It has ended meanwhile.
    return found
