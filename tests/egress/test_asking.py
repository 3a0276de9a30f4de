"""A question to a service leaves through the gate, and ends within its limits."""

import threading
from dataclasses import replace

import pytest

from cunzhao.egress.asking import Question, Reply, ask
from cunzhao.egress.gate import Gate
from cunzhao.errors import AddressRefused, BodyTooLarge, FetchTimeout, HostUnknown, NotAUrl, ServerBroke
from cunzhao.settings import Settings
from tests.extract.modelserver import Answer, playing
from tests.loops import run


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path, allow_hosts=("127.0.0.1",))


def test_it_passes_the_gate(settings):
    opened = []
    with playing(Answer(b"yes", status=201)) as played, Gate(settings, on_open=opened.append) as gate:
        question = Question(f"{played.address}/x", method="POST", headers={"Authorization": "k"}, body=b"{}")
        assert ask(gate, question) == Reply(201, b"yes")
    assert [(one.host, one.address) for one in opened] == [("127.0.0.1", "127.0.0.1")]
    assert played.keys == ["k"]


def test_what_is_not_public_and_not_allowed_is_refused(settings):
    closed = replace(settings, allow_hosts=())
    with playing(Answer(b"")) as played, Gate(closed) as gate, pytest.raises(AddressRefused):
        ask(gate, Question(played.address))
    assert played.keys == []


def test_the_time_limit_holds_for_the_whole(settings):
    never = threading.Event()
    with playing(Answer(b"", waits=never)) as played, Gate(settings) as gate:
        with pytest.raises(FetchTimeout):
            ask(gate, Question(played.address, limit_s=0.1))
        never.set()


def test_more_than_the_limit_is_not_read(settings):
    with playing(Answer(b"x" * 5000)) as played, Gate(settings) as gate, pytest.raises(BodyTooLarge):
        ask(gate, Question(played.address, limit_bytes=4000))


@pytest.mark.parametrize(
    ("url", "error"),
    [("ftp://127.0.0.1/", NotAUrl), ("no address", NotAUrl), ("http://", HostUnknown), ("http://[::/", NotAUrl),
     ("http://no-such-host.invalid/", HostUnknown)],
)  # fmt: skip
def test_an_address_that_is_none_is_named(settings, url, error):
    with Gate(settings, resolve=_nobody) as gate, pytest.raises(error):
        ask(gate, Question(url))


async def _nobody(host, port):
    raise OSError(host)


def test_an_answer_that_breaks_off_is_told(settings):
    with playing(Answer(b"x", length=9)) as played, Gate(settings) as gate, pytest.raises(ServerBroke):
        ask(gate, Question(played.address))


def test_it_may_be_asked_where_an_event_loop_runs(settings):
    with playing(Answer(b"yes")) as played, Gate(settings) as gate:

        async def within() -> Reply:
            return ask(gate, Question(played.address))

        assert run(within()).body == b"yes"
