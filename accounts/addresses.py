"""What an address says of where somebody is."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether that name or address reaches this machine alone."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
