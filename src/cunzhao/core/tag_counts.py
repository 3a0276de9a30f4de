"""How many links each tag has, for every page that lists tags: at 100,000 links a second's counting."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.orm import Session

from cunzhao.core import listing
from cunzhao.core.remembered import Remembered
from cunzhao.core.workbench_pages import TagCount


class TagCounts:
    @cached_property
    def _counted_tags(self) -> Remembered:
        return Remembered()

    def _tag_counts(self, session: Session) -> tuple[TagCount, ...]:
        """As they are; where counting takes long, as they were when a user last changed tags, or since."""
        return self._counted_tags.get(session, "tags", listing.tag_counts, lambda _: object())

    def _tags_changed(self) -> None:
        self._counted_tags.forget()
