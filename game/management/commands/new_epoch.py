"""`manage.py new_epoch`: to be run after a database was restored from a backup."""

from typing import Any

from django.core.management.base import BaseCommand

from game.engine.log.durability import new_epochs


class Command(BaseCommand):
    """New epochs for all sessions."""

    help = "Makes every client load a fresh snapshot. Run it after restoring a backup, before you start the server."

    def handle(self, *args: Any, **options: Any) -> None:
        """Give every session a new epoch."""
        self.stdout.write(f"{new_epochs()} sessions have a new epoch.")
