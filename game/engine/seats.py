"""Who a socket is in a session: read at joining, kept, and read again when rights change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from accounts.identity import Identity, still_valid
from game.campaign.colours import player_number
from game.campaign.models import Character, Membership
from game.engine.models import Session
from game.protocol import Player
from game.protocol.close_codes import Close, SocketClosed
from game.protocol.timestamps import rfc3339
from game.roles import Role

Person = tuple[int, str, str]  # a user's id, username and display name
Look = tuple[int | None, str | None, int | None]  # a character's id, name and player colour, 1 to 8
PLAIN: Look = (None, None, None)


class Viewer(Protocol):
    """A user in a role: all that decides what somebody may see."""

    @property
    def user_id(self) -> int:
        """Whose eyes."""

    @property
    def role(self) -> Role:
        """In which role."""


@dataclass(frozen=True, slots=True)
class Member:
    """A viewer without a socket, as REST has them."""

    user_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Seat:
    """A user's place in one session, as of `acl_version`."""

    user_id: int
    session_id: int
    campaign_id: int
    role: Role
    player: Player
    acl_version: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a socket says of itself when it joins, or holds when it is checked again."""

    identity: Identity
    session_id: int
    character_id: int | None
    connected_at: str


def look_of(character_id: int | None, name: str | None, colour: str | None) -> Look:
    """A character's look from its row; without one, PLAIN."""
    return character_id, name, player_number(colour) if colour else None


def player(person: Person, look: Look, role: Role, connected_at: str | datetime) -> Player:
    """The user as the room sees it."""
    user_id, username, display_name = person
    character_id, character_name, colour = look
    return Player(
        user_id=user_id,
        username=username,
        display_name=display_name or username,
        character_id=character_id,
        character_name=character_name,
        colour=colour,
        is_dm=role is Role.DM,
        role=role.wire,
        connected_at=connected_at if isinstance(connected_at, str) else rfc3339(connected_at),
    )


def seat(claim: Claim, campaign_id: int, acl_version: int, role: Role) -> Seat:
    """The seat of a member; its character only when it is the member's own in this campaign."""
    look = PLAIN
    if claim.character_id is not None:
        own = Character.objects.filter(
            pk=claim.character_id, owner_id=claim.identity.user_id, campaign_id=campaign_id
        ).values_list("id", "name", "colour")
        look = look_of(*own.first() or (None, None, None))
    who = claim.identity
    seen = player((who.user_id, who.username, who.display_name), look, role, claim.connected_at)
    return Seat(claim.identity.user_id, claim.session_id, campaign_id, role, seen, acl_version)


def take_seat(claim: Claim, campaign_id: int, acl_version: int) -> Seat:
    """The seat as it is now; raises SocketClosed if the user has lost the right to it."""
    if not still_valid([claim.identity]):
        raise SocketClosed(Close.INVALID_TOKEN)
    membership = Membership.objects.filter(
        campaign_id=campaign_id, user_id=claim.identity.user_id, banned=False
    ).first()
    if membership is None:
        raise SocketClosed(Close.REMOVED)
    return seat(claim, campaign_id, acl_version, Role(membership.role))


def reseat(session_id: int, claims: Iterable[Claim]) -> list[Seat | Close]:
    """For each claim the seat as things stand now, or why it has none any more. One look for a whole room."""
    claims = list(claims)
    found = Session.objects.filter(pk=session_id, campaign__deleted_at=None)
    session = found.only("campaign_id", "acl_version").first()
    if session is None:
        return [Close.NOT_FOUND] * len(claims)
    valid = still_valid(claim.identity for claim in claims)
    users = {claim.identity.user_id for claim in claims}
    members = Membership.objects.filter(campaign_id=session.campaign_id, user_id__in=users, banned=False)
    roles = {user: Role(role) for user, role in members.values_list("user_id", "role")}
    seats: list[Seat | Close] = []
    for claim in claims:
        if claim.identity not in valid:
            seats.append(Close.INVALID_TOKEN)
        elif claim.identity.user_id not in roles:
            seats.append(Close.REMOVED)
        else:
            seats.append(seat(claim, session.campaign_id, session.acl_version, roles[claim.identity.user_id]))
    return seats
