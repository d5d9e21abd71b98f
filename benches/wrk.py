"""Many requests at once, by wrk (a package of Debian and Homebrew): it takes little of a core that the daemon needs, too."""

from __future__ import annotations

import json
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("requests.lua")
THREADS = 2


@dataclass(frozen=True)
class Load:
    """What many requests came to."""

    #: Answers a second, and seconds.
    rate: float
    seconds: float
    #: Milliseconds of an answer.
    p50: float
    p99: float
    #: Answers by kind: below 300, 409, anything else.
    ok: int
    refused: int
    other: int


@dataclass(frozen=True)
class Request:
    """What is asked for; `{n}` stands for a number that differs."""

    method: str
    path: str
    body: Any = None
    #: The numbers go from 1 to so many; without end when 0.
    most: int = 0
    #: `round`: and begin anew; `once`: and the run ends; `race`: each thread asks for all numbers, and the run ends.
    order: str = "round"


def load(base: str, request: Request, connections: int, seconds: float) -> Load:
    """Asks on so many connections, each again as soon as it is answered. Raises `RuntimeError` when an answer is lost."""
    body = "" if request.body is None else json.dumps(request.body)
    how = [request.method, request.path, body, str(request.most), request.order, str(THREADS)]
    command = ["wrk", f"-t{THREADS}", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", "-s", str(SCRIPT)]
    told = json.loads(_last_line([*command, base, "--", *how]))
    if told["broken"]:
        raise RuntimeError(f"wrk: {told['broken']} connections broke: {request.method} {request.path}")
    answers = told["ok"] + told["refused"] + told["other"]
    return Load(answers / told["seconds"], told["seconds"], told["p50_ms"], told["p99_ms"], told["ok"], told["refused"], told["other"])


def _last_line(command: list[str]) -> str:
    """Runs wrk to its end, which comes early when all its threads are through, and answers the last line it prints."""
    last, through = "", 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            last = line.strip() or last
            if line == "through\n":
                through += 1
                if through == THREADS:
                    process.send_signal(signal.SIGINT)
    if process.returncode:
        raise RuntimeError(f"wrk ended with {process.returncode}: {last}")
    return last
