"""The gate: who may pass, what is reached, and what the caller is told."""

import asyncio
import base64
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import httpcore
import pytest

from cunzhao.egress.backend import GateBackend, GateStream
from cunzhao.egress.gate import Gate, Opened
from cunzhao.errors import AddressRefused, ConnectFailed, CunzhaoError, FetchTimeout, HostUnknown
from tests import loops
from tests.egress.peers import ANSWER, Peer, answering, eventually, settings


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer() as made:
        yield made


def get(gate: Gate, url: str) -> tuple[httpcore.Response, GateStream]:
    async def go() -> tuple[httpcore.Response, GateStream]:
        async with httpcore.AsyncConnectionPool(network_backend=GateBackend(gate)) as pool:
            response = await pool.request("GET", url)
            return response, response.extensions["network_stream"]

    return loops.run(go())


def raw(gate: Gate, request: bytes) -> bytes:
    with socket.create_connection(gate.address, timeout=150) as caller:
        caller.sendall(request)
        answer = b""
        with contextlib.suppress(TimeoutError):
            while piece := caller.recv(4096):
                answer += piece
                if b"\r\n\r\n" in answer:
                    break
        return answer


def connect(gate: Gate, target: str, credential: tuple[str, str] | None = None) -> bytes:
    word = base64.b64encode(":".join(credential or gate.credential).encode())
    return raw(
        gate, f"CONNECT {target} HTTP/1.1\r\nproxy-authorization: basic {word.decode()}\r\n\r\n".encode()
    )


def test_an_allowed_host_is_reached_and_its_bytes_come_back_raw(tmp_path: Path, peer: Peer):
    opened: list[Opened] = []
    with Gate(settings(tmp_path, "127.0.0.1"), on_open=opened.append) as gate:
        response, stream = get(gate, f"http://127.0.0.1:{peer.port}/a?b")
    assert response.content == b"hi"
    assert stream.peer == "127.0.0.1"
    assert stream.wire.response == ANSWER[:-2]
    assert stream.wire.request == peer.heard[0]
    assert [o.local_port for o in opened] == peer.callers
    assert (opened[0].host, opened[0].port, opened[0].address) == ("127.0.0.1", peer.port, "127.0.0.1")


def test_nobody_passes_without_the_credential_of_this_run(tmp_path: Path, peer: Peer):
    with Gate(settings(tmp_path, "127.0.0.1")) as gate, Gate(settings(tmp_path)) as other:
        target = f"127.0.0.1:{peer.port}"
        assert raw(gate, f"CONNECT {target} HTTP/1.1\r\n\r\n".encode()).startswith(b"HTTP/1.1 407 ")
        assert connect(gate, target, ("cunzhao", "guess")).startswith(b"HTTP/1.1 407 ")
        assert connect(gate, target, other.credential).startswith(b"HTTP/1.1 407 ")
        assert connect(gate, target).startswith(b"HTTP/1.1 200 ")
    assert eventually(lambda: len(peer.callers) == 1)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST.", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "0", "[::1]",
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::]", "10.0.0.1",
     "169.254.169.254", "168.63.129.16", "100.100.100.200", "[fd00:ec2::254]", "255.255.255.255"],
)  # fmt: skip
def test_a_host_that_is_not_public_is_not_reached_however_it_is_written(
    tmp_path: Path, peer: Peer, host: str
):
    with Gate(settings(tmp_path)) as gate:
        answer = connect(gate, f"{host}:{peer.port}")
    assert answer.startswith(b"HTTP/1.1 403 ") and b"X-Cunzhao-Refusal: address-refused; address=" in answer
    assert peer.callers == []


@pytest.mark.parametrize(
    "host", ["256.1.1.1", "1.2.3.4.5", "09.1", "[fe80::1%25eth0]", "[127.0.0.1]", "[::1"]
)
def test_a_host_that_is_no_address_though_it_looks_like_one_is_not_looked_up(tmp_path: Path, host: str):
    resolve, asked = answering(["8.8.8.8"])
    with Gate(settings(tmp_path), resolve=resolve) as gate:
        assert connect(gate, f"{host}:80")[9:12] in (b"502", b"400")
    assert asked == []


def test_a_name_is_resolved_once_and_a_second_answer_never_counts(tmp_path: Path, peer: Peer):
    """DNS rebinding: the first answer is vetted, and it is the one that is connected to."""
    resolve, asked = answering(["10.0.0.1"], ["127.0.0.1"])
    with Gate(settings(tmp_path), resolve=resolve) as gate, pytest.raises(AddressRefused) as caught:
        get(gate, f"http://rebind.example:{peer.port}/")
    assert caught.value.values["address"] == "10.0.0.1"
    assert asked == ["rebind.example"] and peer.callers == []

    resolve, asked = answering(["127.0.0.1"], ["10.0.0.1"])
    with Gate(settings(tmp_path, "rebind.example"), resolve=resolve) as gate:
        assert get(gate, f"http://rebind.example:{peer.port}/")[1].peer == "127.0.0.1"
    assert asked == ["rebind.example"]


def test_of_mixed_answers_only_the_public_ones_are_tried(tmp_path: Path):
    resolve, _ = answering(["127.0.0.1", "8.8.8.8", "::1", "2400:3200::1"])
    gate = Gate(settings(tmp_path), resolve=resolve)
    assert gate.vet("mixed.example", 80, ["127.0.0.1", "8.8.8.8", "::1", "2400:3200::1"]) == [
        "8.8.8.8",
        "2400:3200::1",
    ]


def test_the_next_address_is_tried_where_the_first_does_not_answer(tmp_path: Path, peer: Peer):
    resolve, _ = answering(["127.0.0.2", "127.0.0.1"])  # nobody listens on 127.0.0.2
    with Gate(settings(tmp_path, "two.example"), resolve=resolve) as gate:
        assert get(gate, f"http://two.example:{peer.port}/")[1].peer == "127.0.0.1"


def test_an_address_that_hangs_leaves_time_for_the_next(
    tmp_path: Path, peer: Peer, monkeypatch: pytest.MonkeyPatch
):
    connect_now = asyncio.open_connection

    async def hang_on_the_first(address: str, *rest: object, **named: object):
        if address == "127.0.0.2":
            await asyncio.sleep(60)
        return await connect_now(address, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(asyncio, "open_connection", hang_on_the_first)
    resolve, _ = answering(["127.0.0.2", "127.0.0.1"])
    with Gate(settings(tmp_path, "two.example", timeout=8), resolve=resolve) as gate:
        assert get(gate, f"http://two.example:{peer.port}/")[1].peer == "127.0.0.1"


def test_our_own_listeners_are_never_reached_even_when_allowed(tmp_path: Path, peer: Peer):
    resolve, _ = answering(["127.0.0.1"])
    allow = ("127.0.0.1", "0.0.0.0", "[::ffff:127.0.0.1]", "me.example")
    with Gate(settings(tmp_path, *allow), resolve=resolve) as gate:
        gate.own.add(("127.0.0.1", peer.port))
        for port in (peer.port, gate.address[1]):
            for host in ("127.0.0.1", "0.0.0.0", "[::ffff:127.0.0.1]", "me.example", "127.1"):
                assert b"403" in connect(gate, f"{host}:{port}")[:12], (host, port)
    assert peer.callers == []


def test_a_listener_on_every_address_is_not_reached_by_any_of_them(tmp_path: Path):
    gate = Gate(settings(tmp_path))
    gate.own.add(("0.0.0.0", 8080))
    assert gate.vet("a", 8080, ["127.0.0.9"]).values == (("address", "127.0.0.9"), ("why", "own"))
    assert gate.vet("a", 8080, ["8.8.8.8"]) == ["8.8.8.8"]


def test_the_allow_list_may_name_one_port_only(tmp_path: Path, peer: Peer):
    other = Peer()
    with Gate(settings(tmp_path, f"127.0.0.1:{peer.port}")) as gate:
        assert get(gate, f"http://127.0.0.1:{peer.port}/")[0].status == 200
        with pytest.raises(AddressRefused):
            get(gate, f"http://127.0.0.1:{other.port}/")
    other.socket.close()
    assert other.callers == []


def test_an_unknown_host_is_told(tmp_path: Path):
    async def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with (
        Gate(settings(tmp_path), resolve=nothing) as gate,
        pytest.raises(HostUnknown, match=r"nowhere\.example"),
    ):
        get(gate, "http://nowhere.example/")


def test_a_closed_port_is_told(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Gate(settings(tmp_path, "127.0.0.1")) as gate, pytest.raises(ConnectFailed, match=str(port)):
        get(gate, f"http://127.0.0.1:{port}/")


def test_a_lookup_that_hangs_ends_at_the_limit(tmp_path: Path):
    async def hang(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    with (
        Gate(settings(tmp_path, timeout=0.3), resolve=hang) as gate,
        pytest.raises(FetchTimeout, match=r"0\.3"),
    ):
        get(gate, "http://slow.example/")


def test_a_kept_connection_shows_each_request_its_own_bytes(tmp_path: Path, peer: Peer):
    async def twice(gate: Gate) -> list[bytes]:
        async with httpcore.AsyncConnectionPool(network_backend=GateBackend(gate)) as pool:
            heads = []
            for path in ("/first", "/second"):
                response = await pool.request("GET", f"http://127.0.0.1:{peer.port}{path}")
                heads.append(response.extensions["network_stream"].wire.request)
            return heads

    with Gate(settings(tmp_path, "127.0.0.1")) as gate:
        heads = loops.run(twice(gate))
    assert len(peer.callers) == 1 and heads == peer.heard
    assert heads[1].startswith(b"GET /second HTTP/1.1\r\n")


def test_interim_answers_are_not_taken_for_the_head(tmp_path: Path):
    peer = Peer(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + ANSWER)
    with Gate(settings(tmp_path, "127.0.0.1")) as gate:
        response, stream = get(gate, f"http://127.0.0.1:{peer.port}/")
    peer.socket.close()
    assert (
        response.status == 200 and stream.wire.response == ANSWER[:-2] and stream.wire.received == len(ANSWER)
    )


def test_a_stopped_gate_lets_nobody_through_and_stops_twice_quietly(tmp_path: Path, peer: Peer):
    gate = Gate(settings(tmp_path, "127.0.0.1"))
    gate.start()
    gate.stop()
    gate.stop()
    with pytest.raises(CunzhaoError, match="gate is closed"):
        get(gate, f"http://127.0.0.1:{peer.port}/")
    assert peer.callers == []
