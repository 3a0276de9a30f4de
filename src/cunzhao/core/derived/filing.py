"""Agreements, projects, people and bodies of a document's facts, as rows that can be asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.extract.places.codes import codes_of, current, name_of
from cunzhao.extract.types import Fact
from cunzhao.storage.filed import AgreementPlaceRow, AgreementRow, NamedRow, ProjectRow

KINDS = ("figure", "person", "agreement", "project", "task")  # whose facts `observing` and this ask for
LARGEST = Decimal(10) ** 30
LONGEST = 200  # characters of a name
_DIVISIONS = ("省", "市", "区", "县", "州", "盟", "旗")
_LONGEST_DIVISION = 12

Row = AgreementRow | ProjectRow | NamedRow


def file(session: Session, snapshot_id: str, facts: Sequence[Fact]) -> None:
    """Put the facts of a document in the place of those it had."""
    for table in (AgreementRow, ProjectRow, NamedRow):
        session.execute(sa.delete(table).where(table.snapshot_id == snapshot_id))
    for fact in facts:
        where = {"snapshot_id": snapshot_id, "start": fact.span.start, "end": fact.span.end}
        for row in _rows(fact, where | {"quote": fact.span.quote}):
            session.add(row)
            if isinstance(row, AgreementRow):
                _add_places(session, row)


def _add_places(session: Session, row: AgreementRow) -> None:
    session.flush()
    places = dict(filter(None, map(place_of, row.parties)))
    session.add_all(
        AgreementPlaceRow(agreement_id=row.id, place=key, name=name) for key, name in places.items()
    )


def _rows(fact: Fact, where: dict[str, Any]) -> Iterator[Row]:
    said = fact.fields
    if fact.kind == "person":
        yield NamedRow(kind="person", name=_cut(said["name"]), role=said["position"] or "", **where)
    elif fact.kind == "agreement":
        parties = list(said["parties"])
        told = {name: said[name] or "" for name in ("form", "about", "date")}
        yield AgreementRow(parties=parties, nature=said["nature"], **told, **where)
        yield from _bodies(parties, "签约", where)
    elif fact.kind == "project":
        yield _project(said, where)
        yield from _bodies(said["parties"], "项目", where)
    elif fact.kind == "task":
        yield from _bodies(said.get("lead_names") or said.get("lead") or (), "牵头", where)
        yield from _bodies(said.get("units_names") or said.get("units") or (), "责任", where)


def _project(said: Any, where: dict[str, Any]) -> ProjectRow:
    amount = Decimal(str(said["investment"] or 0))
    place = place_of(said["place"] or "")
    return ProjectRow(
        name=said["name"],
        place=said["place"] or "",
        area=place[0] if place else "",
        parties=list(said["parties"]),
        amount=amount if 0 <= amount < LARGEST else 0,
        currency=(said["currency"] or "") if amount else "",
        stage=said["stage"] or "",
        **where,
    )


def _bodies(names: Sequence[str], role: str, where: dict[str, Any]) -> Iterator[NamedRow]:
    for name in dict.fromkeys(names):
        if name.strip():
            yield NamedRow(kind="body", name=_cut(name), role=role, **where)


def _cut(name: str) -> str:
    return " ".join(name.split())[:LONGEST]


@lru_cache(maxsize=8192)
def place_of(party: str) -> tuple[str, str] | None:
    """The division that a party is, or that its name begins with in full (绍兴市人民政府 -> 绍兴市): its code
    of today, or its name where several are called so, and its name. None for firms, schools and the like.
    """
    found: tuple[str, str] | None = None
    within, rest = None, party
    while rest:
        head = next((part for part in _heads(rest) if _known(part, within)), None)
        if head is None:
            return found
        codes = codes_of(head, within)
        code = current(codes[0]) if len(codes) == 1 else ""
        found = (code or head, (name_of(code) if code else None) or head)
        within, rest = head, rest[len(head) :]
    return found


def _heads(text: str) -> Iterator[str]:
    """What may be a division's name at its beginning, the longest first; the whole in its short form too."""
    if len(text) <= _LONGEST_DIVISION:
        yield text
    for end in range(min(len(text), _LONGEST_DIVISION), 1, -1):
        if text[end - 1] in _DIVISIONS:
            yield text[:end]


def _known(name: str, within: str | None) -> bool:
    return len(codes_of(name, within)) == 1 or (name[-1] in "市区县" and _several(name))


def _several(name: str) -> bool:
    """Whether it is a division's name that several bear: 普陀区."""
    return any(len(codes_of(name, province)) == 1 for province in _PROVINCES)


_PROVINCES = tuple(filter(None, (name_of(f"{n}0000") for n in range(11, 83))))
