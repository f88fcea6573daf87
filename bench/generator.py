"""The load generator, `bench/load/`, as Python speaks to it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from bench.processes import LOAD_CORE, on_core

SOURCES = Path(__file__).parent / "load"
Dialect = Literal["rollscape", "plain", "socketio"]

WINDOW = 20  # sockets that connect at the same time; daphne turns those away that it keeps waiting for 5 s


class TurnedAway(RuntimeError):
    """Not everybody was let in."""


class Seat(NamedTuple):
    """One socket: its room's number, whether it is the one who speaks there, and the path it asks for."""

    room: int
    speaks: bool
    path: str


def compiled(folder: Path) -> Path:
    """The program, built there."""
    program = folder / "load"
    sources = sorted(str(path) for path in SOURCES.glob("*.c"))
    subprocess.run(["cc", "-O2", "-Wall", "-o", str(program), *sources], check=True)
    return program


class Load:
    """A running generator with its sockets. Answers are its figures as `bench/load/main.c` names them."""

    def __init__(self, program: Path, port: int, dialect: Dialect, cpu_ms: Callable[[], float]) -> None:
        self._cpu_ms = cpu_ms  # the servers' clock, read when a phase begins and ends
        with on_core(LOAD_CORE):
            self._process = subprocess.Popen(
                [program, str(port), dialect], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )

    def connect(self, seats: Sequence[Seat]) -> None:
        """Let these in, a few at a time; they stay for all that follows. Raises TurnedAway."""
        answer = self._ask(f"connect {len(seats)} {WINDOW}", seats)
        if answer["seated"] < len(seats):
            raise TurnedAway(f"{answer['seated']:,} of {len(seats):,} came in within {answer['seconds']:.0f} s")

    def closed(self, seconds: float, in_flight: int) -> Any:
        """Saturation: each room keeps so many messages on their way. With `cpu_ms`."""
        return self._measure(f"closed {seconds} {in_flight}")

    def open(self, seconds: float, rate: float) -> Any:
        """So many receipts a second, on a schedule. With `cpu_ms`."""
        return self._measure(f"open {seconds} {rate}")

    def join(self, seconds: float, rate: float, seats: Sequence[Seat]) -> Any:
        """The same, while these come in one after another. With `came_us`, one for each."""
        return self._ask(f"join {seconds} {rate} {len(seats)}", seats)

    def reconnect(self, seconds: float, rate: float, count: int, missed: int) -> Any:
        """The first `count` sockets are cut and come back at once; the others go on. With `came_us`, one for each."""
        return self._ask(f"reconnect {seconds} {rate} {count} {missed}")

    def _measure(self, command: str) -> Any:
        self._say(command)
        self._expect("begin")
        before = self._cpu_ms()
        self._expect("end")
        used = self._cpu_ms() - before
        return {**self._answer(), "cpu_ms": used}

    def _ask(self, command: str, seats: Sequence[Seat] = ()) -> Any:
        self._say("\n".join([command, *(f"{room} {int(speaks)} {path}" for room, speaks, path in seats)]))
        return self._answer()

    def _say(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(text + "\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise RuntimeError(f"the generator ended with {self._process.wait()}")
        return line

    def _expect(self, line: str) -> None:
        got = self._line()
        assert got == line, got

    def _answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._line())
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.communicate()
