"""Tags have levels; a tag is renamed or merged with all below it, and that is undone to the letter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from cunzhao.core import Core
from cunzhao.core.queries import listing, remembered
from cunzhao.core.values.workbench import BulkAct
from cunzhao.errors import EditConflict, NotFound, UsageWrong
from cunzhao.organize.tags import is_under, renamed, with_above
from cunzhao.settings import Settings
from tests.core.links import given, tags_of

A, B, C = "http://a.cn/", "http://b.cn/", "http://c.cn/"


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def tagged(core: Core, **tags: str) -> dict[str, str]:
    """Links a, b, c … with these tags, as `a="领域/交通 规划"`."""
    links = {name: given(core, f"http://{name}.cn/")[0] for name in tags}
    for name, said in tags.items():
        core.set_tags(links[name], said.split())
    return links


def all_tags(core: Core, links: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: tags_of(core, link) for name, link in links.items()}


@pytest.mark.parametrize("often", [0, 1_000])
def test_a_tag_finds_its_own_links_and_those_below_it_and_nothing_that_only_begins_alike(
    core: Core, monkeypatch: pytest.MonkeyPatch, often: int
):
    monkeypatch.setattr(listing, "OFTEN", often)  # of many links those tagged are sought in another way
    links = tagged(core, a="领域/交通/轨道", b="领域", c="领域外 G60/x g60")

    assert {row.id for row in core.home(tag="领域").links} == {links["a"], links["b"]}
    assert [row.id for row in core.home(tag="领域/交通").links] == [links["a"]]
    assert [row.id for row in core.home(tag="g60").links] == [links["c"]]
    assert core.home(tag="g60/x").links == () and core.home(tag="领%").links == ()


def test_tags_are_counted_with_those_below_them_each_link_once(core: Core):
    tagged(core, a="领域/交通 领域/水利", b="领域/交通/轨道 领域", c="交通")

    counts = {tag.name: (tag.links, tag.all) for tag in core.tags().tags}
    assert counts == {
        "领域": (1, 2), "领域/交通": (1, 2), "领域/交通/轨道": (1, 1), "领域/水利": (1, 1), "交通": (1, 1),
    }  # fmt: skip
    assert [tag.name for tag in core.tags().tags][1:] == ["领域", "领域/交通", "领域/交通/轨道", "领域/水利"]


def test_counts_are_those_after_a_users_last_edit_however_dear_counting_is(
    core: Core, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remembered, "LONG_S", -1.0)
    monkeypatch.setattr(remembered, "SHARE", 1e9)
    links = tagged(core, a="甲", b="甲")
    assert [(tag.name, tag.all) for tag in core.home().tags] == [("甲", 2)]
    core.set_tags(links["a"], ["乙"])
    core.rename_tag("甲", "丙")
    core.remove(links["a"])
    assert [(tag.name, tag.all) for tag in core.home().tags] == [("丙", 1)]
    core.bulk(BulkAct(action="restore", links=tuple(links.values())))
    assert len(core.home().tags) == 2


def test_a_tag_is_renamed_with_all_below_it_and_undo_brings_everything_back(core: Core):
    links = tagged(core, a="交通/轨道 规划", b="交通", c="交通费")
    before = all_tags(core, links)

    done = core.rename_tag("交通", "领域/交通")
    assert (done.links, done.merged) == (2, False)
    assert all_tags(core, links) == {
        "a": ("规划", "领域/交通/轨道"), "b": ("领域/交通",), "c": ("交通费",),
    }  # fmt: skip

    assert core.undo_tag_change(done.id).undone
    assert all_tags(core, links) == before
    assert core.undo_tag_change(done.id).undone  # twice does no harm
    assert all_tags(core, links) == before


def test_two_tags_are_merged_and_undo_parts_them_as_they_were(core: Core):
    links = tagged(core, a="轨交 轨道交通", b="轨交", c="轨道交通")
    before = all_tags(core, links)

    done = core.rename_tag("轨交", "轨道交通")
    assert done.merged and set(all_tags(core, links).values()) == {("轨道交通",)}

    core.undo_tag_change(done.id)
    assert all_tags(core, links) == before


def test_a_tag_may_be_merged_into_the_one_above_it(core: Core):
    links = tagged(core, a="领域/交通/交通", b="领域/交通")
    before = all_tags(core, links)
    done = core.rename_tag("领域/交通", "领域")
    assert all_tags(core, links) == {"a": ("领域/交通",), "b": ("领域",)}
    core.undo_tag_change(done.id)
    assert all_tags(core, links) == before


def test_what_was_changed_since_stays_when_a_renaming_is_undone(core: Core):
    links = tagged(core, a="旧", b="旧")
    done = core.rename_tag("旧", "新")
    core.set_tags(links["a"], ["别的"])

    core.undo_tag_change(done.id)
    assert all_tags(core, links) == {"a": ("别的",), "b": ("旧",)}


REFUSED = [
    ("交通", "交通", "相同"),
    ("交通", "交通/轨道", "自己的下面"),
    ("交通", "长" * 10_000, "太长"),
    ("交通", "长" * 59, "下级标签"),
    ("交通", "a\u202eb", "看不见"),
    ("交通", " / ", "空的"),
]


def test_a_name_that_cannot_be_is_refused_and_nothing_is_changed(core: Core):
    links = tagged(core, a="交通/轨道")
    for old, new, words in REFUSED:
        with pytest.raises(UsageWrong) as caught:
            core.rename_tag(old, new)
        assert words in caught.value.text("zh") and len(caught.value.text("zh")) < 200
    assert all_tags(core, links) == {"a": ("交通/轨道",)}


def test_a_tag_that_no_link_has_is_not_found(core: Core):
    for act in (lambda: core.rename_tag("没有", "有"), lambda: core.undo_tag_change("0" * 13)):
        with pytest.raises(NotFound):
            act()


def test_of_two_who_edit_one_link_the_second_is_told_and_loses_nothing(core: Core):
    [link] = given(core, A)
    opened = core.link(link).version
    core.set_note(link, "甲写的", version=opened)

    with pytest.raises(EditConflict):
        core.set_note(link, "乙写的", version=opened)
    with pytest.raises(EditConflict):
        core.set_tags(link, ["乙"], version=opened)
    assert core.link(link).note == "甲写的" and core.link(link).tags == ()

    core.set_note(link, "甲写的，乙补的", version=core.link(link).version)
    assert core.link(link).note == "甲写的，乙补的"


def test_a_note_keeps_its_lines_and_loses_what_cannot_be_seen(core: Core):
    [link] = given(core, B)
    core.set_note(link, "  一\r\n\t二\u202e\x00\ud800三\n")
    assert core.link(link).note == "一\n\t二三"
    with pytest.raises(UsageWrong, match="longer than"):
        core.set_note(link, "长" * 20_001)


TAG = st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=4).map("/".join)


@law(TAG, TAG, TAG)
def test_a_tag_is_under_each_of_those_above_it_and_renaming_keeps_what_is_below(tag: str, old: str, new: str):
    assert all(is_under(tag, above) for above in with_above(tag)) and with_above(tag)[-1] == tag
    if is_under(tag, old):
        assert is_under(renamed(tag, old, new), new)
        assert renamed(renamed(tag, old, new), new, old) == tag
