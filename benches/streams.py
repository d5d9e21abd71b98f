"""How soon a change reaches live streams: one reader for all of them, on one thread, without an event loop in between."""

from __future__ import annotations

import selectors
import socket
import time

from harness import Daemon

#: Seconds that a change may take to reach all; then it counts as lost.
PATIENCE = 20
#: By the old version of HTTP, so that no lengths of pieces stand between the bytes.
ASK = b"GET /api/events HTTP/1.0\r\nHost: localhost\r\n\r\n"
#: Begins an event of a comment.
MARK = b"event: comment_added"


class Streams:
    """Live streams of one daemon, all read by whoever waits."""

    def __init__(self, daemon: Daemon, count: int) -> None:
        """Opens them, and waits until each has answered."""
        self.address = (daemon.host, daemon.port)
        self.selector = selectors.DefaultSelector()
        self.sockets = []
        # The end of what each has got so far: an event may come in two pieces.
        self.tails: dict[int, bytes] = {}
        for _ in range(count):
            client = socket.create_connection(self.address)
            client.sendall(ASK)
            head = client.recv(4096)
            assert b" 200 " in head[:20], head[:200]
            client.setblocking(False)
            self.selector.register(client, selectors.EVENT_READ)
            self.sockets.append(client)

    def told(self, until: float) -> list[float]:
        """When each of them got the next comment; those that got none until then are left out."""
        open_ones = len(self.sockets)
        times: list[float] = []
        while len(times) < open_ones and time.perf_counter() < until:
            for key, _ in self.selector.select(0.1):
                found = self.tails.get(key.fd, b"") + key.fileobj.recv(65536)  # type: ignore[union-attr]
                self.tails[key.fd] = found[1 - len(MARK) :]
                if MARK in found:
                    times.append(time.perf_counter())
        return times

    def close(self) -> None:
        """Hangs up."""
        self.selector.close()
        for client in self.sockets:
            client.close()


def delays(daemon: Daemon, project: str, clients: int, changes: int, pause: float = 0.1) -> list[float]:
    """Milliseconds from sending a comment to each stream's having it, of all changes and streams."""
    streams = Streams(daemon, clients)
    writer = socket.create_connection((daemon.host, daemon.port))
    body = b'{"body": "a change"}'
    head = f"POST /api/projects/{project}/tasks/t-1/comments HTTP/1.1\r\nHost: localhost\r\n"
    request = f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    found: list[float] = []
    for _ in range(changes):
        time.sleep(pause)
        began = time.perf_counter()
        writer.sendall(request)
        times = streams.told(began + PATIENCE)
        assert len(times) == clients, f"{clients - len(times)} of {clients} streams were not told"
        assert writer.recv(65536).startswith(b"HTTP/1.1 201")
        found += [(then - began) * 1000 for then in times]
    writer.close()
    streams.close()
    return found
