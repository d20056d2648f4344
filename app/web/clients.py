"""Who is at the other end, and by what name they call us: believed from a configured proxy only."""

import re
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import Scope

from app.settings import Network

NOBODY = "unknown"
"""The network of a client that has no address, such as one behind a local socket."""

_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?")
_FORWARDING = (b"x-forwarded-", b"forwarded")


def believe_proxies(scope: Scope, trusted: Sequence[Network]) -> None:
    """Put client, scheme and host into the scope as a trusted proxy gives them, and drop what others claim.

    Of several addresses in X-Forwarded-For the last one that is no trusted proxy is the client.
    """
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    if not any(name.startswith(_FORWARDING) for name, _ in headers):
        return
    given = [(name, value) for name, value in headers if name.startswith(_FORWARDING)]
    kept = [(name, value) for name, value in headers if not name.startswith(_FORWARDING)]
    peer = _address((scope.get("client") or ("",))[0])
    if peer is not None and _is_among(peer, trusted):
        scope["client"] = (str(_client(_all(given, b"x-forwarded-for"), peer, trusted)), 0)
        scheme = _last(given, b"x-forwarded-proto").lower()
        if scheme in ("http", "https"):
            scope["scheme"] = scheme
        if host := _last(given, b"x-forwarded-host"):
            kept = [(name, value) for name, value in kept if name != b"host"]
            kept.append((b"host", host.encode("latin-1")))
    scope["headers"] = kept


def host_name(headers: Sequence[tuple[bytes, bytes]]) -> str:
    """The name in the Host header without its port, in small letters; empty when there is not exactly one."""
    given = [value for name, value in headers if name == b"host"]
    if len(given) != 1:
        return ""
    found = _HOST.fullmatch(given[0].decode("latin-1").lower())
    return found[1].strip("[]") if found else ""


def client_network(scope: Scope) -> str:
    """The key of a client for rates: its IPv4 address, or the /64 of its IPv6 address."""
    return _network((scope.get("client") or ("",))[0], 32)


def sign_in_network(scope: Scope) -> str:
    """The key of a client for throttling sign-in: its /24 (IPv4) or /64 (IPv6)."""
    return _network((scope.get("client") or ("",))[0], 24)


@lru_cache(maxsize=4096)
def _network(text: str, bits: int) -> str:
    address = _address(text)
    if address is None:
        return NOBODY
    if isinstance(address, IPv4Address):
        return str(address) if bits == 32 else str(ip_network((address, bits), strict=False))
    return str(IPv6Network((address, 64), strict=False))


def _client(
    forwarded: str, peer: IPv4Address | IPv6Address, trusted: Sequence[Network]
) -> IPv4Address | IPv6Address:
    """The first address from the right that no trusted proxy has; as far as the list can be read."""
    found = peer
    for text in reversed(forwarded.split(",")):
        address = _address(text.strip())
        if address is None:
            break
        found = address
        if not _is_among(address, trusted):
            break
    return found


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address; one of IPv4 written as IPv6 is one of IPv4, and zones do not count."""
    try:
        address = ip_address(text.partition("%")[0].strip("[]"))
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _is_among(address: IPv4Address | IPv6Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _all(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> str:
    return ",".join(value.decode("latin-1") for key, value in headers if key == name)


def _last(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> str:
    return _all(headers, name).rpartition(",")[2].strip()
