"""A campaign, and everybody who may come to its pages."""

from dataclasses import dataclass, field

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from game.campaign.models import Campaign, Character, Membership
from game.engine.models import Session
from game.roles import Role

BACKEND = "django.contrib.auth.backends.ModelBackend"
MEMBERS = {"dm": Role.DM, "player": Role.PLAYER, "other": Role.PLAYER, "spectator": Role.SPECTATOR}


@dataclass
class Group:
    """A campaign with its members, one whom it banned, and a stranger; by name."""

    campaign: Campaign
    session: Session
    character: Character
    users: dict[str, User] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The campaign's address."""
        return f"/campaigns/{self.campaign.pk}/"

    def browser(self, name: str) -> Client:
        """This person's browser, signed in; `anonymous` is nobody's."""
        browser = Client()
        if name != "anonymous":
            browser.force_login(self.users[name], BACKEND)
        return browser


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    """Hashing is slow by design, and not what is tested here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def group(db: None) -> Group:
    users = {name: User.objects.create_user(name, password=None) for name in (*MEMBERS, "banned", "stranger")}
    campaign = Campaign.objects.create(name="The Salt Road", description="Lamps go out.")
    members = {
        name: Membership.objects.create(campaign=campaign, user=users[name], role=role)
        for name, role in MEMBERS.items()
    }
    members["banned"] = Membership.objects.create(campaign=campaign, user=users["banned"], banned=True)
    session = Session.objects.create(campaign=campaign, title="The first lamp")
    character = Character.objects.create(campaign=campaign, owner=users["player"], name="Wren")
    return Group(campaign, session, character, users, members)
