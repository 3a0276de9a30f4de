"""How many links each tag has, for every page that lists tags: at 100,000 links a second's counting."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core import listing
from cunzhao.core.remembered import Remembered, stamp
from cunzhao.core.workbench_pages import TagCount
from cunzhao.storage.models import Link, LinkTag


class TagCounts:
    @cached_property
    def _counted_tags(self) -> Remembered:
        return Remembered()

    def _tag_counts(self, session: Session) -> tuple[TagCount, ...]:
        """As they are; where counting takes long, as they were when a user last changed tags, or since."""
        dear = self._counted_tags.dear("tags")
        return self._counted_tags.get(
            session, "tags", listing.tag_counts, _told if dear else _never, kept=True
        )

    def _tags_changed(self) -> None:
        self._counted_tags.forget()


def _told(session: Session) -> Hashable:
    """Another one, most often, where another process changed tags."""
    told = (sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in (LinkTag, Link))
    return stamp(session), tuple(session.execute(sa.select(*told)).one())


def _never(session: Session) -> Hashable:
    """What is cheap is always counted anew."""
    return object()
