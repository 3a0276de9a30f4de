"""What users call indicators: added, merged, taken back, and kept through a rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from cunzhao.core import Core
from cunzhao.core.values.figures import FigureFilter
from cunzhao.core.values.indicators import IndicatorFilter
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.settings import Settings
from cunzhao.storage.database import open_database
from cunzhao.storage.models import DocumentRow, ObservationRow

TEXT = "2023年，绍兴市地区生产总值7791亿元。村集体总收入120亿元，村集体经济收入118亿元。新增院士工作站3个。\n"


@pytest.fixture
def core(settings: Settings, tmp_path: Path) -> Iterator[Core]:
    path = tmp_path / "一份公报.txt"
    path.write_text(TEXT, "utf-8")
    with Core.open(settings) as opened:
        [row] = opened.import_files([path])
        assert row.snapshot
        yield opened


def names(core: Core, q: str = "") -> dict[str, int]:
    return {row.name: row.figures for row in core.indicators(IndicatorFilter(q=q)).rows}


def figures_of(core: Core, indicator: str) -> list[str]:
    return [r.observation.span.quote for r in core.figures(FigureFilter(indicator=indicator)).rows]


def test_a_name_that_a_user_adds_moves_the_figures_called_so_and_undo_moves_them_back(core: Core):
    before = names(core)
    core.name_indicator("村集体总收入", "村集体经济收入")

    assert names(core)["村集体经济收入"] == before["村集体经济收入"] + before["村集体总收入"]
    assert figures_of(core, "村集体经济收入") == ["120亿元", "118亿元"]

    core.unname_indicator("村集体总收入")
    assert names(core) == before


def test_an_indicator_of_the_bundled_table_may_be_merged_and_takes_its_labels_along(core: Core):
    core.name_indicator("地区生产总值", "经济总规模")

    assert figures_of(core, "经济总规模") == ["7791亿元"]
    assert [(a.alias, a.name) for a in core.indicators(IndicatorFilter()).aliases] == [
        ("地区生产总值", "经济总规模")
    ]


def test_the_name_stored_is_that_of_the_indicator_meant(core: Core):
    assert core.name_indicator("村集体总收入", "GDP").name == "地区生产总值"


def test_indicators_are_found_by_name_label_and_other_names(core: Core):
    assert (
        list(names(core, "村集体")) == ["村集体总收入", "村集体经济收入"] or len(names(core, "村集体")) == 2
    )
    assert list(names(core, "gdp")) == ["地区生产总值"]
    assert names(core, "没有这个") == {}


REFUSED = [
    ("", "地区生产总值", "没有填写"),
    ("村集体总收入", "  ", "没有填写"),
    ("村集体总收入", "村集体 总收入", "相同"),
    ("GDP", "地区生产总值", "已经是同一个指标"),
    ("长" * 90, "地区生产总值", "超过 80 个字"),
]


def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(core: Core):
    before = names(core)
    for alias, name, word in REFUSED:
        with pytest.raises(UsageWrong) as refused:
            core.name_indicator(alias, name)
        assert word in refused.value.text("zh") and refused.value.text("en")
    assert names(core) == before and not core.indicators(IndicatorFilter()).aliases


def test_a_merger_is_not_turned_round_unseen_and_only_what_was_said_is_taken_back(core: Core):
    core.name_indicator("村集体总收入", "村集体经济收入")
    with pytest.raises(UsageWrong):
        core.name_indicator("村集体经济收入", "村集体总收入")
    with pytest.raises(NotFound):
        core.unname_indicator("村集体经济收入")


def test_names_outlive_a_rebuild_from_the_archive_folder(core: Core):
    core.name_indicator("村集体总收入", "村集体经济收入")
    core.name_indicator("院士工作站", "科创平台")
    core.unname_indicator("院士工作站")
    before = names(core)
    core.rebuild(lambda _: None)

    assert names(core) == before
    assert [a.alias for a in core.indicators(IndicatorFilter()).aliases] == ["村集体总收入"]


def test_snapshots_read_later_use_the_names_too(core: Core, tmp_path: Path):
    core.name_indicator("村集体总收入", "村集体经济收入")
    path = tmp_path / "另一份.txt"
    path.write_text("2022年，绍兴市村集体总收入100亿元。", "utf-8")
    list(core.import_files([path]))

    assert "100亿元" in figures_of(core, "村集体经济收入")


def test_observations_of_an_older_version_are_made_anew_at_the_next_start(settings: Settings, core: Core):
    database = open_database(settings)
    with database.writing() as session:
        session.execute(sa.update(DocumentRow).values(observed=0))
        session.execute(sa.update(ObservationRow).values(days="", area="", unit="旧"))
    database.close()
    core.close()
    with Core.open(settings) as later:
        [row] = later.figures(FigureFilter(indicator="地区生产总值")).rows
    assert (row.observation.unit, row.observation.area, row.observation.days) == (
        "元", "330600", "2023-01-01/2023-12-31",
    )  # fmt: skip
