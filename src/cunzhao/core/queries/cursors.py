"""Where a page of a list begins: behind the key of the last row of the page before, as opaque text.

A key ends with what no two rows share (an id), so that pages neither skip nor repeat a row when others come
or go meanwhile. Whoever forges a cursor is told so, or gets a page that begins elsewhere; nothing else.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa

from cunzhao.errors import NoSuchChoice

_LONGEST = 8_000  # characters
_LARGEST = 2**63 - 1
_NUMBERS = Decimal(10) ** 32  # the columns' scale


def cursor(*key: object) -> str:
    """The key of a row: texts, whole numbers, decimals and times, as they stand in the order."""
    said = [one if isinstance(one, int | str) else _said(one) for one in key]
    packed = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(packed).decode().rstrip("=")


def key_of(text: str, *kinds: type) -> tuple[Any, ...] | None:
    """The key that `cursor` made, of these kinds; None of an empty text. Raises NoSuchChoice."""
    if not text:
        return None
    try:
        if len(text) > _LONGEST or not text.isascii():
            raise ValueError
        said = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8"))
        if not isinstance(said, list) or len(said) != len(kinds):
            raise ValueError
        return tuple(_meant(one, kind) for one, kind in zip(said, kinds, strict=True))
    except (ValueError, RecursionError, InvalidOperation) as exc:
        mend = {"mend": "请从第一页重新翻页。", "mend_en": "Start again from the first page."}
        raise NoSuchChoice(text[:40], detail="页码无效", detail_en="wrong page cursor", **mend) from exc


def behind(columns: Sequence[Any], key: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Rows behind this one, where every column rises."""
    return sa.tuple_(*columns) > _held(columns, key)


def before(columns: Sequence[Any], key: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Rows behind this one, where every column falls."""
    return sa.tuple_(*columns) < _held(columns, key)


def _held(columns: Sequence[Any], key: Sequence[Any]) -> sa.Tuple:
    return sa.tuple_(*(sa.literal(one, column.type) for column, one in zip(columns, key, strict=True)))


def _said(one: object) -> str:
    return one.isoformat() if isinstance(one, datetime) else f"{one:f}"


def _meant(said: object, kind: type) -> Any:
    """Raises ValueError, InvalidOperation."""
    if kind is int:
        if isinstance(said, int) and not isinstance(said, bool) and abs(said) <= _LARGEST:
            return said
        raise ValueError(said)
    if not isinstance(said, str) or "\0" in said or not _whole(said):
        raise ValueError(said)
    if kind is datetime:
        moment = datetime.fromisoformat(said)
        if moment.tzinfo is None or not 1 < moment.year < 9999:
            raise ValueError(said)
        return moment
    if kind is Decimal:
        number = Decimal(said)
        if not number.is_finite() or abs(number) >= _NUMBERS:
            raise ValueError(said)
        return number
    return said


def _whole(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in text)
