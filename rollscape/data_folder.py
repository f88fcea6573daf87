"""The folder of an installation's own data: there, for nobody else to read, and for one server at a time."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

OTHERS, EVERYBODY_ELSE = 0o007, 0o077  # mode bits
OURS = ("*.sqlite3", "*.sqlite3-wal", "*.sqlite3-shm", "demo.json")
LOCK = "server.lock"

_claims: dict[Path, int] = {}  # file descriptors, held as long as the process lives


def data_folder(path: Path) -> Path:
    """The folder, made where it is not there, that this process can write to and nobody else can read.

    What this process writes from now on, others cannot read either. Raises ImproperlyConfigured, saying what to do.
    """
    os.umask(0o077)
    try:
        path = path.resolve()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep_private(path)
        with tempfile.TemporaryFile(dir=path):
            pass
    except FileExistsError:
        words = f"{path} is a file, but ROLLSCAPE_DATA must be a folder. Choose another one."
        raise ImproperlyConfigured(words) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead round in a circle
        reason = error.strerror if isinstance(error, OSError) else str(error)
        words = f"RollScape can't write to {path} ({reason}), but ROLLSCAPE_DATA must be a writable folder."
        raise ImproperlyConfigured(f"{words} Let this user write there, or choose another folder.") from None
    return path


def _keep_private(path: Path) -> None:
    folder = path.stat()
    if folder.st_mode & stat.S_ISVTX:
        words = f"Everybody on this machine uses {path}. Choose a folder in it:"
        raise ImproperlyConfigured(f"{words} ROLLSCAPE_DATA={path}/rollscape")
    if folder.st_mode & EVERYBODY_ELSE and _is_ours(folder):
        path.chmod(0o700)
    elif folder.st_mode & OTHERS:
        words = f"Others on this machine can read {path}. Its owner must run:"
        raise ImproperlyConfigured(f"{words} chmod 700 {path}")
    for file in (file for pattern in OURS for file in path.glob(pattern)):
        if file.stat().st_mode & EVERYBODY_ELSE and _is_ours(file.stat()):
            file.chmod(0o600)


def _is_ours(found: os.stat_result) -> bool:
    return os.geteuid() in (found.st_uid, 0)


def claim(path: Path) -> None:
    """Be the only server on this folder, until this process ends; raises ImproperlyConfigured where there is one."""
    if path in _claims:
        return
    lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        words = f"Another server already uses {path}, but SQLite allows only one. Stop it,"
        raise ImproperlyConfigured(f"{words} choose another ROLLSCAPE_DATA, or use PostgreSQL and Redis.") from None
    _claims[path] = lock
