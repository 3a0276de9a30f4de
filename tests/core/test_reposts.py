"""Reposts as pages show them, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cunzhao.core import Core
from cunzhao.settings import Settings
from tests.organize.test_reposts import story


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def page(folder: Path, name: str, *, title: str, source: str, date: str, body: str) -> Path:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.splitlines())
    path = folder / name
    path.write_text(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<div class=info>{date} 来源：{source}</div><div class=article>{paragraphs}</div></body></html>",
        encoding="utf-8",
    )
    return path


def test_copies_of_a_text_are_one_group_with_the_likely_original_and_what_each_changed(
    core: Core, tmp_path: Path
):
    body = story(1, 12)
    figure = body.split("总投资")[1].split("亿元")[0]
    files = [
        page(tmp_path, "b.html", title="项目进展", source="东湖日报", date="2024-03-06 08:00", body=body.replace(figure, "88.8", 1)),
        page(tmp_path, "a.html", title="项目进展顺利", source="东湖日报", date="2024-03-05 09:30", body=body),
        page(tmp_path, "c.html", title="别的事", source="临江网", date="2024-03-01 10:00", body=story(2, 12)),
    ]  # fmt: skip
    b, a, c = [row.snapshot or "" for row in core.import_files(files)]

    (group,) = core.reposts().groups
    assert (group.original.id, group.copies, group.sources) == (a, 2, ("东湖日报",))
    assert (group.first, group.last) == ("2024-03-05", "2024-03-06")

    (told,) = core.reposts_of(b).groups
    first, second = told.copies
    assert (first.snapshot.id, first.original, first.own) == (a, True, False)
    assert (second.snapshot.id, second.original, second.own) == (b, False, True)
    assert told.reasons[:2] == ("earliest", "attributed") and told.source == "东湖日报"
    assert ("changed", figure, "88.8") in [(x.kind, x.before, x.after) for x in second.changes]
    text = core.read(b).text
    assert [text[x.start : x.end] for x in second.changes] == [x.after for x in second.changes]

    assert core.snapshot(b).copies == 1 and core.snapshot(c).copies == 0
    assert core.reposts_of(c).groups == ()


def test_a_group_is_the_same_after_a_rebuild_and_without_what_went_to_the_trash(core: Core, tmp_path: Path):
    body = story(3, 12)
    files = [
        page(tmp_path, f"{n}.html", title=f"第{n}篇", source="东湖日报", date=f"2024-03-0{n}", body=body)
        for n in (1, 2, 3)
    ]
    ids = [row.snapshot or "" for row in core.import_files(files)]
    core.rebuild(lambda _: None)
    (group,) = core.reposts().groups
    assert group.copies == 3
    core.remove(core.link_of(ids[0]))
    (group,) = core.reposts().groups
    assert (group.copies, group.original.id) == (2, ids[1])


def test_two_captures_of_one_link_are_no_repost(core: Core, tmp_path: Path):
    path = page(tmp_path, "a.html", title="一篇", source="东湖日报", date="2024-03-05", body=story(4, 12))
    for _ in range(2):
        list(core.import_files([path]))
    assert core.reposts().groups == ()
