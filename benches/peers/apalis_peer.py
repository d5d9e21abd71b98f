"""apalis on SQLite: a small program of its own (apalis/), polling every 20 ms."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from peers.peer import CACHE, Command, Peer, hand_in, install

HERE = Path(__file__).resolve().parent


class Apalis(Peer):
    name = "apalis (SQLite)"
    durability = "as its defaults of SQLite are"
    slow_to_build = True
    program = CACHE / "apalis/release/apalis-bench"
    #: How often this instance was started.
    starts = 0

    @classmethod
    def install(cls) -> None:
        if not cls.program.exists():
            env = {**os.environ, "CARGO_TARGET_DIR": str(CACHE / "apalis")}
            manifest = HERE / "apalis/Cargo.toml"
            install(["cargo", "build", "--release", "--locked", "--quiet", "--manifest-path", manifest], env)

    @property
    def database(self) -> str:
        """Where its queue is."""
        return str(self.folder / "apalis.db")

    def start(self) -> None:
        self.spawn([self.program, "work", self.database, str(self.at_once)])
        self.starts += 1
        log = self.folder / "log"
        self.wait_for(lambda: log.read_text().count("ready\n") == self.starts, "the worker's tables")

    def enqueue(self, commands: Sequence[Command]) -> float:
        return hand_in([self.program, "add", self.database], commands)

    def finished(self) -> int:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as db:
            return db.execute("SELECT count(*) FROM Jobs WHERE status = 'Done'").fetchone()[0]
