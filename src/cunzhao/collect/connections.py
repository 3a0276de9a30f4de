"""How the exchanges of a batch were reached: noted once for each connection, told for each capture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from cunzhao.collect.conditions import certificates_of, server_dates
from cunzhao.collect.types import Capture, Certificates, Conditions, Exchange, Lookup
from cunzhao.egress.backend import GateStream


@dataclass(frozen=True, slots=True)
class Connection:
    """What was seen when it was opened."""

    lookup: Lookup
    certificates: Certificates | None  # None without TLS


class Connections:
    """The connections of one batch, by the exchanges that went over them. For one thread."""

    def __init__(self) -> None:
        self._open: WeakKeyDictionary[GateStream, Connection] = WeakKeyDictionary()
        self._of: dict[str, Connection] = {}  # by exchange id

    def note(self, exchange: str, url: str, stream: GateStream) -> None:
        """The exchange of that id went over this stream."""
        if stream not in self._open:
            self._open[stream] = _seen(url, stream)
        self._of[exchange] = self._open[stream]

    def conditions(self, capture: Capture, session: Mapping[str, Any]) -> Conditions:
        """Under which conditions a capture that ends now was made."""
        exchanges = _exchanges_of(capture)
        used = [self._of[exchange.id] for exchange in exchanges if exchange.id in self._of]
        return Conditions(
            session=session,
            ended=datetime.now(UTC),
            lookups=tuple(dict.fromkeys(one.lookup for one in used)),
            certificates=tuple(dict.fromkeys(one.certificates for one in used if one.certificates)),
            server_dates=server_dates(exchanges),
        )


def _seen(url: str, stream: GateStream) -> Connection:
    opened, over_tls = stream.opened, url.startswith("https:")
    host, port = opened.host, opened.port
    return Connection(
        Lookup(host=host, port=port, answers=opened.answers, address=opened.address, at=opened.at),
        certificates_of(stream.get_extra_info("ssl_object"), host, port) if over_tls else None,
    )


def _exchanges_of(capture: Capture) -> list[Exchange]:
    of_requisites = (exchange for requisite in capture.requisites for exchange in requisite.exchanges)
    return [*capture.exchanges, *of_requisites]
