"""The demo table: a campaign, a session and four people, to sit down at without preparing anything.

What it made is noted in `demo.json` in the data folder, passwords included: by that alone it is found again.
An account or a campaign that is not noted there is somebody's own and stays untouched.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from msgspec import Struct, field

from accounts.models import User
from game.campaign.models import Campaign, Character, Membership
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
    rooms: list[MadeRoom] = field(default_factory=list)


class Table(Struct, frozen=True):
    """The demo table as it stands; `users` and `passwords` by the part they play: dm, alice, bob, carol."""

    campaign: Campaign
    session: Session
    users: dict[str, User]
    passwords: dict[str, str]


def lay_table() -> Table:
    """Make the demo table, or find it: what is missing is made, what is there stays as it is."""
    with taking_notes() as notes:
        users = {name: _user(name, notes) for name in ROLES}
        campaign = _campaign(notes)
        for name, user in users.items():
            Membership.objects.get_or_create(campaign=campaign, user=user, defaults={"role": ROLES[name]})
        for name, (character, colour) in CHARACTERS.items():
            if not campaign.characters.filter(owner=users[name]).exists():
                Character.objects.create(campaign=campaign, owner=users[name], name=character, colour=colour)
        session = _session(campaign, notes)
        return Table(campaign, session, users, {name: notes.users[name].password for name in ROLES})


def demo_users() -> list[User]:
    """Those at the demo table that anybody may sit down as: DM first; none when there is no table."""
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
    """The session of the demo table; None when there is none."""
    session = _found_session(_read())
    return session.pk if session else None


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


def _campaign(notes: Notes) -> Campaign:
    if (made := notes.campaign) and (found := Campaign.objects.filter(pk=made.id, created_at=made.made_at).first()):
        return found
    campaign = Campaign.objects.create(name=CAMPAIGN, description=DESCRIPTION)
    notes.campaign = Made(campaign.pk, campaign.created_at)
    return campaign


def _found_session(notes: Notes) -> Session | None:
    """The noted session, while it can be played."""
    if (made := notes.session) is None:
        return None
    return Session.objects.filter(pk=made.id, created_at=made.made_at, ended_at=None).first()


def _session(campaign: Campaign, notes: Notes) -> Session:
    if found := _found_session(notes):
        return found
    session = Session.objects.create(campaign=campaign, title=SESSION)
    notes.session = Made(session.pk, session.created_at)
    return session
