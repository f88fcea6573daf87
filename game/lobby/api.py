"""REST for a campaign: its name, its settings, whether it is archived."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.names import validate_name
from game.campaign import converters  # noqa: F401  (`id`)
from game.campaign.archive import set_archived
from game.campaign.membership import membership_of
from game.campaign.models import Campaign
from game.engine.rest import CAMPAIGN_ID, INVALID, REFUSALS, WriteThrottle, checked, user_of
from game.roles import Role


class CampaignSettingsSerializer(serializers.ModelSerializer[Campaign]):
    """How a campaign is played."""

    class Meta:
        model = Campaign
        fields = ("allows_reported_rolls",)


class CampaignSerializer(serializers.Serializer[Campaign]):
    """A campaign. An archived campaign works as before, and is listed separately in the lobby."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(max_length=120, validators=[validate_name])
    description = serializers.CharField(max_length=4000, allow_blank=True)
    archived = serializers.BooleanField()
    settings = CampaignSettingsSerializer()


class Changes(WriteThrottle):
    """More than anybody makes by hand."""

    scope = "campaigns"
    rate = "60/min"


class OneCampaign(APIView):
    """A campaign of the user's."""

    throttle_classes = (Changes,)

    @extend_schema(operation_id="campaign", parameters=[CAMPAIGN_ID], responses={200: CampaignSerializer, **REFUSALS})
    def get(self, request: Request, campaign_id: int) -> Response:
        """Its name, description and settings."""
        return Response(_shown(membership_of(user_of(request), campaign_id).campaign))

    @extend_schema(
        operation_id="campaign_change",
        parameters=[CAMPAIGN_ID],
        request=CampaignSerializer(partial=True),
        responses={
            200: CampaignSerializer,
            403: OpenApiResponse(description="Only a Dungeon Master can change a campaign."),
            429: OpenApiResponse(description="More than 60 changes in a minute."),
            **INVALID,
            **REFUSALS,
        },
    )
    def patch(self, request: Request, campaign_id: int) -> Response:
        """Change the given fields and leave the rest. DMs only."""
        campaign = membership_of(user_of(request), campaign_id, Role.DM).campaign
        _change(campaign, checked(CampaignSerializer, request.data, partial=True))
        return Response(_shown(campaign))


def _change(campaign: Campaign, changes: dict[str, Any]) -> None:
    archived = changes.pop("archived", None)
    changes |= changes.pop("settings", {})
    for name, value in changes.items():
        setattr(campaign, name, value)
    campaign.save(update_fields=[*changes])
    if archived is not None:
        set_archived(campaign, archived)


def _shown(campaign: Campaign) -> dict[str, Any]:
    return {
        "id": campaign.pk,
        "name": campaign.name,
        "description": campaign.description,
        "archived": campaign.archived_at is not None,
        "settings": CampaignSettingsSerializer(campaign).data,
    }


campaign_api_urlpatterns = [path("api/campaigns/<id:campaign_id>/", OneCampaign.as_view(), name="api-campaign")]
