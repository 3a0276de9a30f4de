"""A brief is a Word file that opens again and leads each figure back to its source."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cunzhao.evaluate import brief, key_figures
from cunzhao.evaluate.brief import source_lines
from cunzhao.evaluate.types import BriefItem, SourceNote
from cunzhao.extract.types import Span
from cunzhao.ledger.types import Observation

MADE = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # in Beijing already the 23rd
DIGEST = "sha256:" + "0123456789abcdef" * 4


def note(**given: Any) -> SourceNote:
    usual: dict[str, Any] = {
        "title": "绍兴融入长三角", "source": "第一财经", "date": "2019-01-21T09:03:36", "url": "https://example.cn/a?b=1",
        "captured": datetime(2026, 11, 21, 16, 5, 9, tzinfo=UTC), "digest": DIGEST,
    }  # fmt: skip
    return SourceNote(**{**usual, **given})


def figure(
    label: str = "一般公共预算收入", quote: str = "501.3亿元", start: int = 0, **given: Any
) -> Observation:
    usual: dict[str, Any] = {
        "snapshot": "s", "indicator": label, "label": label, "region": "绍兴市", "period": "2018", "measure": "level",
        "nature": "actual", "comparator": "=", "value": Decimal(50130000000), "value_high": None, "unit": "元",
        "step": Decimal(10000000),
    }  # fmt: skip
    return Observation(span=Span(start, start + len(quote), quote), **{**usual, **given})


ITEMS = [
    BriefItem(
        note=note(),
        figures=(
            figure(),
            figure(
                "规上工业增加值", "7.3%", 9, measure="growth", unit="%", value=Decimal("7.3"), comparator="~"
            ),
            figure(
                "PM2.5年均浓度", "35微克/立方米", 30, nature="target", period="", region="", comparator="<="
            ),
        ),
    ),
    BriefItem(
        note=note(title="没有数据的通知", source=None, date=None, url="https://example.cn/b"), figures=()
    ),
]


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def test_the_brief_holds_title_date_figures_marks_and_sources():
    document = opened(brief(ITEMS, title="长三角数据简报", made=MADE))

    assert [p.text for p in document.paragraphs] == [
        "长三角数据简报",
        "2026年11月23日",
        "本简报根据存照留存的2份网页或文件整理，摘录其中数据3项。数值照录原文，每项数据后的编号对应文末来源说明，可据以核对原文。每份材料选取数据时，实际值和目标值先于预测值，注明时期、地区的先于未注明的；其余数据见存照。",
        "一、绍兴融入长三角[1]",
        "二、没有数据的通知[2]",
        "从这份材料中没有读出带指标的数据。",
        "来源说明",
        "[1] 第一财经. 绍兴融入长三角[EB/OL]. （2019-01-21）[2026-11-22]. https://example.cn/a?b=1",
        f"存照时间：2026-11-22 00:05:09（北京时间）　SHA-256：{DIGEST[7:]}",
        "[2] 没有数据的通知[EB/OL]. [2026-11-22]. https://example.cn/b",
        f"存照时间：2026-11-22 00:05:09（北京时间）　SHA-256：{DIGEST[7:]}",
        "说明：以上内容由存照程序在所列时间取得并留存；SHA-256 为所留存内容的摘要值，可用于核对内容自留存以来未被改动。存照不证明其所述属实。",
    ]
    assert [[c.text for c in row.cells] for row in document.tables[0].rows] == [
        ["指标", "数值（原文）", "时期", "地区", "性质", "来源"],
        ["一般公共预算收入", "501.3亿元", "2018年", "绍兴市", "实际", "[1]"],
        ["规上工业增加值（增速）", "约7.3%", "2018年", "绍兴市", "实际", "[1]"],
        ["PM2.5年均浓度", "不超过35微克/立方米", "未注明", "未注明", "目标", "[1]"],
    ]


def test_the_page_is_that_of_official_documents():
    document = opened(brief(ITEMS, title="简报", made=MADE))
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)

    size = (section.page_width, section.page_height)
    assert [round(side.mm) for side in (*size, *sides)] == [210, 297, 37, 35, 28, 26]
    assert sum(cell.width for cell in document.tables[0].rows[0].cells) <= Mm(210 - 28 - 26 + 0.1)
    fonts = {r.get(qn("w:eastAsia")) for r in document.element.body.iter(qn("w:rFonts"))}
    assert fonts == {"方正小标宋简体", "仿宋_GB2312", "黑体"}
    languages = {lang.get(qn("w:eastAsia")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"zh-CN"}
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in "".join(t.text for t in footer._element.iter(qn("w:instrText")))


def test_every_mark_leads_to_a_source_that_is_there():
    body = opened(brief(ITEMS, title="简报", made=MADE)).element.body

    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    bookmarks = [start.get(qn("w:name")) for start in body.iter(qn("w:bookmarkStart"))]

    assert anchors == ["source1"] * 4 + ["source2"]
    assert bookmarks == ["source1", "source2"]


def test_every_part_of_the_file_is_well_formed_and_nothing_points_outside():
    with zipfile.ZipFile(io.BytesIO(brief(ITEMS, title="简报", made=MADE))) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
            assert b'TargetMode="External"' not in parts.read(name)


def test_a_brief_without_title_or_items_still_says_what_it_is():
    texts = [p.text for p in opened(brief([], title=" \x00", made=MADE)).paragraphs]

    assert texts[0] == "网页数据简报"
    assert "0份" in texts[2]


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"):
        brief([], title="", made=datetime(2026, 1, 1))


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_any_text_may_stand_in_a_brief(title, name, quote):
    hostile = "\x00\x08\ufffe\ud800\u202e<w:p>&amp;]]>"
    item = BriefItem(
        note=note(title=name + hostile, source=hostile, url=f"https://x/{quote}"),
        figures=(figure(label=name + hostile, quote=quote + hostile, region=hostile),),
    )

    document = opened(brief([item], title=title + hostile, made=MADE))

    assert "<w:p>&amp;]]>" in document.paragraphs[0].text
    assert "<w:p>&amp;]]>" in document.tables[0].rows[1].cells[0].text


@pytest.mark.parametrize(
    ("n", "number"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四"), (100, "100")]
)
def test_items_are_numbered_in_chinese(n, number):
    items = [BriefItem(note=note(title="题"), figures=())] * n

    headings = [
        p.text for p in opened(brief(items, title="", made=MADE)).paragraphs if re.search(r"、题\[", p.text)
    ]

    assert headings[-1] == f"{number}、题[{n}]"


def test_a_reference_without_source_or_date_leaves_them_out():
    assert (
        source_lines(note(source=None, date=None))[0]
        == "绍兴融入长三角[EB/OL]. [2026-11-22]. https://example.cn/a?b=1"
    )


# --- key figures --------------------------------------------------------------------------------------


def test_key_figures_are_each_taken_once_in_the_order_of_the_text():
    figures = [figure(start=50), figure("GDP", "5400亿元", 20), figure(start=90)]

    assert [(o.label, o.span.start) for o in key_figures(figures, 10)] == [
        ("GDP", 20),
        ("一般公共预算收入", 50),
    ]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"nature": "forecast"}, "a forecast"),
        ({"period": ""}, "no period"),
        ({"region": ""}, "no area"),
        ({"unit": "个"}, "a count"),
    ],
)
def test_where_there_is_no_room_for_all_the_firmer_ones_are_taken(other, why):
    figures = [figure("先", "1亿元", 0, **other), figure("后", "2亿元", 9)]

    assert [o.label for o in key_figures(figures, 1)] == ["后"], why


def test_targets_are_key_figures_as_much_as_actual_values():
    figures = [
        figure("目标", "1亿元", 0, nature="target"),
        figure("预测", "2亿元", 9, nature="forecast"),
        figure("实际", "3亿元", 20),
    ]

    assert [o.label for o in key_figures(figures, 2)] == ["目标", "实际"]


@given(
    st.lists(st.builds(figure, st.sampled_from("甲乙丙"), st.just("1亿元"), st.integers(0, 30)), max_size=20),
    st.integers(-1, 8),
)
def test_key_figures_keep_to_the_limit_and_repeat_nothing(figures, limit):
    got = key_figures(figures, limit)

    assert len(got) <= max(0, limit)
    assert len({(o.label, o.value) for o in got}) == len(got)
    assert [o.span.start for o in got] == sorted(o.span.start for o in got)


def test_an_imported_file_is_cited_by_its_name() -> None:
    note = SourceNote(
        title="行动计划",
        source=None,
        date=None,
        url="urn:cunzhao:file:0123456789abcdef0123456789abcdef/%E8%AE%A1%E5%88%92.docx",
        captured=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
        digest="sha256:" + "0" * 64,
    )
    assert source_lines(note)[0] == "行动计划. [2026-11-22]. 本地文件：计划.docx"
