"""Rooms full of players, for measuring: many sessions with many members each, made in a few statements."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from msgspec import Struct

from accounts.models import User
from game.campaign.models import Campaign, Membership
from game.demo.tables import MadeRoom, Notes, taking_notes
from game.engine.models import Session
from game.roles import Role


class Room(Struct, frozen=True):
    """A session for load and its members, the DM first."""

    session_id: int
    members: list[User]


def fill_rooms(rooms: int, members: int) -> list[Room]:
    """That many sessions with that many members each; those of an earlier call are used again where they suffice.

    Each has a campaign of its own. Nobody can sign in as a member: they have no password, only tokens.
    """
    with taking_notes() as notes:
        _forget_the_lost(notes)
        fitting = [room for room in notes.rooms if len(room.users) >= members][:rooms]
        if len(fitting) < rooms:
            made = _make(rooms - len(fitting), members)
            notes.rooms += made
            fitting += made
    users = User.objects.in_bulk([pk for room in fitting for pk in room.users[:members]])
    return [Room(room.id, [users[pk] for pk in room.users[:members]]) for room in fitting]


def _forget_the_lost(notes: Notes) -> None:
    """Strike out rooms that were ended or deleted, and those that lost a member."""
    sessions = dict(
        Session.objects.filter(pk__in=[room.id for room in notes.rooms], ended_at=None).values_list("pk", "created_at")
    )
    births = dict(
        User.objects.filter(pk__in=[pk for room in notes.rooms for pk in room.users]).values_list("pk", "date_joined")
    )
    notes.rooms = [
        room
        for room in notes.rooms
        if sessions.get(room.id) == room.made_at and all(births.get(pk) == room.made_at for pk in room.users)
    ]


def _make(rooms: int, members: int) -> list[MadeRoom]:
    now, batch = timezone.now(), secrets.token_hex(3)
    campaigns = Campaign.objects.bulk_create(Campaign(name=f"Load {batch}-{room}") for room in range(rooms))
    sessions = Session.objects.bulk_create(
        Session(campaign=campaign, title=campaign.name, created_at=now) for campaign in campaigns
    )
    users = User.objects.bulk_create(
        User(username=f"load-{batch}-{number}", password=make_password(None), date_joined=now)
        for number in range(rooms * members)
    )
    seats = [users[start : start + members] for start in range(0, len(users), members)]
    Membership.objects.bulk_create(
        Membership(campaign=campaign, user=user, role=Role.PLAYER if place else Role.DM)
        for campaign, seated in zip(campaigns, seats, strict=True)
        for place, user in enumerate(seated)
    )
    return [
        MadeRoom(session.pk, now, [user.pk for user in seated]) for session, seated in zip(sessions, seats, strict=True)
    ]
