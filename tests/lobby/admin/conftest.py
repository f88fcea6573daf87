"""Two campaigns: one whose DM is staff, and another that is none of theirs."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from game.campaign.invitations import issue
from game.campaign.models import Campaign, Character, Invitation, Membership
from game.chat.events import ChatMessage
from game.engine.models import LogEntry, Session
from game.macros.models import Macro
from game.protocol import Player, encode
from game.roles import Role
from game.roll_tables.models import RollTable, RollTableRow


@dataclass
class Group:
    """A campaign and one of everything in it."""

    campaign: Campaign
    dm: User
    player: User
    session: Session
    character: Character
    invitation: Invitation
    entry: LogEntry
    macro: Macro
    table: RollTable

    def objects(self) -> dict[str, Campaign | Session | Character | Invitation | LogEntry | Macro | RollTable]:
        """What the admin shows of it, by the model's name there."""
        return {
            "campaign": self.campaign,
            "session": self.session,
            "character": self.character,
            "invitation": self.invitation,
            "logentry": self.entry,
            "macro": self.macro,
            "rolltable": self.table,
        }

    def member(self, user: User) -> Membership:
        """The user's membership."""
        return Membership.objects.get(campaign=self.campaign, user=user)


def make_group(name: str) -> Group:
    dm = User.objects.create_user(f"{name}-dm", is_staff=True)
    player = User.objects.create_user(f"{name}-player")
    campaign = Campaign.objects.create(name=f"{name} campaign")
    Membership.objects.create(campaign=campaign, user=dm, role=Role.DM)
    Membership.objects.create(campaign=campaign, user=player, role=Role.PLAYER)
    session = Session.objects.create(campaign=campaign, title=f"{name} session", seq=1)
    character = Character.objects.create(campaign=campaign, owner=player, name=f"{name} character")
    invitation = Invitation(campaign=campaign, role=Role.PLAYER, created_by=dm)
    issue(invitation)
    entry = log(session, 1, said(f"{name} words"), author=player)
    macro = Macro.objects.create(campaign=campaign, owner=dm, name=f"{name} macro", text="/roll 1d20", shared=True)
    table = RollTable.objects.create(campaign=campaign, name=f"{name} table")
    RollTableRow.objects.create(table=table, text=f"{name} row")
    return Group(campaign, dm, player, session, character, invitation, entry, macro, table)


def said(message: str) -> str:
    """The data of a line of chat."""
    speaker = Player(1, "somebody", "Somebody", None, None, None, False, "player", "2026-11-28T19:00:00Z")
    return encode(ChatMessage(speaker, message, "2026-11-28T19:41:00Z")).decode()


def log(
    session: Session,
    seq: int,
    data: str,
    author: User | None = None,
    audience: str | None = None,
    cuts: str | None = None,
) -> LogEntry:
    """An entry as the writer stores it."""
    return LogEntry.objects.create(
        session=session,
        seq=seq,
        event="chat_message",
        data=data,
        author=author,
        audience=audience,
        cuts=cuts,
        created_at=timezone.now(),
    )


def act(browser: Client, model: str, action: str, *chosen: int) -> str:
    """The page after an action of a list on the objects chosen."""
    response = browser.post(f"/admin/game/{model}/", {"action": action, "_selected_action": list(chosen)}, follow=True)
    return response.content.decode()


@pytest.fixture
def own(db: None) -> Group:
    """The campaign that the signed-in DM leads."""
    return make_group("own")


@pytest.fixture
def other(db: None) -> Group:
    """Somebody else's campaign."""
    return make_group("foreign")


@pytest.fixture
def dm(own: Group, client: Client) -> Client:
    """A browser in which the DM of `own` is signed in: staff, without a single Django permission."""
    client.force_login(own.dm)
    return client


@pytest.fixture
def superuser(db: None) -> Client:
    """A browser in which a superuser is signed in."""
    browser = Client()
    browser.force_login(User.objects.create_superuser("root", password="a long pass phrase"))
    return browser
