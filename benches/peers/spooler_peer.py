"""task-spooler: one client process for each task, nothing on disk."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import time
from collections.abc import Sequence

from peers.peer import PATIENCE, Command, Peer, kill_all, need

#: What `SO_PEERCRED` answers: process, user, group.
CREDENTIALS = struct.Struct("3i")


class Spooler(Peer):
    name = "task-spooler"
    durability = "none: the queue is in memory"
    count = 600

    @classmethod
    def install(cls) -> None:
        need("tsp", "Debian's package task-spooler")

    def tsp(self, *arguments: str) -> str:
        """One call of its client."""
        env = {**os.environ, "TS_SOCKET": f"{self.folder}/socket", "TMPDIR": str(self.folder), "TS_MAXFINISHED": "100000"}
        command = ["tsp", *arguments]
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout

    def start(self) -> None:
        # The first client makes a server that goes into the background; a socket of a dead one would be in its way.
        (self.folder / "socket").unlink(missing_ok=True)
        self.tsp("-S", str(self.at_once))

    def enqueue(self, commands: Sequence[Command]) -> float:
        began = time.time()
        for command in commands:
            self.tsp("-n", *command)
        return began

    def finished(self) -> int:
        return self.tsp().count(" finished ")

    def pid(self) -> int | None:
        """Who listens at its socket: the server is not a child of ours."""
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(f"{self.folder}/socket")
            except OSError:
                return None
            answer = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
        return CREDENTIALS.unpack(answer)[0]

    def kill(self, everything: bool) -> None:
        pids = self.pids()
        kill_all(pids if everything else pids[:1])
        self.wait_for(lambda: self.pid() is None, "its end")
