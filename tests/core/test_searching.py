"""Searching a whole data folder: what is found, narrowed, named otherwise, and what outlives a rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cunzhao.core import Core
from cunzhao.core.values.search import FactsAsked, SearchWanted
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.settings import Settings

REPORT = """绍兴市2025年国民经济和社会发展统计公报

2025年，绍兴市研发经费支出达到210亿元，增长8.5%。发展和改革委员会牵头推进軌道交通建設。
"""
NOTICE = """关于印发《安吉县三年行动计划》的通知

国办发〔2019〕5号。安吉县发改委负责落实轨道交通接轨工作。
"""


@pytest.fixture
def core(settings: Settings, tmp_path: Path) -> Iterator[Core]:
    for name, text in (("report.txt", REPORT), ("notice.txt", NOTICE)):
        (tmp_path / name).write_text(text, "utf-8")
    with Core.open(settings) as opened:
        list(opened.import_files([tmp_path / "report.txt"], tags=["领域/科技"]))
        list(opened.import_files([tmp_path / "notice.txt"], tags=["领域/交通"]))
        yield opened


def titles(core: Core, q: str = "", **narrow: str) -> set[str]:
    page = core.search(wanted=SearchWanted(q=q, narrow={name: (value,) for name, value in narrow.items()}))
    assert page.total == len(page.hits)
    return {hit.snapshot.title[:3] for hit in page.hits}


def test_words_find_documents_in_any_script_width_and_short_form(core: Core) -> None:
    assert titles(core, "轨道交通") == {"绍兴市", "关于印"}
    assert titles(core, "发改委") == {"绍兴市", "关于印"}
    assert titles(core, "“发改委”") == {"关于印"}
    assert titles(core, "国办发(２０１９)５号") == {"关于印"}


def test_filters_take_names_as_people_write_them(core: Core) -> None:
    assert titles(core, tag="领域") == {"绍兴市", "关于印"}
    assert titles(core, "轨道", tag="领域/交通") == {"关于印"}
    assert titles(core, area="绍兴") == {"绍兴市"}
    assert titles(core, area="浙江省", has="figure") == {"绍兴市"}
    assert titles(core, kind="统计公报") == {"绍兴市"}


@pytest.mark.parametrize("narrow", [{"area": "火星"}, {"collection": "没有"}, {"from": "昨天"}, {"has": "x"}])
def test_a_wrong_filter_is_told_in_words(core: Core, narrow: dict[str, str]) -> None:
    with pytest.raises(UsageWrong):
        titles(core, "轨道", **narrow)


def test_a_place_of_a_hit_holds_the_words(core: Core) -> None:
    [hit] = core.search("研发经费").hits
    document = core.snapshot(hit.snapshot.id).document

    assert document is not None
    assert document.text[hit.snippets[0].start : hit.snippets[0].end] == "研发经费"


def test_facts_are_found_by_indicator_area_and_year(core: Core) -> None:
    page = core.facts(FactsAsked(indicator="研发经费", area="绍兴", year="2025"))

    assert [hit.fact.span.quote for hit in page.hits][:1] == ["210亿元"]
    assert core.facts(FactsAsked(indicator="研发经费", area="绍兴", year="2024")).total == 0
    assert core.facts(FactsAsked()).total == 0
    with pytest.raises(UsageWrong):
        core.facts(FactsAsked(year="去年"))


@pytest.mark.parametrize("sort", ["", "date", "date-asc", "title"])
def test_a_page_of_hits_tells_where_the_next_begins(core: Core, sort: str) -> None:
    first = core.search(wanted=SearchWanted(q="轨道交通", sort=sort), limit=1)
    second = core.search(wanted=SearchWanted(q="轨道交通", sort=sort, cursor=first.next or ""), limit=1)

    assert len({hit.snapshot.id for page in (first, second) for hit in page.hits}) == 2
    assert [(page.before, page.total) for page in (first, second)] == [(0, 2), (1, 2)]
    assert second.next is None
    other = "title" if sort != "title" else "date"
    for wrong in ("x", first.next or ""):  # or one of another order
        with pytest.raises(UsageWrong):
            core.search(wanted=SearchWanted(q="轨道交通", sort=other, cursor=wrong))


def test_a_page_of_facts_tells_where_the_next_begins(core: Core) -> None:
    every = core.facts(FactsAsked(area="绍兴"))
    told, cursor = [], ""
    for _ in every.hits:
        page = core.facts(FactsAsked(area="绍兴", cursor=cursor), limit=1)
        told += page.hits
        cursor = page.next or ""

    assert tuple(told) == every.hits
    assert len(told) == every.total > 1
    assert cursor == ""


def test_titles_are_found_by_their_initials(core: Core) -> None:
    assert [hit.title[:3] for hit in core.titles("sxs2025")] == ["绍兴市"]
    assert core.titles("zzzz") == ()


def test_what_stands_in_the_trash_is_found_no_more_until_it_comes_back(core: Core) -> None:
    [hit] = core.search("研发经费").hits

    core.remove(hit.snapshot.link)
    assert (titles(core, "研发经费"), core.facts(FactsAsked(indicator="研发经费")).total) == (set(), 0)

    core.restore(hit.snapshot.link)
    assert titles(core, "研发经费") == {"绍兴市"}


def test_an_abbreviation_that_a_user_adds_works_both_ways_outlives_a_rebuild_and_is_taken_back(
    core: Core,
) -> None:
    core.add_search_alias("安吉县", "白茶之乡")
    assert titles(core, "白茶之乡") == {"关于印"}

    core.rebuild(lambda _: None)
    assert titles(core, "白茶之乡") == {"关于印"}
    assert [one.name for one in core.search_aliases().own] == ["安吉县"]

    core.drop_search_alias("安吉县", "白茶之乡")
    assert titles(core, "白茶之乡") == set()
    with pytest.raises(NotFound):
        core.drop_search_alias("安吉县", "白茶之乡")
    with pytest.raises(UsageWrong):
        core.add_search_alias("同名", "同名")
