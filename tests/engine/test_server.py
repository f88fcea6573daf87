"""What uvicorn's protocol class is taught: no traceback for a client's nonsense."""

import json

import pytest
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.protocol import OPEN

from tests.support.client import Client
from tests.support.table import Rooms

NOT_UTF8 = 1007
PROTOCOL_ERROR = 1002


async def send_raw(client: Client, *frames: tuple[Opcode, bytes, bool]) -> None:
    """Write frames as no WebSocket library would."""
    connection = client.connection
    assert connection.protocol.state is OPEN
    for opcode, data, final in frames:
        connection.transport.write(WireFrame(opcode, data, final).serialize(mask=True))


def unmasked(text: bytes) -> bytes:
    """A text of less than 64 KiB as a frame whose mask changes nothing."""
    length = bytes([0x80 + len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + text


@pytest.mark.parametrize(
    "frames",
    [
        [(Opcode.TEXT, b'{"event":"\xff"}', True)],
        [(Opcode.TEXT, b'{"event":"\xe2', False), (Opcode.CONT, b'\x28"}', True)],
    ],
    ids=["in one frame", "in two"],
)
async def test_text_that_is_no_utf8_closes_the_socket_without_a_traceback(
    unlimited_rooms: Rooms, frames: list[tuple[Opcode, bytes, bool]]
) -> None:
    async with unlimited_rooms.take() as table:
        alice, bob = await table.sit("alice"), await table.sit("bob")

        await send_raw(alice, *frames)

        assert await alice.close_code() == NOT_UTF8
        await bob.sends_acked("chat_message", {"message": "still here"})
        assert "Traceback" not in table.server.log


async def test_a_character_may_be_split_between_two_frames(unlimited_rooms: Rooms) -> None:
    async with unlimited_rooms.take() as table:
        alice = await table.sit("alice")
        text = '{"event":"ping","data":{"timestamp":"🐉"}}'.encode()
        middle = text.index("🐉".encode()) + 2

        await send_raw(alice, (Opcode.TEXT, text[:middle], False), (Opcode.CONT, text[middle:], True))

        assert (await alice.expect("pong"))["timestamp"] == "🐉"


async def test_the_rest_of_a_frame_is_taken_for_no_other_frame(unlimited_rooms: Rooms) -> None:
    async with unlimited_rooms.take() as table:
        alice = await table.sit("alice")
        rest = "⁔abcd" + "a" * 17 + '"}}'  # from its second byte on: a masked text frame of 20 bytes
        ping = b'{"event":"ping","data":{"timestamp":"first"}}'
        frame = unmasked(b'{"event":"ping","data":{"timestamp":"' + rest.encode())
        cut = len(frame) - len(rest.encode()) + 1
        assert frame[cut] == 0x81
        assert frame[cut + 1] - 0x80 == len(frame) - cut - 6

        alice.connection.transport.write(unmasked(ping) + frame[:cut])
        await alice.expect("pong", timestamp="first")
        alice.connection.transport.write(frame[cut:])

        assert (await alice.expect("pong"))["timestamp"] == rest.removesuffix('"}}')


async def test_a_whole_message_amid_the_pieces_of_another_breaks_the_protocol(unlimited_rooms: Rooms) -> None:
    async with unlimited_rooms.take() as table:
        alice = await table.sit("alice")
        ping = b'{"event":"ping","data":{"timestamp":"now"}}'

        await send_raw(alice, (Opcode.TEXT, ping, True), (Opcode.TEXT, ping[:9], False))
        await alice.expect("pong")
        await send_raw(alice, (Opcode.TEXT, ping, True))

        assert await alice.close_code() == PROTOCOL_ERROR


async def test_what_comes_in_one_packet_is_carried_out_in_its_order(unlimited_rooms: Rooms) -> None:
    async with unlimited_rooms.take() as table:
        alice, bob = await table.sit("alice"), await table.sit("bob")
        said = [
            ("chat_message", {"message": "before"}),
            ("leave_room", {}),
            ("chat_message", {"message": "outside"}),
            ("join_room", {}),  # is waited for, unlike the others
            ("chat_message", {"message": "after"}),
            ("dice", {}),
            ("leave_room", {}),
            ("chat_message", {"message": "outside again"}),
        ]
        frames = [{"event": event, "data": data, "id": str(place)} for place, (event, data) in enumerate(said)]

        alice.connection.transport.write(b"".join(unmasked(json.dumps(frame).encode()) for frame in frames))

        heard = [(await bob.expect("chat_message"))["message"] for _ in range(2)]
        assert heard == ["before", "after"]
        answers = [await alice.expect_any("ack", "error") for _ in said]
        assert {answer["data"]["id"]: answer["data"].get("code", "ack") for answer in answers} == {
            **dict.fromkeys("01346", "ack"),
            **dict.fromkeys("27", "not_joined"),
            "5": "unknown_event",
        }
