"""What a recorder heard, as exchanges of the page, requisites and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cunzhao.collect.browser.asking import Asking
from cunzhao.collect.browser.failures import ABORTED, LATE, code_of
from cunzhao.collect.browser.recorder import Recorder
from cunzhao.collect.page_references import default_icon
from cunzhao.collect.types import Exchange, Missing, Requisite
from cunzhao.errors import NotAUrl, ServerBroke

_TOO_MANY = "too-many"
_LONGEST = 100_000  # characters of an address; longer ones are data: addresses gone wrong, and told in part
#: Sent into the void: whether they arrive does no harm to the page.
_UNASKED = frozenset(("Ping", "CSPViolationReport", "Preflight", "Prefetch"))


@dataclass(frozen=True, slots=True)
class Recording:
    """`answered`: the page has an answer; `failure` says why not; `parts` are to be fetched whole.

    `unsure`: the page is a file, and nobody told whether it came to its end.
    """

    page: tuple[Exchange, ...]
    answered: bool
    failure: str
    requisites: tuple[Requisite, ...]
    missing: tuple[Missing, ...]
    parts: tuple[Asking, ...]
    unsure: bool


def recording_of(recorder: Recorder, limit: int) -> Recording:
    """At most `limit` requisites; what is beyond is missing, "too-many"."""
    documents = _documents(recorder)
    page = tuple(exchange for asking in documents for exchange in asking.exchanges(recorder.peer_of))
    answered = bool(documents) and documents[-1].answered
    failure = documents[-1].failure if documents else ""
    unsure = answered and documents[-1].file and not documents[-1].sure
    requisites: list[Requisite] = []
    missing = [*recorder.sockets, *recorder.astray] + [
        Missing(url=asking.url, role="worker", reason="not-capturable")  # what it fetches is not seen
        for asking in recorder.requests.values()
        if asking.destination == "sharedworker"
    ]
    parts: list[Asking] = []
    icon = default_icon(page[-1].url) if page else ""
    kept: set[tuple[str, ...]] = set()
    for asking in _others(recorder, documents):
        if asking.partial and not asking.failure:
            parts.append(asking)
            continue
        if len(asking.url) > _LONGEST:
            missing.append(Missing(url=asking.url[:_LONGEST], role=asking.role, reason=NotAUrl.code))
            continue
        exchanges = asking.exchanges(recorder.peer_of)
        reason = _reason(asking, exchanges)
        if reason == ABORTED or (reason and (asking.url == icon or asking.kind in _UNASKED)):
            continue
        if reason:
            missing.append(Missing(url=asking.url, role=asking.role, reason=reason))
        elif exchanges and (key := _key(asking, exchanges)) not in kept:
            kept.add(key)
            if len(requisites) < limit:
                requisites.append(Requisite(url=asking.url, role=asking.role, exchanges=exchanges))
            else:
                missing.append(Missing(url=asking.url, role=asking.role, reason=_TOO_MANY))
    distinct = tuple(dict.fromkeys(missing))
    return Recording(page, answered, failure, tuple(requisites), distinct, tuple(parts), unsure)


def _documents(recorder: Recorder) -> list[Asking]:
    """The main documents in the order shown; without any, the last that was asked for."""
    shown = [recorder.requests[network_id] for network_id in dict.fromkeys(recorder.committed)]
    shown = [asking for asking in shown if asking.hops]
    asked = [asking for asking in recorder.requests.values() if recorder.is_main(asking) and asking.hops]
    files = [asking for asking in asked if asking.file]
    if files and asked[-1] is files[-1]:
        return [*shown, files[-1]]
    return shown or asked[-1:]


def _others(recorder: Recorder, documents: list[Asking]) -> Iterator[Asking]:
    for asking in recorder.requests.values():
        main = recorder.is_main(asking)
        if asking.url and asking not in documents and not (main and not asking.answered):
            yield asking


def _reason(asking: Asking, exchanges: tuple[Exchange, ...]) -> str:
    """Why it counts as missing; "" if it is there or nobody misses it.

    What a script asked for and was told no belongs to the page as it was: the answer is kept.
    """
    if asking.answered and exchanges and (asking.over or asking.sure):
        status = exchanges[-1].status
        refused = status >= 400 and asking.role not in ("xhr", "other")
        return f"status-{status}" if refused else ""
    if asking.failure:
        return asking.failure
    if asking.broken and not asking.hops:  # a worker's request, of whose end `Network` does not tell
        return code_of(asking.broken)
    if asking.answered:  # whether it came to its end nobody has told
        return ServerBroke.code
    if asking.endless or not asking.over:
        return LATE
    if asking.hops and asking.hops[-1].body is None:  # Chromium would not hand its body out
        return ServerBroke.code
    return ""


def _key(asking: Asking, exchanges: tuple[Exchange, ...]) -> tuple[str, ...]:
    """The same request with the same answer is kept once."""
    last = exchanges[-1]
    return last.method, asking.url, last.body.digest, str(hash(asking.post))
