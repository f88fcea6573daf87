"""The sessions on the lobby and a campaign's page: which are open, who is there, when they were last played."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import User
from game.campaign.colours import player_number
from game.campaign.models import Character
from game.engine.models import LogEntry, Session
from game.engine.presence.roster import players_in
from game.protocol import ANNOUNCEMENTS

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


def rooms(sessions: QuerySet[Session]) -> list[Room]:
    """The sessions of some campaigns, the newest first."""
    last = LogEntry.objects.filter(session=OuterRef("pk"), seq=OuterRef("seq")).values("created_at")[:1]
    played = LogEntry.objects.filter(session=OuterRef("pk")).exclude(event__in=_no_play())
    found = list(
        sessions.select_related("campaign")
        .annotate(last_at=Subquery(last), is_begun=Exists(played))
        .order_by("-created_at", "-id")
    )
    numbers = _numbers(found)
    return [
        Room(session, session.last_at or session.created_at, guests_in(session), numbers[session.pk], session.is_begun)
        for session in found
    ]


def running(rooms: Iterable[Room]) -> Room | None:
    """The open session to go on with: where somebody is, else the one played last."""
    open_rooms = [room for room in rooms if room.session.ended_at is None]
    return max(open_rooms, key=lambda room: (bool(room.guests), room.played_at), default=None)


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


def _numbers(sessions: Sequence[Session]) -> dict[int, int]:
    counts: dict[int, int] = {}
    numbers = {}
    for session in reversed(sessions):
        counts[session.campaign_id] = counts.get(session.campaign_id, 0) + 1
        numbers[session.pk] = counts[session.campaign_id]
    return numbers
