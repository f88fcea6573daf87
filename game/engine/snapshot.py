"""What a joiner is told of the session: its newest events, and the state that each subject gives.

A subject's state has two halves. It is read once a session and batch, under the session's lock; and projected for a
viewer by a pure function, so that a state that was kept can be shown to another viewer later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_type_hints

from msgspec import Raw

from game.engine.log import history
from game.engine.log.storage import SessionRow
from game.engine.seats import Viewer
from game.protocol import SNAPSHOT, encode

S = TypeVar("S")
Projection = Callable[[S, Viewer], Any]
States = dict[str, Any]  # what was read, by the subject's key

RECENT = 50  # stored frames in a snapshot


@dataclass(slots=True)
class State(Generic[S]):
    """One key of the snapshot. `read` and `project` as in `state`."""

    key: str
    read: Callable[[SessionRow], S]
    project: Projection[S]

    def shown(self, project: Projection[S]) -> Projection[S]:
        """Decorates the function that shows it to a viewer; its return type is what the snapshot holds."""
        self.project = project
        SNAPSHOT[self.key] = get_type_hints(project, include_extras=True)["return"]
        return project


STATES: dict[str, State[Any]] = {}


def state(key: str) -> Callable[[Callable[[SessionRow], S]], State[S]]:
    """Make a key of the snapshot of `read(row)`, which runs under the lock of the session.

    Everybody sees what it returns, unless a function decorated with its `shown` makes something else of it. That one
    is pure: it gets what was read and the viewer.
    """

    def register(read: Callable[[SessionRow], S]) -> State[S]:
        assert key not in STATES, f"the state {key} is given twice"
        SNAPSHOT[key] = get_type_hints(read, include_extras=True)["return"]
        STATES[key] = given = State(key, read, lambda stored, viewer: stored)
        return given

    return register


def read_states(row: SessionRow) -> States:
    """Every subject's state; under the lock."""
    return {key: state.read(row) for key, state in STATES.items()}


def snapshot(session_id: int, up_to: int, viewer: Viewer, states: States) -> Raw:
    """What this viewer may see of the session as it stood at `up_to`, as JSON."""
    shown = {key: state.project(states[key], viewer) for key, state in STATES.items()}
    return Raw(encode({"events": history.recent(session_id, up_to, viewer, RECENT), **shown}))
