"""The `urn:pageinfo:` record: all that the database says of a snapshot, told in the WARC file itself.

With the status of every requisite and what is missing it tells, from the WARC alone, how complete a page was
kept. Compact: what the records say themselves (digests) is not repeated, what is empty is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import quote

from cunzhao import __version__
from cunzhao.archive import checking, conditions
from cunzhao.archive.types import Kept, PageInfo, RecordRef, ToldAnswer
from cunzhao.collect.types import VERDICTS, Capture, Engine, Entry, Missing

PREFIX = "urn:pageinfo:"
MIME = "application/json"
FORMAT = 1
PROGRAM = f"cunzhao/{__version__}"

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{13}")  # as core makes them
_HEAD_LENGTH = 1_000_000  # bytes of a head told here


def of_capture(
    capture: Capture, snapshot: str, entry: Entry, kept: tuple[Kept, ...], page: str | None
) -> PageInfo:
    error = capture.error
    told = {"code": error.code, "input": error.input, "values": error.values} if error else None
    return PageInfo(
        snapshot=snapshot,
        entry=entry,
        requested_url=capture.requested_url,
        final_url=capture.final_url,
        engine=capture.engine,
        engine_reason=capture.engine_reason,
        captured=capture.started,
        seconds=capture.seconds,
        verdict=capture.verdict,
        reason=capture.reason,
        missing=capture.missing,
        page=page,
        kept=kept,
        program=PROGRAM,
        error=told,
        conditions=conditions.told(capture.conditions) if capture.conditions else None,
    )


def encode(info: PageInfo, records: Mapping[str, RecordRef]) -> bytes:
    """The JSON of the record. `records` gives the status of what is kept, for other readers."""
    entry = info.entry
    said = {
        "url": _address(entry.url),
        "tags": list(entry.tags),
        "collection": entry.collection,
        "note": entry.note,
        "title": entry.title,
        "parent": _address(entry.parent),
    }
    told = {
        "cunzhao": FORMAT,
        "program": info.program,
        "snapshot": info.snapshot,
        "entry": {name: value for name, value in said.items() if value},
        "verdict": info.verdict,
        "reason": info.reason,
        "error": info.error,
        "engine": info.engine,
        "engine_reason": info.engine_reason,
        "requested_url": _address(info.requested_url),
        "final_url": _address(info.final_url),
        "captured": info.captured.isoformat(),
        "seconds": info.seconds,
        "page": info.page,
        "kept": [_kept(k, records.get(k.record), info.answers.get(k.record)) for k in info.kept],
        "missing": [{"url": _address(m.url), "role": m.role, "reason": m.reason} for m in info.missing],
        "conditions": conditions.to_json(info.conditions) if info.conditions else None,
        "size": info.size,
    }
    shown = {name: value for name, value in told.items() if value not in (None, "")}
    body = json.dumps(shown, ensure_ascii=False, separators=(",", ":"), default=str)
    return body.encode("utf-8", "backslashreplace")


def _kept(kept: Kept, record: RecordRef | None, answer: ToldAnswer | None) -> dict[str, Any]:
    told: dict[str, Any] = {"url": _address(kept.url), "role": kept.role, "record": kept.record}
    if record and record.status is not None:
        told["status"] = record.status
    if answer and answer.head is not None:
        told |= {"mime": answer.mime, "length": answer.length, "head": dict(answer.head)}
    return told | {"request": answer.request.decode("latin-1")} if answer else told


def _address(url: str) -> str:
    """The URL without what `decode` refuses; `collect` makes none that has it."""
    return checking.CONTROL.sub(lambda found: quote(found[0], errors="replace"), url)


def decode(body: bytes) -> PageInfo | None:
    """The facts read back; None where the JSON is not ours (others use the same URN) or not whole.

    Anybody can write such a record: what core would not have written, in type, length or characters, is
    not ours.
    """
    try:
        told = json.loads(body)
        if not isinstance(told, dict) or told.get("cunzhao") != FORMAT:
            return None
        return _decoded(told)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _decoded(told: dict[str, Any]) -> PageInfo:
    line, url, demand = checking.line, checking.url, checking.demand
    error, kept = told.get("error"), checking.items(told["kept"])
    demand(told["verdict"] in VERDICTS and told["engine"] in get_args(Engine))
    demand(isinstance(told["snapshot"], str) and _ID.fullmatch(told["snapshot"]))
    demand(error is None or (isinstance(error, dict) and isinstance(error["code"], str)))
    return PageInfo(
        snapshot=told["snapshot"],
        entry=_entry(told["entry"]),
        requested_url=url(told["requested_url"]),
        final_url=url(told["final_url"]),
        engine=told["engine"],
        engine_reason=line(told.get("engine_reason", ""), 40),
        captured=checking.moment(told["captured"]),
        seconds=checking.number(told["seconds"]),
        verdict=told["verdict"],
        reason=line(told.get("reason", ""), 40),
        missing=tuple(
            Missing(url=url(m["url"]), role=line(m["role"], 16), reason=line(m["reason"], 40))  # type: ignore[arg-type]  # roles may grow
            for m in checking.items(told["missing"])
        ),
        page=checking.perhaps(told.get("page"), lambda id: line(id, 36)),
        kept=tuple(
            Kept(url=url(k["url"]), role=line(k["role"], 16), record=line(k["record"], 36)) for k in kept
        ),
        program=line(told["program"], 100),
        error=error,
        conditions=checking.perhaps(told.get("conditions"), conditions.from_json),
        answers={k["record"]: _answer(k) for k in kept if "request" in k},
        size=checking.perhaps(told.get("size"), lambda size: checking.whole(size, 1 << 60)),
    )


def _answer(told: dict[str, Any]) -> ToldAnswer:
    request, head = told["request"], told.get("head")
    checking.demand(isinstance(request, str) and len(request) <= _HEAD_LENGTH)
    if head is None:
        return ToldAnswer(request=request.encode("latin-1"))
    checking.demand(isinstance(head, dict) and all(isinstance(line, str) for line in head.values()))
    checking.demand(sum(map(len, head.values())) <= _HEAD_LENGTH)
    return ToldAnswer(
        request=request.encode("latin-1"),
        head={int(number): line for number, line in head.items()},
        status=checking.whole(told["status"], 999),
        mime=checking.line(told["mime"], 200),
        length=checking.whole(told["length"], 1 << 60),
    )


def _entry(told: dict[str, Any]) -> Entry:
    return Entry(
        url=checking.url(told["url"]),
        tags=tuple(checking.line(tag, 200, 1) for tag in checking.items(told.get("tags", []))),
        collection=checking.line(told.get("collection", ""), 200),
        note=checking.text(told.get("note", "")),
        title=checking.text(told.get("title", "")),
        parent=checking.url(told.get("parent", "")),
    )
