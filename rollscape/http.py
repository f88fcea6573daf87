"""Requests under uvicorn: none may be endless in what is no body, nor take for ever to be complete."""

from __future__ import annotations

import asyncio
from asyncio import TimerHandle
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from rollscape.arrivals import Arrival, Arrivals

SLICE = 16 * 1024  # bytes that are parsed before it is looked at what was in them
MAX_HEADER = 64 * 1024  # bytes of a request that are no body: its line, its headers, what lies between chunks
FRAMING = 8  # bytes between chunks that a byte of the body may cost: those with one byte each take five
REQUEST = 10.0  # seconds for all but the body
AHEAD = 32  # requests that may wait for the answer to the one before
LINGER = 2.0  # seconds that the rest of a request is thrown away, so that its sender reads the answer
BREATH = 0.05  # seconds between two looks at it
REST, REST_OF_BODY = 256 * 1024, 4 * 1024 * 1024  # bytes of it: nobody's header has so many, an honest upload may


class _ClosedInOrder:
    """The transport of a request after whose answer uvicorn closes: what is still to come is heard out first."""

    def __init__(self, protocol: RequestProtocol) -> None:
        self._protocol = protocol
        self.write = protocol.transport.write
        self.is_closing = protocol.transport.is_closing

    def close(self) -> None:
        self._protocol.end()


class RequestProtocol(HttpToolsProtocol):
    """uvicorn's, with an end to everything that comes before a request reaches the application."""

    _arrival: Arrival
    _deadline: TimerHandle | None = None  # until the request's headers are complete
    _whole = True  # nothing of a request is still to come
    _left: int | None = None  # bytes that may still be thrown away, after the answer
    _around = 0  # bytes of this request that are no body
    _inside = 0  # bytes of its body

    def __init__(self, arrivals: Arrivals, /, **options: Any) -> None:
        super().__init__(**options)
        self._arrivals = arrivals

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Wait for a request."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        self._arrival = Arrival(address, self.loop.time(), transport.abort)
        self._expect()
        self._arrivals.come(self._arrival, self.connections)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits for it any more."""
        self._stop_expecting()
        super().connection_lost(exc)

    def _expect(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST, self._too_late)

    def _too_late(self) -> None:
        self._deadline = None
        if self._is_answering():  # the next request has begun meanwhile
            self._expect()
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _stop_expecting(self) -> None:
        self._arrivals.gone(self._arrival)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    # What comes --------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Parse it in slices: a header that never ends is put together anew with each."""
        if self._left is not None:
            self._throw_away(data)
            return
        for at in range(0, len(data), SLICE):
            part = data[at : at + SLICE]
            self._around += len(part)
            if self._whole:
                self._expect()
            super().data_received(part)
            if self.transport.get_protocol() is not self or self.transport.is_closing() or self._left is not None:
                return
            if not self._is_bearable():
                return

    def _is_bearable(self) -> bool:
        if self._around > MAX_HEADER + FRAMING * self._inside:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif len(self.pipeline) > AHEAD:
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS)
        return self._left is None

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._whole = False
        self._around = self._inside = 0

    def on_headers_complete(self) -> None:
        """It is known what is asked for."""
        self._stop_expecting()
        before = self.cycle
        super().on_headers_complete()
        if self.cycle is not None and self.cycle is not before and not self.cycle.keep_alive:
            self.cycle.transport = _ClosedInOrder(self)  # type: ignore[assignment]  # all that a cycle uses of it

    def on_body(self, body: bytes) -> None:
        """A piece of its body."""
        self._around -= len(body)
        self._inside += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """It has come whole."""
        self._whole = True
        super().on_message_complete()

    # An early end ------------------------------------------------------------------------------

    def on_response_complete(self) -> None:
        """Answered before all had come: hear no more of it."""
        super().on_response_complete()
        if not self._whole:
            self.end()

    def end(self) -> None:
        """Close, once what is still to come of the request has been heard out."""
        if self._whole:
            self.transport.close()
        elif self._left is None and not self.transport.is_closing():
            self._linger(REST_OF_BODY)

    def _refuse(self, status: HTTPStatus) -> None:
        """Say why, unless an answer is under way, and hear no more."""
        if not self._is_answering():
            body = f"{status.phrase}.\n".encode()
            head = f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Type: text/plain\r\n"
            self.transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            self._linger(REST_OF_BODY if self._inside else REST)
        else:
            self.transport.abort()

    def _linger(self, rest: int) -> None:
        """A connection that is closed while something still comes is reset, and its sender never reads the answer."""
        self._left = rest
        self._unset_keepalive_if_required()
        self._stop_expecting()
        self.transport.write_eof()
        self.flow.resume_reading()
        self.loop.call_later(LINGER, self.transport.abort)

    def _throw_away(self, data: bytes) -> None:
        assert self._left is not None
        self._left -= len(data)
        if self._left < 0:
            self.transport.abort()
            return
        self.transport.pause_reading()
        self.loop.call_later(BREATH, self.transport.resume_reading)
