"""The record of a capture (取证记录) put together from what is stored of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cunzhao import __version__
from cunzhao.archive.types import Kept, PageInfo, RecordRef
from cunzhao.collect.types import Certificates, Conditions, Lookup
from cunzhao.evaluate.capture.certificates import certificate_told, only_fingerprint
from cunzhao.evaluate.types import CaptureItem, CaptureRecord, ChainShown, HostReached, RecordSeen


def capture_record(
    info: PageInfo,
    conditions: Conditions | None,
    contents: Sequence[tuple[Kept, RecordRef]],
    *,
    originals: Mapping[str, RecordRef],
    seen: Mapping[str, RecordSeen],
    info_record: RecordRef | None,
    title: str,
    made: datetime,
) -> CaptureRecord:
    """The record of the snapshot that `info` tells of.

    `contents`: what it keeps; `originals`: by id, the records that revisits refer to; `seen`: by id, what
    each record told when it was read at the time `made`; `info_record`: where `info` itself stands.
    """
    items = tuple(_item(n, kept, ref, originals, seen) for n, (kept, ref) in enumerate(contents, 1))
    own = Kept(url=info_record.url, role="pageinfo", record=info_record.id) if info_record else None
    return CaptureRecord(
        snapshot=info.snapshot,
        made=made,
        program=f"cunzhao/{__version__}",
        requested_url=info.requested_url,
        final_url=info.final_url,
        title=title,
        verdict=info.verdict,
        reason=info.reason,
        engine=info.engine,
        engine_reason=info.engine_reason,
        started=info.captured,
        ended=conditions.ended if conditions else None,
        seconds=info.seconds,
        observed=conditions is not None,
        session=conditions.session if conditions else None,
        fresh_profile=conditions.fresh_profile if conditions else None,
        server_dates=conditions.server_dates if conditions else (),
        hosts=hosts_reached(conditions.lookups) if conditions else (),
        chains=_chains(info, conditions),
        items=items,
        missing=info.missing,
        info=_item(0, own, info_record, {}, seen) if own and info_record else None,
    )


def _item(
    n: int,
    kept: Kept,
    ref: RecordRef,
    originals: Mapping[str, RecordRef],
    seen: Mapping[str, RecordSeen],
) -> CaptureItem:
    original = originals.get(ref.id)
    return CaptureItem(
        n=n,
        url=kept.url,
        role=kept.role,
        record=ref.id,
        type=ref.type,
        at=ref.timestamp,
        status=ref.status,
        mime=ref.mime,
        length=ref.length,
        digest=ref.digest,
        file=ref.file,
        offset=ref.offset,
        size=ref.size,
        original=(original.file, original.offset, original.size) if original else None,
        seen=seen[ref.id],
    )


def hosts_reached(lookups: Sequence[Lookup]) -> tuple[HostReached, ...]:
    """Lookups of the same host with the same answers and outcome, as one; in the order of the first."""
    groups: dict[tuple[str, int, tuple[str, ...], str], list[Lookup]] = {}
    for one in sorted(lookups, key=lambda lookup: lookup.at):
        groups.setdefault((one.host, one.port, one.answers, one.address), []).append(one)
    return tuple(
        HostReached(
            host=host,
            port=port,
            answers=answers,
            address=address,
            first=found[0].at,
            last=found[-1].at,
        )
        for (host, port, answers, address), found in groups.items()
    )


def _chains(info: PageInfo, conditions: Conditions | None) -> tuple[ChainShown, ...]:
    """The certificates; by their fingerprints alone where the pageinfo names them and they are not held."""
    if conditions is None:
        return ()
    if conditions.certificates or not info.conditions:
        return tuple(_chain(shown) for shown in conditions.certificates)
    return tuple(
        ChainShown(
            host=told.host,
            port=told.port,
            protocol=told.protocol,
            whole=told.whole,
            certificates=tuple(only_fingerprint(digest) for digest in told.chain),
        )
        for told in info.conditions.certificates
    )


def _chain(shown: Certificates) -> ChainShown:
    return ChainShown(
        host=shown.host,
        port=shown.port,
        protocol=shown.protocol,
        whole=shown.whole,
        certificates=tuple(certificate_told(der) for der in shown.chain),
    )
