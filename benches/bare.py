"""The ceiling of HTTP: one handler of the same framework that answers one object and does nothing else (bare.rs)."""

from __future__ import annotations

import subprocess

from wrk import Load, Request, load


def load_of(program: str, seconds: float) -> Load:
    """What it does with 32 connections."""
    process = subprocess.Popen([program], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        address = process.stdout.readline().strip()
        return load(f"http://{address}", Request("GET", "/"), 32, seconds)
    finally:
        process.kill()
        process.wait()
