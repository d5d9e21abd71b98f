"""pueue: one client process for each task, a daemon that polls."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Sequence

from peers.peer import CACHE, PATIENCE, Command, Peer, install


class Pueue(Peer):
    name = "pueue"
    durability = "its state in a file, written at each change"
    home = CACHE / "pueue"
    slow_to_build = True
    count = 60

    @classmethod
    def install(cls) -> None:
        if not (cls.home / "bin/pueued").exists():
            install(["cargo", "install", "--locked", "--quiet", "pueue@4.0.4", "--root", cls.home])

    def env(self) -> dict[str, str]:
        """Its state, socket and configuration are below its folder."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        return {**kept, "XDG_RUNTIME_DIR": str(self.folder), "HOME": str(self.folder)}

    def pueue(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One call of its client."""
        command = [str(self.home / "bin/pueue"), *arguments]
        return subprocess.run(command, check=False, env=self.env(), capture_output=True, text=True, timeout=PATIENCE)

    def start(self) -> None:
        self.spawn([self.home / "bin/pueued"], env=self.env())
        self.wait_for(lambda: self.pueue("status").returncode == 0, "the daemon")
        self.pueue("parallel", str(self.at_once))
        # After a kill it waits to be told that it may go on.
        self.pueue("start")

    def enqueue(self, commands: Sequence[Command]) -> float:
        began = time.time()
        for command in commands:
            self.pueue("add", "--escape", "--", *command)
        return began

    def finished(self) -> int:
        tasks = json.loads(self.pueue("status", "--json").stdout)["tasks"].values()
        return sum("Done" in task["status"] for task in tasks)
