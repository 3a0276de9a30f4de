"""The `urn:pageinfo:` record: all that the database says of a snapshot, told in the WARC file itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cunzhao import __version__
from cunzhao.archive.types import Kept, PageInfo, RecordRef
from cunzhao.collect.types import VERDICTS, Capture, Entry, Missing
from cunzhao.settings import Settings

PREFIX = "urn:pageinfo:"
MIME = "application/json"
FORMAT = 1
PROGRAM = f"cunzhao/{__version__}"
#: What decided how much of a page was kept.
SETTINGS_TOLD = (
    "fetch_timeout_s", "max_body_bytes", "max_redirects", "max_requisites", "user_agent",
)  # fmt: skip


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
    )


def encode(info: PageInfo, records: Mapping[str, RecordRef], settings: Settings) -> bytes:
    """The JSON of the record. `records` gives status and digest of what is kept, for other readers."""
    entry, known = info.entry, {k.record: records[k.record] for k in info.kept if k.record in records}
    told = {
        "cunzhao": FORMAT,
        "program": info.program,
        "snapshot": info.snapshot,
        "entry": {
            "url": entry.url,
            "tags": list(entry.tags),
            "collection": entry.collection,
            "note": entry.note,
            "title": entry.title,
        },
        "verdict": info.verdict,
        "reason": info.reason,
        "error": info.error,
        "engine": info.engine,
        "engine_reason": info.engine_reason,
        "requested_url": info.requested_url,
        "final_url": info.final_url,
        "captured": info.captured.isoformat(),
        "seconds": info.seconds,
        "page": info.page,
        "kept": [
            {"url": k.url, "role": k.role, "record": k.record} | _shown(known.get(k.record))
            for k in info.kept
        ],
        "missing": [{"url": m.url, "role": m.role, "reason": m.reason} for m in info.missing],
        "settings": {name: getattr(settings, name) for name in SETTINGS_TOLD},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode("utf-8", "backslashreplace")


def _shown(record: RecordRef | None) -> dict[str, Any]:
    return {"status": record.status, "digest": record.digest} if record else {}


def decode(body: bytes) -> PageInfo | None:
    """The facts read back; None where the JSON is not ours (others use the same URN) or not whole."""
    try:
        told = json.loads(body)
        if not isinstance(told, dict) or told.get("cunzhao") != FORMAT:
            return None
        return _decoded(told)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _decoded(told: dict[str, Any]) -> PageInfo:
    entry = told["entry"]
    captured = datetime.fromisoformat(told["captured"])
    if captured.tzinfo is None or told["verdict"] not in VERDICTS:
        raise ValueError(told["snapshot"])
    return PageInfo(
        snapshot=str(told["snapshot"]),
        entry=Entry(
            url=entry["url"],
            tags=tuple(entry["tags"]),
            collection=entry["collection"],
            note=entry["note"],
            title=entry["title"],
        ),
        requested_url=told["requested_url"],
        final_url=told["final_url"],
        engine=told["engine"],
        engine_reason=told["engine_reason"],
        captured=captured,
        seconds=float(told["seconds"]),
        verdict=told["verdict"],
        reason=told["reason"],
        missing=tuple(Missing(url=m["url"], role=m["role"], reason=m["reason"]) for m in told["missing"]),
        page=told["page"],
        kept=tuple(Kept(url=k["url"], role=k["role"], record=k["record"]) for k in told["kept"]),
        program=told["program"],
        error=told["error"],
    )
