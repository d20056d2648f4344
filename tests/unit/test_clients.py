"""Who a client is: by its connection, and by what a trusted proxy says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import Settings
from app.web.clients import NOBODY, believe_proxies, client_network, host_name, sign_in_network

PROXIES = Settings(_env_file=None, demo=True, trusted_proxies="10.0.0.0/8, 2001:db8:ff::/48").proxies


def _scope(client: str | None, **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {"client": (client, 50000) if client else None, "scheme": "http", "headers": raw}


@pytest.mark.parametrize(
    ("address", "network", "wide"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
        ("/run/socket", NOBODY, NOBODY),
        (None, NOBODY, NOBODY),
    ],
)
def test_networks(address: str | None, network: str, wide: str) -> None:
    """IPv4 by address for rates and by /24 for sign-in; IPv6 by /64."""
    assert client_network(_scope(address)) == network
    assert sign_in_network(_scope(address)) == wide


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_nobody_but_a_proxy_is_believed(forwarded: str, host: str, scheme: str) -> None:
    """What others claim changes neither key nor scheme nor host, and nobody reads it later."""
    claims = {
        "x_forwarded_for": forwarded.encode("utf-8").decode("latin-1"),
        "x_forwarded_host": host.encode("utf-8").decode("latin-1"),
        "x_forwarded_proto": scheme.encode("utf-8").decode("latin-1"),
        "x_forwarded_prefix": "/x",
        "forwarded": "for=1.2.3.4;host=evil.example",
    }
    scope = _scope("192.0.2.7", host="medina.example", **claims)
    believe_proxies(scope, PROXIES)
    assert client_network(scope) == "192.0.2.7"
    assert scope["scheme"] == "http"
    assert scope["headers"] == [(b"host", b"medina.example")]


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("198.51.100.1, nonsense", "10.0.0.1"),
        ("nonsense, 198.51.100.1", "198.51.100.1"),
        ("10.2.2.2, 10.3.3.3", "10.2.2.2"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("", "10.0.0.1"),
    ],
)
def test_the_client_is_the_last_that_is_no_proxy(forwarded: str, client: str) -> None:
    """What a client writes into the list itself stands further left and is not read."""
    scope = _scope("10.0.0.1", x_forwarded_for=forwarded)
    believe_proxies(scope, PROXIES)
    assert client_network(scope) == client


def test_a_proxy_names_scheme_and_host() -> None:
    """The last word counts; nonsense does not."""
    scope = _scope(
        "10.0.0.1", host="inside:8000", x_forwarded_proto="http, HTTPS", x_forwarded_host="a, medina.example"
    )
    believe_proxies(scope, PROXIES)
    assert scope["scheme"] == "https"
    assert host_name(scope["headers"]) == "medina.example"
    odd = _scope("10.0.0.1", host="medina.example", x_forwarded_proto="gopher")
    believe_proxies(odd, PROXIES)
    assert odd["scheme"] == "http"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("medina.example", "medina.example"),
        ("Medina.Example:8443", "medina.example"),
        ("[::1]:8000", "::1"),
        ("medina.example:8443:1", ""),
        ("user@medina.example", ""),
        ("medina.example/x", ""),
        ("medina.example evil", ""),
        ("", ""),
    ],
)
def test_names_of_hosts(host: str, name: str) -> None:
    """Name without port; nothing that is more than a name."""
    assert host_name([(b"host", host.encode())]) == name


def test_two_hosts_are_none() -> None:
    """Which of them would be meant?"""
    assert host_name([(b"host", b"medina.example"), (b"host", b"evil.example")]) == ""
    assert host_name([]) == ""


def test_settings_say_who_is_served_and_trusted() -> None:
    """The host of the public address and loopback, or names that are given; no proxies unless named."""
    plain = Settings(_env_file=None, demo=True, public_url="https://Medina.example:8443/")
    assert plain.hosts == {"medina.example", "localhost", "127.0.0.1", "::1"}
    assert plain.proxies == ()
    named = Settings(_env_file=None, demo=True, allowed_hosts="A.example, [2001:db8::1]")
    assert named.hosts == {"a.example", "2001:db8::1", "localhost", "127.0.0.1", "::1"}
    with pytest.raises(ValueError, match="nonsense"):
        Settings(_env_file=None, demo=True, trusted_proxies="10.0.0.0/8,nonsense")
