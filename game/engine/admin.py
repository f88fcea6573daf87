"""The log, to read: each event as a sentence, which its subject gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from django.contrib import admin
from django.db.models import Model, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator, smart_split, unescape_string_literal
from msgspec import Raw, Struct

from game.campaign.admin_scope import CampaignScoped
from game.engine.log.audience import visible
from game.engine.log.frame import Frame
from game.engine.models import LogEntry
from game.engine.seats import Member
from game.protocol import ANNOUNCEMENTS, NAMES, Player
from game.roles import Role

S = TypeVar("S", bound=Struct)

KINDS: dict[str, str] = {}  # what to call events of a name
SENTENCES: dict[type[Struct], Callable[[Any], str]] = {}

LONGEST = 240  # characters of a sentence in the list


def sentence(shape: type[S], kind: str) -> Callable[[Callable[[S], str]], Callable[[S], str]]:
    """Decorates the function that tells an event of this shape, or a cut of this shape, in a sentence.

    `kind`: what to call such events, as in «Roll».
    """

    def register(tell: Callable[[S], str]) -> Callable[[S], str]:
        KINDS[NAMES[shape]] = kind
        SENTENCES[shape] = tell
        return tell

    return register


def told(event: str, data: bytes) -> str:
    """An event, or the cut of it that somebody sees, as a sentence; of data that is not understood its kind."""
    said = ANNOUNCEMENTS.get(event)
    for shape in (said.data, *said.cuts) if said else ():
        try:
            seen: Any = msgspec.json.decode(data, type=shape)
        except msgspec.DecodeError:
            continue
        return SENTENCES[shape](seen)
    return f"{KINDS.get(event, event)}, written by another version of RollScape"


def name_of(player: Player) -> str:
    """Who speaks: the character, else the person."""
    return player.character_name or player.display_name or player.username


class _Data(Struct):
    """The part of a frame that is told."""

    data: Raw


_data_of = msgspec.json.Decoder(_Data).decode


class KindFilter(admin.SimpleListFilter):
    """Only events of one kind."""

    title = "kind"
    parameter_name = "event"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All that the subjects tell."""
        return sorted(KINDS.items(), key=lambda item: item[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The chosen ones."""
        return queryset if self.value() is None else queryset.filter(event=self.value())


@admin.register(LogEntry)
class LogEntryAdmin(CampaignScoped):
    """What happened at the table, as far as a DM may see it. Nobody adds, changes or deletes an entry.

    Of an event with several cuts a DM reads, and finds, the one that is theirs.
    """

    campaign_path = "session__campaign"
    list_display = ("time", "what_happened", "session")
    list_display_links = ("what_happened",)
    list_filter = (
        KindFilter,
        ("session", admin.RelatedOnlyFieldListFilter),
        ("author", admin.RelatedOnlyFieldListFilter),
        "created_at",
    )
    list_select_related = ("session",)
    search_fields = ("data",)
    search_help_text = "Words that were said or rolled for"
    ordering = ("-created_at", "-seq")
    fieldsets = (
        (None, {"fields": ("in_full", "kind", "session", "author", "time")}),
        ("As programs read it", {"classes": ("collapse",), "fields": ("seq", "event", "stored")}),
    )
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The entries that the user may see: in the role of a DM, or as a superuser all. Each knows who reads it."""
        user_id, whole = request.user.pk or 0, request.user.is_superuser
        entries = super().get_queryset(request).annotate(reader=Value(user_id), whole=Value(whole))
        return entries if whole else visible(entries, user_id, Role.DM)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Those that hold all of the words where the reader sees them."""
        words = [unescape_string_literal(w) if w[0] in "\"'" else w for w in smart_split(search_term)]
        if not words:
            return queryset, False
        stored = queryset
        for word in words:
            stored = stored.filter(Q(data__icontains=word) | Q(cuts__icontains=word))
        seen = [entry.pk for entry in stored.exclude(cuts=None) if self._holds(entry, words)]
        return queryset.filter(Q(cuts=None, pk__in=stored.values("pk")) | Q(pk__in=seen)), False

    @admin.display(description="time (UTC)", ordering="created_at")
    def time(self, entry: Any) -> str:
        """When it happened."""
        return f"{entry.created_at:%d %b %Y, %H:%M}"

    @admin.display(description="what happened")
    def what_happened(self, entry: Any) -> str:
        """What the reader sees of it, not too long for a list."""
        return Truncator(self.in_full(entry)).chars(LONGEST)

    @admin.display(description="what happened")
    def in_full(self, entry: Any) -> str:
        """What the reader sees of it."""
        return told(entry.event, self._seen(entry))

    @admin.display(description="kind")
    def kind(self, entry: Any) -> str:
        """What such events are called."""
        return KINDS.get(entry.event, str(entry.event))

    @admin.display(description="data")
    def stored(self, entry: Any) -> str:
        """The data that the reader sees, as JSON."""
        return format_html("<pre>{}</pre>", msgspec.json.format(self._seen(entry)).decode())

    def _seen(self, entry: Any) -> bytes:
        """The data of the reader's cut; nothing of the log is shown here but through this."""
        frame = Frame.stored(entry.seq, entry.event, entry.data, entry.audience, entry.cuts)
        shown = frame.text if entry.whole else frame.shown(Member(entry.reader, Role.DM))
        return b"{}" if shown is None else bytes(_data_of(shown).data)

    def _holds(self, entry: Any, words: list[str]) -> bool:
        text = self._seen(entry).decode().lower()
        return all(word.lower() in text for word in words)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False
