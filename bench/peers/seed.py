"""The seed's own design, as its document describes it: FastAPI, rooms in memory, one send_json per recipient."""

from __future__ import annotations

import json
import sys
from typing import Any

import uvicorn
from common import chat, player
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
rooms: dict[int, dict[WebSocket, dict[str, Any]]] = {}


@app.websocket("/ws/game/{session_id}")
async def game(socket: WebSocket, session_id: int, token: int) -> None:
    await socket.accept()
    room = rooms.setdefault(session_id, {})
    room[socket] = player(token)
    try:
        while True:
            said = json.loads(await socket.receive_text())
            data = chat(room[socket], said["data"]["message"])
            await broadcast(session_id, {"event": said["event"], "data": data})
    except WebSocketDisconnect:
        room.pop(socket, None)


async def broadcast(session_id: int, message: dict[str, Any]) -> None:
    for socket in list(rooms.get(session_id, {})):
        try:
            await socket.send_json(message)
        except (RuntimeError, WebSocketDisconnect):
            rooms[session_id].pop(socket, None)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), loop="uvloop", log_level="warning")
