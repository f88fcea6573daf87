"""How many accounts an address may make: enough for a full house, too few to fill a server with them."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache

LIMIT = 30  # accounts an hour, counted in each server process
HOUR = 3600  # seconds


def may_sign_up(address: str) -> bool:
    """Count one more account for the address; False if it has made its share."""
    key = f"sign-ups:{_household(address)}"
    cache.add(key, 0, HOUR)
    return cache.incr(key) <= LIMIT


def _household(address: str) -> str:
    """What one can have many addresses of counts as one: a network of IPv6."""
    try:
        known = ip_address(address)
    except ValueError:
        return "elsewhere"
    return str(ip_network((known, 64), strict=False) if isinstance(known, IPv6Address) else known)
