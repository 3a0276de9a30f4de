"""A second capture of an unchanged batch costs next to nothing, and is as whole as the first.

The site is made in the proportions of the benchmark that this was tuned on (see docs/benchmarks.md): pages of
30 to 60 KB, a dozen requisites each, some of them shared by all pages, about 130 KB kept a page.
"""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.archive.heads import changed, changes
from cunzhao.archive.reading import scan
from cunzhao.archive.store import Archive
from cunzhao.collect.record_ids import record_id
from cunzhao.collect.types import Body, Capture, Conditions, Exchange, Lookup, Requisite, Role
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from tests.archive.making import WHEN, S, capture, save
from tests.archive.test_store import warcio_check

HERE, THERE = "http://www.shaoxing.example:8080", "http://img.shaoxing.example"
PAGES = 20
CHARACTERS = "绍兴市国民经济和社会发展统计公报全年实现地区生产总值比上年增长亿元其中第一产业增加值财政收入居民人均可支配"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Cunzhao/0.1"


def answer(url: str, role: Role, body: bytes, mime: str, when: datetime, page: str = "") -> Exchange:
    """As nginx answers, and as our http engine asks."""
    host = url.split("/")[2]
    coded = gzip.compress(body, mtime=0) if mime.startswith(("text/", "application/javascript")) else body
    told = [
        ("Server", "nginx/1.24.0"),
        ("Date", f"{when:%a, %d %b %Y %H:%M:%S} GMT"),
        ("Content-Type", mime),
        ("Content-Length", str(len(coded))),
        ("Last-Modified", "Tue, 03 Mar 2026 01:02:03 GMT"),
        ("Connection", "keep-alive"),
        ("ETag", f'"{random.Random(url).randbytes(8).hex()}"'),
        *([("Content-Encoding", "gzip")] if coded is not body else []),
        ("Accept-Ranges", "bytes"),
    ]
    asked = (
        f"GET /{url.split('/', 3)[3]} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {AGENT}\r\nAccept: "
        f"{'text/html,application/xhtml+xml' if role == 'page' else 'image/avif,image/webp,*/*;q=0.8'}\r\n"
        "Accept-Language: zh-CN,zh;q=0.9,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
        f"Connection: keep-alive\r\n{f'Referer: {page}' + chr(13) + chr(10) if page else ''}\r\n"
    )
    return Exchange(
        id=record_id(),
        url=url,
        started=when,
        seconds=0.01,
        peer="192.0.2.17",
        request_head=asked.encode(),
        response_head=("HTTP/1.1 200 OK\r\n" + "".join(f"{k}: {v}\r\n" for k, v in told) + "\r\n").encode(),
        status=200,
        headers=tuple(told),
        body=Body([coded]),
        protocol="http/1.1",
    )


def text(told: random.Random, length: int) -> bytes:
    return "".join(told.choices(CHARACTERS, k=length // 3)).encode()


def batch(when: datetime) -> list[Capture]:
    """The whole site, captured: what all pages share is fetched once."""

    def thing(role: Role, url: str, body: bytes, mime: str, page: str = "") -> Requisite:
        return Requisite(url=url, role=role, exchanges=(answer(url, role, body, mime, when, page),))

    made = random.Random(3)
    shared = [
        thing("stylesheet", f"{HERE}/css/main.css", text(made, 30_000), "text/css"),
        thing("stylesheet", f"{THERE}/css/theme.css", text(made, 12_000), "text/css"),
        thing("script", f"{HERE}/js/site.js", text(made, 60_000), "application/javascript"),
        thing("script", f"{THERE}/js/menu.js", text(made, 15_000), "application/javascript"),
        thing("image", f"{HERE}/img/logo.png", made.randbytes(15_000), "image/png"),
        thing("icon", f"{HERE}/favicon.ico", made.randbytes(4_000), "image/x-icon"),
        thing("image", f"{HERE}/img/sprite.png", made.randbytes(30_000), "image/png"),
    ]
    session = {"system": {"name": "Linux"}, "options": {"user_agent": AGENT}, "observed": when.isoformat()}
    return [page_of(n, shared, session, when + timedelta(seconds=n), made) for n in range(PAGES)]


def page_of(
    n: int, shared: Sequence[Requisite], session: dict[str, object], when: datetime, made: random.Random
) -> Capture:
    url = f"{HERE}/art/2026/3/{n % 28 + 1}/art_1229_{4000000 + n}.html"
    page = answer(url, "page", text(made, made.randrange(30_000, 60_000)), "text/html; charset=utf-8", when)
    images = [
        Requisite(
            url=address,
            role="image",
            exchanges=(answer(address, "image", made.randbytes(21_000), "image/png", when, url),),
        )
        for address in (f"{THERE}/photo/{4000000 + n}/{i}.png" for i in range(5))
    ]
    told = Conditions(
        session=session,
        ended=when + timedelta(seconds=1),
        lookups=tuple(
            Lookup(host=host.split("/")[2], port=80, answers=("192.0.2.17",), address="192.0.2.17", at=when)
            for host in (HERE, THERE)
        ),
        server_dates=(("www.shaoxing.example", 0.2), ("img.shaoxing.example", 0.3)),
    )
    return capture(page, *shared, *images, conditions=told, started=when)


def kept_bytes(archive: Archive) -> int:
    return sum(path.stat().st_size for path in archive.folder.glob("*.warc.gz*"))


def kinds(path: Path) -> Counter[str]:
    with path.open("rb") as stream:
        return Counter(record.headers["WARC-Type"] for record in ArchiveIterator(stream, parse_http=False))


def sizes_by_kind(path: Path) -> dict[str, float]:
    """Mean bytes of a record of each kind, for whoever tunes them."""
    found: dict[str, list[int]] = {}
    with path.open("rb") as stream:
        last: tuple[str, int] | None = None
        for record in ArchiveIterator(stream, parse_http=False):
            if last:
                found.setdefault(last[0], []).append(record.stream_pos - last[1])
            last = record.headers["WARC-Type"], record.stream_pos
    return {kind: round(sum(sizes) / len(sizes), 1) for kind, sizes in found.items()}


def test_a_second_capture_of_an_unchanged_batch_adds_at_most_three_percent(
    settings: Settings, database: Database
) -> None:
    added, snapshots = [], []
    for run in (1, 2):
        archive = Archive(settings, database)  # as a process of its own
        before = kept_bytes(archive)
        for n, told in enumerate(batch(datetime(2026, 3, run, 8, 30, 15, 123456, UTC))):
            snapshots.append(f"1m80pjpa{run}{n:04d}")
            save(archive, database, told, snapshots[-1])
        archive.close()
        added.append(kept_bytes(archive) - before)
    first, second = added
    assert 110_000 < first / PAGES < 160_000
    share = second / first
    print(f"first {first / PAGES:.0f}, second {second / PAGES:.0f} bytes a page: {share:.2%}")
    assert share <= 0.03
    (path,) = sorted(archive.folder.glob("*.warc.gz"))[1:]
    print(sizes_by_kind(path))
    assert kinds(path) == {"warcinfo": 1, "revisit": PAGES * 6 + 7, "resource": PAGES + 1}
    assert warcio_check(path)[0] == 0
    assert list(archive.verify()) == []
    for n in range(PAGES):  # the second snapshot of a page is as whole as the first, and has its own answers
        once, again = (archive.contents(snapshots[n + run * PAGES]) for run in (0, 1))
        assert [kept.url for kept, _ in once[:-1]] == [kept.url for kept, _ in again[:-1]]
        for (_, one), (_, other) in zip(once[:-1], again[:-1], strict=True):
            assert archive.read(one).body == archive.read(other).body
            assert other.type == "revisit" and other.timestamp - one.timestamp == timedelta(days=1)


def test_what_a_second_capture_tells_stands_in_its_pageinfo(archive: Archive, database: Database) -> None:
    for run in (1, 2):
        (told, *_) = batch(datetime(2026, 3, run, 8, 30, 15, tzinfo=UTC))
        written = save(archive, database, told, f"1m80pjpa{run}0000")
    info = archive.info(written.info_record or "")
    asked = {requisite.url: requisite.exchanges[0].request_head for requisite in told.requisites}
    records = {kept.url: archive.record(kept.record) for kept in written.kept}
    assert {url: archive.request(records[url], info) for url in asked} == asked
    assert {url: archive.head(records[url], info) for url in asked} == {
        requisite.url: requisite.exchanges[0].response_head for requisite in told.requisites
    }


def test_a_tiny_answer_becomes_a_revisit_only_where_that_is_smaller(
    archive: Archive, database: Database
) -> None:
    """The same answer again is told in 350 bytes; under another URL, only by its whole head."""
    first, same, other = (
        answer(
            f"{HERE}/img/{name}.gif", "image", b"GIF89a" + bytes(37), "image/gif", WHEN + timedelta(days=n)
        )
        for n, name in enumerate(("dot", "dot", "other"))
    )
    found = []
    for n, exchange in enumerate((first, same, other)):
        save(archive, database, capture(exchange), S[n])
        found.append(archive.record(exchange.id))
    assert [record.type for record in found] == ["response", "revisit", "response"]
    assert found[1].size < 380 < found[0].size
    assert archive.read(found[1]).body == b"GIF89a" + bytes(37)


def test_an_answer_without_a_body_is_never_a_revisit(archive: Archive, database: Database) -> None:
    for n in (1, 2):
        moved = answer(f"{HERE}/moved", "page", b"", "application/octet-stream", WHEN)
        save(archive, database, capture(moved), S[n])
        assert archive.record(moved.id).type == "response"


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("Content-Type: text/html", "Content-Type: text/html; charset=gbk"),
        ("ETag: 1", "ETag: 1\r\nX-New: 1"),
        ("Location: /a", "Location: /b"),
    ],
)
def test_a_head_that_differs_in_more_than_its_time_stands_in_the_revisit_record(
    archive: Archive, database: Database, line: str, again: str
) -> None:
    written = []
    for n, told in enumerate((line, again)):
        head = f"HTTP/1.1 200 OK\r\nDate: {n}\r\n{told}\r\nContent-Length: 2000\r\n\r\n".encode()
        exchange = replace(
            answer(HERE + "/a", "page", b"", "", WHEN), response_head=head, body=Body([bytes(2000)])
        )
        written.append(save(archive, database, capture(exchange), S[n]))
    record = archive.record(exchange.id)
    assert record.type == "revisit"
    assert archive.info(written[1].info_record or "").answers[record.id].head is None
    (path,) = archive.folder.glob("*.warc.gz*")
    assert [found.head for found in scan(path) if found.type == "revisit"] == [head]


lines = st.text(st.characters(max_codepoint=0xFF, exclude_characters="\r\n"), max_size=20)


@given(st.lists(lines, max_size=8), st.lists(lines, max_size=8))
def test_a_head_told_by_its_difference_is_the_very_head(before: list[str], now: list[str]) -> None:
    one, other = ("\r\n".join(["HTTP/1.1 200 OK", *told, "", ""]).encode("latin-1") for told in (before, now))
    told = changes(one, other)
    if told is not None:
        assert changed(one, told) == other
    assert changes(one, one) == {}


def test_two_processes_ids_never_meet_and_grow() -> None:
    with ThreadPoolExecutor(4) as pool:
        mine = [id for ids in pool.map(lambda _: [record_id() for _ in range(2000)], range(4)) for id in ids]
    asked = [sys.executable, "-c", "from cunzhao.collect.record_ids import record_id\nprint(record_id())"]
    other = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    assert len({*mine, other}) == 8001
    assert {uuid.UUID(id).version for id in mine} == {7}
    assert mine[:2000] == sorted(mine[:2000])
