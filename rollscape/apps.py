"""The project's own commands, and the admin site under RollScape's name."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Django's admin with the project's site class."""

    default_site = "rollscape.admin.AdminSite"


class RollscapeConfig(AppConfig):
    """The project: it brings `serve` and `runserver`."""

    name = "rollscape"
