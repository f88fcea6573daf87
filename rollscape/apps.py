"""The admin site under RollScape's name."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Django's admin with the project's site class."""

    default_site = "rollscape.admin.AdminSite"
