"""What a browser brings is kept, deduplicated, and comes back from the WARC file alone."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from cunzhao.archive import pageinfo
from cunzhao.archive.cdxj import cdxj
from cunzhao.archive.completeness import completeness
from cunzhao.archive.postquery import body_query, method_of, request_key
from cunzhao.archive.store import Archive
from cunzhao.archive.surt import urlkey
from cunzhao.collect.types import (
    Body,
    Capture,
    Certificates,
    Conditions,
    Exchange,
    Lookup,
    Missing,
    Rendition,
    RenditionKind,
    Requisite,
)
from cunzhao.errors import RecordMissing
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from tests.archive.making import WHEN, S, capture, exchange, requisite, save
from tests.archive.test_restore import rebuild, rows
from tests.archive.test_store import warcio_check

PAGE = "<html><p>全年旅游总收入173.6亿元</p>".encode() + b" " * 900
SESSION = {
    "program": {"name": "cunzhao"},
    "system": {"名": "值"},
    "clock": {"max_error_s": 0.5},
    "browser": None,
}
CHAIN = (b"0\x82leaf" * 50, b"0\x82root" * 50)
MIMES: dict[RenditionKind, str] = {
    "screenshot": "image/png",
    "pdf": "application/pdf",
    "dom": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
}


def rendition(kind: RenditionKind, body: bytes, made: datetime = WHEN) -> Rendition:
    return Rendition(kind=kind, mime=MIMES[kind], made=made, body=Body([body]))


def conditions(**told: object) -> Conditions:
    facts: dict[str, object] = {
        "session": SESSION,
        "ended": WHEN + timedelta(seconds=3),
        "lookups": (
            Lookup(
                host="g.example", port=443, answers=("192.0.2.1", "192.0.2.2"), address="192.0.2.1", at=WHEN
            ),
        ),
        "certificates": (
            Certificates(host="g.example", port=443, protocol="TLSv1.3", chain=CHAIN, whole=True),
            Certificates(host="cdn.example", port=443, protocol="TLSv1.2", chain=CHAIN[:1], whole=False),
        ),
        "server_dates": (("g.example", -0.4),),
        "fresh_profile": True,
    }
    return Conditions(**(facts | told))  # type: ignore[arg-type]


def shown(url: str, day: int = 1, **told: object) -> Capture:
    """A browser capture: a page, its style, four renditions, the conditions."""
    when = WHEN + timedelta(days=day)
    facts: dict[str, object] = {
        "engine": "browser",
        "engine_reason": "script-drawn",
        "renditions": (
            rendition("screenshot", b"\x89PNG" * 300 + bytes([day]), when),
            rendition("pdf", b"%PDF-1.7" * 300 + bytes([day]), when),
            rendition("dom", PAGE + b"<p>drawn", when),
            rendition("text", "全年旅游总收入173.6亿元".encode() * 30, when),
        ),
        "conditions": conditions(),
    }
    css = requisite("stylesheet", "http://g.example/s.css", b"p{}" * 300, "text/css")
    return capture(exchange(url, PAGE, when=when), css, **(facts | told))


def headers_in(path: Path) -> list[dict[str, str]]:
    with path.open("rb") as stream:
        return [dict(record.rec_headers.headers) for record in ArchiveIterator(stream)]


def test_renditions_are_resource_records_under_their_urns(archive: Archive, database: Database) -> None:
    save(archive, database, shown("http://g.example/a?b=图"), S[1])
    found = {kept.role: record for kept, record in archive.contents(S[1])}
    assert {role: (found[role].url, found[role].type, found[role].mime) for role in MIMES} == {
        "screenshot": ("urn:fullPage:http://g.example/a?b=图", "resource", "image/png"),
        "pdf": ("urn:pdf:http://g.example/a?b=图", "resource", "application/pdf"),
        "dom": ("urn:dom:http://g.example/a?b=图", "resource", "text/html"),
        "text": ("urn:text:http://g.example/a?b=图", "resource", "text/plain"),
    }
    assert archive.read(found["dom"]).body == PAGE + b"<p>drawn"
    assert archive.read(found["dom"]).header("content-type") == "text/html; charset=utf-8"
    archive.close()
    code, words = warcio_check(*archive.folder.glob("*.warc.gz"))
    assert code == 0 and "no digest" not in words


def test_an_unchanged_rendition_is_referred_to_and_a_changed_one_written(
    archive: Archive, database: Database, settings: Settings
) -> None:
    first = save(archive, database, shown("http://g.example/a"), S[1])
    archive.close()
    later = Archive(settings, database)  # as another process, which knows the first by the index only
    second = save(later, database, shown("http://g.example/a", 2), S[2])
    third = save(later, database, shown("http://g.example/b", 2), S[3])
    later.close()
    old, new, other = ({k.role: k.record for k in told.kept} for told in (first, second, third))
    assert (new["dom"], new["text"]) == (old["dom"], old["text"])
    assert new["screenshot"] != old["screenshot"] and new["pdf"] != old["pdf"]
    assert other["dom"] != old["dom"]  # of another page: under another name
    (again,) = [told for told in later.restore(later.files()[1]) if told.info and told.info.snapshot == S[2]]
    assert again.info and again.info.kept == second.kept


def test_a_rendition_whose_file_is_gone_is_written_again(
    archive: Archive, database: Database, settings: Settings
) -> None:
    first = save(archive, database, shown("http://g.example/a"), S[1])
    archive.close()
    for path in archive.folder.glob("*.warc.gz"):
        path.unlink()
    later = Archive(settings, database)
    second = save(later, database, shown("http://g.example/a", 2), S[2])
    assert not {k.record for k in first.kept} & {k.record for k in second.kept}
    assert later.read(later.find(S[2], "urn:dom:http://g.example/a")).body == PAGE + b"<p>drawn"
    later.close()


def test_the_session_and_each_certificate_are_written_once_in_the_whole_archive(
    archive: Archive, database: Database, settings: Settings
) -> None:
    save(archive, database, shown("http://g.example/a"), S[1])
    archive.close()
    later = Archive(settings, database)
    save(later, database, shown("http://g.example/b", 2, conditions=conditions(fresh_profile=None)), S[2])
    later.close()
    found = [told for path in archive.folder.glob("*.warc.gz") for told in headers_in(path)]
    targets = [told.get("WARC-Target-URI", "") for told in found]
    session = hashlib.sha256(
        json.dumps(SESSION, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
    assert targets.count(f"urn:cunzhao:session:{session}") == 1
    for der in CHAIN:
        assert targets.count(f"urn:certificate:sha256:{hashlib.sha256(der).hexdigest()}") == 1
    types = {told["Content-Type"] for told in found if told.get("WARC-Target-URI", "").startswith("urn:cert")}
    assert types == {"application/pkix-cert"}
    roles = [[kept.role for kept, _ in later.contents(snapshot)] for snapshot in (S[1], S[2])]
    assert [(told.count("session"), told.count("certificate")) for told in roles] == [(1, 2), (1, 2)]


def test_the_conditions_are_read_back_whole_from_the_pageinfo_of_a_snapshot(
    archive: Archive, database: Database
) -> None:
    told = shown("http://g.example/a")
    written = save(archive, database, told, S[1])
    info = archive.info(written.info_record or "")
    assert (info.snapshot, info.engine, info.kept) == (S[1], "browser", written.kept)
    assert archive.conditions(info) == told.conditions
    plain = save(archive, database, capture(exchange("http://g.example/c", PAGE + b"c")), S[2])
    assert archive.conditions(archive.info(plain.info_record or "")) is None
    with pytest.raises(RecordMissing):
        archive.info(written.page or "")


def test_the_request_is_found_for_a_response_and_for_a_revisit(archive: Archive, database: Database) -> None:
    page = exchange("http://g.example/a", PAGE)
    again = replace(exchange("http://g.example/b", PAGE), request_head=b"GET /b HTTP/1.1\r\nX: \xe9\r\n\r\n")
    for snapshot, told in ((S[1], page), (S[2], again)):
        written = save(archive, database, capture(told), snapshot)
        record, info = archive.record(told.id), archive.info(written.info_record or "")
        assert archive.request(record, info) == told.request_head
    assert record.type == "revisit"
    assert archive.request(archive.record(written.info_record or "")) is None


def post(url: str, body: bytes, answer: bytes, mime: str = "application/x-www-form-urlencoded") -> Exchange:
    head = (
        f"POST / HTTP/1.1\r\nHost: g.example\r\nContent-Type: {mime}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    told = exchange(url, answer, "application/json")
    return replace(told, method="POST", request_head=head.encode(), request_body=body, protocol="h2")


def test_one_url_asked_with_different_bodies_is_kept_each_time(archive: Archive, database: Database) -> None:
    url = "http://g.example/api?x=1"
    asked = [
        requisite("xhr", url, b'{"n":0}', "application/json"),
        *(
            Requisite(url=url, role="xhr", exchanges=(post(url, body, answer),))
            for body, answer in ((b"page=1", b'{"n":1}'), (b"page=2", b'{"n":2}'))
        ),
    ]
    save(archive, database, capture(exchange("http://g.example/a", PAGE), *asked), S[1])
    told = [(kept, record) for kept, record in archive.contents(S[1]) if kept.role == "xhr"]
    assert [archive.read(record).body for _, record in told] == [b'{"n":0}', b'{"n":1}', b'{"n":2}']
    assert [method_of(record.urlkey) for _, record in told] == ["GET", "POST", "POST"]
    assert len({record.urlkey for _, record in told}) == 3
    before = rows(database)
    archive.close()
    (path,) = archive.folder.glob("*.warc.gz")
    requests = [h for h in headers_in(path) if h["WARC-Type"] == "request"]
    assert [h.get("WARC-Payload-Digest") for h in requests] == [
        None,
        None,
        *("sha256:" + hashlib.sha256(body).hexdigest() for body in (b"page=1", b"page=2")),
    ]
    assert warcio_check(path)[0] == 0
    rebuild(archive, database)
    assert rows(database) == before
    lines = list(cdxj(record for _, record in told))
    assert sum('"method": "POST"' in line for line in lines) == 2


def test_protocol_and_type_stand_in_the_record(archive: Archive, database: Database) -> None:
    asked = Requisite(
        url="http://g.example/p", role="xhr", exchanges=(post("http://g.example/p", b"", b"[]"),)
    )
    save(archive, database, capture(exchange("http://g.example/a", PAGE), asked), S[1])
    archive.close()
    (path,) = archive.folder.glob("*.warc.gz")
    told = [
        (h["WARC-Resource-Type"], h.get("WARC-Protocol"))
        for h in headers_in(path)
        if h["WARC-Type"] == "response"
    ]
    assert told == [("document", None), ("xhr", "h2")]


@pytest.mark.parametrize(
    ("mime", "body", "query"),
    [
        ("application/x-www-form-urlencoded", b"a=%E7%BB%8D&b=1+2", "a=绍&b=1 2"),
        (
            "application/json",
            b'{"a":{"n":1},"b":[{"n":2.0},{"n":true}],"c":null}',
            "n=1&n.2_=2&n.3_=true&c=null",
        ),
        ("application/json", b"{", ""),
        ("text/plain;charset=utf-8", b'{"a":"x y"}', "a=x+y"),
        ("text/plain", b"plain", "__wb_post_data=cGxhaW4="),
        ("application/octet-stream", b"\x00\xff", "__wb_post_data=AP8="),
        ("application/x-www-form-urlencoded", b"\xff", "__wb_post_data=/w=="),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
            "a=1",
        ),
        ("", b"", ""),
    ],
)
def test_a_posted_body_becomes_a_query_as_other_indexes_write_it(mime: str, body: bytes, query: str) -> None:
    assert body_query(mime, body) == query


@given(
    st.sampled_from(["text/plain", "application/json", "multipart/form-data; boundary=x", ""]), st.binary()
)
def test_any_body_has_a_key_of_bounded_length(mime: str, body: bytes) -> None:
    key = request_key("http://e.com/a", "POST", mime, body)
    assert key.startswith(urlkey("http://e.com/a")) and len(key) < 40_000 and method_of(key) == "POST"
    assert request_key("http://e.com/a", "GET", mime, body) == urlkey("http://e.com/a")


def test_completeness_is_judged_from_the_warc_alone(archive: Archive, database: Database) -> None:
    gone = Missing(url="http://g.example/gone.png", role="image", reason="status-404")
    late = Missing(url="http://g.example/late.js", role="script", reason="late")
    images = [
        requisite("image", f"http://g.example/{n}.png", bytes([n]) * 700, "image/png") for n in range(3)
    ]
    told = capture(exchange("http://g.example/a", PAGE), *images, missing=(gone, late), verdict="partial")
    written = save(archive, database, told, S[1])
    archive.close()
    (path,) = archive.folder.glob("*.warc.gz")
    bodies: dict[str, int] = {}
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            id = record.rec_headers["WARC-Record-ID"][len("<urn:uuid:") : -1]
            content = record.content_stream().read()
            if record.rec_type == "response":
                bodies[id] = len(content)
            elif (record.rec_headers["WARC-Target-URI"] or "").startswith("urn:pageinfo:"):
                info = json.loads(content)
    wanted = [k for k in info["kept"] if k["role"] not in ("page", "redirect")]
    assert [(k["url"], k["status"], bodies[k["record"]]) for k in wanted] == [
        (f"http://g.example/{n}.png", 200, 700) for n in range(3)
    ]
    assert info["missing"] == [dataclasses.asdict(gone), dataclasses.asdict(late)]
    judged = completeness(archive.info(written.info_record or ""))
    assert (judged.have, judged.wanted, judged.share) == (3, 5, 0.6)
    assert {m.url for m in judged.missing} == {gone.url, late.url}


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
hosts = st.from_regex(r"[a-z]{1,8}\.example", fullmatch=True)
times = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
any_conditions = st.builds(
    Conditions,
    session=st.dictionaries(words, json_values, max_size=4),
    ended=times,
    lookups=st.lists(
        st.builds(
            Lookup,
            host=hosts,
            port=st.integers(1, 65535),
            answers=st.lists(st.ip_addresses().map(str), max_size=3).map(tuple),
            address=st.ip_addresses().map(str),
            at=times,
        ),
        max_size=2,
    ).map(tuple),
    certificates=st.lists(
        st.builds(
            Certificates,
            host=hosts,
            port=st.integers(1, 65535),
            protocol=st.sampled_from(["TLSv1.3", "TLSv1.2", ""]),
            chain=st.lists(st.binary(min_size=1, max_size=60), max_size=3).map(tuple),
            whole=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    server_dates=st.lists(st.tuples(hosts, st.floats(-1e6, 1e6)), max_size=2).map(tuple),
    fresh_profile=st.none() | st.booleans(),
)
any_rendition: Callable[[RenditionKind], st.SearchStrategy[Rendition]] = lambda kind: (  # noqa: E731
    st.binary(max_size=2000).map(lambda body: rendition(kind, body))
)


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    conditions=st.none() | any_conditions,
    renditions=st.lists(st.sampled_from(sorted(MIMES)), unique=True).flatmap(
        lambda kinds: st.tuples(*map(any_rendition, kinds))
    ),
    posted=st.binary(max_size=300),
)
def test_what_was_written_comes_back_from_the_warc_alone(
    archive: Archive,
    database: Database,
    conditions: Conditions | None,
    renditions: tuple[Rendition, ...],
    posted: bytes,
) -> None:
    url = "http://g.example/a"
    xhr = Requisite(url=f"{url}/x", role="xhr", exchanges=(post(f"{url}/x", posted, b"[1]", "text/plain"),))
    told = capture(exchange(url, PAGE), xhr, engine="browser", conditions=conditions, renditions=renditions)
    snapshot = "1m80pjpa7" + hashlib.sha256(told.exchanges[0].id.encode()).hexdigest()[:4]
    written = save(archive, database, told, snapshot)
    restored = [found for name in archive.files() for found in archive.restore(name)][-1]
    assert restored.info and restored.info.snapshot == snapshot
    assert replace(restored.written, shared=()) == replace(written, shared=())
    assert archive.conditions(restored.info) == conditions
    held = {kept.role: archive.read(record).body for kept, record in archive.contents(snapshot)}
    assert {one.kind: held[one.kind] for one in renditions} == {
        one.kind: one.body.read() for one in renditions
    }
    assert archive.request(archive.record(xhr.exchanges[0].id)) == xhr.exchanges[0].request_head + posted


def test_a_pageinfo_with_conditions_that_we_would_not_write_is_not_ours() -> None:
    told = pageinfo.of_capture(shown("http://g.example/a"), S[1], _entry(), (), None)
    body = json.loads(pageinfo.encode(told, {}))
    assert pageinfo.decode(json.dumps(body).encode()) == told
    for wrong in (
        {"session": "sha256:xyz"},
        {"ended": "2026-01-01T00:00:00"},
        {"lookups": [{}]},
        {"server_dates": [["h", "nan"]]},
        {"fresh_profile": 1},
        {"certificates": [{"host": "h", "port": 99999, "protocol": "", "whole": True, "chain": []}]},
    ):
        assert pageinfo.decode(json.dumps(body | {"conditions": body["conditions"] | wrong}).encode()) is None


def _entry():  # type: ignore[no-untyped-def]
    from cunzhao.collect.types import Entry

    return Entry(url="http://g.example/a")
