"""Sockets under uvicorn: finished frames straight to the transport, and an end to whatever never ends."""

from __future__ import annotations

import asyncio
from asyncio import TimerHandle
from asyncio.transports import BaseTransport
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State

from game.engine.sockets.pacing import Pacing
from game.engine.sockets.throttle import Bucket
from game.engine.sockets.transports import EXTENSION
from game.protocol.close_codes import Close
from rollscape.incoming import AFTER_CLOSE, ANSWER, LONGEST_ANSWER, SLICE, is_between_frames, pieces, whole_texts
from rollscape.wire import Inbox, Message, Wire, WiredProtocol, for_later

NOT_UTF8 = 1007
AHEAD = 16  # messages read before the first of them was taken
COMING = 1  # connections that are let in at one turn of the loop
HANDSHAKE = 10.0  # seconds from a complete request to the answer
CONTROL = 8  # opcodes from here on are control frames (RFC 6455, 5.5)


class FrameProtocol(WiredProtocol):
    """Offers `Wire` to the application and says goodbye with the protocol's own close code."""

    queue: Inbox  # type: ignore[assignment]  # all that is used of one
    _between_frames = False  # whole frames need no parser
    _unparsed = b""  # came while nobody took what had come before
    _pieces: Bucket | None = None  # for frames that are no whole message; made with the first
    _goodbye: TimerHandle | None = None
    _handshake: TimerHandle | None = None
    _after_close = AFTER_CLOSE  # bytes that are still looked at
    _closed_at = 0.0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.queue = Inbox(self.loop)

    # The transport -----------------------------------------------------------------------------

    @property
    def close_sent(self) -> bool:
        """Whether a close frame has left; the answer to it must not take for ever."""
        return self._close_sent

    @close_sent.setter
    def close_sent(self, sent: bool) -> None:
        self._close_sent = sent
        if sent and self._goodbye is None:
            self._closed_at = self.loop.time()
            self._goodbye = self.loop.call_later(ANSWER, self._unanswered)
        self._turn()

    def connection_made(self, transport: BaseTransport) -> None:
        """The request is complete; its answer must not take for ever."""
        super().connection_made(transport)
        self._handshake = self.loop.call_later(HANDSHAKE, self.transport.abort)

    def start_keepalive(self) -> None:
        """The handshake is done."""
        self._forget_handshake()
        super().start_keepalive()

    def _forget_handshake(self) -> None:
        if self._handshake is not None:
            self._handshake.cancel()
            self._handshake = None

    def connection_lost(self, exc: Exception | None) -> None:
        """The transport takes nothing any more."""
        self._forget_handshake()
        if self._goodbye is not None:
            self._goodbye.cancel()
        self._unparsed = b""
        super().connection_lost(exc)

    def _unanswered(self) -> None:
        """Cut a connection whose other side does not answer our close; what was written before it may still leave."""
        leaving = self.transport.get_write_buffer_size() > 0
        if leaving and self.loop.time() < self._closed_at + LONGEST_ANSWER:
            self._goodbye = self.loop.call_later(ANSWER, self._unanswered)
        else:
            self.transport.abort()

    # What comes --------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Hear what comes, in slices: the parser does not stop before the end of what it is given."""
        if len(data) <= SLICE:
            self._slice_received(data)
            return
        for at in range(0, len(data), SLICE):
            if self.read_paused and not self._close_sent:
                self._unparsed = data[at:]
                return
            self._slice_received(data[at : at + SLICE])

    def _slice_received(self, data: bytes) -> None:
        if self._close_sent:
            self._heard_after_close(data)
            return
        texts = whole_texts(data) if self._between_frames else None
        if texts is not None:
            for text in texts:
                self._text_received(text)
            return
        super().data_received(data)
        self._between_frames = is_between_frames(self.conn)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self._refuse_handshake()

    def _refuse_handshake(self) -> None:
        """Answer what is no handshake (a request line over 8 KiB), which uvicorn leaves waiting."""
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        self.transport.close()

    def _heard_after_close(self, data: bytes) -> None:
        """Look for the other side's goodbye in little: more than that is not even read."""
        self._after_close -= len(data)
        if self._after_close < 0 or self._unparsed:
            self.transport.pause_reading()
        else:
            super().data_received(data)

    async def receive(self) -> Any:
        """The next message; what was left lying is read on with once all before has been taken."""
        message = await self.queue.get()
        if self.read_paused and self.queue.empty():
            self.read_paused = False
            data, self._unparsed = self._unparsed, b""
            if data:
                self.data_received(data)
            if not self.read_paused:
                self.transport.resume_reading()
        return message

    def handle_events(self) -> None:
        """Hand each frame over, unless there are too many that are no whole message."""
        for event in self.conn.events_received():
            if isinstance(event, Request):
                self.handle_connect(event)
            elif isinstance(event, Frame) and self._is_affordable(event):
                self._handle(event)
            else:
                return

    def _handle(self, frame: Frame) -> None:
        if frame.opcode is Opcode.TEXT:
            self.handle_text(frame)
        elif frame.opcode is Opcode.BINARY:
            self.handle_bytes(frame)
        elif frame.opcode is Opcode.CONT:
            self.handle_cont(frame)
        elif frame.opcode is Opcode.PING:
            self.handle_ping()
        elif frame.opcode is Opcode.PONG:
            self.handle_pong(frame)
        else:
            self.handle_close(frame)

    def _is_affordable(self, frame: Frame) -> bool:
        """A whole message is counted by the application; a control frame, an empty one or a piece of one, here."""
        whole = frame.fin and frame.opcode is not Opcode.CONT and frame.opcode < CONTROL and frame.data
        if whole or frame.opcode is Opcode.CLOSE:
            return True
        if self._pieces is None:
            self._pieces = pieces(self.loop.time())
        if self._pieces.take(self.loop.time()) and not self._close_sent:
            self._flooded()
        return not self._close_sent

    def _flooded(self) -> None:
        self.conn.data_to_send()  # pongs to pings that were too many
        if self.handshake_complete and self.conn.state is State.OPEN:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": int(Close.FLOOD)})
            self._say_goodbye(int(Close.FLOOD), Close.FLOOD.reason)
            # Not closed with the application's end: that would reset the connection, and lose the code on its way.
            self.close_timer = self.loop.call_later(LONGEST_ANSWER, self.transport.close)
        else:
            self.transport.abort()

    def handle_ping(self) -> None:
        """Answer, unless the other side does not read, or has no answer to come yet or any more."""
        pong = b"".join(self.conn.data_to_send())
        if self.handshake_complete and not (self.paused or self._close_sent):
            self.transport.write(pong)

    def handle_close(self, event: Frame) -> None:
        """Answer it; the answer to ours is the end."""
        if self._close_sent:
            self.transport.close()
        else:
            super().handle_close(event)

    def handle_connect(self, event: Request) -> None:
        """Let it in when it is its turn."""
        _door(self.loop).enter(partial(self._let_in, event))

    def _let_in(self, event: Request) -> None:
        """Offer the extension once the handshake is understood."""
        if self.disconnected or self.transport.is_closing():
            return
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope["extensions"] or {}
            self.wire = Wire(self)
            extensions[EXTENSION] = {"wire": self.wire}

    def send_receive_event_to_app(self) -> None:
        """Hand a message over."""
        data = b"".join(self.frames)
        self.frames = []
        if self.curr_msg_data_type == "text":
            self._text_received(data)
        elif not self.close_sent:
            self._queue_message({"type": "websocket.receive", "bytes": data})

    def _text_received(self, data: bytes) -> None:
        """Hand it over at once where the application has time. What is no UTF-8 closes the socket (RFC 6455, 8.1)."""
        if self._close_sent:
            return
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": NOT_UTF8})
            self._say_goodbye(NOT_UTF8, "")
            self.transport.close()
            return
        hear = self.wire.hear if self.wire is not None and self.queue.awaited() else for_later
        message = hear(text)
        if message is not None:
            self._queue_message(message)

    def _queue_message(self, message: Message) -> None:
        """Behind the others. Reading stops when some wait, not at the first as in uvicorn: that costs two system calls
        a message."""
        self.queue.put_nowait(message)
        if not self.read_paused and self.queue.qsize() >= AHEAD:
            self.read_paused = True
            self.transport.pause_reading()

    # Going -------------------------------------------------------------------------------------

    def shutdown(self) -> None:
        """The server stops: 4200 instead of 1012."""
        if self.close_sent or not self.handshake_complete:
            super().shutdown()
            return
        self.stop_keepalive()
        if self.conn.state is State.OPEN:  # else its goodbye is answered, and what was written before is on its way
            self.queue.put_nowait({"type": "websocket.disconnect", "code": int(Close.RESTARTING)})
            self._say_goodbye(int(Close.RESTARTING), Close.RESTARTING.reason)
        self.transport.close()

    def _say_goodbye(self, code: int, reason: str) -> None:
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True


_doors: WeakKeyDictionary[asyncio.AbstractEventLoop, Pacing] = WeakKeyDictionary()


def _door(loop: asyncio.AbstractEventLoop) -> Pacing:
    return _doors.setdefault(loop, Pacing(loop, COMING))
