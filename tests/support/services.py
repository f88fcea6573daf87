"""A Redis and a PostgreSQL for the tests alone, gone with them."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis

from tests.support.require import require_postgresql, require_program
from tests.support.waiting import free_port, until


class RedisServer:
    """Redis without a disk, on a port of its own. Its pub/sub knows no databases, so every RollScape gets its own."""

    def __init__(self) -> None:
        self._program = require_program("redis-server")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it, on the same port as before, and wait until it answers."""
        self._process = subprocess.Popen(
            [self._program, "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
        )
        until(self._answers, "Redis answers")

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        with redis.Redis(port=self.port) as connection:
            try:
                return bool(connection.ping())
            except redis.ConnectionError:
                return False


class PostgresServer:
    """PostgreSQL with fsync, in a folder of its own. It refuses to run as root: then another user runs it."""

    def __init__(self) -> None:
        self._programs = require_postgresql()
        self._user = "postgres" if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="rollscape-postgres-"))
        self.port = free_port()
        self._databases = 0
        if self._user:
            shutil.chown(self._folder, self._user)
        self._run("initdb", "--username=tests", "--auth=trust", "--encoding=UTF8", "--locale=C")
        self.start()

    def start(self) -> None:
        """Start it, on the same port and data as before, and wait until it answers."""
        self._process = subprocess.Popen(
            self._command("postgres", "-h", "127.0.0.1", "-p", str(self.port), "-k", str(self._folder)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            user=self._user,
        )
        until(self._answers, "PostgreSQL answers")

    @property
    def pid(self) -> int:
        """The process that all its others are children of."""
        return self._process.pid

    def database(self, template: str = "template0") -> str:
        """The URL of a new database, empty or a copy of the template, which nobody may be using."""
        self._databases += 1
        name = f"rollscape_{self._databases}"
        self._administer(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._address(name)

    def copy(self, url: str) -> str:
        """The URL of a copy of one of its databases."""
        return self.database(_name(url))

    def drop(self, url: str) -> None:
        """Drop one of its databases, even if somebody uses it."""
        self._administer(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def crash(self) -> None:
        """«Immediate shutdown»: as when the machine fails; the next start recovers what was committed."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()

    def cut_all(self, url: str) -> None:
        """Terminate every connection to this database."""
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [url.rpartition("/")[2]]
            )

    def stop(self) -> None:
        """End it and forget everything."""
        self._process.send_signal(signal.SIGINT)  # «fast shutdown»: does not wait for clients
        self._process.wait()
        shutil.rmtree(self._folder)

    def _administer(self, command: str) -> None:
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(command.encode())

    def _address(self, name: str) -> str:
        return f"postgresql://tests@127.0.0.1:{self.port}/{name}"

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]

    def _run(self, program: str, *arguments: str) -> None:
        command = self._command(program, *arguments)
        subprocess.run(command, check=True, cwd=self._folder, user=self._user, stdout=subprocess.DEVNULL)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


class PgBouncer:
    """Debian's pooler in transaction mode. It refuses to run as root: then another user runs it."""

    def __init__(self, url: str, folder: Path) -> None:
        self._program = require_program("/usr/sbin/pgbouncer")
        self.port = free_port()
        parts = urlsplit(url)
        self.url = f"postgresql://{parts.username}@127.0.0.1:{self.port}{parts.path}"
        settings = {
            "listen_addr": "127.0.0.1",
            "listen_port": self.port,
            "auth_type": "any",
            "pool_mode": "transaction",
            "default_pool_size": 5,  # fewer than would connect
            "unix_socket_dir": "",
        }
        user = parts.username
        lines = ["[databases]", f"* = host=127.0.0.1 port={parts.port} user={user}", "[pgbouncer]"]
        self._ini = folder / "pgbouncer.ini"
        self._ini.write_text("\n".join([*lines, *(f"{name} = {value}" for name, value in settings.items())]) + "\n")
        as_user = "postgres" if os.geteuid() == 0 else None
        for path in (folder, self._ini):
            path.chmod(0o755)
        self._process = subprocess.Popen(
            [self._program, str(self._ini)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", user=as_user
        )
        until(self._answers, "PgBouncer answers")

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def _name(url: str) -> str:
    return url.rsplit("/", 1)[1]
