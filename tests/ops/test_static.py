"""Static files: kept by browsers for ever, and never an old one."""

import gzip
import json
import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from django.templatetags.static import static
from django.test import Client
from pytest_django import Settings

from rollscape.static import version

PROJECT = Path(__file__).resolve().parent.parent.parent
IMPORTS = re.compile(r'^(?:import|export)\b[^;]*?from "(\.[^"]+)"', re.MULTILINE)


def body(answer: Any) -> bytes:
    return b"".join(answer)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return body(answer).decode()


@pytest.mark.django_db
def test_pages_name_the_version_of_their_files(client: Client) -> None:
    page = client.get("/").content.decode()

    named = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
    assert named
    assert all(address.startswith(f"/static/{version()}/") for address in named)
    assert {client.get(address).status_code for address in named} == {200}


def test_a_file_of_this_version_is_kept_for_ever(client: Client) -> None:
    answer = client.get(static("game/ui/variables.css"))

    assert "immutable" in answer["Cache-Control"]
    assert int(re.findall(r"max-age=(\d+)", answer["Cache-Control"])[0]) > 10**8


@pytest.mark.parametrize("prefix", ["", "0123456789ab/"])
def test_any_other_address_is_asked_for_again(client: Client, prefix: str) -> None:
    first = client.get(f"/static/{prefix}game/ui/variables.css")

    assert first["Cache-Control"] == "max-age=0, public"
    again = client.get(f"/static/{prefix}game/ui/variables.css", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_text_comes_compressed_to_who_takes_it(client: Client) -> None:
    plain = client.get(static("game/ui/controls.css"))
    packed = client.get(static("game/ui/controls.css"), headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(body(packed)) == body(plain)


def test_modules_find_one_another(client: Client) -> None:
    waiting, seen = [static("game/play.js")], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        found = {normpath(join(dirname(address), name)) for name in IMPORTS.findall(text_of(client, address))}
        waiting += found - seen - set(waiting)

    assert len(seen) > 5
    assert all(address.startswith(f"/static/{version()}/") for address in seen)


def test_styles_find_their_fonts(client: Client) -> None:
    address = static("game/ui/variables.css")
    fonts = re.findall(r'url\("([^"]+)"\)', text_of(client, address))

    assert fonts
    for font in fonts:
        assert client.get(normpath(join(dirname(address), font))).status_code == 200


def test_the_web_app_has_its_icons(client: Client) -> None:
    address = static("game/rollscape.webmanifest")
    answer = client.get(address)
    manifest = json.loads(body(answer))

    assert answer["Content-Type"].startswith("application/manifest+json")
    assert {(icon["sizes"], icon.get("purpose")) for icon in manifest["icons"]} >= {
        ("192x192", None),
        ("512x512", None),
        ("512x512", "maskable"),
    }
    for icon in manifest["icons"]:
        shown = client.get(join(dirname(address), icon["src"]))
        assert shown["Content-Type"] == icon["type"]
        if icon["sizes"] != "any":
            assert body(shown)[16:20] == int(icon["sizes"].split("x")[0]).to_bytes(4)  # the PNG's own width


def test_while_debugging_files_are_never_kept(settings: Settings) -> None:
    settings.DEBUG = True

    assert static("game/ui/variables.css") == "/static/game/ui/variables.css"


@pytest.mark.parametrize("path", ["../settings.py", "%2e%2e/settings.py", "game/nothing.css", "game/"])
@pytest.mark.django_db
def test_nothing_else_is_served(client: Client, path: str) -> None:
    for prefix in ("/static/", f"/static/{version()}/", "/static/0123456789ab/"):
        assert client.get(prefix + path).status_code == 404


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (PROJECT / "static/game/icons.svg").read_text()
    pages = (page.read_text() for page in (PROJECT / "templates").rglob("*.html"))

    named = {name for page in pages for name in re.findall(r'{% icon "([\w-]+)"', page)}

    assert named
    assert named <= set(re.findall(r'id="i-([\w-]+)"', sprite))
