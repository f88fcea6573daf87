"""`manage.py runserver`: Daphne's, which serves sockets too and reloads on changes.

Its own app would offer it as well, and load Twisted at the start of every other command.
"""

from daphne.management.commands.runserver import Command

__all__ = ["Command"]
