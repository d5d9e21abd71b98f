"""task-spooler: one client process for each task, nothing on disk."""

import os
import subprocess

from peer import Peer, need


class Spooler(Peer):
    name = "task-spooler"
    durability = "none: the queue is in memory"

    @classmethod
    def install(cls):
        need("tsp", "Debian's package task-spooler")

    def env(self):
        return {**os.environ, "TS_SOCKET": str(self.folder / "socket"), "TMPDIR": str(self.folder), "TS_MAXFINISHED": "100000"}

    def tsp(self, *arguments):
        return subprocess.run(["tsp", *arguments], env=self.env(), capture_output=True, text=True)

    def start(self):
        self.tsp("-S", str(self.at_once))

    def enqueue(self, commands):
        for command in commands:
            self.tsp("-n", *command)

    def finished(self):
        return self.tsp().stdout.count(" finished ")

    def kill(self):
        subprocess.run(["pkill", "-9", "-f", "^tsp -S"], check=False)

    def close(self):
        self.tsp("-K")
        super().close()
