"""A session with a log, its people, and clients that carry their tokens."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from accounts.tokens import access_token
from game.campaign.models import Campaign, Membership
from game.engine.models import LogEntry, Session
from game.roles import Role


@dataclass
class Table:
    """A session and its members by name."""

    session: Session
    users: dict[str, User] = field(default_factory=dict)

    def seat(self, name: str, role: Role) -> User:
        """A new member."""
        self.users[name] = User.objects.create_user(name)
        Membership.objects.create(campaign=self.session.campaign, user=self.users[name], role=role)
        return self.users[name]

    def log(self, message: str, audience: str | None = None) -> None:
        """One more entry, as the writer stores it."""
        self.session.seq += 1
        self.session.save(update_fields=["seq"])
        LogEntry.objects.create(
            session=self.session,
            seq=self.session.seq,
            event="chat_message",
            data=f'{{"message":"{message}"}}',
            audience=audience,
            created_at=timezone.now(),
        )


@pytest.fixture(autouse=True)
def unthrottled() -> None:
    """Nobody has asked for anything yet."""
    cache.clear()


@pytest.fixture
def table(db: None) -> Table:
    """A session with dm, alice, bob (players) and carol (spectator); its log is empty."""
    campaign = Campaign.objects.create(name="A campaign")
    table = Table(Session.objects.create(campaign=campaign, title="A session"))
    for name, role in {"dm": Role.DM, "alice": Role.PLAYER, "bob": Role.PLAYER, "carol": Role.SPECTATOR}.items():
        table.seat(name, role)
    return table


@pytest.fixture
def api() -> Callable[[User | None], APIClient]:
    """`api(user)`: a client with the user's access token; without one with None."""

    def client(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(user)}")
        return client

    return client
