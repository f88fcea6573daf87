"""Bare `websockets.broadcast`: the least that a server in Python can do, and it stores nothing."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from urllib.parse import parse_qs, urlsplit

import uvloop
from common import chat, player
from websockets.asyncio.server import ServerConnection, broadcast, serve

rooms: dict[str, set[ServerConnection]] = defaultdict(set)


async def game(socket: ServerConnection) -> None:
    assert socket.request is not None
    address = urlsplit(socket.request.path)
    room, speaker = rooms[address.path], player(int(parse_qs(address.query)["token"][0]))
    room.add(socket)
    try:
        async for text in socket:
            data = chat(speaker, json.loads(text)["data"]["message"])
            broadcast(room, json.dumps({"event": "chat_message", "data": data}, separators=(",", ":")))
    finally:
        room.discard(socket)


async def main() -> None:
    async with serve(game, "127.0.0.1", int(sys.argv[1]), compression=None):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    uvloop.run(main())
