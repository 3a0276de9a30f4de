"""Labels: what the gate did for whom; and the bounds within which it does it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from pathlib import Path

import httpcore
import pytest

from cunzhao.egress import carrying
from cunzhao.egress.backend import GateBackend
from cunzhao.egress.gate import Gate, Seen
from tests.egress.peers import ANSWER, Caller, Peer, answering, eventually, settings
from tests.loops import run

TUNNEL = b"HTTP/1.1 200 Connection established"


@pytest.fixture
def peer():
    with Peer() as made:
        yield made


@pytest.fixture
def gate(tmp_path: Path):
    with Gate(settings(tmp_path, "127.0.0.1")) as made:
        yield made


def open_tunnel(caller: Caller, port: int) -> None:
    caller.ask(f"CONNECT 127.0.0.1:{port} HTTP/1.1")
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = caller.hear(1)
        assert piece, head
        head += piece
    assert head.startswith(TUNNEL)


def endless(caller: socket.socket) -> None:
    caller.recv(65536)
    caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        caller.sendall(b"x" * 65536)


def test_each_label_sees_what_was_done_for_it_and_nothing_else(gate: Gate, peer: Peer):
    with Caller(gate, gate.login("one")) as one, Caller(gate, gate.login("two")) as two:
        open_tunnel(one, peer.port)
        two.get(f"http://127.0.0.1:{peer.port}/")
        assert two.hear() == ANSWER
    with Caller(gate, gate.login("two")) as two:
        two.ask("CONNECT 192.168.0.1:443 HTTP/1.1")
        assert two.hear(1000).startswith(b"HTTP/1.1 403 ")
    ports = {label: [o.local_port for o in gate.seen(label).opened] for label in ("one", "two")}
    assert eventually(lambda: sorted(ports["one"] + ports["two"]) == sorted(peer.callers))
    assert len(ports["one"]) == 1
    assert gate.seen("one").refused == ()
    assert [(r.host, r.port, r.code) for r in gate.seen("two").refused] == [
        ("192.168.0.1", 443, "address-refused")
    ]
    assert gate.seen("two").received == len(ANSWER)
    assert gate.seen("nobody") == Seen()


@pytest.mark.parametrize("label", ["", "a:b", "a b", "页", "x" * 101, "cunzhao", "a\r\nb"])
def test_a_label_that_cannot_be_a_user_name_is_refused(gate: Gate, label: str):
    with pytest.raises(ValueError, match="not a label"):
        gate.login(label)


def test_a_forgotten_label_passes_no_more_and_its_connections_end(gate: Gate, peer: Peer):
    credential = gate.login("page")
    with Caller(gate, credential) as tunnel, Caller(gate, credential) as kept, Caller(gate) as engine:
        open_tunnel(tunnel, peer.port)
        open_tunnel(engine, peer.port)
        kept.get(f"http://127.0.0.1:{peer.port}/")
        assert kept.hear() == ANSWER
        gate.forget("page")
        assert gate.seen("page") == Seen()
        assert tunnel.is_closed() and kept.is_closed()
        engine.socket.sendall(b"still open")
        assert engine.hear() == ANSWER
    with Caller(gate, credential) as late:
        late.ask(f"CONNECT 127.0.0.1:{peer.port} HTTP/1.1")
        assert late.hear(1000).startswith(b"HTTP/1.1 407 ")


def test_a_label_may_have_so_many_bytes_and_no_more(gate: Gate, peer: Peer):
    credential = gate.login("page", limit_bytes=1_000_000)
    with Peer(speak=endless) as server:
        for _ in range(2):
            with Caller(gate, credential) as caller:
                caller.get(f"http://127.0.0.1:{server.port}/")
                heard = len(caller.hear(100_000_000))
                assert heard <= 1_000_000
    seen = gate.seen("page")
    assert len(server.callers) == 1 and 1_000_000 < seen.received < 2_000_000
    assert [(r.code, r.values) for r in seen.refused] == [("body-too-large", (("limit", "1000000"),))] * 2


def test_a_silent_connection_is_closed_after_a_while(gate: Gate, peer: Peer):
    gate.idle_s = 6
    with Caller(gate) as tunnel, Caller(gate) as kept:
        open_tunnel(tunnel, peer.port)
        kept.get(f"http://127.0.0.1:{peer.port}/")
        assert kept.hear() == ANSWER
        assert tunnel.is_closed() and kept.is_closed()


def test_a_slow_answer_is_waited_for_while_something_moves(gate: Gate):
    def slowly(caller: socket.socket) -> None:
        caller.recv(65536)
        for _ in range(14):
            time.sleep(0.5)
            caller.sendall(b"x")

    gate.idle_s = 6
    with Peer(speak=slowly) as server, Caller(gate) as caller:
        caller.get(f"http://127.0.0.1:{server.port}/")
        assert caller.hear(100) == b"x" * 14


def test_a_caller_who_reads_nothing_is_given_up_and_nothing_piles_up(gate: Gate):
    gate.idle_s = 0.5
    sent: list[int] = []

    def counted(caller: socket.socket) -> None:
        caller.recv(65536)
        with contextlib.suppress(OSError):
            while True:
                sent.append(caller.send(b"x" * 65536))
        ended.set()

    ended = threading.Event()
    with Peer(speak=counted) as server, Caller(gate) as caller:
        caller.get(f"http://127.0.0.1:{server.port}/")
        assert ended.wait(150), "the gate holds on to a caller who reads nothing"
    assert sum(sent) < 20_000_000


def test_a_caller_who_does_not_take_the_last_bytes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cunzhao.egress.carrying._LINGER_S", 0.2)
    whole = 30_000_000

    async def go() -> int:
        ended = asyncio.Event()

        async def take(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"x" * whole)
            await carrying.close(writer)
            ended.set()

        server = await asyncio.start_server(take, "127.0.0.1", 0)
        with socket.create_connection(server.sockets[0].getsockname()) as caller:
            await asyncio.wait_for(ended.wait(), 150)
            server.close()
            had = 0
            while piece := await asyncio.to_thread(caller.recv, 1_000_000):
                had += len(piece)
            return had

    assert run(go()) < whole


def test_a_caller_who_says_nothing_is_not_waited_for(gate: Gate, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cunzhao.egress.passage._HEAD_TIMEOUT_S", 0.2)
    with Caller(gate) as caller:
        assert caller.is_closed()


def test_callers_above_the_number_wait_their_turn(
    tmp_path: Path, peer: Peer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("cunzhao.egress.gate._AT_ONCE", 2)
    with Gate(settings(tmp_path, "127.0.0.1")) as gate, Caller(gate) as first, Caller(gate) as second:
        open_tunnel(first, peer.port)
        open_tunnel(second, peer.port)
        with Caller(gate) as third:
            third.get(f"http://127.0.0.1:{peer.port}/")
            third.socket.settimeout(0.2)
            with pytest.raises(TimeoutError):
                third.socket.recv(1)
            first.socket.close()
            third.socket.settimeout(150)
            assert third.hear() == ANSWER


def test_a_log_keeps_so_many_entries_and_counts_the_rest(gate: Gate, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cunzhao.egress.seen._KEPT", 3)
    credential = gate.login("page")
    for n in range(5):
        with Caller(gate, credential) as caller:
            caller.get(f"http://10.0.0.{n}/")
            assert caller.is_closed()
    seen = gate.seen("page")
    assert (len(seen.refused), seen.dropped) == (3, 2)


def test_the_gate_ends_quietly_with_connections_open(
    tmp_path: Path, peer: Peer, caplog: pytest.LogCaptureFixture
):
    with Gate(settings(tmp_path, "127.0.0.1")) as gate:
        callers = [Caller(gate, gate.login("page")) for _ in range(3)]
        open_tunnel(callers[0], peer.port)
        callers[1].get(f"http://127.0.0.1:{peer.port}/")
        assert callers[1].hear() == ANSWER
    for caller in callers:
        caller.socket.close()
    assert caplog.records == []


def test_the_http_engine_learns_what_the_resolver_answered(tmp_path: Path, peer: Peer):
    async def go(gate: Gate):
        async with httpcore.AsyncConnectionPool(network_backend=GateBackend(gate)) as pool:
            response = await pool.request("GET", f"http://two.example:{peer.port}/")
            return response.extensions["network_stream"].opened

    resolve, _ = answering(["127.0.0.2", "127.0.0.1"])
    with Gate(settings(tmp_path, "two.example"), resolve=resolve) as gate:
        opened = run(go(gate))
        assert gate.seen(gate.credential[0]) == Seen()  # of the engine's own nothing piles up
    assert (opened.host, opened.port, opened.address) == ("two.example", peer.port, "127.0.0.1")
    assert opened.answers == ("127.0.0.2", "127.0.0.1") and opened.local_port == peer.callers[0]
    assert opened.at.tzinfo and opened.label == "cunzhao"


def test_what_a_caller_sends_before_it_leaves_arrives(gate: Gate):
    whole: list[bytes] = []

    def take(caller: socket.socket) -> None:
        data = b""
        while piece := caller.recv(65536):
            data += piece
        whole.append(data)

    with Peer(speak=take) as server, Caller(gate) as caller:
        open_tunnel(caller, server.port)
        caller.socket.sendall(b"z" * 2_000_000)
        caller.socket.close()
        assert eventually(lambda: whole == [b"z" * 2_000_000])
