"""Channels as its tutorial shows it: an async consumer, one group a room; served by daphne.

On the in-memory layer, so that no Redis takes its core.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import django
from common import chat, player
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="only for measuring",  # noqa: S106
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)
django.setup()

from channels.auth import AuthMiddlewareStack  # noqa: E402  (after the settings, as Django wants it)
from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.urls import re_path  # noqa: E402


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        self.room_group_name = f"chat_{self.scope['url_route']['kwargs']['room']}"
        self.player = player(int(parse_qs(self.scope["query_string"].decode())["token"][0]))
        await self.channel_layer.group_add(self.room_group_name, self.channel_name)
        await self.accept()

    async def disconnect(self, close_code: int) -> None:
        await self.channel_layer.group_discard(self.room_group_name, self.channel_name)

    async def receive(self, text_data: str) -> None:
        data = chat(self.player, json.loads(text_data)["data"]["message"])
        await self.channel_layer.group_send(self.room_group_name, {"type": "chat.message", "data": data})

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps({"event": "chat_message", "data": event["data"]}, separators=(",", ":")))


sockets = URLRouter([re_path(r"ws/game/(?P<room>\d+)$", ChatConsumer.as_asgi())])
application = ProtocolTypeRouter(
    {"http": get_asgi_application(), "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(sockets))}
)
