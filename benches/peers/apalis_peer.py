"""apalis on SQLite: a small program of its own (apalis/), polling every 20 ms."""

import json
import os
import sqlite3
import subprocess
from pathlib import Path

from peer import CACHE, Missing, Peer, wait_for

HERE = Path(__file__).resolve().parent


class Apalis(Peer):
    name = "apalis (SQLite)"
    durability = "as its defaults of SQLite are"
    slow_to_build = True
    program = CACHE / "apalis/release/apalis-bench"

    @classmethod
    def install(cls):
        if not cls.program.exists():
            env = {**os.environ, "CARGO_TARGET_DIR": str(CACHE / "apalis")}
            command = ["cargo", "build", "--release", "--quiet", "--manifest-path", HERE / "apalis/Cargo.toml"]
            if subprocess.run(command, env=env).returncode:
                raise Missing("cargo could not build it")

    @property
    def database(self):
        return str(self.folder / "apalis.db")

    def start(self):
        self.run([self.program, "work", self.database, str(self.at_once)])
        wait_for(lambda: os.path.exists(self.database), "the worker")

    def enqueue(self, commands):
        subprocess.run([self.program, "add", self.database], input=json.dumps(commands), text=True, check=True)

    def finished(self):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30) as db:
            try:
                return db.execute("SELECT count(*) FROM Jobs WHERE status = 'Done'").fetchone()[0]
            except sqlite3.OperationalError:
                return 0  # It makes its tables first.
