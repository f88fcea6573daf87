"""Reading settings from the environment: one name, one meaning, a clear error at start."""

import os
import re
import secrets
import stat
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from idna import encode

DEFAULT_PORTS = {"http": 80, "https": 443}
HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The variable's text without blanks around it; unset and empty both give the default."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off and unset."""
    value = text(name).lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in TRUE


def number(name: str, default: float) -> float:
    """A number of at least 0."""
    value = text(name, str(default))
    try:
        result = float(value)
    except ValueError:
        result = -1.0
    if not 0 <= result < float("inf"):
        raise ImproperlyConfigured(f"{name} must be a number of at least 0, not {value!r}.")
    return result


def count(name: str, default: int) -> int:
    """A whole number of at least 1."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not int(value):
        raise ImproperlyConfigured(f"{name} must be a whole number of at least 1, not {value!r}.")
    return int(value)


def choice(name: str, options: tuple[str, ...]) -> str:
    """One of the options; the first of them when unset."""
    value = text(name, options[0])
    if value not in options:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(options)}, not {value!r}.")
    return value


def secret(name: str, least: int) -> str:
    """A value that nobody can guess, with at least `least` characters; empty when unset. Never shown."""
    value = text(name)
    if value and (len(value) < least or len(set(value)) < least // 4):
        raise ImproperlyConfigured(f"{name} is too easy to guess: use at least {least} random characters.")
    return value


def networks(name: str, default: str) -> list[str]:
    """A comma-separated list of addresses and networks, none of which may mean everybody."""
    result = [item.strip() for item in text(name, default).split(",") if item.strip()]
    for item in result:
        try:
            everybody = ip_network(item).prefixlen == 0
        except ValueError:
            everybody = item == "*"
            if not everybody:
                raise ImproperlyConfigured(f"{name} must list addresses or networks, not {item!r}.") from None
        if everybody:
            raise ImproperlyConfigured(f"{name} must name your proxies. With {item}, anybody could claim any address.")
    return result


def origin(name: str) -> str:
    """`scheme://host[:port]` as a browser writes it, without a path; an empty string when unset."""
    value = text(name).rstrip("/")
    if not value:
        return ""
    try:
        return _origin(value)
    except (ValueError, UnicodeError):
        raise ImproperlyConfigured(f"{name} must look like https://play.example.org, not {value!r}.") from None


def origins(name: str) -> list[str]:
    """A comma-separated list of them."""
    try:
        return [_origin(item.strip().rstrip("/")) for item in text(name).split(",") if item.strip()]
    except (ValueError, UnicodeError):
        raise ImproperlyConfigured(f"{name} must list addresses like https://play.example.org.") from None


def _origin(value: str) -> str:
    parts = urlsplit(value)  # which lowers the scheme
    host, port = host_name(parts.hostname or ""), parts.port
    extra = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in DEFAULT_PORTS or not host or extra:
        raise ValueError(value)
    return f"{parts.scheme}://{host}" + ("" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}")


def host_name(host: str) -> str:
    """A host as it stands in an address: lower case, letters beyond ASCII in their ASCII form, IPv6 in brackets.

    Raises ValueError for what is no host.
    """
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        name = encode(host, uts46=True).decode() if not host.isascii() else host.lower()
        if not HOST_NAME.fullmatch(name):
            raise ValueError(host) from None
        return name
    return f"[{address}]" if isinstance(address, IPv6Address) else str(address)


def secret_key(folder: Path) -> str:
    """The installation's own key, made on first use and readable by its owner only."""
    path = folder / "secret_key"
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ImproperlyConfigured(f"Others can read {path} and sign tokens with it. Run: chmod 600 {path}")
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    draft = folder / f"secret_key.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)  # of two that start at once, the first wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
