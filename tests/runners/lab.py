"""What the suites with real programs share: a cache of npm packages, a stub model, a daemon on a root of its own.

Everything runs in a network namespace with nothing but loopback, where the system allows one, because some of the
programs call home.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
CACHE = Path(tempfile.gettempdir()) / "moziplus-npm-cache"
INSIDE = "MOZIPLUS_LAB_INSIDE"


def binary():
    given = os.environ.get("MOZIPLUS_UNDER_TEST")
    found = [Path(given)] if given else [REPOSITORY / "target" / kind / "moziplus" for kind in ("quick", "debug", "release")]
    for path in found:
        if path.is_file():
            return path.resolve()
    sys.exit("no moziplus: run `make target/quick/moziplus` first, or name one in MOZIPLUS_UNDER_TEST")


def install(name, packages, overrides=None, node=None):
    """The folder with these npm packages, which this node installs; they are fetched once."""
    folder = CACHE / name
    if (folder / "complete").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"private": True, "overrides": overrides or {}}))
    began = time.monotonic()
    # Some refuse to be installed by an older node than they run with.
    env = {**os.environ, "PATH": f"{node}:{os.environ['PATH']}"} if node else None
    command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", *packages]
    subprocess.run(command, cwd=folder, check=True, env=env)
    (folder / "complete").touch()
    print(f"installed {' '.join(packages)} in {time.monotonic() - began:.0f} s")
    return folder


def node():
    """A node that the newest programs take."""
    return install("node24", ["node@24"]) / "node_modules/node/bin"


def enter_namespace():
    """Starts this program again where there is no network but loopback; False where the system does not allow it."""
    if os.environ.get(INSIDE):
        if os.environ[INSIDE] == "namespace":
            subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    for unshare in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which("unshare") and subprocess.run([*unshare, "true"], capture_output=True).returncode == 0:
            os.environ[INSIDE] = "namespace"
            os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])
    print("no network namespace on this system: the programs may look up hosts of their own")
    os.environ[INSIDE] = "host"


def wait_for(what, check, seconds=120):
    """Waits until `check` answers with something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds} s in vain until {what}")


class Lab:
    """A root with a daemon, and a stub model."""

    def __init__(self, name, agents, settings="", env=None):
        self.folder = Path(tempfile.mkdtemp(prefix=f"moziplus-{name}-"))
        self.root = self.folder / "root"
        self.env = {**os.environ, **(env or {}), "HOME": str(self.folder / "home")}
        (self.folder / "home").mkdir()
        (self.root / "config").mkdir(parents=True)
        (self.root / "config/agents.yaml").write_text(agents)
        (self.root / "config/default.yaml").write_text(settings)
        self.processes = []
        self.model_port = 18999

    def __enter__(self):
        stub = [sys.executable, HERE / "stub_model.py", str(self.model_port), self.folder / "requests.jsonl"]
        self.start("stub", stub)
        return self

    def __exit__(self, kind, *_):
        for process in reversed(self.processes):
            self.end(process)
        if kind is None:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print(f"what is left of it: {self.folder}")

    def start(self, name, argv, **more):
        log = open(self.folder / f"{name}.log", "ab")
        env = {**self.env, **more.pop("env", {})}
        process = subprocess.Popen([str(part) for part in argv], stdout=log, stderr=log, env=env, **more)
        self.processes.append(process)
        return process

    def end(self, process, how=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def serve(self):
        port = "18083"
        self.start("serve", [binary(), "--root", self.root, "serve", "--bind", f"127.0.0.1:{port}"])
        wait_for("the daemon answers", lambda: self.run("daemon", "status", check=False).returncode == 0)
        self.run("project", "create", "--id", "lab", "--name", "Lab")

    def run(self, *arguments, check=True):
        argv = [str(binary()), "--root", str(self.root), "--json", *arguments]
        done = subprocess.run(argv, capture_output=True, text=True, env=self.env, check=False)
        if check and done.returncode:
            raise AssertionError(f"{' '.join(arguments)}: {done.stderr or done.stdout}")
        return done

    def json(self, *arguments):
        return json.loads(self.run(*arguments).stdout)

    def get(self, path):
        import urllib.request

        with urllib.request.urlopen(f"http://127.0.0.1:18083{path}", timeout=30) as answer:
            return json.load(answer)

    def task(self, title, description, assignee, *more):
        arguments = ["--project", "lab", "--title", title, "--description", description, "--assignee", assignee]
        return self.json("blackboard", "create", *arguments, *more)["id"]

    def status(self, task):
        return self.get(f"/api/projects/lab/tasks/{task}")["status"]

    def attempts(self, task):
        return self.get(f"/api/projects/lab/tasks/{task}/attempts")["items"]

    def becomes(self, task, status, seconds=240):
        try:
            wait_for(f"{task} is {status}", lambda: self.status(task) == status, seconds)
        except AssertionError:
            print(json.dumps(self.get(f"/api/projects/lab/tasks/{task}/explain")["reasons"], indent=1))
            print(json.dumps(self.attempts(task), indent=1))
            raise

    def requests(self):
        lines = (self.folder / "requests.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]


def check(what, right):
    print(("  ok   " if right else "  FAIL ") + what, flush=True)
    if not right:
        raise AssertionError(what)
