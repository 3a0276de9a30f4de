"""What a document says of itself, as its page shows it: particulars, parts, articles, the path to a place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from cunzhao.core.values.pages import KeptRow, SnapshotPage
from cunzhao.language import tr
from cunzhao.read.types import Article, Document, Part, path_at, shown
from cunzhao.web.showing.segments import Range
from cunzhao.web.showing.words import READERS, day

OPENING = 60  # characters of an article or part that a link to its beginning marks at most


Said = tuple[tuple[str, str], ...]  # label and words


def particulars(document: Document) -> Said:
    """What was found of source, dates, offices and number."""
    printed = " ".join(filter(None, (document.printed_by, day(document.printed_on))))
    rows = {
        tr("来源"): document.source,
        tr("发布日期"): day(document.published) + clock(document.published),
        tr("作者"): document.author,
        tr("责任编辑"): document.editor,
        tr("栏目"): " › ".join(filter(None, (document.column or "").split(">"))),
        tr("发文字号"): document.doc_number,
        tr("发文机关"): "、".join(document.issuers),
        tr("主送机关"): "、".join(document.addressees),
        tr("抄送"): "、".join(document.copies),
        tr("成文日期"): day(document.document_date),
        tr("印发"): printed,
    }
    return tuple((label, words) for label, words in rows.items() if words)


def index(document: Document, told: Said) -> Said:
    """The 信息公开 block as the page shows it, without what is told already."""
    known = {words for _, words in told} | {document.title, document.published, document.document_date}
    return tuple((label, words) for label, words in document.index if words not in known)


def clock(published: str | None) -> str:
    """The time of day of a date-time, with a space before it: "2019-01-21 09:03:36" -> " 09:03:36"."""
    _, mark, time = (published or "").replace("T", " ").partition(" ")
    return mark + time.partition("+")[0]


def reader(document: Document) -> str:
    """Which reader made it: "网页 3"."""
    return f"{tr(READERS.get(document.reader, document.reader))} {document.reader_version}".strip()


def opening(text: str, piece: Part | Article) -> Range:
    """The first line of a part or article, at most OPENING characters: what a link to it marks."""
    line = text.find("\n", piece.start, piece.end)
    end = min(piece.end if line <= piece.start else line, piece.start + OPENING)
    return piece.start, max(end, piece.start + 1)


def chapters(articles: Sequence[Article]) -> list[tuple[str, list[Article]]]:
    """Articles under the chapters they stand in, in order; "" for those in none."""
    return [(chapter, list(found)) for chapter, found in groupby(articles, lambda a: a.chapter or "")]


def path(document: Document, at: Range | None) -> tuple[str, ...]:
    """The headings that a place stands under, outermost first, the document's title left out."""
    if at is None:
        return ()
    return tuple(shown(heading) for heading in path_at(document.outline, at[0]) if heading.level > 1)


def pages_of(page: SnapshotPage) -> tuple[KeptRow, ...]:
    """The pages of an article that goes over several, the first one too; none of one that does not."""
    kept = tuple(row for row in page.kept if row.role in ("page", "next-page"))
    return kept if len(kept) > 1 else ()
