"""What `make check` prints and how it ends, and that what it relies on bites."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.check import CHECKS, PROJECT, failures, main, run

GOOD = ("sh", "-c", "echo chatter")
BAD = ("sh", "-c", "echo line 7 is wrong; exit 3")
SINS = """
import random
import secrets
import time
from datetime import UTC, date, datetime
from os import urandom

X = random, secrets, time, urandom, date.today(), datetime.now(UTC)
"""


def test_each_check_is_one_line_and_only_a_failed_one_says_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run({"first": GOOD, "second": BAD, "third": GOOD})

    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert [line.split()[:2] for line in lines if line.endswith(" s")] == [
        ["ok", "first"],
        ["FAILED", "second"],
        ["ok", "third"],
    ]
    assert [line for line in lines if not line.endswith(" s")] == ["line 7 is wrong"]


def test_of_nodes_tests_only_those_that_failed_are_shown() -> None:
    good = "# Subtest: adds\nok 1 - adds\n  ---\n  ...\n"
    bad = "# Subtest: subtracts\nnot ok 2 - subtracts\n  ---\n  error: 3 is not 1\n  ...\n"

    assert failures(f"TAP version 13\n{good}{bad}{good}") == bad


def test_all_passed_only_where_none_failed() -> None:
    assert run({"first": GOOD, "second": GOOD})


def test_what_is_not_installed_is_skipped_but_not_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert run({"first": ("no-such-program",)})
    assert capsys.readouterr().out.startswith("skipped  first")

    monkeypatch.setenv("CI", "1")
    assert not run({"first": ("no-such-program",)})


def test_a_check_that_does_not_exist_is_no_success() -> None:
    assert main(["typos"]) == 2


def test_every_check_names_a_tool_that_is_pinned_or_the_projects_own() -> None:
    pinned = (PROJECT / "requirements-dev.txt").read_text()

    for name, tool in {"style": "ruff", "types": "mypy", "imports": "import-linter"}.items():
        assert name in CHECKS
        assert f"\n{tool}==" in pinned


@pytest.mark.parametrize(
    ("file", "refused"),
    [
        ("game/dice/rules/die.py", 6),
        ("game/dice/rules/fairness/chance.py", 6),
        ("game/anything/rules/die.py", 6),
        ("game/dice/rolls.py", 0),
        ("accounts/rules.py", 0),
        ("tests/dice/rules/test_die.py", 0),
    ],
)
def test_rules_may_not_reach_for_chance_or_the_clock(file: str, refused: int) -> None:
    ruff = str(Path(sys.executable).parent / "ruff")
    command = [ruff, "check", "--quiet", "--select=TID251", "--output-format=concise", f"--stdin-filename={file}", "-"]

    said = subprocess.run(command, cwd=PROJECT, input=SINS, capture_output=True, text=True).stdout

    assert said.count("TID251") == refused, said
