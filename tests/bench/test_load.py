"""The bench cannot rot: its generator compiles, drives a server through each phase, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.generator import Load, Seat, compiled
from tests.conftest import StartServer
from tests.support.require import require_program
from tests.support.server import ServerProcess

MEMBERS = 5


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> ServerProcess:
    return start_server("uvicorn-sqlite", ROLLSCAPE_RATE="0")


@pytest.fixture(scope="module")
def seats(server: ServerProcess) -> list[Seat]:
    rooms = server.demo(rooms=6, members=MEMBERS)["rooms"]
    return [
        Seat(number, member == 0, f"/ws/game/{room['session']}?token={token}")
        for number, room in enumerate(rooms)
        for member, token in enumerate(room["tokens"])
    ]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require_program("cc")
    return compiled(tmp_path_factory.mktemp("load"))


@pytest.fixture
def load(server: ServerProcess, program: Path) -> Iterator[Load]:
    with Load(program, server.port, "rollscape", lambda: 0.0) as load:
        yield load


def nothing_lost(answer: dict[str, float]) -> bool:
    return answer["frames"] > 0 and not (answer["lost"] or answer["doubled"] or answer["closed"])


def test_everybody_receives_everything_in_both_loops(load: Load, seats: list[Seat]) -> None:
    load.connect(seats[: 2 * MEMBERS])

    saturated, paced = load.closed(0.5, 2), load.open(0.5, 400)

    assert nothing_lost(saturated)
    assert nothing_lost(paced)
    assert 0.8 < paced["frames"] / (400 * paced["seconds"]) < 1.2


def test_who_comes_late_is_timed_while_the_others_go_on(load: Load, server: ServerProcess, seats: list[Seat]) -> None:
    talkers, first, last = seats[2 * MEMBERS : 3 * MEMBERS], seats[3 * MEMBERS], seats[3 * MEMBERS + 1 : 4 * MEMBERS]
    session = first.path.split("/")[3].split("?")[0]
    server.shell(f"from bench.fill import fill; fill({session}, 200)")
    load.connect([*talkers, first])

    answer = load.join(1, 200, last)

    assert nothing_lost(answer)
    assert len(answer["came_us"]) == len(last)
    assert min(answer["came_us"]) > 0


def test_who_was_cut_comes_back_to_what_it_missed(load: Load, seats: list[Seat]) -> None:
    load.connect(seats[4 * MEMBERS :])
    load.open(0.5, 200)

    answer = load.reconnect(10, 200, MEMBERS, missed=3)

    assert nothing_lost(answer)
    assert len([came for came in answer["came_us"] if came > 0]) == MEMBERS
