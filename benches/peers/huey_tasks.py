"""What the consumer of huey runs."""

import os
import subprocess

from huey import SqliteHuey

huey = SqliteHuey("bench", filename=os.environ["BENCH_FOLDER"] + "/huey.db", fsync=True)


@huey.task()
def run(command):
    subprocess.run(command, check=True)
    # Its results are what says that it is done; they are kept until they are read.
    return True
