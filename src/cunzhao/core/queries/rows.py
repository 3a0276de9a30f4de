"""Database rows become the values of `pages`, and back. No queries here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from cunzhao import errors
from cunzhao.collect.types import Missing, Verdict
from cunzhao.core.values.jobs import JobItem, JobPage, JobRest
from cunzhao.core.values.outcomes import ErrorView, SaveRow
from cunzhao.core.values.pages import LinkRow, SnapshotRow
from cunzhao.core.values.workbench import CollectionName, KnownLink
from cunzhao.extract.types import Fact, Reason, Span
from cunzhao.ledger.types import Observation
from cunzhao.read import types as read_types
from cunzhao.storage import models

#: Addresses of files, whose name says more than the whole URL.
FILE_ENDINGS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".txt", ".zip", ".rar")


def _tree(kind: type[errors.CunzhaoError]) -> Iterable[type[errors.CunzhaoError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)


def error_to_row(error: errors.CunzhaoError) -> dict[str, Any]:
    """What is kept of an error: enough to say it again in any language."""
    values = {k: v if isinstance(v, int | float) else str(v) for k, v in error.values.items()}
    return {"code": error.code, "input": error.input, "values": values}


def error_from_row(row: Mapping[str, Any]) -> errors.CunzhaoError:
    """The inverse of `error_to_row`; a code that this version does not know becomes a plain error."""
    kinds = {kind.code: kind for kind in _tree(errors.CunzhaoError) if "code" in vars(kind)}
    kind = kinds.get(row["code"], errors.CunzhaoError)
    return kind(row["input"], **row["values"])


def error_view(row: Mapping[str, Any] | None, lang: str) -> ErrorView | None:
    return ErrorView(**error_from_row(row).as_json(lang)["error"]) if row else None


def failed_row(url: str, error: errors.CunzhaoError, lang: str, verdict: Verdict = "error") -> SaveRow:
    """The row of an input that left no snapshot."""
    return SaveRow(
        url=url,
        final_url=url,
        snapshot=None,
        verdict=verdict,
        engine="import",
        reason=error.code,
        seconds=0.0,
        bytes=0,
        missing=(),
        error=error.as_json(lang)["error"],
    )


def shown_title(title: str, called: str, url: str) -> str:
    """What a snapshot is called: as its document, as its link, as its file, or by its URL."""
    if title or called:
        return title or called
    name = unquote(url.partition("?")[0].rpartition("/")[2])
    is_file = url.startswith("urn:cunzhao:file:") or name.lower().endswith(FILE_ENDINGS)
    return name if is_file else url


def snapshot_row(
    row: models.Snapshot,
    document: models.DocumentRow | None,
    *,
    called: str,
    icon: str | None,
    figures: int,
    lang: str,
) -> SnapshotRow:
    """`called`: the title of its link."""
    return SnapshotRow(
        id=row.id,
        link=row.link_id,
        url=row.requested_url,
        final_url=row.final_url,
        title=shown_title(document.title if document else "", called, row.final_url),
        source=(document and document.source) or None,
        published=(document and document.published) or None,
        captured=row.captured,
        verdict=row.verdict,  # type: ignore[arg-type]  # only ever written from a Capture
        reason=row.reason,
        engine=row.engine,
        seconds=row.seconds,
        bytes=row.bytes,
        missing=tuple(Missing(**m) for m in row.missing),
        icon=icon,
        figures=figures,
        error=error_view(document.error if document else None, lang),
        engine_reason=row.engine_reason,
    )


def version_of(*said: Any) -> str:
    """Names what was said; another as soon as anything of it is another."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def check_version(input: str, asked: str | None, now: str) -> None:
    """Raises EditConflict where an edit is of another version than there is now; None edits any."""
    if asked is not None and asked != now:
        raise errors.EditConflict(input)


def link_version(row: models.Link) -> str:
    return version_of(sorted(t.tag for t in row.tags), row.note)


def link_row(
    row: models.Link,
    snapshots: int,
    best: SnapshotRow | None,
    attachments: int = 0,
    collections: tuple[CollectionName, ...] = (),
) -> LinkRow:
    return LinkRow(
        id=row.id,
        url=row.url,
        added=row.added,
        tags=tuple(sorted(t.tag for t in row.tags)),
        collections=collections,
        snapshots=snapshots,
        best=best,
        attachments=attachments,
        attached=not row.given,
        note=row.note,
        version=link_version(row),
    )


def job_page(
    row: models.JobRow,
    items: Iterable[models.JobItemRow],
    lang: str,
    engines: Mapping[str, str] | None = None,
    attachments: Mapping[str, int] | None = None,
    *,
    rest: JobRest = JobRest(),  # noqa: B008  a value
) -> JobPage:
    """`engines`: by snapshot id, which engine made it; `attachments`: how many came with it."""
    listed = tuple(
        JobItem(
            n=item.n,
            url=item.url,
            state=item.state,  # type: ignore[arg-type]
            snapshot=item.snapshot_id,
            verdict=item.verdict,  # type: ignore[arg-type]
            error=error_view(item.error, lang),
            engine=(engines or {}).get(item.snapshot_id or ""),
            attachments=(attachments or {}).get(item.snapshot_id or "", 0),
            known=_known(item),
            title=item.said.get("title", ""),
            tags=tuple(item.said.get("tags", ())),
        )
        for item in items
    )
    return JobPage(
        id=row.id,
        created=row.created,
        tags=tuple(row.tags),
        collection=row.collection,
        items=listed,
        rest=rest,
        stopped=row.stopped is not None,
        dismissed=row.dismissed is not None,
    )


def _known(item: models.JobItemRow) -> KnownLink | None:
    if item.state != "known" or not item.error:
        return None
    told = item.error["values"]
    return KnownLink(id=told["link"], url=told["url"], title=told["title"], same=told["url"] == item.url)


def document_row(snapshot: str, document: read_types.Document) -> models.DocumentRow:
    value = read_types.to_json(document)
    text = value.pop("text")
    return models.DocumentRow(
        snapshot_id=snapshot,
        title=document.title or "",
        published=document.published or "",
        source=document.source or "",
        text=text,
        document=value,
    )


def document_of(row: models.DocumentRow) -> read_types.Document:
    return read_types.from_json({**row.document, "text": row.text})


def fact_values(fact: Fact) -> dict[str, Any]:
    """A fact as the columns of `FactRow`, which are JSON values too."""
    return {
        "kind": fact.kind,
        "start": fact.span.start,
        "end": fact.span.end,
        "quote": fact.span.quote,
        "fields": dict(fact.fields),
        "extractor": fact.extractor,
        "version": fact.version,
        "confidence": fact.confidence,
        "why": [reason.to_json() for reason in fact.why],
    }


def fact_from(values: Mapping[str, Any]) -> Fact:
    """The inverse of `fact_values`."""
    return Fact(
        kind=values["kind"],
        span=_span_from(values),
        fields=values["fields"],
        extractor=values["extractor"],
        version=values["version"],
        confidence=values["confidence"],
        why=tuple(_reason_from(told) for told in values["why"]),
    )


def _reason_from(told: Mapping[str, Any]) -> Reason:
    return Reason(told["field"], told["by"], _span_from(told) if "quote" in told else None)


def _span_from(told: Mapping[str, Any]) -> Span:
    return Span(told["start"], told["end"], told["quote"])


def fact_row(snapshot: str, fact: Fact) -> models.FactRow:
    return models.FactRow(snapshot_id=snapshot, **fact_values(fact))


def fact_of(row: models.FactRow) -> Fact:
    return fact_from(vars(row))


def observation_row(o: Observation) -> models.ObservationRow:
    return models.ObservationRow(
        snapshot_id=o.snapshot,
        start=o.span.start,
        end=o.span.end,
        quote=o.span.quote,
        indicator=o.indicator,
        label=o.label,
        region=o.region,
        area=o.area,
        period=o.period,
        days=o.days,
        measure=o.measure,
        nature=o.nature,
        comparator=o.comparator,
        value=o.value,
        value_high=o.value_high,
        unit=o.unit,
        step=o.step,
        at_area=o.area or o.region,
        at_days=o.days or o.period,
    )


def observation_of(row: models.ObservationRow) -> Observation:
    return Observation(
        snapshot=row.snapshot_id,
        span=Span(row.start, row.end, row.quote),
        indicator=row.indicator,
        label=row.label,
        region=row.region,
        area=row.area,
        period=row.period,
        days=row.days,
        measure=row.measure,  # type: ignore[arg-type]
        nature=row.nature,  # type: ignore[arg-type]
        comparator=row.comparator,  # type: ignore[arg-type]
        value=_plain(row.value),
        value_high=None if row.value_high is None else _plain(row.value_high),
        unit=row.unit,
        step=_plain(row.step),
    )


def _plain(value: Any) -> Decimal:
    """The number without the trailing zeros that the column's scale adds."""
    number = Decimal(value).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number
