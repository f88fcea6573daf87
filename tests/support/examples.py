"""What a subject gives so that the tests over the registry can speak its events: see tests/examples.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.engine.table import Guest

Data = dict[str, Any]


@dataclass(frozen=True)
class Examples:
    """A subject's examples.

    `commands`: for each command all fields that it can have, with values that are right.
    `prepare`: makes an example one that this guest can send now, where more is needed than its fields.
    `comes_about`: brings about, as this DM, a stored event that no command of its name does.
    `once`: commands that are refused when they come again at once.
    """

    commands: dict[str, Data]
    prepare: dict[str, Callable[[Guest, Data], Awaitable[Data]]] = field(default_factory=dict)
    comes_about: dict[str, Callable[[Guest], Awaitable[object]]] = field(default_factory=dict)
    once: frozenset[str] = frozenset()
