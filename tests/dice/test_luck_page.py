"""The luck pages: what the viewer may see of the server's dice, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import timezone

from game.dice.luck import luck_of
from game.dice.rules import dice
from game.engine.log.audience import stored
from game.engine.models import LogEntry
from game.protocol import DMS, Audience, encode
from game.roles import Role
from tests.dice.rules.chance import loaded
from tests.dice.rules.evening import wire
from tests.lobby.conftest import Group


@pytest.fixture(autouse=True)
def _nobody_has_read_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def log(
    group: Group,
    name: str,
    formula: str,
    faces: list[int],
    source: str = "server",
    seen_by: list[Audience] | None = None,
) -> None:
    """A roll of this member's."""
    user = group.users[name]
    rolled = wire(formula, dice.roll(formula, loaded(*faces)) if "F" not in formula else dice.replay(formula, faces))
    player = {"user_id": user.pk, "username": name, "display_name": name.title()}
    LogEntry.objects.create(
        session=group.session,
        seq=LogEntry.objects.count() + 1,
        event="dice_roll",
        data=encode({"player": player, "roll": rolled | {"source": source}}).decode(),
        audience=stored(seen_by),
        created_at=timezone.now(),
    )


def text(group: Group, name: str, address: str = "luck/") -> str:
    answer = group.browser(name).get(group.page + address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_player_has_dice_best_and_worst(group: Group) -> None:
    log(group, "player", "2d6+1", [6, 6])
    log(group, "player", "1d20", [2])
    log(group, "player", "4dF", [0, 0, 1, 1])

    found = luck_of([group.session.pk], group.users["other"].pk, Role.PLAYER)[0]

    assert (found.name, found.rolls) == ("Player", 3)
    assert {one.die: one.throws for one in found.dice} == {"d6": 2, "d20": 1, "dF": 4}
    assert found.best is not None
    assert found.worst is not None
    assert (found.best.formula, found.worst.formula) == ("2d6+1", "1d20")


def test_dropped_and_mixed_dice_count_as_they_fell(group: Group) -> None:
    log(group, "player", "2d20kh1+1d6", [3, 17, 5])

    found = luck_of([group.session.pk], group.users["dm"].pk, Role.DM)[0]

    assert {die: values for die, (_, values) in found.thrown.items()} == {"d20": [3, 17], "d6": [5]}


def test_what_was_thrown_by_hand_is_left_out(group: Group) -> None:
    log(group, "player", "1d20", [20], source="reported")

    assert "No dice yet" in text(group, "player")


def test_hidden_rolls_are_for_those_who_may_see_them(group: Group) -> None:
    log(group, "dm", "1d12", [7], seen_by=[DMS])

    assert "1d12" in text(group, "dm")
    for name in ("player", "other", "spectator"):
        assert "d12" not in text(group, name)


def test_who_rolled_blind_is_told_nothing_of_it_here_either(group: Group) -> None:
    blind = [DMS, Audience(None, (group.users["player"].pk,))]
    log(group, "player", "1d12", [7], seen_by=blind)

    assert "1d12" in text(group, "dm")
    assert "No dice yet" in text(group, "player")


@pytest.mark.parametrize("address", ["luck/", "sessions/{}/luck/"])
def test_a_page_says_what_it_shows(group: Group, address: str) -> None:
    log(group, "player", "1d20", [20])
    page = text(group, "spectator", address.format(group.session.pk))

    assert "Player" in page
    assert "1d20 = 20" in page
    assert "Too few rolls" in page


def test_a_session_of_another_campaign_has_no_page_here(group: Group) -> None:
    assert group.browser("dm").get(f"{group.page}sessions/{group.session.pk + 1}/luck/").status_code == 404


def test_a_minus_is_one(group: Group) -> None:
    log(group, "player", "4dF-2", [-1, -1, -1, 0])
    page = text(group, "other")

    assert "4dF-2 = −5" in page
    assert "Average −0.75" in page
    assert "-0.75" not in page


def test_who_reads_without_end_is_asked_to_wait(group: Group) -> None:
    browser = group.browser("player")

    answers = [browser.get(f"{group.page}luck/") for _ in range(21)]

    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert "Please wait" in answers[-1].content.decode()
    assert group.browser("other").get(f"{group.page}luck/").status_code == 200
