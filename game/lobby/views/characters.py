"""Characters: the user's own, and for a DM everybody's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from game.campaign.colours import first_free
from game.campaign.membership import membership_of
from game.campaign.models import Character
from game.campaign.pages import SignedInRequest, members_page
from game.errors import Conflict, Forbidden, NotFound
from game.lobby.forms import CharacterForm
from game.roles import Role

MAX_CHARACTERS = 100  # of one user in one campaign


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """A new character of the user's."""
    membership = membership_of(request.user, campaign_id, Role.PLAYER)
    if Character.objects.filter(campaign=campaign_id, owner=request.user).count() >= MAX_CHARACTERS:
        raise Conflict(f"You can have at most {MAX_CHARACTERS} characters in a campaign. Delete one first.")
    colour = first_free(membership.campaign.characters.values_list("colour", flat=True))
    character = Character(campaign=membership.campaign, owner=request.user, colour=colour)
    return _form(request, character, "New character")


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, campaign_id: int, character_id: int) -> HttpResponse:
    """A character's name and colour."""
    return _form(request, _changeable(request.user, campaign_id, character_id), "Edit character")


@members_page
@require_POST
def delete(request: SignedInRequest, campaign_id: int, character_id: int) -> HttpResponse:
    """End a character."""
    character = _changeable(request.user, campaign_id, character_id)
    character.delete()
    messages.success(request, f"{character.name} was deleted.")
    return redirect("game:campaign", campaign_id=campaign_id)


def _form(request: SignedInRequest, character: Character, title: str) -> HttpResponse:
    form = CharacterForm(request.POST or None, instance=character)
    campaign_id = character.campaign_id
    if request.method == "POST" and form.is_valid():
        if character._state.adding:
            messages.success(request, f"{form.cleaned_data['name']} is ready to play.")
        form.save()
        return redirect("game:campaign", campaign_id=campaign_id)
    context = {"form": form, "title": title, "campaign": character.campaign, "character": character}
    return render(request, "lobby/character.html", context)


def _changeable(user: User, campaign_id: int, character_id: int) -> Character:
    """The character, if it is the user's own or the user is DM; raises NotFound or Forbidden."""
    membership = membership_of(user, campaign_id)
    character = Character.objects.select_related("campaign").filter(pk=character_id, campaign=campaign_id).first()
    if character is None:
        raise NotFound("There is no such character.")
    if membership.role != Role.DM and character.owner_id != user.pk:
        raise Forbidden("This is somebody else's character.")
    return character
