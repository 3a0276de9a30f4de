"""What users made to keep order comes back from the archive folder alone."""

from __future__ import annotations

from pathlib import Path

from cunzhao.core import Core
from cunzhao.core.values.workbench import BulkAct
from cunzhao.settings import Settings


def state(core: Core) -> object:
    tags = core.tags()
    collections = core.collections()
    return (
        {row.url: (row.tags, row.note, row.collections) for row in core.home().links},
        [row.url for row in core.trash().links],
        [(one.name, one.links, one.all) for one in tags.tags],
        [(one.id, one.old, one.new, one.links, one.undone is None) for one in tags.changes],
        [
            (card.id, card.title, card.note, card.links, [row.url for row in core.collection(card.id).links])
            for card in collections.collections
        ],
        [(card.id, card.title) for card in collections.removed],
        [(one.id, one.name, one.query) for one in core.saved_searches()],
    )


def test_tags_notes_collections_and_searches_survive_a_rebuild(settings: Settings, tmp_path: Path):
    files = [tmp_path / f"{name}.txt" for name in "abcd"]
    for file in files:
        file.write_text(f"文件{file.stem}。\n", "utf-8")
    with Core.open(settings) as core:
        links = [core.link_of(row.snapshot or "") for row in core.import_files(files, tags=["交通/轨道"])]
        a, b, c, d = links
        core.set_note(a, "一\n二")
        first = core.make_collection("甲", "注")
        core.bulk(BulkAct(action="collect", links=tuple(links), collection=first.id))
        core.arrange_collection(first.id, [d, c, b, a])
        core.bulk(BulkAct(action="uncollect", links=(b,), collection=first.id))
        core.edit_collection(first.id, title="甲之二")
        core.make_collection("甲")
        core.remove_collection(core.make_collection("丙").id)
        core.rename_tag("交通", "领域/交通")
        core.undo_tag_change(core.rename_tag("领域", "范围").id)
        core.bulk(BulkAct(action="tag", links=(a, b), tags=("规划",)))
        core.bulk(BulkAct(action="trash", links=(c,)))
        core.save_search("检索", "q=文件")
        core.drop_search(core.save_search("别的", "q=别的").id)
        before = state(core)
        core.rebuild(lambda _: None)
        assert state(core) == before
        assert core.link(a).version == core.link(a).version != core.link(b).version
        [undoable] = [one for one in core.tags().changes if one.undone is None]
        core.undo_tag_change(undoable.id)
        assert core.link(a).tags == ("交通/轨道", "规划")
