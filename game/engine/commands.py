"""One command of one player: authorise, apply, log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from game.campaign.models import Campaign
from game.engine.log import audience
from game.engine.log.storage import Entry, SessionRow
from game.engine.log.writer import Batch, Step
from game.engine.seats import Claim, Seat, take_seat
from game.errors import Conflict, Forbidden
from game.protocol import EVERYBODY, NAMES, Command, Player, Request, Said, encode, frame_text, merged
from game.protocol.close_codes import Close, SocketClosed


@dataclass(slots=True)
class Play:
    """What a handler has at hand: who speaks, where and when.

    What it appends to the `batch` stands in the log before its own event, which comes at `row.seq + 1`.
    """

    seat: Seat
    batch: Batch
    row: SessionRow

    @property
    def now(self) -> datetime:
        """When it is carried out."""
        return self.batch.now

    @property
    def timestamp(self) -> str:
        """The same, as the protocol writes it."""
        return self.batch.stamp

    @property
    def player(self) -> Player:
        """The author, as the room sees it."""
        return self.seat.player

    @property
    def session_id(self) -> int:
        """The session that it is played in."""
        return self.seat.session_id

    def campaign(self) -> Campaign:
        """The session's campaign."""
        return Campaign.objects.get(pk=self.seat.campaign_id)


class AlreadySo(Exception):
    """Raised by a handler when what the command asks for is so already: it is answered as a duplicate.

    `seq`: the event since which it is so, if there is one.
    """

    def __init__(self, seq: int | None = None) -> None:
        super().__init__(seq)
        self.seq = seq


@dataclass(slots=True)
class Outcome:
    """A command that was carried out, now or, as a duplicate, before.

    `seq`: its place in the log, None of a quiet command. `announced`: what a quiet one has to say, now that it is
    committed.
    """

    seq: int | None
    duplicate: bool
    announced: Sequence[Said[Struct]] = ()


def results(command: Command, returned: Any) -> list[Said[Struct]]:
    """What a handler returned, each part with its audience; a private command's must come with one."""
    parts = returned if isinstance(returned, tuple | list) else () if returned is None else (returned,)
    if command.private:
        assert all(isinstance(part, Said) for part in parts), f"{command.name} said something to nobody in particular"
        return list(parts)
    return [Said(part, EVERYBODY) for part in parts]


def append(batch: Batch, row: SessionRow, said: Said[Struct], author_id: int | None, key: str | None = None) -> Entry:
    """Give an event its place in the log, with its audience, its cuts and the frames that follow it."""
    name = NAMES[type(said.data)]
    if said.audience is EVERYBODY and not said.personal:
        return batch.append(row, name, encode(said.data), None, author_id, key)
    cuts = merged([(said.audience, encode(said.data)), *((cut.audience, encode(cut.data)) for cut in said.cuts)])
    everybody = len(cuts) == 1 and cuts[0][0].role == EVERYBODY.role
    seen_by = None if everybody else audience.stored([audience for audience, _ in cuts])
    entry = batch.append(row, name, cuts[0][1], seen_by, author_id, key)
    if len(cuts) > 1:
        entry.cuts = "[" + ",".join(data.decode() for _, data in cuts[1:]) + "]"
    entry.personal = [
        (audience.stored([cut.audience]), frame_text(NAMES[type(cut.data)], encode(cut.data))) for cut in said.personal
    ]
    return entry


class CommandStep(Step):
    """Carries a command out. `seat` is the author's as the socket knows it; an outdated one is taken again."""

    def __init__(
        self, request: Request, seat: Seat, claim: Claim, answer: Callable[[Outcome | Exception], None]
    ) -> None:
        self.request = request
        self.seat = seat
        self.claim = claim
        self.answer = answer
        self.session_id = seat.session_id
        self.writes = request.command.writes
        if request.id is not None and request.command.kind == "event":
            self.command_key = (seat.session_id, seat.user_id, request.id)

    def run(self, batch: Batch) -> Outcome:
        """Authorise, apply, log."""
        row = batch.row(self.seat.session_id)
        if row is None:
            raise SocketClosed(Close.NOT_FOUND)
        if self.seat.acl_version != row.acl_version:
            self.seat = take_seat(self.claim, row.campaign_id, row.acl_version)
        if self.command_key is not None and self.command_key in batch.known:
            return Outcome(batch.known[self.command_key], duplicate=True)
        if row.ended:
            raise Conflict("The session has ended.")
        command = self.request.command
        authorise(command, self.seat)
        try:
            returned = command.handler(Play(self.seat, batch, row), **fields(self.request.data))
        except AlreadySo as already:
            return Outcome(already.seq, duplicate=True)
        if command.kind == "quiet":
            return Outcome(None, duplicate=False, announced=results(command, returned))
        entry = self._log(batch, row, command, returned)
        if self.command_key is not None:
            batch.known[self.command_key] = entry.seq
        return Outcome(entry.seq, duplicate=False)

    def _log(self, batch: Batch, row: SessionRow, command: Command, returned: Any) -> Entry:
        """Log all that was returned, in order. The last entry bears the command's key."""
        author, key = self.seat.user_id, self.request.id
        if not command.private and isinstance(returned, Struct):  # most events: one, for everybody
            return batch.append(row, NAMES[type(returned)], encode(returned), None, author, key)
        *first, last = results(command, returned)
        for one in first:
            append(batch, row, one, author)
        return append(batch, row, last, author, key)

    def done(self, result: Outcome, batch: Batch) -> None:
        """Committed."""
        self.answer(result)

    def failed(self, error: Exception) -> None:
        """Refused, or broken."""
        self.answer(error)


def authorise(command: Command, seat: Seat) -> None:
    """Raise Forbidden where the seat's role is too low."""
    if seat.role.rank < command.who.rank:
        raise Forbidden(command.refusal)


def fields(data: msgspec.Struct) -> dict[str, Any]:
    """A command's data as the arguments of its handler."""
    return {name: getattr(data, name) for name in data.__struct_fields__}
