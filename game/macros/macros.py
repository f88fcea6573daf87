"""Macros and hotbars: who sees them and who can change them.

Every function raises NotFound for anything that the user may not see, whether it exists or not, and Forbidden if the
role is too low. A macro speaks in the name of the user who runs it: so only DMs can change what everybody runs.
"""

from __future__ import annotations

from typing import TypedDict

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from game.campaign.membership import membership_of
from game.campaign.models import Character, Membership
from game.errors import Conflict, Forbidden, NotFound
from game.macros.models import HotbarSlot, Macro
from game.roles import Role

MAX_MACROS = 50  # of one user in one campaign
NO_MACRO = "There is no such macro."
NO_CHARACTER = "You have no such character in this campaign."


class Fields(TypedDict, total=False):
    """The fields of a macro, already validated."""

    name: str
    text: str
    shared: bool
    character_id: int | None


class Bar(TypedDict):
    """The keys of one character, or without a character of all of them, each with a macro's id."""

    character_id: int | None
    slots: dict[str, int]


def visible_macros(user_id: int, campaign_id: int) -> QuerySet[Macro]:
    """The user's own macros and the shared ones; does not check that the user is a member."""
    return Macro.objects.filter(Q(owner=user_id) | Q(shared=True), campaign=campaign_id)


def bars_of(membership: Membership) -> list[Bar]:
    """The member's bars that have something on them, the one for all characters first."""
    seen = visible_macros(membership.user_id, membership.campaign_id)
    slots = HotbarSlot.objects.filter(membership=membership, macro__in=seen)
    slots = slots.filter(Q(character=None) | Q(character__owner=membership.user_id))
    bars: dict[int | None, Bar] = {}
    for slot in slots.order_by("key"):
        bar = bars.setdefault(slot.character_id, {"character_id": slot.character_id, "slots": {}})
        bar["slots"][str(slot.key)] = slot.macro_id
    return sorted(bars.values(), key=lambda bar: bar["character_id"] or 0)


@transaction.atomic
def create_macro(user: User, campaign_id: int, fields: Fields) -> Macro:
    """Create a macro of the user's; raises Conflict if they have too many."""
    membership = _lock(membership_of(user, campaign_id, Role.PLAYER))
    if Macro.objects.filter(owner=user, campaign=campaign_id).count() >= MAX_MACROS:
        raise Conflict(
            f"You already have {MAX_MACROS} macros in this campaign, the most there can be. Delete one first."
        )
    return _written(Macro(owner=user, campaign_id=campaign_id), membership, fields)


@transaction.atomic
def change_macro(user: User, campaign_id: int, macro_id: int, fields: Fields) -> Macro:
    """Change the user's own macro, or as a DM a shared one."""
    membership = membership_of(user, campaign_id, Role.PLAYER)
    return _written(_changeable(membership, macro_id), membership, fields)


@transaction.atomic
def delete_macro(user: User, campaign_id: int, macro_id: int) -> None:
    """Delete the user's own macro, or as a DM a shared one. It is removed from all hotbars."""
    _changeable(membership_of(user, campaign_id, Role.PLAYER), macro_id).delete()


@transaction.atomic
def set_slots(user: User, campaign_id: int, character_id: int | None, slots: dict[int, int | None]) -> list[Bar]:
    """Put macros on the user's keys, or remove them with None; other keys stay. Returns all hotbars."""
    membership = _lock(membership_of(user, campaign_id, Role.PLAYER))
    character = _own_character(membership, character_id)
    wanted = {macro_id for macro_id in slots.values() if macro_id is not None}
    if visible_macros(user.pk, campaign_id).filter(pk__in=wanted).count() < len(wanted):
        raise NotFound(NO_MACRO)
    HotbarSlot.objects.filter(membership=membership, character=character, key__in=slots).delete()
    HotbarSlot.objects.bulk_create(
        HotbarSlot(membership=membership, character=character, key=key, macro_id=macro_id)
        for key, macro_id in slots.items()
        if macro_id is not None
    )
    return bars_of(membership)


def _lock(membership: Membership) -> Membership:
    # Two requests at once must not both count one below the limit, nor fill the same key.
    return Membership.objects.select_for_update().get(pk=membership.pk)


def _changeable(membership: Membership, macro_id: int) -> Macro:
    seen = visible_macros(membership.user_id, membership.campaign_id)
    macro = seen.select_for_update().filter(pk=macro_id).first()
    if macro is None:
        raise NotFound(NO_MACRO)
    if macro.owner_id != membership.user_id and membership.role != Role.DM:
        raise Forbidden("Only its owner and Dungeon Masters can change this shared macro.")
    return macro


def _written(macro: Macro, membership: Membership, fields: Fields) -> Macro:
    for name in ("name", "text", "shared"):
        if name in fields:
            setattr(macro, name, fields[name])
    if macro.shared and membership.role != Role.DM:
        raise Forbidden("Only a Dungeon Master can share a macro or change a shared one.")
    if "character_id" in fields and fields["character_id"] != macro.character_id:
        if macro.owner_id != membership.user_id:
            raise Forbidden("Only the owner can change which character this macro belongs to.")
        macro.character = _own_character(membership, fields["character_id"])
    macro.save()
    return macro


def _own_character(membership: Membership, character_id: int | None) -> Character | None:
    if character_id is None:
        return None
    own = Character.objects.filter(pk=character_id, owner=membership.user_id, campaign=membership.campaign_id)
    if (character := own.first()) is None:
        raise NotFound(NO_CHARACTER)
    return character
