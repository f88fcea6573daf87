"""A stored event as a frame: on its way through the channel layer, and as a viewer sees it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from game.engine.log import audience
from game.engine.log.audience import StoredAudience
from game.engine.log.storage import Entry
from game.engine.seats import Seat, Viewer
from game.protocol import frame_text, skip_text

# seq, the frame's JSON, the audience as stored; and where there are some: the frames of further cuts, and the frames
# that follow it for some, each with its audience as stored.
Packed = tuple[int, bytes, str | None] | tuple[int, bytes, str | None, list[bytes], Sequence[tuple[str | None, bytes]]]


def packed(entry: Entry) -> Packed:
    """A committed entry as the layer carries it."""
    text = frame_text(entry.event, entry.data, entry.seq)
    if entry.cuts is None and not entry.personal:
        return entry.seq, text, entry.audience
    cuts = [frame_text(entry.event, data, entry.seq) for data in audience.cuts_of(entry.cuts)]
    return entry.seq, text, entry.audience, cuts, entry.personal


class Frame(Struct, frozen=True, gc=False):
    """A stored event, ready to send to each viewer as they may see it. The collector need not walk rings full of them.

    `cuts` are the frames of further cuts. `personal` frames follow it, to those who hear it live.
    """

    seq: int
    text: bytes
    audience: StoredAudience | None
    cuts: tuple[bytes, ...] = ()
    personal: tuple[tuple[StoredAudience | None, bytes], ...] = ()

    @classmethod
    def of(cls, packed: Packed) -> Frame:
        """From its form on the layer."""
        if len(packed) == 3:
            seq, text, seen_by = packed
            return cls(seq, text, audience.restored(seen_by))
        seq, text, seen_by, cuts, personal = packed
        beside = tuple((audience.restored(to), frame) for to, frame in personal)
        return cls(seq, text, audience.restored(seen_by), tuple(cuts), beside)

    @classmethod
    def stored(cls, seq: int, event: str, data: str, seen_by: str | None, cuts: str | None) -> Frame:
        """From the columns of the log."""
        further = tuple(frame_text(event, cut, seq) for cut in audience.cuts_of(cuts))
        return cls(seq, frame_text(event, data.encode(), seq), audience.restored(seen_by), further)

    def shown(self, viewer: Viewer) -> bytes | None:
        """The frame as the viewer may see it; None: not at all."""
        if self.audience is None:
            return self.text
        cut = self.audience.cut_of(viewer.user_id, viewer.role)
        if not cut:
            return None if cut is None else self.text
        return self.cuts[cut - 1]

    def for_seat(self, seat: Seat) -> bytes:
        """The same, or `skip`. Nothing of the log reaches a socket but through here."""
        seen = self.shown(seat)
        return skip_text(self.seq) if seen is None else seen

    def personal_for(self, seat: Seat) -> list[bytes]:
        """What follows it for this seat."""
        return [text for to, text in self.personal if to is None or to.includes(seat.user_id, seat.role)]
