"""What users did after saving stands in the archive folder, whatever happened while it was written."""

import multiprocessing
from pathlib import Path

import pytest

from cunzhao.archive.journal import NAME, append_entry, read_entries


def entry(op: str = "tag", value: str = "规划", n: int = 1) -> dict[str, str]:
    link, url = f"{n:016x}", f"http://g.example/{n}"
    return {"op": op, "link": link, "url": url, "value": value, "at": "2026-03-01T08:00:00+00:00"}


def test_entries_come_back_in_order(tmp_path: Path) -> None:
    told = [
        entry(),
        entry("untag"),
        entry("note", "两行\n备注\u2028"),
        entry("remove", ""),
        entry("restore", ""),
    ]
    for one in told:
        append_entry(tmp_path, one)
    assert read_entries(tmp_path) == told


def test_a_torn_last_line_loses_nothing_else(tmp_path: Path) -> None:
    append_entry(tmp_path, entry(n=1))
    append_entry(tmp_path, entry(n=2))
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-9])
    assert read_entries(tmp_path) == [entry(n=1)]
    append_entry(tmp_path, entry(n=3))
    assert read_entries(tmp_path) == [entry(n=1), entry(n=3)]


@pytest.mark.parametrize("wrong", [{}, entry("burn"), {**entry(), "more": 1}])
def test_what_is_no_entry_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no journal entry"):
        append_entry(tmp_path, wrong)
    assert read_entries(tmp_path) == []


def _many(folder: str, n: int) -> None:
    for value in range(20):
        append_entry(Path(folder), entry(value=str(value), n=n))


def test_two_processes_write_whole_lines(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=_many, args=(str(tmp_path), n)) for n in (1, 2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    found = read_entries(tmp_path)
    for n in (1, 2):
        mine = [int(one["value"]) for one in found if one["link"] == f"{n:016x}"]
        assert mine == list(range(20))
