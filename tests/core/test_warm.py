"""What is dear to count is counted in the background; whoever asks meanwhile gets what was counted before."""

from __future__ import annotations

import threading

import pytest

from cunzhao.core import Core
from cunzhao.core.queries import remembered
from cunzhao.core.queries.remembered import Remembered
from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Remembered:
    monkeypatch.setattr(remembered, "LONG_S", -1.0)  # whatever is counted took long
    monkeypatch.setattr(remembered, "SHARE", 0)  # and is never good for a while, however long it took
    return Remembered()


def test_nobody_waits_while_another_counts_anew(database: Database, memory: Remembered):
    counted, told, begun, go_on = ["old"], ["before"], threading.Event(), threading.Event()

    def make(_: object) -> str:
        if told[0] == "after":
            begun.set()
            assert go_on.wait(150)
        return counted[0]

    def ask() -> str:
        with database.reading() as session:
            return memory.get(session, "key", make, lambda _: told[0], kept=True)

    assert ask() == "old"
    counted[0], told[0] = "new", "after"
    answers: list[str] = []
    other = threading.Thread(target=lambda: answers.append(ask()))
    other.start()
    assert begun.wait(150) and ask() == "old"
    go_on.set()
    other.join()
    assert answers == ["new"] and ask() == "new"


def test_what_is_kept_is_counted_anew_when_the_archive_has_changed(database: Database, memory: Remembered):
    times, told = {"kept": 0, "passing": 0}, ["before"]

    def ask(key: str) -> int:
        def make(_: object) -> int:
            times[key] += 1
            return times[key]

        with database.reading() as session:
            return memory.get(session, key, make, lambda _: told[0], kept=key == "kept")

    assert ask("kept") == ask("passing") == 1
    for told[0] in ("before", "after", "after"):
        with database.reading() as session:
            memory.refresh(session)
    assert times == {"kept": 2, "passing": 1}


def test_a_server_counts_at_its_start_and_stops_when_it_is_closed(settings: Settings):
    with Core(settings, open_database(settings)) as core:
        warm = core.keep_warm()
        assert warm.asked.wait(150) and core.keep_warm() is warm
    assert not warm._thread.is_alive()
