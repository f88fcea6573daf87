"""Addresses of the game's pages."""

from django.urls import include, path

from game.campaign import converters  # noqa: F401  (`id`)
from game.demo import views as demo
from game.dice import views as dice
from game.lobby.views import campaigns, characters, invitations, lobby, members
from game.roll_tables import views as roll_tables
from game.sessions import views as sessions

app_name = "game"

campaign_urlpatterns = [
    path("", campaigns.campaign, name="campaign"),
    path("edit/", campaigns.edit, name="campaign-edit"),
    path("archive/", campaigns.archive, name="campaign-archive"),
    path("delete/", campaigns.delete, name="campaign-delete"),
    path("luck/", dice.luck, name="luck"),
    path("leave/", campaigns.leave, name="campaign-leave"),
    path("members/<id:member_id>/", members.member, name="member"),
    path("members/<id:member_id>/role/", members.role, name="member-role"),
    path("members/<id:member_id>/remove/", members.remove, name="member-remove"),
    path("members/<id:member_id>/ban/", members.ban, name="member-ban"),
    path("members/<id:member_id>/unban/", members.unban, name="member-unban"),
    path("invitations/", invitations.create, name="invitation-create"),
    path("invitations/<id:invitation_id>/revoke/", invitations.revoke, name="invitation-revoke"),
    path("invitations/<id:invitation_id>/renew/", invitations.renew, name="invitation-renew"),
    path("characters/new/", characters.create, name="character-create"),
    path("characters/<id:character_id>/", characters.edit, name="character-edit"),
    path("characters/<id:character_id>/delete/", characters.delete, name="character-delete"),
    path("tables/", roll_tables.tables, name="roll-tables"),
    path("tables/<id:table_id>/", roll_tables.table, name="roll-table"),
    path("tables/<id:table_id>/settings/", roll_tables.settings, name="roll-table-settings"),
    path("tables/<id:table_id>/import/", roll_tables.bring, name="roll-table-import"),
    path("tables/<id:table_id>/export/", roll_tables.export, name="roll-table-export"),
    path("tables/<id:table_id>/reset/", roll_tables.reset, name="roll-table-reset"),
    path("tables/<id:table_id>/delete/", roll_tables.delete, name="roll-table-delete"),
    path("sessions/", sessions.create, name="session-create"),
    path("sessions/<id:session_id>/", sessions.edit, name="session-edit"),
    path("sessions/<id:session_id>/archive/", sessions.archive, name="session-archive"),
    path("sessions/<id:session_id>/delete/", sessions.delete, name="session-delete"),
    path("sessions/<id:session_id>/luck/", dice.luck, name="session-luck"),
    path("sessions/<id:session_id>/end/", sessions.end, name="session-end"),
    path("sessions/<id:session_id>/reopen/", sessions.reopen, name="session-reopen"),
]

urlpatterns = [
    path("", lobby.landing, name="landing"),
    path("lobby/", lobby.lobby, name="lobby"),
    path("campaigns/<id:campaign_id>/", include(campaign_urlpatterns)),
    path("join/", invitations.enter, name="enter"),
    path("join/<str:token>/", invitations.join, name="join"),
    path("join/<path:token>", invitations.join),
    path("play/<id:session_id>/", sessions.play, name="play"),
    path("demo/sit/", demo.sit, name="demo-sit"),
    path("test/game-session", demo.test_page, name="test-game-session"),
]
