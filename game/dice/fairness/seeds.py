"""Commit and reveal, as a session lives through it: docs/fairness.md has the promise, game.dice.rules.fairness the
rules.

Everything here runs under the session's lock, in the transaction that writes the log.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from game.dice.fairness.models import Fairness
from game.dice.rules import dice
from game.dice.rules.fairness import chain
from game.dice.rules.fairness.chance import KEY_BYTES, Chance
from game.dice.rules.fairness.commitments import HIDDEN_ROLLS, commitment, hidden_key, hidden_path, hidden_root
from game.engine.log.storage import SessionRow
from game.engine.log.writer import Batch
from game.engine.snapshot import state
from game.protocol import announcement, encode


class Commitment(Struct, frozen=True):
    """What is published about secret `rotation`: its SHA-256, and the root over the keys of its hidden rolls."""

    rotation: int
    hash: str
    hidden: str


class Revealed(Struct, frozen=True):
    """A revealed secret, and the number of public rolls made with it."""

    rotation: int
    seed: str
    rolls: int


class FairnessChange(Struct, frozen=True):
    """`rotation` is the secret in use from now on. `commitments` are the new ones, published now.

    `chain`: over the public rolls of the seed that is `revealed`, as docs/fairness.md has it.
    """

    rotation: int
    commitments: list[Commitment]
    revealed: Revealed | None
    chain: str | UnsetType = UNSET


@announcement("fairness_commit", to="room", stored=True, plays=False)
class FairnessCommit(Struct, frozen=True):
    """The server commits to new secrets unasked: before the first roll, or when it runs out of hidden rolls."""

    fairness: FairnessChange
    timestamp: str


class Published(Commitment, frozen=True):
    """A commitment and its place in the log."""

    seq: int


class ClientSeed(Struct, frozen=True):
    """A seed that a player added, and its place in the log."""

    user_id: int
    seed: str
    seq: int


class FairnessState(Struct, frozen=True):
    """The secret in use, its commitment and the next one's, and the players' seeds in force."""

    rotation: int
    commitments: list[Published]
    seeds: list[ClientSeed]


class Proof(Struct, frozen=True):
    """What a roll is checked with: `n` counts the rolls of the secret, `seeds` are the `seq` of the players' seeds.

    A hidden roll has its own `key` and the `path` from it to the root; hidden rolls are counted separately.
    """

    rotation: int
    n: int
    seeds: list[int]
    key: str | UnsetType = UNSET
    path: list[str] | UnsetType = UNSET


# The seeds ------------------------------------------------------------------------------------


def begin(row: SessionRow, seq: int, known: Fairness | None) -> tuple[Fairness, FairnessChange]:
    """Two new secrets, committed to at `seq`; earlier ones of the session are thrown away."""
    rotation = 1 if known is None else known.rotation + 2
    (seed, hidden, root), (next_seed, next_hidden, next_root) = _secrets(), _secrets()
    fresh = Fairness(
        session_id=row.id,
        epoch=row.epoch,
        rotation=rotation,
        server_seed=seed,
        hidden_seed=hidden,
        hidden_root=root,
        committed_seq=seq,
        next_server_seed=next_seed,
        next_hidden_seed=next_hidden,
        next_hidden_root=next_root,
        next_committed_seq=seq,
        chain=chain.beginning(row.id, rotation),
    )
    revealed = _revealed(known) if known else None
    return fresh, FairnessChange(rotation, [*_commitments(fresh)], revealed, _chain(known))


def advance(known: Fairness, seq: int) -> FairnessChange:
    """Reveal the secret in use and go on with the next; another one is committed to at `seq`."""
    revealed, told = _revealed(known), _chain(known)
    known.rotation += 1
    known.revealed = False
    known.server_seed, known.hidden_seed = known.next_server_seed, known.next_hidden_seed
    known.hidden_root, known.committed_seq = known.next_hidden_root, known.next_committed_seq
    known.next_server_seed, known.next_hidden_seed, known.next_hidden_root = _secrets()
    known.next_committed_seq = seq
    known.rolls = known.hidden_rolls = 0
    known.chain = chain.beginning(known.session_id, known.rotation)
    known.client_seeds = {user: given for user, given in known.client_seeds.items() if given[0] > known.committed_seq}
    return FairnessChange(known.rotation, [_commitments(known)[1]], revealed, told)


def begin_or_advance(row: SessionRow) -> tuple[Fairness, FairnessChange]:
    """The secrets after the session's next event, which must carry the change."""
    known = of(row.id)
    if known is None or known.epoch != row.epoch:
        return begin(row, row.seq + 1, known)
    return known, advance(known, row.seq + 1)


def close(row: SessionRow) -> FairnessChange | UnsetType:
    """Reveal the secret in use, because the session ends."""
    known = of(row.id)
    if known is None or known.revealed:
        return UNSET
    change = FairnessChange(known.rotation, [], _revealed(known), _chain(known))
    known.revealed = True
    known.save()
    return change


def reopen(row: SessionRow) -> FairnessChange | UnsetType:
    """Go on with the next secret: an ended session is reopened."""
    if of(row.id) is None:
        return UNSET
    known, change = begin_or_advance(row)
    known.save()
    return change


def of(session_id: int) -> Fairness | None:
    """What a session has; None before its first roll."""
    return Fairness.objects.filter(pk=session_id).first()


@state("fairness")
def fairness(row: SessionRow) -> FairnessState | None:
    """What everybody at the table may know; None while there is no commitment in use."""
    known = of(row.id)
    if known is None or known.epoch != row.epoch:
        return None
    used, following = _commitments(known)
    return FairnessState(
        rotation=known.rotation,
        commitments=[
            Published(used.rotation, used.hash, used.hidden, known.committed_seq),
            Published(following.rotation, following.hash, following.hidden, known.next_committed_seq),
        ],
        seeds=[ClientSeed(user, seed, seq) for user, (seq, seed) in _seeds(known).items()],
    )


def _secrets() -> tuple[str, str, str]:
    """A secret, a hidden seed and the root of its keys."""
    hidden = secrets.token_bytes(KEY_BYTES)
    return secrets.token_hex(KEY_BYTES), hidden.hex(), hidden_root(hidden)


def _commitments(known: Fairness) -> tuple[Commitment, Commitment]:
    """To the secret in use, and to the next."""
    used, following = (commitment(bytes.fromhex(seed)) for seed in (known.server_seed, known.next_server_seed))
    return (
        Commitment(known.rotation, used, known.hidden_root),
        Commitment(known.rotation + 1, following, known.next_hidden_root),
    )


def _revealed(known: Fairness) -> Revealed | None:
    return None if known.revealed else Revealed(known.rotation, known.server_seed, known.rolls)


def _chain(known: Fairness | None) -> str | UnsetType:
    return known.chain or UNSET if known is not None and not known.revealed else UNSET


def _seeds(known: Fairness) -> dict[int, tuple[int, str]]:
    """Seq and seed by user id: those contributed since the secret in use was committed to, by rising user id."""
    given = {int(user): (seq, seed) for user, (seq, seed) in known.client_seeds.items()}
    return {user: given[user] for user in sorted(given) if given[user][0] > known.committed_seq}


# The rolls ------------------------------------------------------------------------------------


class Roller:
    """Rolls for one command, which asks for it with `words`; its numbers count when the command is carried out."""

    def __init__(self, batch: Batch, row: SessionRow, words: str) -> None:
        self._batch = batch
        self._row = row
        self._words = words
        known = of(row.id)
        self._changed = known is None or known.epoch != row.epoch
        self._known = self._announced(*begin(row, row.seq + 1, known)) if known is None or self._changed else known
        self._session = row.id

    def roll(self, formula: str, *, hidden: bool) -> tuple[dice.Roll, Proof]:
        """Roll a formula; a hidden roll stays hidden when the secret is revealed. DiceError as `dice.roll`."""
        chance, proof = self.chance(hidden=hidden)
        rolled = dice.roll(formula, chance.randbelow)
        self.chained(proof, formula, rolled.rolls)
        return rolled, proof

    def chance(self, *, hidden: bool) -> tuple[Chance, Proof]:
        """The chance of the next roll, and what proves it."""
        if self._known.revealed or (hidden and self._known.hidden_rolls == HIDDEN_ROLLS):
            self._changed = True
            self._known = self._announced(self._known, advance(self._known, self._row.seq + 1))
        known, seeds = self._known, _seeds(self._known)
        if hidden:
            number, secret = known.hidden_rolls + 1, bytes.fromhex(known.hidden_seed)
            key, path = hidden_key(secret, number), hidden_path(secret, number)
            opening: dict[str, Any] = {"key": key.hex(), "path": path}
            known.hidden_rolls = number
        else:
            number, key, opening = known.rolls + 1, bytes.fromhex(known.server_seed), {}
            known.rolls = number
        chance = Chance(key, self._session, number, self._words, {user: seed for user, (_, seed) in seeds.items()})
        return chance, Proof(known.rotation, number, [seq for seq, _ in seeds.values()], **opening)

    def chained(self, proof: Proof, formula: str, faces: Iterable[int]) -> None:
        """Put a roll, or a draw with `chain.longer`'s faces, into the chain of its secret; not a hidden one."""
        known = self._known
        if proof.key is UNSET and known.chain:
            seq = self._row.seq + 1
            known.chain = chain.longer(known.chain, seq, proof.n, self._words, formula, faces)

    def keep(self) -> None:
        """Write how far the seeds are used up."""
        self._known.save(update_fields=None if self._changed else ["rolls", "hidden_rolls", "chain"])

    def _announced(self, known: Fairness, change: FairnessChange) -> Fairness:
        data = encode(FairnessCommit(change, self._batch.stamp))
        self._batch.append(self._row, "fairness_commit", data)
        return known


@contextmanager
def rolling(batch: Batch, row: SessionRow, words: str) -> Iterator[Roller]:
    """Rolls that count unless the command is refused: until then nothing is written.

    `words`: the formula, or the line of chat that holds the formulas; `export.words_of` tells it from the event.
    """
    roller = Roller(batch, row, words)
    yield roller
    roller.keep()
