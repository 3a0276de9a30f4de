"""The interface in two languages: every text has its English, and nothing is said past the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from starlette.testclient import TestClient
from tools.catalogue import said

from cunzhao import language, web
from cunzhao.language import catalogue, speaking, tr

WEB = Path(web.__file__).parent
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
SAY = ("_", "gettext")
CHINESE = re.compile(r"[\u3400-\u9fff]")
#: Said in Chinese whatever the language: the seal, and the name of the language itself.
ALWAYS = {"存照", "中文"}
#: What one would type into a field, and what documents write: the same in every language.
DATA = (
    "生产总值", "绍兴市", "2018年", "统计局", "签约", "王", "发展和改革委员会", "村集体总收入", "村集体经济收入",
    "财政收入", "产业园", "亿元", "亿", "万", "牵头", "责任",
)  # fmt: skip
#: A record in Chinese for Chinese readers, on paper and on the page.
CHINESE_PAGES = {"capture_record.html"}
#: Modules that speak to programs, or hold tables of both languages.
NOT_PAGES = {"application.py", "downloads.py", "feeds.py", "rights.py"}


@pytest.fixture(scope="module")
def texts() -> set[str]:
    return set(said())


def test_every_text_of_the_interface_has_its_english(texts: set[str]) -> None:
    english = catalogue("en")
    assert sorted(text for text in texts if not english.get(text)) == []
    assert sorted(english.keys() - texts) == []  # and nothing is kept that nobody says


def test_what_is_filled_into_a_text_is_filled_into_its_english(texts: set[str]) -> None:
    places = re.compile(r"%\(\w+\)\w")
    english = catalogue("en")
    wrong = [t for t in texts if sorted(set(places.findall(t))) != sorted(set(places.findall(english[t])))]
    assert wrong == []


def test_no_english_is_chinese() -> None:
    latin = re.compile("[A-Za-z]")
    chinese = [one for one in catalogue("en").values() if CHINESE.search(one) and not latin.search(one)]
    assert [one for one in chinese if one not in DATA] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_past_the_catalogue(path: Path) -> None:
    if path.name in CHINESE_PAGES:
        return
    env = Environment(extensions=["jinja2.ext.i18n"])
    bare = [_without_data(text) for text in _bare(env.parse(path.read_text("utf-8")))]
    assert [text for text in bare if CHINESE.search(text)] == []


def test_the_pages_code_says_nothing_past_the_catalogue(texts: set[str]) -> None:
    bare = {
        path.name: found
        for path in sorted(WEB.glob("*.py"))
        if path.name not in NOT_PAGES
        and (
            found := [
                text for text in _bare_code(ast.parse(path.read_text("utf-8"))) if text not in (*texts, *DATA)
            ]
        )
    }
    assert bare == {}


def test_a_text_without_english_is_said_as_it_stands() -> None:
    with speaking("en"):
        assert tr("从来没有人说过这句话") == "从来没有人说过这句话"
        assert tr("%(n)s 条", n=3) == "3 links"
        assert language.language() == "en"
    assert tr("%(n)s 条", n=3) == "3 条"


def test_the_language_and_the_colours_of_pages_are_a_browsers_own(client: TestClient) -> None:
    assert '<html lang="zh-CN">' in client.get("/about").text
    asked = client.post(
        "/settings/look",
        data={"lang": "en", "theme": "dark"},
        headers={"Referer": "http://127.0.0.1/about?x=1"},
    )
    assert (asked.status_code, asked.headers["location"]) == (303, "/about?x=1")
    page = client.get("/about").text
    assert '<html lang="en" data-theme="dark">' in page
    assert "Search" in page
    client.post("/settings/look", data={"lang": "xx", "theme": "pink"})
    assert (
        '<html lang="en" data-theme="dark">' in client.get("/about").text
    )  # what there is not, changes nothing
    client.post("/settings/look", data={"lang": "zh", "theme": "system"})
    assert '<html lang="zh-CN">' in client.get("/about").text


def test_an_error_is_told_in_the_language_of_the_page(client: TestClient) -> None:
    client.cookies.set("cunzhao_lang", "en")
    assert "没有" not in client.get("/snapshot/nosuch").text.split("<main", 1)[1].split("</main", 1)[0]


def _without_data(text: str) -> str:
    for word in (*ALWAYS, *sorted(DATA, key=len, reverse=True)):
        text = re.sub(f'(?<=["“> ]){word}(?=["”<、 ]|$)|^{word}$', "", text)
    return text


def _bare(tree: nodes.Node) -> Iterator[str]:
    """Chinese that is not handed to the catalogue."""
    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.Call) and isinstance(child.node, nodes.Name) and child.node.name in SAY:
            for value in [*child.args[1:], *(word.value for word in child.kwargs)]:
                yield from _bare(nodes.Output([value]))
            continue
        said = child.data if isinstance(child, nodes.TemplateData) else getattr(child, "value", "")
        if isinstance(child, nodes.TemplateData | nodes.Const) and CHINESE.search(str(said)):
            yield str(said).strip()
        yield from _bare(child)


def _bare_code(tree: ast.Module) -> Iterator[str]:
    """Chinese in code that is neither a docstring nor half of a pair of both languages."""
    pairs: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            pairs.add(id(body[0].value))
        children = [c.value if isinstance(c, ast.keyword) else c for c in ast.iter_child_nodes(node)]
        plain = [c for c in children if isinstance(c, ast.Constant) and isinstance(c.value, str)]
        if any(not CHINESE.search(c.value) and " " in c.value for c in plain):
            pairs |= {id(c) for c in plain}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in pairs
            and CHINESE.search(node.value)
        ):
            yield node.value
