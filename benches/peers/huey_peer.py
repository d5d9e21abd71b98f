"""huey on SQLite: one consumer with as many threads as tasks at once."""

import os
import sqlite3
import subprocess
import sys
import venv
from pathlib import Path

from peer import CACHE, Missing, Peer, end_group, wait_for

HERE = Path(__file__).resolve().parent


class Huey(Peer):
    name = "huey (SQLite)"
    durability = "synced at enqueue (fsync=True); a task leaves the queue when it begins"
    python = CACHE / "huey/bin/python"

    @classmethod
    def install(cls):
        if not cls.python.exists():
            venv.create(CACHE / "huey", with_pip=True)
            done = subprocess.run([cls.python, "-m", "pip", "install", "-q", "huey==3.5.4"])
            if done.returncode:
                raise Missing("pip could not install it")

    def start(self):
        env = {**os.environ, "BENCH_FOLDER": str(self.folder), "PYTHONPATH": str(HERE)}
        consumer = self.python.parent / "huey_consumer.py"
        options = ["-w", str(self.at_once), "-k", "thread", "-d", "0.01", "-m", "0.05", "-b", "1", "-q"]
        self.run([self.python, consumer, "huey_tasks.huey", *options], env=env, start_new_session=True)
        wait_for(lambda: (self.folder / "huey.db").exists(), "the consumer")

    def enqueue(self, commands):
        env = {**os.environ, "BENCH_FOLDER": str(self.folder), "PYTHONPATH": str(HERE)}
        program = "import json, sys, huey_tasks\nfor c in json.load(sys.stdin): huey_tasks.run(c)"
        import json

        subprocess.run([self.python, "-c", program], input=json.dumps(commands), text=True, env=env, check=True)

    def finished(self):
        with sqlite3.connect(f"file:{self.folder}/huey.db?mode=ro", uri=True, timeout=30) as db:
            return db.execute("SELECT count(*) FROM kv").fetchone()[0]

    def kill(self):
        end_group(self.process)

    def close(self):
        if self.process:
            end_group(self.process)
        super().close()


if __name__ == "__main__":
    sys.exit("this is a part of run.py")
