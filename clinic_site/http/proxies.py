"""The client's address: X-Forwarded-For is trusted only from the proxies that the environment names."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX_LENGTH = 64  # bits; one household or office holds a whole /64


def client_ip(request: HttpRequest) -> str | None:
    """Return the nearest address that is no trusted proxy's, an IPv6 one as its network; None where there is none.

    Read from the right, where each trusted proxy appends its peer: anyone may write what stands further left.
    """
    client = None
    forwarded_for = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    for entry in reversed([*forwarded_for, request.META.get("REMOTE_ADDR", "")]):
        address = _parse_ip(entry)
        if address is None:
            break
        client = address
        if not any(address in network for network in settings.TRUSTED_PROXIES):
            break
    return None if client is None else _normalise_ip(client)


def _parse_ip(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _normalise_ip(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address), IPV6_PREFIX_LENGTH), strict=False).network_address)
