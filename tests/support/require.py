"""What a test needs of the machine beyond Python."""

import os
import shutil
from pathlib import Path

import pytest


def require(found: str | Path | None, what: str) -> str:
    """The path that was found. Without one the test is skipped and says why; with CI set it fails."""
    if found:
        return str(found)
    reason = f"{what} is not installed"
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is set: nothing is skipped here")
    pytest.skip(reason)


def require_program(name: str) -> str:
    """The program's path, looked for on PATH."""
    return require(shutil.which(name), name)


def require_postgresql() -> Path:
    """The folder of PostgreSQL's own programs; Debian keeps them off PATH, the newest version counts."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return Path(require(shutil.which("initdb") or (debian[-1] if debian else None), "PostgreSQL")).parent


def require_chromium() -> str:
    """The browser's path."""
    return require(shutil.which("chromium") or shutil.which("chromium-browser"), "Chromium")
