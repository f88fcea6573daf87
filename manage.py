#!/usr/bin/env python
"""Django's command line for RollScape: `python manage.py help` lists the commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

WHAT_TO_DO = """Is it there, does it let this user in and write, is the disk full?
docs/operating.md says how a copy is restored."""


def _database() -> str:
    """Which one it is, without a password."""
    from django.conf import settings

    where = settings.DATABASES["default"]
    return str(where["NAME"]) + (f" on {where['HOST']}" if where.get("HOST") else "")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollscape.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # what to change, without where that was noticed
        sys.exit(f"RollScape does not start: {error}")
    except DatabaseError as error:
        sys.exit(f"RollScape does not start: the database {_database()} says: {str(error).strip()}\n{WHAT_TO_DO}")
