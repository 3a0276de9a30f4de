"""Agreements between places, projects by stage, people: filed with their places, corrected, purged, rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from cunzhao.core import Core, circle, sources
from cunzhao.core.filed_pages import AgreementFilter, NameFilter, ProjectFilter
from cunzhao.core.filing import place_of
from cunzhao.settings import Settings
from cunzhao.storage.database import open_database
from cunzhao.storage.filed import AgreementRow, NamedRow, ProjectRow

TEXT = """绍兴市推进融杭联甬接沪

2018年3月5日，绍兴市与上海市杨浦区签订战略合作协议，共同推进科技创新。
2018年9月11日，绍兴市与杭州市签订战略合作协议。
2018年11月13日，绍兴市与上海交通大学签订全面合作框架协议。
总投资120亿元的中芯国际绍兴项目签约落户越城区。总投资351.8亿元的杭绍甬智慧高速公路项目加快建设。
绍兴市发展和改革委员会主任李明介绍情况。
"""


@pytest.fixture
def core(settings: Settings, tmp_path: Path) -> Iterator[Core]:
    (tmp_path / "合作.txt").write_text(TEXT, "utf-8")
    with Core.open(settings) as opened:
        assert [row.snapshot for row in opened.import_files([tmp_path / "合作.txt"])]
        yield opened


def filed(core: Core) -> list[object]:
    network = core.agreements(AgreementFilter())
    return [
        [(row.parties, row.date, row.source.quote) for row in network.rows],
        [(node.name, node.agreements) for node in network.network.nodes],
        [(row.name, row.amount, row.stage) for row in core.projects(ProjectFilter()).rows],
        [(row.name, row.roles) for row in core.names(NameFilter()).rows],
    ]


def test_agreements_join_places_and_every_row_leads_to_its_characters(core: Core):
    page = core.agreements(AgreementFilter())
    assert [row.parties[1] for row in page.rows] == ["上海交通大学", "杭州市", "上海市杨浦区"]  # newest first
    assert {(n.name, n.agreements) for n in page.network.nodes} == {
        ("绍兴市", 2),
        ("杭州市", 1),
        ("杨浦区", 1),
    }
    text = core.snapshot(page.rows[0].source.snapshot).document.text
    assert all(text[r.source.start : r.source.end] == r.source.quote for r in page.rows)
    [row] = core.agreements(AgreementFilter(place="330600", other="310110")).rows
    assert row.date == "2018-03-05"
    assert core.agreements(AgreementFilter(q="杨浦")).total == 1
    assert core.agreements(AgreementFilter(place="'; --", nature="x")).rows == ()


def test_projects_stand_by_amount_and_are_summed_by_stage_and_place(core: Core):
    page = core.projects(ProjectFilter())
    assert [row.amount for row in page.rows] == [Decimal(35180000000), Decimal(12000000000)]
    assert {one.name: (one.projects, one.amount) for one in page.stages} == {
        "signed": (1, Decimal(12000000000)),
        "building": (1, Decimal(35180000000)),
    }
    assert sum(one.amount for one in page.areas) == Decimal(47180000000)
    assert [row.name for row in core.projects(ProjectFilter(stage="signed")).rows] == ["中芯国际绍兴项目"]


def test_people_and_bodies_are_listed_with_what_they_are(core: Core):
    [person] = core.names(NameFilter()).rows
    assert (person.name, person.documents) == ("李明", 1) and "主任" in person.roles[0]
    shown = core.names(NameFilter(name="李明"))
    assert [mention.source.quote for mention in shown.mentions] and shown.total == 1
    assert "上海交通大学" in {row.name for row in core.names(NameFilter(kind="body")).rows}
    assert core.names(NameFilter(q="没有")).rows == ()


def test_what_is_in_the_trash_is_gone_and_comes_back_and_outlives_a_rebuild(core: Core, settings: Settings):
    before = filed(core)
    link = core.snapshot(core.agreements(AgreementFilter()).rows[0].source.snapshot).link.id
    core.remove(link)
    assert filed(core) == [[], [], [], []]
    core.restore(link)
    assert filed(core) == before
    core.rebuild(lambda said: None)
    assert filed(core) == before
    core.remove(link)
    core.purge(link)
    database = open_database(settings)
    with database.reading() as session:
        for table in (AgreementRow, ProjectRow, NamedRow):
            assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    database.close()


def test_pages_of_rows_with_the_same_amount_hold_each_once(core: Core, monkeypatch: pytest.MonkeyPatch):
    import cunzhao.core.filed as queries

    whole = core.agreements(AgreementFilter()).rows
    monkeypatch.setattr(queries, "ROWS", 1)
    found, after = [], ""
    while True:
        page = core.agreements(AgreementFilter(after=after))
        found += page.rows
        if not page.next:
            break
        after = page.next
    assert found == list(whole) and sources.ROWS == 100


@pytest.mark.parametrize(
    ("party", "place"),
    [
        ("绍兴市人民政府", "绍兴市"), ("上海市杨浦区", "杨浦区"), ("上海市普陀区", "普陀区"), ("绍兴", "绍兴市"),
        ("上海交通大学", None), ("长三角", None), ("", None), ("<b>市", None),
    ],
)  # fmt: skip
def test_the_place_of_a_party_is_the_division_its_name_begins_with(party, place):
    found = place_of(party)
    assert (found[1] if found else None) == place


def test_the_same_agreements_give_the_same_picture_and_places_of_a_province_stand_together():
    names = {code: code for code in ("310110", "330100", "330600", "320500")}
    agreements = [
        frozenset(pair) for pair in (("310110", "330600"), ("330100", "330600"), ("320500", "330600"))
    ]
    made = circle.network(agreements, names)
    assert made == circle.network(reversed(agreements), names)
    assert [node.place for node in made.nodes] == ["310110", "320500", "330100", "330600"]
    assert all(0 < node.x < made.width and 0 < node.y < made.height for node in made.nodes)
    assert circle.network([frozenset({"330600"})], names).nodes == ()
