"""moziplus: a whole daemon, every change synced to the disk, as it ships."""

import json
import signal
import subprocess
import urllib.request

from peer import Missing, Peer, wait_for

OUTCOME = """fn after(attempt, task, ctx) {
    if attempt.exit_code == 0 { accept(task.id) } else { requeue(task.id, 0, "again") }
}
"""


class Moziplus(Peer):
    name = "moziplus"
    durability = "each change synced before it is answered"
    binary = None

    @classmethod
    def install(cls):
        if not cls.binary:
            raise Missing("name a release build with --bin")

    def start(self):
        config = self.folder / "root/config"
        if not config.exists():
            config.mkdir(parents=True)
            note = ["/bin/sh", "-c", f'echo "$MOZIPLUS_TASK" >> {self.folder}/ran']
            agent = {"role": "executor", "max_concurrent": self.at_once}
            agents = {
                "runners": {
                    "true": {"kind": "command", "argv": ["/bin/true"]},
                    "note": {"kind": "command", "argv": note},
                },
                "agents": {"worker": {**agent, "runner": "true"}, "scribe": {**agent, "runner": "note"}},
            }
            (config / "agents.yaml").write_text(json.dumps(agents))
            daemon = {"max_global_agents": self.at_once, "max_per_agent": self.at_once, "max_dispatches": 1000}
            (config / "default.yaml").write_text(json.dumps({"daemon": daemon}))
        command = [self.binary, "--root", str(self.folder / "root"), "serve", "--bind", "127.0.0.1:0"]
        self.run(command)
        note = self.folder / "root/run/daemon.json"

        def is_up():
            try:
                self.note = json.loads(note.read_text())
            except (OSError, ValueError):
                return False
            return self.note.get("pid") == self.process.pid and self.note.get("address")

        wait_for(is_up, "the daemon")
        self.base = "http://" + self.note["address"]
        if not (self.folder / "made").exists():
            self.call("POST", "/api/projects", {"id": "bench", "name": "Bench"})
            self.call("PUT", "/api/projects/bench/scripts/outcome", {"source": OUTCOME})
            (self.folder / "made").touch()

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def enqueue(self, commands):
        agent = "worker" if commands[0] == ["/bin/true"] else "scribe"
        tasks = [{"title": f"task {n}", "risk_level": "low", "assignee": agent} for n in range(len(commands))]
        for start in range(0, len(tasks), 100):
            self.call("POST", "/api/projects/bench/tasks/batch", {"tasks": tasks[start : start + 100]})

    def finished(self):
        summary = self.call("GET", "/api/daemon/status")["projects"]["bench"]["tasks_summary"]
        return summary["done"] + summary["failed"]

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        super().close()
