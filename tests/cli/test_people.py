"""The command `user`, and who may be let in from elsewhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cunzhao.cli import cunzhao
from cunzhao.cli.running import is_loopback, listening
from cunzhao.errors import PortTaken, UsageWrong
from tests.serving import free_port

GOOD = "竹林里的七把雨伞 lamp"


def run(home: Path, *words: str, given: str = GOOD, lang: str = "zh_CN.UTF-8") -> Result:
    return CliRunner().invoke(
        cunzhao,
        ["--home", str(home), *words],
        input=f"{given}\n{given}\n",
        env={"LANG": lang, "CUNZHAO_DATABASE": ""},
    )


def test_users_are_added_listed_changed_and_shut_out(tmp_path: Path) -> None:
    assert run(tmp_path, "user", "add", "李编辑", "--role", "editor", "--password-stdin").exit_code == 2
    assert run(tmp_path, "user", "add", "陈静", "--role", "administrator", given="1234567890").exit_code == 1
    done = run(tmp_path, "user", "add", "陈静", "--role", "administrator")
    assert done.exit_code == 0 and "已添加管理员：陈静" in done.stdout and GOOD not in done.output
    assert run(tmp_path, "user", "add", "王看", "--password-stdin").exit_code == 0
    assert run(tmp_path, "user", "role", "王看", "editor").exit_code == 0
    assert run(tmp_path, "user", "disable", "陈静").exit_code == 1
    assert run(tmp_path, "user", "disable", "王看").exit_code == 0
    listed = run(tmp_path, "user", "list", "--json").stdout.splitlines()
    assert [(u["name"], u["role"], u["disabled"]) for u in map(json.loads, listed)] == [
        ("陈静", "administrator", False),
        ("王看", "editor", True),
    ]
    assert "password" not in json.loads(listed[0])
    assert run(tmp_path, "user", "enable", "王看").exit_code == 0
    assert run(tmp_path, "user", "password", "王看", given="seven umbrellas 竹林").exit_code == 0
    token = run(tmp_path, "user", "token", "王看", "--for", "脚本", "--scope", "write")
    assert token.exit_code == 0 and token.stdout.startswith("cz_")
    assert run(tmp_path, "user", "token", "无此人", "--for", "脚本").exit_code == 1
    assert (
        "viewer" not in run(tmp_path, "user", "list").stdout
        and "administrator  陈静" in run(tmp_path, "user", "list", lang="en_US.UTF-8").stdout
    )


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--host", "::"), ("--name", "cunzhao.example")])
def test_nobody_is_let_in_from_elsewhere_without_an_administrator(
    tmp_path: Path, words: tuple[str, str]
) -> None:
    done = run(tmp_path, "serve", *words, "--port", str(free_port()))
    assert done.exit_code == 2 and "cunzhao user add 姓名 --role administrator" in done.stderr
    assert "cunzhao user add NAME" in run(tmp_path, "serve", *words, lang="en_US.UTF-8").stderr


def test_loopback_is_told_from_what_others_reach() -> None:
    assert all(map(is_loopback, ["127.0.0.1", "127.9.9.9", "::1", "localhost"]))
    assert not any(map(is_loopback, ["0.0.0.0", "::", "192.0.2.1", "example.cn", ""]))


def test_an_address_that_this_machine_has_not_is_wrong_use_and_a_taken_port_is_named() -> None:
    for host in ("192.0.2.1", "no-such-host.invalid", "a" * 300):
        with pytest.raises(UsageWrong):
            listening(free_port(), host)
    with listening(free_port(), "0.0.0.0") as ours, pytest.raises(PortTaken):
        listening(ours.getsockname()[1], "0.0.0.0")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_with_an_administrator_it_serves_and_asks_everybody_to_log_in(tmp_path: Path) -> None:
    assert run(tmp_path, "user", "add", "陈静", "--role", "administrator").exit_code == 0
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", "cunzhao", "--home", str(tmp_path), "serve", "--host", "0.0.0.0", "--port", str(port)],
        env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", "CUNZHAO_DATABASE": ""}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout
    assert f"http://0.0.0.0:{port}/" in running.stdout.readline().decode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
        assert answer.url.endswith("/login?back=%2F")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api/links", timeout=60)
    assert caught.value.code == 401
    caught.value.close()
    running.send_signal(signal.SIGTERM)
    _, stderr = running.communicate(timeout=120)
    assert running.returncode == 0 and "https" in stderr.decode()
