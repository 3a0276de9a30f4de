"""What the sample pages say: they are the material of the first look, so what they promise must stand in them."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from importlib import resources

import lxml.html
import pytest
from docx import Document

WWW = resources.files("cunzhao.sample") / "www"
PLAN = "gov/zwgk/2021/art_3021.html"
STORY = "news/2021/12/c_1208.html"
REPOST = "portal/2021/12/09/8812.htm"
REPORT = "gov/zwgk/2024/art_4402.html"
COMMUNIQUE = "tjj/tjgb/2024/gb2023.html"
DIGEST = "lib/zt/2024/03.html"


def tree(path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(WWW.joinpath(path).read_text("utf-8"))


def paragraphs(path: str, container: str) -> list[str]:
    return [p.text_content().strip("　 \n") for p in tree(path).xpath(f"//div[@{container}]//p")]


def value(path: str, label: str) -> Decimal:
    """The number that directly follows `label`, in units: 万 and 亿 multiplied out."""
    text = tree(path).text_content()
    number, magnitude = re.search(label + r"(?:达到|近)?([\d.]+)(万|亿)?", text).groups()
    return Decimal(number) * {"万": 10**4, "亿": 10**8, None: 1}[magnitude]


def test_the_plan_has_the_meta_tags_of_government_sites():
    meta = {m.get("name"): m.get("content") for m in tree(PLAN).xpath("//meta[@name]")}
    assert meta["SiteName"] == "衢州市人民政府"
    assert meta["ColumnName"] == "市政府文件"
    assert meta["PubDate"] == "2021-03-18 15:20"
    assert meta["ContentSource"] == "市政府办公室"
    assert meta["ArticleTitle"] == tree(PLAN).xpath("string(//h1)")


def test_the_plan_is_a_notice_with_number_addressees_issuer_and_date():
    lines = paragraphs(PLAN, "id='zoom'")
    assert lines[0].startswith("各县（市、区）人民政府") and lines[0].endswith("：")
    assert lines[2:4] == ["衢州市人民政府", "2021年3月12日"]
    assert "衢政发〔2021〕9号" in tree(PLAN).text_content()


def tasks() -> list[str]:
    lines = paragraphs(PLAN, "id='zoom'")
    return [line for line in lines[lines.index("二、重点任务") :] if re.match(r"\d+\.", line)]


def test_the_plan_has_twelve_numbered_tasks_in_three_areas_each_with_lead_units_and_a_target():
    lines = paragraphs(PLAN, "id='zoom'")
    body = lines[lines.index("二、重点任务") : lines.index("三、保障措施")]
    areas = [line for line in body if re.match(r"（[一二三]）", line)]
    assert len(areas) == 3
    assert [int(re.match(r"\d+", task)[0]) for task in tasks()] == list(range(1, 13))
    for task in tasks():
        assert re.search(r"（牵头单位：[^；]+；责任单位：.+）$", task), task
        assert re.search(r"到2025年，.*\d", task), task


def test_the_attachment_lists_the_same_tasks_as_the_plan():
    table = Document(io.BytesIO(WWW.joinpath("gov/files/2021/tasks.docx").read_bytes())).tables[0]
    listed = [f"{row.cells[0].text}.{row.cells[1].text}" for row in table.rows][1:]
    assert listed == [task.partition("。")[0] for task in tasks()]


def test_the_repost_is_the_story_word_for_word_without_its_last_paragraph():
    story = [line for line in paragraphs(STORY, "class='article-content'") if line]
    assert paragraphs(REPOST, "id='t'") == story[:-1]
    assert "本文转载自信安日报" in tree(REPOST).text_content()


def test_the_report_of_three_years_goes_on_on_a_second_page_that_leads_back():
    first, second = (tree(f"gov/xwdt/2024/art_4410{n}.html") for n in ("", "_2"))
    assert first.xpath("//div[@class='pager']/a[text()='下一页']/@href") == ["/gov/xwdt/2024/art_4410_2.html"]
    assert second.xpath("//div[@class='pager']/a[text()='上一页']/@href") == ["/gov/xwdt/2024/art_4410.html"]
    assert not second.xpath("//div[@class='pager']/a[text()='下一页']")
    assert first.xpath("string(//h1)") == second.xpath("string(//h1)")


def test_the_story_has_a_lazy_image_and_noise_around_the_text():
    page = tree(STORY)
    assert page.xpath("//img/@data-src") == ["/news/images/park.png"]
    assert page.xpath("//div[@class='related']//a") and page.xpath("//div[@class='comments']//p")


@pytest.mark.parametrize(
    ("label", "report", "communique"),
    [
        ("一般公共预算收入", "19860000000", "19230000000"),  # a real contradiction
        ("全年接待游客", "48260000", "4826000"),  # a slip of a power of ten
    ],
)
def test_work_report_and_communique_disagree_on_purpose(label: str, report: str, communique: str):
    assert (value(REPORT, label), value(COMMUNIQUE, label)) == (Decimal(report), Decimal(communique))


@pytest.mark.parametrize(
    ("label", "report", "communique"),
    [
        ("地区生产总值", "212500000000", "212520000000"),  # rounding
        ("港口货物吞吐量", "13000000", "12864000"),  # 近
        ("常住人口城镇化率(?:为|达到)", "60.6", "60.6"),
    ],
)
def test_what_else_both_state_agrees_within_what_is_printed(label: str, report: str, communique: str):
    assert (value(REPORT, label), value(COMMUNIQUE, label)) == (Decimal(report), Decimal(communique))


def test_the_parts_of_the_communique_add_up():
    gdp = [value(COMMUNIQUE, f"第{n}产业增加值") for n in "一二三"]
    assert sum(gdp) == value(COMMUNIQUE, "地区生产总值")
    assert value(COMMUNIQUE, "出口") + value(COMMUNIQUE, "；进口") == value(COMMUNIQUE, "进出口总额")


def test_each_item_of_the_digest_ends_with_its_source_note():
    items = paragraphs(DIGEST, "class='text'")
    assert len(items) == len(tree(DIGEST).xpath("//h4")) == 5
    for item in items:
        assert re.search(r"（来源：\S+ ?\d{4}-\d\d-\d\d）$", item), item


def test_every_page_says_that_it_is_invented():
    pages = [PLAN, STORY, REPOST, REPORT, COMMUNIQUE, DIGEST, "index.html"]
    assert all("均为虚构" in tree(page).text_content() for page in pages)
