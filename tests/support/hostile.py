"""What an attacker sends, in a process of its own: `python -m tests.support.hostile KIND PORT SECONDS [PATH]`.

It prints a line once it has begun, goes on for so many seconds whatever the server does, and ends with 0.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

RATE = 2_000_000  # bytes a second, of those who flood a socket
STREAM = 20_000_000  # of those who send a request that never ends
PACKET = 20_000
PING = b"\x89\x80\0\0\0\0"  # empty and masked, as a client must
LONG_PING = b"\x89\xfd\0\0\0\0" + bytes(125)
PIECE = b"\x00\x81\0\0\0\0x"  # of a message that never ends
HANDSHAKE = (
    "GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class Attack:
    """Until `end`, by the monotonic clock."""

    def __init__(self, port: int, seconds: float, path: str) -> None:
        self.port = port
        self.path = path
        self.end = time.monotonic() + seconds

    def goes_on(self) -> bool:
        return time.monotonic() < self.end

    def connect(self, *, small: bool = False) -> socket.socket:
        connection = socket.socket()
        if small:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(max(0.1, self.end - time.monotonic()))
        connection.connect(("127.0.0.1", self.port))
        return connection

    def flood(self, frames: bytes, *, first: bytes = b"", small: bool = False) -> None:
        """One socket after the other, each until the server cuts it."""
        packet = frames * (PACKET // len(frames))
        while self.goes_on():
            with contextlib.suppress(OSError), self.connect(small=small) as connection:
                connection.sendall(HANDSHAKE.format(self.path).encode())
                connection.recv(64)
                connection.sendall(first)
                while self.goes_on():
                    connection.sendall(packet)
                    time.sleep(len(packet) / RATE)

    def endless(self, start: str, more: bytes) -> None:
        """One request after the other, each of which never ends."""
        while self.goes_on():
            with contextlib.suppress(OSError), self.connect() as connection:
                connection.sendall(f"{start}\r\nHost: 127.0.0.1\r\n".encode())
                while self.goes_on():
                    connection.sendall(more)
                    time.sleep(len(more) / STREAM)

    def post(self, path: str, headers: str, body: bytes) -> None:
        with contextlib.suppress(OSError), self.connect() as connection:
            head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}"
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            while connection.recv(65536):
                pass

    def guess(self, number: int) -> None:
        while self.goes_on():
            name = f"{number}-{time.monotonic_ns()}"
            body = f'{{"username":"{name}","password":"never mind"}}'.encode()
            self.post("/api/token/", "Content-Type: application/json\r\n", body)

    def half(self, number: int) -> None:
        """Many requests that are begun and never finished."""
        held = []
        while self.goes_on():
            with contextlib.suppress(OSError):
                connection = self.connect()
                connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ")
                held.append(connection)
            if len(held) >= number:
                time.sleep(0.1)


def _pings_after_a_refusal(attack: Attack) -> None:
    attack.flood(PING)


def _unread_pongs(attack: Attack) -> None:
    attack.flood(LONG_PING, small=True)


def _pieces(attack: Attack) -> None:
    attack.flood(PIECE, first=b"\x01\x81\0\0\0\0x")


def _passwords(attack: Attack) -> None:
    with ThreadPoolExecutor(32) as guessers:
        list(guessers.map(attack.guess, range(32)))


def _header(attack: Attack) -> None:
    attack.endless("GET / HTTP/1.1", b"X-Endless: " + b"x" * 65_536)


def _header_names(attack: Attack) -> None:
    attack.endless("GET / HTTP/1.1", b"x" * 65_536)


def _trailers(attack: Attack) -> None:
    attack.endless("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0", b"X-Endless: " + b"x" * 65_536)


def _bodies(attack: Attack) -> None:
    chunk = b"10000\r\n" + bytes(65_536) + b"\r\n"
    paths = ("/healthz", "/sign-in/", "/api/token/", "/")
    starts = [f"POST {path} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" for path in paths]
    with ThreadPoolExecutor(len(paths)) as senders:
        list(senders.map(lambda start: attack.endless(start, b"\r\n" + chunk * 4), starts))


def _half_requests(attack: Attack) -> None:
    attack.half(1_200)


KINDS: dict[str, Callable[[Attack], None]] = {
    "pings-after-a-refusal": _pings_after_a_refusal,
    "unread-pongs": _unread_pongs,
    "pieces": _pieces,
    "passwords": _passwords,
    "header": _header,
    "header-names": _header_names,
    "trailers": _trailers,
    "bodies": _bodies,
    "half-requests": _half_requests,
}

if __name__ == "__main__":
    kind, port, seconds, *path = sys.argv[1:]
    os.nice(5)  # it is the server that is measured, not how two programs share a core
    print(kind, flush=True)  # noqa: T201  (it says that it has begun)
    KINDS[kind](Attack(int(port), float(seconds), path[0] if path else "/ws/game/1?token=wrong"))
