"""The subjects' examples: what the tests over the registry send."""

from __future__ import annotations

from typing import Any

from tests.chat.examples import EXAMPLES as CHAT
from tests.combat.examples import EXAMPLES as COMBAT
from tests.dice.examples import EXAMPLES as DICE
from tests.engine.examples import EXAMPLES as ENGINE
from tests.engine.table import Guest
from tests.roll_tables.examples import EXAMPLES as ROLL_TABLES
from tests.sessions.examples import EXAMPLES as SESSIONS

SUBJECTS = (CHAT, COMBAT, DICE, ENGINE, ROLL_TABLES, SESSIONS)

EXAMPLES = {name: data for subject in SUBJECTS for name, data in subject.commands.items()}
PREPARE = {name: prepare for subject in SUBJECTS for name, prepare in subject.prepare.items()}
COMES_ABOUT = {name: bring for subject in SUBJECTS for name, bring in subject.comes_about.items()}
ONCE = frozenset().union(*(subject.once for subject in SUBJECTS))


async def example(guest: Guest, name: str) -> dict[str, Any]:
    """The example as this guest can send it now."""
    prepare = PREPARE.get(name)
    return EXAMPLES[name] if prepare is None else await prepare(guest, EXAMPLES[name])
