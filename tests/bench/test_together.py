"""Servers that are compared are measured in turn, even if some of them fail."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bench.generator import compiled
from bench.phases import FEW, Plan
from bench.servers import MEMBERS, Contestant, Server
from bench.together import added, light, saturation
from tests.conftest import StartServer
from tests.support.require import require_program


@pytest.fixture
def standing(start_server: StartServer) -> Contestant:
    server = start_server("uvicorn-sqlite", ROLLSCAPE_RATE="0")
    rooms = server.demo(rooms=FEW, members=MEMBERS)["rooms"]

    @contextmanager
    def start(folder: Path) -> Iterator[Server]:
        yield Server(
            server.port,
            "rollscape",
            server.pid,
            lambda room, member: f"/ws/game/{rooms[room]['session']}?token={rooms[room]['tokens'][member]}",
        )

    return Contestant("rollscape", "Standing", start)


def _falls(folder: Path) -> AbstractContextManager[Server]:
    raise RuntimeError("fell over")


def test_who_does_not_start_is_named_and_the_others_are_measured(standing: Contestant, tmp_path: Path) -> None:
    require_program("cc")

    program, plan = compiled(tmp_path), Plan(0.6, phases=["pace"])

    saturated = saturation([Contestant("falling", "Falling", _falls), standing], program, plan)
    paced = light([Contestant("seed", "Falling", _falls), standing], program, plan)

    assert saturated["falling"] == {"failed": {"saturation": "fell over"}, "saturation": {}}
    assert paced["seed"] == {"failed": {"light": "fell over"}, "light": {}}
    assert saturated["rollscape"]["failed"] == paced["rollscape"]["failed"] == {}
    for measured in (saturated["rollscape"]["saturation"]["1"], paced["rollscape"]["light"]["1000"]):
        assert measured["frames_s"] > 0
        assert measured["ms_kf"] > 0
        assert measured["lost"] == measured["doubled"] == measured["closed"] == 0


def test_turns_are_added_up_by_what_was_delivered_and_not_averaged() -> None:
    quick = {"frames": 300, "seconds": 1.0, "cpu_ms": 30.0, "busy": 0.2, "lost": 0, "doubled": 0, "closed": 1}
    slow = {"frames": 100, "seconds": 3.0, "cpu_ms": 50.0, "busy": 0.4, "lost": 2, "doubled": 0, "closed": 0}

    total = added([quick, slow])

    assert (total["frames"], total["seconds"], total["cpu_ms"]) == (400, 4.0, 80.0)
    assert (total["busy"], total["lost"], total["closed"]) == (0.4, 2, 1)
