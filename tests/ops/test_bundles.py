"""What the table's page loads: its modules and its styles, packed."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.templatetags.static import static

from rollscape.bundles import PACKED, STYLES, NotPackable, modules, pack


@pytest.fixture
def write(tmp_path: Path, settings: Any) -> Any:
    """`write("a.js", text)`: a static file of that name."""
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()  # type: ignore[attr-defined]  # it is cached
    modules.cache_clear()
    yield lambda name, text: (tmp_path / name).write_text(text)
    finders.get_finder.cache_clear()  # type: ignore[attr-defined]
    modules.cache_clear()


def _run(tmp_path: Path, module: str) -> str:
    """What it prints."""
    if shutil.which("node") is None:
        pytest.skip("node is missing")
    place = tmp_path / "packed.mjs"
    place.write_text(module)
    return subprocess.run(["node", place], capture_output=True, text=True, check=True).stdout


def test_a_module_comes_once_and_after_what_it_imports() -> None:
    names = modules("game/play.js")

    assert names[-1] == "game/play.js"
    assert len(set(names)) == len(names)
    assert (
        names.index("game/table/state.js") < names.index("game/table/table.js") < names.index("game/page/table-page.js")
    )


def test_a_pack_does_what_its_modules_do(write: Any, tmp_path: Path) -> None:
    write("first.js", 'export const greeting = "Hail";\nexport class Voice { say(x) { console.log(x); } }\n')
    write("second.js", 'import { greeting as word } from "./first.js";\nexport function greet() { return word; }\n')
    write(
        "entry.js",
        'import path from "node:path";\nimport {\n  Voice,\n} from "./first.js";\n'
        'import { greet } from "./second.js";\nimport { sep } from "node:path";\n'
        "new Voice().say(greet() + (path.sep === sep));\n",
    )

    assert _run(tmp_path, pack("entry.js")) == "Hailtrue\n"


def test_libraries_are_in_it() -> None:
    packed = pack("game/play.js")

    assert not re.search(r"^(import|export)\b", packed, re.MULTILINE)


def test_comments_that_stand_alone_are_left_out(write: Any, tmp_path: Path) -> None:
    write(
        "entry.js",
        '/**\n * A word.\n *\n * @type {string}\n */\nconst word = /** @type {any} */ ("Hail"); // kept\n'
        "// Why.\n/** @type {any} */ (console).log(word); /* kept */\nconsole.log('//' + `/** ${word} */`);\n",
    )

    assert "A word" not in pack("entry.js")
    assert "Why" not in pack("entry.js")
    assert _run(tmp_path, pack("entry.js")) == "Hail\n///** Hail */\n"


@pytest.mark.parametrize(
    "text",
    ["export default 1;\n", 'import "./entry.js";\n', 'export { a } from "./b.js";\n', "export let count = 0;\n"],
)
def test_what_cannot_be_packed_is_refused(write: Any, text: str) -> None:
    write("entry.js", text)

    with pytest.raises(NotPackable):
        pack("entry.js")


def test_modules_that_import_one_another_are_refused(write: Any) -> None:
    write("entry.js", 'import { b } from "./other.js";\nexport const a = 1;\n')
    write("other.js", 'import { a } from "./entry.js";\nexport const b = 2;\n')

    with pytest.raises(NotPackable):
        pack("entry.js")


def test_the_page_loads_the_pack_and_while_developing_the_modules(settings: Any) -> None:
    page = Template('{% load bundles %}{% module "game/play.js" %}{% styles "game/bundles/play.css" %}')

    assert static("game/bundles/play.js") in page.render(Context())
    assert static("game/bundles/play.css") in page.render(Context())
    settings.DEBUG = True
    assert static("game/play.js") in page.render(Context())
    assert static("game/page/page.css") in page.render(Context())


def test_scripts_and_styles_of_the_table_stay_small() -> None:
    files = [*PACKED, *STYLES]

    assert sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes())) for name in files) < 150 * 1024
