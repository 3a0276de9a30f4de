from __future__ import annotations

import pytest

from cunzhao.read import read
from cunzhao.read.dates import date_in, date_time_in, is_date_line
from cunzhao.read.structure.official import normal_number
from cunzhao.read.types import Document

NOTICE = """青政发〔2023〕21号

青河市人民政府关于印发《青河市渡口改造行动计划》的通知

各县（市、区）人民政府，市政府各部门、各单位：

《青河市渡口改造行动计划》已经市政府同意，现印发给你们，请认真贯彻执行。此前印发的青政发〔2019〕3号文件同时废止。

青河市人民政府
2023年3月6日

青河市渡口改造行动计划

为改善群众出行条件，制定本计划。
"""


def lines(text: str) -> Document:
    return read(text.encode(), mime="text/plain")


def page(text: str) -> Document:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return read(f"<html><body><div id='zoom'>{body}</div></body></html>".encode(), mime="text/html")


@pytest.mark.parametrize("read_it", [lines, page])
def test_a_notice_says_its_number_issuer_addressees_and_date(read_it: object) -> None:
    document = read_it(NOTICE)  # type: ignore[operator]
    assert document.doc_number == "青政发〔2023〕21号"
    assert document.issuers == ("青河市人民政府",)
    assert document.addressees == ("各县（市、区）人民政府", "市政府各部门、各单位")
    assert document.document_date == "2023-03-06"


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("浙政发〔2019〕21号", "浙政发〔2019〕21号"),
        ("浙政发[2019]21号", "浙政发〔2019〕21号"),
        ("浙政办发［２０１９］２１ 号", "浙政办发〔2019〕21号"),
        ("国办函（2020）5号", "国办函〔2020〕5号"),
        ("嘉委〔2008〕8 号", "嘉委〔2008〕8号"),
        ("青河市2019年21号", None),
    ],
)
def test_document_numbers_are_written_in_one_way(printed: str, wanted: str | None) -> None:
    assert normal_number(printed) == wanted


def test_a_number_that_is_only_cited_is_not_the_document_s_own() -> None:
    assert lines("关于渡口改造的报告\n根据青政发〔2019〕3号文件要求，现将情况报告如下。").doc_number is None


@pytest.mark.parametrize(
    "line",
    [
        "青政发〔2023〕21号",
        "发文字号：青政发〔2023〕21号",
        "青政发〔2023〕21号　　签发人：李四",
        "（青政发〔2023〕21号）",
    ],
)
def test_the_number_stands_alone_near_the_head(line: str) -> None:
    assert lines(f"青河市人民政府文件\n{line}\n关于渡口改造的通知\n各县人民政府：\n请执行。").doc_number == (
        "青政发〔2023〕21号"
    )


def test_two_issuers_sign_together() -> None:
    signed = lines(
        "关于渡口改造的通知\n各县委、县人民政府：\n请执行。\n中共青河市委办公室　青河市人民政府办公室\n2023年3月6日"
    )
    assert signed.issuers == ("中共青河市委办公室", "青河市人民政府办公室")


def test_two_issuers_may_sign_on_lines_of_their_own() -> None:
    signed = lines(
        "关于渡口改造的通知\n各县委、县人民政府：\n请执行。\n青河市交通运输局\n青河市财政局\n2023年3月6日"
    )
    assert signed.issuers == ("青河市交通运输局", "青河市财政局")


def test_without_a_signature_the_title_names_the_issuer() -> None:
    assert lines("青河市人民政府办公室关于渡口改造的通知\n各县人民政府：\n请执行。").issuers == (
        "青河市人民政府办公室",
    )


def test_news_has_no_addressee_issuer_or_number() -> None:
    news = lines("渡口改造完工\n青河市三年改造渡口四十座，各县人民政府：“满意”。\n2023年3月，改造全部完成。")
    assert (news.addressees, news.issuers, news.doc_number, news.document_date) == ((), (), None, None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("发布日期：2023-03-06 09:12", "2023-03-06T09:12"),
        ("2023/3/6 9:05:07", "2023-03-06T09:05:07"),
        ("２０２３年３月６日", "2023-03-06"),
        ("2023.03.06", "2023-03-06"),
        ("2023-03-06T09:12:00+08:00", "2023-03-06T09:12:00"),
        ("2023-13-06 再看 2023-03-06", "2023-03-06"),
        ("2023-02-30", None),
        ("123456", None),
    ],
)
def test_dates_are_read_as_iso_with_the_time_where_it_stands(text: str, wanted: str | None) -> None:
    assert date_time_in(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("二〇二三年三月六日", "2023-03-06"),
        ("二○一九年十月二十八日", "2019-10-28"),
        ("2019年10月28日", "2019-10-28"),
    ],
)
def test_dates_in_chinese_numerals_are_read(text: str, wanted: str) -> None:
    assert date_in(text) == wanted
    assert is_date_line(text)


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert not is_date_line("2023年3月6日，改造完成")


PARTICULARS = """<table><tr><td><b>索 引 号：</b></td><td>0001/2023-21</td><td><b>主题分类：</b></td><td>交通</td></tr>
<tr><td><b>发文机关：</b></td><td>青河市人民政府</td><td><b>成文日期：</b></td><td>2023年03月01日</td></tr>
<tr><td><b>发文字号：</b></td><td>青政发[2023]5号</td><td><b>发布日期：</b></td><td>2023年03月06日</td></tr></table>"""


def test_the_table_of_particulars_above_a_text_is_read() -> None:
    body = "<p>渡口是群众出行的重要设施，为加强管理，提出以下意见。</p>" * 3
    document = read(f"<h1>关于渡口的意见</h1>{PARTICULARS}<div>{body}</div>".encode(), mime="text/html")
    assert (document.doc_number, document.issuers) == ("青政发〔2023〕5号", ("青河市人民政府",))
    assert (document.document_date, document.published) == ("2023-03-01", "2023-03-06")


def test_a_title_on_two_lines_is_one_heading() -> None:
    text = "首页\n分享\n\n青河市人民政府关于印发\n《青河市渡口改造行动计划》的通知\n\n各县区人民政府：\n请认真执行。"
    document = lines(text)
    assert document.title == "青河市人民政府关于印发《青河市渡口改造行动计划》的通知"
    (heading,) = document.outline
    assert (
        document.text[heading.start : heading.end]
        == "青河市人民政府关于印发\n《青河市渡口改造行动计划》的通知"
    )


def test_scraps_above_an_official_title_are_marked_as_noise() -> None:
    document = lines(
        "首页\n分享\n青河市人民政府文件\n\n青河市人民政府关于渡口改造的通知\n各县区人民政府：\n请执行。"
    )
    noise = [document.text[b.start : b.end] for b in document.blocks if b.kind == "noise"]
    assert noise == ["首页", "分享"]


@pytest.mark.parametrize("shape", ["<p>{}</p><p>{}</p>", "<div class=copy><p>{}</p><p>{}</p></div>"])
def test_the_imprint_may_stand_below_the_container_of_the_text(shape: str) -> None:
    said = "".join(f"<p>{n}、要加快建设渡口，确保按期完成，方便群众出行。</p>" for n in "一二三四")
    below = shape.format("抄送：市委办公室，市人大办公室。", "青河市人民政府办公室　2023年3月8日印发")
    page = f"<h1>关于渡口改造的通知</h1><div id=zoom>{said}</div>{below}<div class=footer>主办：青河市人民政府</div>"
    document = read(page.encode(), mime="text/html")
    assert document.copies == ("市委办公室", "市人大办公室")
    assert (document.printed_by, document.printed_on) == ("青河市人民政府办公室", "2023-03-08")
