"""What is observed of the conditions of a capture, against what the server saw; what was not is told as such."""

from __future__ import annotations

import json
import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.collect import conditions
from cunzhao.collect.conditions import OPTIONS, server_date_offset, session_conditions
from cunzhao.collect.types import Body, Exchange
from cunzhao.egress.gate import Opened
from cunzhao.settings import Settings
from tests.collect.site import Site

PEM = Path(__file__).with_name("self-signed.pem")
NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
SETTINGS = Settings(home=Path("/nowhere"), max_redirects=7)


def answered(*headers: tuple[str, str], seconds: float = 0.0) -> Exchange:
    return Exchange(
        id="x", url="https://a.example:8443/p", started=NOW, seconds=seconds, peer=None, request_head=b"",
        response_head=b"", status=200, headers=headers, body=Body(),
    )  # fmt: skip


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(PEM))
    context.check_hostname = False
    return context


def test_a_session_is_plain_json_and_names_every_option_that_decides_what_is_kept():
    told = session_conditions(SETTINGS, operator="cli", browser={"name": "Chromium"})
    assert json.loads(json.dumps(told)) == told
    assert told["operator"] == "cli" and told["browser"] == {"name": "Chromium"}
    assert set(told["options"]) == set(OPTIONS) and told["options"]["max_redirects"] == 7
    assert told["proxy"] == {"kind": "own gate", "environment_used": False}


def test_name_servers_are_those_of_the_system_s_file(tmp_path, monkeypatch):
    monkeypatch.setattr(conditions, "RESOLV_CONF", tmp_path / "resolv.conf")
    assert session_conditions(SETTINGS, operator="cli", browser=None)["resolver"] is None
    (tmp_path / "resolv.conf").write_text(
        "# nameserver 9.9.9.9\nsearch lan\nnameserver 192.0.2.7\nnameserver ::1\n"
    )
    told = session_conditions(SETTINGS, operator="cli", browser=None)["resolver"]
    assert told == {"addresses": ["192.0.2.7", "::1"], "from": str(tmp_path / "resolv.conf")}


def test_a_clock_that_cannot_be_asked_is_not_observed(monkeypatch):
    monkeypatch.setattr(conditions.sys, "platform", "win32")
    clock = session_conditions(SETTINGS, operator="cli", browser=None)["clock"]
    assert clock == {"source": "system clock", "synchronised": None, "told_by": None, "max_error_s": None}


@pytest.mark.parametrize(
    ("headers", "seconds", "offset"),
    [
        ([("Date", "Sun, 22 Nov 2026 05:00:42 GMT")], 0.0, ("a.example", 42.0)),
        ([("date", "Sun, 22 Nov 2026 04:59:00 GMT")], 2.0, ("a.example", -61.0)),
        ([("Date", "Sun, 22 Nov 2026 05:00:42 GMT"), ("Age", "0")], 0.0, ("a.example", 42.0)),
        ([("Date", "Sun, 22 Nov 2026 05:00:42 GMT"), ("Age", "300")], 0.0, None),  # a cache's old answer
        ([("Date", "昨天")], 0.0, None),
        ([], 0.0, None),
    ],
)
def test_a_server_s_date_is_told_against_our_clock(headers, seconds, offset):
    assert server_date_offset(answered(*headers, seconds=seconds)) == offset


@given(st.text(max_size=60))
def test_no_date_header_breaks_the_capture(text):
    told = server_date_offset(answered(("Date", text)))
    assert told is None or told[0] == "a.example"


def test_a_capture_over_tls_tells_the_certificate_the_address_and_its_times(save):
    with Site(pages={"/": "<p>正文</p><img src=/a.png>", "/a.png": b"\x89PNG"}, tls=True) as site:
        before = datetime.now(UTC)
        [made] = save(site.url(), tls=trusting())
        after = datetime.now(UTC)
    told = made.conditions
    assert told is not None and made.verdict == "complete"
    der = ssl.PEM_cert_to_DER_cert("-----BEGIN CERT" + PEM.read_text().split("-----BEGIN CERT", 1)[1])
    [shown] = told.certificates
    assert (shown.host, shown.port, shown.chain, shown.whole) == ("127.0.0.1", site.port, (der,), True)
    assert shown.protocol.startswith("TLSv1.")
    assert before <= made.started <= told.ended <= after
    assert told.server_dates and abs(told.server_dates[0][1]) <= 60 and told.server_dates[0][0] == "127.0.0.1"
    assert told.fresh_profile is None and told.session["browser"] is None


def test_a_connection_is_looked_at_once_however_many_exchanges_go_over_it(save, monkeypatch):
    looked = []
    real = conditions.certificates_of
    monkeypatch.setattr(
        "cunzhao.collect.connections.certificates_of", lambda *a: looked.append(a) or real(*a)
    )
    images = {f"/{n}.png": b"\x89PNG" + bytes([n]) for n in range(30)}
    with Site(pages={"/": "".join(f"<img src={name}>" for name in images), **images}, tls=True) as site:
        [made] = save(site.url(), tls=trusting(), connections_per_host=2)
    assert len(made.requisites) >= 30 and len(looked) <= 3


def test_without_tls_there_is_no_certificate(save, site):
    site.pages["/"] = "<p>正文</p>"
    [made] = save(site.url())
    assert made.conditions is not None and made.conditions.certificates == ()


def test_what_was_looked_up_is_what_the_gate_connected_to(save, site, opened: list[Opened]):
    site.pages["/"] = "<p>正文</p>"
    [made] = save(site.url())
    assert made.conditions is not None and made.conditions.lookups
    assert {(o.host, o.port, o.answers, o.address, o.at) for o in opened} == {
        (told.host, told.port, told.answers, told.address, told.at) for told in made.conditions.lookups
    }
    for lookup in made.conditions.lookups:
        assert (lookup.host, lookup.port, lookup.address) == ("127.0.0.1", site.port, "127.0.0.1")
        assert lookup.answers == ()  # an address as written is asked of nobody
        assert made.started <= lookup.at <= made.conditions.ended


def test_a_name_has_every_answer_of_the_resolver(save, site):
    site.pages["/"] = "<p>正文</p>"
    [made] = save(site.url().replace("127.0.0.1", "localhost"), allow_hosts=("localhost",))
    assert made.conditions is not None and made.verdict == "complete"
    told = {entry[4][0] for entry in socket.getaddrinfo("localhost", site.port, type=socket.SOCK_STREAM)}
    for lookup in made.conditions.lookups:
        assert (lookup.host, lookup.address) == ("localhost", "127.0.0.1") and set(lookup.answers) == told


def test_a_failed_capture_has_its_conditions_too(save):
    [made] = save("http://127.0.0.1:1/")
    assert made.verdict == "unreachable" and made.conditions is not None and made.conditions.lookups == ()


def test_pages_of_one_batch_share_one_session(save, site):
    site.pages.update({"/a.html": "<p>甲</p>", "/b.html": "<p>乙</p>"})
    a, b = save(site.url("/a.html"), site.url("/b.html"))
    assert (
        a.conditions is not None and b.conditions is not None and a.conditions.session is b.conditions.session
    )
