"""How many logins may fail before the next has to wait. Nobody can shut anybody else out for good by this:

a browser that has logged in to an account before has a count of its own, whatever others try on the account
or from behind the same address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

WINDOW = timedelta(minutes=15)
BY_DEVICE = 5  # one browser that is known, one account
BY_PAIR = 5  # one address, one account
BY_ACCOUNT = 20  # one account, all addresses, from browsers not known
BY_ADDRESS = 30  # one address, all accounts, from browsers not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    at: datetime
    account: str
    address: str
    device: str  # "" of one not known


def wait(failed: Iterable[Attempt], new: Attempt) -> timedelta:
    """How long the new attempt has to wait; zero if it may be made now."""
    recent = [one for one in failed if one.at > new.at - WINDOW]
    if new.device:
        same = [one.at for one in recent if one.device == new.device and one.account == new.account]
        return _until(same, BY_DEVICE, new.at)
    strange = [one for one in recent if not one.device]
    return max(
        _until(
            [o.at for o in strange if (o.account, o.address) == (new.account, new.address)], BY_PAIR, new.at
        ),
        _until([o.at for o in strange if o.account == new.account], BY_ACCOUNT, new.at),
        _until([o.at for o in strange if o.address == new.address], BY_ADDRESS, new.at),
    )


def _until(times: Sequence[datetime], limit: int, now: datetime) -> timedelta:
    """Until fewer than `limit` of them are in the window."""
    if len(times) < limit:
        return timedelta()
    return sorted(times)[-limit] + WINDOW - now


def neighbourhood(address: str) -> str:
    """What counts as one address: of IPv6 the /64, which one household or office has to itself."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(IPv6Address(int(ip) >> 64 << 64))
    return str(ip)
