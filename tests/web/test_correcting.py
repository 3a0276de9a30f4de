"""An analyst puts facts right where they stand. With and without script; on a phone; on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from cunzhao.core import Core
from cunzhao.core.corrections.opened import fact_key
from cunzhao.core.values.corrections import CorrectionFilter
from cunzhao.extract.types import Fact, Reason, Span
from cunzhao.settings import Settings
from cunzhao.web import app
from cunzhao.web.showing.trust import grounds, level
from tests.serving import served
from tests.web.site import site

TEXT = """清江市快讯

2023年，全市完成投资45亿元，新增企业120家。
市长周闻道表示，甲河大桥年内开工，乙河大桥年内开工。

指标在 <表> 里：<b>不变</b>。
"""


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with Core.open(Settings(home=tmp_path_factory.mktemp("correcting") / "home")) as opened:
        yield opened


@pytest.fixture
def snapshot(core: Core, request: pytest.FixtureRequest) -> str:
    """A text of the test's own."""
    [row] = core.upload([("快讯.txt", f"{TEXT}\n{request.node.name}\n".encode())])
    return row.snapshot or ""


@pytest.fixture
def client(core: Core) -> TestClient:
    return TestClient(site(core), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="module")
def origin(core: Core) -> Iterator[str]:
    with served(app(core)) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def page(script: bool, chromium: Browser, origin: str) -> Iterator[Page]:
    context = chromium.new_context(
        java_script_enabled=script, viewport={"width": 1366, "height": 768}, base_url=origin
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def item(page: Page, quote: str):
    """The fact of that quote in the panel."""
    return page.locator("#facts .kind li:has(details.trust)", has_text=f"原文“{quote}”")


def open_form(page: Page, quote: str) -> None:
    one = item(page, quote)
    one.locator("summary").click()
    one.locator("a[data-form]").click()
    expect(page.locator("form.correction")).to_be_visible()


def test_correct_a_field_see_it_everywhere_read_anew_and_undo(
    page: Page, core: Core, snapshot: str, script: bool
) -> None:
    page.goto(f"/snapshot/{snapshot}?pane=text")
    open_form(page, "45亿元")
    assert page.locator("dialog[open]").count() == int(script)
    expect(page.locator("blockquote.context mark")).to_have_text("45亿元")
    page.fill("[name=value]", "很多")
    page.fill("[name=region]", "清江市城投集团")
    page.click("form.correction button.main")
    expect(page.locator("#f-value-bad")).to_contain_text("不是数字")
    assert page.input_value("[name=region]") == "清江市城投集团"  # what was typed stays
    page.fill("[name=value]", "54亿")
    page.select_option("[name=nature]", "target")
    page.fill("[name=note]", "据公报")
    page.click("form.correction button.main")

    expect(page.locator(".notice.did")).to_contain_text("已改正：“45亿元”")
    expect(page.locator(".pane.text .at").first).to_contain_text("45")
    one = item(page, "45亿元")
    expect(one.locator(".value")).to_have_text("54亿元")
    expect(one.locator(".tone")).to_have_text("已改正")
    core._deriver.derive(snapshot)
    page.goto(f"/figures?snapshot={snapshot}")
    expect(page.locator("tbody").first.locator("xpath=..")).to_contain_text("54亿元")
    page.goto(f"/corrections?snapshot={snapshot}")
    expect(page.locator(".corrections tbody tr")).to_contain_text("45亿 → 54亿")
    expect(page.locator(".corrections tbody tr")).to_contain_text("实际 → 目标")
    expect(page.locator(".corrections tbody tr")).to_contain_text("据公报")
    page.click(".corrections .undo button")
    expect(page.locator(".empty")).to_contain_text("还没有改正")
    assert f"snapshot={snapshot}" in page.url
    page.goto(f"/snapshot/{snapshot}")
    expect(item(page, "45亿元").locator(".value")).to_have_text("45亿元")


@pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.long)], ids=["script", "no-script"], indirect=True
)
def test_reject_a_fact_check_the_kind_and_bring_it_back(page: Page, core: Core, snapshot: str) -> None:
    page.goto(f"/snapshot/{snapshot}")
    item(page, "120家").locator("summary").click()
    item(page, "120家").locator("button", has_text="不对").click()
    expect(page.locator(".notice.did")).to_contain_text("已标为不对，不再显示：“120家”")
    expect(item(page, "120家")).to_have_count(0)
    page.locator("#facts-figure form.check button").click()
    expect(page.locator("#facts-figure form.check")).to_contain_text("已核对")
    expect(page.locator("#review .standing")).to_contain_text("核对 1 条，程序读出 2 条，对 1 条")
    expect(page.locator("#review .standing")).to_contain_text("查准 0.50 查全 1.00")
    core._deriver.derive(snapshot)
    page.reload()
    expect(item(page, "120家")).to_have_count(0)
    page.locator("#review .said-so button", has_text="恢复").click()
    expect(page.locator(".notice.did")).to_contain_text("已撤销")
    expect(item(page, "120家")).to_have_count(1)
    expect(page.locator("#facts-figure form.check")).not_to_contain_text("已核对")


def test_what_was_missed_is_added_by_its_copied_words(page: Page, snapshot: str) -> None:
    page.goto(f"/snapshot/{snapshot}")
    page.click("#review >> text=补充遗漏的数据")
    page.fill("#quote", "没有这句话")
    page.click("main button.main")
    expect(page.locator("[role=alert]")).to_contain_text("正文里没有这段文字")
    page.fill("#quote", "年内\n开工")
    page.select_option("#kind", "action")
    page.click("main button.main")
    places = page.locator(".places a")
    expect(places).to_have_count(2)
    places.nth(1).click()
    expect(page.locator("blockquote.context")).to_contain_text("乙河大桥年内开工")
    page.fill("[name=verb]", "开工")
    page.click("form.correction button.main")
    expect(page.locator(".notice.did")).to_contain_text("已补充：“年内开工”")
    added = page.locator("#facts-action li").filter(has_text="已补充")
    expect(added).to_contain_text("动词：开工")
    page.click(".notice.did button")
    expect(page.locator(".notice.did")).to_contain_text("已撤销")
    expect(added).to_have_count(0)


SELECT = """quote => {  // across the marks that cut the text
  const walk = document.createTreeWalker(document.querySelector('#pane-text'), NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let node; (node = walk.nextNode()); ) nodes.push(node);
  const start = nodes.map(node => node.data).join('').indexOf(quote), end = start + quote.length;
  const range = document.createRange();
  let at = 0;
  for (const node of nodes) {
    const next = at + node.length;
    if (at <= start && start < next) range.setStart(node, start - at);
    if (at < end && end <= next) range.setEnd(node, end - at);
    at = next;
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString() === quote;
}"""


@pytest.mark.parametrize("script", [True], ids=["script"], indirect=True)
@pytest.mark.parametrize(("words", "kind"), [("完成投资", "agreement"), ("<b>不变</b>", "project")])
def test_selected_text_offers_what_it_may_be_marked_as(
    page: Page, core: Core, snapshot: str, words: str, kind: str
) -> None:
    page.goto(f"/snapshot/{snapshot}?pane=text")
    expect(page.locator("#mark-bar")).to_be_hidden()
    assert page.evaluate(SELECT, words)
    expect(page.locator("#mark-bar")).to_be_in_viewport(ratio=1)
    page.locator(f"#mark-bar a[href*='kind={kind}']").click()
    expect(page.locator("dialog.correct .context mark")).to_have_text(words)
    page.locator("dialog.correct button.main").click()
    expect(page.locator(".notice.did")).to_contain_text(f"已补充：“{words}”")
    [added] = [fact for fact in core.snapshot(snapshot).facts if fact.extractor == "user"]
    assert (added.kind, added.span.quote) == (kind, words)


@pytest.mark.parametrize("script", [True], ids=["script"], indirect=True)
def test_the_dialog_is_left_with_escape_and_nothing_is_changed(page: Page, core: Core, snapshot: str) -> None:
    page.goto(f"/snapshot/{snapshot}?pane=text")
    open_form(page, "45亿元")
    expect(page.locator("dialog.correct [name=indicator]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.correct")).to_be_hidden()
    expect(page.locator("a[data-form]:focus")).to_have_count(1)  # where he was before
    assert core.corrections(CorrectionFilter(snapshot=snapshot)).total == 0


@pytest.mark.parametrize("script", [True], ids=["script"], indirect=True)
def test_on_a_phone_form_bar_and_list_stand_within_the_screen(page: Page, core: Core, snapshot: str) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(f"/snapshot/{snapshot}?pane=text")
    assert page.evaluate(SELECT, "完成投资")
    expect(page.locator("#mark-bar")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    open_form(page, "45亿元")
    expect(page.locator("dialog.correct button.main")).to_be_in_viewport(ratio=1)
    page.fill("dialog.correct [name=value]", "54亿")
    page.click("dialog.correct button.main")
    expect(page.locator(".notice.did")).to_be_visible()
    for path in ("/corrections", f"/snapshot/{snapshot}/missing"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("script", [False], ids=["no-script"], indirect=True)
def test_on_paper_stands_what_was_corrected_and_no_button(page: Page, core: Core, snapshot: str) -> None:
    read = next(fact for fact in core.snapshot(snapshot).facts if fact.span.quote == "45亿元")
    core.correct(snapshot, fact_key(read), {**read.fields, "nature": "target"})
    page.goto(f"/snapshot/{snapshot}")
    made = pypdfium2.PdfDocument(page.pdf(format="A4"))
    said = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in made)
    made.close()
    assert "性质：实际→目标" in said
    assert "依据与改正" not in said and "不对" not in said and "这一类已逐条核对" not in said


@pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.long)], ids=["script", "no-script"], indirect=True
)
def test_a_click_on_a_reason_shows_its_words(page: Page, core: Core, snapshot: str) -> None:
    page.goto(f"/snapshot/{snapshot}?pane=text")
    one = item(page, "45亿元")
    one.locator("summary").click()
    reason = one.locator(".trust dd a").first
    words = (reason.text_content() or "").strip("“”")
    reason.click()
    expect(page.locator(".pane.text .at")).to_have_text(re.compile(re.escape(words)))


def test_a_fact_that_changed_meanwhile_is_told_and_hostile_words_stay_words(
    client: TestClient, core: Core, snapshot: str
) -> None:
    gone = client.get(f"/snapshot/{snapshot}/facts/000000000000")
    assert gone.status_code == 409 and "请刷新页面" in gone.text
    evil = "<script>alert(1)</script>"
    read = next(fact for fact in core.snapshot(snapshot).facts if fact.span.quote == "45亿元")
    typed = {"value": evil, "region": evil, "note": evil, "nature": evil}
    wrong = client.post(f"/snapshot/{snapshot}/facts/{fact_key(read)}", data=typed)
    assert wrong.status_code == 422 and evil not in wrong.text
    core.correct(snapshot, fact_key(read), {**read.fields, "region": evil, "indicator": evil}, note=evil)
    for path in (f"/snapshot/{snapshot}", "/corrections", "/figures"):
        text = client.get(path).text
        assert evil not in text and "&lt;script&gt;" in text


def test_the_export_is_gold_lines_of_checked_kinds(client: TestClient, snapshot: str) -> None:
    assert client.get("/corrections.jsonl", params={"snapshot": snapshot}).text == ""
    client.post(f"/snapshot/{snapshot}/checked", data={"kind": "figure", "on": "1"})
    answer = client.get("/corrections.jsonl", params={"snapshot": snapshot})
    assert "jsonl" in answer.headers["content-disposition"]
    assert len(answer.text.splitlines()) == 2 and '"kind": "figure"' in answer.text
    listed = html.fromstring(client.get("/corrections", params={"snapshot": snapshot}).text).text_content()
    assert "指标数据 2 条" in listed and "只说明核对过的这些文档" in listed


def test_reasons_stand_in_the_order_of_the_form_and_confidence_has_a_word() -> None:
    why = (
        Reason("nature", "default"),
        Reason("period", "sentence", Span(0, 4, "今年以来")),
        Reason("cell", "table"),
    )
    fact = Fact(kind="figure", span=Span(9, 11, "5%"), fields={}, extractor="figure", version="1", why=why)
    told = [(g.label, g.words, g.place, g.by) for g in grounds(fact)]
    assert told == [
        ("时期", "今年以来", (0, 4), "前面的句子"),
        ("性质", "", None, "原文未另作说明"),
    ]
    assert [level(share) for share in (0.97, 0.9, 0.75, 0.4)] == ["高", "高", "中", "低"]
