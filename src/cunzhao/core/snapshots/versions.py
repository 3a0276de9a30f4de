"""What `Core` knows of a link in time: its snapshots one after the other, and what two of them have apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.queries import listing, rows
from cunzhao.core.queries.cursors import cursor, key_of
from cunzhao.core.snapshots import attachments, reposts
from cunzhao.core.values.links import Against, ComparedPage, LinkPage, TextDifference, Version
from cunzhao.errors import NotFound
from cunzhao.language import language
from cunzhao.organize.changes import changes
from cunzhao.organize.types import TextChange
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, Record, Snapshot

TOLD = 100  # snapshots on the page of a link
SENTENCES = 3_000  # of each text that are compared
CHANGES = 200  # told of two texts
QUOTED = 400  # characters of one change
ROUND = 24  # characters before and behind a change
_END = re.compile(r"[。！？；\n]")
_NUMBER = re.compile(r"[0-9.,]")


class Versions:
    settings: Settings
    _database: Database

    def link_page(self, link_id: str, *, after: str = "") -> LinkPage:
        """A link with its snapshots in time, a page at a time. Raises NotFound, UsageWrong."""
        lang = language(self.settings.lang)
        with self._database.reading() as session:
            link = listing.link_by_id(session, link_id)
            [row] = listing.link_rows(session, [link], lang)
            ids = listing.snapshots_of(session, link.id)
            key = key_of(after, str)
            left = [id for id in ids if id < key[0]] if key else ids
            best = session.get(DocumentRow, link.best_id) if link.best_id else None
            document = rows.document_of(best) if best and not best.error else None
            return LinkPage(
                link=row,
                removed=link.removed is not None,
                versions=_versions(session, left[: TOLD + 1], lang)[:TOLD],
                next=cursor(left[TOLD - 1]) if len(left) > TOLD else None,
                total=len(ids),
                attachments=attachments.named_in(session, document, lang),
                attached_to=attachments.pages_of(session, link.id, lang),
                copies=reposts.copies_of(session, link.best_id) if link.best_id else 0,
            )

    def compare_snapshots(self, link_id: str, one: str, other: str) -> ComparedPage:
        """What two snapshots of a link have apart, whichever is named first. Raises NotFound."""
        lang = language(self.settings.lang)
        with self._database.reading() as session:
            [row] = listing.link_rows(session, [listing.link_by_id(session, link_id)], lang)
            own = listing.snapshots_of(session, link_id)
            for name in (one, other):
                if name not in own:
                    raise NotFound(name, what="这条链接的快照", what_en="snapshot of this link")
            shown = listing.snapshot_rows(session, (one, other), lang)
            before, after = sorted((shown[one], shown[other]), key=lambda s: (s.captured, s.id))
            digests = _digests(session, [before.id, after.id])
            texts = _texts(session, [before.id, after.id])
        old, new = texts.get(before.id), texts.get(after.id)
        found, cut = _apart(old, new) if old is not None and new is not None else ([], False)
        return ComparedPage(
            link=row,
            before=before,
            after=after,
            chars=(None if old is None else len(old), None if new is None else len(new)),
            against=_against(digests.get(before.id), digests.get(after.id), old, new),
            differences=tuple(_told(change, old or "", new or "") for change in found[:CHANGES]),
            more=max(0, len(found) - CHANGES),
            cut=cut,
        )


def _versions(session: Session, ids: Sequence[str], lang: str) -> tuple[Version, ...]:
    """Newest first; texts are fetched only of neighbours that are as long as each other."""
    shown = listing.snapshot_rows(session, ids, lang)
    ordered = sorted(shown.values(), key=lambda row: (row.captured, row.id), reverse=True)
    digests = _digests(session, ids)
    length = sa.func.length(DocumentRow.text)
    query = sa.select(DocumentRow.snapshot_id, length).where(DocumentRow.snapshot_id.in_(ids))
    chars = listing.pairs(session, query.where(DocumentRow.text != ""))
    told = []
    for row, earlier in pairwise([*(row.id for row in ordered), ""]):
        known = row in chars and earlier in chars
        same = digests.get(row) is not None and digests.get(row) == digests.get(earlier)
        alike = known and not same and chars[row] == chars[earlier]
        texts = _texts(session, [row, earlier]) if alike else {}
        differs: Against = "bytes" if same else "" if not known else "changed"
        if alike and texts[row] == texts[earlier]:
            differs = "text"
        told.append(
            Version(
                snapshot=shown[row],
                chars=chars.get(row),
                grown=chars[row] - chars[earlier] if known else None,
                against=differs,
            )
        )
    return tuple(told)


def _against(old: str | None, new: str | None, before: str | None, after: str | None) -> Against:
    if old is not None and old == new:
        return "bytes"
    if before is None or after is None:
        return ""
    return "text" if before == after else "changed"


def _digests(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Of the page of each snapshot."""
    query = sa.select(Snapshot.id, Record.digest).join(Record, Record.id == Snapshot.page_record)
    return listing.pairs(session, query.where(Snapshot.id.in_(ids)))


def _texts(session: Session, ids: Sequence[str]) -> dict[str, str]:
    query = sa.select(DocumentRow.snapshot_id, DocumentRow.text).where(DocumentRow.snapshot_id.in_(ids))
    return listing.pairs(session, query.where(DocumentRow.text != ""))


def _apart(old: str, new: str) -> tuple[list[TextChange], bool]:
    """The changes, and whether what differs was too much to be compared whole.

    What both begin and end with is set aside first, sentence by sentence; that is most of it.
    """
    if old == new:
        return [], False
    head = _whole_sentences(old, _alike(old, new))
    tail = _alike(old[head:][::-1], new[head:][::-1])
    a, cut_a = _first(old[head : len(old) - tail])
    b, cut_b = _first(new[head : len(new) - tail])
    rest = "" if cut_a or cut_b else _to_sentence(old[len(old) - tail :])
    return [
        TextChange(c.kind, (c.original[0] + head, c.original[1] + head), (c.copy[0] + head, c.copy[1] + head))
        for c in changes(a + rest, b + rest)
    ], cut_a or cut_b


def _alike(a: str, b: str) -> int:
    """How many characters both begin with."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _whole_sentences(text: str, end: int) -> int:
    """The end of the last sentence that ends by there."""
    return max((match.end() for match in _END.finditer(text, 0, end)), default=0)


def _to_sentence(text: str) -> str:
    """As far as the first sentence that ends in it: it may have begun before."""
    match = _END.search(text)
    return text[: match.end()] if match else text


def _first(text: str) -> tuple[str, bool]:
    for n, match in enumerate(_END.finditer(text), 1):
        if n == SENTENCES:
            return text[: match.end()], match.end() < len(text)
    return text, False


def _told(change: TextChange, old: str, new: str) -> TextDifference:
    (a, b), (c, d) = _whole_numbers(change, old, new)
    return TextDifference(
        kind=change.kind,
        before=_short(old[a:b]),
        after=_short(new[c:d]),
        start=c,
        end=d,
        original_start=a,
        original_end=b,
        lead=new[max(0, c - ROUND) : c].rpartition("\n")[2],
        tail=new[d : d + ROUND].partition("\n")[0],
    )


def _whole_numbers(change: TextChange, old: str, new: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The places of a change, so widened that no number is cut: 65 became 68, not 5 became 8."""
    (a, b), (c, d) = change.original, change.copy
    if _NUMBER.match(old[a:b]) or _NUMBER.match(new[c:d]):
        while a and c and old[a - 1] == new[c - 1] and _NUMBER.match(old[a - 1]):
            a, c = a - 1, c - 1
    if (b > a and _NUMBER.match(old[b - 1])) or (d > c and _NUMBER.match(new[d - 1])):
        while b < len(old) and d < len(new) and old[b] == new[d] and _NUMBER.match(old[b]):
            b, d = b + 1, d + 1
    return (a, b), (c, d)


def _short(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[: QUOTED // 2]}……{text[-QUOTED // 2 :]}"
