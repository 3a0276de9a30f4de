from __future__ import annotations

import io
import zipfile

import docx
import pytest

from cunzhao.errors import DecompressionBomb, FileBroken, FileEncrypted, FormatUnknown
from cunzhao.read import read
from cunzhao.read.types import Document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(data: bytes, **told: object) -> Document:
    return read(data, mime=DOCX, **told)  # type: ignore[arg-type]


def plan() -> bytes:
    made = docx.Document()
    made.add_paragraph("青河市渡口改造行动计划", style="Title")
    made.add_paragraph("为改善群众出行条件，制定本计划。")
    made.add_paragraph("一、改造任务", style="Heading 1")
    made.add_paragraph("")
    made.add_paragraph("三年改造渡口四十座，分三批推进，任务如下表。")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ["批次", "座数", "第一批", "14"], strict=True
    ):
        cell.text = text
    made.add_paragraph("资金来源", style="Heading 2")
    made.add_paragraph("市县两级财政共同负担，专款专用。")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_paragraphs_and_tables_stand_in_order() -> None:
    assert word(plan()).text.split("\n") == [
        "青河市渡口改造行动计划",
        "为改善群众出行条件，制定本计划。",
        "一、改造任务",
        "三年改造渡口四十座，分三批推进，任务如下表。",
        "批次\t座数",
        "第一批\t14",
        "资金来源",
        "市县两级财政共同负担，专款专用。",
    ]


def test_styles_and_numbers_make_the_outline() -> None:
    assert [(h.level, h.number, h.title) for h in word(plan()).outline] == [
        (1, None, "青河市渡口改造行动计划"),
        (2, "一", "改造任务"),
        (3, None, "资金来源"),
    ]


def test_blocks_know_their_paragraph() -> None:
    found = word(plan())
    paragraphs = docx.Document(io.BytesIO(plan())).paragraphs
    for block in found.blocks:
        if block.kind != "table":
            assert block.place.paragraph is not None
            assert paragraphs[block.place.paragraph].text == found.text[block.start : block.end]


def test_an_empty_word_file_says_so() -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    assert word(out.getvalue()).warnings == ("no-text",)


@pytest.mark.parametrize("keep", [4, 100, 5_000])
def test_a_word_file_that_is_cut_is_broken(keep: int) -> None:
    with pytest.raises(FileBroken):
        word(plan()[:keep])


def test_a_zip_that_is_no_word_file_is_broken() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "渡口")
    with pytest.raises(FileBroken):
        word(out.getvalue())


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    with pytest.raises(DecompressionBomb):
        word(out.getvalue(), max_decoded_bytes=1_000_000)


def test_a_bomb_that_lies_about_its_size_is_broken_or_a_bomb() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    lying = out.getvalue().replace((3_000_000).to_bytes(4, "little"), (30).to_bytes(4, "little"))
    with pytest.raises((DecompressionBomb, FileBroken)):
        word(lying, max_decoded_bytes=1_000_000)


def test_a_protected_word_file_is_refused_by_name() -> None:
    with pytest.raises(FileEncrypted):
        word(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))


def test_an_old_doc_is_an_unknown_format() -> None:
    with pytest.raises(FormatUnknown):
        word(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
