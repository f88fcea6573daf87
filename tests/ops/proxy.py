"""nginx with the configuration that the project recommends, in front of a server under test."""

from __future__ import annotations

import http.client
import json
import os
import ssl
import subprocess
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from tests.support.client import Client
from tests.support.require import require_program
from tests.support.server import PROJECT
from tests.support.waiting import PATIENCE, free_port, until
from tests.support.web import Response

NAME = "play.example.org"
ORIGIN = f"https://{NAME}"
CONFIGURATION = PROJECT / "deploy/nginx.conf"
KEYS = f"/etc/letsencrypt/live/{NAME}"

MAIN = """
{user}
pid {folder}/nginx.pid;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/rollscape.conf;
}}
"""


class Nginx:
    """Started on construction; `port` speaks TLS, `plain_port` does not."""

    def __init__(self, folder: Path, server_port: int) -> None:
        self._folder = folder
        self.port, self.plain_port = free_port(), free_port()
        self._make_certificate()
        (folder / "rollscape.conf").write_text(self._adapted(CONFIGURATION.read_text(), server_port))
        user = "user root;" if os.geteuid() == 0 else ""  # the folder is its owner's alone
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
        program = require_program("nginx")
        self._process = subprocess.Popen(
            [program, "-p", folder, "-e", folder / "start.log", "-c", folder / "nginx.conf", "-g", "daemon off;"]
        )
        until(self._answers, "nginx answers")

    def stop(self) -> None:
        """End it at once, its workers too."""
        self._process.terminate()
        self._process.wait(10)

    @property
    def logs(self) -> str:
        """Everything that it wrote down."""
        return "".join(path.read_text() for path in self._folder.glob("*.log"))

    def _adapted(self, text: str, server_port: int) -> str:
        """The file as it is, but for what every machine has of its own: ports, folders and keys."""
        for recommended, here in {
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{server_port};",
            "/var/log/nginx": str(self._folder),
            KEYS: str(self._folder),
        }.items():
            assert recommended in text, f"nginx.conf has no {recommended!r} any more"
            text = text.replace(recommended, here)
        return text

    def _make_certificate(self) -> None:
        command = [
            *(require_program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", f"{self._folder}/privkey.pem", "-out", f"{self._folder}/fullchain.pem"),
        ]
        subprocess.run(command, check=True, capture_output=True)

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.logs
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    # Through it --------------------------------------------------------------------------------

    def get(self, path: str, *, address: str = "127.0.0.1", **headers: str) -> Response:
        """GET over TLS, from this address of the machine."""
        return self._ask("GET", path, None, address, headers)

    def post(self, path: str, body: Any, *, address: str = "127.0.0.1", **headers: str) -> Response:
        """POST over TLS: bytes as they are, else as JSON."""
        if not isinstance(body, bytes):
            body, headers = json.dumps(body).encode(), {"Content-Type": "application/json", **headers}
        return self._ask("POST", path, body, address, headers)

    def get_plain(self, path: str) -> Response:
        """GET without TLS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=PATIENCE)
        return _answer(connection, "GET", path, None, {"Host": NAME})

    async def connect(self, session: int, *, address: str = "127.0.0.1", **how: Any) -> Client:
        """A socket over TLS; `token` goes into the query, `bearer` and `cookie` where a browser has them."""
        bearer, cookie, token = how.pop("bearer", None), how.pop("cookie", None), how.pop("token", None)
        assert not how
        connection = await connect(
            f"wss://{NAME}/ws/game/{session}" + (f"?token={token}" if token else ""),
            host="127.0.0.1",
            port=self.port,
            ssl=self._trust,
            local_addr=(address, 0),
            subprotocols=[Subprotocol("rollscape.v1"), Subprotocol(f"bearer.{bearer}")] if bearer else None,
            additional_headers={"Cookie": cookie} if cookie else None,
            origin=Origin(ORIGIN),
            compression=None,
            max_size=None,
            proxy=None,
        )
        return Client(connection)

    def _ask(self, method: str, path: str, body: bytes | None, address: str, headers: dict[str, str]) -> Response:
        connection = _ToName("127.0.0.1", self.port, timeout=PATIENCE, context=self._trust, source_address=(address, 0))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return _answer(connection, method, path, body, {"Host": NAME, **named})

    @property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self._folder / "fullchain.pem"))


class _ToName(http.client.HTTPSConnection):
    """Connects to an address, and expects the certificate of the name."""

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        context: ssl.SSLContext = self._context  # type: ignore[attr-defined]  # the base class keeps it
        self.sock = context.wrap_socket(self.sock, server_hostname=NAME)


def _answer(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> Response:
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return Response(answer.status, answer.headers, answer.read())
    finally:
        connection.close()
