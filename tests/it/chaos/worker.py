"""An agent of the chaos test: works through the command line, notes what was acknowledged, and misbehaves at times."""

import fcntl
import os
import random
import subprocess
import sys
import time

ROOT, TASK, ATTEMPT = (os.environ["MOZIPLUS_" + name] for name in ("ROOT", "TASK", "ATTEMPT"))
NOTES = os.path.join(ROOT, "notes")
mind = random.Random(ATTEMPT + os.environ["CHAOS_SEED"])


def note(kind, *words):
    """One line, whole or not at all, and there even when this process is killed next."""
    notes = os.open(os.path.join(NOTES, kind), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(notes, (" ".join((TASK, ATTEMPT) + words) + "\n").encode())
    os.close(notes)


def blackboard(*arguments):
    program = os.environ["MOZIPLUS_BIN"]
    return subprocess.run([program, "--json", "blackboard", *arguments], stdout=subprocess.DEVNULL).returncode


# Who works on a task holds this lock, with all descendants: two at once are found out.
lock = open(os.path.join(ROOT, "locks", TASK), "w")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    note("doubles")
    sys.exit(1)

if os.path.exists(os.path.join(ROOT, "hold")):
    note("held")
    while os.path.exists(os.path.join(ROOT, "hold")):
        time.sleep(0.02)

kind = mind.choice(["plain", "plain", "plain", "leaves", "escapes", "crashes", "narrates"])
stays = ["sh", "-c", "trap '' TERM; while :; do sleep 1; done", ROOT]
if kind == "leaves":
    subprocess.Popen(stays, pass_fds=[lock.fileno()])
elif kind == "escapes":
    subprocess.Popen(stays, pass_fds=[lock.fileno()], start_new_session=True)

print("working", kind, flush=True)
time.sleep(mind.random() * 0.3)
if kind == "crashes":
    sys.exit(3)
title = f"{ATTEMPT}.txt"
if blackboard("output", "--title", title, "--text", kind) == 0:
    note("outputs", title)
if kind == "narrates":
    sys.exit(0)
time.sleep(mind.random() * 0.2)
if blackboard("complete", "--summary", kind) == 0:
    note("completes")
time.sleep(mind.random() * 0.1)
