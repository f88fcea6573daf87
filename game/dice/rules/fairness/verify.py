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
    """The findings about an export's content, in the order of the log. Never raises, whatever it holds."""
    events = content.get("events")
    session = content.get("session")
    if not isinstance(events, list) or not isinstance(session, int):
        return [Finding(0, Verdict.FALSE, "This is not what an export of RollScape holds.")]
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
            findings.append(Finding(seq, Verdict.FALSE, "This event does not look as RollScape writes it."))
    return findings


def _alone(events: list[Any], roll: object) -> list[Finding]:
    """What is wrong where one roll was asked for, and the events hold another one or none."""
    if roll is None:
        return []
    found = [event.get("seq") for event in events if isinstance(event, dict) and _rolls(event)]
    if found == [roll]:
        return []
    place = roll if isinstance(roll, int) else 0
    return [Finding(place, Verdict.FALSE, "This file is about one roll, and holds others or not that one.")]


def _rolls(event: Event) -> bool:
    try:
        return draw_of(event) is not None or any(rolls_of(event))
    except (AttributeError, LookupError, TypeError, ValueError):
        return False  # the walk along the log says so


def _revealed(events: Iterable[Event]) -> dict[int, tuple[int, bytes]]:
    """The server seeds that come to light, with where, by rotation."""
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
        return [(Verdict.GOOD, f"{data['player']['username']} contributes the seed “{data['seed']}”.")]
    found: list[tuple[Verdict, str]] = []
    if change := data.get("fairness"):
        if change["revealed"]:
            found.append((Verdict.GOOD, _reveal(table, change["revealed"], change.get("chain"))))
        if change["commitments"]:
            found += [(Verdict.GOOD, text) for text in _commit(table, change, seq)]
        elif change["rotation"] != table.rotation:
            raise Flaw(f"Server seed {change['rotation']} is said to be in use, but it is {table.rotation}.")
    draw = draw_of(event)
    rolls = list(rolls_of(event)) if draw is None else [draw]
    # Else a roll could be taken out of the file by giving its event another name.
    if not rolls and event["event"] not in _WITHOUT_ROLLS:
        raise Flaw("An export has only rolls and the seeds behind them; this is neither.")
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
        raise Flaw(f"Seed {rotation} is revealed, but nobody was ever committed to it.")
    seed = bytes.fromhex(revealed["seed"])
    if len(seed) != KEY_BYTES or commitment(seed) != table.committed[rotation].hash:
        raise Flaw(f"The seed that is revealed as number {rotation} is not the one that was committed to.")
    if rotation == table.rotation and revealed["rolls"] != table.rolled and not table.alone:
        raise Flaw(f"{revealed['rolls']} public rolls were made with server seed {rotation}; {table.rolled} are here.")
    text = f"Server seed {rotation} is revealed, and its SHA-256 is the one that was published before."
    return text if table.alone or rotation != table.rotation else f"{text} {_chain(table, rotation, told)}"


def _chain(table: _Table, rotation: int, told: object) -> str:
    """What the chain that was published says of the rolls that are here."""
    if told is None and table.chained:
        raise Flaw(f"Server seed {rotation} is revealed without a chain of its rolls, after others had one.")
    if told is None:
        return "It has no chain of its rolls: a last one that was left out, count and all, would not show."
    table.chained = True
    if told != table.chain:
        raise Flaw(f"The rolls of server seed {rotation} are not those of its chain: some were changed since.")
    return f"The chain over its public rolls is the one that was published: {told}."


def _commit(table: _Table, change: Mapping[str, Any], seq: int) -> list[str]:
    rotation = change["rotation"]
    texts = []
    for published in change["commitments"]:
        number = published["rotation"]
        if number in table.committed:
            raise Flaw(f"A second commitment to server seed {number} was published.")
        if len(bytes.fromhex(published["hash"])) != KEY_BYTES or len(bytes.fromhex(published["hidden"])) != KEY_BYTES:
            raise Flaw(f"The commitment to server seed {number} is no SHA-256.")
        table.committed[number] = Committed(seq, published["hash"], published["hidden"])
        texts.append(f"Commitment to server seed {number}: {published['hash']}")
    if rotation <= table.rotation or rotation not in table.committed:
        raise Flaw(f"Server seed {rotation} takes over out of turn.")
    table.rotation, table.rolled, table.hidden = rotation, 0, 0
    table.chain = chain.beginning(table.session, rotation)
    return [*texts, f"Server seed {rotation} is rolled with from now on."]


def _judge(table: _Table, roll: Mapping[str, Any], seq: int, title: str, words: str) -> tuple[Verdict, str]:
    is_draw = "rows" in roll
    if not is_draw and roll["source"] == "reported" and "proof" not in roll:
        return Verdict.BY_HAND, f"{title}: thrown by hand and reported; there is nothing to prove."
    if not is_draw and roll["source"] != "server":
        raise Flaw("it looks neither like a roll of the server's nor like one by hand.")
    proof = roll.get("proof")
    if not proof:
        raise Flaw("it was rolled by the server, but carries no proof.")
    if proof["rotation"] != table.rotation:
        raise Flaw(f"it says server seed {proof['rotation']}, but {table.rotation} was in use.")
    seeds = _seeds(table, proof)
    number = proof["n"]
    # Else the server could pick, of all the keys of hidden rolls, one that suits.
    if ("key" in proof) != (roll["visibility"] != "public"):
        raise Flaw("it is drawn as a hidden roll and is none, or the other way round.")
    if "key" in proof:
        key: bytes | None = _hidden_key(table, proof)
        what = f"hidden roll {number}"
    else:
        key = _public_key(table, number, seq)
        what = f"roll {number}"
    whose = f"{len(seeds)} players' seeds" if len(seeds) > 1 else "one player's seed" if seeds else "no player's seed"
    how = f"{what} of server seed {table.rotation} with {whose}"
    if key is None:
        return Verdict.OPEN, f"{title}: {how}, which is still secret."
    (draw_again if is_draw else roll_again)(roll, Chance(key, table.session, number, words, seeds))
    return Verdict.PROVED if seeds else Verdict.WEAK, f"{title}: {how}."


def _title(roll: Mapping[str, Any], name: str) -> str:
    if "rows" in roll:
        numbers = ", ".join(f"{row['number']} of {row['of']}" for row in roll["rows"])
        return f"{name} draws from {roll['table']['name']}: {numbers}"
    return f"{name} rolls {roll['formula']} = {roll['result']}"


def _seeds(table: _Table, proof: Mapping[str, Any]) -> dict[int, str]:
    """The client seeds in force: contributed since the server seed was committed to."""
    since = table.committed[table.rotation].seq
    in_force = {user: given for user, given in table.seeds.items() if given[0] > since}
    if sorted(seq for seq, _ in in_force.values()) != sorted(proof["seeds"]):
        raise Flaw("it was not rolled with the seeds that the players had contributed by then.")
    return {user: seed for user, (_, seed) in in_force.items()}


def _public_key(table: _Table, number: int, seq: int) -> bytes | None:
    """The server seed; None while it is secret."""
    table.rolled += 1
    if table.alone and table.rolled == 1:  # those before it are left out
        table.rolled = number
    if number != table.rolled:
        expected, table.rolled = table.rolled, number
        raise Flaw(f"it is numbered {number}, where roll {expected} comes next: rolls are missing or doubled.")
    revealed = table.revealed.get(table.rotation)
    if revealed is None:
        return None
    where, seed = revealed
    if where < seq:
        raise Flaw("its server seed had been revealed before it was rolled.")
    if commitment(seed) != table.committed[table.rotation].hash:
        raise Flaw("the server seed revealed later is not the one that was committed to.")
    return seed


def _hidden_key(table: _Table, proof: Mapping[str, Any]) -> bytes:
    """The roll's own key. Numbers may be missing: rolls that are hidden from whoever asked for the export."""
    number, key, path = proof["n"], bytes.fromhex(proof["key"]), proof["path"]
    if not table.hidden < number <= HIDDEN_ROLLS:
        raise Flaw(f"it is hidden roll {number} after hidden roll {table.hidden}.")
    table.hidden = number
    fits = len(key) == KEY_BYTES and len(path) == PATH_LENGTH
    if not fits or root_of(key, number, path) != table.committed[table.rotation].hidden:
        raise Flaw("its key does not belong to the hidden rolls that were committed to.")
    return key
