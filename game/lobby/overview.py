"""The sessions on the lobby and a campaign's page: which are open, who is there, when they were last played."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from game.campaign.colours import player_number
from game.campaign.models import Character
from game.engine.models import LogEntry, Session
from game.engine.presence.roster import players_in
from game.protocol import ANNOUNCEMENTS

CANDIDATES = 10  # of which one is gone on with: that somebody is there may be known too late
NAMED = 3  # names that stand in a sentence; of more people the rest is counted


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at a table now; `number` is the colour of the character played, None without one."""

    user_id: int
    name: str
    seen_as: str
    key: int
    number: int | None
    is_dm: bool


@dataclass(frozen=True, slots=True)
class Room:
    """A session with those who are in it now."""

    session: Session
    played_at: datetime  # when the last thing happened, or when it was made
    guests: list[Guest]
    number: int  # counted from the campaign's first
    is_begun: bool  # something was said, told or rolled

    @property
    def is_archived(self) -> bool:
        """Whether a DM set it apart."""
        return self.session.archived_at is not None

    @property
    def place(self) -> str:
        """Which of its campaign's sessions it is, without what its title says already."""
        campaign = self.session.campaign.name
        said = re.match(r"session\s+0*(\d+)\b", self.session.title.strip(), re.IGNORECASE)
        return campaign if said and int(said[1]) == self.number else f"Session {self.number} of {campaign}"

    @property
    def is_live(self) -> bool:
        """Whether it is being played; an ended one is only read."""
        return bool(self.guests) and self.session.ended_at is None

    def presence(self, user: User) -> str:
        """Who is there, in a sentence; empty where nobody is."""
        others = sorted(guest.name for guest in self.guests if guest.user_id != user.pk)
        names = ["You"] * (len(others) < len(self.guests)) + others
        if not names:
            return ""
        if len(names) > NAMED:
            names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"]
        verb = "is" if names == others[:1] else "are"
        listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        return f"{listed} {verb} at the table now"


def _no_play() -> list[str]:
    """Events that are said unasked, or of the session: with them alone nobody has played yet."""
    return [said.name for said in ANNOUNCEMENTS.values() if not said.plays]


def numbered(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """All sessions of some campaigns, the newest first, with what `rooms` needs to know of each."""
    last = LogEntry.objects.filter(session=OuterRef("pk"), seq=OuterRef("seq")).values("created_at")[:1]
    played = LogEntry.objects.filter(session=OuterRef("pk")).exclude(event__in=_no_play())
    earlier = Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), id__lte=OuterRef("id"))
    up_to_it = Session.objects.order_by().filter(earlier, campaign=OuterRef("campaign")).values("campaign")
    number = Subquery(up_to_it.annotate(number=Count("pk")).values("number"))
    return (
        sessions.select_related("campaign")
        .annotate(
            last_at=Subquery(last),
            is_begun=Exists(played),
            number=number,
        )
        .order_by("-created_at", "-id")
    )


def rooms(sessions: Iterable[Session]) -> list[Room]:
    """Sessions that are `numbered`, with those who are in them."""
    return [
        # What `numbered` adds is unknown to the model.
        Room(item, item.last_at or item.created_at, guests_in(item), item.number, item.is_begun)  # type: ignore[attr-defined]
        for item in sessions
    ]


def running(rooms: Iterable[Room]) -> Room | None:
    """The open session to go on with: where somebody is, else the one played last. An archived one is none."""
    open_rooms = [room for room in rooms if room.session.ended_at is None and not room.is_archived]
    return max(open_rooms, key=lambda room: (bool(room.guests), room.played_at), default=None)


def to_go_on_with(sessions: QuerySet[Session]) -> Room | None:
    """Of all sessions of some campaigns the open one where somebody is, else the one played last."""
    last = Coalesce("last_at", "created_at")
    found = (
        numbered(sessions)
        .filter(ended_at=None, archived_at=None)
        .order_by(F("opened_at").asc(nulls_last=True), last.desc(), "-id")
    )
    return running(rooms(found[:CANDIDATES]))


def guests_in(session: Session) -> list[Guest]:
    """Who is there, as the pages draw them."""
    if session.opened_at is None:
        return []
    players = players_in(session.pk)
    users = User.objects.in_bulk([player.user_id for player in players])
    characters = Character.objects.in_bulk([player.character_id for player in players if player.character_id])
    guests = []
    for player in players:
        character = characters.get(player.character_id or 0)
        name = users[player.user_id].shown_name
        guests.append(
            Guest(
                user_id=player.user_id,
                name=name,
                seen_as=character.name if character else name,
                key=character.pk if character else player.user_id,
                number=player_number(character.colour) if character else None,
                is_dm=player.is_dm,
            )
        )
    return guests
