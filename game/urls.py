"""Addresses of the game's pages."""

from django.urls import include, path

from game.views import campaigns, characters, demo, invitations, members, sessions

app_name = "game"

campaign_urlpatterns = [
    path("", campaigns.campaign, name="campaign"),
    path("edit/", campaigns.edit, name="campaign-edit"),
    path("leave/", campaigns.leave, name="campaign-leave"),
    path("members/<int:member_id>/role/", members.role, name="member-role"),
    path("members/<int:member_id>/remove/", members.remove, name="member-remove"),
    path("members/<int:member_id>/ban/", members.ban, name="member-ban"),
    path("members/<int:member_id>/unban/", members.unban, name="member-unban"),
    path("invitations/", invitations.create, name="invitation-create"),
    path("invitations/<int:invitation_id>/revoke/", invitations.revoke, name="invitation-revoke"),
    path("characters/new/", characters.create, name="character-create"),
    path("characters/<int:character_id>/", characters.edit, name="character-edit"),
    path("characters/<int:character_id>/delete/", characters.delete, name="character-delete"),
    path("sessions/", sessions.create, name="session-create"),
    path("sessions/<int:session_id>/end/", sessions.end, name="session-end"),
    path("sessions/<int:session_id>/reopen/", sessions.reopen, name="session-reopen"),
]

urlpatterns = [
    path("", campaigns.landing, name="landing"),
    path("lobby/", campaigns.lobby, name="lobby"),
    path("campaigns/<int:campaign_id>/", include(campaign_urlpatterns)),
    path("join/<str:token>/", invitations.join, name="join"),
    path("play/<int:session_id>/", sessions.play, name="play"),
    path("demo/sit/", demo.sit, name="demo-sit"),
    path("test/game-session", demo.test_page, name="test-game-session"),
]
