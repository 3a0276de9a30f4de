"""What `Core` knows of all tags: the tree of them, renaming and merging, and the way back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.store import Archive
from cunzhao.core import ids
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.keeping.entries import tell
from cunzhao.core.order.tag_counts import TagCounts
from cunzhao.core.queries import retagging
from cunzhao.core.values.workbench import TagChange, TagsPage
from cunzhao.errors import NameInUse, NotFound, UsageWrong
from cunzhao.organize.tags import MAX_TAG, check_tag, is_under, renamed
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.organized import TagChangeRow

SHOWN = 20  # changes on the page of tags


class Tagging(TagCounts):
    _database: Database
    _archive: Archive
    _deriver: Deriver

    def tags(self) -> TagsPage:
        with self._database.reading() as session:
            counts = sorted(self._tag_counts(session), key=lambda tag: tag.name.split("/"))
            query = sa.select(TagChangeRow).order_by(TagChangeRow.id.desc()).limit(SHOWN)
            return TagsPage(tags=tuple(counts), changes=tuple(map(_change, session.scalars(query))))

    def rename_tag(self, old: str, new: str) -> TagChange:
        """Call a tag otherwise, with all below it; where the new name is in use both become one.

        Raises NotFound where no link has the tag or one below it, UsageWrong and NameInUse for a name that
        cannot be.
        """
        old, new = check_tag(old, kept=True), check_tag(new)
        if is_under(new, old):
            zh = "新旧名称相同" if new == old else "不能把标签移到它自己的下面"
            en = "both names are the same" if new == old else "a tag cannot go below itself"
            mend = {"mend": "请换一个名称。", "mend_en": "Use another name."}
            raise NameInUse(new, detail=zh, detail_en=en, **mend)
        with self._database.writing() as session:
            _check_lengths(session, old, new)
            now = now_utc()
            row = retagging.rename(session, ids.new_id(now), old, new, now)
            if row is None:
                raise NotFound(old, what="标签", what_en="tag")
            tell(self._archive, "retag", {"id": row.id, "old": old, "new": new}, now)
            done = _change(row)
        self._tags_changed()
        self._deriver.drain()
        return done

    def undo_tag_change(self, change_id: str) -> TagChange:
        """Links have the tags again that they had before; what was changed since stays.

        Undone already, it is told as it is. Raises NotFound.
        """
        with self._database.writing() as session:
            now = now_utc()
            row = retagging.undo(session, change_id, now)
            if row is not None:
                tell(self._archive, "unretag", {"id": change_id}, now)
            row = row or session.get(TagChangeRow, change_id)
            if row is None:
                raise NotFound(change_id, what="标签改动", what_en="change of a tag")
            done = _change(row)
        self._tags_changed()
        self._deriver.drain()
        return done


def _check_lengths(session: Session, old: str, new: str) -> None:
    for tag in retagging.tags_under(session, old):
        if len(renamed(tag, old, new)) > MAX_TAG:
            raise UsageWrong(
                renamed(tag, old, new),
                detail=f"下级标签会超过 {MAX_TAG} 个字",
                detail_en=f"a tag below it would be longer than {MAX_TAG} characters",
                mend="请换一个短一些的名称。",
                mend_en="Use a shorter name.",
            )


def _change(row: TagChangeRow) -> TagChange:
    return TagChange(
        id=row.id,
        old=row.old,
        new=row.new,
        links=len({link for link, *_ in row.moved}),
        merged=any(had for *_, had in row.moved),
        at=row.at,
        undone=row.undone,
    )
