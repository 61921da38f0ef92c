"""Whose address a request comes from: what a proxy says is believed only of the proxies that the environment names."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX_LENGTH = 64  # bits of an IPv6 address; whoever has one has all that share them


def client_ip(request: HttpRequest) -> str | None:
    """The nearest address that is no trusted proxy's; of IPv6 the network it stands for; None where there is none.

    Read from the right, where each trusted proxy adds whom it heard from: what stands further left anyone may write.
    """
    believed = None
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    for hop in reversed([*said, request.META.get("REMOTE_ADDR", "")]):
        found = _parse_ip(hop)
        if found is None:
            break
        believed = found
        if not any(found in network for network in settings.TRUSTED_PROXIES):
            break
    return None if believed is None else _normalise_ip(believed)


def _parse_ip(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


def _normalise_ip(found: IPv4Address | IPv6Address) -> str:
    if isinstance(found, IPv4Address):
        return str(found)
    return str(ip_network((int(found), IPV6_PREFIX_LENGTH), strict=False).network_address)
