"""`manage.py demo`: create the demo table, and say how to join it."""

import argparse
import json
import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.tokens import access_token
from game.demo.load import Room, fill_rooms
from game.demo.tables import Table, lay_table, part_of
from game.engine.models import Session


class Command(BaseCommand):
    """The demo table, made or found."""

    help = "Creates a demo campaign with two sessions and the users dm, alice, bob and carol, or finds them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """`--json`, and rooms for load."""
        parser.add_argument("--json", action="store_true", help="print JSON, with passwords and fresh tokens")
        parser.add_argument(
            "--rooms", type=int, default=0, metavar="N", help="also create N more sessions, for load tests"
        )
        parser.add_argument("--members", type=int, default=20, metavar="M", help="with M members each (default: 20)")

    def handle(self, *, rooms: int, members: int, **options: Any) -> None:
        """Print the table; nothing but the JSON with `--json`."""
        if rooms < 0 or members < 1:
            raise CommandError("--rooms must be at least 0, and --members at least 1.")
        table = lay_table()
        load = fill_rooms(rooms, members) if rooms else []
        self.stdout.write(json.dumps(as_json(table, load)) if options["json"] else how_to_sit_down(table))


def address(session: Session) -> str:
    """Where a session is played."""
    return f"{site()}/play/{session.pk}/"


def site() -> str:
    """The public address, or the one that `make run` serves on."""
    host = (os.environ.get("HOST", "").strip() or "127.0.0.1").strip("[]")
    port = os.environ.get("PORT", "").strip() or "8000"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (to listen on, not to go to)
    return settings.PUBLIC_URL or f"http://{f'[{host}]' if ':' in host else host}:{port}"


def how_to_sit_down(table: Table) -> str:
    """The address and the accounts for it, one per line."""
    people = (
        f"  {user.username:12} {table.passwords[name]:14} {part_of(user, table.campaign)}"
        for name, user in table.users.items()
    )
    return "\n".join([f"The demo table is ready: {address(table.evening or table.session)}", "Sign in as", *people])


def as_json(table: Table, load: list[Room]) -> dict[str, object]:
    """What programs need to join the table; tokens are fresh."""
    result: dict[str, object] = {
        "campaign": table.campaign.pk,
        "session": table.session.pk,
        "url": address(table.session),
        "users": {
            name: {
                "id": user.pk,
                "username": user.username,
                "password": table.passwords[name],
                "token": access_token(user),
            }
            for name, user in table.users.items()
        },
    }
    if load:
        result["rooms"] = [
            {"session": room.session_id, "tokens": [access_token(user) for user in room.members]} for room in load
        ]
    return result
