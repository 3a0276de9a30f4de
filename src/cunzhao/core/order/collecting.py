"""What `Core` does with collections (专题): made, edited, put in order, taken away and brought back.

Links are put in and taken out by `Bulk`, and by saving them into one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.store import Archive
from cunzhao.core import ids
from cunzhao.core.keeping.entries import tell
from cunzhao.core.queries import collected, listing
from cunzhao.core.queries.rows import check_version, version_of
from cunzhao.core.values.pages import CollectionPage, ListedLink
from cunzhao.core.values.workbench import CollectionCard, CollectionsPage
from cunzhao.errors import NameInUse, NotFound
from cunzhao.language import language
from cunzhao.organize.names import check_note, check_title
from cunzhao.settings import Settings
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.models import Link
from cunzhao.storage.organized import CollectedRow, CollectionRow
from cunzhao.storage.upsert import insert_new


class Collecting:
    settings: Settings
    _database: Database
    _archive: Archive

    def collections(self) -> CollectionsPage:
        with self._database.reading() as session:
            query = sa.select(CollectionRow).order_by(CollectionRow.title, CollectionRow.id)
            cards = _cards(session, list(session.scalars(query)))
        gone = [card for card in cards if card.removed]
        gone.sort(key=lambda card: card.removed or card.made, reverse=True)
        kept = tuple(card for card in cards if not card.removed)
        return CollectionsPage(collections=kept, removed=tuple(gone))

    def collection(self, collection_id: str, *, cursor: str | None = None) -> CollectionPage:
        """A collection with its links in the user's order, a page at a time. Raises NotFound, UsageWrong."""
        with self._database.reading() as session:
            row = _row(session, collection_id)
            links, following = collected.page(session, collection_id, cursor)
            return CollectionPage(
                collection=_card(session, row),
                links=listing.link_rows(session, links, language(self.settings.lang)),
                next=following,
            )

    def collection_links(self, collection_id: str) -> tuple[str, Iterator[ListedLink]]:
        """The title of a collection and all its links in the user's order. Raises NotFound."""
        with self._database.reading() as session:
            return _row(session, collection_id).title, self._listed(collection_id)

    def _listed(self, collection_id: str) -> Iterator[ListedLink]:
        after: str | None = ""
        while after is not None:
            with self._database.reading() as session:
                links, after = collected.listed(session, collection_id, after)
            yield from links

    def collection_titled(self, title: str) -> str:
        """The id of the collection of this title, or the id itself. Raises NotFound."""
        with self._database.reading() as session:
            return (collected.titled(session, title) or _row(session, title)).id

    def make_collection(self, title: str, note: str = "") -> CollectionCard:
        """Raises UsageWrong, and NameInUse where there is one of that title."""
        title, note = check_title(title), check_note(note)
        with self._database.writing() as session:
            _demand_free(session, title)
            now = now_utc()
            id = collected.free_id(session, CollectionRow, title)
            row = {"id": id, "title": title, "note": note, "made": now}
            session.execute(insert_new(session, CollectionRow), [row])  # by another at this very moment
            made = session.get_one(CollectionRow, id)
            self._journal_collection(made, now)
            return _card(session, made)

    def edit_collection(
        self,
        collection_id: str,
        *,
        title: str | None = None,
        note: str | None = None,
        version: str | None = None,
    ) -> CollectionCard:
        """Raises NotFound, UsageWrong, EditConflict."""
        title = None if title is None else check_title(title)
        note = None if note is None else check_note(note)
        with self._database.writing() as session:
            row = _held(session, collection_id, version)
            if title is not None and title != row.title:
                _demand_free(session, title)
                row.title = title
            row.note = row.note if note is None else note
            self._journal_collection(row, now_utc())
            return _card(session, row)

    def arrange_collection(
        self, collection_id: str, links: Sequence[str], *, version: str | None = None
    ) -> CollectionCard:
        """Let links change places with each other; those not named stay. Raises NotFound, EditConflict."""
        with self._database.writing() as session:
            row = _held(session, collection_id, version)
            wanted = [link for link in links if ids.well_formed(link)]
            told = {"id": collection_id, "links": wanted}
            tell(self._archive, "arrange", told, now_utc())
            collected.arrange(session, collection_id, wanted)
            return _card(session, row)

    def remove_collection(self, collection_id: str) -> CollectionCard:
        """Take a collection away; its links stay, and so does its order for `restore_collection`."""
        with self._database.writing() as session:
            row = _held(session, collection_id, None)
            row.removed = row.removed or now_utc()
            self._journal_collection(row, now_utc())
            return _card(session, row)

    def restore_collection(self, collection_id: str) -> CollectionCard:
        """Bring a collection back. Raises NameInUse where another has its title by now."""
        with self._database.writing() as session:
            row = _held(session, collection_id, None)
            if row.removed:
                _demand_free(session, row.title)
                row.removed = None
                self._journal_collection(row, now_utc())
            return _card(session, row)

    def _journal_collection(self, row: CollectionRow, at: datetime) -> None:
        told = {"id": row.id, "title": row.title, "note": row.note, "removed": row.removed is not None}
        tell(self._archive, "collection", told, at)


def _row(session: Session, collection_id: str) -> CollectionRow:
    row = session.get(CollectionRow, collection_id)
    if row is None:
        raise NotFound(collection_id, what="专题", what_en="collection")
    return row


def _held(session: Session, collection_id: str, version: str | None) -> CollectionRow:
    row = collected.locked(session, collection_id) or _row(session, collection_id)
    check_version(row.title, version, _version(row))
    return row


def _demand_free(session: Session, title: str) -> None:
    if collected.titled(session, title) is not None:
        raise NameInUse(
            title,
            detail="已有同名的专题",
            detail_en="there is a collection of this title",
            mend="请换一个名称，或先给原来的专题改名。",
            mend_en="Use another title, or rename the other collection first.",
        )


def _version(row: CollectionRow) -> str:
    return version_of(row.title, row.note, row.turn)


def _card(session: Session, row: CollectionRow) -> CollectionCard:
    session.flush()
    session.refresh(row)
    [card] = _cards(session, [row])
    return card


def _cards(session: Session, found: Sequence[CollectionRow]) -> list[CollectionCard]:
    held = sa.select(CollectedRow.collection_id, sa.func.count()).group_by(CollectedRow.collection_id)
    held = held.where(CollectedRow.collection_id.in_([row.id for row in found]))
    gone = held.join(Link, Link.id == CollectedRow.link_id).where(Link.removed.is_not(None))
    counts, removed = listing.pairs(session, held), listing.pairs(session, gone)
    return [
        CollectionCard(
            id=row.id,
            title=row.title,
            note=row.note,
            made=row.made,
            removed=row.removed,
            links=counts.get(row.id, 0) - removed.get(row.id, 0),
            version=_version(row),
        )
        for row in found
    ]
