"""`/api/campaigns/{campaign_id}/hotbar/`: whose keys they are, and what may lie on them."""

import pytest

from game.macros.models import HotbarSlot
from tests.engine.rest.conftest import Table
from tests.macros.conftest import Somebody, character


def test_a_bar_for_all_and_one_for_a_character(people: dict[str, Somebody], table: Table) -> None:
    alice, wren = people["alice"], character(table, "alice")
    first, second = (alice.makes(name=name).json()["id"] for name in ("First", "Second"))

    alice.lays({"1": first, "0": second})
    bars = alice.lays({"1": second}, character_id=wren.pk).json()["bars"]

    assert bars == [
        {"character_id": None, "slots": {"0": second, "1": first}},
        {"character_id": wren.pk, "slots": {"1": second}},
    ]
    assert alice.sees()["bars"] == bars
    assert alice.lays({"1": second, "2": first, "0": None}).json()["bars"][0]["slots"] == {"1": second, "2": first}
    assert people["bob"].sees()["bars"] == []


def test_what_goes_clears_the_keys(people: dict[str, Somebody], table: Table) -> None:
    alice, wren = people["alice"], character(table, "alice")
    kept = alice.makes(name="Kept", character_id=wren.pk).json()["id"]
    gone = alice.makes(name="Gone").json()["id"]
    shared = people["dm"].makes(name="Shared", shared=True).json()["id"]
    alice.lays({"1": kept}, character_id=wren.pk)
    alice.lays({"1": gone, "2": shared, "3": kept})

    wren.delete()
    alice.deletes(gone)
    people["dm"].changes(shared, shared=False)

    assert alice.sees()["bars"] == [{"character_id": None, "slots": {"3": kept}}]
    assert alice.sees()["results"][0]["character_id"] is None


def test_a_character_given_to_somebody_else_takes_no_bar_along(people: dict[str, Somebody], table: Table) -> None:
    wren = character(table, "alice")
    macro_id = people["alice"].makes().json()["id"]
    people["alice"].lays({"1": macro_id}, character_id=wren.pk)

    wren.owner = table.users["bob"]
    wren.save()

    assert people["alice"].sees()["bars"] == people["bob"].sees()["bars"] == []
    assert people["alice"].lays({"1": macro_id}, character_id=wren.pk).status_code == 404


@pytest.mark.parametrize(
    ("slots", "field"),
    [
        ({"10": 1}, "slots"),
        ({"a": 1}, "slots"),
        ({"": 1}, "slots"),
        ({"٣": 1}, "slots"),
        ({"1": "x"}, "slots"),
        ({"1": 0}, "slots"),
        ({"1": 2**63}, "slots"),
        ([1], "slots"),
        (None, "slots"),
    ],
)
def test_what_is_no_key_is_refused(people: dict[str, Somebody], slots: object, field: str) -> None:
    refused = people["alice"].lays(slots)

    assert refused.status_code == 400
    assert list(refused.json()) == [field]
    assert not HotbarSlot.objects.exists()


def test_keys_are_laid_all_or_none(people: dict[str, Somebody]) -> None:
    macro_id = people["alice"].makes().json()["id"]
    people["alice"].lays({"1": macro_id})

    assert people["alice"].lays({"1": None, "2": macro_id, "3": macro_id + 1}).status_code == 404

    assert people["alice"].sees()["bars"] == [{"character_id": None, "slots": {"1": macro_id}}]
