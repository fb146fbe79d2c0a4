"""Which IP addresses belong to the public internet (IANA special-purpose registries, as of 2026)."""

from __future__ import annotations

import ipaddress
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _networks(text: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(map(ipaddress.ip_network, text.split()))


# 168.63.129.16 is a public number that Azure answers from inside.
_SPECIAL_V4: Final = _networks(
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
    "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
)
# Mapped, NAT64, unique local, link-local and multicast addresses all lie outside 2000::/3. Inside it are Teredo and its
# like, documentation, and 6to4, which carries an IPv4 address to anywhere.
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")
_SPECIAL_V6: Final = _networks("2001::/23 2001:db8::/32 2002::/16 3fff::/20")
_INTERNAL: Final = _networks("10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7")


def as_address(text: str) -> Address | None:
    """The address that ``text`` is in its usual form, in brackets or not; None for a name."""
    try:
        return ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Is this an address of the public internet?"""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _SPECIAL_V4)
    return address in _GLOBAL_V6 and not any(address in network for network in _SPECIAL_V6)


def is_internal(address: Address) -> bool:
    """Is this an address that a company's own name may stand for: private or loopback, not link-local or metadata?"""
    return any(address in network for network in _INTERNAL)
