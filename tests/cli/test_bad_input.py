"""Each bad input ends with a clear error of its own and exit code 1; the rest of the batch is saved."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.badsite import served
from tests.cli.command import Cunzhao, database


@pytest.fixture(params=["sqlite", "postgresql"])
def cunzhao(request: pytest.FixtureRequest, tmp_path: Path) -> Cunzhao:
    return Cunzhao(tmp_path / "home", database(request))


#: what is given, the verdict and error code it must end with
BAD_URLS = {
    "http://no-such-host.invalid/": ("unreachable", "host-unknown"),
    "http://127.0.0.1:1/": ("unreachable", "connect-failed"),
    "{site}/gone.html": ("error", "http-status"),
    "{site}/slow.html": ("unreachable", "timeout"),
    "{site}/loop.html": ("unreachable", "redirect-loop"),
    "{site}/huge.bin": ("unreachable", "body-too-large"),
    "{site}/bomb.html": ("error", "decompression-bomb"),
    "http://10.0.0.1/": ("refused", "address-refused"),
    "http://[::ffff:169.254.169.254]/latest/": ("refused", "address-refused"),
    "file:///etc/passwd": ("refused", "scheme-refused"),
    "gopher://example.com/": ("refused", "scheme-refused"),
    "这不是网址": ("refused", "not-a-url"),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def batch(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[dict], subprocess.CompletedProcess[str], Cunzhao]:
    """All of them saved in one batch, between two good pages."""
    cunzhao = Cunzhao(tmp_path_factory.mktemp("batch") / "home", database(request))
    with served() as site:
        given = [f"{site}/good.html", *(url.format(site=site) for url in BAD_URLS), f"{site}/good.html?again"]
        done = cunzhao("save", "--json", *given)
    return [json.loads(line) for line in done.stdout.splitlines()], done, cunzhao


def test_one_row_for_each_input_in_the_order_given_and_exit_code_1(batch) -> None:
    rows, done, _ = batch
    assert done.returncode == 1
    assert len(rows) == len(BAD_URLS) + 2
    assert [row["verdict"] for row in rows] == [
        "complete", *(verdict for verdict, _ in BAD_URLS.values()), "complete"
    ]  # fmt: skip


def test_each_error_says_what_is_wrong_and_what_to_do_in_chinese(batch) -> None:
    rows, done, _ = batch
    for row, (_, code) in zip(rows[1:-1], BAD_URLS.values(), strict=True):
        assert row["error"]["code"] == code, row
        assert row["error"]["message"] in done.stderr and row["error"]["mend"] in done.stderr
    assert "其余已完成" in done.stderr


def test_the_good_pages_of_the_batch_are_kept_and_found(batch) -> None:
    rows, _, cunzhao = batch
    assert rows[0]["snapshot"] and rows[-1]["snapshot"]
    assert rows[0]["snapshot"] in cunzhao("search", "轨道").stdout
    assert cunzhao("verify").returncode == 0


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "这不是网址", "file:///etc/passwd"])
def test_errors_are_in_english_with_lang_en(url: str, tmp_path: Path) -> None:
    done = Cunzhao(tmp_path / "home")("save", url, lang="en_US.UTF-8")
    assert done.returncode == 1
    words = done.stderr.replace(url, "")
    assert words.isascii() and len(words) > 40


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {
        "good.txt": "绵阳市2011年旅游总收入173.6亿元，增长6.4%。\n".encode(),
        "empty.txt": b"",
        "broken.pdf": b"%PDF-1.4\n1 0 obj << /Type /Catalog >>\nnothing more",
        "noise.docx": b"PK\x03\x04 no zip at all",
        "picture.xyz": bytes(range(256)) * 4,
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in made} | {"absent.txt": tmp_path / "absent.txt"}


BAD_FILES = {
    "empty.txt": "empty",
    "broken.pdf": "file-broken",
    "noise.docx": "file-broken",
    "picture.xyz": "format-unknown",
    "absent.txt": "file-missing",
}


def test_bad_files_are_named_and_the_good_one_is_kept(files: dict[str, Path], cunzhao: Cunzhao) -> None:
    given = [*(str(files[name]) for name in BAD_FILES), str(files["good.txt"])]
    done = cunzhao("import", "--json", *given)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [row["error"] and row["error"]["code"] for row in rows] == [*BAD_FILES.values(), None]
    assert rows[-1]["verdict"] == "complete"


def test_a_warc_cut_in_half_gives_its_whole_pages_and_says_where_it_broke(
    tmp_path: Path, cunzhao: Cunzhao
) -> None:
    first = Cunzhao(tmp_path / "from")
    with served() as site:
        assert first("save", *(f"{site}/good.html?{n}" for n in range(6))).returncode == 0
    (warc,) = (tmp_path / "from" / "archive").glob("*.warc.gz")
    cut = tmp_path / "half.warc.gz"
    cut.write_bytes(warc.read_bytes()[: warc.stat().st_size // 2])
    done = cunzhao("import", "--json", str(cut))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert rows[-1]["error"]["code"] == "warc-broken" and "字节处" in done.stderr
    assert 1 <= sum(row["snapshot"] is not None for row in rows) < 6


def test_wrong_use_is_exit_code_2(tmp_path: Path) -> None:
    cunzhao = Cunzhao(tmp_path)
    assert cunzhao("save").returncode == 2
    assert cunzhao("no-such-command").returncode == 2
    (tmp_path / "settings.toml").write_text("[collect]\ntimeuot = 1\n")
    assert cunzhao("list").returncode == 2


def test_a_day_that_never_was_is_wrong_use_and_says_how_to_write_it(tmp_path: Path) -> None:
    file = tmp_path / "公报.txt"
    file.write_text("2018年，全市生产总值增长7.1%。", "utf-8")
    run = Cunzhao(tmp_path / "home")("extract", str(file), "--date", "2018-99-99")
    assert run.returncode == 2 and "2019-01-21" in run.stderr and not run.stdout
