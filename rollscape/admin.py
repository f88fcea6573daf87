"""The admin site: the place where DMs manage their campaigns."""

from django.contrib import admin


class AdminSite(admin.AdminSite):
    """Django's admin, named after what it manages."""

    site_header = "RollScape"
    site_title = "RollScape"
    index_title = "Campaigns and people"
