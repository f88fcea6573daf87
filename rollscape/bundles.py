"""The table's modules in one file and its styles in another: on a first visit, asking for seventy takes longer than
running them.

They stay as they are written, and no step comes before a start: the packs are put together from the files when the
server names its static files, and are served as two of them. With DEBUG the page loads the files themselves.
"""

from __future__ import annotations

import posixpath
import re
import secrets
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

PACKED = {"game/bundles/play.js": "game/play.js"}  # each with the module that it begins with
STYLES = {
    "game/bundles/play.css": (
        "game/ui/variables.css",
        "game/ui/rollscape.css",
        "game/lobby/lobby.css",
        "game/page/page.css",
        "game/macros/macros.css",
    )
}
# Chromium compiles the whole file before it runs, off the page's thread, instead of each function when it is called.
EAGER = "//# allFunctionsCalledOnLoad\n"
# What modules import by these names; the import map has them, too, for pages without a pack.
LIBRARIES = {
    "preact": "vendor/preact/dist/preact.mjs",
    "preact/hooks": "vendor/preact/hooks/dist/hooks.mjs",
    "htm": "vendor/htm/dist/htm.mjs",
}

IMPORT = re.compile(r'^import ?(?:(?P<default>\w+)|\{(?P<names>[^}]*)\}) ?from ?"(?P<source>[^"]+)";\n?', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (?P<name>\w+))", re.MULTILINE)
# How minified libraries end.
EXPORT_LIST = re.compile(r"(?<=[;}])export\{(?P<names>[^}]*)\};?\s*\Z")
EXPORT_DEFAULT = re.compile(r"\bexport default (?=function\()")
STRANGE = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# Whole lines only: it takes a parser to find others, and no template of ours has a line that begins so.
COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


class NotPackable(Exception):
    """A module says import or export in a way that `pack` does not know, or imports what imports it."""


def pack(entry: str) -> str:
    """A module and all that it imports by relative addresses or from `LIBRARIES` as one module, which still imports the
    others; without the comments that stand alone.

    Each is a function's body, called once after those that it imports, as a browser would.
    """
    order = modules(entry)
    own = {name: f"m{number}" for number, name in enumerate(order)}
    others: dict[str, str] = {}
    bodies = [f"const {own[name]} = (() => {{\n{_body(name, own, others)}}})();\n" for name in order]
    imports = [f'import * as {alias} from "{source}";\n' for source, alias in others.items()]
    return "".join([EAGER, *imports, *bodies])


@cache
def modules(entry: str) -> tuple[str, ...]:
    """A module of the static files and those that its pack takes in, each after what it imports."""
    found: dict[str, None] = {}
    path: list[str] = []

    def visit(name: str) -> None:
        if name in path:
            raise NotPackable(f"{name} imports what imports it: {', '.join(path)}")
        if name in found:
            return
        path.append(name)
        for match in IMPORT.finditer(_text(name)):
            if imported := _resolved(name, match["source"]):
                visit(imported)
        path.pop()
        found[name] = None

    visit(entry)
    return tuple(found)


def _body(name: str, own: dict[str, str], others: dict[str, str]) -> str:
    def bound(match: re.Match[str]) -> str:
        source = match["source"]
        imported = _resolved(name, source)
        module = own[imported] if imported else others.setdefault(source, f"x{len(others)}")
        names = f"default: {match['default']}" if match["default"] else match["names"].strip().replace(" as ", ": ")
        return f"const {{ {names} }} = {module};\n"

    text = _text(name)
    exported = [match["name"] for match in EXPORT.finditer(text)]
    body = EXPORT.sub("", IMPORT.sub(bound, text))
    if name in LIBRARIES.values():
        body, more = _library(body)
        exported += more
    if strange := STRANGE.search(body):
        raise NotPackable(f"{name}: {strange.group()}")
    return f"{body}return {{ {', '.join(exported)} }};\n"


def _library(text: str) -> tuple[str, list[str]]:
    """What a minified module does, and what its object has for others."""
    exported = []
    if listed := EXPORT_LIST.search(text):
        pairs = [name.strip().partition(" as ") for name in listed["names"].split(",")]
        exported = [f"{outside or inside}: {inside}" for inside, _, outside in pairs]
        text = text[: listed.start()]
    text, count = EXPORT_DEFAULT.subn("const standard = ", text)
    exported += ["default: standard"] * count
    return f"{text.rstrip()}\n", exported


def _resolved(importer: str, source: str) -> str | None:
    """The static file of that name; None for what stays outside."""
    if not source.startswith("."):
        return LIBRARIES.get(source)
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), source))


def _text(name: str) -> str:
    path = finders.find(name)
    if not isinstance(path, str):
        raise NotPackable(f"There is no {name}.")
    return COMMENT.sub("", Path(path).read_text(encoding="utf-8"))


class PackFinder(BaseFinder):
    """Finds the packs; they are made in the data folder, in a folder that their contents name."""

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """The pack's path, or all paths of that name; nothing for any other file."""
        found = [_storage().path(path)] if path in PACKED or path in STYLES else []
        return found if find_all else next(iter(found), None)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Each pack."""
        for name in (*PACKED, *STYLES):
            yield name, _storage()


@cache
def _storage() -> FileSystemStorage:
    packs = {name: pack(entry) for name, entry in PACKED.items()}
    packs |= {name: "".join(map(_text, styles)) for name, styles in STYLES.items()}
    digest = sha256("\0".join(packs.values()).encode()).hexdigest()[:32]
    folder = Path(settings.DATA_DIR) / "static" / digest
    for name, packed in packs.items():
        place = folder / name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            draft = place.with_suffix(f".{secrets.token_hex(4)}")
            draft.write_text(packed, encoding="utf-8")
            draft.replace(place)
    return FileSystemStorage(folder)
