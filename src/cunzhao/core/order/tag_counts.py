"""How many links each tag has, for every page that lists tags: at 100,000 links a second's counting."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.store import Archive
from cunzhao.core.queries import listing
from cunzhao.core.queries.remembered import Remembered, stamp
from cunzhao.core.values.workbench import TagCount
from cunzhao.storage.models import Link, LinkTag


class TagCounts:
    _archive: Archive

    @cached_property
    def _counted_tags(self) -> Remembered:
        return Remembered()

    def _tag_counts(self, session: Session) -> tuple[TagCount, ...]:
        """As they are; where counting takes long, as they were when a user last changed tags, or since."""
        return self._counted_tags.get(session, "tags", listing.tag_counts, self._told, kept=True)

    def _tags_changed(self) -> None:
        self._counted_tags.forget()

    def _told(self, session: Session) -> Hashable:
        """Another one whenever tags, links or the trash are others; every process journals what it does."""
        told = (sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in (LinkTag, Link))
        return self._archive.journal_size(), stamp(session), tuple(session.execute(sa.select(*told)).one())
