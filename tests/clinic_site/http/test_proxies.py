"""Whose address a request comes from: what a proxy says is believed of the proxies that are named, and of nobody else."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import RequestFactory

from clinic_site.http.proxies import client_ip

PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "expected"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "192.0.2.1", "203.0.113.9"),  # not a proxy of ours: it may say what it likes
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "192.0.2.1, 10.1.2.3", "192.0.2.1"),
        ("127.0.0.1", "8.8.8.8, 192.0.2.1", "192.0.2.1"),  # what stands left of it the visitor wrote
        ("127.0.0.1", "8.8.8.8,192.0.2.1,10.1.2.3", "192.0.2.1"),
        ("127.0.0.1", "10.9.9.9", "10.9.9.9"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.1, rubbish", "127.0.0.1"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.1:80", "127.0.0.1"),
        ("127.0.0.1", "::ffff:192.0.2.1", "192.0.2.1"),
        ("fd00::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # a household has a network of them
        ("2001:db8:1:2:ffff::1", "192.0.2.1", "2001:db8:1:2::"),
        ("", "192.0.2.1", None),
        ("unix:", None, None),
    ],
)
def test_the_address_is_the_nearest_that_is_no_trusted_proxys(
    settings: Any, peer: str, forwarded_for: str | None, expected: str | None
) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    headers = {} if forwarded_for is None else {"HTTP_X_FORWARDED_FOR": forwarded_for}
    assert client_ip(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == expected


def test_without_trusted_proxies_no_header_is_believed(settings: Any) -> None:
    settings.TRUSTED_PROXIES = []
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert client_ip(request) == "127.0.0.1"
