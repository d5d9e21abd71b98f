#!/usr/bin/env python3
"""A daemon under pressure: `benches/pressure.py --bin target/release/moziplus [--seconds 600]`.

200 live streams and 500 requests a second (reads, lists, and one write in ten) for as long as is wanted; prints the times of
answers, what the streams got, and how the daemon's memory developed. Ends with 1 when a figure of docs/reliability.md is
missed: p99 over 50 ms, an answer of 500 and more, a stream that was lost, memory that grows by more than 10 MB an hour.
Standard library only; the generator shares the machine with the daemon, so run it when nothing else does.
"""

import argparse
import asyncio
import json
import pathlib
import statistics
import time

from harness import Daemon

AGENTS = "agents:\n  dev: {role: executor}\n"
SETTINGS = "daemon: {max_global_agents: 0}\n"
TASKS = 200
# The figures that must hold.
P99_MS = 50
GROWTH_BYTES_AN_HOUR = 10_000_000
# What a daemon needs once (caches, pools, threads) does not count as growth.
WARM_UP = 0.25


class Connection:
    """One connection that is used again and again."""

    def __init__(self, host, port):
        self.host, self.port, self.reader, self.writer = host, port, None, None

    async def ask(self, method, path, body=None):
        """Status of an answer; the body is read and dropped."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        payload = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(payload)}\r\n\r\n"
        self.writer.write(head.encode() + payload)
        await self.writer.drain()
        header = await self.reader.readuntil(b"\r\n\r\n")
        status = int(header.split(b" ", 2)[1])
        length = None
        for line in header.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if length is None:
            while (size := int((await self.reader.readline()).strip() or b"0", 16)) > 0:
                await self.reader.readexactly(size + 2)
            await self.reader.readline()
        else:
            await self.reader.readexactly(length)
        return status


async def stream(host, port, counts, index, until):
    """A live stream, read as fast as it comes."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await writer.drain()
    try:
        while time.monotonic() < until:
            line = await asyncio.wait_for(reader.readline(), 30)
            if not line:
                counts[index] = -1
                return
            if line.startswith(b"event:"):
                counts[index] += 1
    except asyncio.TimeoutError:
        counts[index] = -1
    finally:
        writer.close()


async def requests(host, port, rate, workers, until, times, statuses):
    """So many requests a second, sent by the clock: a slow answer does not make the next one late."""
    queue = asyncio.Queue(maxsize=rate * 5)

    async def worker():
        connection = Connection(host, port)
        while (work := await queue.get()) is not None:
            due, (method, path, body) = work
            status = await connection.ask(method, path, body)
            times.append(time.monotonic() - due)
            statuses[status] = statuses.get(status, 0) + 1

    running = [asyncio.create_task(worker()) for _ in range(workers)]
    begun, sent = time.monotonic(), 0
    while time.monotonic() < until:
        due = begun + sent / rate
        await asyncio.sleep(max(0, due - time.monotonic()))
        task = f"/api/projects/load/tasks/t-{sent % TASKS + 1}"
        if sent % 10 == 0:
            work = ("POST", f"{task}/comments", {"body": f"comment {sent}"})
        elif sent % 10 < 3:
            work = ("GET", "/api/projects/load/tasks?limit=50", None)
        else:
            work = ("GET", task, None)
        await queue.put((max(due, time.monotonic() - 5), work))
        sent += 1
    for _ in running:
        await queue.put(None)
    await asyncio.gather(*running)


async def memory(pid, until, samples):
    """Resident memory, every second."""
    begun = time.monotonic()
    while time.monotonic() < until:
        pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
        samples.append((time.monotonic() - begun, pages * 4096))
        await asyncio.sleep(1)


def slope(samples):
    """Bytes an hour, by least squares over what comes after the warm-up."""
    late = samples[int(len(samples) * WARM_UP):]
    if len(late) < 2:
        return 0.0
    x, y = [at for at, _ in late], [size for _, size in late]
    return statistics.linear_regression(x, y).slope * 3600


async def run(daemon, options):
    host, port = daemon.base.removeprefix("http://").split(":")
    setup = Connection(host, port)
    await setup.ask("POST", "/api/projects", {"id": "load", "name": "Load"})
    for number in range(TASKS):
        await setup.ask("POST", "/api/projects/load/tasks", {"title": f"T{number}"})
    until = time.monotonic() + options.seconds
    counts, times, statuses, samples = [0] * options.streams, [], {}, []
    streams = [stream(host, port, counts, index, until) for index in range(options.streams)]
    await asyncio.gather(
        requests(host, port, options.rate, 32, until, times, statuses), memory(daemon.process.pid, until, samples), *streams
    )
    return counts, times, statuses, samples


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--rate", type=int, default=500)
    options = parser.parse_args()
    daemon = Daemon(options.bin, SETTINGS, AGENTS)
    try:
        counts, times, statuses, samples = asyncio.run(run(daemon, options))
    finally:
        daemon.forget()
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))] * 1000
    growth, lost = slope(samples), sum(count < 0 for count in counts)
    failed = sum(count for status, count in statuses.items() if status >= 500)
    print(f"{len(times)} requests in {options.seconds} s: p50 {at(0.5):.1f} ms, p99 {at(0.99):.1f} ms, most {times[-1] * 1000:.0f} ms")
    print(f"answers by status: {statuses}")
    print(f"{options.streams} streams: {min(counts)} to {max(counts)} events each, {lost} lost")
    print(f"memory: {samples[0][1] / 1e6:.1f} MB at first, {samples[-1][1] / 1e6:.1f} MB at last, {growth / 1e6:+.1f} MB an hour")
    missed = [
        text
        for text, is_missed in [
            (f"p99 over {P99_MS} ms", at(0.99) > P99_MS),
            ("answers of 500 and more", failed > 0),
            ("lost streams", lost > 0),
            ("memory grows", growth > GROWTH_BYTES_AN_HOUR),
        ]
        if is_missed
    ]
    print("missed: " + ", ".join(missed) if missed else "every figure holds")
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
