"""Static files that a browser keeps for ever, without a build step.

An address carries the version of all files together, `/static/3f2a91c07b55/game/play.js`: whatever a module or
a style refers to by a relative address is of the same version, and a changed file changes every address.
Files are served from where they stand; what is text also as a compressed copy, made once in the data folder.
"""

from __future__ import annotations

import gzip
import re
import secrets
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from servestatic.middleware import ServeStaticMiddleware
from servestatic.responders import StaticFile

COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".ts", ".txt", ".webmanifest"})
LEAST = 500  # bytes; below it a compressed copy is not worth its headers

_answers: dict[str, StaticFile] = {}  # by address: a process may have several handlers, and the files are the same


@cache
def version() -> str:
    """Names the contents of all static files together."""
    digest = sha256()
    for name, path in sorted(_files().items()):
        digest.update(f"{name}\0{_digest(path)}\0".encode())
    return digest.hexdigest()[:12]


@cache
def compressed(path: str) -> str | None:
    """The file's compressed copy; made when it is missing, None where none is worth making."""
    original = Path(path)
    if original.suffix not in COMPRESSED or original.stat().st_size < LEAST:
        return None
    copy = Path(settings.DATA_DIR) / "static" / f"{_digest(path)}.gz"
    if not copy.exists():
        copy.parent.mkdir(exist_ok=True)
        draft = copy.with_suffix(f".{secrets.token_hex(4)}")
        draft.write_bytes(gzip.compress(original.read_bytes(), mtime=0))
        draft.replace(copy)
    return str(copy)


@cache
def _digest(path: str) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()[:32]


@cache
def _files() -> dict[str, str]:
    """Each file's path by its name; of two with one name the first."""
    found: dict[str, str] = {}
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            found.setdefault(name, storage.path(name))
    return found


class VersionedStorage(StaticFilesStorage):
    """Addresses with the version in them, but for DEBUG, where files change under the running server."""

    def url(self, name: str | None) -> str:
        """The file's address."""
        return super().url(name if settings.DEBUG else f"{version()}/{name}")


class StaticFiles(ServeStaticMiddleware):  # type: ignore[misc]  # it ships without types
    """Serves them: under the current version to be kept, under any other or none to be asked for again each time."""

    def __init__(self, get_response: Callable[[HttpRequest], Awaitable[HttpResponseBase]]) -> None:
        self._any_version = re.compile(rf"^({re.escape(settings.STATIC_URL)})[0-9a-f]{{12}}/")
        super().__init__(get_response)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve a static file, or leave it to the others."""
        if self.autorefresh or request.path_info not in self.files:
            # A page of the version before asks for its modules: those of now are the best there is.
            request.path_info = self._any_version.sub(r"\1", request.path_info)
        answer: HttpResponseBase = await super().__call__(request)
        return answer

    def add_files_from_finders(self) -> None:
        """Note each file under both of its addresses. While they may change, they are looked for at each request."""
        if self.autorefresh:
            super().add_files_from_finders()
            return
        if not _answers:
            for name, path in _files().items():
                for url in (f"{self.static_prefix}{name}", f"{self._current}{name}"):
                    _answers[url] = self.get_static_file(path, url)
        self.files = _answers

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Whether what stands at this address never changes."""
        return not self.autorefresh and url.startswith(self._current)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """The file with its headers and its compressed copy."""
        headers = Headers([("Access-Control-Allow-Origin", "*")])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        copy = None if self.autorefresh else compressed(path)
        return StaticFile(path, headers.items(), encodings={"gzip": copy} if copy else None)

    @property
    def _current(self) -> str:
        return f"{self.static_prefix}{version()}/"
