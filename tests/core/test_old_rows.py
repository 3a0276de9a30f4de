"""What an older version stored is shown, and read anew by a rebuild."""

from __future__ import annotations

import sqlalchemy as sa

from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.storage.database import open_database
from cunzhao.storage.models import DocumentRow
from tests.badsite import served

#: As version 0.1.0 wrote it before documents told parts, tables, attachments and runs.
OLD = {
    "blocks": [
        {"kind": "heading", "start": 0, "end": 3, "level": 1,
         "place": {"css": "html > body > h1", "page": None, "box": None, "paragraph": None, "line": None}},
        {"kind": "paragraph", "start": 4, "end": 9, "level": None,
         "place": {"css": None, "page": 1, "box": [1.0, 2.0, 3.0, 4.0], "paragraph": None, "line": None}},
    ],
    "title": "旧标题", "published": "2023-01-02", "document_date": None, "source": "旧来源", "author": None,
    "doc_number": None, "issuers": ["旧机关"], "addressees": [], "column": None,
    "outline": [{"level": 1, "number": None, "title": "旧标题", "start": 0, "end": 3, "run_in": False}],
    "articles": [], "warnings": [], "reader": "html", "reader_version": "1",
}  # fmt: skip


def test_a_document_of_an_older_version_is_shown_and_a_rebuild_reads_it_anew(settings: Settings) -> None:
    with served() as base, Core.open(settings) as core:
        [row] = core.save([f"{base}/good.html"])
    database = open_database(settings)
    with database.writing() as session:
        session.execute(
            sa.update(DocumentRow).values(document=OLD, text="旧标题\n一段文字。", title="旧标题")
        )
    database.close()
    with Core.open(settings) as core:
        old = core.snapshot(row.snapshot or "").document
        assert old and old.title == "旧标题" and old.issuers == ("旧机关",) and old.attachments == ()
        assert old.blocks[1].place.box == (1.0, 2.0, 3.0, 4.0)
        core.rebuild(lambda _: None)
        new = core.snapshot(row.snapshot or "").document
        assert new and new.title == "滨江市轨道交通进展" and new.runs
