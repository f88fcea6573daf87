"""Which socket paths there are."""

from django.urls import re_path

from game.consumers import GameConsumer, NoSuchPath

websocket_urlpatterns = [
    re_path(r"^ws/game/(?P<session_id>[^/]*)/?$", GameConsumer.as_asgi()),
    re_path(r"", NoSuchPath.as_asgi()),
]
