"""Every page as it is served, in its states, as html-validate reads it. Needs node, and no browser.

Its recommended rules hold (.htmlvalidate.json) but for a few of style, which say nothing of whether a page is right:
lists may have labels, as ARIA allows; the document type may be in lower case; template tags leave blank lines; and a
browser that writes down what it shows (which is how the table is validated) writes `disabled=""`.
"""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.template.loader import render_to_string

from tests.conftest import StartServer
from tests.support.require import require, require_program
from tests.support.server import PROJECT
from tests.support.web import Browser, Response

PASSWORD = "the lamp went out at nine"
VALIDATOR = PROJECT / "node_modules/html-validate/bin/html-validate.mjs"
Keep = Callable[[str, Response], Response]


def test_every_page_is_valid(start_server: StartServer, tmp_path: Path) -> None:
    node = require_program("node")
    require(VALIDATOR if VALIDATOR.exists() else None, "html-validate (npm ci)")
    port = start_server("uvicorn-sqlite").port
    for page in ("500.html", "503.html"):
        (tmp_path / page).write_text(render_to_string(page, {"seconds": 5}))

    def keep(name: str, page: Response) -> Response:
        assert page.body.startswith(b"<!doctype html>"), f"{name}: {page.status} and no page"
        assert not (tmp_path / f"{name}.html").exists(), f"two pages are called {name}"
        (tmp_path / f"{name}.html").write_bytes(page.body)
        return page

    dm, player, stranger = Browser(port), Browser(port), Browser(port)
    _doors(stranger, keep)
    home, link = _campaign(dm, keep)
    _invitations(stranger, player, link, keep)
    _members(dm, player, home, keep)

    found = subprocess.run(
        [
            node,
            str(VALIDATOR),
            "--config",
            str(PROJECT / ".htmlvalidate.json"),
            *sorted(map(str, tmp_path.glob("*.html"))),
        ],
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stdout + found.stderr


def _doors(stranger: Browser, keep: Keep) -> None:
    keep("landing", stranger.get("/"))
    keep("sign in", stranger.get("/sign-in/"))
    keep("sign in, wrong", stranger.submit("/sign-in/", username="nobody", password="wrong"))
    for _ in range(9):
        stranger.submit("/sign-in/", username="nobody", password="wrong")
    assert keep("locked out", stranger.submit("/sign-in/", username="nobody", password="wrong")).status == 429
    keep("sign up", stranger.get("/sign-up/"))
    keep("sign up, refused", stranger.submit("/sign-up/", username="-", password1="1", password2="2"))
    keep("enter", stranger.get("/join/"))
    keep("enter, no link", stranger.get("/join/?link=nonsense"))
    assert keep("not found", stranger.get("/nothing/")).status == 404
    assert keep("form too old", stranger.submit("/sign-in/", csrfmiddlewaretoken="x" * 32)).status == 403


def _campaign(dm: Browser, keep: Keep) -> tuple[str, str]:
    """The DM's pages; the paths of the campaign and of an invitation's link."""
    _sign_up(dm, "halla")
    keep("lobby, empty", dm.get("/lobby/"))
    keep("new campaign, refused", dm.submit("/lobby/", name=" "))
    home = dm.submit("/lobby/", name="The Salt Road", description="Lamps go out.\n\nOne a night.").headers["Location"]
    keep("lobby, nobody there yet", dm.get("/lobby/"))
    keep("campaign, empty", dm.get(home))
    keep("luck, no dice", dm.get(f"{home}luck/"))
    for title in ("The first lamp", "The second lamp"):
        dm.submit(f"{home}sessions/", home, title=title)
    opened = _path(rf"{home}sessions/\d+/end/", dm.get(home))
    dm.submit(opened, home)
    keep("table", dm.get(_path(r"/play/\d+/", dm.get(home))))
    keep("roll tables, none", dm.get(f"{home}tables/"))
    tables = f"{home}tables/"
    table = dm.submit(tables, name="Weather").headers["Location"]
    keep("roll table, empty", dm.get(table))
    keep("roll table, refused twice", dm.submit(tables, name="weather"))
    keep("import, refused", dm.submit(f"{table}import/", table, rows="x" * 3_000))
    dm.submit(f"{table}import/", table, rows="1-3,Rain\n4,Hail")
    keep("roll table", dm.get(table))
    keep("roll tables", dm.get(tables))
    keep("session, refused", dm.submit(f"{home}sessions/", home, title=" "))
    keep("invitation, refused", dm.submit(f"{home}invitations/", home, role="emperor"))
    dm.submit(f"{home}invitations/", home, role="spectator", days="1")
    dm.submit(_path(rf"{home}invitations/\d+/revoke/", dm.get(home)), home)
    shown = keep("invitation", dm.submit(f"{home}invitations/", home, role="player", max_uses="1"))
    keep("settings", dm.get(f"{home}edit/"))
    keep("settings, refused", dm.submit(f"{home}edit/", name=" "))
    keep("delete", dm.get(f"{home}delete/"))
    keep("delete, refused", dm.submit(f"{home}delete/", name="another"))
    _session(dm, home, opened.removesuffix("end/"), keep)
    dm.submit(f"{home}leave/", home)
    keep("campaign, with an error", dm.get(home))
    return home, _path(r"/join/[\w-]{22}/", shown)


def _session(dm: Browser, home: str, session: str, keep: Keep) -> None:
    keep("session", dm.get(session))
    keep("session, ends", dm.get(f"{session}end/"))
    keep("session, delete", dm.get(f"{session}delete/"))
    dm.submit(f"{session}archive/", session, archived="on")
    keep("session, archived", dm.get(session))
    keep("campaign, archived session", dm.get(home))
    dm.submit(f"{home}archive/", f"{home}edit/", archived="on")
    keep("lobby, archived campaign", dm.get("/lobby/"))
    dm.submit(f"{home}archive/", f"{home}edit/")


def _invitations(stranger: Browser, player: Browser, link: str, keep: Keep) -> None:
    keep("invited, signed out", stranger.get(link))
    for door in ("sign-in", "sign-up"):
        keep(f"invited, {door}", stranger.get(f"/{door}/?next={link}"))
    _sign_up(player, "ines")
    keep("invited", player.get(link))
    keep("lobby, invited", player.get("/lobby/"))
    character = player.submit(link).headers["Location"]
    keep("welcome", player.get(character))
    keep("character, refused", player.submit(character, name=" ", colour="none"))
    assert player.submit(character, name="Aria Vell", colour="#f6a192").status == 302
    assert keep("invitation, used up", stranger.get(link)).status == 404


def _members(dm: Browser, player: Browser, home: str, keep: Keep) -> None:
    character = _path(rf"{home}characters/\d+/", player.get(home))
    for name, path in {"lobby": "/lobby/", "campaign": home, "character": character, "profile": "/profile/"}.items():
        keep(f"player, {name}", player.get(path))
    assert keep("not allowed", player.get(f"{home}edit/")).status == 403
    keep("profile, refused", player.submit("/profile/", display_name="halla"))
    for _ in range(20):
        player.get(f"{home}luck/")
    assert keep("too often", player.get(f"{home}luck/")).status == 429
    keep("password", player.get("/profile/password/"))
    wrong = {"old_password": "wrong", "new_password1": "1", "new_password2": "2"}
    keep("password, refused", player.submit("/profile/password/", **wrong))
    keep("campaign", dm.get(home))
    keep("lobby", dm.get("/lobby/"))
    member = _path(rf"{home}members/\d+/", dm.get(home))
    keep("member", dm.get(member))
    dm.submit(f"{member}ban/", member)
    keep("member, banned", dm.get(member))
    keep("campaign, somebody banned", dm.get(home))


def _path(pattern: str, page: Response) -> str:
    """The first path of that pattern on the page."""
    found = re.search(pattern, page.body.decode())
    assert found, f"nothing like {pattern} on the page: {page.status}"
    return found[0]


def _sign_up(browser: Browser, name: str) -> None:
    assert browser.submit("/sign-up/", username=name, password1=PASSWORD, password2=PASSWORD).status == 302
