"""Links that were asked for together, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cunzhao.collect.types import Verdict
from cunzhao.core.values.outcomes import ErrorView
from cunzhao.core.values.workbench import KnownLink

#: known: kept already, perhaps in another spelling; the user is asked.
JobState = Literal["waiting", "running", "done", "failed", "known"]
ENDED = ("done", "failed", "known")
WEB = ("http://", "https://")


def is_link(asked: str) -> bool:
    """Whether what was asked for is an address, and no word that is none."""
    return asked.lower().startswith(WEB)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobItem:
    n: int
    url: str
    state: JobState
    snapshot: str | None
    verdict: Verdict | None
    error: ErrorView | None
    engine: str | None = None  # of the snapshot
    attachments: int = 0  # files kept with it
    known: KnownLink | None = None  # what was asked for is kept already as this
    title: str = ""  # that a file gave it
    tags: tuple[str, ...] = ()  # of its own, that a file gave it


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How much of a job a page lists; what is being saved always is."""

    asks: int  # of what fails or asks something, the first
    rest: int  # of what is done the last, of what waits the first


FEW = Shown(asks=50, rest=5)
MANY = Shown(asks=400, rest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRest:
    """How many links of a job are in each state, of those that its `items` do not list."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    known: int = 0
    again: int = 0  # of those that failed, web addresses

    @property
    def total(self) -> int:
        return self.waiting + self.running + self.done + self.failed + self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    """Links that were asked for together, and how far they are."""

    id: str
    created: datetime
    tags: tuple[str, ...]
    collection: str
    items: tuple[JobItem, ...]  # all, or those that need a look and a few others
    rest: JobRest = JobRest()
    paused: ErrorView | None = None  # why nothing is saved at the moment: the disk is full
    stopped: bool = False  # by a user, until he resumes it
    dismissed: bool = False  # by a user, after it ended: it is no longer shown by itself

    @property
    def total(self) -> int:
        return len(self.items) + self.rest.total

    @property
    def ended(self) -> int:
        listed = sum(item.state in ENDED for item in self.items)
        return listed + self.rest.done + self.rest.failed + self.rest.known

    @property
    def failed(self) -> int:
        return sum(item.state == "failed" for item in self.items) + self.rest.failed

    @property
    def again(self) -> int:
        """Links that failed and can be asked for once more: no words that are none."""
        return sum(item.state == "failed" and is_link(item.url) for item in self.items) + self.rest.again

    @property
    def already(self) -> int:
        """Links that are kept already."""
        return sum(item.state == "known" for item in self.items) + self.rest.known
