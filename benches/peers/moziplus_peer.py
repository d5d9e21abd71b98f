"""moziplus: a whole daemon, every change synced to the disk, as it ships."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from harness import BATCH, Daemon, descendants
from peers.peer import LENGTH, Command, Missing, Peer

#: What ended without success was interrupted, and runs again.
OUTCOME = """fn after(attempt, task, ctx) {
    if attempt.exit_code == 0 { accept(task.id) } else { requeue(task.id, 0, "again") }
}
"""


class Moziplus(Peer):
    name = "moziplus"
    durability = "each change synced before it is answered"
    #: The release build that is measured.
    binary: str | None = None
    daemon: Daemon | None = None

    @classmethod
    def install(cls) -> None:
        if not cls.binary:
            raise Missing("name a release build with --bin")

    def start(self) -> None:
        if self.daemon:
            self.daemon.start()
        else:
            assert self.binary
            self.daemon = Daemon(self.binary, self.settings(), self.agents(), self.folder / "root")
            self.daemon.project("bench")
            self.daemon.call("PUT", "/api/projects/bench/scripts/outcome", {"source": OUTCOME})
        self.process = self.daemon.process

    def settings(self) -> str:
        """As many at once as is measured, and as often as a kill asks for."""
        limits = {"max_global_agents": self.at_once, "max_per_agent": self.at_once, "max_dispatches": 1000}
        return json.dumps({"daemon": limits})

    def agents(self) -> str:
        """An agent for each kind of command: here a program belongs to an agent, not to a task."""
        programs = {
            "worker": ["/bin/true"],
            "scribe": ["/bin/sh", "-c", f'sleep {LENGTH}; echo "$MOZIPLUS_TASK" >> {self.folder}/ran'],
            "clock": ["/bin/sh", "-c", f"date +%s.%N >> {self.folder}/starts"],
        }
        runners = {name: {"kind": "command", "argv": argv} for name, argv in programs.items()}
        agents = {name: {"role": "executor", "max_concurrent": self.at_once, "runner": name} for name in programs}
        return json.dumps({"runners": runners, "agents": agents})

    def enqueue(self, commands: Sequence[Command]) -> float:
        kinds = {"/bin/true": "worker", f"{self.folder}/ran": "scribe", f"{self.folder}/starts": "clock"}
        agent = kinds[commands[0][-1].split()[-1]]
        tasks = [{"title": f"task {n}", "risk_level": "low", "assignee": agent} for n in range(len(commands))]
        assert self.daemon
        began = time.time()
        for start in range(0, len(tasks), BATCH):
            self.daemon.call("POST", "/api/projects/bench/tasks/batch", {"tasks": tasks[start : start + BATCH]})
        return began

    def finished(self) -> int:
        assert self.daemon
        summary = self.daemon.summary("bench")
        return summary["done"] + summary["failed"]

    def pids(self) -> list[int]:
        """The daemon, and the supervisor with the processes of agents: it is nobody's child."""
        records = (self.folder / "root/run").glob("supervisor-*.json")
        supervisors = [int(record.stem.split("-")[1]) for record in records]
        return super().pids() + [pid for supervisor in supervisors for pid in descendants(supervisor)]
