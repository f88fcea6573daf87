"""Python beside a running server, as `manage.py shell` runs it: one process for many commands, since its start is long.

Each line on stdin is a program as a JSON string; each line on stdout is what it printed, and how it failed or null.
"""

import io
import json
import os
import sys
import traceback
from contextlib import redirect_stdout

import django
from django.db import connections


def run(code: str) -> tuple[str, str | None]:
    """What the program prints, and its traceback if it fails."""
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            exec(code, {})  # noqa: S102  (the tests' own)
    except Exception:  # noqa: BLE001  (handed to the test)
        return printed.getvalue(), traceback.format_exc()
    finally:
        connections.close_all()  # the next may be a minute later, and the database another
    return printed.getvalue(), None


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollscape.settings")
    django.setup()
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)  # noqa: T201  (the answer)
