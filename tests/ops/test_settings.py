"""Settings that are dangerous where they stand stop the start, in a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.isolation import clean_environment
from tests.support.server import PROJECT

PUBLIC = {"ROLLSCAPE_URL": "https://play.example.org"}

DANGEROUS = [
    (PUBLIC | {"DEBUG": "1"}, "DEBUG=1"),
    (PUBLIC | {"ROLLSCAPE_RATE": "0"}, "ROLLSCAPE_RATE=0"),
    ({"ROLLSCAPE_INSECURE_TOKENS": "1"}, "ROLLSCAPE_INSECURE_TOKENS=1"),
    ({"ROLLSCAPE_INSECURE_TOKENS": "1", "DEBUG": "1", "HOST": "0.0.0.0"}, "ROLLSCAPE_INSECURE_TOKENS=1"),
    ({"SECRET_KEY": "changeme"}, "SECRET_KEY"),
    ({"SECRET_KEY": "a" * 64}, "SECRET_KEY"),
    ({"ROLLSCAPE_METRICS": "metrics"}, "ROLLSCAPE_METRICS"),
    ({"ROLLSCAPE_PROXIES": "*"}, "ROLLSCAPE_PROXIES"),
    ({"ROLLSCAPE_PROXIES": "127.0.0.1,0.0.0.0/0"}, "ROLLSCAPE_PROXIES"),
    ({"ROLLSCAPE_PROXIES": "proxy"}, "ROLLSCAPE_PROXIES"),
    ({"ROLLSCAPE_LOG": "xml"}, "ROLLSCAPE_LOG"),
    ({"ROLLSCAPE_METRICS": "0123456789abcdef", "ROLLSCAPE_DATA": "long " * 20}, "ROLLSCAPE_DATA"),
]


def manage(command: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    if "ROLLSCAPE_DATA" in settings:
        settings["ROLLSCAPE_DATA"] = str(folder / settings["ROLLSCAPE_DATA"])
    environment = clean_environment() | {"ROLLSCAPE_DATA": str(folder), "PORT": "1"} | settings
    return subprocess.run(
        [sys.executable, "manage.py", command], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(("settings", "named"), DANGEROUS, ids=[repr(settings) for settings, _ in DANGEROUS])
def test_it_does_not_start_and_says_why(settings: dict[str, str], named: str, tmp_path: Path) -> None:
    done = manage("serve", tmp_path, **settings)

    assert done.returncode != 0
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not any(value in done.stderr for name, value in settings.items() if name in {"SECRET_KEY"})


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    assert manage("check", tmp_path).returncode == 0
    (tmp_path / "secret_key").chmod(0o644)

    done = manage("check", tmp_path)

    assert done.returncode != 0
    assert done.stderr.startswith("RollScape does not start: Others can read")
    assert done.stderr.endswith(f"chmod 600 {tmp_path}/secret_key\n")


def test_a_public_address_without_tls_is_warned_of(tmp_path: Path) -> None:
    done = manage("check", tmp_path, ROLLSCAPE_URL="http://play.example.org")

    assert done.returncode == 0
    assert "unencrypted" in done.stderr
    assert "unencrypted" not in manage("check", tmp_path, **PUBLIC).stderr
