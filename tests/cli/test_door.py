"""Whatever goes wrong, a command ends with words in the user's language, the mend, and the documented code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.badsite import served
from tests.cli.command import LIMITS, Cunzhao, run

LANGS = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}
#: In the short form the second language is seen in the tests below that name it: a command takes a second.
OFTEN = ["zh", pytest.param("en", marks=pytest.mark.long)]


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The one line a command says on standard error; no trace of the program's inside."""
    assert "Traceback" not in done.stderr, done.stderr
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("lang", OFTEN)
def test_a_report_that_cannot_be_written_names_its_file(tmp_path: Path, lang: str) -> None:
    cunzhao = Cunzhao(tmp_path / "home")
    (tmp_path / "a.txt").write_text("2024年新增就业5.2万人。", "utf-8")
    (row,) = cunzhao("import", "--json", str(tmp_path / "a.txt")).stdout.splitlines()
    absent = tmp_path / "no such folder" / "x.docx"
    done = cunzhao("report", "brief", json.loads(row)["snapshot"], "-o", str(absent), lang=LANGS[lang])
    assert done.returncode == 1
    assert told(done).startswith(str(absent))
    assert {"zh": "请检查这个路径", "en": "Check that the path exists"}[lang] in told(done)


@pytest.mark.parametrize("lang", OFTEN)
def test_a_data_folder_that_is_a_file_is_wrong_use(tmp_path: Path, lang: str) -> None:
    (tmp_path / "file").write_text("我不是文件夹", "utf-8")
    done = Cunzhao(tmp_path)("--home", str(tmp_path / "file"), "list", lang=LANGS[lang])
    assert done.returncode == 2 and "--home" in told(done)
    inside = Cunzhao(tmp_path / "file" / "home")("list", lang=LANGS[lang])
    assert inside.returncode == 1 and told(inside).startswith(str(tmp_path / "file" / "home"))


@pytest.mark.parametrize("lang", OFTEN)
@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("garbage", "storage.database"),
        ("postgresql://me:secret@host:port/x", "storage.database"),
        ("mysql://me:secret@127.0.0.1/x", "mysql://me:***@127.0.0.1/x"),
        ("nosuch://me:secret@127.0.0.1/x", "nosuch://me:***@127.0.0.1/x"),
        ("postgresql://me:secret@127.0.0.1:1/x", "postgresql+psycopg://me:***@127.0.0.1:1/x"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(
    tmp_path: Path, url: str, named: str, lang: str
) -> None:
    done = Cunzhao(tmp_path / "home", url)("list", lang=LANGS[lang])
    assert done.returncode == 1 and "secret" not in done.stderr and "Traceback" not in done.stderr
    assert done.stderr.startswith(named)
    assert {"zh": "请检查设置 storage.database", "en": "Check storage.database"}[lang] in done.stderr


@pytest.mark.parametrize("lang", OFTEN)
def test_a_file_that_is_no_database_can_be_made_anew_by_rebuild(tmp_path: Path, lang: str) -> None:
    (tmp_path / "cunzhao.db").write_bytes(b"this was never a database" * 400)
    cunzhao = Cunzhao(tmp_path)
    done = cunzhao("list", lang=LANGS[lang])
    assert done.returncode == 1 and "cunzhao rebuild" in told(done)
    (tmp_path / "cunzhao.db").unlink()  # as told
    assert cunzhao("rebuild").returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the default data folder is moved by XDG_DATA_HOME")
@pytest.mark.parametrize("lang", OFTEN)
def test_broken_settings_are_named_and_those_of_another_folder_do_not_matter(
    tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "cunzhao").mkdir()
    (tmp_path / "cunzhao" / "settings.toml").write_text("[collect\n", "utf-8")
    done = Cunzhao(None)("list", lang=LANGS[lang])
    assert done.returncode == 2 and told(done).startswith(str(tmp_path / "cunzhao" / "settings.toml"))
    other = Cunzhao(None)("--home", str(tmp_path / "other"), "list", lang=LANGS[lang])
    assert (other.returncode, other.stderr) == (0, "")


@pytest.mark.parametrize(
    ("environ", "file", "word"),
    [
        ({"LANG": "zh_CN.UTF-8", "CUNZHAO_LANG": "en"}, "", "the tag is empty"),
        ({"LANG": "en_US.UTF-8", "CUNZHAO_LANG": "zh"}, "", "标签是空的"),
        ({"LANG": "zh_CN.UTF-8"}, '[interface]\nlanguage = "en"\n', "the tag is empty"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "", "the tag is empty"),
        ({"LANG": "zh_CN.UTF-8", "CUNZHAO_LANG": "en"}, "[collect\n", "wrong value"),
    ],
)
def test_errors_are_in_the_language_of_the_settings(
    tmp_path: Path, environ: dict[str, str], file: str, word: str
) -> None:
    (tmp_path / "settings.toml").write_text(file, "utf-8")
    clean = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "LC_MESSAGES")}
    words = ("--home", str(tmp_path), "save", "--tag", "", "http://a.example/")
    done = run(words, {**clean, **environ})
    assert done.returncode == 2 and word in told(done)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("save", "--tag", "", "http://a.example/"), 2),
        pytest.param(("save", "--tag", "x" * 61, "http://a.example/"), 2, marks=pytest.mark.long),
        (("save", "http://127.0.0.1:1/", "http://no-such-host.invalid/", "ftp://a.example/"), 1),
        (("import", "empty.txt", "broken.pdf", "a.docx", "b.xyz", "absent.txt"), 1),
        (("show", "nosuchid"), 1),
        pytest.param(("tag", "nosuchid", "x"), 1, marks=pytest.mark.long),
        pytest.param(("read", "nosuchid"), 1, marks=pytest.mark.long),
        (("report", "brief", "nosuchid", "-o", "x.docx"), 1),
        pytest.param(("search", '"'), 0, marks=pytest.mark.long),
        pytest.param(("serve", "--port", "0"), 2, marks=pytest.mark.long),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_every_line_of_errors_is_english_with_lang_en(
    tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    files = {"empty.txt": b"", "broken.pdf": b"%PDF-1.4", "a.docx": b"PK\x03\x04", "b.xyz": b"\0"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    here = (
        str(tmp_path / word) if word.endswith((".txt", ".pdf", ".docx", ".xyz")) else word for word in words
    )
    done = Cunzhao(tmp_path / "home")(*here, lang=LANGS["en"])
    assert "Traceback" not in done.stderr
    assert done.stderr.isascii(), done.stderr
    assert done.returncode == code


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_has_seen_enough_ends_the_command_quietly(tmp_path: Path) -> None:
    environ = {**os.environ, **LIMITS, "CUNZHAO_HOME": str(tmp_path / "home")}
    with served() as site:
        urls = [f"{site}/good.html?{n}" for n in range(40)]
        running = subprocess.Popen(
            [sys.executable, "-m", "cunzhao", "save", "--json", *urls],
            env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert running.stdout and running.stderr
        first = json.loads(running.stdout.readline())
        running.stdout.close()
        said = running.stderr.read().decode()
        running.stderr.close()
        assert running.wait(120) == 0
    assert first["verdict"] == "complete" and said == ""
