"""`make check`: a line for each check, and below it what a failed one said.

`make check ARGS="types imports"` chooses. Where npm is missing, its checks are skipped; with CI set they fail.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
Command = Sequence[str | Path]

_bin = Path(sys.executable).parent  # of the environment that `make` made
_manage: Command = (sys.executable, PROJECT / "manage.py")
CHECKS: dict[str, Command] = {
    "style": (_bin / "ruff", "check", "--quiet", "."),
    "format": (_bin / "ruff", "format", "--quiet", "--check", "--diff", "."),
    "types": (_bin / "mypy", "."),
    "imports": (_bin / "lint-imports", "--no-logo"),
    "generated": (*_manage, "generate", "--check"),
    "migrations": (*_manage, "makemigrations", "--check", "--dry-run"),
    "js-style": ("npm", "run", "--silent", "lint"),
    "js-types": ("npm", "run", "--silent", "types"),
    "js-bundles": ("npm", "run", "--silent", "bundle", "--", "--check"),
    "js-tests": ("npm", "run", "--silent", "test"),
}
ENVIRONMENT = os.environ | {"NODE_OPTIONS": "--test-reporter=tap"}  # the same of every version of node


def run(checks: Mapping[str, Command]) -> bool:
    """Run them one after the other, whatever fails; whether all passed."""
    outcomes = [_passes(name, command) for name, command in checks.items()]
    return all(outcomes)


def _passes(name: str, command: Command) -> bool:
    if shutil.which(command[0]) is None and not os.environ.get("CI"):
        _say("skipped", name, f"{command[0]} is missing")
        return True
    begun = time.monotonic()
    said, passed = _outcome(command)
    _say("ok" if passed else "FAILED", name, f"{time.monotonic() - begun:.1f} s")
    if not passed:
        sys.stdout.write(f"\n{failures(said).strip()}\n\n")
    return passed


def failures(said: str) -> str:
    """What was said, but of node's tests only those that failed."""
    if not said.startswith("TAP version"):
        return said
    tests = re.split(r"^(?=# Subtest: )", said, flags=re.MULTILINE)
    return "".join(test for test in tests if re.search(r"^ *not ok ", test, re.MULTILINE))


def _outcome(command: Command) -> tuple[str, bool]:
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=PROJECT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except OSError as error:
        return str(error), False
    return done.stdout, done.returncode == 0


def _say(verdict: str, name: str, more: str) -> None:
    sys.stdout.write(f"{verdict:8} {name:11} {more}\n")
    sys.stdout.flush()


def main(names: Iterable[str]) -> int:
    """Run the checks of these names, all without any; 0 where all passed, 1 where one failed, 2 for no such name."""
    chosen = list(names) or list(CHECKS)
    if unknown := sorted(set(chosen) - set(CHECKS)):
        sys.stdout.write(f"There is no check called {', '.join(unknown)}; there are {', '.join(CHECKS)}.\n")
        return 2
    return 0 if run({name: CHECKS[name] for name in chosen}) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
