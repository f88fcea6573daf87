"""How many accounts an address may make: enough for a full house, too few to fill a server with them."""

from django.conf import settings

from accounts.limits import Limit

LIMIT = 30  # accounts an hour
PROBES = 60  # forms an hour that were refused: each may ask whether a name is taken
HOUR = 3600.0  # seconds

made = Limit("accounts", LIMIT if settings.TRIES else 0, HOUR)
refused = Limit("probes", PROBES if settings.TRIES else 0, HOUR)
