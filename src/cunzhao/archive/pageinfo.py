"""The `urn:pageinfo:` record: all that the database says of a snapshot, told in the WARC file itself."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args
from urllib.parse import quote

from cunzhao import __version__
from cunzhao.archive.types import Kept, PageInfo, RecordRef
from cunzhao.collect.types import VERDICTS, Capture, Engine, Entry, Missing
from cunzhao.settings import Settings

PREFIX = "urn:pageinfo:"
MIME = "application/json"
FORMAT = 1
PROGRAM = f"cunzhao/{__version__}"
#: What decided how much of a page was kept.
SETTINGS_TOLD = (
    "fetch_timeout_s", "max_body_bytes", "max_redirects", "max_requisites", "user_agent",
)  # fmt: skip

URL_LENGTH = 200_000  # characters; an address of 8000 grows up to twelvefold when it is percent-encoded
NOTE_LENGTH = 100_000
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{13}")  # as core makes them
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")  # what no database takes


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
            "url": _address(entry.url),
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
        "requested_url": _address(info.requested_url),
        "final_url": _address(info.final_url),
        "captured": info.captured.isoformat(),
        "seconds": info.seconds,
        "page": info.page,
        "kept": [
            {"url": _address(k.url), "role": k.role, "record": k.record} | _shown(known.get(k.record))
            for k in info.kept
        ],
        "missing": [{"url": _address(m.url), "role": m.role, "reason": m.reason} for m in info.missing],
        "settings": {name: getattr(settings, name) for name in SETTINGS_TOLD},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode("utf-8", "backslashreplace")


def _address(url: str) -> str:
    """The URL without what `decode` refuses; `collect` makes none that has it."""
    return _CONTROL.sub(lambda found: quote(found[0], errors="replace"), url)


def _shown(record: RecordRef | None) -> dict[str, Any]:
    return {"status": record.status, "digest": record.digest} if record else {}


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
    captured = datetime.fromisoformat(told["captured"])
    seconds, error = float(told["seconds"]), told["error"]
    _demand(captured.tzinfo is not None and math.isfinite(seconds))
    _demand(told["verdict"] in VERDICTS and told["engine"] in get_args(Engine))
    _demand(isinstance(told["snapshot"], str) and _ID.fullmatch(told["snapshot"]))
    _demand(error is None or (isinstance(error, dict) and isinstance(error["code"], str)))
    return PageInfo(
        snapshot=told["snapshot"],
        entry=_entry(told["entry"]),
        requested_url=_line(told["requested_url"], URL_LENGTH),
        final_url=_line(told["final_url"], URL_LENGTH),
        engine=told["engine"],
        engine_reason=_line(told["engine_reason"], 40),
        captured=captured.astimezone(UTC),
        seconds=seconds,
        verdict=told["verdict"],
        reason=_line(told["reason"], 40),
        missing=tuple(
            Missing(url=_line(m["url"], URL_LENGTH), role=_line(m["role"], 16), reason=_line(m["reason"], 40))  # type: ignore[arg-type]  # roles may grow
            for m in _list(told["missing"])
        ),
        page=None if told["page"] is None else _line(told["page"], 36),
        kept=tuple(
            Kept(url=_line(k["url"], URL_LENGTH), role=_line(k["role"], 16), record=_line(k["record"], 36))
            for k in _list(told["kept"])
        ),
        program=_line(told["program"], 100),
        error=error,
    )


def _entry(told: dict[str, Any]) -> Entry:
    return Entry(
        url=_line(told["url"], URL_LENGTH),
        tags=tuple(_line(tag, 200, 1) for tag in _list(told["tags"])),
        collection=_line(told["collection"], 200),
        note=_text(told["note"]),
        title=_text(told["title"]),
    )


def _demand(holds: object) -> None:
    if not holds:
        raise ValueError


def _line(value: Any, most: int, least: int = 0) -> str:
    """A string on one line of `least` to `most` characters."""
    _demand(isinstance(value, str) and least <= len(value) <= most and not _CONTROL.search(value))
    return str(value)


def _text(value: Any) -> str:
    """What a person wrote, or the name of a file: line breaks and the like may stand in it."""
    _demand(isinstance(value, str) and len(value) <= NOTE_LENGTH and not _NO_TEXT.search(value))
    return str(value)


def _list(value: Any) -> list[Any]:
    _demand(isinstance(value, list))
    return list(value)
