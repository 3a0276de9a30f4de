"""The round of one `save`: which captures are attached to which pages, and when a row is whole."""

from __future__ import annotations

from dataclasses import replace

from cunzhao.core.keeping.attaching import Round
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.errors import DiskFull
from cunzhao.read.types import Attachment

A, B = "http://x.cn/a.html", "http://x.cn/b.html"
FILE = Attachment(name="表.xlsx", url="http://x.cn/t.xlsx")


def row(url: str, snapshot: str | None = None) -> SaveRow:
    return SaveRow(
        url=url, final_url=url, snapshot=snapshot or url[-6:], verdict="complete", engine="http", reason="",
        seconds=0.1, bytes=1, missing=(), error=None,
    )  # fmt: skip


def test_a_row_is_whole_with_its_attachments_and_rows_keep_their_order():
    saving = Round([A, B], limit=9)
    saving.keep(1, row(B), None)
    assert [saved.place for saved in saving.done()] == [1] and list(saving.rows()) == []
    saving.keep(0, row(A), None, [FILE])
    assert saving.further() == [FILE.url] and saving.further() == [] and list(saving.done()) == []
    saving.keep(2, row(FILE.url or ""), None)
    [whole] = saving.done()
    assert (whole.place, whole.attached) == (0, (FILE.url,))
    assert [r.url for r in saving.rows()] == [A, B] and list(saving.done()) == []


def test_one_capture_serves_all_who_name_it_in_whatever_spelling_and_a_page_is_not_its_own_attachment():
    saving = Round([A, B, "HTTP://X.cn/given.pdf"], limit=9)
    files = (FILE, Attachment(name="给", url="http://x.cn/given.pdf"), Attachment(name="自", url=A))
    saving.keep(0, row(A), None, files)
    saving.keep(1, row(B), None, [replace(FILE, url="http://x.cn:80/t.xlsx")])
    assert saving.further() == [FILE.url]
    saving.keep(3, row(FILE.url or ""), None)
    assert [saved.place for saved in saving.done()] == [1]
    saving.keep(2, row("HTTP://X.cn/given.pdf"), None)
    first = next(saved for saved in saving.done() if saved.place == 0)
    assert [f.verdict for f in first.row.attachments] == ["complete", "complete", None]


def test_a_full_disk_ends_every_row_that_is_not_whole_with_the_error():
    def failed(url: str) -> SaveRow:
        return replace(row(url), snapshot=None, error={"code": "disk-full"})

    saving = Round([A, B], limit=9)
    saving.keep(0, row(A), None, [FILE])
    told = list(saving.end(DiskFull("/"), failed))
    assert [(t.place, t.row.snapshot, t.row.error) for t in told] == [
        (0, "a.html", {"code": "disk-full"}), (1, None, {"code": "disk-full"}),
    ]  # fmt: skip
    assert [r.url for r in saving.rows()] == [A, B]
