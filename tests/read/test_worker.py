from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cunzhao.errors import FileBroken, ReadCrashed, ReadTimeout
from cunzhao.read import Reader, read, read_isolated, worker
from cunzhao.settings import Settings
from tests.waiting import until

PAGE = "<h1>渡口改造完工</h1><div><p>渡口改造全部完工，群众出行更加方便。</p></div>".encode()
SLOW = (
    "<div>" + "<p>渡口改造，共40座。</p>" * 400_000 + "</div>"
).encode()  # more than ten seconds of reading


@pytest.fixture(autouse=True)
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start as those of users do: they import what they need."""
    monkeypatch.setattr(worker, "multiprocessing", multiprocessing)


@pytest.fixture
def bounded(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, parse_timeout_s=4)


@pytest.fixture
def reader(bounded: Settings) -> Iterator[Reader]:
    with Reader(bounded) as opened:
        yield opened


def workers() -> list[int]:
    return [p.pid for p in multiprocessing.active_children() if p.name == "cunzhao-read" and p.pid]


def test_a_worker_gives_the_very_document_that_reading_here_gives(reader: Reader) -> None:
    assert reader.read(PAGE, mime="text/html") == read(PAGE, mime="text/html")


def test_a_worker_is_used_again(reader: Reader) -> None:
    reader.read(PAGE, mime="text/html")
    first = workers()
    reader.read(PAGE, mime="text/html")
    assert workers() == first


def test_an_error_of_the_input_comes_back_and_the_worker_lives_on(reader: Reader) -> None:
    reader.read(PAGE, mime="text/html")
    first = workers()
    with pytest.raises(FileBroken) as raised:
        reader.read(b"%PDF-1.4 cut", mime="application/pdf", name="断.pdf")
    assert raised.value.input == "断.pdf"
    assert workers() == first


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read(reader: Reader) -> None:
    reader.read(PAGE, mime="text/html")
    began = time.monotonic()
    with pytest.raises(ReadTimeout):
        reader.read(SLOW, mime="text/html")
    assert time.monotonic() - began < 100
    assert reader.read(PAGE, mime="text/html").title == "渡口改造完工"


def spent(process: int) -> float:
    """Seconds of the processor that it has had."""
    told = Path(f"/proc/{process}/stat").read_text("latin-1").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_worker_that_dies_over_a_document_is_replaced(tmp_path: Path) -> None:
    with Reader(Settings(home=tmp_path, parse_timeout_s=200)) as reader:
        reader.read(PAGE, mime="text/html")
        (child,) = [p for p in multiprocessing.active_children() if p.name == "cunzhao-read"]
        before = spent(child.pid or 0)

        def kill() -> None:
            until(lambda: spent(child.pid or 0) > before + 0.3)  # it is at the document
            child.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        with pytest.raises(ReadCrashed):
            reader.read(SLOW, mime="text/html")
        killer.join()
        assert reader.read(PAGE, mime="text/html").title == "渡口改造完工"


def test_a_worker_that_dies_between_documents_is_replaced_unseen(reader: Reader) -> None:
    reader.read(PAGE, mime="text/html")
    (child,) = [p for p in multiprocessing.active_children() if p.name == "cunzhao-read"]
    child.kill()
    child.join()
    assert reader.read(PAGE, mime="text/html").title == "渡口改造完工"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds the address space")
def test_a_document_that_eats_all_memory_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    with Reader(Settings(home=tmp_path, parse_timeout_s=280, parse_memory_bytes=400_000_000)) as reader:
        with pytest.raises(ReadCrashed):
            reader.read(SLOW, mime="text/html")
        assert reader.read(PAGE, mime="text/html").title == "渡口改造完工"


def test_several_threads_read_at_once_with_several_workers(tmp_path: Path) -> None:
    titles: list[str | None] = []
    with Reader(Settings(home=tmp_path), workers=2) as reader:

        def work() -> None:
            titles.append(reader.read(PAGE, mime="text/html").title)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(workers()) <= 2
    assert titles == ["渡口改造完工"] * 4


def test_no_worker_is_left_when_the_reader_is_closed(bounded: Settings) -> None:
    before = set(workers())
    assert read_isolated(PAGE, mime="text/html", settings=bounded).title == "渡口改造完工"
    assert set(workers()) <= before
