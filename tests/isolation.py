"""Loaded by pytest.ini before any settings: tests get a data folder of their own and no setting of the caller's."""

import atexit
import os
import shutil
import tempfile

# Every variable that a setting reads (README has the table). Servers under test get theirs explicitly.
SETTINGS = (
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_FROM",
    "EMAIL_URL",
    "HOST",
    "PORT",
    "REDIS_URL",
    "ROLLSCAPE_CONNECTIONS",
    "ROLLSCAPE_CORS_ORIGINS",
    "ROLLSCAPE_HANDSHAKES",
    "ROLLSCAPE_INSECURE_TOKENS",
    "ROLLSCAPE_LOG",
    "ROLLSCAPE_METRICS",
    "ROLLSCAPE_PGBOUNCER",
    "ROLLSCAPE_PROXIES",
    "ROLLSCAPE_RATE",
    "ROLLSCAPE_SYNC",
    "ROLLSCAPE_TRIES",
    "ROLLSCAPE_URL",
    "SECRET_KEY",
    "WORKERS",
)

# Faults last as long as in earnest, instead of a sixth of it. It stays in the environment, for pytest's workers.
SLOW = os.environ.get("ROLLSCAPE_SLOW_TESTS") == "1"

FOLDER = tempfile.mkdtemp(prefix="rollscape-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def clean_environment() -> dict[str, str]:
    """The environment without any setting of RollScape."""
    ours = {*SETTINGS, "DJANGO_SETTINGS_MODULE"}  # which pytest sets, and nobody else
    return {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("ROLLSCAPE_")}


# Some hundred processes are started: what one has compiled, the next ones shall find.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


for name in set(os.environ) - set(clean_environment()) - {"ROLLSCAPE_SLOW_TESTS"}:
    del os.environ[name]
os.environ["ROLLSCAPE_DATA"] = FOLDER
