"""Lists are paged by key: each row once, whatever comes meanwhile; a forged cursor is told to be one."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cunzhao.core import Core
from cunzhao.core.corrections import reviewing
from cunzhao.core.data import figures, filed, named
from cunzhao.core.queries import collected, listing
from cunzhao.core.queries.cursors import cursor, key_of
from cunzhao.core.values.corrections import CorrectionFilter
from cunzhao.core.values.figures import FigureFilter
from cunzhao.core.values.filed import AgreementFilter, NameFilter, ProjectFilter
from cunzhao.errors import UsageWrong
from cunzhao.settings import Settings
from cunzhao.storage.database import open_database
from cunzhao.storage.filed import AgreementRow, NamedRow, ProjectRow
from cunzhao.storage.models import CorrectionRow, DocumentRow, Link, ObservationRow, Snapshot
from cunzhao.storage.organized import CollectedRow, CollectionRow

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEXT = "2018年，绍兴市地区生产总值5108亿元。"

moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6)


@given(text=texts, whole=st.integers(-(2**63) + 1, 2**63 - 1), number=numbers, at=moments)
def test_a_cursor_gives_the_key_back(text: str, whole: int, number: Decimal, at: datetime):
    kinds = (str, int, Decimal, datetime)
    assert key_of(cursor(text, whole, number, at), *kinds) == (text, whole, number, at)
    assert key_of("", *kinds) is None


@given(
    forged=st.one_of(st.text(min_size=1), st.binary(min_size=1).map(lambda b: urlsafe_b64encode(b).decode()))
)
def test_a_forged_cursor_is_told_in_words_or_is_a_key(forged: str):
    for kinds in ((str, int), (Decimal, int), (datetime, str), (int, int, str)):
        try:
            key = key_of(forged, *kinds)
        except UsageWrong as error:
            assert "第一页" in error.text("zh")
        else:
            assert key is not None and len(key) == len(kinds)


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ((1,), (str,)), (("a",), (int,)), ((True,), (int,)), ((2**63,), (int,)), (("NaN",), (Decimal,)),
        (("1e999",), (Decimal,)), (("2026-01-01",), (datetime,)), (("9999-12-31T00:00:00+00:00",), (datetime,)),
        (("a\0b",), (str,)), (("\ud800",), (str,)), (("a", "b"), (str,)),
    ],
)  # fmt: skip
def test_a_key_that_no_database_holds_is_no_cursor(key: tuple[Any, ...], kinds: tuple[type, ...]):
    with pytest.raises(UsageWrong):
        key_of(cursor(*key), *kinds)


@dataclass
class Rows:
    """Rows of every list, with few keys, so that many stand at the same place."""

    core: Core
    numbers: Iterator[int]

    def add(self, keys: list[int]) -> None:
        with self.core._database.writing() as session:
            for key in keys:
                self._add(session, next(self.numbers), key)

    def _add(self, session: Any, n: int, key: int) -> None:
        link, snapshot, at = f"{n:016x}", f"s{n:06}", NOW + timedelta(days=key)
        session.add(Link(id=link, url=f"https://a.example/{n}", added=at, best_id=snapshot))
        session.add(Link(id=f"f{n:015x}", url=f"https://b.example/{n}", added=at, removed=at))
        session.flush()
        session.add(CollectedRow(collection_id="c", link_id=link, place=key))
        told = {"engine": "http", "requested_url": "u", "final_url": "u", "captured": at, "seconds": 0.1}
        session.add(Snapshot(id=snapshot, link_id=link, verdict="complete", bytes=1, **told))
        session.flush()
        session.add(DocumentRow(snapshot_id=snapshot, text=TEXT, document={}, title=f"t{n}"))
        session.flush()
        where = {"snapshot_id": snapshot, "start": 14, "end": 20, "quote": f"{n}亿元"}
        session.add(
            ObservationRow(
                **where, indicator=f"指标{key}", label="x", region="", period="2018", measure="level",
                nature="actual", comparator="=", value=n, unit="元", step=1,
            )
        )  # fmt: skip
        session.add(AgreementRow(**where, parties=["甲", "乙"], date=f"20{10 + key}", nature="actual"))
        session.add(ProjectRow(**where, name=f"p{n}", parties=[], amount=key * 10**8, currency="元"))
        session.add(NamedRow(**where, kind="person", name="王伟"))
        said = {"before": "", "after": "", "old": {}, "new": {"value": "1"}, "action": "change", "at": at}
        session.add(CorrectionRow(id=f"{key:03}{n:06}", kind="figure", **where, **said))


Page = Callable[[Core, str], tuple[list[str], str | None]]


def _figures(core: Core, after: str) -> tuple[list[str], str | None]:
    page = core.figures(FigureFilter(after=after))
    return [row.observation.span.quote for row in page.rows], page.next


def _agreements(core: Core, after: str) -> tuple[list[str], str | None]:
    page = core.agreements(AgreementFilter(after=after))
    return [row.source.quote for row in page.rows], page.next


def _projects(core: Core, after: str) -> tuple[list[str], str | None]:
    page = core.projects(ProjectFilter(after=after))
    return [row.name for row in page.rows], page.next


def _mentions(core: Core, after: str) -> tuple[list[str], str | None]:
    page = core.names(NameFilter(name="王伟", after=after))
    return [row.source.quote for row in page.mentions], page.next


def _links(core: Core, after: str) -> tuple[list[str], str | None]:
    page = core.home(cursor=after)
    return [row.id for row in page.links], page.next


def _trash(core: Core, after: str) -> tuple[list[str], str | None]:
    page = core.trash(after=after)
    return [row.id for row in page.links], page.next


def _collection(core: Core, after: str) -> tuple[list[str], str | None]:
    page = core.collection("c", cursor=after)
    return [row.id for row in page.links], page.next


def _corrections(core: Core, after: str) -> tuple[list[str], str | None]:
    page = core.corrections(replace(CorrectionFilter(), after=after))
    return [row.id for row in page.rows], page.next


LISTS: tuple[Page, ...] = (
    _figures, _agreements, _projects, _mentions, _links, _trash, _collection, _corrections,
)  # fmt: skip


@pytest.fixture
def rows(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rows]:
    for module, name in (
        (figures, "FIGURES"), (filed, "ROWS"), (named, "ROWS"), (listing, "PAGE"), (collected, "PAGE"),
        (reviewing, "ROWS"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 3)
    core = Core(settings, open_database(settings))
    with core._database.writing() as session:
        session.add(CollectionRow(id="c", title="专题", made=NOW))
    yield Rows(core, count(1))
    core.close()


@hypothesis_settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=st.lists(st.integers(0, 4), min_size=4, max_size=8), later=st.lists(st.integers(0, 4), max_size=4)
)
def test_walking_all_pages_gives_every_row_once_also_while_rows_are_added(
    rows: Rows, first: list[int], later: list[int]
):
    with rows.core._database.writing() as session:
        tables = (
            ObservationRow,
            AgreementRow,
            ProjectRow,
            NamedRow,
            CorrectionRow,
            CollectedRow,
            DocumentRow,
        )
        for table in (*tables, Snapshot, Link):
            session.execute(sa.delete(table))
    rows.add(first)
    whole = {page: _walked(rows.core, page) for page in LISTS}
    assert {len(found) for found in whole.values()} == {len(first)}
    come = {page: iter(later) for page in LISTS}
    for page in LISTS:
        found = _walked(rows.core, page, lambda: rows.add([*next_of(come[page])]))  # noqa: B023
        assert len(set(found)) == len(found)
        there = set(whole[page])
        assert [one for one in found if one in there] == whole[page]


def next_of(coming: Iterator[int]) -> Iterator[int]:
    """One more, as long as there are any."""
    key = next(coming, None)
    if key is not None:
        yield key


def _walked(core: Core, page: Page, between: Callable[[], None] = lambda: None) -> list[str]:
    found, after = page(core, "")
    while after:
        between()
        more, after = page(core, after)
        found += more
    return found


def test_no_list_takes_a_forged_cursor_for_its_first_page(rows: Rows):
    for page in LISTS:
        for forged in ("x", "WzFd", "é", cursor(1, 2, 3, 4), "A" * 9_000):
            with pytest.raises(UsageWrong):
                page(rows.core, forged)
