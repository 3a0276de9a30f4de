"""Files that are damaged somewhere: an error with a name, or a document; never anything else."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
import xlwt
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cunzhao.errors import FileBroken, FileEncrypted, FormatUnknown
from cunzhao.read import read
from tests.read.test_excel import indicators, saved
from tests.read.test_ofd import plan
from tests.read.words import cell, item, level, p, row, t, tbl, word_file

JUNK = [
    b"",
    b"<",
    b'"',
    b"-9e99",
    b"99999999999999999999",
    b"nan",
    b"g g g",
    b"\x00",
    b"\xff\xfe",
    b"<a>" * 400,
    b"-1",
]


def docx() -> bytes:
    note = '<w:footnote w:id="1">' + p(t("据统计局数据。")) + "</w:footnote>"
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2")
    parts = {
        "styles": '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="1"/></w:style>',
        "numbering": f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num>',
        "footnotes": note,
    }
    merged = row(cell("批次", '<w:vMerge w:val="restart"/>'), cell("座数", '<w:gridSpan w:val="2"/>'))
    table = tbl(merged, row(cell("", "<w:vMerge/>"), "计划", "完成"))
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    return word_file(
        item("总体") + item("指导", 1) + p(t("40") + reference, '<w:pStyle w:val="1"/>') + table, parts=parts
    )


def xls() -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("指标")
    sheet.write_merge(0, 0, 0, 3, "标题")
    for column, said in enumerate(["甲", 1.5, "乙", 2]):
        sheet.write(1, column, said)
    return saved(made)


FILES = {"docx": docx(), "xlsx": saved(indicators()), "ofd": plan(), "xls": xls()}


@pytest.mark.parametrize("ending", sorted(FILES))
@examples(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_damage_breaks_the_reader(ending: str, data: st.DataObject) -> None:
    whole = FILES[ending]
    if ending == "xls" or data.draw(st.integers(0, 9)) == 0:
        broken = _damaged(whole, data)
    else:
        broken = _with_damaged_part(whole, data)
    with contextlib.suppress(FileBroken, FileEncrypted, FormatUnknown):
        found = read(broken, mime="", name=f"a.{ending}")
        assert all(0 <= run.start < run.end <= len(found.text) for run in found.runs)


def _damaged(content: bytes, data: st.DataObject) -> bytes:
    at, cut = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 9))
    return content[:at] + data.draw(st.sampled_from(JUNK)) + content[at + cut :]


def _with_damaged_part(whole: bytes, data: st.DataObject) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as archive:
        hit = data.draw(st.sampled_from(sorted(source.namelist())))
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, _damaged(content, data) if name == hit else content)
    return out.getvalue()
