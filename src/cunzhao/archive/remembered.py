"""What a process remembers of its writes, for captures that share a requisite or repeat a payload."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import TypeVar

from cunzhao.archive.types import RecordRef, ToldAnswer
from cunzhao.archive.writing import Draft

K = TypeVar("K")
V = TypeVar("V")
MOST = 50_000  # records


class Remembered:
    """The newest MOST records of this process, and what was told of them."""

    def __init__(self) -> None:
        self.records: OrderedDict[str, RecordRef] = OrderedDict()  # by id
        self.payloads: OrderedDict[str, RecordRef] = OrderedDict()  # responses, by digest
        self.at: OrderedDict[tuple[str, str], RecordRef] = OrderedDict()  # responses, resources: URL, digest
        self.answers: OrderedDict[str, ToldAnswer] = OrderedDict()  # told of revisits, by record id

    def add(self, draft: Draft) -> None:
        """What a draft wrote, once it is on disk."""
        _add(self.records, draft.written)
        _add(self.payloads, draft.payloads)
        _add(self.at, draft.at)
        _add(self.answers, draft.answers)


def _add(remembered: OrderedDict[K, V], new: Mapping[K, V]) -> None:
    remembered.update(new)
    while len(remembered) > MOST:
        remembered.popitem(last=False)
