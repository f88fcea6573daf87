"""One command of one player: authorise, apply, log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from game.campaign.models import Campaign
from game.engine.log import audience
from game.engine.log.audience import Audience
from game.engine.log.storage import SessionRow
from game.engine.log.writer import Batch, Step
from game.engine.seats import Claim, Seat, take_seat
from game.errors import Conflict, Forbidden
from game.protocol import Player, Request, encode
from game.protocol.close_codes import Close, SocketClosed


@dataclass(slots=True)
class Play:
    """What a handler has at hand: who speaks, where and when. Its `audience` may be narrowed by the handler.

    `says`: the handler may say another event than its command is registered with.
    What it appends to the `batch` stands in the log before its own event, which comes at `row.seq + 1`.
    """

    seat: Seat
    batch: Batch
    row: SessionRow
    audience: Audience | None = None
    says: str | None = None

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
    """Raised by a handler when what the command asks for is so since this seq: it is answered as done before."""

    def __init__(self, seq: int) -> None:
        super().__init__(seq)
        self.seq = seq


@dataclass(slots=True)
class Said:
    """A command that was carried out, now or, as a duplicate, before; and its place in the log."""

    seq: int
    duplicate: bool


class CommandStep(Step):
    """Carries a command out. `seat` is the author's as the socket knows it; an outdated one is taken anew."""

    def __init__(self, request: Request, seat: Seat, claim: Claim, answer: Callable[[Said | Exception], None]) -> None:
        self.request = request
        self.seat = seat
        self.claim = claim
        self.answer = answer
        self.session_id = seat.session_id
        self.writes = request.command.writes
        if request.id is not None:
            self.command_key = (seat.session_id, seat.user_id, request.id)

    def run(self, batch: Batch) -> Said:
        """Authorise, apply, log."""
        row = batch.row(self.seat.session_id)
        if row is None:
            raise SocketClosed(Close.NOT_FOUND)
        if self.seat.acl_version != row.acl_version:
            self.seat = take_seat(self.claim, row.campaign_id, row.acl_version)
        if self.command_key is not None and self.command_key in batch.known:
            return Said(batch.known[self.command_key], duplicate=True)
        if row.ended:
            raise Conflict("The session has ended.")
        command = self.request.command
        if self.seat.role.rank < command.who.rank:
            raise Forbidden(command.refusal)
        play = Play(self.seat, batch, row)
        try:
            result = command.handler(play, **fields(self.request.data))
        except AlreadySo as already:
            return Said(already.seq, duplicate=True)
        says, seen_by = play.says or command.says, audience.stored(play.audience)
        entry = batch.append(row, says, encode(result), seen_by, self.seat.user_id, self.request.id)
        if self.command_key is not None:
            batch.known[self.command_key] = entry.seq
        return Said(entry.seq, duplicate=False)

    def done(self, result: Said, batch: Batch) -> None:
        """Committed."""
        self.answer(result)

    def failed(self, error: Exception) -> None:
        """Refused, or broken."""
        self.answer(error)


def fields(data: msgspec.Struct) -> dict[str, Any]:
    """A command's data as the arguments of its handler."""
    return {name: getattr(data, name) for name in data.__struct_fields__}
