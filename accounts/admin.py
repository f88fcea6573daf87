"""Users in the admin, for superusers: here they make a DM staff, and reset a forgotten password."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.forms import NewUserForm, UserForm
from accounts.models import User

# Rights come from being DM, staff or superuser; nothing here asks for a group.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(StockUserAdmin):
    """Superusers only, whatever permissions others have. Deactivating instead of deleting keeps the log whole."""

    form = UserForm
    add_form = NewUserForm
    list_display = ("username", "email", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("username", "email")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "display_name", "password", "email")}),
        (
            "Rights",
            {
                "fields": ("is_active", "is_staff", "is_superuser"),
                "description": "Staff who are DM of a campaign manage it here. A superuser manages everything.",
            },
        ),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Superusers."""
        return self._is_superuser(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers."""
        return self._is_superuser(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Superusers."""
        return self._is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers."""
        return self._is_superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def _is_superuser(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)
