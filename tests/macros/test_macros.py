"""`/api/campaigns/{campaign_id}/macros/`: who may see and write them, and how much."""

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from game.campaign.models import Campaign, Membership
from game.macros.macros import MAX_MACROS
from game.macros.models import Macro
from game.roles import Role
from tests.engine.rest.conftest import Table
from tests.macros.conftest import SWORD, Api, Somebody, character


@pytest.fixture
def foreign(api: Api, table: Table) -> Somebody:
    """The DM of another campaign, at the addresses of this one."""
    stranger = User.objects.create_user("stranger")
    other = Campaign.objects.create(name="Another campaign")
    Membership.objects.create(campaign=other, user=stranger, role=Role.DM)
    return Somebody(api(stranger), table.session.campaign_id)


def test_a_macro_is_made_changed_and_deleted(people: dict[str, Somebody], table: Table) -> None:
    alice, wren = people["alice"], character(table, "alice")

    made = alice.makes(character_id=wren.pk)
    assert made.status_code == 201
    macro = made.json()
    assert macro == SWORD | {
        "id": macro["id"],
        "owner_id": table.users["alice"].pk,
        "character_id": wren.pk,
        "shared": False,
    }

    changed = alice.changes(macro["id"], text="/roll 1d20+6", character_id=None)
    assert changed.json() == macro | {"text": "/roll 1d20+6", "character_id": None}
    assert alice.sees() == {"results": [changed.json()], "bars": []}

    assert alice.deletes(macro["id"]).status_code == 204
    assert alice.sees() == {"results": [], "bars": []}


def test_a_macro_is_its_owners_alone(people: dict[str, Somebody]) -> None:
    macro_id = people["alice"].makes().json()["id"]

    for name in ("dm", "bob"):
        assert people[name].reads() == []
        assert people[name].changes(macro_id, name="Mine").status_code == 404
        assert people[name].deletes(macro_id).status_code == 404
        assert people[name].lays({"1": macro_id}).status_code == 404
    assert people["alice"].reads() == ["Longsword"]


def test_only_a_dm_shares_and_everybody_sees(people: dict[str, Somebody]) -> None:
    assert people["alice"].makes(shared=True).status_code == 403
    own = people["alice"].makes().json()["id"]
    assert people["alice"].changes(own, shared=True).status_code == 403

    shared = people["dm"].makes(name="Initiative", shared=True).json()["id"]

    assert people["alice"].reads() == ["Initiative", "Longsword"]
    assert people["carol"].reads() == ["Initiative"]
    assert people["bob"].lays({"1": shared}).json()["bars"] == [{"character_id": None, "slots": {"1": shared}}]
    for refused in (people["bob"].changes(shared, text="/roll 1d4"), people["bob"].deletes(shared)):
        assert refused.status_code == 403
    assert Macro.objects.get(pk=shared).text == SWORD["text"]


def test_any_dm_of_the_campaign_changes_what_is_shared(people: dict[str, Somebody], table: Table, api: Api) -> None:
    second = Somebody(api(table.seat("second", Role.DM)), table.session.campaign_id)
    shared = people["dm"].makes(shared=True).json()["id"]
    private = people["dm"].makes(name="Secret").json()["id"]

    assert second.changes(shared, text="/roll 2d6").status_code == 200
    assert second.changes(private, text="/roll 2d6").status_code == 404
    assert second.changes(shared, character_id=character(table, "second").pk).status_code == 403
    assert second.deletes(shared).status_code == 204


def test_who_leads_no_more_may_stop_sharing_and_change_no_words(people: dict[str, Somebody], table: Table) -> None:
    shared = people["dm"].makes(shared=True).json()["id"]
    Membership.objects.filter(user=table.users["dm"]).update(role=Role.PLAYER)

    assert people["dm"].changes(shared, text="I am a goose.").status_code == 403
    assert people["dm"].changes(shared, text="I am a goose.", shared=False).status_code == 200
    assert people["alice"].reads() == []


def test_another_campaigns_dm_finds_nothing(people: dict[str, Somebody], foreign: Somebody, table: Table) -> None:
    shared = people["dm"].makes(shared=True).json()["id"]
    wren = character(table, "alice")

    answers = [
        foreign.client.get(f"{foreign.home}/macros/"),
        foreign.makes(),
        foreign.changes(shared, text="Mine now"),
        foreign.deletes(shared),
        foreign.lays({"1": shared}),
        foreign.lays({}, character_id=wren.pk),
    ]
    unknown = foreign.client.get("/api/campaigns/999999/macros/")

    for answer in answers:
        assert (answer.status_code, answer.content) == (404, unknown.content)
    assert Macro.objects.get().text == SWORD["text"]


def test_a_macro_does_not_cross_campaigns(people: dict[str, Somebody], table: Table) -> None:
    """Even where one belongs to both: neither on a bar nor by the other's address."""
    other = Campaign.objects.create(name="Another campaign")
    for name in ("alice", "dm"):
        Membership.objects.create(campaign=other, user=table.users[name], role=Role.DM)
    there = {name: Somebody(people[name].client, other.pk) for name in ("alice", "dm")}
    shared = people["dm"].makes(shared=True).json()["id"]
    own = people["alice"].makes().json()["id"]

    for macro_id in (shared, own):
        assert there["alice"].changes(macro_id, name="Mine").status_code == 404
        assert there["alice"].lays({"1": macro_id}).status_code == 404
    assert there["alice"].makes(character_id=character(table, "alice").pk).status_code == 404
    assert there["dm"].sees() == {"results": [], "bars": []}


@pytest.mark.parametrize("standing", ["removed", "banned"])
def test_who_is_out_sees_nothing_and_what_they_wrote_waits(
    people: dict[str, Somebody], table: Table, standing: str
) -> None:
    shared = people["dm"].makes(name="Initiative", shared=True).json()["id"]
    own = people["alice"].makes().json()["id"]
    people["alice"].lays({"1": shared, "2": own})
    membership = Membership.objects.filter(user=table.users["alice"])
    if standing == "removed":
        membership.delete()
    else:
        membership.update(banned=True)

    assert people["alice"].client.get(f"{people['alice'].home}/macros/").status_code == 404
    assert people["alice"].deletes(own).status_code == 404
    assert people["alice"].lays({"3": shared}).status_code == 404

    Membership.objects.update_or_create(
        campaign=table.session.campaign, user=table.users["alice"], defaults={"role": Role.PLAYER, "banned": False}
    )
    assert people["alice"].reads() == ["Initiative", "Longsword"]


def test_a_spectator_has_no_macros(people: dict[str, Somebody]) -> None:
    shared = people["dm"].makes(shared=True).json()["id"]

    assert people["carol"].makes().status_code == 403
    assert people["carol"].lays({"1": shared}).status_code == 403
    assert people["carol"].deletes(shared).status_code == 403


def test_fifty_are_enough(people: dict[str, Somebody], table: Table) -> None:
    alice = table.users["alice"]
    Macro.objects.bulk_create(
        Macro(campaign=table.session.campaign, owner=alice, name=f"{number}", text="Hail")
        for number in range(MAX_MACROS - 1)
    )

    assert people["alice"].makes().status_code == 201
    refused = people["alice"].makes()
    assert refused.status_code == 409
    assert "50 macros" in refused.json()["detail"]
    assert Macro.objects.filter(owner=alice).count() == MAX_MACROS
    assert people["bob"].makes().status_code == 201


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "n" * 41),
        ("name", "two\nlines"),
        ("name", None),
        ("name", ["a"]),
        ("text", ""),
        ("text", " \n "),
        ("text", "t" * 2001),
        ("text", "\n".join("abcdef")),
        ("text", "\r".join("abcdef")),
        ("text", "with\x00nothing"),
        ("text", "half a pair \ud800"),
        ("text", {"a": 1}),
        ("shared", "perhaps"),
        ("character_id", "x"),
        ("character_id", 0),
        ("character_id", 2**63),
    ],
)
def test_what_cannot_be_is_refused_and_named(people: dict[str, Somebody], field: str, value: object) -> None:
    macro_id = people["dm"].makes().json()["id"]

    for refused in (people["dm"].makes(**{field: value}), people["dm"].changes(macro_id, **{field: value})):
        assert refused.status_code == 400, refused.content
        assert list(refused.json()) == [field]
    assert Macro.objects.count() == 1


def test_five_lines_with_gaps_and_any_letters_are_kept_as_they_stand(people: dict[str, Somebody]) -> None:
    text = "/r 1d20\n\nI swing: [[1d20+?{Bonus|0}]]\n<script>\n🎲\n{{ a }}"

    assert people["alice"].makes(text=text, name="<b>Łódź</b> 🎲").json()["text"] == text


@pytest.mark.parametrize("character_of", ["bob", "nobody"])
def test_a_character_must_be_ones_own(people: dict[str, Somebody], table: Table, character_of: str) -> None:
    character_id = character(table, "bob").pk if character_of == "bob" else 10**6
    macro_id = people["alice"].makes().json()["id"]

    for refused in (
        people["alice"].makes(character_id=character_id),
        people["alice"].changes(macro_id, character_id=character_id),
        people["alice"].lays({"1": macro_id}, character_id=character_id),
    ):
        assert refused.status_code == 404
        assert refused.json() == {"detail": "You have no such character in this campaign."}


@pytest.mark.parametrize("body", ["[]", '"x"', "{", "null", "[[[[[[[["])
def test_a_body_that_is_no_object_is_refused(people: dict[str, Somebody], body: str) -> None:
    alice = people["alice"]
    for send, address in (
        (alice.client.post, f"{alice.home}/macros/"),
        (alice.client.patch, f"{alice.home}/hotbar/"),
    ):
        assert send(address, body, content_type="application/json").status_code == 400


def test_nobody_gets_nothing(table: Table, api: Api) -> None:
    nobody = Somebody(api(None), table.session.campaign_id)

    for answer in (nobody.makes(), nobody.changes(1), nobody.deletes(1), nobody.lays({})):
        assert answer.status_code == 401
    assert nobody.client.get(f"{nobody.home}/macros/").status_code == 401


@pytest.mark.parametrize("address", ["x/macros/", "9223372036854775808/macros/", "1/macros/99999999999999999999/"])
def test_what_is_no_id_is_no_address(people: dict[str, Somebody], address: str) -> None:
    assert people["alice"].client.get(f"/api/campaigns/{address}").status_code == 404


def test_a_cookie_alone_changes_nothing(table: Table) -> None:
    """A page of somebody else's could send it along; the token of the form it could not."""
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(table.users["alice"])

    refused = browser.post(f"/api/campaigns/{table.session.campaign_id}/macros/", SWORD, format="json")

    assert refused.status_code == 403
    assert not Macro.objects.exists()


def test_changing_without_end_is_refused_and_reading_is_not(people: dict[str, Somebody]) -> None:
    macro_id = people["alice"].makes().json()["id"]

    statuses = [people["alice"].changes(macro_id, name="Again").status_code for _ in range(120)]

    assert statuses == [200] * 119 + [429]
    assert people["alice"].reads() == ["Again"]
