"""The demo table: a campaign, four people, a session in full swing and an empty one.

People join the first; the second is for programs. What was made is noted in `demo.json` in the data folder,
passwords included: by that alone it is found again.
An account or a campaign that is not noted there is somebody's own and stays untouched.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils import timezone
from msgspec import Struct, field

from accounts.models import User
from game.campaign.models import Campaign, Character, Membership
from game.demo.evening import AGO, TITLE, play_evening
from game.engine.log.durability import begin_log
from game.engine.models import Session
from game.roles import Role

CAMPAIGN = "The Lantern Road"
DESCRIPTION = "Somebody puts out the lamps along the salt road, one each night. You were hired to find out who."
SESSION = "The first lamp"
ROLES = {"dm": Role.DM, "alice": Role.PLAYER, "bob": Role.PLAYER, "carol": Role.SPECTATOR}
# Of two words, as no account's own name is: nobody is kept from signing up by them.
DISPLAY_NAMES = {"dm": "Maren Vale", "alice": "Alice Reed", "bob": "Bob Carrow", "carol": "Carol Finch"}
CHARACTERS = {"alice": ("Wren Ashdown", "#c9803f"), "bob": ("Tobin Marsh", "#4f8fba")}


class Made(Struct):
    """A row that the demo created. A row with its id but another time of creation is somebody else's."""

    id: int
    made_at: datetime


class MadeUser(Made):
    """A demo user and its password, in the clear."""

    password: str


class MadeRoom(Made):
    """A session for load, and its users; `users[0]` is its DM."""

    users: list[int]


class Notes(Struct):
    """The contents of demo.json."""

    users: dict[str, MadeUser] = field(default_factory=dict)
    campaign: Made | None = None
    session: Made | None = None
    evening: Made | None = None
    rooms: list[MadeRoom] = field(default_factory=list)


class Table(Struct, frozen=True):
    """The demo table as it stands; `users` and `passwords` by the part they play: dm, alice, bob, carol.

    `session` is the empty one. `evening` is the one in full swing, None where it was not made, or has ended since.
    """

    campaign: Campaign
    session: Session
    evening: Session | None
    users: dict[str, User]
    passwords: dict[str, str]


@dataclass(frozen=True, slots=True)
class DemoSeat:
    """An account to join the demo table with; `part` says who it is at the table."""

    pk: int
    username: str
    shown_name: str
    part: str


def lay_table() -> Table:
    """Make the demo table, or find it: what is missing is made, what is there stays as it is.

    The evening is made once, and only where there is nothing but the demo's own.
    """
    with taking_notes() as notes:
        users = {name: _user(name, notes) for name in ROLES}
        campaign = _campaign(notes)
        for name, user in users.items():
            Membership.objects.get_or_create(campaign=campaign, user=user, defaults={"role": ROLES[name]})
        characters = {name: _character(name, users[name], campaign) for name in CHARACTERS}
        session = _session(campaign, notes)
        if notes.evening is None and _is_only_demo(notes, campaign):
            _add_evening(campaign, users, characters, notes)
        passwords = {name: notes.users[name].password for name in ROLES}
        return Table(campaign, session, _found_session(notes.evening), users, passwords)


def part_of(user: User, campaign: Campaign) -> str:
    """What a user is at the table, in a few words."""
    membership = Membership.objects.filter(user=user, campaign=campaign).first()
    if membership is None:
        return "not in the campaign"
    character = campaign.characters.filter(owner=user).first()
    if membership.role == Role.PLAYER and character is not None:
        return f"plays {character.name}"
    return str(Role(membership.role).label)


def demo_seats() -> list[DemoSeat]:
    """What the landing page offers: DM first; none when there is no table."""
    made = _read().campaign
    campaign = _found_campaign(made) if made else None
    if campaign is None or demo_table_id() is None:
        return []
    return [DemoSeat(user.pk, user.username, user.shown_name, part_of(user, campaign)) for user in demo_users()]


def demo_users() -> list[User]:
    """The demo accounts that anybody may join as, DM first; none when there is no table."""
    made = _read().users
    users = [_found_user(made[name]) for name in ROLES if name in made]
    return [user for user in users if user is not None and is_demo_user(user)]


def is_demo_user(user: User) -> bool:
    """Whether the demo made this account and nobody made it their own since by a password of theirs."""
    made = next((made for made in _read().users.values() if made.id == user.pk), None)
    return (
        made is not None
        and made.made_at == user.date_joined
        and user.is_active
        and not user.is_staff
        and _opens(made.password, user.password)
    )


def demo_session_id() -> int | None:
    """The empty session, for programs; None when there is none."""
    session = _found_session(_read().session)
    return session.pk if session else None


def demo_table_id() -> int | None:
    """The session that people join: the one in full swing, or where there is none, the other."""
    evening = _found_session(_read().evening)
    return evening.pk if evening else demo_session_id()


@contextmanager
def taking_notes() -> Iterator[Notes]:
    """The notes, for one process at a time; the block runs in a transaction, and what it notes is kept."""
    with (_folder() / "demo.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        notes = _read()
        with transaction.atomic():
            yield notes
            # Before the commit: notes of rows that never came to be do no harm, unnoted rows are lost.
            _write(notes)


def _folder() -> Path:
    return Path(settings.DATA_DIR)


def _read() -> Notes:
    try:
        return msgspec.json.decode((_folder() / "demo.json").read_bytes(), type=Notes)
    except FileNotFoundError:
        return Notes()


def _write(notes: Notes) -> None:
    draft = _folder() / "demo.json.draft"
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(notes)))
    draft.replace(_folder() / "demo.json")


@lru_cache(maxsize=16)
def _opens(password: str, encoded: str) -> bool:
    """Cached, because hashing is slow by design."""
    return check_password(password, encoded)


def _found_user(made: Made) -> User | None:
    return User.objects.filter(pk=made.id, date_joined=made.made_at).first()


def _user(name: str, notes: Notes) -> User:
    if (made := notes.users.get(name)) and (user := _found_user(made)):
        return user
    password = secrets.token_urlsafe(9)
    user = User.objects.create_user(_free_name(name), password=password, display_name=DISPLAY_NAMES[name])
    notes.users[name] = MadeUser(user.pk, user.date_joined, password)
    return user


def _free_name(name: str) -> str:
    """The name itself, or with the first number that nobody has."""
    taken = {
        username.lower()
        for username in User.objects.filter(username__istartswith=name).values_list("username", flat=True)
    }
    candidates = (name if number == 1 else f"{name}{number}" for number in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)


def _character(name: str, owner: User, campaign: Campaign) -> Character:
    character, colour = CHARACTERS[name]
    return campaign.characters.filter(owner=owner).first() or Character.objects.create(
        campaign=campaign, owner=owner, name=character, colour=colour
    )


def _found_campaign(made: Made) -> Campaign | None:
    return Campaign.objects.filter(pk=made.id, created_at=made.made_at, deleted_at=None).first()


def _campaign(notes: Notes) -> Campaign:
    if notes.campaign and (found := _found_campaign(notes.campaign)):
        return found
    campaign = Campaign.objects.create(name=CAMPAIGN, description=DESCRIPTION)
    notes.campaign = Made(campaign.pk, campaign.created_at)
    notes.evening = None  # one that was noted was played in another
    return campaign


def _found_session(made: Made | None) -> Session | None:
    """The noted session, while it can be played."""
    if made is None:
        return None
    playable = Session.objects.filter(ended_at=None, campaign__deleted_at=None)
    return playable.filter(pk=made.id, created_at=made.made_at).first()


def _session(campaign: Campaign, notes: Notes) -> Session:
    if found := _found_session(notes.session):
        return found
    session = Session.objects.create(campaign=campaign, title=SESSION)
    notes.session = Made(session.pk, session.created_at)
    return session


def _is_only_demo(notes: Notes, campaign: Campaign) -> bool:
    """Whether nobody has anything here but what the demo made, and that is as it was made."""
    users = {made.id for made in notes.users.values()} | {pk for room in notes.rooms for pk in room.users}
    rooms = [room.id for room in notes.rooms]
    others = Campaign.objects.exclude(pk=campaign.pk).exclude(sessions__in=rooms)
    return _is_as_made(notes, campaign) and not User.objects.exclude(pk__in=users).exists() and not others.exists()


def _is_as_made(notes: Notes, campaign: Campaign) -> bool:
    """Whether the campaign's people and characters are what they were, and nothing was prepared or forbidden."""
    members = campaign.memberships.filter(banned=False, user__is_active=True).values_list("user_id", "role")
    characters = campaign.characters.values_list("owner_id", "name")
    return (
        campaign.allows_reported_rolls
        and set(members) == {(notes.users[name].id, role) for name, role in ROLES.items()}
        and set(characters) == {(notes.users[name].id, character) for name, (character, _) in CHARACTERS.items()}
        and not campaign.macros.exists()
        and not campaign.roll_tables.exists()
    )


def _add_evening(campaign: Campaign, users: dict[str, User], characters: dict[str, Character], notes: Notes) -> None:
    begin_log()
    evening = Session.objects.create(campaign=campaign, title=TITLE, created_at=timezone.now() - AGO)
    play_evening(evening, users, characters)
    notes.evening = Made(evening.pk, evening.created_at)
