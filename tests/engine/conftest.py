"""An engine for each test, on the test's own loop, with a layer of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from channels.layers import channel_layers

from game.engine.channel_layers.local import LocalLayer
from game.engine.log import durability, writer
from game.engine.models import Session
from game.engine.process import Engine
from game.engine.readers import read
from game.engine.rooms import sweep
from tests.engine.desk import Desk
from tests.engine.table import Table, lay

__all__ = ["desk", "engine", "layer", "no_poll", "quick_poll", "start_engine", "table"]

StartEngine = Callable[[], Awaitable[Engine]]


@pytest.fixture
def layer() -> Iterator[LocalLayer]:
    """The channel layer of this test alone."""
    layer = LocalLayer()
    before = channel_layers.set("default", layer)
    yield layer
    if before is None:
        del channel_layers.backends["default"]
    else:
        channel_layers.set("default", before)


@pytest.fixture
def quick_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub looks often for what nobody announced. Asked for before the engine."""
    monkeypatch.setattr(sweep, "PAUSE", 0.02)


@pytest.fixture
def no_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub does not look: what is found was announced. Asked for before the engine."""
    monkeypatch.setattr(sweep, "PAUSE", 600.0)


@pytest.fixture
async def start_engine(transactional_db: None, layer: LocalLayer) -> AsyncIterator[StartEngine]:
    """Start an engine; each is another server process to the others. They are stopped with the test."""
    engines: list[Engine] = []

    async def start() -> Engine:
        keeper = durability.Postgres() if engines else await read(durability.open_log)
        engines.append(Engine(keeper))
        await engines[-1].start()
        return engines[-1]

    yield start
    for engine in engines:
        await engine.stop()


@pytest.fixture
async def engine(start_engine: StartEngine) -> Engine:
    """The engine of this server process."""
    return await start_engine()


@pytest.fixture
async def table(engine: Engine) -> AsyncIterator[Table]:
    """A session with dm, alice, bob and carol; nobody has joined."""
    table = Table(engine, *await read(lay))
    yield table
    for guest in table.guests:
        guest.depart()


@pytest.fixture
async def desk(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A writer without an engine, which tries again without a pause."""
    monkeypatch.setattr(writer, "PAUSES", (0.0,) * 4)
    campaign = (await read(lay))[0].campaign
    sessions = await read(lambda: [Session.objects.create(campaign=campaign, title=t) for t in "ab"])
    desk = Desk(sessions)
    yield desk
    await desk.writer.stop()
