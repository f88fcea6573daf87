"""Every address: the admin, accounts, REST and the game's pages."""

from django.contrib import admin
from django.urls import include, path

from game.api_urls import api_urlpatterns

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include(api_urlpatterns)),
    path("", include("game.urls")),
]
handler400 = "rollscape.faults.unreadable"
handler500 = "rollscape.faults.broken"
