"""The admin site: the place where DMs manage their campaigns."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

APPS = {"axes": "Sign-ins"}


class AdminSite(admin.AdminSite):
    """Django's admin, named after what it manages."""

    site_header = "RollScape"
    site_title = "RollScape"
    index_title = "Campaigns and people"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What the index and the side list. The bookkeeping of sign-ins has a plain name, and is superusers'."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["name"] = APPS.get(app["app_label"], app["name"])
        return [app for app in apps if request.user.is_superuser or app["app_label"] != "axes"]
