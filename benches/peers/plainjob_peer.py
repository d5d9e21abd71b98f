"""plainjob on better-sqlite3: one Node process with as many workers as tasks at once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from peers.peer import CACHE, Command, Peer, hand_in, install, need

HERE = Path(__file__).resolve().parent
PACKAGES = ["plainjob@0.0.14", "better-sqlite3@12"]
#: `JobStatus.Done` of plainjob.
DONE = 2


class Plainjob(Peer):
    name = "plainjob"
    durability = "WAL, synced at checkpoints"
    home = CACHE / "plainjob"
    count = 400

    @classmethod
    def install(cls) -> None:
        need("node", "it comes from nodejs.org or the system's packages")
        cls.home.mkdir(parents=True, exist_ok=True)
        if not (cls.home / "node_modules/plainjob").exists():
            install(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", cls.home, *PACKAGES])
        shutil.copy(HERE / "plainjob.mjs", cls.home)

    def start(self) -> None:
        self.spawn(["node", self.home / "plainjob.mjs", "work", self.folder, str(self.at_once)])
        self.wait_for((self.folder / "plainjob.db").exists, "the worker's database")

    def enqueue(self, commands: Sequence[Command]) -> float:
        return hand_in(["node", self.home / "plainjob.mjs", "add", self.folder], commands)

    def finished(self) -> int:
        with closing(sqlite3.connect(f"file:{self.folder}/plainjob.db?mode=ro", uri=True, timeout=30)) as db:
            return db.execute("SELECT count(*) FROM plainjob_jobs WHERE status = ?", (DONE,)).fetchone()[0]
