"""The table of tricks against the gate itself: what it does not connect to, it does not let through."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from cunzhao.egress.gate import Gate
from tests.egress.peers import ANSWER, Caller, Peer, settings
from tests.egress.tricks import CHUNKS, DEEDS, HEADS, HOSTS, JOURNEYS, MIXED, NAMES, PAGES, count

THIS_MACHINE = {
    "localhost": (["127.0.0.1", "::1"],),
    "ip6-localhost": (["::1"],),
    "a.localhost": (["127.0.0.1"],),
}
Attempts = list[tuple[str, int]]


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> Attempts:
    """Every connection the gate begins; none of them is made."""
    begun: Attempts = []

    async def begin(address: str, port: int, **_: object):
        begun.append((address, port))
        raise ConnectionRefusedError(address)

    monkeypatch.setattr(asyncio, "open_connection", begin)
    return begun


@pytest.fixture
def peer():
    with Peer() as made:
        yield made


def resolver(names: dict[str, tuple[list[str], ...]]):
    asked: dict[str, int] = {}

    async def resolve(host: str, port: int) -> list[str]:
        rounds = names[host.lower()]
        asked[host] = asked.get(host, 0) + 1
        return rounds[min(asked[host], len(rounds)) - 1]

    return resolve


def ask_both_ways(gate: Gate, host: str, port: int) -> list[str]:
    """Asked as a tunnel and as an absolute URL; the codes under which it was refused."""
    credential = gate.login("page")
    with Caller(gate, credential) as caller:
        caller.ask(f"CONNECT {host}:{port} HTTP/1.1", f"Host: {host}:{port}")
        assert caller.hear(12)[9:12] in (b"400", b"403", b"502")
    with Caller(gate, credential) as caller:
        caller.get(f"http://{host}:{port}/")
        assert caller.is_closed()
    seen = gate.seen("page")
    assert seen.opened == ()
    return [refused.code for refused in seen.refused]


def test_there_are_at_least_sixty_tricks_and_here_is_how_many(capsys: pytest.CaptureFixture[str]):
    counted = count()
    with capsys.disabled():
        print(f"\ntricks against the egress gate: {sum(counted.values())} {counted}")
    assert all(
        len(set(table)) == len(table)
        for table in (HOSTS, tuple(NAMES), tuple(MIXED), HEADS, CHUNKS, tuple(PAGES), tuple(JOURNEYS), DEEDS)
    )
    assert counted["hosts"] + counted["names"] >= 60
    assert sum(counted.values()) >= 200


@pytest.mark.parametrize("host", HOSTS)
def test_no_connection_is_even_begun_to_a_host_that_is_not_public(
    tmp_path: Path, attempts: Attempts, host: str
):
    with Gate(settings(tmp_path), resolve=resolver(THIS_MACHINE)) as gate:
        codes = ask_both_ways(gate, host, 8080)
    assert len(codes) == 2 and set(codes) <= {"address-refused", "bad-request", "host-unknown"}
    assert attempts == []


@pytest.mark.parametrize("name", NAMES)
def test_no_connection_is_begun_to_a_name_with_such_an_address(tmp_path: Path, attempts: Attempts, name: str):
    resolve = resolver({name: NAMES[name][:1]})
    with Gate(settings(tmp_path), resolve=resolve) as gate:
        codes = ask_both_ways(gate, name, 8080)
    assert set(codes) <= {"address-refused", "host-unknown"} and attempts == []


@pytest.mark.parametrize("name", [*MIXED, "private-then-public.example"])
def test_of_a_name_with_several_answers_only_the_public_one_is_tried(
    tmp_path: Path, attempts: Attempts, name: str
):
    with Gate(settings(tmp_path), resolve=resolver(MIXED | NAMES)) as gate:
        for label in ("first", "second"):
            with Caller(gate, gate.login(label)) as caller:
                caller.get(f"http://{name}:8080/")
                assert caller.is_closed()
    assert set(attempts) == {("8.8.8.8", 8080)}


@pytest.mark.parametrize(("line", "fields", "why"), HEADS)
def test_what_can_be_read_in_two_ways_is_not_passed_on(
    tmp_path: Path, peer: Peer, line: str, fields: tuple[str, ...], why: str
):
    with Gate(settings(tmp_path, "127.0.0.1")) as gate:
        with Caller(gate, gate.login("page")) as caller:
            caller.ask(line.format(port=peer.port), *(field.format(port=peer.port) for field in fields))
            heard = caller.hear(1000)
        [refused] = gate.seen("page").refused
    assert heard == b"" if "CONNECT" not in line else heard.startswith(b"HTTP/1.1 400 ")
    assert (refused.code, refused.values) == ("bad-request", (("why", why),))
    assert peer.callers == []


@pytest.mark.parametrize("body", CHUNKS)
def test_chunks_that_two_readers_could_cut_differently_break_the_connection_off(
    tmp_path: Path, peer: Peer, body: bytes
):
    at = f"127.0.0.1:{peer.port}"
    smuggled = f"GET http://{at}/smuggled HTTP/1.1\r\nHost: {at}\r\n".encode()
    with Gate(settings(tmp_path, at)) as gate, Caller(gate, gate.login("page")) as caller:
        tail = smuggled + caller.authorization + b"\r\n"
        caller.ask(
            f"POST http://{at}/ HTTP/1.1", f"Host: {at}", "Transfer-Encoding: chunked", body=body + tail
        )
        while caller.hear(1):
            pass
        assert gate.seen("page").refused[-1].code == "bad-request"
    assert not any(b"smuggled" in heard for heard in peer.heard)


def test_a_request_smuggled_behind_a_short_body_is_vetted_like_any_other(tmp_path: Path, peer: Peer):
    at = f"127.0.0.1:{peer.port}"
    with Gate(settings(tmp_path, at)) as gate, Caller(gate, gate.login("page")) as caller:
        inner = b"GET http://169.254.169.254/latest/meta-data HTTP/1.1\r\nHost: 169.254.169.254\r\n"
        inner += caller.authorization + b"\r\n"
        caller.ask(f"POST http://{at}/ HTTP/1.1", f"Host: {at}", "Content-Length: 0", body=inner)
        while caller.hear(1):
            pass
        assert [r.host for r in gate.seen("page").refused] == ["169.254.169.254"]
    assert b"meta-data" not in b"".join(peer.heard)


@pytest.mark.parametrize("own", ["the gate", "a listener of ours"])
def test_our_own_ports_are_not_reached_in_any_form(tmp_path: Path, peer: Peer, own: str):
    with Gate(settings(tmp_path, "127.0.0.1", "localhost")) as gate:
        port = gate.address[1] if own == "the gate" else peer.port
        gate.own.add(("127.0.0.1", port))
        for host in ("127.0.0.1", "localhost", "0x7f.1"):
            gate.forget("page")
            assert ask_both_ways(gate, host, port) == ["address-refused"] * 2
    assert peer.callers == []


@pytest.mark.parametrize(
    "second", ["another host", "no credential", "another label", "a tunnel", "forgotten"]
)
def test_a_kept_connection_is_no_way_in_for_what_follows(tmp_path: Path, peer: Peer, second: str):
    at = f"127.0.0.1:{peer.port}"
    with Gate(settings(tmp_path, at)) as gate, Caller(gate, gate.login("page")) as caller:
        caller.get(f"http://{at}/")
        assert caller.hear() == ANSWER
        if second == "another host":
            caller.get(f"http://127.0.0.2:{peer.port}/")
        elif second == "no credential":
            caller.authorization = b""
            caller.get(f"http://{at}/")
        elif second == "another label":
            with Caller(gate, gate.login("other")) as other:
                caller.authorization = other.authorization
            caller.get(f"http://{at}/")
        elif second == "a tunnel":
            caller.ask(f"CONNECT {at} HTTP/1.1")
        else:
            gate.forget("page")
            with contextlib.suppress(OSError):
                caller.get(f"http://{at}/")
        assert caller.is_closed()
    assert len(peer.heard) == 1
