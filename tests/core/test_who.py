"""Corrections, names of indicators and tags carry the name of whoever made them, also after a rebuild."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from cunzhao.core import Core
from cunzhao.core.values.corrections import CorrectionFilter
from cunzhao.extract.types import Fact
from cunzhao.settings import Settings
from cunzhao.storage.acting import Actor, acting
from cunzhao.storage.models import IndicatorAliasRow
from tests.core.test_sharing import PAGE, TEXT

ME = Actor(name="陈静", account="a1", door="web")


def named(core: Core) -> tuple[set[str], set[str], set[str]]:
    page = core.corrections(CorrectionFilter())
    with core._database.reading() as session:
        aliases = set(session.scalars(sa.select(IndicatorAliasRow.who)))
    return {row.who for row in page.rows}, {row.who for row in page.checked}, aliases


def test_the_name_of_whoever_acts_is_kept(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE.format("材料", TEXT), "utf-8")
    with Core.open(settings) as core:
        [row] = core.import_files([file])
        facts: tuple[Fact, ...] = core.snapshot(row.snapshot).facts
        figure = next(fact for fact in facts if fact.kind == "figure")
        with acting(ME):
            core.add_fact(row.snapshot, "person", 0, 2, {"name": "材料", "position": "主任"})
            core.check(row.snapshot, "figure")
            core.name_indicator("全市总产值", "地区生产总值")
            core.set_tags(core.link_of(row.snapshot), ["甲"])
        assert figure and named(core) == ({"陈静"}, {"陈静"}, {"陈静"})
        lines = core._archive.read_entries()
        assert {line["op"] for line in lines if line.get("who") == "陈静"} >= {
            "correct",
            "check",
            "alias",
            "tag",
        }
        core.rebuild(lambda _: None)
        assert named(core) == ({"陈静"}, {"陈静"}, {"陈静"})
        core.set_tags(core.link_of(row.snapshot), ["乙"])
        assert "who" not in core._archive.read_entries()[-1]
