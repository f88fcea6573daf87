"""The short way in tells what the parser would: nothing that is no whole text frame, and never other words."""

from hypothesis import example, given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from rollscape.incoming import is_between_frames, whole_texts

FRAMES = st.builds(
    lambda opcode, data, fin: Frame(opcode, data, fin).serialize(mask=True),
    st.sampled_from([Opcode.TEXT, Opcode.BINARY, Opcode.CONT]),
    st.one_of(st.binary(max_size=130), st.sampled_from([125, 126, 65535, 65536]).map(bytes)),
    st.booleans(),
)
STARTS = st.sampled_from(
    [b"", b"\x81\x80", b"\x81\xfe", b"\x81\xfe\x00\x00", b"\x81\xff", b"\x81\x05", b"\xc1\x80", b"\x89\x80"]
)
PACKETS = st.one_of(
    FRAMES,
    st.builds(lambda frame, end: frame[:end], FRAMES, st.integers(0, 12)),
    st.lists(FRAMES, min_size=2, max_size=3).map(b"".join),
    st.builds(bytes.__add__, STARTS, st.binary(max_size=12)),
)


def parsed(packet: bytes) -> list[bytes] | None:
    """The texts, if the parser takes the packet for whole text frames and nothing else."""
    parser = ServerProtocol(state=OPEN)
    parser.receive_data(packet)
    frames = parser.events_received()
    if parser.parser_exc is not None or parser.reader.buffer:
        return None
    texts = [bytes(frame.data) for frame in frames if isinstance(frame, Frame) and is_whole_text(frame)]
    return texts if len(texts) == len(frames) > 0 else None


def is_whole_text(frame: Frame) -> bool:
    return frame.opcode is Opcode.TEXT and frame.fin


@given(packet=PACKETS.filter(bool))
@example(packet=b"\x81\xfe\x00\x00ab")  # an empty text whose mask is not all there
def test_whole_texts_are_what_the_parser_reads(packet: bytes) -> None:
    found, expected = whole_texts(packet), parsed(packet)

    assert found == expected or (found is None and expected is not None and len(max(expected, key=len)) > 65535)


def test_the_installed_parser_says_when_it_is_between_frames() -> None:
    """Should another release of websockets not, all would work, and slower."""
    parser = ServerProtocol()
    lines = (
        b"GET / HTTP/1.1",
        b"Host: a",
        b"Upgrade: websocket",
        b"Connection: Upgrade",
        b"Sec-WebSocket-Version: 13",
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )
    told = []
    frame = Frame(Opcode.TEXT, b"Hail!").serialize(mask=True)
    for packet in (b"\r\n".join(lines) + b"\r\n\r\n", frame, frame[:2], frame[2:], frame[:6], frame[6:]):
        parser.receive_data(packet)
        told.append(is_between_frames(parser))

    assert told == [True, True, False, True, False, True]
