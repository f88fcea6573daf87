"""Checking an export: each event in the order of the log, and what it proves or breaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from game.dice.rules.fairness import chain
from game.dice.rules.fairness.chance import KEY_BYTES, Chance
from game.dice.rules.fairness.commitments import HIDDEN_ROLLS, PATH_LENGTH, commitment, root_of
from game.dice.rules.fairness.export import Event, draw_of, faces_of, rolls_of, words_of
from game.dice.rules.fairness.recompute import Flaw, draw_again, roll_again

_WITHOUT_ROLLS = ("fairness_commit", "fairness_rotate", "session_status")


class Verdict(Enum):
    """What became of a finding."""

    GOOD = "ok"
    PROVED = "proved"
    WEAK = "weak"  # it fits, but the server alone could have chosen it
    OPEN = "not yet"
    BY_HAND = "by hand"
    FALSE = "FALSE"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one event of the log."""

    seq: int
    verdict: Verdict
    text: str

    def __str__(self) -> str:
        # What players typed is in it, and must not steer a terminal.
        text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in self.text)
        return f"{self.seq:>7}  {self.verdict.value:<8} {text}"


@dataclass(frozen=True, slots=True)
class Committed:
    """A commitment and the place in the log where it was published."""

    seq: int
    hash: str
    hidden: str


@dataclass(slots=True)
class _Table:
    """What is known as the log goes by."""

    session: int
    alone: bool
    revealed: Mapping[int, tuple[int, bytes]]
    committed: dict[int, Committed] = field(default_factory=dict)
    rotation: int = 0
    seeds: dict[int, tuple[int, str]] = field(default_factory=dict)  # by user id: seq and seed
    rolled: int = 0  # public rolls of the rotation
    hidden: int = 0  # the last hidden roll that is in the export
    chain: str = ""  # over the public rolls of the rotation
    chained: bool = False  # a chain was published, so that all later ones must be


def verify(content: Mapping[str, Any]) -> list[Finding]:
    """The findings about an export's content, in the order of the log. Never raises, for any content."""
    events = content.get("events")
    session = content.get("session")
    if not isinstance(events, list) or not isinstance(session, int):
        return [Finding(0, Verdict.FALSE, "This is not the content of an export of RollScape.")]
    table = _Table(session, content.get("roll") is not None, _revealed(events))
    findings = _alone(events, content.get("roll"))
    last = 0
    for event in events:
        seq = event.get("seq") if isinstance(event, dict) else None
        if not isinstance(seq, int) or seq <= last:
            findings.append(Finding(last, Verdict.FALSE, "The events are not in the order of the log."))
            continue
        last = seq
        try:
            findings += [Finding(seq, verdict, text) for verdict, text in _look(table, event, seq)]
        except Flaw as flaw:
            findings.append(Finding(seq, Verdict.FALSE, str(flaw)))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            findings.append(Finding(seq, Verdict.FALSE, "This event is not written the way RollScape writes it."))
    return findings


def _alone(events: list[Any], roll: object) -> list[Finding]:
    """What is wrong where one roll was asked for, and the events hold another one or none."""
    if roll is None:
        return []
    found = [event.get("seq") for event in events if isinstance(event, dict) and _rolls(event)]
    if found == [roll]:
        return []
    place = roll if isinstance(roll, int) else 0
    return [Finding(place, Verdict.FALSE, "This file is about a single roll, but it holds others, or not that one.")]


def _rolls(event: Event) -> bool:
    try:
        return draw_of(event) is not None or any(rolls_of(event))
    except (AttributeError, LookupError, TypeError, ValueError):
        return False  # the walk along the log says so


def _revealed(events: Iterable[Event]) -> dict[int, tuple[int, bytes]]:
    """The revealed secrets by rotation, each with its place in the log."""
    found: dict[int, tuple[int, bytes]] = {}
    for event in events:
        try:
            revealed = event["data"].get("fairness", {}).get("revealed")
            if revealed:
                found.setdefault(revealed["rotation"], (event["seq"], bytes.fromhex(revealed["seed"])))
        except (AttributeError, LookupError, TypeError, ValueError):
            continue  # the walk along the log says so
    return found


def _look(table: _Table, event: Event, seq: int) -> list[tuple[Verdict, str]]:
    data = event["data"]
    if event["event"] == "seed_set":
        table.seeds[data["player"]["user_id"]] = (seq, str(data["seed"]))
        return [(Verdict.GOOD, f"{data['player']['username']} adds the seed “{data['seed']}”.")]
    found: list[tuple[Verdict, str]] = []
    if change := data.get("fairness"):
        if change["revealed"]:
            found.append((Verdict.GOOD, _reveal(table, change["revealed"], change.get("chain"))))
        if change["commitments"]:
            found += [(Verdict.GOOD, text) for text in _commit(table, change, seq)]
        elif change["rotation"] != table.rotation:
            raise Flaw(f"The event says that secret {change['rotation']} is in use, but it is {table.rotation}.")
    draw = draw_of(event)
    rolls = list(rolls_of(event)) if draw is None else [draw]
    # Else a roll could be taken out of the file by giving its event another name.
    if not rolls and event["event"] not in _WITHOUT_ROLLS:
        raise Flaw("An export has only rolls, secrets and seeds; this is something else.")
    if isinstance(data.get("rolls"), list) or draw is not None or event["event"] == "dice_roll":
        _lengthen(table, event, seq, rolls)
    for roll in rolls:
        title = _title(roll, data["player"]["username"])
        try:
            found.append(_judge(table, roll, seq, title, words_of(event, roll)))
        except Flaw as flaw:
            found.append((Verdict.FALSE, f"{title}: {flaw}"))
    return found


def _lengthen(table: _Table, event: Event, seq: int, rolls: Iterable[Mapping[str, Any]]) -> None:
    """The chain goes on over the public rolls, whatever is wrong with them."""
    for roll in rolls:
        proof = roll.get("proof")
        if proof and "key" not in proof:
            words = words_of(event, roll)
            formula = words if "rows" in roll else roll["formula"]
            table.chain = chain.longer(table.chain, seq, proof["n"], words, formula, faces_of(event, roll))


def _reveal(table: _Table, revealed: Mapping[str, Any], told: object) -> str:
    rotation = revealed["rotation"]
    if rotation not in table.committed:
        raise Flaw(f"Secret {rotation} is revealed, but the server never committed to it.")
    seed = bytes.fromhex(revealed["seed"])
    if len(seed) != KEY_BYTES or commitment(seed) != table.committed[rotation].hash:
        raise Flaw(f"The revealed secret {rotation} is not the one that the server committed to.")
    if rotation == table.rotation and revealed["rolls"] != table.rolled and not table.alone:
        raise Flaw(
            f"{revealed['rolls']} public rolls were made with secret {rotation}; {table.rolled} are in this file."
        )
    text = f"Secret {rotation} is revealed, and its SHA-256 matches the one published before."
    return text if table.alone or rotation != table.rotation else f"{text} {_chain(table, rotation, told)}"


def _chain(table: _Table, rotation: int, told: object) -> str:
    """What the chain that was published says of the rolls that are here."""
    if told is None and table.chained:
        raise Flaw(f"Secret {rotation} is revealed without a chain of its rolls, but earlier ones had one.")
    if told is None:
        return "It has no chain of its rolls: if the last roll was left out, with the count, nothing shows that."
    table.chained = True
    if told != table.chain:
        raise Flaw(f"The rolls of secret {rotation} do not match its chain: some were changed since.")
    return f"The chain over its public rolls matches the published one: {told}."


def _commit(table: _Table, change: Mapping[str, Any], seq: int) -> list[str]:
    rotation = change["rotation"]
    texts = []
    for published in change["commitments"]:
        number = published["rotation"]
        if number in table.committed:
            raise Flaw(f"A second commitment to secret {number} was published.")
        if len(bytes.fromhex(published["hash"])) != KEY_BYTES or len(bytes.fromhex(published["hidden"])) != KEY_BYTES:
            raise Flaw(f"The commitment to secret {number} is not a SHA-256.")
        table.committed[number] = Committed(seq, published["hash"], published["hidden"])
        texts.append(f"Commitment to secret {number}: {published['hash']}")
    if rotation <= table.rotation or rotation not in table.committed:
        raise Flaw(f"Secret {rotation} comes into use out of order.")
    table.rotation, table.rolled, table.hidden = rotation, 0, 0
    table.chain = chain.beginning(table.session, rotation)
    return [*texts, f"Secret {rotation} is in use from now on."]


def _judge(table: _Table, roll: Mapping[str, Any], seq: int, title: str, words: str) -> tuple[Verdict, str]:
    is_draw = "rows" in roll
    if not is_draw and roll["source"] == "reported" and "proof" not in roll:
        return Verdict.BY_HAND, f"{title}: thrown by hand and reported; nothing to prove."
    if not is_draw and roll["source"] != "server":
        raise Flaw("it is neither a roll of the server's nor a roll by hand.")
    proof = roll.get("proof")
    if not proof:
        raise Flaw("it was rolled by the server, but carries no proof.")
    if proof["rotation"] != table.rotation:
        raise Flaw(f"it says secret {proof['rotation']}, but {table.rotation} was in use.")
    seeds = _seeds(table, proof)
    number = proof["n"]
    # Else the server could pick, of all the keys of hidden rolls, one that suits.
    if ("key" in proof) != (roll["visibility"] != "public"):
        raise Flaw("it has a hidden roll's key but is not hidden, or the other way round.")
    if "key" in proof:
        key: bytes | None = _hidden_key(table, proof)
        what = f"hidden roll {number}"
    else:
        key = _public_key(table, number, seq)
        what = f"roll {number}"
    whose = f"{len(seeds)} players' seeds" if len(seeds) > 1 else "one player's seed" if seeds else "no player's seed"
    how = f"{what} of secret {table.rotation} with {whose}"
    if key is None:
        return Verdict.OPEN, f"{title}: {how}; the secret is not revealed yet."
    (draw_again if is_draw else roll_again)(roll, Chance(key, table.session, number, words, seeds))
    return Verdict.PROVED if seeds else Verdict.WEAK, f"{title}: {how}."


def _title(roll: Mapping[str, Any], name: str) -> str:
    if "rows" in roll:
        numbers = ", ".join(f"{row['number']} of {row['of']}" for row in roll["rows"])
        return f"{name} draws from {roll['table']['name']}: {numbers}"
    return f"{name} rolls {roll['formula']} = {roll['result']}"


def _seeds(table: _Table, proof: Mapping[str, Any]) -> dict[int, str]:
    """The players' seeds in force: those added since the server committed to the secret."""
    since = table.committed[table.rotation].seq
    in_force = {user: given for user, given in table.seeds.items() if given[0] > since}
    if sorted(seq for seq, _ in in_force.values()) != sorted(proof["seeds"]):
        raise Flaw("it was not rolled with the seeds that players had added by then.")
    return {user: seed for user, (_, seed) in in_force.items()}


def _public_key(table: _Table, number: int, seq: int) -> bytes | None:
    """The secret; None until it is revealed."""
    table.rolled += 1
    if table.alone and table.rolled == 1:  # those before it are left out
        table.rolled = number
    if number != table.rolled:
        expected, table.rolled = table.rolled, number
        raise Flaw(f"it is numbered {number}, but {expected} comes next: rolls are missing or doubled.")
    revealed = table.revealed.get(table.rotation)
    if revealed is None:
        return None
    where, seed = revealed
    if where < seq:
        raise Flaw("its secret was revealed before it was rolled.")
    if commitment(seed) != table.committed[table.rotation].hash:
        raise Flaw("the secret revealed later is not the one that the server committed to.")
    return seed


def _hidden_key(table: _Table, proof: Mapping[str, Any]) -> bytes:
    """The roll's own key. Numbers may be missing: rolls hidden from the user who made the export."""
    number, key, path = proof["n"], bytes.fromhex(proof["key"]), proof["path"]
    if not table.hidden < number <= HIDDEN_ROLLS:
        raise Flaw(f"it is hidden roll {number} after hidden roll {table.hidden}.")
    table.hidden = number
    fits = len(key) == KEY_BYTES and len(path) == PATH_LENGTH
    if not fits or root_of(key, number, path) != table.committed[table.rotation].hidden:
        raise Flaw("its key does not belong to the hidden rolls that the server committed to.")
    return key
