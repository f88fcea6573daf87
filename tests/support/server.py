"""A RollScape server as a process of its own, as somebody who runs it would start it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from tests.isolation import clean_environment
from tests.support.waiting import free_port, until
from tests.support.web import Response, request

PROJECT = Path(__file__).resolve().parents[2]
START = 60.0  # seconds for migrations and a first start on a slow machine

# As `make run` serves; Daphne; uvicorn as it comes, without an extension; Django's server for developers.
Kind = Literal["uvicorn", "daphne", "stock", "runserver"]


class ServerProcess:
    """Started on construction, ready when that returns. Everything it says goes to one log file.

    `folder` holds its ROLLSCAPE_DATA; `settings` are further environment variables. With FAULT among them it
    fails where tests.support.faulty lets it.
    """

    def __init__(self, kind: Kind, folder: Path, **settings: str) -> None:
        self.kind = kind
        self.settings = settings
        self.data = folder / "data"
        self.port = free_port()
        self.address = f"ws://127.0.0.1:{self.port}"
        self.origin = f"http://127.0.0.1:{self.port}"
        self._log = folder / f"server-{self.port}.log"
        self._administrator: subprocess.Popen[str] | None = None
        self._environment = clean_environment() | {
            "ROLLSCAPE_DATA": str(self.data),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        if kind != "uvicorn":
            self.manage("migrate", "--verbosity", "0")
        self.start()

    @classmethod
    def refused(cls, folder: Path, **settings: str) -> tuple[int, str]:
        """The status and the last words of a server that does not start with these settings."""
        environment = clean_environment() | {"ROLLSCAPE_DATA": str(folder / "data"), "PORT": str(free_port())}
        done = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=PROJECT,
            env=environment | settings,
            capture_output=True,
            text=True,
            timeout=START,
        )
        return done.returncode, done.stderr

    # Its life --------------------------------------------------------------------------------

    def start(self) -> None:
        """Start it, on the same port and data as before, and wait until it is ready."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._command()],
                cwd=PROJECT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that a kill takes its children along
            )
        until(self._ready, f"the {self.kind} server is ready", START)

    def kill(self) -> None:
        """SIGKILL: it gets no chance to tidy up."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def pause(self) -> None:
        """SIGSTOP: it stands still, and its sockets with it."""
        os.killpg(self._process.pid, signal.SIGSTOP)

    def wake(self) -> None:
        """SIGCONT."""
        os.killpg(self._process.pid, signal.SIGCONT)

    @staticmethod
    def kill_worker(pid: int) -> None:
        """SIGKILL one of its processes."""
        os.kill(pid, signal.SIGKILL)

    def hang_up(self) -> None:
        """SIGHUP, as a closed terminal sends it, and a service manager to whom it shall reload."""
        self._process.send_signal(signal.SIGHUP)

    @property
    def pid(self) -> int:
        """The process that was started."""
        return self._process.pid

    def terminate(self) -> None:
        """SIGTERM, as a service manager stops it."""
        self._process.terminate()

    def wait(self) -> int:
        """Its exit status, once it has ended."""
        return self._process.wait(timeout=START)

    def stop(self) -> None:
        """SIGTERM and wait; what has not ended within seconds is killed."""
        if self._administrator is not None:
            self._administrator.communicate()
            self._administrator = None
        self.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _command(self) -> list[str]:
        if "FAULT" in self.settings:
            return ["-m", "tests.support.faulty", "serve"]
        if self.kind == "uvicorn":
            return ["manage.py", "serve"]
        if self.kind == "stock":
            return ["-m", "uvicorn", "--port", str(self.port), "--log-level", "warning", "rollscape.asgi:application"]
        if self.kind == "runserver":
            return ["manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        return ["-m", "daphne", "-b", "127.0.0.1", "-p", str(self.port), "rollscape.asgi:application"]

    def _ready(self) -> bool:
        assert self._process.poll() is None, f"the server ended:\n{self.log[-4000:]}"
        try:
            return self.get("/readyz").status == 200
        except OSError:
            return False

    # What it says ----------------------------------------------------------------------------

    @property
    def log(self) -> str:
        """All that it has written since the first start."""
        return self._log.read_text(errors="replace")

    @property
    def secret_key(self) -> str:
        """The key it signs its tokens with."""
        return self.settings.get("SECRET_KEY") or (self.data / "secret_key").read_text().strip()

    def get(self, path: str, *, token: str | None = None, headers: dict[str, str] | None = None) -> Response:
        """GET, as whom the token names."""
        return request(self.port, path, token=token, headers=headers)

    def post(self, path: str, data: Any, *, token: str | None = None) -> Response:
        """POST JSON, as whom the token names."""
        return request(self.port, path, post=data, token=token)

    # What its administrator does -------------------------------------------------------------

    def manage(self, *arguments: str) -> str:
        """What `manage.py` prints, on the same data and beside the running server."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"manage.py {arguments[0]}:\n{done.stderr}"
        return done.stdout

    def shell(self, code: str) -> str:
        """What the Python code prints, run in another process beside the server."""
        if self._administrator is None:
            self._administrator = subprocess.Popen(
                [sys.executable, "-m", "tests.support.administrator"],
                cwd=PROJECT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        asked, answers = self._administrator.stdin, self._administrator.stdout
        assert asked is not None
        assert answers is not None
        asked.write(f"{json.dumps(code)}\n")
        asked.flush()
        printed, failure = json.loads(answers.readline())
        assert failure is None, failure
        return str(printed).strip()

    def clear_table(self) -> None:
        """Put away what was played at the demo table, and what was prepared for it: its seats lead to the empty one."""
        self.shell(
            "from game.engine.models import Session\n"
            "from game.macros.models import Macro\n"
            "from game.roll_tables.models import RollTable\n"
            "from game.demo.tables import demo_session_id\n"
            "Session.objects.exclude(pk=demo_session_id()).delete()\n"
            "Macro.objects.all().delete()\n"
            "RollTable.objects.all().delete()"
        )

    def demo(self, *, rooms: int = 0, members: int = 3) -> Any:
        """The demo table as JSON, with so many further rooms."""
        more = [f"--rooms={rooms}", f"--members={members}"] if rooms else []
        return json.loads(self.manage("demo", "--json", *more))
