"""The capture record of real captures, item by item against what the server saw and the WARC file holds."""

from __future__ import annotations

import hashlib
import io
import json
import random
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cunzhao.cli import cunzhao
from cunzhao.core import Core
from cunzhao.errors import NotFound
from cunzhao.evaluate.types import CaptureItem, CaptureRecord
from cunzhao.settings import Settings
from tests.collect.site import PNG, Site, redirect

PEM = Path(__file__).parents[1] / "collect" / "self-signed.pem"
DER = ssl.PEM_cert_to_DER_cert("-----BEGIN CERT" + PEM.read_text("ascii").split("-----BEGIN CERT", 1)[1])
TEXT = "10月20日，清江市统计局发布前三季度经济运行情况，全市实现地区生产总值5118.6亿元，同比增长6.3%。" * 3
PAGE = (
    "<!doctype html><meta charset=utf-8><title>清江市经济运行</title><link rel=stylesheet href=/s.css>"
    f"<h1>清江市经济运行</h1><p>{TEXT}</p><img src=/a.png><img src=/gone.png>"
)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site over TLS whose certificate the program trusts, as it would trust an office's own authority."""
    pages = {
        "/": redirect("/art/1.html", 301),
        "/art/1.html": PAGE,
        "/s.css": "p{background:url(b.png)}" + " " * 600,
        "/a.png": PNG * 12,
        "/b.png": PNG * 30,
    }
    with pytest.MonkeyPatch.context() as patch, Site(pages=pages, tls=True) as made:
        patch.setenv("SSL_CERT_FILE", str(PEM))
        yield made


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    """On each database in turn."""
    with Core.open(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    """One core for what does not depend on the database."""
    home = tmp_path_factory.mktemp("evidence")
    with Core.open(Settings(home=home, allow_hosts=("127.0.0.1", "localhost"))) as opened:
        yield opened


def saved(core: Core, url: str) -> str:
    [row] = core.save([url], engine="http")
    assert row.snapshot, row.error
    return row.snapshot


def fresh(site: Site, name: str, more: str = "") -> str:
    """A page like the other one, whose bytes are its own."""
    site.pages[f"/{name}.html"] = PAGE + f"<p>{name}</p>" + more
    return site.url(f"/{name}.html")


def payload(folder: Path, item: CaptureItem) -> bytes:
    """The payload of an item as warcio, knowing nothing of us, reads it at the place that is told."""
    file, offset, _ = item.original or (item.file, item.offset, item.size)
    found = next(iter(folder.glob(f"{file}*")))  # while we are open, under `….open`
    with found.open("rb") as stream:
        stream.seek(offset)
        told = next(iter(ArchiveIterator(stream)))
        return told.raw_stream.read()


def test_the_record_of_a_capture_tells_what_the_server_saw(
    core: Core, site: Site, settings: Settings
) -> None:
    site.asked.clear()
    before = datetime.now(UTC)
    told = core.capture_record(saved(core, site.url())).record
    after = datetime.now(UTC)

    assert (told.requested_url, told.final_url) == (site.url(), site.url("/art/1.html"))
    assert [(hop.url, hop.status) for hop in told.redirects] == [(site.url(), 301)]
    assert (told.title, told.verdict, told.engine) == ("清江市经济运行", "partial", "http")
    assert told.ended is not None and before <= told.started <= told.ended <= told.made <= after

    # the server's side: who asked for what, with which words
    asked = {a.path: a for a in site.asked}
    kept = {item.url.removeprefix(site.url("")): item for item in told.items if item.status is not None}
    assert set(kept) == {"/", "/art/1.html", "/s.css", "/a.png", "/b.png"} <= set(asked)
    for path, item in kept.items():
        assert item.seen.peer == "127.0.0.1" and item.seen.state == "intact"
        assert item.seen.request_line == f"GET {path} HTTP/1.1"
        assert before <= item.at <= after
    assert [(lost.url, lost.reason) for lost in told.missing] == [(site.url("/gone.png"), "status-404")]

    # address and certificate
    assert {(host.host, host.port, host.address, host.answers) for host in told.hosts} == {
        ("127.0.0.1", site.port, "127.0.0.1", ())
    }
    assert all(before <= host.first <= host.last <= after for host in told.hosts)
    [chain] = told.chains
    assert (chain.host, chain.port, chain.whole) == ("127.0.0.1", site.port, True)
    assert [one.fingerprint for one in chain.certificates] == ["sha256:" + hashlib.sha256(DER).hexdigest()]
    assert told.server_dates[0][0] == "127.0.0.1" and abs(told.server_dates[0][1]) < 2

    session = told.session
    assert session is not None and session["operator"] == "cli" and session["browser"] is None
    assert session["options"]["user_agent"] == settings.user_agent == asked["/"].headers["User-Agent"]


def test_a_name_s_answers_are_the_resolver_s(one: Core) -> None:
    with Site(pages={"/": PAGE}) as site:
        told = one.capture_record(saved(one, site.url().replace("127.0.0.1", "localhost"))).record
        answers = {str(entry[4][0]) for entry in socket.getaddrinfo("localhost", site.port)}
    [host] = told.hosts
    assert (host.host, host.address) == ("localhost", "127.0.0.1") and set(host.answers) == answers


def test_every_record_named_resolves_in_the_warc_with_its_digest(
    one: Core, site: Site, tmp_path: Path
) -> None:
    """Two captures of a page (so that the second has revisits) with bodies of many sizes, and a file."""
    chance = random.Random(7)
    bodies = {f"/i/{n}.png": chance.randbytes(chance.choice([0, 1, 300, 511, 512, 5_000])) for n in range(24)}
    site.pages |= bodies
    url = fresh(site, "many", "".join(f"<img src={path}>" for path in bodies))
    file = tmp_path / "通知.txt"
    file.write_text("关于做好有关工作的通知", "utf-8")
    [imported] = one.import_files([file])
    first, second = (one.capture_record(saved(one, url)).record for _ in range(2))
    of_file = one.capture_record(str(imported.snapshot)).record

    looked_at = sent = 0
    for told in (first, second, of_file):
        assert told.info is not None
        for item in (*told.items, told.info):
            body = payload(one.settings.archive_folder, item)
            assert "sha256:" + hashlib.sha256(body).hexdigest() == item.digest and len(body) == item.length
            assert item.seen.state == "intact"
            looked_at += 1
        for item in told.items:
            path = item.url.removeprefix(site.url(""))
            if path in bodies:
                sent += 1
                assert item.digest == "sha256:" + hashlib.sha256(bodies[path]).hexdigest()
    assert looked_at > 60 and sent == 2 * len(bodies)
    assert any(item.type == "revisit" for item in second.items)
    assert not any(item.type == "revisit" for item in first.items if item.length >= 5_000)


def test_the_request_s_digest_is_that_of_the_bytes_in_the_warc_file(one: Core, site: Site) -> None:
    told = one.capture_record(saved(one, fresh(site, "asked"))).record
    assert told.page is not None
    file = next(one.settings.archive_folder.glob(f"{told.page.file}*"))
    with file.open("rb") as stream:
        blocks = {}
        for record in ArchiveIterator(stream, no_record_parse=True):
            if record.rec_type == "request":
                answer = (
                    record.rec_headers.get_header("WARC-Concurrent-To").strip("<>").removeprefix("urn:uuid:")
                )
                blocks[answer] = "sha256:" + hashlib.sha256(record.content_stream().read()).hexdigest()
    ours = {item.record: item.seen.request_digest for item in told.items if item.type == "response"}
    assert told.page.record in ours and ours.items() <= blocks.items()


def test_the_command_that_is_told_prints_the_digest_of_the_page(one: Core, site: Site) -> None:
    url = fresh(site, "command")
    first, again = saved(one, url), saved(one, url)  # the second one's page is a revisit of the first one's
    pages = [one.capture_record(snapshot) for snapshot in (first, again)]
    one._archive.close()  # the WARC file has its final name
    for page in pages:
        [command] = next(part.commands for part in page.sections if part.commands)
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=one.settings.archive_folder, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert page.record.page is not None
        assert "sha256:" + done.stdout.split()[0] == page.record.page.digest
    assert pages[1].record.page is not None and pages[1].record.page.type == "revisit"
    file = one.settings.archive_folder / pages[0].record.page.file
    checked = subprocess.run(
        [Path(sys.executable).parent / "warcio", "check", file.name],
        cwd=file.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def damaged(record: CaptureRecord, core: Core, at: int) -> None:
    """Change one byte of the page's record on disk, `at` bytes into it."""
    assert record.page is not None
    path = next(core.settings.archive_folder.glob(f"{record.page.file}*"))
    data = bytearray(path.read_bytes())
    data[record.page.offset + at] ^= 0xFF
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.9])
def test_a_record_that_was_changed_since_is_told(one: Core, site: Site, part: float) -> None:
    snapshot = saved(one, fresh(site, f"damaged{part}"))
    one._archive.close()
    whole = one.capture_record(snapshot).record
    assert whole.page is not None
    damaged(whole, one, int(whole.page.size * part))
    told = one.capture_record(snapshot)
    assert told.record.page is not None and told.record.page.seen.state in ("changed", "broken")
    assert {item.seen.state for item in told.record.items if item.role != "page"} == {"intact"}
    assert "其后未变" not in "".join(told.sections[7].paragraphs)


def test_a_lost_file_is_told_and_the_record_is_made_all_the_same(one: Core, site: Site) -> None:
    one._archive.close()
    snapshot = saved(one, fresh(site, "lost"))
    one._archive.close()
    page = one.capture_record(snapshot).record.page
    assert page is not None
    (one.settings.archive_folder / page.file).unlink()
    told = one.capture_record(snapshot).record
    assert {item.seen.state for item in told.items if item.file == page.file} == {"gone"}
    assert (told.verdict, told.session) == ("partial", None)


def test_a_snapshot_without_conditions_has_a_record_too(core: Core, site: Site) -> None:
    """As those are that an earlier version made: no pageinfo is known of them."""
    snapshot = saved(core, site.url())
    with core._database.writing() as session:
        session.execute(sa.text("UPDATE snapshot SET info_record = NULL"))
    told = core.capture_record(snapshot)
    assert not told.record.observed and told.record.info is None
    assert told.record.page is not None and told.record.page.seen.state == "intact"
    assert core.capture_document(snapshot).startswith(b"PK")


def test_the_record_of_a_browser_capture_tells_the_browser_and_what_it_made(one: Core) -> None:
    with Site(pages={"/": PAGE, "/s.css": "p{color:red}", "/a.png": PNG * 12}) as site:
        [row] = one.save([site.url()], engine="browser")
        asked = {a.path: a for a in site.asked}
    told = one.capture_record(str(row.snapshot))
    browser = (told.record.session or {})["browser"]
    assert asked["/"].headers["User-Agent"] == browser["user_agent"]
    assert browser["version"].split(".")[0] in browser["user_agent"] and len(browser["digest"]) == 71
    assert told.record.fresh_profile is True and told.record.engine == "browser"
    assert {(host.host, host.port, host.address) for host in told.record.hosts} == {
        ("127.0.0.1", site.port, "127.0.0.1")
    }
    roles = [item.role for item in told.record.items]
    assert {"page", "stylesheet", "image", "screenshot", "pdf", "dom", "text", "session"} <= set(roles)
    for item in told.record.items:
        body = payload(one.settings.archive_folder, item)
        assert "sha256:" + hashlib.sha256(body).hexdigest() == item.digest and item.seen.state == "intact"
    page = told.record.page
    assert page is not None and page.seen.peer == "127.0.0.1" and page.seen.request_line == "GET / HTTP/1.1"
    assert page.digest == "sha256:" + hashlib.sha256(PAGE.encode()).hexdigest()


def test_a_file_s_record_tells_who_imported_it_and_claims_no_visit(one: Core, tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("关于做好下一步工作的通知", "utf-8")
    [row] = one.import_files([file])
    told = one.capture_record(str(row.snapshot))
    assert told.record.session is not None and told.record.session["operator"] == "import"
    assert "导入文件“通知.txt”" in told.summary and "访问" not in told.summary
    assert told.sections[3].paragraphs == ("文件导入，没有访问网络。",)
    assert told.record.page is not None
    assert told.record.page.digest == "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()


def test_of_another_program_s_warc_file_only_what_it_says_is_told(one: Core, tmp_path: Path) -> None:
    file = tmp_path / "foreign.warc.gz"
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(
            writer.create_warc_record(
                "https://old.example/a.html", "response", payload=io.BytesIO(PAGE.encode()), http_headers=head,
                warc_headers_dict={"WARC-Date": "2019-03-04T05:06:07Z", "WARC-IP-Address": "192.0.2.44"},
            )
        )  # fmt: skip
    [row] = one.import_files([file])
    told = one.capture_record(str(row.snapshot))
    assert not told.record.observed and told.record.started == datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert told.summary.startswith(
        "本快照取自导入的 WARC 文件，其中的记录注明于2019-03-04 13:06:07.000（北京时间）"
    )
    [page] = told.record.items
    assert (page.seen.peer, page.seen.state, page.seen.request_digest) == ("192.0.2.44", "intact", None)
    assert "本程序在所记时间观察到" not in "".join(told.sections[7].paragraphs)


def test_a_snapshot_moved_to_another_archive_keeps_its_record(one: Core, site: Site, tmp_path: Path) -> None:
    one._archive.close()
    snapshot = saved(one, fresh(site, "moved", "<img src=/moved.png>"))
    one._archive.close()
    told = one.capture_record(snapshot).record
    assert told.page is not None
    with Core.open(Settings(home=tmp_path / "other")) as other:
        [row] = other.import_files([one.settings.archive_folder / told.page.file])
        there = other.capture_record(str(row.snapshot)).record
    assert (there.session, there.hosts, there.ended) == (told.session, told.hosts, told.ended)
    # the certificate itself may stand in an earlier file; its fingerprint does not
    prints = [[one.fingerprint for one in chain.certificates] for chain in there.chains]
    assert prints == [["sha256:" + hashlib.sha256(DER).hexdigest()]]
    assert {item.digest for item in there.items} <= {item.digest for item in told.items}
    assert there.page is not None and there.page.digest == told.page.digest


def test_an_unknown_snapshot_is_told_as_such(core: Core) -> None:
    with pytest.raises(NotFound):
        core.capture_record("1m80xjdsg9bcr")


def test_the_command_writes_word_and_json(core: Core, site: Site, tmp_path: Path, monkeypatch) -> None:
    snapshot = saved(core, site.url())
    monkeypatch.setenv("CUNZHAO_DATABASE", core.settings.database)
    home = ["--home", str(core.settings.home), "report", "capture"]
    for name in ("记录.docx", "记录.json"):
        assert cunzhao.main([*home, snapshot, "-o", str(tmp_path / name)], standalone_mode=False) in (None, 0)
    assert (tmp_path / "记录.docx").read_bytes().startswith(b"PK")
    told = json.loads((tmp_path / "记录.json").read_text("utf-8"))
    assert told["snapshot"] == snapshot and told["chains"][0]["certificates"][0]["subject"] == "CN=127.0.0.1"
    assert cunzhao.main([*home, snapshot, snapshot, "-o", "x.docx"], standalone_mode=False) == 2
