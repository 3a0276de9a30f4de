"""From a host and port to a connection: resolved once, every answer vetted, one of those answers reached."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from cunzhao.egress.addresses import Allow, is_allowed, judge, literal, plain
from cunzhao.egress.seen import Refusal

#: Asked once for each connection: host and port to addresses, in the order to try. Raises OSError.
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

PIECE = 64 * 1024
_LOOKUPS = 16  # names looked up at the same time


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A connection to a vetted address, and what the resolver had answered (nothing for an address)."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    address: str
    answers: tuple[str, ...]


class Reach:
    """The rule and the act: which address of a host may be reached, and reaching it, in the gate's loop."""

    def __init__(
        self, allow: Allow, own: set[tuple[str, int]], timeout_s: float, resolve: Resolver | None
    ) -> None:
        self._allow, self._own, self._timeout_s = allow, own, timeout_s
        self._resolve = resolve or self._look_up
        self._lookups = ThreadPoolExecutor(_LOOKUPS, "gate-lookup")

    def close(self) -> None:
        self._lookups.shutdown(wait=False, cancel_futures=True)

    async def open(self, host: str, port: int) -> Reached | Refusal:
        """Resolve once, vet, connect to the first vetted address that answers."""
        found = await self._addresses(host, port)
        if isinstance(found, Refusal):
            return found
        addresses, answers = found
        vetted = self.vet(host, port, addresses)
        if isinstance(vetted, Refusal):
            return vetted
        ends = asyncio.get_running_loop().time() + self._timeout_s
        timed_out = False
        for tried, address in enumerate(vetted):
            left = ends - asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(left / (len(vetted) - tried)):
                    reader, writer = await asyncio.open_connection(address, port, limit=PIECE)
            except TimeoutError:
                timed_out = True
                continue
            except OSError:
                continue
            return Reached(reader=reader, writer=writer, address=address, answers=answers)
        if timed_out:
            return Refusal(status=b"504 Gateway Timeout", code="timeout")
        return Refusal(status=b"502 Bad Gateway", code="connect-failed")

    async def _addresses(self, host: str, port: int) -> tuple[tuple[str, ...], tuple[str, ...]] | Refusal:
        """What to vet, and what the resolver answered: asked once for a name, not at all for an address."""
        try:
            if (written := literal(host)) is not None:
                return (str(written),), ()
            async with asyncio.timeout(self._timeout_s):
                answers = tuple(await self._resolve(host.removesuffix("."), port))
        except TimeoutError:
            return Refusal(status=b"504 Gateway Timeout", code="timeout")
        except (OSError, UnicodeError, ValueError):
            answers = ()
        return (answers, answers) if answers else Refusal(status=b"502 Bad Gateway", code="host-unknown")

    def vet(self, host: str, port: int, addresses: Sequence[str]) -> list[str] | Refusal:
        """Those addresses of a host that may be reached; a Refusal that names the first where none may."""
        allowed = is_allowed(host, port, self._allow)
        reasons = {address: self._objection(address, port, allowed) for address in addresses}
        if vetted := [address for address, why in reasons.items() if not why]:
            return vetted
        values = (("address", addresses[0]), ("why", reasons[addresses[0]]))
        return Refusal(status=b"403 Forbidden", code="address-refused", values=values)

    def _objection(self, address: str, port: int, allowed: bool) -> str:
        why = judge(address)
        if why == "not-an-address":
            return why
        if self._is_own(address, port):
            return "own"
        return "" if allowed else why

    def _is_own(self, address: str, port: int) -> bool:
        end = plain(address)
        listeners = [ip for ip, own_port in self._own.copy() if own_port == port]
        if any(ip in ("0.0.0.0", "::", "") for ip in listeners):  # noqa: S104 (compared, not bound)
            return _is_local(str(end))
        return any(plain(ip) == end for ip in listeners)

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._lookups, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _is_local(address: str) -> bool:
    """Is this an address of this machine? Only those can be bound."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True
