"""Collections have a title, a note and the order a user gives them; what is taken away comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cunzhao.core import Core
from cunzhao.core.queries import collected
from cunzhao.core.values.workbench import BulkAct
from cunzhao.errors import EditConflict, NotFound, UsageWrong
from cunzhao.settings import Settings
from tests.core.links import given

URLS = [f"http://{name}.cn/" for name in "abcd"]


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def order(core: Core, collection: str) -> list[str]:
    return [row.url[7] for row in core.collection(collection).links]


def filled(core: Core) -> tuple[str, list[str]]:
    """A collection of links a, b, c, d."""
    links = given(core, *URLS)
    made = core.make_collection("都市圈", "每周看")
    core.bulk(BulkAct(action="collect", links=tuple(links), collection=made.id))
    return made.id, links


def test_a_collection_has_a_title_a_note_and_its_links_in_order(core: Core):
    id, _ = filled(core)
    page = core.collection(id)
    assert (page.collection.title, page.collection.note, page.collection.links) == ("都市圈", "每周看", 4)
    assert order(core, id) == ["a", "b", "c", "d"]
    assert [one.title for one in page.links[0].collections] == ["都市圈"]


def test_saving_links_into_a_named_collection_makes_it_once_and_adds_at_its_end(core: Core):
    given(core, *URLS[:2], collection="新专题")
    given(core, URLS[2], URLS[0], collection="新专题")
    [card] = core.collections().collections
    assert card.title == "新专题" and order(core, card.id) == ["a", "b", "c"]


def test_links_change_places_and_those_not_named_stay(core: Core):
    id, (a, b, c, d) = filled(core)
    core.arrange_collection(id, [d, a])
    assert order(core, id) == ["d", "b", "c", "a"]
    core.arrange_collection(id, [a, b, c, d])
    assert order(core, id) == ["a", "b", "c", "d"]
    core.arrange_collection(id, ["no such link", b, b, a])
    assert order(core, id) == ["b", "a", "c", "d"]


def test_an_edit_of_another_version_is_a_conflict_and_changes_nothing(core: Core):
    id, (a, b, *_) = filled(core)
    opened = core.collection(id).collection.version
    core.arrange_collection(id, [b, a], version=opened)

    with pytest.raises(EditConflict):
        core.arrange_collection(id, [a, b], version=opened)
    with pytest.raises(EditConflict):
        core.edit_collection(id, note="别的", version=opened)
    assert order(core, id)[:2] == ["b", "a"] and core.collection(id).collection.note == "每周看"


def test_a_collection_taken_away_comes_back_with_its_order_unless_its_title_is_taken(core: Core):
    id, (a, b, *_) = filled(core)
    core.arrange_collection(id, [b, a])
    core.remove_collection(id)
    assert core.collections().collections == () and [c.id for c in core.collections().removed] == [id]
    assert core.link(a).collections == ()

    other = core.make_collection("都市圈")
    assert other.id != id
    with pytest.raises(UsageWrong, match="of this title"):
        core.restore_collection(id)
    core.edit_collection(other.id, title="都市圈二")
    core.restore_collection(id)
    assert order(core, id) == ["b", "a", "c", "d"]


def test_a_title_that_cannot_be_is_refused(core: Core):
    for title in ("", "  ", "长" * 10_000, "a\u202eb", "a\x00b", "\ud800"):
        with pytest.raises(UsageWrong):
            core.make_collection(title)
    assert core.collections().collections == ()


def test_two_collections_do_not_have_one_title(core: Core):
    core.make_collection("甲")
    other = core.make_collection("乙")
    for act in (lambda: core.make_collection(" 甲 "), lambda: core.edit_collection(other.id, title="甲")):
        with pytest.raises(UsageWrong, match="of this title"):
            act()


def test_a_long_collection_comes_a_page_at_a_time(core: Core, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(collected, "PAGE", 3)
    id, _ = filled(core)
    first = core.collection(id)
    second = core.collection(id, cursor=first.next)
    assert [row.url[7] for row in (*first.links, *second.links)] == ["a", "b", "c", "d"]
    assert second.next is None
    for cursor in ("x~y", "WzFd", "9" * 30, "²"):
        with pytest.raises(UsageWrong, match="cursor"):
            core.collection(id, cursor=cursor)


def test_what_is_no_collection_is_not_found(core: Core):
    for act in (core.collection, core.remove_collection, core.restore_collection, core.collection_titled):
        with pytest.raises(NotFound):
            act("nosuch")


def test_a_search_is_saved_under_a_name_edited_and_dropped(core: Core):
    saved = core.save_search("绍兴研发", "?q=研发经费&tag=领域/科技&empty=")
    assert saved.query == "q=%E7%A0%94%E5%8F%91%E7%BB%8F%E8%B4%B9&tag=%E9%A2%86%E5%9F%9F%2F%E7%A7%91%E6%8A%80"
    core.edit_search(saved.id, query="q=研发", version=saved.version)
    with pytest.raises(EditConflict):
        core.edit_search(saved.id, name="乙", version=saved.version)

    gone = core.drop_search(saved.id)
    assert core.saved_searches() == ()
    assert core.save_search(gone.name, gone.query).id == saved.id  # which is how it is undone


UNFIT = [
    ("", "q=a"),
    ("甲", ""),
    ("甲", "q="),
    ("甲", "q=" + "a" * 3000),
    ("甲", "q=%00"),
    ("甲\u202e", "q=a"),
]


def test_a_search_that_cannot_be_kept_is_refused(core: Core):
    for name, query in UNFIT:
        with pytest.raises(UsageWrong):
            core.save_search(name, query)
    assert core.saved_searches() == ()
