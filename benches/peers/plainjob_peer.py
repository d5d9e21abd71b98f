"""plainjob on better-sqlite3: one Node process with as many workers as tasks at once."""

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

from peer import CACHE, Missing, Peer, need, wait_for

HERE = Path(__file__).resolve().parent
DONE = 2  # JobStatus.Done


class Plainjob(Peer):
    name = "plainjob"
    durability = "WAL, synced at checkpoints"
    home = CACHE / "plainjob"

    @classmethod
    def install(cls):
        need("node", "it comes from nodejs.org or the system's packages")
        cls.home.mkdir(parents=True, exist_ok=True)
        if not (cls.home / "node_modules/plainjob").exists():
            packages = ["plainjob@0.0.14", "better-sqlite3@12"]
            command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", cls.home, *packages]
            if subprocess.run(command).returncode:
                raise Missing("npm could not install it")
        shutil.copy(HERE / "plainjob.mjs", cls.home)

    def start(self):
        self.run(["node", self.home / "plainjob.mjs", "work", self.folder, str(self.at_once)])
        wait_for(lambda: (self.folder / "plainjob.db").exists(), "the worker")

    def enqueue(self, commands):
        text = json.dumps(commands)
        subprocess.run(["node", self.home / "plainjob.mjs", "add", self.folder], input=text, text=True, check=True)

    def finished(self):
        with sqlite3.connect(f"file:{self.folder}/plainjob.db?mode=ro", uri=True, timeout=30) as db:
            sql = "SELECT count(*) FROM plainjob_jobs WHERE status = ?"
            return db.execute(sql, (DONE,)).fetchone()[0]
