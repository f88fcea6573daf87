"""Every address: the admin, accounts, REST and the game's pages."""

from django.contrib import admin
from django.urls import include, path

from game.api import api_urlpatterns
from game.dice_api import dice_api_urlpatterns
from game.macros_api import macros_api_urlpatterns
from game.roll_table_api import roll_table_api_urlpatterns

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include(api_urlpatterns)),
    path("", include(dice_api_urlpatterns)),
    path("", include(macros_api_urlpatterns)),
    path("", include(roll_table_api_urlpatterns)),
    path("", include("game.urls")),
]
handler500 = "rollscape.faults.broken"
