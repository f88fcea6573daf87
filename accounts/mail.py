"""Whether a forgotten password can be reset by mail."""

from django.conf import settings


def can_reset_by_mail() -> bool:
    """True where mail can be sent, and the site's address is known.

    Without a configured address the link in the mail would have to trust the request's Host header,
    which the requesting client can forge.
    """
    return bool(settings.EMAIL_URL and settings.PUBLIC_URL)
