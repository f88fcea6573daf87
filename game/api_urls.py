"""Addresses of REST, the probes and the metrics: the subjects that have some."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from game.dice.api import dice_api_urlpatterns
from game.engine import api as engine
from game.engine.health import healthz, readyz
from game.engine.metrics.endpoint import metrics
from game.lobby.api import campaign_api_urlpatterns
from game.macros.api import macros_api_urlpatterns
from game.roll_tables.api import roll_table_api_urlpatterns
from game.sessions.api import session_api_urlpatterns

api_urlpatterns = [
    path("ws/room/<str:session_id>/info", engine.RoomInfo.as_view(), name="room-info"),
    path("ws/room/<str:session_id>/info/", engine.RoomInfo.as_view(schema=None)),
    path("api/sessions/<str:session_id>/events/", engine.History.as_view(), name="session-events"),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "api/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api/docs.html"),
        name="api-docs",
    ),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    *dice_api_urlpatterns,
    *macros_api_urlpatterns,
    *roll_table_api_urlpatterns,
    *campaign_api_urlpatterns,
    *session_api_urlpatterns,
]
