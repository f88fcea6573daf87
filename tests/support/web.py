"""Plain HTTP to a server under test: no proxy, no redirect followed, no status an exception."""

import json
import re
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def request(
    port: int, path: str, *, post: Any = None, token: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    """GET, or POST when there is something to post (bytes as they are, else as JSON), as whom the token names."""
    sent = dict(headers or {})
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    if post is not None and not isinstance(post, bytes):
        sent["Content-Type"] = "application/json"
        post = json.dumps(post).encode()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET" if post is None else "POST", path, post, sent)
        answer = connection.getresponse()
        return Response(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


class Browser:
    """Keeps cookies and fills in forms; runs no scripts."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: SimpleCookie = SimpleCookie()

    @property
    def cookie(self) -> str:
        """The `Cookie` header that it sends."""
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())

    def sign_in(self, name: str, password: str) -> None:
        """Through the page, as a person would."""
        assert self.submit("/sign-in/", username=name, password=password).status == 302

    def sign_out(self) -> None:
        """Through the page."""
        assert self.submit("/sign-out/", form_on="/profile/").status == 302

    def get(self, path: str) -> Response:
        """Open a page; a redirect is not followed."""
        return self._keep(request(self._port, path, headers={"Cookie": self.cookie}))

    def submit(self, path: str, form_on: str | None = None, **fields: str) -> Response:
        """Post a form that stands on that page, on the one it is posted to by default."""
        page = self.get(form_on or path)
        proof = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
        assert proof, f"no form on {form_on or path}: {page.status}"
        body = urlencode({"csrfmiddlewaretoken": proof[1].decode(), **fields}).encode()
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        return self._keep(request(self._port, path, post=body, headers=headers))

    def _keep(self, response: Response) -> Response:
        for header in response.headers.get_all("Set-Cookie", []):
            self._cookies.load(header)
        return response
