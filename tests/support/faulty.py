"""A server that fails where a test wants it to, started as `python -m tests.support.faulty serve`.

Nothing of this is in the server itself, so that it cannot be on by accident. Once the file that FAULT_FILE names
exists, FAULT says what happens: `die-unpublished` kills the process between a commit and its publication, `bug`
makes a command break. The file is removed by it. `impatient` needs no file: it pings every half second, and waits as
long for the answer.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import django
from django.core.management import execute_from_command_line


def _is_time() -> bool:
    try:
        Path(os.environ["FAULT_FILE"]).unlink()
    except FileNotFoundError:
        return False
    return True


def _die_unpublished() -> None:
    from game.engine.log.writer import Writer

    answer = Writer._answer

    def answer_or_die(self: Writer, batch: Any, results: list[Any]) -> None:
        if batch.entries and _is_time():
            os.kill(os.getpid(), signal.SIGKILL)
        answer(self, batch, results)

    Writer._answer = answer_or_die  # type: ignore[method-assign]


def _break_a_command() -> None:
    from game.engine.commands import CommandStep

    run = CommandStep.run

    def run_or_break(self: CommandStep, batch: Any) -> Any:
        if _is_time():
            raise ZeroDivisionError("a bug")
        return run(self, batch)

    CommandStep.run = run_or_break  # type: ignore[method-assign]


def _lose_patience() -> None:
    from rollscape import server

    server.PING = 0.5


FAULTS = {"impatient": _lose_patience, "die-unpublished": _die_unpublished, "bug": _break_a_command}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollscape.settings")
    django.setup()
    FAULTS[os.environ["FAULT"]]()
    execute_from_command_line(["manage.py", *sys.argv[1:]])
