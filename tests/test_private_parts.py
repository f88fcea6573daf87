"""Where we lean on private parts of pinned packages: an upgrade that changes one fails here and says who does."""

from __future__ import annotations

import hashlib
import inspect
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Part:
    """Something of a package that none of its promises covers; `known` is the hash of its source as it was read."""

    package: str
    name: str
    used_by: str
    why: str
    known: str

    @property
    def now(self) -> str:
        """The hash of what is installed."""
        source = inspect.getsource(resolve_name(self.name))
        return hashlib.sha256(source.encode()).hexdigest()[:12]


PARTS = [
    Part(
        "django",
        "django.db.backends.base.base:BaseDatabaseWrapper",
        "game/engine/log/storage.py",
        "SqliteStorage.transaction sets its autocommit, in_atomic_block, needs_rollback and run_on_commit",
        "4c312be4cbbd",
    ),
    Part(
        "django",
        "django.db.transaction:Atomic",
        "game/engine/log/storage.py",
        "SqliteStorage.transaction stands in for it, and blocks of it inside must be savepoints",
        "4d0b37416926",
    ),
    Part(
        "uvicorn",
        "uvicorn.protocols.websockets.websockets_sansio_impl:WebSocketsSansIOProtocol",
        "rollscape/websocket.py",
        "FrameProtocol overrides how it reads, queues, closes and shuts down",
        "0bbcec989384",
    ),
    Part(
        "uvicorn",
        "uvicorn.protocols.http.httptools_impl:HttpToolsProtocol",
        "rollscape/http.py",
        "RequestProtocol counts what it is given, and closes it when a request takes too long",
        "18fdf324b11b",
    ),
    Part(
        "uvicorn",
        "uvicorn.server:Server",
        "rollscape/server.py",
        "Server closes its `servers` before the room says goodbye",
        "06e799f7c58f",
    ),
    Part(
        "websockets",
        "websockets.protocol:Protocol",
        "rollscape/incoming.py",
        "is_between_frames looks where its parser waits; FrameProtocol goes past it",
        "7308e632faa1",
    ),
    Part(
        "websockets",
        "websockets.frames:Frame",
        "rollscape/incoming.py",
        "is_between_frames knows that it reads a frame's first bytes one generator further in",
        "990b786696ed",
    ),
    Part(
        "channels_redis",
        "channels_redis.pubsub:RedisPubSubChannelLayer",
        "game/engine/channel_layers/redis.py",
        "RedisLayer calls _get_layer, and puts its own words in place of what it logs",
        "53db4ff7b570",
    ),
    Part(
        "daphne",
        "daphne.server:Server.create_application",
        "rollscape/daphne.py",
        "with_wire finds the protocol where it binds it to `send`",
        "f1e300b4ecf6",
    ),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name.rpartition(":")[2])
def test_what_we_lean_on_is_as_we_know_it(part: Part) -> None:
    assert part.now == part.known, (
        f"{part.name} has changed with {part.package} {version(part.package)}, and {part.used_by} leans on it:"
        f" {part.why}. Read what changed and mend {part.used_by}; then its hash here is {part.now!r}."
    )


def test_those_who_lean_on_something_are_still_there() -> None:
    assert [part.used_by for part in PARTS if not (PROJECT / part.used_by).exists()] == []


def test_the_fields_that_the_writer_sets_are_django_s_own() -> None:
    from django.db import connections

    wrapper: Any = connections["default"]

    for field in ("autocommit", "in_atomic_block", "needs_rollback", "run_on_commit"):
        assert field in vars(wrapper), f"SqliteStorage.transaction sets {field}, which Django does not know any more"
