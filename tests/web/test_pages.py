"""What each page must show, and that hostile words stay words."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from lxml import html

from cunzhao.core.queries.cursors import cursor
from cunzhao.core.values.outcomes import ErrorView
from cunzhao.web.showing.show import unwrapped
from tests.web.fake_core import HOSTILE, NEWS_DOC, NEWS_FACTS, PLAN_TASKS

GET_PAGES = ["/", "/?tag=经济运行", "/snapshot/s-news", "/snapshot/s-plan?pane=text", "/snapshot/s-evil",
             "/snapshot/s-gone", "/snapshot/s-news/record", "/search?q=清江", "/figures", "/tasks", "/contradictions", "/reposts", "/reposts/s-plan", "/brief", "/trash", "/about",
             "/api"]  # fmt: skip


def seen(answer) -> str:
    """The text of a page as a reader sees it, without white space."""
    tree = html.fromstring(answer.text)
    for gone in tree.xpath("//script|//style"):
        gone.drop_tree()
    return re.sub(r"\s+", "", tree.text_content())


def shows(answer, *words: str) -> None:
    assert answer.status_code == 200, answer.text
    text = seen(answer)
    for word in words:
        assert re.sub(r"\s+", "", word) in text, word


def test_home_shows_each_link_with_its_verdict_source_tags_and_time(reader):
    shows(
        reader.get("/"), "清江市前三季度经济运行情况发布", "清江日报", "2026-10-21", "www.qingjiang.example", "18 个指标数据",
        "经济运行", "部分", "完整", "需登录", "错误页", "疑似失效", "已拒绝", "打不开", "尚未保存", "2026-11-21 01:30",
        "2 个快照", "专题：长期跟踪", "9 条", "下一页",
    )  # fmt: skip


def test_the_time_of_capture_tells_utc_on_hovering(reader):
    time = html.fromstring(reader.get("/").text).xpath("//time")[0]
    assert time.get("title") == "2026-11-20 17:30:05 UTC"
    assert time.get("datetime") == "2026-11-20T17:30:05+00:00"


def test_a_tag_filters_the_list_and_counts_stand_beside_the_tags(reader):
    page = reader.get("/?tag=都市圈")
    shows(page, "标签“都市圈”", "1 条", "三年行动计划")
    assert "前三季度经济运行" not in seen(page)
    side = html.fromstring(page.text).xpath("//aside//li")
    assert "经济运行2" in ["".join(li.text_content().split()) for li in side]


def test_the_next_page_is_a_link_with_the_cursor(reader):
    assert 'href="/?cursor=6"' in reader.get("/").text
    shows(reader.get("/?cursor=6"), "最新的", "已拒绝")


def test_pasted_links_are_handed_to_core_with_their_tags(client, core):
    answer = client.post(
        "/links", data={"text": "https://a.example/1\nhttps://a.example/2", "tags": "甲，乙"}
    )
    assert answer.status_code == 303 and answer.headers["location"] == "/#job-j1"
    assert core.calls == [("add", "https://a.example/1\nhttps://a.example/2", ("甲", "乙"), "", "auto")]
    shows(client.get("/"), "正在存照", "等待", "https://a.example/2", "0/2")


def test_what_cannot_be_saved_is_said_beside_the_box_and_stays_in_it(client):
    answer = client.post("/links", data={"text": " \n ", "tags": "甲<b>"})
    assert answer.status_code == 422
    tree = html.fromstring(answer.text)
    assert "没有网址" in tree.xpath("string(//*[@role='alert'])")
    assert tree.xpath("string(//input[@id='tags']/@value)") == "甲<b>"


def test_a_job_page_renews_itself_without_script_until_all_has_ended(client, core):
    job = core.add("https://a.example/1 https://a.example/gone", tags=("甲",))
    page = client.get(f"/jobs/{job.id}")
    assert '<noscript><meta http-equiv="refresh"' in page.text
    for _ in range(4):
        core.job(job.id)
    page = client.get(f"/jobs/{job.id}")
    assert "http-equiv" not in page.text
    shows(page, "已保存", "失败", "网站返回 410 Gone", "请检查网址", "错误页", "2/2，1 条失败", "甲")
    shows(client.get("/"), "存照结束", "网站返回 410 Gone", "已保存")


def test_a_job_that_waits_for_room_on_the_disk_says_so(client, core):
    job = core.add("https://a.example/1 https://a.example/2")
    full = ErrorView(
        code="disk-full", input="/data", message="磁盘已满，已停止写入", mend="请清理空间后重试。"
    )
    core.jobs[job.id] = replace(job, paused=full)
    shows(client.get("/"), "已暂停", "磁盘已满，已停止写入。请清理空间后重试。有空间后会自动继续。")
    assert client.get(f"/api/jobs/{job.id}").json()["paused"]["code"] == "disk-full"


def test_removing_can_be_undone_from_the_notice_and_from_the_trash(client, core):
    answer = client.post("/links/Ls-plan/remove", data={"back": "/?tag=都市圈"})
    assert answer.headers["location"] == "/?tag=%E9%83%BD%E5%B8%82%E5%9C%88&removed=Ls-plan"
    page = client.get("/?removed=Ls-plan")
    shows(page, "已移入回收站：清江市融入都市圈三年行动计划", "撤销", "回收站（1）")
    shows(client.get("/trash"), "清江市融入都市圈三年行动计划", "恢复")
    assert client.post("/links/Ls-plan/restore", data={"back": "//evil.example"}).headers["location"] == "/"
    assert "Ls-plan" in core.rows


def test_the_engine_that_was_chosen_is_handed_to_core(client, core):
    choices = html.fromstring(client.get("/").text).xpath("//select[@name='engine']/option/@value")
    assert choices == ["auto", "http", "browser"]
    for engine in choices:
        client.post("/links", data={"text": "https://a.example/1", "engine": engine})
    assert [call[-1] for call in core.calls] == choices
    assert client.post("/links", data={"text": "https://a.example/1", "engine": "lynx"}).status_code == 422


def test_a_link_in_the_trash_is_deleted_for_good_after_one_more_question(client, core):
    assert client.get("/links/Ls-news/purge").status_code == 404  # not in the trash
    client.post("/links/Ls-news/remove")
    assert '/links/Ls-news/purge"' in client.get("/trash").text
    shows(
        client.get("/links/Ls-news/purge"),
        "彻底删除这条链接？",
        "清江市前三季度",
        "2 个快照",
        "不能恢复",
        "不删除",
    )
    assert core.trashed  # asking deletes nothing
    answer = client.post("/links/Ls-news/purge")
    assert answer.status_code == 303 and not core.trashed
    shows(client.get(answer.headers["location"]), "已彻底删除 2 个快照，腾出 418.2 KB", "回收站是空的")


def test_a_job_that_waits_for_room_says_so(client, core):
    job = core.add("https://a.example/1")
    full = ErrorView(code="disk-full", input="", message="磁盘已满", mend="请腾出空间。")
    core.jobs[job.id] = replace(core.jobs[job.id], paused=full)
    core.job = lambda id, shown: core.jobs[id]  # as it stands
    shows(client.get(f"/jobs/{job.id}"), "磁盘已满", "请腾出空间", "等待")


def test_tags_are_changed_in_place(client, core):
    answer = client.post("/links/Ls-news/tags", data={"tags": "经济运行，季报", "back": "/?cursor=6"})
    assert answer.headers["location"] == "/?cursor=6"
    assert core.rows["Ls-news"].tags == ("经济运行", "季报")


def test_imported_files_are_reported_one_by_one(client, core):
    files = [("files", ("甲.txt", "内容".encode())), ("files", ("空.pdf", b""))]
    shows(
        client.post("/import", files=files, data={"tags": "导入"}),
        "1 个已导入，1 个失败", "甲.txt", "已保存", "空.pdf", "内容是空的", "请重新导入",
    )  # fmt: skip
    assert core.calls == [("upload", (("甲.txt", "内容".encode()), ("空.pdf", b"")), ("导入",))]
    nothing = client.post("/import", files=[("files", ("", b""))])
    assert nothing.status_code == 422


def test_the_snapshot_page_shows_what_is_known_of_it(reader):
    shows(
        reader.get("/snapshot/s-news"), "清江市前三季度经济运行情况发布", "来源：清江日报", "发布：2026-10-21", "部分",
        "网站返回 404：图片 1 项", "超时：字体 1 项", "静态页面，不需要浏览器", "存于 2026-11-21 01:30", "直接抓取", "林一鸣",
        "第 2 次，共 2 次", "上一次", "几种方法对正文范围判断不一",
    )  # fmt: skip


def test_metadata_requisites_and_log_stand_in_panes_of_their_own(reader):
    shows(
        reader.get("/snapshot/s-news?pane=meta"), "2026-11-20 17:30:05 UTC", "418.2 KB",
        "https://www.qingjiang.example/art/2026/10/21/art_1229_4402.html", "https://news.qingjiang.example/art/4402.html",
        "sha256:" + "5e" * 32, "快照编号",
    )  # fmt: skip
    shows(
        reader.get("/snapshot/s-news?pane=kept"), "图片", "网站返回 404", "字体", "超时", "text/css",
        "cunzhao-20261120-0001.warc.gz", "与 2026-11-18 的快照相同",
    )  # fmt: skip
    shows(reader.get("/snapshot/s-news?pane=log"), "01:30:05.000", "开始", "200 页面", "用时 1.8 秒")
    assert "sha256:" not in seen(reader.get("/snapshot/s-news"))  # what is seldom looked at is not sent


def test_a_link_shows_its_snapshots_in_time_and_what_changed(reader):
    page = reader.get("/links/Ls-news")
    shows(
        page,
        "历次快照 2",
        "2026-11-21 01:30",
        "2026-11-09 01:30",
        "验证页",
        "正文有改动 +7 字",
        "链接显示这一份",
    )
    assert 'href="/links/Ls-news/compare?a=s-old&amp;b=s-news"' in page.text
    shows(reader.get("/links/L-new"), "还没有快照")
    assert reader.get("/links/nosuch").status_code == 404


def test_the_kept_page_stands_in_a_sandboxed_frame(reader):
    frame = html.fromstring(reader.get("/snapshot/s-news").text).xpath("//iframe")[0]
    assert frame.get("sandbox") == "" and frame.get("src") == "/view/s-news"


def test_facts_stand_by_kind_with_amount_region_period_and_nature(reader):
    shows(
        reader.get("/snapshot/s-news"), "指标数据 17", "地区生产总值", "5118.6亿元", "清江市 · 2026年1—9月 · 原文“5118.6亿元”",
        "超620亿元", "约8.7亿美元", "不低于3–5个", "（未识别指标）", "下降1.4%", "增长6.3%", "实际", "目标", "预测",
        "周闻道", "市发展和改革委员会主任", "来源注 1", "《清江日报》", "目录 3", "一、投资与开放",
    )  # fmt: skip
    shows(
        reader.get("/snapshot/s-plan"),
        "1 推进轨道互联互通",
        "牵头：市交通运输局",
        "责任：市科技局、高新区管委会",
        "期限：2027",
    )


def test_every_fact_is_marked_in_the_text_and_linked_to_its_characters(reader):
    tree = html.fromstring(reader.get("/snapshot/s-news?pane=text").text)
    links = [a.get("href") for a in tree.xpath("//a[@data-fact]")]
    for fact in NEWS_FACTS:
        marked = tree.get_element_by_id(f"c{fact.span.start}")
        assert fact.span.quote.startswith(marked.text_content())
        assert f"/snapshot/s-news?at={fact.span.start}-{fact.span.end}#place" in links


def test_the_asked_characters_are_highlighted_by_the_server(reader):
    span = NEWS_FACTS[7].span
    tree = html.fromstring(reader.get(f"/snapshot/s-news?at={span.start}-{span.end}").text)
    assert "".join(m.text_content() for m in tree.xpath("//mark[contains(@class, 'at ')]")) == "45亿元"
    assert tree.get_element_by_id("place").getnext().text_content() == "45亿元"
    chosen = tree.xpath("//a[@data-fact][@aria-current]")
    assert len(chosen) == 1 and "轨道交通3号线投资" in chosen[0].text_content()
    assert tree.get_element_by_id("pane-view").get("hidden") is not None


def test_a_place_across_paragraphs_is_highlighted_whole(reader):
    at = (NEWS_DOC.text.index("占地区"), NEWS_DOC.text.index("前三季度，全市固定") + 4)
    tree = html.fromstring(reader.get(f"/snapshot/s-news?at={at[0]}-{at[1]}").text)
    marked = "".join(m.text_content() for m in tree.xpath("//mark[contains(@class, 'at ')]"))
    assert marked == NEWS_DOC.text[at[0] : at[1]].replace("\n", "")


@pytest.mark.parametrize("at", ["9-3", "0-0", "x", "99999-100000", "-1-5", "1-2-3", "٣-٤"])
def test_a_place_that_is_none_shows_the_page_without_highlight(reader, at):
    answer = reader.get("/snapshot/s-news", params={"at": at})
    assert answer.status_code == 200 and 'class="at ' not in answer.text


def test_the_text_panel_holds_the_documents_text(reader):
    tree = html.fromstring(reader.get("/snapshot/s-news?pane=text").text)
    pane = tree.get_element_by_id("pane-text")
    for warning in pane.find_class("warning"):
        warning.drop_tree()
    assert "".join(pane.text_content().split()) == "".join(NEWS_DOC.text.split())


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("越突破\n\n单一", '越突破<span class="wrap">\n\n</span>单一'),
        ("see\nhere", "see\nhere"),
        ("<b>\n绍兴", "&lt;b&gt;\n绍兴"),
        ("甲\u202e\n乙", '甲\ufffd<span class="wrap">\n</span>乙'),
    ],
)
def test_wrapped_lines_of_chinese_run_on_and_nothing_is_lost(text, markup):
    assert unwrapped(text) == markup


def test_a_page_that_could_not_be_read_says_why_and_what_to_do(reader):
    shows(reader.get("/snapshot/s-gone"), "错误页", "网站返回 410 Gone", "请检查网址", "没有读到正文")


def test_an_empty_capture_offers_no_view_and_no_download(reader):
    text = reader.get("/snapshot/s-down").text
    assert "<iframe" not in text and "/download/" not in text and "没有取得页面内容" in text


def test_search_marks_the_words_and_links_to_the_place(reader):
    page = reader.get("/search?q=清江")
    shows(page, "检索“清江”", "2 个快照", "还有 3 个文档正在建立索引", "都市圈")
    tree = html.fromstring(page.text)
    assert {m.text_content() for m in tree.xpath("//ul[@class='snippets']//mark")} == {"清江"}
    href = tree.xpath("//ul[@class='snippets']//a/@href")[1]
    start = NEWS_DOC.text.index("清江", 1)
    assert href == f"/snapshot/s-news?at={start}-{start + 2}#place"
    assert tree.xpath("string(//input[@name='q']/@value)") == "清江"


def test_search_says_what_to_try_when_nothing_is_asked_or_found(reader):
    shows(reader.get("/search"), "在全部快照的正文、标题和标签里逐字查找")
    shows(reader.get("/search?q=   "), "逐字查找")
    shows(reader.get("/search?q=量子&tag=都市圈"), "没有找到“量子”", "去掉筛选再查一次")
    shows(reader.get("/search?q=统计数据"), "见于标题或标签")


def test_figures_of_one_key_stand_together_with_their_places(reader):
    page = reader.get("/figures")
    shows(
        page,
        "25 条",
        "地区生产总值 2 处",
        "5118.6亿元",
        "5119亿元",
        "2026年1—9月",
        "清江日报 · 2026-10-21",
    )
    group = html.fromstring(page.text).xpath("//tbody")[0]
    assert group.xpath(".//q/text()") == ["7000亿元"]  # what is printed, where the number reads otherwise
    assert [row.xpath("count(./th|./td)") for row in group.xpath("./tr")] == [6, 3]
    span = NEWS_FACTS[0].span
    assert group.xpath(".//a/@href")[0] == f"/snapshot/s-news?at={span.start}-{span.end}#place"
    assert f'href="/figures?after={cursor(20)}"' in page.text


def test_figures_are_filtered_by_the_form(reader):
    page = reader.get("/figures", params={"indicator": " 预算 ", "nature": "target"})
    shows(page, "1 条", "超5000亿元", "清除")
    tree = html.fromstring(page.text)
    assert tree.xpath("string(//input[@name='indicator']/@value)") == "预算"
    assert tree.xpath("string(//select[@name='nature']/option[@selected])") == "目标"
    shows(reader.get("/figures?indicator=没有的"), "没有符合条件的数据")


def test_figures_as_csv_hold_all_pages_with_exact_values(reader):
    answer = reader.get("/figures.csv")
    assert answer.text.startswith("\ufeff") and "filename*=UTF-8''" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text[1:])))
    assert len(rows) == 25
    assert (rows[0]["数值"], rows[0]["单位"], rows[0]["原文"]) == ("511860000000", "元", "5118.6亿元")


def test_tasks_show_who_is_responsible_until_when_and_the_figures_inside(reader):
    page = reader.get("/tasks")
    shows(
        page, "3 项", "推进轨道互联互通", "二、重点任务", "牵头：市交通运输局", "市发展改革委、清江轨道集团", "2027年",
        "市域铁路 62公里", "未写明", "技术合同成交额 增长不低于15%",
    )  # fmt: skip
    span = PLAN_TASKS[0].span
    assert f"/snapshot/s-plan?at={span.start}-{span.end}#place" in page.text


def test_a_contradiction_shows_both_values_under_each_other_and_what_lies_between_them(reader):
    page = reader.get("/contradictions")
    shows(
        page, "2 处", "疑似单位错位", "一般公共预算收入", "重要", "疑为数量级或单位笔误", "超5,000.0亿元", "501.3亿元",
        "至少相差", "共比较 26 条数据", "清江市人民政府办公室 · 2026-03-02", "清江日报 · 2026-10-21", "数值矛盾",
    )  # fmt: skip
    assert reader.get("/contradictions?severity=x").status_code == 422
    assert "/contradictions?severity=medium" in html.fromstring(page.text).xpath("//nav/a/@href")
    quotes = html.fromstring(page.text).xpath("//blockquote")
    assert "".join(quotes[0].text_content().split()).startswith("到2028年，全市地区生产总值超过7000亿元")
    assert [q.xpath("string(.//mark)") for q in quotes[:2]] == ["5000亿元", "501.3亿元"]


def test_a_brief_is_made_of_the_chosen_snapshots(client, core):
    page = client.get("/brief?s=s-plan&s=s-news")
    chosen = html.fromstring(page.text).xpath("//input[@name='s'][@checked]/@value")
    assert set(chosen) == {"s-plan", "s-news"}
    answer = client.post("/brief", data={"s": ["s-plan", "s-news"], "title": "进展/简报"})
    assert answer.content.startswith(b"PK")
    assert quote("进展_简报.docx") in answer.headers["content-disposition"]
    assert core.calls == [("brief", ("s-plan", "s-news"), "进展/简报")]


def test_reposts_show_the_proposed_original_and_what_a_copy_changed(reader):
    shows(reader.get("/reposts"), "2026-10-20 至 2026-10-21")
    page = reader.get("/reposts/s-plan")
    shows(page, "日期最早，与多数所注来源一致")
    shows(page, "相似度 93%")
    assert "&lt;b&gt;5013亿元&lt;/b&gt;" in page.text and "/snapshot/s-news?at=4-11#place" in page.text


def test_a_brief_of_nothing_says_so(client):
    answer = client.post("/brief", data={"title": "x"})
    assert answer.status_code == 422 and "还没有选择快照" in answer.text


@pytest.mark.parametrize(
    ("path", "teaches"),
    [
        ("/", "把网址粘贴到上面的框里"), ("/figures", "还没有数据"), ("/tasks", "还没有带编号任务的计划"),
        ("/contradictions", "还没有可以比较的数据"), ("/reposts", "还没有发现相同的文章"), ("/brief", "还没有快照可选"), ("/trash", "回收站是空的"),
        ("/search?q=x", "没有找到"),
    ],
)  # fmt: skip
def test_an_empty_page_says_what_to_do(empty, path, teaches):
    shows(empty.get(path), teaches)


def test_an_unknown_page_is_not_found_in_words(reader):
    for path in ("/snapshot/none", "/jobs/none"):
        answer = reader.get(path)
        assert answer.status_code == 404 and "没有这个" in answer.text and "请从列表中选择" in answer.text
    answer = reader.get("/nowhere")
    assert answer.status_code == 404 and "没有这个页面" in answer.text and "从首页进入" in answer.text
    assert "列表中选择" not in answer.text and "cunzhao list" not in answer.text
    assert html.fromstring(answer.text).xpath("//article//a/@href")[0] == "/"


def test_about_claims_no_more_than_is_known(reader):
    shows(
        reader.get("/about"), "本程序在所记时间看到这些字节，此后未变", "版本 0.1.0", "不能证明网站所说属实"
    )


@pytest.mark.parametrize(
    "path", [*GET_PAGES, "/search?q=" + quote(HOSTILE), "/?tag=" + quote(HOSTILE), "/<script>"]
)
def test_hostile_words_never_become_markup_or_links(reader, path):
    text = reader.get(path).text
    tree = html.fromstring(text)
    assert all(s.get("src", "").startswith("/static/") for s in tree.xpath("//script"))
    assert not tree.xpath("//img[@onerror]") and not tree.xpath("//*[@style]|//style")
    for address in tree.xpath("//@href|//@src|//@action"):
        assert address == "" or address.startswith(("/", "#", "http://", "https://")), address
    assert "\u202e" not in text and "\x07" not in text


@pytest.mark.parametrize("path", GET_PAGES)
def test_every_field_has_a_label_and_every_id_is_unique(reader, path):
    tree = html.fromstring(reader.get(path).text)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for field in tree.xpath("//input[not(@type='hidden')]|//textarea|//select"):
        labelled = field.get("aria-label") or tree.xpath(f"//label[@for='{field.get('id')}']")
        assert labelled is not None and len(labelled), html.tostring(field)


@pytest.mark.parametrize("path", GET_PAGES)
def test_pages_load_nothing_from_elsewhere(reader, path):
    tree = html.fromstring(reader.get(path).text)
    for address in tree.xpath("//link/@href|//script/@src|//img/@src|//iframe/@src"):
        assert address.startswith("/") and not address.startswith("//")
