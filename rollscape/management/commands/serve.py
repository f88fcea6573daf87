"""`manage.py serve`: what `make run` calls."""

from __future__ import annotations

import logging
import signal
import socket
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from accounts.addresses import is_loopback
from game.demo.tables import demo_session_id, lay_table
from game.management.commands.demo import site
from rollscape import environment
from rollscape.data_folder import claim
from rollscape.server import serve
from rollscape.workers import Workers

log = logging.getLogger("rollscape.serve")


class Command(BaseCommand):
    """Bring the database up to date, make the demo table on an empty one, and serve."""

    help = "Serves RollScape on HOST and PORT until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped; HOST, PORT and WORKERS say where and by how many processes."""
        host, port = environment.text("HOST", "127.0.0.1").strip("[]"), environment.number("PORT", 8000)
        if not (port.is_integer() and port < 65536):
            raise CommandError(f"PORT must be a port number, not {port:g}.")
        if settings.INSECURE_TOKENS and not is_loopback(host):
            raise CommandError(
                f"With ROLLSCAPE_INSECURE_TOKENS=1, anybody who can reach {host} could act as anybody else."
            )
        if settings.DEBUG and not is_loopback(host):
            raise CommandError(f"With DEBUG=1, everybody who can reach {host} can see settings and code.")
        workers = _workers()
        if not settings.DATABASE_URL:
            claim(settings.DATA_DIR)
        call_command("migrate", interactive=False, verbosity=0)
        # On a public server there is no demo table, and no password of it in the system's log.
        demo = not settings.PUBLIC_URL and (not get_user_model().objects.exists() or demo_session_id() is not None)
        if settings.LOG == "json":  # then all that is said is for programs
            log.info("serving", extra={"facts": {"address": site(), "host": host, "port": int(port)}})
            if demo:
                lay_table()
        else:
            self._greet(host, int(port), demo=demo)
        connections.close_all()
        if workers == 1:
            _drain_on_hangup()
            serve(host, int(port))
            return
        try:
            group = Workers(host, int(port), workers)
        except OSError as error:
            raise CommandError(f"RollScape can't listen on port {port:g} of {host}: {error.strerror}.") from None
        group.run()

    def _greet(self, host: str, port: int, *, demo: bool) -> None:
        self.stdout.write(f"RollScape runs at {site()}/")
        address = _address_in_the_network() if host == "0.0.0.0" and not settings.PUBLIC_URL else None  # noqa: S104
        if address:
            self.stdout.write(f"Others in your network can open http://{address}:{port}/")
        if demo:
            call_command("demo", stdout=self.stdout)
            self.stdout.write(
                "Anybody on this computer can join the demo table without a password."
                " Set ROLLSCAPE_URL before you put a proxy in front, or strangers can, too."
            )


def _workers() -> int:
    """How many server processes are wanted."""
    workers = environment.number("WORKERS", 1)
    if not workers.is_integer() or workers < 1:
        raise CommandError(f"WORKERS must be a whole number of server processes, not {workers:g}.")
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not getattr(settings, name)]
    if workers > 1 and missing:
        raise CommandError(f"WORKERS={workers:g} needs PostgreSQL and Redis: set {' and '.join(missing)}.")
    return int(workers)


def _drain_on_hangup() -> None:
    """SIGHUP (a closed terminal, `systemctl reload`) ends a lone process in order, as SIGTERM does."""
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))


def _address_in_the_network() -> str | None:
    """The address that this machine shows its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737)
        except OSError:
            return None
        return str(probe.getsockname()[0])
