"""The luck pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.throttling import UserRateThrottle

from game.campaign.membership import membership_of
from game.campaign.pages import SignedInRequest, members_page
from game.dice.luck import MAX_DICE, MAX_ENTRIES, PlayerLuck, luck_of
from game.dice.rules.luck import Class, Luck
from game.errors import NotFound, RateLimited
from game.roles import Role

HEIGHT = 64
LISTED = 50  # sessions, the newest; each has a link from the campaign's page
WIDTH = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """A class as it is drawn, in units of the chart."""

    group: Class
    x: int
    y: int
    height: int
    expected_y: int

    @property
    def faces(self) -> str:
        """The faces of the class."""
        group = self.group
        text = str(group.low) if group.low == group.high else f"{group.low}–{group.high}"
        return text.replace("-", "−")


@dataclass(frozen=True, slots=True)
class Chart:
    """A histogram of what one kind of die showed against what it should."""

    luck: Luck
    bars: list[Bar]

    @property
    def mean(self) -> str:
        """What the die showed on average, with a real minus."""
        return f"{self.luck.mean:.2f}".replace("-", "−")

    @property
    def width(self) -> int:
        """In units of the chart."""
        return len(self.bars) * WIDTH


def chart(found: Luck) -> Chart:
    """Where the bars stand: the highest fills the chart."""
    highest = max(max(group.count, group.expected) for group in found.classes)

    def height(number: float) -> int:
        return round(HEIGHT * number / highest)

    bars = [
        Bar(group, place * WIDTH, HEIGHT - height(group.count), height(group.count), HEIGHT - height(group.expected))
        for place, group in enumerate(found.classes)
    ]
    return Chart(found, bars)


class Readings(UserRateThrottle):
    """Up to MAX_ENTRIES rolls are read for each; the rules are those of the REST side."""

    scope = "luck"
    rate = "20/min"


@members_page
@require_safe
def luck(request: SignedInRequest, campaign_id: int, session_id: int | None = None) -> HttpResponse:
    """What the dice of a campaign, or of one of its sessions, did."""
    membership = membership_of(request.user, campaign_id)
    sessions = list(membership.campaign.sessions.all())
    chosen = [session for session in sessions if session_id in (None, session.pk)]
    if session_id is not None and not chosen:
        raise NotFound("There is no such session.")
    readings = Readings()
    if not readings.allow_request(request, None):  # type: ignore[arg-type]  # it looks at the user only
        raise RateLimited("Counting all these dice takes a while.", retry_after=readings.wait())
    players: list[PlayerLuck] = luck_of([item.pk for item in chosen], request.user.pk, Role(membership.role))
    context = {
        "campaign": membership.campaign,
        "sessions": sessions[:LISTED],
        "session": chosen[0] if session_id is not None else None,
        "players": [(player, [chart(found) for found in player.dice]) for player in players],
        "height": HEIGHT,
        "most": f"{MAX_ENTRIES:,}",
        "most_dice": f"{MAX_DICE:,}",
    }
    return render(request, "dice/luck.html", context)
