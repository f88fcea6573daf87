"""Every page, for everybody: the server decides, whatever the pages show."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from game.campaign.models import Campaign, Invitation, Membership
from game.roles import Role
from game.roll_tables.models import RollTable
from tests.lobby.conftest import BACKEND, Group

OK, MOVED, MISSED, REFUSED, ABSENT = 200, 302, 400, 403, 404
EVERYBODY = ("anonymous", "stranger", "banned", "spectator", "other", "player", "dm")

#                                          anonymous stranger banned  spectator other    player   dm
PAGES: dict[tuple[str, str], tuple[int, ...]] = {
    ("get", "{page}"):                     (MOVED,   ABSENT,  ABSENT, OK,       OK,      OK,      OK),
    ("get", "{page}luck/"):                (MOVED,   ABSENT,  ABSENT, OK,       OK,      OK,      OK),
    ("get", "{page}sessions/{session}/luck/"): (MOVED, ABSENT, ABSENT, OK,      OK,      OK,      OK),
    ("get", "/play/{session}/"):           (MOVED,   ABSENT,  ABSENT, OK,       OK,      OK,      OK),
    ("get", "{page}edit/"):                (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, OK),
    ("post", "{page}edit/"):               (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, MOVED),
    ("post", "{page}leave/"):              (MOVED,   ABSENT,  ABSENT, MOVED,    MOVED,   MOVED,   MOVED),
    ("get", "{page}members/{other}/"):     (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, OK),
    ("post", "{page}members/{other}/role/"):   (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("post", "{page}members/{other}/remove/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("post", "{page}members/{other}/ban/"):    (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("post", "{page}members/{banned}/unban/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("post", "{page}invitations/"):        (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, OK),
    ("post", "{page}invitations/{invitation}/revoke/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("get", "{page}characters/new/"):      (MOVED,   ABSENT,  ABSENT, REFUSED,  OK,      OK,      OK),
    ("post", "{page}characters/new/"):     (MOVED,   ABSENT,  ABSENT, REFUSED,  MOVED,   MOVED,   MOVED),
    ("get", "{page}characters/{character}/"):  (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, OK,      OK),
    ("post", "{page}characters/{character}/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, MOVED,   MOVED),
    ("post", "{page}characters/{character}/delete/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, MOVED, MOVED),
    ("get", "{page}tables/"):              (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, OK),
    ("post", "{page}tables/"):             (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, MOVED),
    ("get", "{page}tables/{table}/"):      (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, OK),
    ("post", "{page}tables/{table}/"):     (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, MOVED),
    ("post", "{page}tables/{table}/settings/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("post", "{page}tables/{table}/import/"):   (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("get", "{page}tables/{table}/export/"):    (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, OK),
    ("post", "{page}tables/{table}/reset/"):    (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("post", "{page}tables/{table}/delete/"):   (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("post", "{page}sessions/"):           (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, MOVED),
    ("post", "{page}archive/"):            (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, MOVED),
    ("get", "{page}delete/"):              (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, OK),
    ("post", "{page}delete/"):             (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, MISSED),
    ("post", "{page}invitations/{invitation}/renew/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, OK),
    ("get", "{page}sessions/{session}/"):  (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, OK),
    ("post", "{page}sessions/{session}/"): (MOVED,   ABSENT,  ABSENT, REFUSED,  REFUSED, REFUSED, MOVED),
    ("post", "{page}sessions/{session}/archive/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("get", "{page}sessions/{session}/delete/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, OK),
    ("post", "{page}sessions/{session}/delete/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MISSED),
    ("get", "{page}sessions/{session}/end/"):     (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, OK),
    ("post", "{page}sessions/{session}/end/"):    (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
    ("post", "{page}sessions/{session}/reopen/"): (MOVED, ABSENT, ABSENT, REFUSED, REFUSED, REFUSED, MOVED),
}  # fmt: skip
DATA = {"name": "Another name", "title": "Another title", "colour": "#6fc7f2", "role": "spectator", "days": "7"} | {
    "rows": "2,Rain",
    "rows-TOTAL_FORMS": "0",
    "rows-INITIAL_FORMS": "0",
}


def address(group: Group, path: str) -> str:
    invitation = Invitation.objects.create(campaign=group.campaign, token_hash="0" * 64)
    table = RollTable.objects.create(campaign=group.campaign, name="Weather", players_may_draw=True)
    return path.format(
        page=group.page,
        session=group.session.pk,
        other=group.members["other"].pk,
        banned=group.members["banned"].pk,
        character=group.character.pk,
        invitation=invitation.pk,
        table=table.pk,
    )


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_each_page_for_each_person(group: Group, subtests: pytest.Subtests, method: str, path: str) -> None:
    url = address(group, path)
    for who, status in zip(EVERYBODY, PAGES[method, path], strict=True):
        with subtests.test(who=who), transaction.atomic():
            answer: Any = getattr(group.browser(who), method)(url, DATA if method == "post" else None)
            transaction.set_rollback(True)  # the next one finds everything as it was

            assert answer.status_code == status
            if who == "anonymous":
                assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("path", sorted({path for method, path in PAGES if method == "post"}))
def test_what_changes_something_wants_the_form_of_its_page(group: Group, path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(group.users["dm"], BACKEND)

    answer = browser.post(address(group, path), DATA)

    assert answer.status_code == REFUSED
    assert Membership.objects.filter(campaign=group.campaign).count() == 5


@pytest.mark.parametrize("path", sorted({path for method, path in PAGES if ("get", path) not in PAGES}))
def test_a_link_changes_nothing(group: Group, path: str) -> None:
    assert group.browser("dm").get(address(group, path)).status_code == 405


@pytest.mark.parametrize("path", sorted({path for _, path in PAGES if path != "{page}" and "play" not in path}))
def test_a_dm_of_one_campaign_is_nobody_in_another(group: Group, path: str) -> None:
    stranger = group.users["stranger"]
    elsewhere = Campaign.objects.create(name="Elsewhere")
    Membership.objects.create(campaign=elsewhere, user=stranger, role=Role.DM)
    url = address(group, path).replace(group.page, f"/campaigns/{elsewhere.pk}/")
    has_target = "{" in path.removeprefix("{page}")

    ask = group.browser("stranger").post if ("post", path) in PAGES else group.browser("stranger").get
    answer = ask(url, DATA)

    # Members, characters, sessions and invitations of one campaign cannot be reached through another.
    assert (answer.status_code == ABSENT) is has_target


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
@pytest.mark.parametrize("path", ["/campaigns/{}/", "/play/{}/", "{page}characters/{}/", "{page}members/{}/ban/"])
def test_numbers_of_nothing(group: Group, path: str, number: int) -> None:
    url = path.replace("{page}", group.page).format(number)
    browser = group.browser("dm")

    assert {browser.get(url).status_code, browser.post(url).status_code} <= {ABSENT, 405}


@pytest.mark.django_db
def test_the_lobby_shows_ones_own_campaigns_only(group: Group) -> None:
    assert "The Salt Road" in group.browser("spectator").get("/lobby/").content.decode()
    for name in ("stranger", "banned"):
        assert "The Salt Road" not in group.browser(name).get("/lobby/").content.decode()
    assert group.browser("anonymous").get("/lobby/")["Location"] == "/sign-in/?next=/lobby/"


def test_pages_offer_only_what_one_may_do(group: Group) -> None:
    players = group.browser("player").get(group.page).content.decode()
    spectators = group.browser("spectator").get(group.page).content.decode()

    for only_for_dm in ("/ban/", "/invitations/", "/end/", "/role/", ">banned<", "Banned"):
        assert only_for_dm not in players
    assert f"characters/{group.character.pk}/" in players
    assert "/characters/" not in spectators


SCRIPT = '<img src=x onerror="alert(1)">'


def test_names_are_shown_as_text(group: Group) -> None:
    for thing, attribute in ((group.campaign, "name"), (group.session, "title"), (group.character, "name")):
        setattr(thing, attribute, SCRIPT)
        thing.save()
    group.campaign.description = SCRIPT
    group.campaign.save()
    User.objects.filter(username="player").update(username="<img onerror=x>")
    browser = group.browser("dm")

    member = f"{group.page}members/{group.members['player'].pk}/"
    for path in ("/lobby/", group.page, f"{group.page}edit/", f"{group.page}characters/{group.character.pk}/", member):
        page = browser.get(path).content.decode()
        assert "<img" not in page
        assert "&lt;img" in page
