"""What a page says of itself, over a hundred forms of heads and information lines (`heads.py`)."""

from __future__ import annotations

import zlib
from string import Template

import pytest

from cunzhao.read.dates import dates_in, told_date
from cunzhao.read.page.html import read_html
from cunzhao.read.types import place_at
from tests.read.heads import FORMS, facts
from tests.read.heads_of_kinds import PAGES, Told
from tests.read.sites import TEMPLATES
from tests.read.sites import page as page_of

SEEDS = (1, 2)


@pytest.mark.parametrize("name", FORMS)
def test_title_time_source_author_editor_and_column_of_every_form(name: str) -> None:
    form = FORMS[name]
    for seed in SEEDS:
        told = facts(seed + zlib.crc32(name.encode()) % 1_000)
        url = Template(form.url).substitute(told)
        document = read_html(form.page(told).encode(), url=url)
        wanted = form.wanted(told)
        assert {key: getattr(document, key) for key in wanted} == wanted


@pytest.mark.parametrize(("kind", "url", "page", "told"), PAGES, ids=[kind for kind, *_ in PAGES])
def test_what_pages_of_particular_kinds_of_sites_tell(kind: str, url: str, page: str, told: Told) -> None:
    document = read_html(page.encode(), url=url)
    assert {key: getattr(document, key) for key in told} == told


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2019-01-2109:03:36", "2019-01-21T09:03:36"),  # two elements without white space between them
        ("2019年1月21日 星期一 下午3:04", "2019-01-21T15:04"),
        ("2019年1月21日9时3分", "2019-01-21T09:03"),
        ("2021 03/12 09:03", "2021-03-12T09:03"),
        ("２０１９年１月２１日", "2019-01-21"),
        ("民國108年1月21日", "2019-01-21"),
        ("Jan. 21, 2019, 5:00 p.m. ET", "2019-01-21T17:00"),
        ("Monday, 21st January 2019 at 12:05 am", "2019-01-21T00:05"),
        ("2019년 1월 21일", "2019-01-21"),
        ("2019-13-21", None),
        ("电话 0571-2019-0121", None),
    ],
)
def test_a_date_is_read_with_the_time_that_is_printed(printed: str, iso: str | None) -> None:
    assert next((shown.iso for shown in dates_in(printed)), None) == iso


@pytest.mark.parametrize(
    ("value", "iso", "zone"),
    [
        ("2019-01-21T01:03:36Z", "2019-01-21T01:03:36", 0),
        ("2019-01-21T09:03:36.123+0800", "2019-01-21T09:03:36", 480),
        ("Mon, 21 Jan 2019 01:03:36 GMT", "2019-01-21T01:03:36", 0),
        ("20190121090336", "2019-01-21T09:03:36", None),
        ("1548032616", "2019-01-21T01:03:36", 0),
        ("1548032616000", "2019-01-21T01:03:36", 0),
    ],
)
def test_a_machine_s_date_tells_its_zone(value: str, iso: str, zone: int | None) -> None:
    told = told_date(value)
    assert told is not None
    assert (told.iso, told.zone) == (iso, zone)


def test_a_title_over_two_lines_is_one_block_placed_on_its_heading() -> None:
    title = "青河市人民政府关于印发渡口改造三年行动方案的通知"
    body = "<p>渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" * 4
    page = f"<title>{title}</title><div><h1>{title[:7]}<br>{title[7:]}</h1><div>{body}</div></div>"
    document = read_html(page.encode())
    first, second, *_ = document.blocks
    assert document.text[first.start : first.end] == title
    assert (first.kind, first.place.css) == ("heading", "html > body > div > h1")
    assert document.text[second.start : second.end].startswith("渡口改造")
    assert [place_at(document, at).offset for at in (0, 7, 20)] == [0, 7, 20]


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_title_of_every_template_of_a_site_is_found(template: str) -> None:
    made = page_of(template, 1)
    data = made.html if isinstance(made.html, bytes) else made.html.encode()
    assert "".join((read_html(data).title or "").split()) == "".join(made.title.split())
