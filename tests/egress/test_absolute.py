"""Requests for absolute http URLs, as a browser sends them to a proxy."""

from __future__ import annotations

import socket
import struct
import threading
from pathlib import Path

import pytest

from cunzhao.egress.gate import Gate
from tests.egress.peers import ANSWER, Caller, Peer, answering, settings


@pytest.fixture
def peer():
    with Peer() as made:
        yield made


@pytest.fixture
def gate(tmp_path: Path):
    with Gate(settings(tmp_path, "127.0.0.1")) as made:
        yield made


def test_the_answer_comes_back_raw_and_the_request_arrives_in_origin_form(gate: Gate, peer: Peer):
    with Caller(gate) as caller:
        at = f"127.0.0.1:{peer.port}"
        caller.get(f"http://{at}/a/%E4%B8%AD?q=1", "X-Odd-CASE:  1 ", "Proxy-Connection: keep-alive", "A: b")
        assert caller.hear() == ANSWER
    assert peer.heard == [
        f"GET /a/%E4%B8%AD?q=1 HTTP/1.1\r\nHost: {at}\r\nX-Odd-CASE:  1 \r\nA: b\r\n\r\n".encode()
    ]


@pytest.mark.parametrize(
    ("url", "line"),
    [("http://{at}", b"GET / HTTP"), ("http://{at}?q", b"GET /?q HTTP"), ("HTTP://{at}//x", b"GET //x HTTP")],
)
def test_every_form_of_path_arrives_as_the_server_expects_it(gate: Gate, peer: Peer, url: str, line: bytes):
    with Caller(gate) as caller:
        caller.get(url.format(at=f"127.0.0.1:{peer.port}"))
        assert caller.hear() == ANSWER
    assert peer.heard[0].startswith(line)


def test_requests_follow_on_one_connection_and_another_server_means_a_new_one(gate: Gate, peer: Peer):
    with Peer(ANSWER.replace(b"hi", b"ho")) as other, Caller(gate) as caller:
        for port in (peer.port, peer.port, other.port, peer.port):
            caller.get(f"http://127.0.0.1:{port}/")
            assert caller.hear().endswith(b"ho" if port == other.port else b"hi")
        assert (len(peer.callers), len(other.callers)) == (2, 1)


CHUNKS = b'4;ext="a"\r\n\x00\r\n\xff\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n'


@pytest.mark.parametrize(
    ("field", "body"),
    [("Content-Length: 300000", b"x" * 300_000), ("Transfer-Encoding: chunked", CHUNKS), ("Content-Length: 0", b"")],
)  # fmt: skip
def test_a_body_is_passed_on_byte_for_byte_and_the_next_request_is_found_behind_it(
    gate: Gate, peer: Peer, field: str, body: bytes
):
    at = f"127.0.0.1:{peer.port}"
    with Caller(gate) as caller:
        caller.ask(f"POST http://{at}/ HTTP/1.1", f"Host: {at}", field, body=body)
        caller.get(f"http://{at}/next")
        while b"/next" not in b"".join(peer.heard):
            assert caller.hear(1)
    sent = f"POST / HTTP/1.1\r\nHost: {at}\r\n{field}\r\n\r\n".encode() + body
    assert b"".join(peer.heard) == sent + f"GET /next HTTP/1.1\r\nHost: {at}\r\n\r\n".encode()


def test_a_refusal_is_no_answer_at_all_and_is_kept(gate: Gate, peer: Peer):
    credential = gate.login("page-1")
    with Caller(gate, credential) as caller:
        caller.get("http://10.0.0.1:81/secret")
        assert caller.hear() == b"" and caller.is_closed()
    [refused] = gate.seen("page-1").refused
    assert (refused.host, refused.port, refused.code) == ("10.0.0.1", 81, "address-refused")
    assert refused.values == (("address", "10.0.0.1"), ("why", "private"))
    assert refused.at.tzinfo and refused.label == "page-1"


def test_who_gives_no_name_is_asked_and_who_gives_a_wrong_one_gets_no_answer(gate: Gate, peer: Peer):
    url = f"http://127.0.0.1:{peer.port}/"
    with Caller(gate) as caller:
        caller.authorization = b""
        caller.get(url)
        assert caller.hear(1000).startswith(b"HTTP/1.1 407 ")
    with Caller(gate, ("cunzhao", "guess")) as caller:
        caller.get(url)
        assert caller.is_closed()
    with Caller(gate, ("never-logged-in", gate.credential[1])) as caller:
        caller.get(url)
        assert caller.is_closed()
    assert peer.callers == []


def test_the_secret_of_the_gate_never_reaches_a_server(gate: Gate, peer: Peer):
    with Caller(gate) as caller:
        at = f"127.0.0.1:{peer.port}"
        caller.get(f"http://{at}/", "PROXY-ODD: 1", "proxy-connection: close", "Proxy-X: 1")
        caller.hear()
    assert b"proxy" not in peer.heard[0].lower()


def test_an_answer_that_broke_off_does_not_look_whole(gate: Gate):
    """A body that ends with its connection: a reset of the server must stay a reset for the browser."""

    def break_off(caller: socket.socket) -> None:
        caller.recv(65536)
        caller.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf of")
        heard.wait(150)
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    heard = threading.Event()
    for form in ("absolute", "tunnel"):
        heard.clear()
        with Peer(speak=break_off) as peer, Caller(gate) as caller:
            at = f"127.0.0.1:{peer.port}"
            if form == "tunnel":
                caller.ask(f"CONNECT {at} HTTP/1.1")
                caller.hear(len(b"HTTP/1.1 200 Connection established"))
                caller.socket.sendall(b"GET / HTTP/1.1\r\n\r\n")
            else:
                caller.get(f"http://{at}/")
            got = b""
            while b"half of" not in got:
                got += caller.hear(1)
            heard.set()
            with pytest.raises(ConnectionResetError):
                caller.socket.recv(1)


def test_an_answer_that_ends_with_its_connection_comes_whole(gate: Gate):
    body = b"y" * 3_000_000

    def until_close(caller: socket.socket) -> None:
        caller.recv(65536)
        caller.sendall(b"HTTP/1.0 200 OK\r\n\r\n" + body)

    with Peer(speak=until_close) as peer, Caller(gate) as caller:
        caller.get(f"http://127.0.0.1:{peer.port}/")
        assert caller.hear(10_000_000).endswith(body) and caller.is_closed()


def test_a_name_is_resolved_once_for_each_connection_and_its_answers_are_told(tmp_path: Path, peer: Peer):
    resolve, asked = answering(["127.0.0.1"], ["10.0.0.1"])
    with Gate(settings(tmp_path, "a.example"), resolve=resolve) as gate:
        with Caller(gate, gate.login("page")) as caller:
            for _ in range(3):
                caller.get(f"http://a.example:{peer.port}/")
                assert caller.hear() == ANSWER
        [opened] = gate.seen("page").opened
    assert asked == ["a.example"]
    assert (opened.answers, opened.address, opened.local_port) == (
        ("127.0.0.1",),
        "127.0.0.1",
        peer.callers[0],
    )
    assert opened.at.tzinfo


def test_a_head_without_end_is_not_read_without_end(gate: Gate):
    with Caller(gate) as caller:
        try:
            for _ in range(40):
                caller.socket.sendall(b"A: " + b"x" * 65536 + b"\r\n")
        except OSError:
            pass
        assert caller.is_closed()
