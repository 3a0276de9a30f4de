"""What `Core` does to many links at once; what it did can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core import ids
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.keeping import keeping
from cunzhao.core.keeping.adding import Adding
from cunzhao.core.keeping.entries import Entries, going_along
from cunzhao.core.order.tag_counts import TagCounts
from cunzhao.core.queries import collected
from cunzhao.core.values.workbench import BULK_ACTIONS, BULK_LINKS, BulkAct, BulkAction, BulkDone
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.organize.tags import check_tag
from cunzhao.storage.clock import now_utc
from cunzhao.storage.models import Link
from cunzhao.storage.organized import CollectionRow

Changed = list[tuple[Link, keeping.Change]]


class Bulk(Adding, TagCounts):
    _entries: Entries
    _deriver: Deriver

    def bulk(self, act: BulkAct) -> BulkDone:
        """Do one thing to many links, all or none; ids of no link are told as missing.

        Raises UsageWrong for what cannot be done, NotFound for a collection that is none.
        """
        act = _checked(act)
        asked = [id for id in act.links if ids.well_formed(id)]
        with self._database.writing() as session:
            query = sa.select(Link).where(Link.id.in_(asked)).order_by(Link.id).with_for_update()
            found = {link.id: link for link in session.scalars(query)}
            links = [found[id] for id in dict.fromkeys(asked) if id in found]
            changes = [] if act.action == "recapture" else _DOING[act.action](session, act, links)
            self._entries.journal_all(changes)
            for link_id in {link.id for link, _ in changes}:
                keeping.wait_for_index(session, link_id)
        self._tags_changed()
        self._deriver.drain()
        urls = [link.url for link in links if link.url.startswith(("http://", "https://"))]
        again = act.action == "recapture" and urls
        job = self.add("\n".join(urls), known="separate").id if again else None
        changed = [link.id for link, _ in changes] if act.action != "recapture" else [k.id for k in links]
        return BulkDone(
            action=act.action,
            changed=tuple(dict.fromkeys(changed)),
            missing=tuple(id for id in act.links if id not in found),
            undo=_undo(act, changes),
            job=job,
        )


def _checked(act: BulkAct) -> BulkAct:
    links = set(act.links)
    if act.action not in BULK_ACTIONS:
        _wrong(act.action, "没有这种操作", "there is no such action")
    if not links:
        _wrong("links", "没有选择链接", "no link was chosen")
    if len(links) > BULK_LINKS:
        _wrong(str(len(links)), f"一次最多 {BULK_LINKS} 条", f"at most {BULK_LINKS} links at once")
    if act.action in ("tag", "untag") and not act.tags:
        _wrong("tags", "没有填写标签", "no tag was given")
    if act.places and len(act.places) != len(act.links):
        _wrong("places", "位置与链接的数目不一致", "there is not one place for each link")
    return replace(act, tags=tuple(dict.fromkeys(map(check_tag, act.tags))))


def _wrong(said: str, detail: str, detail_en: str) -> None:
    mend = {"mend": "请检查后再试一次。", "mend_en": "Check it and try again."}
    raise UsageWrong(said[:60], detail=detail, detail_en=detail_en, **mend)


def _with_attached(session: Session, act: BulkAct, links: Sequence[Link]) -> list[Link]:
    if act.alone:
        return list(links)
    more = [one for link in links for one in keeping.attached_to(session, link.id)]
    return list({one.id: one for one in (*links, *more)}.values())


def _tag(session: Session, act: BulkAct, links: Sequence[Link]) -> Changed:
    every = _with_attached(session, act, links)
    return [(link, ("tag", tag)) for link in every for tag in keeping.add_tags(link, act.tags)]


def _untag(session: Session, act: BulkAct, links: Sequence[Link]) -> Changed:
    every = _with_attached(session, act, links)
    return [(link, change) for link in every for change in keeping.drop_tags(link, act.tags)]


def _trash(session: Session, act: BulkAct, links: Sequence[Link]) -> Changed:
    done: list[Link] = []
    for link in links:
        if (link.removed is None) == (act.action == "trash"):
            link.removed = now_utc() if act.action == "trash" else None
            session.flush()
            along = [] if act.alone else going_along(session, link)
            for one in along:
                one.removed = link.removed
            done += [link, *along]
    return [(link, ("remove" if act.action == "trash" else "restore", "")) for link in done]


def _collect(session: Session, act: BulkAct, links: Sequence[Link]) -> Changed:
    row = _collection(session, act)
    if row.removed and not act.alone:
        raise _no_collection(act)
    places = dict(zip(act.links, act.places, strict=False))
    changes: Changed = []
    for link in links:
        changes += [(link, told) for told in keeping.collect(session, link, row.id, places.get(link.id))]
    return changes


def _uncollect(session: Session, act: BulkAct, links: Sequence[Link]) -> Changed:
    _collection(session, act)
    stood = [(link, collected.take(session, act.collection, link.id)) for link in links]
    return [(link, ("uncollect", f"{act.collection} {place}")) for link, place in stood if place is not None]


def _collection(session: Session, act: BulkAct) -> CollectionRow:
    row = collected.locked(session, act.collection) if ids.well_formed(act.collection) else None
    if row is None:
        raise _no_collection(act)
    return row


def _no_collection(act: BulkAct) -> NotFound:
    return NotFound(act.collection[:60], what="专题", what_en="collection")


_DOING: dict[str, Callable[[Session, BulkAct, Sequence[Link]], Changed]] = {
    "tag": _tag, "untag": _untag, "collect": _collect, "uncollect": _uncollect, "trash": _trash,
    "restore": _trash,
}  # fmt: skip


def _undo(act: BulkAct, changes: Changed) -> tuple[BulkAct, ...]:
    """What takes exactly these changes back."""
    those = tuple(link.id for link, _ in changes)
    match act.action:
        case "tag" | "untag":
            by_tag: dict[str, list[str]] = defaultdict(list)
            for link, (_, tag) in changes:
                by_tag[tag].append(link.id)
            back = replace(act, action="untag" if act.action == "tag" else "tag", alone=True)
            return tuple(replace(back, links=tuple(some), tags=(tag,)) for tag, some in by_tag.items())
        case "trash" | "restore" if those:
            other: BulkAction = "restore" if act.action == "trash" else "trash"
            return (BulkAct(action=other, links=those, alone=True),)
        case "collect" if those:
            return (BulkAct(action="uncollect", links=those, collection=act.collection),)
        case "uncollect" if those:
            places = tuple(int(value.partition(" ")[2]) for _, (_, value) in changes)
            back = BulkAct(action="collect", links=those, collection=act.collection, places=places)
            return (replace(back, alone=True),)
    return ()
