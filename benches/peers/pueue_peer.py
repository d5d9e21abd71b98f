"""pueue: one client process for each task, a daemon that polls."""

import json
import os
import subprocess

from peer import CACHE, Missing, Peer, wait_for


class Pueue(Peer):
    name = "pueue"
    durability = "its state in a file, written at each change"
    home = CACHE / "pueue"
    slow_to_build = True

    @classmethod
    def install(cls):
        if not (cls.home / "bin/pueued").exists():
            command = ["cargo", "install", "--locked", "--quiet", "pueue@4.0.4", "--root", cls.home]
            if subprocess.run(command).returncode:
                raise Missing("cargo could not build it")

    def env(self):
        return {**os.environ, "XDG_RUNTIME_DIR": str(self.folder), "HOME": str(self.folder)}

    def pueue(self, *arguments):
        command = [self.home / "bin/pueue", *arguments]
        return subprocess.run(command, env=self.env(), capture_output=True, text=True)

    def start(self):
        self.run([self.home / "bin/pueued"], env=self.env())
        wait_for(lambda: self.pueue("status").returncode == 0, "the daemon")
        self.pueue("parallel", str(self.at_once))
        self.pueue("start")

    def enqueue(self, commands):
        for command in commands:
            self.pueue("add", "--escape", "--", *command)

    def finished(self):
        tasks = json.loads(self.pueue("status", "--json").stdout)["tasks"].values()
        return sum("Done" in task["status"] for task in tasks)
