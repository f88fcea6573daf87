"""What the project says of itself holds."""

import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text()
SUFFIXES = {"conf", "dump", "md", "service"}  # of files that are not ours to have
EXAMPLE = "/toasts/"  # the subject that README adds
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])


def test_every_setting_is_in_readmes_table() -> None:
    settings = (PROJECT / "rollscape/settings.py").read_text()
    read = set(re.findall(r'environment\.\w+\("([A-Z_]+)"', settings))

    documented = set(re.findall(r"`([A-Z_]+)`", "\n".join(line for line in README.splitlines() if line[:3] == "| `")))

    assert read | {"HOST", "PORT", "WORKERS"} == documented


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_modules_that_are_named_exist(page: Path) -> None:
    text = page.read_text()
    files = set(re.findall(r"`((?:accounts|bench|deploy|game|rollscape|static|templates|tests|tools)/[\w./-]*)`", text))
    dotted = set(re.findall(r"\b(?:accounts|bench|game|rollscape)(?:\.[a-z_]+)+\b(?![/.\w-])", text))
    modules = {name.replace(".", "/") for name in dotted if name.rpartition(".")[2] not in SUFFIXES}

    assert {file for file in files if EXAMPLE not in file and not (PROJECT / file).exists()} == set()
    assert {name for name in modules if not ((PROJECT / name).is_dir() or (PROJECT / f"{name}.py").exists())} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_targets_that_are_named_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"(?:`|^    )(?:[A-Z_]+=\S+ )?make ([a-z-]+)", page.read_text(), re.MULTILINE)) <= targets


def test_help_lists_what_there_is() -> None:
    printed = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    assert {"setup", "run", "test", "check", "admin", "help"} <= {line.split()[1] for line in printed.splitlines()}


def test_the_lock_has_what_is_required_with_its_hashes() -> None:
    required = re.findall(r"^([\w.-]+)(?:\[\w+\])?(==\S+)", (PROJECT / "requirements.txt").read_text(), re.MULTILINE)
    lock = (PROJECT / "requirements.lock").read_text()
    locked = {re.sub(r"\[\w+\]", "", line.split()[0]).lower() for line in lock.splitlines() if "==" in line}

    assert {f"{name}{version}".lower().replace("_", "-") for name, version in required} <= locked
    assert lock.count("==") <= lock.count("\\\n    --hash=sha256:") <= lock.count("--hash=sha256:")


def test_what_is_secret_stays_out_of_git_and_of_images() -> None:
    ignored = (PROJECT / ".gitignore").read_text().split()
    built = (PROJECT / ".dockerignore").read_text().split()

    assert {".env", ".env.*", "/data/"} <= set(ignored)
    assert "*" in built
    assert not {"!data", "!.env", "!.git"} & set(built)
