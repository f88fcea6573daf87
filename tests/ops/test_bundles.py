"""What a page loads: one script, one style sheet; and late what few ask for. `make check` says if they are fresh."""

import gzip
import re
from pathlib import Path
from posixpath import normpath
from typing import Any

import pytest
from django.template import Context, Template
from django.templatetags.static import static
from django.test import Client

from tests.support.server import PROJECT

BUNDLES = PROJECT / "static/game/bundles"
SCRIPTS = sorted(path.name for path in BUNDLES.glob("*.js"))


def text_of(name: str) -> str:
    return (BUNDLES / name).read_text()


def test_the_page_loads_the_bundles_and_while_developing_the_files(settings: Any) -> None:
    page = Template('{% load bundles %}{% module "game/play.js" %}{% styles "game/play.css" %}')

    bundled = page.render(Context())
    assert static("game/bundles/play.js") in bundled
    assert static("game/bundles/play.css") in bundled
    assert "importmap" not in bundled
    settings.DEBUG = True
    assert static("game/play.js") in page.render(Context())
    assert static("game/play.css") in page.render(Context())
    assert static("vendor/preact/dist/preact.mjs") in page.render(Context())


def test_the_first_script_waits_for_no_other() -> None:
    assert not re.search(r"\bfrom ?\"|^import\b", text_of("play.js"), re.MULTILINE)


def test_what_is_fetched_late_is_there_and_not_in_the_first_script() -> None:
    late = re.findall(r'import\("\./([\w-]+\.js)"\)', text_of("play.js"))

    assert set(late) == set(SCRIPTS) - {"play.js"}
    assert any("Working out" not in text_of(name) and "commitment" in text_of(name) for name in late)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_bundle_is_compiled_at_once_and_names_the_licences(name: str) -> None:
    assert text_of(name).startswith("//# allFunctionsCalledOnLoad\n")
    assert "/*! With preact (MIT), htm (Apache-2.0) or @noble/hashes (MIT)" in text_of(name)


@pytest.mark.parametrize("name", ["play.css", "pages.css"])
def test_bundled_styles_find_their_fonts(client: Client, name: str) -> None:
    fonts = re.findall(r"url\((\.[^)]+)\)", text_of(name))

    assert fonts
    assert all(client.get(normpath(static(f"game/bundles/{font}"))).status_code == 200 for font in fonts)


def test_what_the_table_loads_first_stays_small() -> None:
    first = [BUNDLES / "play.js", BUNDLES / "play.css"]

    assert sum(len(gzip.compress(Path(path).read_bytes())) for path in first) < 84 * 1024
