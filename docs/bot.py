"""A bot that rolls for everybody who writes «!roll 2d6+1»: python docs/bot.py ws://127.0.0.1:8000/ws/game/1 TOKEN"""

import asyncio
import json
import sys

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed


async def main(address: str, token: str) -> None:
    """Answer until the server closes for good."""
    async for socket in connect(address, subprotocols=["rollscape.v1", f"bearer.{token}"]):  # connects again, too
        try:
            async for text in socket:
                frame = json.loads(text)
                if frame["event"] == "chat_message" and frame["data"]["message"].startswith("!roll "):
                    roll = {"formula": frame["data"]["message"].removeprefix("!roll ")}
                    await socket.send(json.dumps({"event": "dice_roll", "data": roll, "id": f"roll-{frame['seq']}"}))
                elif frame["event"] == "error":
                    print(frame["data"]["message"], file=sys.stderr)
        except ConnectionClosed as closed:
            if closed.rcvd and 4000 <= closed.rcvd.code < 4100:
                sys.exit(closed.rcvd.reason)


asyncio.run(main(*sys.argv[1:]))
