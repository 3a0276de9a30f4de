"""Words marked in the frozen view are the words of the text, in a real browser, on pages built in many ways."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from cunzhao.archive.frozen_html import freeze_html
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Mark
from cunzhao.archive.view import VIEW_HEADERS, view
from cunzhao.charset import decode
from cunzhao.errors import NotFound
from cunzhao.read import read
from cunzhao.read.types import Document, runs_in, to_json
from cunzhao.settings import Settings
from cunzhao.storage.database import open_database
from tests.archive.making import S, capture, exchange, requisite, save
from tests.archive.test_view import linker
from tests.read.pages import PARAGRAPHS, TEMPLATES
from tests.read.sites import TEMPLATES as SITES
from tests.read.sites import page as site_page
from tests.read.test_places import TREES

Show = Callable[[str], Page]
MARKED = "[...document.querySelectorAll('mark.cunzhao-mark')].map((m) => m.textContent).join('')"
PROSE = f"<p>{PARAGRAPHS[0]}</p>"


@pytest.fixture(scope="module")
def show(chromium: Browser) -> Iterator[Show]:
    """Opens a page as the frame of the view pane does: sandboxed, at the first mark."""
    context = chromium.new_context(viewport={"width": 900, "height": 400})
    page = context.new_page()
    body = ""

    def answer(route: Route) -> None:
        route.fulfill(body=body, headers={**VIEW_HEADERS, "content-type": "text/html; charset=utf-8"})

    page.route("**/*", lambda route: route.abort())
    page.route("http://view.example/**", answer)

    def shown(page_html: str) -> Page:
        nonlocal body
        body = page_html
        page.goto("about:blank")
        page.goto("http://view.example/#cunzhao-mark", wait_until="load")
        return page

    yield shown
    context.close()


def marks_of(document: Document, start: int, end: int) -> list[Mark]:
    return [
        Mark(css=p.css, start=p.offset, end=p.offset + run.end - run.start)
        for run in runs_in(document, start, end)
        if (p := run.place).css is not None and p.offset is not None
    ]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def opened(show: Show, source: str, quote: str) -> Page:
    document = read(source.encode(), mime="text/html")
    at = document.text.index(quote)
    return show(freeze_html(source, linker(), marks_of(document, at, at + len(quote))))


ALL = {name: make() for name, make in list(TEMPLATES.items())[::2]}
UNSEEN = {"modern.state_only", "portals.huanqiu"}  # their text stands in a script, and no browser shows it
ALL |= {name: site_page(name, 1).html.encode() for name in sorted(SITES.keys() - UNSEEN)[::7]}


@pytest.mark.parametrize("name", ALL)
def test_what_is_marked_is_what_the_text_says(name: str, show: Show) -> None:
    source = decode(ALL[name]).text
    document = read(ALL[name], mime="text/html")
    by = random.Random(name)
    body, size = document.blocks[0].end + 1, len(document.text)
    ends = sorted(by.sample(range(body, size), 6)) if size - body > 6 else [body, size]
    spans = list(zip(ends[::2], ends[1::2], strict=True))
    page = show(freeze_html(source, linker(), [mark for span in spans for mark in marks_of(document, *span)]))
    assert squeezed(page.evaluate(MARKED)) == squeezed("".join(document.text[s:e] for s, e in spans))
    expect(page.locator("#cunzhao-mark")).to_be_in_viewport()


def test_marks_go_across_elements_and_leave_the_rest_of_the_page_as_it_was(show: Show) -> None:
    source = f"<h1>渡口</h1>{PROSE}<p>总投资<b>两亿<i>六千</i>万</b>元，<br>惠及&nbsp;12 万人。</p>{PROSE}"
    page = opened(show, source, "六千万元，")
    assert page.evaluate("document.querySelectorAll('p')[1].innerHTML") == (
        '总投资<b>两亿<i><mark class="cunzhao-mark" id="cunzhao-mark">六千</mark></i>'
        '<mark class="cunzhao-mark">万</mark></b><mark class="cunzhao-mark">元，</mark><br>惠及&nbsp;12 万人。'
    )


def test_a_mark_is_seen_whatever_the_page_does_to_marks(show: Show) -> None:
    style = "<style>mark{display:none!important} p *{color:#fff!important;background:#fff!important}</style>"
    page = opened(show, f"{style}<h1>渡口</h1>{PROSE}", "累计改造渡口40座")
    assert page.locator("#cunzhao-mark").is_visible()
    told = "getComputedStyle(document.querySelector('#cunzhao-mark')).backgroundColor"
    assert page.evaluate(told) == "rgb(255, 216, 77)"


def test_what_a_page_hides_by_itself_is_shown_and_said_to_be_hidden(show: Show) -> None:
    page = opened(
        show, f"<h1>渡口</h1><div id=js_content style='visibility:hidden;opacity:0'>{PROSE * 3}</div>", "40座"
    )
    assert page.locator("#cunzhao-mark").is_visible()
    told = "getComputedStyle(document.querySelector('#cunzhao-mark'), '::before').content"
    assert "隐藏" in page.evaluate(told)


def test_a_page_cannot_pass_off_other_words_for_marked(show: Show) -> None:
    forged = "<p id=cunzhao-mark><mark class=cunzhao-mark>总投资九亿元</mark></p>"
    page = opened(show, f"{forged}<h1>渡口</h1>{PROSE}", "40座")
    assert page.evaluate(MARKED) == "40座"
    assert page.locator("[id=cunzhao-mark]").count() == 1


def test_words_that_the_page_does_not_show_are_said_not_to_be_shown(show: Show) -> None:
    page = opened(show, f"<title>渡口改造完工_青河网</title>{PROSE}", "渡口改造完工")
    assert "不显示所选的文字" in page.locator("#cunzhao-mark").inner_text()
    assert page.evaluate(MARKED) == ""


def test_of_an_article_over_several_pages_the_page_is_shown_on_which_the_words_stand(lite: Settings) -> None:
    urls = [f"http://g.example/a{end}.html" for end in ("", "_2", "_3")]
    pages = [f"<h1>渡口</h1><p>第{n}页：投资{n}亿元。</p>".encode() for n in (1, 2, 3)]
    further = [
        requisite("next-page", url, page, "text/html") for url, page in zip(urls[1:], pages[1:], strict=True)
    ]
    database = open_database(lite)
    archive = Archive(lite, database)
    try:
        save(archive, database, capture(exchange(urls[0], pages[0]), *further), S[0])
        mark = Mark(css="html > body > p", start=6, end=8)
        for n in (1, 2, 3):
            told = view(archive, S[0], lambda url, kind: "/r", marks=[mark], page=n).body.decode()
            assert re.findall("<mark[^>]*>([^<]*)</mark>", told) == [f"{n}亿"]
        with pytest.raises(NotFound):
            view(archive, S[0], lambda url, kind: "/r", marks=[mark], page=4)
    finally:
        archive.close()
        database.close()


@given(st.lists(TREES, max_size=5).map("".join), st.data())
@settings(max_examples=40, deadline=None)
def test_marks_add_nothing_to_a_page_but_themselves(body: str, data: st.DataObject) -> None:
    page = f"<h1>渡口</h1>{PROSE}{body}{PROSE}"
    document = read(page.encode(), mime="text/html")
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(document.text))] * 2)))
    marks = marks_of(document, start, end)
    marked = freeze_html(page, linker(), marks)
    said = "".join(re.findall('<mark class="cunzhao-mark"[^>]*>([^<]*)</mark>', marked))
    bare = re.sub('<mark class="cunzhao-mark"[^>]*>([^<]*)</mark>', r"\1", marked)
    if marks:
        bare = re.sub(r"<style>[^<]*cunzhao[^<]*</style>(?=(</body>)?</html>)", "", bare)
        assert bare == freeze_html(page, linker())
        assert squeezed(html.unescape(said)) == squeezed(document.text[start:end])


RESOLVED = """([runs, text]) => runs.filter(([start, end, place]) => {
  const found = document.querySelectorAll(place.css);
  const own = [...found[0]?.childNodes ?? []].filter((n) => n.nodeType === 3).map((n) => n.data).join("");
  const said = [...own].slice(place.offset, place.offset + end - start).join("");
  const wanted = [...text].slice(start, end).join("");
  return found.length !== 1 || said.replace(/\\s/g, "") !== wanted.replace(/\\s/g, "");
})"""
ODD = f"""<h1>渡口</h1>{PROSE}<table><form><tr><td>指标<td>2022年<tr><td>渡口<wbr>改造<td>14<wbr>座</form></table>
<p>甲<section>乙<b>丙</b></section>丁<figure>戊</figure>己<p>庚<embed src=a>辛<b>壬</b>癸<!-- 注 -->子
<pre>
丑𠮷寅</pre><div id=x>卯</div><div id=X>辰</div><ul><li>巳<li>午<o:p>未</o:p>申</ul><p>酉<table><tr><td>戌</table>亥{PROSE}"""


def unresolved(page: Page, source: str) -> list[object]:
    """The runs of which a browser finds other characters, or another element, in the page it shows."""
    value = to_json(read(source.encode(), mime="text/html"))
    found: list[object] = page.evaluate(RESOLVED, [value["runs"], value["text"]])
    return found


@pytest.mark.parametrize("doctype", ["", "<!DOCTYPE html>"])
def test_a_browser_finds_every_character_by_its_path_and_offset(doctype: str, show: Show) -> None:
    source = f"{doctype}<head><meta charset=utf-8><title>渡口</title></head>{ODD}"
    told = read(source.encode(), mime="text/html")
    assert "".join(c for c in "甲乙丙丁戊己庚辛壬癸子丑𠮷寅卯辰巳午未申酉戌亥" if c not in told.text) == ""
    assert unresolved(show(freeze_html(source, linker())), source) == []


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(SITES.keys() - UNSEEN))
def test_a_browser_finds_every_character_of_pages_of_all_kinds(name: str, show: Show) -> None:
    source = site_page(name, 2).html
    assert unresolved(show(freeze_html(source, linker())), source) == []
