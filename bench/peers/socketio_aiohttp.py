"""python-socketio on aiohttp, which PlanarAlly is built on; on uvloop, which only makes it faster."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import parse_qs

import socketio
import uvloop
from aiohttp import web
from common import chat, player

server = socketio.AsyncServer(async_mode="aiohttp")
app = web.Application()
server.attach(app)
players: dict[str, tuple[str, dict[str, Any]]] = {}  # sid -> room and who it is


@server.event
async def connect(sid: str, environ: dict[str, Any]) -> None:
    query = parse_qs(environ["QUERY_STRING"])
    players[sid] = query["room"][0], player(int(query["user"][0]))
    await server.enter_room(sid, query["room"][0])


@server.event
async def disconnect(sid: str) -> None:
    players.pop(sid, None)


@server.event
async def chat_message(sid: str, data: dict[str, Any]) -> None:
    room, speaker = players[sid]
    await server.emit("chat_message", chat(speaker, data["message"]), room=room)


if __name__ == "__main__":
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
