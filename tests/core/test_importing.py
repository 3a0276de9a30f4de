"""Uploaded files are kept under harmless names, and one that cannot be kept costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.core import Core
from cunzhao.core.keeping.importing import harmless_name
from cunzhao.settings import Settings

TEXT = "2024年新增就业5.2万人。".encode()


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("年报.pdf", "年报.pdf"),
        ("关于 2024 年 计划.docx", "关于 2024 年 计划.docx"),
        ("C:\\文件\\年报.pdf", "年报.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("文件夹/", "file"),
        ("年报.pdf. ", "年报.pdf"),
        ('a<b>:"c|d?*.txt', "a_b___c_d__.txt"),
        ("甲\0乙.txt", "甲_乙.txt"),
        ("nul.txt", "_nul.txt"),
        ("\ud800甲.txt", "甲.txt"),
        ("长" * 110 + ".docx", "长" * 65 + ".docx"),
        ("第1." + "长" * 110, "第1." + "长" * 65),
    ],
)
def test_a_name_becomes_one_that_any_file_system_takes(given: str, kept: str) -> None:
    assert harmless_name(given) == kept


@given(st.text() | st.text("./\\ 长", max_size=400))
def test_a_harmless_name_is_one_short_part_of_a_path_and_stays_as_it_is(name: str) -> None:
    harmless = harmless_name(name)
    assert harmless not in ("", ".", "..") and len(harmless.encode()) <= 200
    assert Path(harmless).name == harmless
    assert harmless_name(harmless) == harmless


def test_bad_names_cost_neither_their_own_files_nor_the_others(core: Core) -> None:
    names = ["..", ".", "长" * 110 + ".txt", "好.txt"]
    rows = core.upload([(name, TEXT + str(n).encode()) for n, name in enumerate(names)])
    assert [row.verdict for row in rows] == ["complete"] * 4
    assert [row.error for row in rows] == [None] * 4


def test_a_file_that_the_system_refuses_is_one_failed_row(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Path.write_bytes

    def refusing(path: Path, data: bytes) -> int:
        if path.name == "坏.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return honest(path, data)

    monkeypatch.setattr(Path, "write_bytes", refusing)
    bad, good = core.upload([("坏.txt", TEXT), ("好.txt", TEXT)])
    assert bad.error and bad.error["code"] == "path-unusable" and bad.url == bad.error["input"] == "坏.txt"
    assert "Permission denied" in bad.error["message"] and bad.snapshot is None
    assert good.verdict == "complete" and good.snapshot


def test_a_file_that_breaks_off_while_it_is_read_costs_no_other(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cunzhao.core.keeping import saving

    honest = saving.capture_file

    def failing(path: Path, **told):
        if path.name == "坏.txt":
            raise OSError(5, "Input/output error")
        return honest(path, **told)

    monkeypatch.setattr(saving, "capture_file", failing)
    for name in ("坏.txt", "好.txt"):
        (tmp_path / name).write_bytes(TEXT)
    bad, good = core.import_files([tmp_path / "坏.txt", tmp_path / "好.txt"])
    assert bad.error and (bad.error["code"], bad.error["input"]) == (
        "path-unusable",
        str(tmp_path / "坏.txt"),
    )
    assert good.verdict == "complete"
