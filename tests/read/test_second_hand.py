"""Pages as well-known sites and site systems build them, written by another hand than the templates of `sites`.

Their texts are generated; what stands round them (menus, teasers, comments, hot lists, statements, scripts with
the same text) stands where it does on the sites. `gold.json`: what each page says.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cunzhao.read import read
from cunzhao.read.types import Document
from tests.read.sites.parts import Page
from tests.read.sites.score import body_f1, body_of

FOLDER = Path(__file__).parent / "second_hand"
GOLD = json.loads((FOLDER / "gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=GOLD)
def page(request: pytest.FixtureRequest) -> tuple[Document, dict[str, str]]:
    gold = GOLD[request.param]
    data = (FOLDER / f"{request.param}.html").read_bytes()
    return read(data, mime="text/html", url=gold["url"]), gold


def test_the_main_text_is_all_there_and_little_else(page: tuple[Document, dict[str, str]]) -> None:
    document, gold = page
    wanted = Page(template="", html="", title=gold["title"], body=list(gold["body"]), neutral=[])
    assert body_f1(body_of(document), wanted) > 0.99


def test_title_time_and_source_are_those_of_the_article(page: tuple[Document, dict[str, str]]) -> None:
    document, gold = page
    shown = (re.sub(r"\s", "", document.title or ""), (document.published or "")[:16], document.source)
    wanted = (re.sub(r"\s", "", gold["title"]), (gold["published"] or "")[:16], gold["source"])
    assert shown == wanted


def test_a_name_alone_above_running_text_is_no_title() -> None:
    prose = "港口今年增开航线，旅客可以在网上订票，也可以到窗口购买，高峰时段每半小时一班，夜间每小时一班。"
    assert read(f"缪琦\n{prose}".encode(), mime="text/plain").title is None
    assert read(f"公告\n{prose}".encode(), mime="text/plain").title == "公告"
