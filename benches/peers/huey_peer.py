"""huey on SQLite: one consumer with as many threads as tasks at once."""

from __future__ import annotations

import os
import sqlite3
import venv
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from peers.peer import CACHE, Command, Peer, hand_in, install

HERE = Path(__file__).resolve().parent
ENQUEUE = """import json, sys, time, huey_tasks
commands = json.load(sys.stdin)
print(time.time())
for command in commands:
    huey_tasks.run(command)
"""


class Huey(Peer):
    name = "huey (SQLite)"
    durability = "synced at enqueue (fsync=True); a task leaves the queue when it begins"
    python = CACHE / "huey/bin/python"

    @classmethod
    def install(cls) -> None:
        if not (cls.python.parent / "huey_consumer").exists():
            venv.create(CACHE / "huey", with_pip=True)
            install([cls.python, "-m", "pip", "install", "-q", "huey==3.5.4"])

    def env(self) -> dict[str, str]:
        """Where its tasks are found, and where it keeps them."""
        return {**os.environ, "BENCH_FOLDER": str(self.folder), "PYTHONPATH": str(HERE)}

    def start(self) -> None:
        options = ["-w", str(self.at_once), "-k", "thread", "-d", "0.01", "-m", "0.05", "-b", "1", "-q"]
        module = ["-m", "huey.bin.huey_consumer", "huey_tasks.huey"]
        self.spawn([self.python, *module, *options], env=self.env())
        self.wait_for((self.folder / "huey.db").exists, "the consumer's database")

    def enqueue(self, commands: Sequence[Command]) -> float:
        return hand_in([self.python, "-c", ENQUEUE], commands, self.env())

    def finished(self) -> int:
        with closing(sqlite3.connect(f"file:{self.folder}/huey.db?mode=ro", uri=True, timeout=30)) as db:
            return db.execute("SELECT count(*) FROM kv").fetchone()[0]
