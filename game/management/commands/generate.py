"""`manage.py generate`: write down what follows from the registry of events."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from game.protocol import reference


class Command(BaseCommand):
    """docs/protocol.md and static/game/client/protocol.d.ts."""

    help = "Writes docs/protocol.md and protocol.d.ts. With --check it only says whether they are up to date."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """`--check`."""
        parser.add_argument("--check", action="store_true", help="write nothing, and fail if a file is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write, or compare."""
        for path, text in reference.files().items():
            if path.exists() and path.read_text() == text:
                continue
            if check:
                raise CommandError(f"{path.name} is out of date: run `manage.py generate`.")
            path.write_text(text)
            self.stdout.write(f"{path.name} written")
