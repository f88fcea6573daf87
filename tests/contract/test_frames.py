"""Frames that are no whole message: how many of them a socket takes, and what it hears after its end."""

import asyncio
import time

import pytest
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode

from game.protocol.close_codes import Close
from tests.conftest import StartServer
from tests.support.client import Client
from tests.support.table import Rooms, Table

FLOOD = 2_000  # frames: more than may come at once
ORDINARY = 40
CUT = 2.5  # seconds within which an unanswered close has ended the connection; it gets one, and a busy machine some

PIECES = {
    "empty pings": Frame(Opcode.PING, b""),
    "pings": Frame(Opcode.PING, b"x" * 125),
    "pongs": Frame(Opcode.PONG, b""),
    "empty texts": Frame(Opcode.TEXT, b""),
    "empty bytes": Frame(Opcode.BINARY, b""),
    "pieces of a byte": Frame(Opcode.CONT, b"x", fin=False),
    "empty pieces": Frame(Opcode.CONT, b"", fin=False),
}


def write(client: Client, *frames: Frame) -> None:
    """As no WebSocket library would."""
    client.connection.transport.write(b"".join(frame.serialize(mask=True) for frame in frames))


@pytest.mark.parametrize("kind", PIECES)
async def test_a_flood_of_frames_that_are_no_message_closes_the_socket(table: Table, kind: str) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")
    begun = [Frame(Opcode.TEXT, b'{"event":', fin=False)] if PIECES[kind].opcode is Opcode.CONT else []

    write(alice, *begun, *[PIECES[kind]] * FLOOD)

    assert await alice.close_code() == Close.FLOOD
    await bob.sends_acked("chat_message", {"message": "still here"})


async def test_the_pings_of_an_ordinary_client_are_answered(table: Table) -> None:
    alice = await table.sit("alice")

    for _ in range(ORDINARY):
        await (await alice.connection.ping())
    write(alice, *[PIECES["empty pings"]] * ORDINARY)

    await alice.sends_acked("chat_message", {"message": "still here"})


async def test_a_long_message_may_come_in_many_pieces(table: Table) -> None:
    alice = await table.sit("alice")
    text = b'{"event":"ping","data":{"timestamp":"%s"}}' % (b"x" * 100_000)
    pieces = [text[at : at + 1024] for at in range(0, len(text), 1024)]
    frames = [Frame(Opcode.CONT, piece, fin=False) for piece in pieces[1:-1]]

    write(alice, Frame(Opcode.TEXT, pieces[0], fin=False), *frames, Frame(Opcode.CONT, pieces[-1]))

    assert await alice.answer("chat_message", {"message": "and on"})


async def test_who_is_refused_is_cut_off_although_still_talking(table: Table) -> None:
    stranger = await table.connect("no-token")
    connection = stranger.connection
    ended = asyncio.get_running_loop().create_task(connection.wait_closed())
    packet = Frame(Opcode.PING, b"").serialize(mask=True) * 1000
    began = time.monotonic()

    while not ended.done() and time.monotonic() < began + 2 * CUT:
        if not connection.transport.is_closing():
            connection.transport.write(packet)
        await asyncio.sleep(0.02)

    assert time.monotonic() - began < CUT
    assert await stranger.close_code() in {Close.INVALID_TOKEN, Close.FLOOD}


async def test_who_does_not_read_is_sent_no_pongs(table: Table) -> None:
    alice = await table.sit("alice", receive_buffer=4096)
    alice.pause()

    write(alice, *[PIECES["pings"]] * FLOOD)
    await asyncio.sleep(0.3)  # nothing says that it has read them all
    alice.resume()

    assert await alice.close_code() in {Close.FLOOD, 1006}


async def test_an_address_that_comes_with_bad_tokens_again_and_again_waits(start_server: StartServer) -> None:
    server = start_server("uvicorn-sqlite", ROLLSCAPE_HANDSHAKES="5")
    async with Rooms(server, 1).take() as table:
        for _ in range(5):
            stranger = await table.connect("no-token")
            assert await stranger.close_code() == Close.INVALID_TOKEN

        with pytest.raises(InvalidStatus) as refused:
            await table.connect("no-token")

    assert refused.value.response.status_code == 429
    assert int(refused.value.response.headers["Retry-After"]) > 0


async def test_an_address_has_so_many_sockets_at_once(start_server: StartServer) -> None:
    server = start_server("uvicorn-sqlite", ROLLSCAPE_CONNECTIONS="2")
    async with Rooms(server, 1).take() as table:
        alice, bob = await table.sit("alice"), await table.sit("bob")
        with pytest.raises(InvalidStatus) as refused:
            await table.sit("dm")
        await alice.close()
        await bob.expect("player_left")

        await table.sit("dm")

    assert refused.value.response.status_code == 429
