"""Which server processes on this machine are alive: each holds a lock on a file of its own for as long as it lives.

A lease of a killed process would keep its people in the rooms for half a minute. Where all processes are on one
machine, as with SQLite, the lock tells at once.
"""

from __future__ import annotations

import fcntl
import uuid
from collections.abc import Iterable
from pathlib import Path


class ProcessLock:
    """This process' lock; the kernel lets go of it however the process ends."""

    def __init__(self, folder: Path, server_id: uuid.UUID) -> None:
        folder.mkdir(exist_ok=True)
        self._path = folder / str(server_id)
        self._file = self._path.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def close(self) -> None:
        """Let go in order."""
        self._path.unlink(missing_ok=True)
        self._file.close()


def dead(folder: Path, server_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Those of the processes that hold no lock any more; what they left in the folder is removed."""
    return [server_id for server_id in server_ids if _is_dead(folder / str(server_id))]


def _is_dead(path: Path) -> bool:
    try:
        with path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True
