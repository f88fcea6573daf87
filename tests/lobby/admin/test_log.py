"""The log as a DM reads it in the admin: in sentences, and never more than is theirs to see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from game.demo.tables import lay_table
from game.engine.admin import KINDS, SENTENCES, told
from game.engine.models import LogEntry
from game.protocol import ANNOUNCEMENTS
from tests.lobby.admin.conftest import Group, act, log, said

LIST = "/admin/game/logentry/"


def in_two_cuts(group: Group) -> LogEntry:
    """What its author says whole to themselves, and to the DMs in other words."""
    own, dms = {"role": None, "users": [group.player.pk]}, {"role": "dm", "users": []}
    audience = {"role": "dm", "users": [group.player.pk], "cuts": [own, dms]}
    stored = json.dumps(audience, separators=(",", ":"))
    return log(group.session, 2, said("the sealed words"), group.player, stored, f"[{said('something was whispered')}]")


def test_every_stored_event_and_every_cut_of_it_has_a_sentence() -> None:
    stored = [announced for announced in ANNOUNCEMENTS.values() if announced.stored]

    assert {shape for announced in stored for shape in (announced.data, *announced.cuts)} == SENTENCES.keys()
    assert KINDS.keys() == {announced.name for announced in stored}
    assert len(set(KINDS.values())) == len(KINDS), "the filter tells them apart"


@pytest.mark.django_db
def test_a_whole_evening_is_told(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    lay_table()

    sentences = [told(entry.event, entry.data.encode()) for entry in LogEntry.objects.order_by("seq")]

    assert sentences[0] == "Wren Ashdown asks for a new secret for the dice"
    assert "Wren Ashdown says: Did everybody hear that, or only the one with the good ears?" in sentences
    assert "Wren Ashdown searches the last lamp post" in sentences
    assert "Wren Ashdown attacks Drowned sexton with Shortbow" in sentences
    assert "Wren Ashdown rolls 1d20 + 6 for “Shortbow, with my lucky die”: 26, rolled by hand" in sentences
    assert "It is Wren Ashdown’s turn" in sentences
    assert any(sentence.startswith("Wren Ashdown draws from “What the tide leaves”: ") for sentence in sentences)
    assert any(sentence.startswith("Combat, round 2: Wren Ashdown, Tobin Marsh, ") for sentence in sentences)
    assert not [sentence for sentence in sentences if "{" in sentence or "another version" in sentence]


def test_what_is_not_understood_is_named_by_its_kind() -> None:
    assert told("chat_message", b'{"words":"of another version"}') == "Chat, written by another version of RollScape"
    assert told("moon_phase", b"{}") == "moon_phase, written by another version of RollScape"


def test_the_log_is_searched_and_filtered(dm: Client, own: Group) -> None:
    log(own.session, 2, said("the lantern went out"), author=own.dm)

    found = dm.get("/admin/game/logentry/?q=lantern").content.decode()
    by_author = dm.get(f"/admin/game/logentry/?author__id__exact={own.player.pk}").content.decode()
    by_session = dm.get(f"/admin/game/logentry/?session__id__exact={own.session.pk}&event=chat_message")

    assert "the lantern went out" in found
    assert "own words" not in found
    assert "own words" in by_author
    assert "the lantern went out" not in by_author
    assert "own words" in by_session.content.decode()


def test_the_log_shows_a_dm_what_a_dm_may_see(dm: Client, superuser: Client, own: Group) -> None:
    whisper = log(own.session, 2, said("between players"), audience=f'{{"role":null,"users":[{own.player.pk}]}}')
    secret = log(own.session, 3, said("for the DM"), audience='{"role":"dm","users":[]}')
    addressed = log(own.session, 4, said("to you"), audience=f'{{"role":null,"users":[{own.dm.pk}]}}')

    page = dm.get("/admin/game/logentry/").content.decode()

    assert "for the DM" in page
    assert "to you" in page
    assert "between players" not in page
    assert dm.get(f"/admin/game/logentry/{secret.pk}/change/").status_code == 200
    assert dm.get(f"/admin/game/logentry/{addressed.pk}/change/").status_code == 200
    assert dm.get(f"/admin/game/logentry/{whisper.pk}/change/").status_code == 302
    assert dm.get("/admin/game/logentry/?q=between").content.decode().count("between players") == 0
    assert "between players" in superuser.get("/admin/game/logentry/").content.decode()


def test_a_dm_reads_and_finds_the_cut_that_is_theirs(dm: Client, superuser: Client, own: Group) -> None:
    entry = in_two_cuts(own)

    for address in (LIST, f"{LIST}{entry.pk}/change/"):
        page = dm.get(address).content.decode()
        assert "something was whispered" in page
        assert "sealed" not in page
        assert "the sealed words" in superuser.get(address).content.decode()
    assert f"/{entry.pk}/change/" in dm.get(f"{LIST}?q=whispered").content.decode()
    for guess in ("sealed", "sealed+words", "%22the+sealed%22", "sealed+whispered"):
        assert f"/{entry.pk}/change/" not in dm.get(f"{LIST}?q={guess}").content.decode(), guess
    assert f"/{entry.pk}/change/" in superuser.get(f"{LIST}?q=sealed").content.decode()


def test_all_words_of_a_search_must_be_there(dm: Client, own: Group) -> None:
    log(own.session, 2, said("the lantern went out"))

    for words, found in (("lantern+out", True), ("lantern+own", False), ("%22went+out%22", True), ("LANTERN", True)):
        assert ("the lantern went out" in dm.get(f"{LIST}?q={words}").content.decode()) is found, words


@pytest.mark.parametrize("browser", ["dm", "superuser"])
def test_the_log_is_read_only(request: pytest.FixtureRequest, own: Group, browser: str) -> None:
    client: Client = request.getfixturevalue(browser)
    address = f"/admin/game/logentry/{own.entry.pk}"

    assert client.post(f"{address}/change/", {"data": "{}"}).status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/game/logentry/add/").status_code == 403
    act(client, "logentry", "delete_selected", own.entry.pk)
    own.entry.refresh_from_db()
    assert own.entry.data == said("own words")
