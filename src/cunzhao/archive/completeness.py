"""How complete a page was kept, judged by its pageinfo record alone."""

from __future__ import annotations

from dataclasses import dataclass

from cunzhao.archive.types import PageInfo
from cunzhao.collect.types import Missing

#: Roles of what a snapshot keeps beside what its page asks for.
NO_REQUISITES = {"page", "redirect", "screenshot", "pdf", "dom", "text", "session", "certificate"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    have: int  # requisites that are kept, each URL counted once
    wanted: int  # requisites that the page asked for
    missing: tuple[Missing, ...]  # the others, and why

    @property
    def share(self) -> float:
        """0 to 1; of a page that asks for nothing: 1."""
        return self.have / self.wanted if self.wanted else 1.0


def completeness(info: PageInfo) -> Completeness:
    """A requisite that came with an error status is kept as evidence and missing all the same."""
    missing = {told.url: told for told in info.missing}
    have = {kept.url for kept in info.kept if kept.role not in NO_REQUISITES} - missing.keys()
    return Completeness(have=len(have), wanted=len(have) + len(missing), missing=tuple(missing.values()))
