"""An evening of a thousand events, and what a server tells of it afterwards.

Both speak to a server as its users do, over pages, REST and the socket, so that they work with every version.
"""

from __future__ import annotations

import asyncio
import json
import re
from http.client import HTTPConnection
from typing import Any

from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.web import Browser

EVENTS = 1_000
GUEST, PASSWORD = "erin", "the eighth lamp on the road"
RUMOURS = "1-3,A lamp burns where none was lit.\n4,The ferryman owes somebody [[2d6]] silver.,Deck\n5-6,Nothing new."
CARDS = "\n".join(f"1,{card}" for card in ("The Lamp", "The Road", "The Salt", "The Ferry", "The Moth", "The Key"))
VISIBILITIES = ("public", "dm", "blind", "self")
FORMULAS = ("1d20+5", "2d20kh1 + 3", "4d6dl1", "8d6!", "1d100", "6d10>=8", "2d6r1 [fire] + 1d4 [cold]")

Facts = dict[str, Any]


# Played with the old code ----------------------------------------------------------------------


async def play(server: ServerProcess) -> Facts:
    """Fill the demo table's campaign; what only its people know comes back: passwords, links, a command's key."""
    demo = server.demo()
    known: Facts = {
        "campaign": demo["campaign"],
        "session": demo["session"],
        "passwords": {name: user["password"] for name, user in demo["users"].items()} | {GUEST: PASSWORD},
    }
    dm = Browser(server.port)
    dm.sign_in("dm", known["passwords"]["dm"])
    home = f"/campaigns/{known['campaign']}/"
    known["invitations"] = {name: _invited(dm, home) for name in ("open", "revoked")}
    _revoke_newest(dm, home)
    sign_up(server, GUEST, known["invitations"]["open"])
    tables = [_table(dm, home, name, rows) for name, rows in (("Deck", CARDS), ("Rumours", RUMOURS))]
    _macros(server, known)
    known["ended"] = await _ended_session(server, dm, home, known)
    known["command"] = await _evening(server, known, tables)
    return known


def _invited(dm: Browser, home: str) -> str:
    page = dm.submit(f"{home}invitations/", form_on=home, role="player", days="", max_uses="9")
    found = re.search(rb"/join/([\w-]{22})/", page.body)
    assert found, page.status
    return found[1].decode()


def _revoke_newest(dm: Browser, home: str) -> None:
    newest = max(int(found) for found in re.findall(rb"invitations/(\d+)/revoke/", dm.get(home).body))
    assert dm.submit(f"{home}invitations/{newest}/revoke/", form_on=home).status == 302


def sign_up(server: ServerProcess, name: str, invitation: str) -> None:
    """A new account that joins by an invitation."""
    newcomer = Browser(server.port)
    fields = {"username": name, "password1": PASSWORD, "password2": PASSWORD}
    assert newcomer.submit("/sign-up/", **fields).status == 302
    assert newcomer.submit(f"/join/{invitation}/").status == 302


def _table(dm: Browser, home: str, name: str, rows: str) -> int:
    made = dm.submit(f"{home}tables/", name=name)
    assert made.status == 302, made.body
    page = str(made.headers["Location"])
    assert dm.submit(f"{page}import/", form_on=page, rows=rows, replace="on").status == 302
    drawn_how = {"with_replacement": "on"} if name == "Rumours" else {}
    settings = {"name": name, "players_may_draw": "on", **drawn_how}
    assert dm.submit(f"{page}settings/", form_on=page, **settings).status == 302
    return int(page.rstrip("/").rpartition("/")[2])


def _macros(server: ServerProcess, known: Facts) -> None:
    home = f"/api/campaigns/{known['campaign']}/"
    lines = {"dm": "/roll 1d20+7", "alice": "I strike: [[1d20+5]]\n/roll 1d8+3", "bob": "/gmroll 1d20"}
    for name, text in lines.items():
        token = token_of(server, name, known["passwords"][name])
        macro = {"name": f"What {name} does", "text": text, "shared": name == "dm"}
        made = server.post(f"{home}macros/", macro, token=token)
        assert made.status == 201, made.body
        _patch(server, f"{home}hotbar/", {"slots": {"1": made.json["id"], "9": made.json["id"]}}, token)


def _patch(server: ServerProcess, path: str, data: Facts, token: str) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("PATCH", path, json.dumps(data), headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    connection.close()


async def _ended_session(server: ServerProcess, dm: Browser, home: str, known: Facts) -> int:
    """A second session, in which something was rolled, and which is over."""
    assert dm.submit(f"{home}sessions/", form_on=home, title="Before the lamps").status == 302
    session = max(int(found) for found in re.findall(rb"/play/(\d+)/", dm.get(home).body))
    alice = await seat(server, session, token_of(server, "alice", known["passwords"]["alice"]))
    await alice.sends_acked("dice_roll", {"formula": "3d6"})
    await alice.close()
    assert dm.submit(f"{home}sessions/{session}/end/", form_on=home).status == 302
    return session


async def _evening(server: ServerProcess, known: Facts, tables: list[int]) -> Facts:
    """A thousand events; the key of the last command and the seq that it was answered with."""
    seats = {
        name: await seat(server, known["session"], token_of(server, name, password))
        for name, password in known["passwords"].items()
    }
    seq, turn = 0, 0
    while seq < EVENTS:
        seq = await _round(seats, turn, tables, seq)
        turn += 1
    last: Facts = {"id": "the last command", "event": "chat_message", "data": {"message": "Good night, everybody!"}}
    last["seq"] = (await seats["alice"].sends_acked(last["event"], last["data"], last["id"]))["seq"]
    await asyncio.gather(*(client.close() for client in seats.values()))
    return last


async def _round(seats: dict[str, Client], turn: int, tables: list[int], seq: int) -> int:
    """Ten to fifteen events; the last one's seq."""
    dm, alice, bob, erin = (seats[name] for name in ("dm", "alice", "bob", GUEST))
    formula, visibility = FORMULAS[turn % len(FORMULAS)], VISIBILITIES[turn % 4]
    fighters = [{"name": "Wren Ashdown", "initiative": 17, "hp": 31 - turn % 30}, {"name": "Moth", "initiative": 9}]
    if turn % 20 == 0:
        await alice.sends_acked("seed_set", {"seed": f"alice's seed {turn}"})
    await dm.sends_acked(
        "dm_narration", {"narration": f"The road bends {turn} times; a lamp gutters — “who is there?”"}
    )
    await dm.sends_acked("combat_update", {"combat": {"active": True, "round": turn, "fighters": fighters}})
    await dm.sends_acked("turn_change", {"turn": {"current_character_name": "Wren Ashdown", "count": turn}})
    await alice.sends_acked("chat_message", {"message": f"I swing: [[1d20+{turn % 9}]] ⚔"})
    await bob.sends_acked("chat_message", {"message": "Wait for me!", "out_of_character": turn % 3 == 0})
    await bob.sends_acked("player_action", {"action_type": "attack", "details": {"target": "Moth", "with": "a pike"}})
    await erin.sends_acked("dice_roll", {"formula": "1d20", "reason": "To hear it coming"})
    seq = (await alice.sends_acked("dice_roll", {"formula": formula, "visibility": visibility}))["seq"]
    if turn % 8 in (1, 3):
        await alice.sends_acked("roll_reveal", {"seq": seq})
    reported = {"formula": "2d6+1", "result": 8, "rolls": [3, 4], "modifier": 1}
    await bob.sends_acked("dice_roll", reported)
    if turn % 3 == 2:  # the deck has six cards, and a rumour may draw one too
        await dm.sends_acked("table_reset", {"table_id": tables[0]})
    await dm.sends_acked("table_draw", {"table_id": tables[0], "visibility": VISIBILITIES[turn % 4]})
    last = await erin.sends_acked("table_draw", {"table_id": tables[1]})
    return int(last["seq"])


# Told by the old code and the new --------------------------------------------------------------


async def told(server: ServerProcess, known: Facts) -> Facts:
    """What each of the table's people sees now: sessions as they stand, their logs, macros, tables and proofs."""
    return {
        name: await _told_to(server, known, token_of(server, name, password))
        for name, password in known["passwords"].items()
    }


async def _told_to(server: ServerProcess, known: Facts, token: str) -> Facts:
    sessions = {str(known[which]): which for which in ("session", "ended")}
    facts = {which: await _session(server, session, token) for session, which in sessions.items()}
    return facts | {"macros": _got(server, f"/api/campaigns/{known['campaign']}/macros/", token)}


async def _session(server: ServerProcess, session: str, token: str) -> Facts:
    client = await seat(server, int(session), token)
    joined = client.heard("room_joined")[0]["data"]
    await client.close()
    home = f"/api/sessions/{session}"
    return {
        "state": {name: joined[name] for name in ("seq", "epoch", "snapshot")},
        "history": _got(server, f"{home}/events/?after=0&limit=5000", token)["results"],
        "tables": _got(server, f"{home}/tables/", token)["results"],
        "proof": _got(server, f"{home}/fairness/", token),
    }


def token_of(server: ServerProcess, name: str, password: str) -> str:
    """Signed in as a program signs in."""
    answer = server.post("/api/token/", {"username": name, "password": password})
    assert answer.status == 200, answer.body
    return str(answer.json["access"])


def _got(server: ServerProcess, path: str, token: str) -> Any:
    answer = server.get(path, token=token)
    assert answer.status == 200, (path, answer.status, answer.body[:300])
    return answer.json


async def seat(server: ServerProcess, session: int, token: str) -> Client:
    """Somebody who has joined a session."""
    client = await Client.connect(f"{server.address}/ws/game/{session}", token)
    await client.expect("room_joined")
    return client
