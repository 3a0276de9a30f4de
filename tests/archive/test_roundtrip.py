"""Written then read gives the same bytes, whatever a server sends."""

from __future__ import annotations

import gzip
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cunzhao.archive.reading import http_headers, scan
from cunzhao.archive.restoring import restore
from cunzhao.archive.store import Archive
from cunzhao.collect.types import Body, Entry, Exchange
from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database
from tests.archive.making import S, capture
from tests.archive.test_store import warcio_check

names = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,15}", fullmatch=True).filter(
    lambda name: name.lower() not in ("content-encoding", "transfer-encoding", "content-length")
)
values = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f\x85\xa0"), max_size=30
)
bodies = st.binary(max_size=3000) | st.binary(min_size=1, max_size=50).map(lambda b: b * 400)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database without any record; the rows of what is written are not added here."""
    opened = open_database(Settings(home=tmp_path_factory.mktemp("empty")))
    yield opened
    opened.close()


@given(
    headers=st.lists(st.tuples(names, values.map(str.strip)), max_size=8),
    body=bodies,
    status=st.integers(200, 599),
    coded=st.sampled_from(["", "gzip"]),
    path=st.text(max_size=20),
)
@example(headers=[], body=b"", status=200, coded="", path="<")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_answer_is_read_back_as_it_was_received(
    empty: Database, headers: list[tuple[str, str]], body: bytes, status: int, coded: str, path: str
) -> None:
    with TemporaryDirectory() as folder:
        settings_ = Settings(home=Path(folder))
        _holds(settings_, empty, headers, gzip.compress(body) if coded else body, status, coded, path)


def _holds(
    settings_: Settings,
    database: Database,
    headers: list[tuple[str, str]],
    body: bytes,
    status: int,
    coded: str,
    path: str,
) -> None:
    told = tuple(headers) + ((("Content-Encoding", coded),) if coded else ())
    head = f"HTTP/1.1 {status} \r\n" + "".join(f"{k}: {v}\r\n" for k, v in told) + "\r\n"
    exchange = Exchange(
        id=str(uuid.uuid4()),
        url="http://g.example/" + path,
        started=datetime(2026, 3, 1, tzinfo=UTC),
        seconds=0.1,
        peer=None,
        request_head=b"GET / HTTP/1.1\r\n\r\n",
        response_head=head.encode("latin-1"),
        status=status,
        headers=told,
        body=Body([body]),
    )
    archive = Archive(settings_, database)
    written = archive.write(capture(exchange), snapshot=S[0], entry=Entry(url=exchange.url))
    archive.close()
    stored = archive.read(written.records[0])
    assert (stored.body, stored.headers) == (body, told)
    (path_,) = archive.folder.glob("*.warc.gz")
    (restored,) = restore(path_, path_.name)
    assert restored.written.records == written.records
    answer = next(record for record in scan(path_) if record.type == "response")
    assert answer.head == exchange.response_head
    assert warcio_check(path_)[0] == 0
    assert list(archive.verify()) == []


def test_headers_that_break_the_rules_are_read_as_far_as_they_go() -> None:
    head = b"HTTP/1.1 200 OK\r\nA: 1\r\n folded\r\nno colon\r\nB:\r\nSet-Cookie: a\r\nset-cookie: b\r\n\r\n"
    assert http_headers(head) == (
        200,
        (("A", "1 folded"), ("B", ""), ("Set-Cookie", "a"), ("set-cookie", "b")),
    )
    assert http_headers(b"") == (None, ())
    assert http_headers(b"garbage\r\n\r\n") == (None, ())
