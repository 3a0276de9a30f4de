"""Which addresses may be reached: pure rules over addresses and host names as they are written.

Sources: IANA special-purpose address registries (IPv4, IPv6), RFC 6052 and 8215 (NAT64), 3056 (6to4),
4380 (Teredo), 5214 (ISATAP), 4291 (v4-mapped, v4-compatible); cloud metadata addresses by their vendors'
manuals. The tables stand here because Python's own `is_global` differs between versions and is True for
addresses that carry a private one inside.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from cunzhao.errors import SettingWrong

Address = IPv4Address | IPv6Address
Allow = frozenset[tuple[str, int | None]]

_METADATA = frozenset(
    ipaddress.ip_address(text)
    for text in (
        "169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200", "192.0.0.192",
        "fd00:ec2::254", "fd20:ce::254",
    )
)  # fmt: skip

_SPECIAL_V4 = tuple(
    (IPv4Network(net), kind)
    for net, kind in (
        ("0.0.0.0/8", "unspecified"), ("10.0.0.0/8", "private"), ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"), ("169.254.0.0/16", "link-local"), ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"), ("192.0.2.0/24", "documentation"), ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"), ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"), ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"), ("240.0.0.0/4", "reserved"),
    )
)  # fmt: skip

_SPECIAL_V6 = tuple(
    (IPv6Network(net), kind)
    for net, kind in (
        ("::/128", "unspecified"), ("::1/128", "loopback"), ("64:ff9b:1::/48", "translation"),
        ("fc00::/7", "private"), ("fe80::/10", "link-local"), ("fec0::/10", "private"),
        ("ff00::/8", "multicast"), ("2001::/32", "transition"), ("2001::/23", "reserved"),
        ("2001:db8::/32", "documentation"), ("3fff::/20", "documentation"), ("3ffe::/16", "reserved"),
    )
)  # fmt: skip

_MAPPED = IPv6Network("::ffff:0:0/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")  # SIIT, RFC 2765
_COMPATIBLE = IPv6Network("::/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_6TO4 = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")
_UNICAST = IPv6Network("2000::/3")
_ISATAP = (0x00005EFE, 0x02005EFE)


def judge(address: str) -> str:
    """Why this address is not to be reached; "" if it is globally routable.

    The word is one of: metadata, loopback, private, shared, link-local, unspecified, multicast,
    documentation, benchmarking, translation, transition, reserved, not-an-address. An IPv6 address that
    carries an IPv4 address is judged by that one too. Raises nothing.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "not-an-address"
    return _judge(parsed)


def _judge(address: Address) -> str:
    if address in _METADATA:
        return "metadata"
    if isinstance(address, IPv4Address):
        special = next((kind for net, kind in _SPECIAL_V4 if address in net), "")
        return special or ("" if address.is_global else "reserved")
    if address.scope_id is not None:
        return "link-local"
    special = next((kind for net, kind in _SPECIAL_V6 if address in net), "")
    inside = next((kind for kind in map(_judge, embedded(address)) if kind), "")
    if special or inside:
        return inside or special
    if address in _MAPPED or address in _NAT64:
        return ""
    return "" if address in _UNICAST and address.is_global else "reserved"


def embedded(address: Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that a transition form of IPv6 carries: none, one, or two (Teredo)."""
    if isinstance(address, IPv4Address) or int(address) in (0, 1):
        return
    number = int(address)
    if address in _TEREDO:
        yield IPv4Address(number >> 64 & 0xFFFFFFFF)
        yield IPv4Address(~number & 0xFFFFFFFF)
    elif address in _6TO4:
        yield IPv4Address(number >> 80 & 0xFFFFFFFF)
    elif any(address in net for net in (_MAPPED, _TRANSLATED, _COMPATIBLE, _NAT64)):
        yield IPv4Address(number & 0xFFFFFFFF)
    if number >> 32 & 0xFFFFFFFF in _ISATAP:
        yield IPv4Address(number & 0xFFFFFFFF)


def plain(address: str) -> Address:
    """The address a connection to `address` ends at: v4-mapped undone, unspecified read as loopback."""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.is_unspecified:
        return ipaddress.ip_address("127.0.0.1" if parsed.version == 4 else "::1")
    return parsed


def read_ipv4(host: str) -> IPv4Address | None:
    """A host that a browser or `inet_aton` takes for an IPv4 address: 2130706433, 0177.0.0.1, 0x7f.1.

    None where the host is a name. Raises ValueError where it can only be meant as an address and is none
    (256.1.1.1, 1.2.3.4.5, 09.1): a resolver must not be asked about these. Source: WHATWG URL, IPv4 parser.
    """
    parts = host.removesuffix(".").split(".")
    if not re.fullmatch(r"[0-9]+|0[xX][0-9a-fA-F]*", parts[-1]):
        return None
    if len(parts) > 4 or "" in parts:
        raise ValueError(host)
    numbers = [_number(part) for part in parts]
    if any(n > 255 for n in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise ValueError(host)
    value = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        value += number << 8 * (3 - place)
    return IPv4Address(value)


def _number(part: str) -> int:
    if part[:2] in ("0x", "0X"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if len(part) > 1 and part[0] == "0" else 10)


def literal(host: str) -> Address | None:
    """The address that a host of a URL is written as, IPv6 with or without brackets; None for a name.

    Raises ValueError for what looks like an address and is none.
    """
    if host[:1] == "[" and host[-1:] == "]":
        return IPv6Address(host[1:-1])
    return IPv6Address(host) if ":" in host else read_ipv4(host)


def same_host(host: str) -> str:
    """The form in which allow-list and request are compared: lower case, no brackets, no last dot."""
    bare = host.strip().strip("[]").removesuffix(".").lower()
    if not bare.isascii():
        bare = bare.encode("idna").decode("ascii")
    return str(IPv6Address(bare)) if ":" in bare else bare


def read_allow(entries: Iterable[str]) -> Allow:
    """The allow-list of the settings: `host`, `host:port`, `[v6]`, `[v6]:port`, a bare v6 address.

    Raises SettingWrong for anything else (a URL, a network, a port out of range).
    """
    return frozenset(_read_entry(entry.strip()) for entry in entries)


def _read_entry(entry: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]@*]+)(?::(\d{1,5}))?", entry)
    try:
        if entry.count(":") > 1 and "[" not in entry and not found:
            return same_host(entry), None
        if not found or (found[2] and not 0 < int(found[2]) < 65536):
            raise ValueError("not host or host:port")
        return same_host(found[1]), int(found[2]) if found[2] else None
    except (ValueError, UnicodeError) as exc:
        detail = {
            "detail": f"{entry!r}，应写“主机”或“主机:端口”",
            "detail_en": f"{entry!r}: host or host:port expected",
        }
        raise SettingWrong(f"egress.allow: {entry}", **detail) from exc


def is_allowed(host: str, port: int, allow: Allow) -> bool:
    """Does the allow-list name this host, as it is written in the request, with any port or this one?"""
    written = same_host(host)
    return (written, None) in allow or (written, port) in allow
