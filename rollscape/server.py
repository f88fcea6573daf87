"""The server behind `make run`: uvicorn, with a way for finished WebSocket frames to the transport."""

from __future__ import annotations

from typing import Any

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from game.closing import Close
from game.outlets import EXTENSION

MAX_MESSAGE = 512 * 1024  # bytes; the consumer closes earlier and says why
PING = 20.0  # seconds between pings, and until a missing pong counts as a cut


class Wire:
    """The extension: a socket's transport, as far as the game may touch it."""

    __slots__ = ("_protocol",)

    def __init__(self, protocol: FrameProtocol) -> None:
        self._protocol = protocol

    def write_frame(self, frame: bytes) -> None:
        """Write to the transport, if the socket is open."""
        protocol = self._protocol
        if not (protocol.close_sent or protocol.disconnected):
            protocol.transport.write(frame)

    def buffered(self) -> int:
        """Bytes that the transport has not got rid of; 0 as long as it takes more without a pause."""
        protocol = self._protocol
        return protocol.transport.get_write_buffer_size() if protocol.paused else 0

    async def calm(self) -> None:
        """Wait until the transport takes more, or is lost."""
        await self._protocol.writable.wait()

    def close_received(self) -> bool:
        """Whether the other side said that it closes, and was not just cut off."""
        return self._protocol.conn.close_rcvd is not None

    def abort(self) -> None:
        """Cut the connection."""
        self._protocol.transport.abort()


class FrameProtocol(WebSocketsSansIOProtocol):
    """Offers `Wire` to the application and says goodbye with the protocol's own close code."""

    paused = False  # the transport's buffer is over its high-water mark

    def pause_writing(self) -> None:
        """The buffer is filling."""
        super().pause_writing()
        self.paused = True

    def resume_writing(self) -> None:
        """The buffer has room again."""
        super().resume_writing()
        self.paused = False

    def handle_connect(self, event: Request) -> None:
        """Offer the extension once the handshake is understood."""
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope["extensions"] or {}
            extensions[EXTENSION] = {"wire": Wire(self)}

    def shutdown(self) -> None:
        """The server stops: 4200 instead of 1012."""
        if self.handshake_complete and not self.close_sent:
            self.stop_keepalive()
            self.queue.put_nowait({"type": "websocket.disconnect", "code": int(Close.RESTARTING)})
            self.conn.send_close(int(Close.RESTARTING), Close.RESTARTING.reason)
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.close_sent = True
            self.transport.close()
            return
        super().shutdown()


def serve(host: str, port: int) -> None:
    """Serve until told to stop."""
    uvicorn.run(
        "rollscape.asgi:application",
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws=FrameProtocol,
        ws_max_size=MAX_MESSAGE,
        ws_ping_interval=PING,
        ws_ping_timeout=PING,
        ws_per_message_deflate=False,  # halves throughput and doubles memory
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=10,
        server_header=False,
    )
