"""Pages of agreements, projects and names: hostile names stay text, empty pages teach, wrong addresses are told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from cunzhao.core.data import network
from cunzhao.core.values.filed import (
    Agreement,
    AgreementFilter,
    AgreementsPage,
    Mention,
    Named,
    NamesPage,
    Position,
    Project,
    ProjectsPage,
    Related,
    Source,
    Sum,
)  # fmt: skip
from cunzhao.web import app
from tests.web.conftest import HERE
from tests.web.fake_core import HOSTILE, FakeCore

SOURCE = Source(
    snapshot="s-news",
    start=3,
    end=9,
    quote=HOSTILE,
    title=HOSTILE,
    origin=None,
    date=None,
    url="javascript:1",
)
NAMES = {"330600": "绍兴市", "</text><script>": HOSTILE}


class Filled(FakeCore):
    """Everything is called something hostile."""

    filled = True

    def agreements(self, wanted: AgreementFilter) -> AgreementsPage:
        row = Agreement(
            parties=(HOSTILE, "绍兴市"),
            form=HOSTILE,
            about="",
            date="2018-03",
            nature="target",
            source=SOURCE,
        )
        drawn = network.picture([frozenset(NAMES)] if self.filled else [], NAMES)
        return AgreementsPage(rows=(row,) * self.filled, filter=wanted, total=0, capped=False, next="7" if self.filled else None,
                              network=drawn, names=tuple(NAMES.items()))  # fmt: skip

    def projects(self, wanted):
        row = Project(
            name=HOSTILE, place="", parties=(), amount=Decimal(0), currency="", stage="odd", source=SOURCE
        )
        sums = (Sum(key="none", name="", projects=2, amount=Decimal(10**9), unknown=1),) * self.filled
        areas = (Sum(key=HOSTILE, name=HOSTILE, projects=2, amount=Decimal(10**9)),) * self.filled
        return ProjectsPage(
            rows=(row,) * self.filled,
            filter=wanted,
            total=10_000,
            capped=True,
            next=None,
            stages=sums,
            areas=areas,
        )

    def names(self, wanted):
        row, mention = (
            Named(name=HOSTILE, documents=1, mentions=2, roles=(HOSTILE,)),
            Mention(role=HOSTILE, source=SOURCE),
        )
        return NamesPage(filter=wanted, rows=(row,) * self.filled, mentions=(mention,) * self.filled, total=1,
                         next=None, positions=(Position(role=HOSTILE, mentions=2, first="", last=""),) * self.filled,
                         related=(Related(name=HOSTILE, role=HOSTILE),) * self.filled)  # fmt: skip


class Empty(Filled):
    filled = False


@pytest.fixture(scope="module")
def full() -> TestClient:
    return TestClient(app(Filled()), base_url=HERE)


@pytest.fixture(scope="module")
def bare() -> TestClient:
    return TestClient(app(Empty()), base_url=HERE)


@pytest.mark.parametrize("path", ["/agreements", "/projects", "/names", "/names?kind=body", "/names?name=x"])
def test_hostile_names_stay_text_and_every_row_leads_to_its_place(full, path):
    answer = full.get(path)
    tree = html.fromstring(answer.text)
    assert answer.status_code == 200 and not tree.xpath("//script[not(@src)]|//*[@style]|//style")
    assert "\u202e" not in answer.text and not [
        a for a in tree.xpath("//@href") if a.startswith("javascript")
    ]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    if path != "/names" and "kind" not in path:
        assert "/snapshot/s-news?at=3-9#place" in tree.xpath("//tbody//@href")
    for field in tree.xpath("//input[not(@type='hidden')]|//select"):
        assert tree.xpath(f"//label[@for='{field.get('id')}']")


def test_every_circle_and_line_leads_to_the_table_below_by_mouse_and_keyboard(full):
    tree = html.fromstring(full.get("/agreements").text)
    links = tree.xpath("//svg//a/@href")
    assert "/agreements?place=330600#table" in links and len(links) == 3
    assert [a for a in links if "other=" in a] and tree.xpath("//*[@id='table']")
    assert not tree.xpath("//svg//a[@tabindex]") and all(tree.xpath("//svg//a/@aria-label"))
    assert len(tree.xpath("//div[contains(@class, 'pairs')]//tbody/tr")) == 1
    assert "/agreements?after=7" in tree.xpath("//nav//@href")


def test_sums_say_whose_amount_is_unknown_and_lead_to_their_rows(full):
    tree = html.fromstring(full.get("/projects?q=x").text)
    [link] = tree.xpath("//table[@class='bars']//@href[contains(., 'stage=none')]")
    assert "q=x" in link
    assert "其中投资额未知 1 项" in tree.text_content() and tree.xpath("//rect[@width='100.00%']")


def test_the_pictures_are_files_of_their_own(full, bare):
    drawn = full.get("/agreements/network.svg")
    tree = etree.fromstring(drawn.content)  # well formed, names escaped
    assert tree.tag == "{http://www.w3.org/2000/svg}svg" and not tree.findall(".//{*}script")
    assert full.get("/agreements/network.png").content[:4] == b"\x89PNG"
    for by in ("stage", "area"):
        assert "<script" not in full.get(f"/projects/by-{by}.svg").text
        assert bare.get(f"/projects/by-{by}.svg").status_code == 404


@pytest.mark.parametrize(
    ("path", "teaches"),
    [
        ("/agreements", "还没有读到合作协议"), ("/agreements?q=x", "没有符合条件的协议"), ("/projects", "还没有读到项目"),
        ("/projects?stage=x&area=y", "没有符合条件的项目"), ("/names", "还没有读到人物"), ("/names?q=x", "没有含“x”的名字"),
        ("/names?name=x", "没有读到“x”"),
    ],
)  # fmt: skip
def test_an_empty_page_says_what_would_stand_there(bare, path, teaches):
    assert teaches in bare.get(path).text


@pytest.mark.parametrize(
    ("path", "code"),
    [("/names?kind=x", 422), ("/projects/by-x.svg", 422), ("/agreements/network.gif", 422), ("/projects?by=x", 200),
     ("/projects?after=-99999999999999999999", 200), ("/agreements?place=" + "长" * 3000, 200)],
)  # fmt: skip
def test_a_wrong_address_is_told_in_words(full, path, code):
    answer = full.get(path)
    assert answer.status_code == code and "<h1" in answer.text


def test_the_header_has_at_most_seven_places(full):
    tree = html.fromstring(full.get("/projects").text)
    places = tree.xpath("//header[@class='top']/nav/a")
    assert len(places) <= 7 and [a.text for a in places if a.get("aria-current")] == ["项目"]
