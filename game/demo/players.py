"""People at the demo table: what they say and do, by the commands that their pages would send.

Each command goes through the engine as a player's does, so dice are rolled and proved like any others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from accounts.identity import Identity
from accounts.models import User
from game.campaign.models import Character
from game.dice.rolls import Visibility
from game.engine.commands import CommandStep
from game.engine.log.storage import storage
from game.engine.log.writer import Batch
from game.engine.models import Session
from game.engine.seats import Claim, Seat, take_seat
from game.protocol.decoding import decode
from game.protocol.timestamps import rfc3339
from game.roll_tables.models import RollTable

Said = dict[str, Any]  # the data of an event, as it stands in the log

READING = 20  # characters a second
BREATH = timedelta(seconds=25)  # before each command


class Sitting:
    """A session that is played now, by its own clock: each command takes as long as people would."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._now = session.created_at
        self._storage = storage()

    @property
    def now(self) -> datetime:
        """How late it is there."""
        return self._now

    def carry_out(self, seat: Seat, claim: Claim, event: str, data: Said) -> Said:
        """The event that came of a command, whole; raises what refuses it."""
        frame = msgspec.json.encode({"event": event, "data": data}).decode()
        self._now += BREATH + timedelta(seconds=len(frame) // READING)
        batch = Batch(self._storage, [])
        batch.open([self.session.pk])
        batch.now, batch.stamp = self._now, rfc3339(self._now)
        outcome = batch.run(CommandStep(decode(frame), seat, claim, answer=lambda outcome: None))
        if isinstance(outcome, Exception):
            raise outcome
        batch.flush()
        said: Said = msgspec.json.decode(batch.entries[-1].data)
        return said


class Person:
    """Somebody at the table, and the character that they play."""

    def __init__(self, sitting: Sitting, user: User, character: Character | None = None) -> None:
        self.user = user
        self.character = character
        self._sitting = sitting
        self._claim = Claim(
            Identity(user.pk, user.username, user.display_name, user.token_version, None, None),
            sitting.session.pk,
            None if character is None else character.pk,
            rfc3339(sitting.now),
        )
        self._seat = take_seat(self._claim, sitting.session.campaign_id, sitting.session.acl_version)

    # Chat ------------------------------------------------------------------------------------

    def says(self, message: str, *, out_of_character: bool = False) -> None:
        """In character, or as oneself; formulas in double brackets are rolled."""
        self._sends("chat_message", message=message, out_of_character=out_of_character)

    def acts(self, action: str, **details: str) -> None:
        """One of the quick actions: attack, cast, help, search."""
        self._sends("player_action", action_type=action, details=details)

    def narrates(self, narration: str) -> None:
        """As the DM."""
        self._sends("dm_narration", narration=narration)

    # Dice ------------------------------------------------------------------------------------

    def rolls(self, formula: str, reason: str, visibility: Visibility = "public") -> int:
        """What the roll came to."""
        said = self._sends("dice_roll", formula=formula, reason=reason, visibility=visibility)
        return int(said["roll"]["result"])

    def rolls_each(self, formula: str, reason: str) -> list[int]:
        """What each time of a repeated roll came to."""
        return [int(result) for result in self._sends("dice_roll", formula=formula, reason=reason)["roll"]["results"]]

    def reports(self, formula: str, faces: list[int], total: int, reason: str) -> None:
        """A roll of dice on the table at home."""
        self._sends("dice_roll", formula=formula, rolls=faces, result=total, reason=reason)

    def asks_for_new_seeds(self) -> None:
        """The secret behind the dice so far is revealed, so that everybody can check them."""
        self._sends("fairness_rotate")

    def adds_seed(self, seed: str) -> None:
        """Add a seed to the dice."""
        self._sends("seed_set", seed=seed)

    # Roll tables -----------------------------------------------------------------------------

    def draws(self, table: RollTable) -> None:
        """For everybody to see."""
        self._sends("table_draw", table_id=table.pk)

    # Combat ----------------------------------------------------------------------------------

    def sets_combat(self, combat: Said) -> None:
        """As the DM."""
        self._sends("combat_update", combat=combat)

    def sets_turn(self, turn: Said) -> None:
        """As the DM."""
        self._sends("turn_change", turn=turn)

    def _sends(self, event: str, **data: Any) -> Said:
        return self._sitting.carry_out(self._seat, self._claim, event, data)


@dataclass
class Combatant:
    """Somebody in a fight. `conditions`: how many rounds each still lasts."""

    name: str
    initiative: int
    hit_points: int
    armour_class: int
    left: int = -1  # hit points
    conditions: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = self.hit_points

    def as_sent(self) -> Said:
        """As the page's combat panel writes it down."""
        sent: Said = {"name": self.name, "initiative": self.initiative, "hp": self.left, "max_hp": self.hit_points}
        if self.conditions:
            sent["conditions"] = [{"name": name, "rounds": rounds} for name, rounds in self.conditions.items()]
        return sent


class Fight:
    """A fight as the DM leads it in the combat panel."""

    def __init__(self, dm: Person, combatants: list[Combatant]) -> None:
        self.round = 1
        self._dm = dm
        self._combatants = combatants
        self._tell()

    def turns(self) -> list[Combatant]:
        """Everybody who stands, in initiative order."""
        standing = [one for one in self._combatants if one.left > 0]
        return sorted(standing, key=lambda one: -one.initiative)

    def begin_turn(self, one: Combatant) -> None:
        """It is theirs."""
        self._dm.sets_turn({"current_character_name": one.name, "combatant": self._combatants.index(one)})

    def begin_round(self) -> None:
        """The next one; conditions last one round less."""
        self.round += 1
        for one in self._combatants:
            one.conditions = {name: rounds - 1 for name, rounds in one.conditions.items() if rounds > 1}
        self._tell()

    def wound(self, one: Combatant, damage: int) -> None:
        """Take hit points away, down to none."""
        one.left = max(0, one.left - damage)
        self._tell()

    def afflict(self, one: Combatant, condition: str, rounds: int) -> None:
        """Put a condition on somebody."""
        one.conditions[condition] = rounds
        self._tell()

    def _tell(self) -> None:
        combatants = [one.as_sent() for one in self._combatants]
        self._dm.sets_combat({"active": True, "round": self.round, "combatants": combatants})
