"""Agreements between places, projects by stage, people: filed with their places, corrected, purged, rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from math import hypot
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.core import Core
from cunzhao.core.data import network, sources
from cunzhao.core.derived.filing import place_of
from cunzhao.core.values.filed import AgreementFilter, NameFilter, ProjectFilter
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


def test_a_project_told_without_its_amount_is_the_one_told_with_it(core: Core):
    source = core.agreements(AgreementFilter()).rows[0].source.snapshot
    told = [
        ("桥", 9, "signed"),
        ("桥", 0, "done"),
        ("路", 0, "signed"),
        ("港", 5, "signed"),
        ("港", 6, "building"),
        ("港", 0, "done"),
    ]
    with core._database.writing() as session:
        session.execute(sa.delete(ProjectRow))
        session.add_all(
            ProjectRow(
                snapshot_id=source, start=n, end=n + 1, quote="", name=name, area="330600", place="绍兴市",
                parties=[], amount=amount, currency="元" if amount else "", stage=stage,
            )
            for n, (name, amount, stage) in enumerate(told)
        )  # fmt: skip
    page = core.projects(ProjectFilter())
    assert {one.name: (one.projects, one.amount, one.unknown) for one in page.stages} == {
        "signed": (2, 5, 1),  # the port as first told, and the road
        "building": (1, 6, 0),
        "done": (1, 9, 0),  # the bridge: its amount once, its stage as last told
    }
    assert [(one.projects, one.amount) for one in page.areas] == [(4, 20)]


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
    import cunzhao.core.data.filed as queries

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


def test_the_same_agreements_give_the_same_picture_as_large_as_its_places_are_many():
    names = {code: f"{code}市" for code in ("310110", "330100", "330600", "320500", "440100", "441800")}
    pairs = [("310110", "330600"), ("330100", "330600"), ("320500", "330600"), ("440100", "441800")]
    made = network.picture([frozenset(pair) for pair in pairs], names)
    assert made == network.picture([frozenset(pair) for pair in reversed(pairs)], names)
    assert {node.place for node in made.nodes} == set(names) and made.places == 6
    assert all(node.r < node.x < made.width and node.r < node.y < made.height for node in made.nodes)
    two = network.picture([frozenset(pairs[0])], names)
    assert two.width < made.width / 2 and two.height < made.height
    assert network.picture([frozenset({"330600"})], names).nodes == ()


@given(
    st.sets(
        st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] < pair[1]), min_size=1
    )
)
@settings(max_examples=15, deadline=None)
def test_no_two_places_stand_on_each_other_and_every_line_joins_two_that_are_drawn(pairs):
    names = {f"{n:02}": f"{n}市" for n in range(31)}
    made = network.picture([[f"{a:02}", f"{b:02}"] for a, b in pairs], names)
    for one, other in combinations(made.nodes, 2):
        assert hypot(one.x - other.x, one.y - other.y) > one.r + other.r
    drawn = {node.place for node in made.nodes}
    assert all({edge.a.place, edge.b.place} <= drawn for edge in made.edges)
    assert drawn == {edge.a.place for edge in made.edges} | {edge.b.place for edge in made.edges}


def test_the_picture_and_the_sums_are_of_what_is_chosen(core: Core):
    def joined(**wanted):
        return {node.name for node in core.agreements(AgreementFilter(**wanted)).network.nodes}

    assert joined(since="2018-09") == {"绍兴市", "杭州市"} == joined(q="杭州")
    assert joined(until="2018-03") == {"绍兴市", "杨浦区"} and joined(until="2017") == set()
    assert joined(place="330100") == {"绍兴市", "杭州市", "杨浦区"}  # one goes on from it
    page = core.agreements(AgreementFilter(kind="战略合作协议"))
    assert page.total == 2 and page.years == ("2018",) and "战略合作协议" in page.kinds
    chosen = core.projects(ProjectFilter(stage="signed"))
    assert len(chosen.stages) == 2 and sum(one.amount for one in chosen.areas) == Decimal(12000000000)
    assert core.projects(ProjectFilter(q="没有")).stages == ()


def test_a_position_joins_a_person_with_the_body_it_begins_with(settings: Settings, tmp_path: Path):
    signed = "2018年3月5日，绍兴市发展和改革委员会与上海交通大学签订合作协议。"
    for day, role in (("2018-03-06", "主任"), ("2020-05-06", "原主任")):
        head = f"---\ntitle: 会议\ndate: {day}\n---\n"
        (tmp_path / f"{day}.md").write_text(
            f"{head}{signed}\n\n绍兴市发展和改革委员会{role}李明介绍情况。\n", "utf-8"
        )
    with Core.open(settings) as core:
        assert len(list(core.import_files(sorted(tmp_path.glob("*.md"))))) == 2
        body = core.names(NameFilter(kind="body", name="绍兴市发展和改革委员会"))
        [part] = body.positions
        assert (part.role, part.mentions, part.first, part.last) == ("签约", 2, "2018-03-06", "2020-05-06")
        assert {one.name for one in body.related} == {"李明"}
        with core._database.writing() as session:
            held = {"start": 0, "end": 1, "quote": "", "snapshot_id": body.mentions[0].source.snapshot}
            office = "绍兴市发展和改革委员会办公室"
            session.add(NamedRow(kind="body", name=office, **held))
            session.add(NamedRow(kind="person", name="王五", role=f"{office}主任", **held))
        assert {one.name for one in core.names(body.filter).related} == {"李明"}
        assert {one.name for one in core.names(NameFilter(kind="body", name=office)).related} == {"王五"}
        person = core.names(NameFilter(name="李明"))
        assert [one.last for one in person.positions] == sorted(
            (one.last for one in person.positions), reverse=True
        )
        assert {one.name for one in person.related} == {"绍兴市发展和改革委员会"}
        [row] = core.names(NameFilter(name="李明", role=person.positions[0].role)).mentions
        assert row.source.date == person.positions[0].last
