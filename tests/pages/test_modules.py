"""What the table's page loads."""

import gzip
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from game.templatetags.modules import needed, preloads


def test_every_module_that_the_table_needs_is_named_once() -> None:
    names = needed("game/play.js")

    assert names[0] == "game/play.js"
    assert {"game/socket.js", "game/components/log.js"} <= set(names)
    assert len(set(names)) == len(names)
    assert all(finders.find(name) for name in names)


def test_they_are_linked_to() -> None:
    links = str(preloads("game/play.js")).splitlines()

    assert len(links) == len(needed("game/play.js"))
    assert all(link.startswith(f'<link rel="modulepreload" href="{settings.STATIC_URL}') for link in links)


def test_scripts_and_styles_of_the_table_stay_small() -> None:
    files = [*needed("game/play.js"), "game/tokens.css", "game/rollscape.css", "game/pages.css", "game/table.css"]

    assert sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes())) for name in files) < 140 * 1024
