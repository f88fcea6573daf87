"""An evening of dice for tests to check: what a server that plays fair would put into an export."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from game.dice.rolls import roll_of
from game.dice.rules import dice
from game.dice.rules.fairness import chain
from game.dice.rules.fairness.chance import Chance
from game.dice.rules.fairness.commitments import commitment, hidden_key, hidden_path, hidden_root
from game.dice.rules.fairness.export import Event
from game.protocol import encode

SESSION = 42
ALICE = {"user_id": 7, "username": "alice"}
BOB = {"user_id": 12, "username": "bob"}


def server_seed(rotation: int) -> bytes:
    return sha256(b"server %d" % rotation).digest()


def hidden_seed(rotation: int) -> bytes:
    return sha256(b"hidden %d" % rotation).digest()


class Evening:
    """Writes the log of a session."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.seeds: dict[int, tuple[int, str]] = {}
        self.committed: dict[int, int] = {}
        self.rotation = 0
        self.rolled = self.hidden = 0
        self.chain = ""

    def _say(self, event: str, seq: int | None = None, **data: Any) -> int:
        seq = seq or len(self.events) + 1
        self.events.append({"event": event, "data": data | {"timestamp": "2026-11-23T20:00:00Z"}, "seq": seq})
        return seq

    def begin(self) -> None:
        self._take_over("fairness_commit", 1, [1, 2], None)

    def rotate(self) -> None:
        self._take_over("fairness_rotate", self.rotation + 1, [self.rotation + 2], self._revealed(), player=BOB)

    def end(self) -> None:
        change = {"rotation": self.rotation, "commitments": [], "revealed": self._revealed(), "chain": self.chain}
        self._say("session_status", ended=True, fairness=change)

    def _revealed(self) -> dict[str, Any]:
        return {"rotation": self.rotation, "seed": server_seed(self.rotation).hex(), "rolls": self.rolled}

    def _take_over(self, event: str, rotation: int, new: list[int], revealed: object, **data: Any) -> None:
        commitments = [
            {"rotation": r, "hash": commitment(server_seed(r)), "hidden": hidden_root(hidden_seed(r))} for r in new
        ]
        change = {"rotation": rotation, "commitments": commitments, "revealed": revealed}
        if revealed is not None:
            change["chain"] = self.chain
        self.chain = chain.beginning(SESSION, rotation)
        seq = self._say(event, fairness=change, **data)
        self.committed |= dict.fromkeys(new, seq)
        self.rotation, self.rolled, self.hidden = rotation, 0, 0

    def seed(self, player: dict[str, Any], seed: str) -> None:
        self.seeds[player["user_id"]] = (self._say("seed_set", player=player, seed=seed), seed)

    def roll(self, formula: str, player: dict[str, Any] = ALICE, *, hidden: bool = False) -> None:
        in_force = {u: s for u, s in sorted(self.seeds.items()) if s[0] > self.committed[self.rotation]}
        proof: dict[str, Any] = {"rotation": self.rotation, "seeds": [seq for seq, _ in in_force.values()]}
        if hidden:
            self.hidden += 1
            key = hidden_key(hidden_seed(self.rotation), self.hidden)
            path = hidden_path(hidden_seed(self.rotation), self.hidden)
            proof |= {"n": self.hidden, "key": key.hex(), "path": path}
        else:
            self.rolled += 1
            key = server_seed(self.rotation)
            proof["n"] = self.rolled
        chance = Chance(key, SESSION, proof["n"], formula, {user: seed for user, (_, seed) in in_force.items()})
        rolled = dice.roll(formula, chance.randbelow)
        if not hidden:
            seq = len(self.events) + 1
            self.chain = chain.longer(self.chain, seq, self.rolled, formula, formula, rolled.rolls)
        roll = wire(formula, rolled, visibility="dm" if hidden else "public") | {"proof": proof}
        self._say("dice_roll", player=player, roll=roll)

    def report(self, formula: str, faces: list[int]) -> None:
        self._say("dice_roll", player=BOB, roll=wire(formula, dice.replay(formula, faces), source="reported"))

    def content(self) -> dict[str, Any]:
        return {"events": self.events, "session": SESSION, "roll": None}


def wire(formula: str, rolled: dice.Roll, **how: Any) -> dict[str, Any]:
    """A roll as it goes out."""
    sent: dict[str, Any] = json.loads(encode(roll_of(formula, rolled, **how)))
    return sent


def a_whole_evening() -> Evening:
    """Two secrets in full, seeds that change, hidden rolls with gaps, a roll by hand."""
    evening = Evening()
    evening.begin()
    evening.roll("1d20+5")
    evening.seed(ALICE, "swordfish")
    evening.seed(BOB, "déjà vu 🎲")
    evening.roll("4d6kh3 x6", BOB)
    evening.roll("1d20", hidden=True)
    evening.report("2d6", [3, 4])
    evening.hidden += 3
    evening.roll("3d6!+2 # for the goblin", hidden=True)
    evening.rotate()
    evening.roll("2d20kh1 + 5")
    evening.seed(ALICE, "another")
    evening.roll("10d10>=7f1")
    evening.roll("1d4", hidden=True)
    evening.rotate()
    evening.roll("2d4", hidden=True)
    evening.roll("d%/3")
    evening.end()
    return evening
