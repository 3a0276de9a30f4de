"""The capture record says what was observed, says 未观察 for the rest, and claims nothing else."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.evaluate.capture import capture_document, sections, summary
from cunzhao.evaluate.capture.certificates import certificate_told
from cunzhao.evaluate.capture.layout import NOT_SEEN
from cunzhao.evaluate.types import CaptureRecord
from tests.evaluate.captures import CONDITIONS, DER, FINAL, SESSION, record


def said(told: CaptureRecord, section: str, name: str) -> str:
    [found] = [part for part in sections(told) if part.title.endswith(section)]
    [field] = [field for field in found.fields if field.name == name]
    return "\n".join(field.lines)


def text_of(told: CaptureRecord) -> str:
    """Everything the sections say."""
    found = []
    for part in sections(told):
        found += [part.title, *(line for field in part.fields for line in (field.name, *field.lines))]
        found += [cell for grid in part.grids for row in grid.rows for cell in row]
        found += [*(grid.caption for grid in part.grids), *part.paragraphs, *part.commands]
    return "\n".join(found)


def test_the_sections_are_eight_and_numbered():
    assert [part.title for part in sections(record())] == [
        "一、对象", "二、过程", "三、环境", "四、网络", "五、留存内容", "六、未能取得的内容", "七、核验", "八、说明",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "name", "shown"),
    [
        ("对象", "标题", "清江市前三季度经济运行情况发布"),
        ("对象", "HTTP 跳转", f"301：https://www.qingjiang.example/ → {FINAL}"),
        ("对象", "结论", "部分：页面已保存，有内容没有取到\n原因：网站返回 404"),
        ("过程", "开始", "2026-11-21 01:30:05.120（北京时间）"),
        ("过程", "结束", "2026-11-21 01:30:08.160（北京时间）\n用时 3.040 秒"),
        ("过程", "时钟来源", "本机系统时钟"),
        ("过程", "时钟同步", "已与时间源同步，估计误差不超过 0.012 秒（据系统内核 adjtimex）"),
        ("过程", "本机时区", "CST（UTC+08:00）"),
        ("过程", "操作者", "发起方式：网页界面或接口\n系统账户：office"),
        ("过程", "方式与理由", "浏览器抓取；理由：正文由脚本生成"),
        ("环境", "运行权限", "普通账户"),
        (
            "环境",
            "浏览器",
            "Chromium 142.0.7444.59\n程序文件摘要：sha256:"
            + "b0" * 32
            + "\n浏览器沙箱：未启用（--no-sandbox）",
        ),
        ("环境", "全新会话", "打开页面之前检查过，浏览器上下文是空的"),
        ("网络", "系统的域名服务器", "192.0.2.53（据 /etc/resolv.conf）"),
        ("网络", "记录中的对端地址", "192.0.2.10（3 条记录）"),
    ],
)
def test_what_was_observed_stands_in_its_place(section, name, shown):
    assert said(record(), section, name) == shown


def test_a_site_s_clock_is_told_with_the_precision_of_its_header():
    shown = said(record(), "过程", "与网站时间相比").split("\n")
    assert shown == [
        "www.qingjiang.example：相差不到 1 秒（据应答的 Date 头，精确到秒）",
        "cdn.qingjiang.example：网站的时间慢 75 秒（据应答的 Date 头，精确到秒）",
    ]


def test_lookups_with_the_same_outcome_are_one_line():
    [host] = record().hosts
    assert (host.answers, host.address) == (("192.0.2.10", "2001:db8::10"), "192.0.2.10")
    assert host.first < host.last


def test_a_certificate_reads_as_openssl_reads_it():
    [chain] = record().chains
    [told] = chain.certificates
    # openssl x509 -in self-signed.pem -noout -subject -serial -enddate -fingerprint -sha256
    assert (told.subject, told.issuer, told.names) == ("CN=127.0.0.1", "CN=127.0.0.1", ("127.0.0.1",))
    assert told.serial == "56e6fc03fe79702125967293693d4bb5c5f943ba"
    assert told.not_after == datetime(2126, 10, 29, 3, 2, 53, tzinfo=UTC)
    assert told.fingerprint == "sha256:8c9fbc556279ad1b6e60dbde926c3eada211a8174018dc305e937fd8f9b6f2a1"
    assert told.fingerprint.removeprefix("sha256:") in text_of(record())


@given(st.binary(max_size=300), st.integers(0, len(DER) - 1), st.integers(0, 255))
@settings(max_examples=200)
def test_no_bytes_of_a_server_break_the_reading_of_its_certificate(junk, place, byte):
    damaged = DER[:place] + bytes([byte]) + DER[place + 1 :]
    assert certificate_told(junk).fingerprint.startswith("sha256:")
    assert len(certificate_told(damaged).fingerprint) == 71


def test_every_record_is_named_with_digest_place_and_request():
    text, told = text_of(record()), record()
    for item in told.items:
        assert item.url in text and item.digest.removeprefix("sha256:") in text
        assert f"{item.file}，位置 {item.offset}，长 {item.size}" in text
        assert (item.seen.request_digest or "?").removeprefix("sha256:") in text
    assert "原记录：cunzhao-0.warc.gz，位置 77" in text and "与先前相同" in text


def test_what_is_missing_is_listed_with_its_reason():
    text = text_of(record())
    assert "https://www.qingjiang.example/img/map.png" in text and "网站返回 404" in text
    assert "wss://www.qingjiang.example/live" in text and "无法留存" in text


def test_of_an_old_snapshot_everything_not_kept_is_not_observed_and_nothing_is_blank():
    told = record(conditions=None, engine="http", engine_reason="asked")
    for section, name in [
        ("过程", "时钟来源"), ("过程", "时钟同步"), ("过程", "与网站时间相比"), ("过程", "本机时区"), ("过程", "选项"),
        ("环境", "运行权限"), ("环境", "代理"), ("网络", "系统的域名服务器"), ("网络", "域名解析"), ("网络", "证书链"),
    ]:  # fmt: skip
        assert said(told, section, name) == NOT_SEEN, name
    assert said(told, "过程", "操作者") == "发起方式：未观察\n系统账户：未观察"
    assert "没有留下抓取环境的记录" in text_of(told)
    assert said(told, "环境", "浏览器") == "未使用浏览器"  # the engine tells that


def test_what_a_browser_engine_did_not_tell_is_not_observed():
    told = record(conditions=replace(CONDITIONS, fresh_profile=None, session={**SESSION, "browser": None}))
    assert said(told, "环境", "浏览器") == "未观察\n程序文件摘要：未观察"
    assert said(told, "环境", "全新会话") == NOT_SEEN


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(sorted(SESSION)), JSON, max_size=8),
    st.sampled_from(["http", "browser", "import"]),
)
@settings(max_examples=150)
def test_whatever_a_session_from_elsewhere_holds_no_line_is_blank_and_nothing_breaks(session, engine):
    told = record(conditions=replace(CONDITIONS, session=session), engine=engine)
    for part in sections(told):
        assert all(field.lines and all(line for line in field.lines) for field in part.fields)
    assert summary(told)


def test_a_record_that_changed_is_named_and_unchanged_is_not_claimed():
    told = record(states={2: "changed", 3: "gone"})
    text = text_of(told)
    assert "1 条与摘要一致，2 条不一致" in text and "与摘要不符" in text and "文件或记录不在" in text
    assert "其后未变" not in text and "2 条现在读不到原来的字节" in text
    assert "其后未变" in text_of(record())


def test_nothing_more_is_claimed_than_a_program_can_know():
    text = text_of(record())
    assert "未经外部时间戳机构证明" in text and "并非中立第三方" in text
    assert "它不能证明网站所载内容属实" in text


def test_a_file_that_was_imported_is_no_visit_to_a_site():
    told = record(engine="import", engine_reason="file", final_url="urn:cunzhao:file:1/通知.txt")
    assert "导入文件" in summary(told) and "访问" not in summary(told)
    assert "程序没有访问网站" in text_of(told)


def test_word_holds_every_line_of_every_section():
    made = docx.Document(io.BytesIO(capture_document(record())))
    words = [p.text for p in made.paragraphs]
    words += [
        p.text for table in made.tables for row in table.rows for cell in row.cells for p in cell.paragraphs
    ]
    squeezed = {"".join(word.split()) for word in words}
    for line in text_of(record()).split("\n"):
        assert not line or "".join(line.split()) in squeezed, line
    assert made.core_properties.title.startswith("网页取证记录")


def test_hostile_titles_and_addresses_do_not_break_the_word_file():
    told = replace(record(), title="题\u202e目\x00\x07<b>&amp;", final_url="https://a.example/\ud800\x0b")
    with zipfile.ZipFile(io.BytesIO(capture_document(told))) as packed:
        assert packed.testzip() is None
        assert "\u202e" not in packed.read("word/document.xml").decode("utf-8")
