"""What takes an act on very many links back: no page carries so much, it has but the word for it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa

from cunzhao.core.order.bulk import Bulk
from cunzhao.core.values.workbench import BulkAct, BulkDone
from cunzhao.errors import UsageWrong
from cunzhao.storage.clock import now_utc
from cunzhao.storage.organized import UndoRow

REMEMBERED = 50  # the last ones


class Undoing(Bulk):
    def keep_undo(self, acts: Sequence[BulkAct]) -> str:
        """The word by which these acts can be done, once; it holds over a restart."""
        row = UndoRow(word=secrets.token_urlsafe(16), at=now_utc(), acts=[asdict(act) for act in acts])
        word = row.word
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            last = sa.select(UndoRow.word).order_by(UndoRow.at.desc(), UndoRow.word).limit(REMEMBERED)
            session.execute(sa.delete(UndoRow).where(UndoRow.word.not_in(last)))
        return word

    def take_back(self, word: str) -> BulkDone:
        """Take back what has this word; what takes that back in turn is its `undo`. Raises UsageWrong."""
        with self._database.reading() as session:
            row = session.get(UndoRow, word)
            acts = [act_of(told) for told in row.acts] if row else []
        if not acts:
            detail = {"detail": "已经撤销，或隔得太久", "detail_en": "it is undone already, or too old"}
            mend = {"mend": "请在链接列表里逐项改回。", "mend_en": "Change it back in the list of links."}
            raise UsageWrong("undo", **detail, **mend)
        done = [self.bulk(act) for act in acts]
        with self._database.writing() as session:  # afterwards: who was cut off begins once more
            session.execute(sa.delete(UndoRow).where(UndoRow.word == word))
        links = dict.fromkeys(link for one in done for link in one.changed)
        again = tuple(one for did in reversed(done) for one in did.undo)
        return replace(done[0], changed=tuple(links), undo=again)


def act_of(told: Mapping[str, Any]) -> BulkAct:
    """An act as JSON has it. Raises TypeError, KeyError."""
    many = {name: tuple(told[name]) for name in ("links", "tags", "places")}
    return BulkAct(**{**told, **many})
