"""Which addresses count as one: what one household can have as many of as it likes."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  (no address that somebody comes from)


def household(address: str) -> str:
    """The address itself for IPv4, however it is written; the first of its /64 for IPv6; 0.0.0.0 for what is none."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or known.sixtofour or ip_network((int(known), 64), strict=False)[0]
    return str(known)


def household_of(request: HttpRequest) -> str:
    """Where a request comes from."""
    return household(request.META.get("REMOTE_ADDR", ""))
