"""`serve` says its address once it is its own, ends with 0 when told to, and 2 if the port cannot be had."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from cunzhao.cli.running import listening
from cunzhao.errors import PortTaken
from tests.cli.command import Cunzhao
from tests.serving import free_port


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port: int = other.getsockname()[1]
        yield port


def test_a_port_that_is_taken_is_named_before_anything_is_said_or_done(tmp_path: Path, taken: int) -> None:
    for lang, word in (("zh_CN.UTF-8", "这个端口已被占用"), ("en_US.UTF-8", "this port is taken")):
        done = Cunzhao(tmp_path / "home")("serve", "--port", str(taken), lang=lang)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"127.0.0.1:{taken}") and word in done.stderr
        assert "Traceback" not in done.stderr and "PORT=" in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_taken_port_of_the_sample_site_is_named_too(tmp_path: Path, taken: int) -> None:
    given = ["serve", "--sample", "--port", str(free_port()), "--sample-port", str(taken)]
    done = Cunzhao(tmp_path / "home")(*given)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith(f"127.0.0.1:{taken}")


@pytest.mark.parametrize("port", ["0", "-1", "65536", "http"])
def test_a_number_that_is_no_port_is_wrong_use(tmp_path: Path, port: str) -> None:
    done = Cunzhao(tmp_path / "home")("serve", "--port", port)
    assert done.returncode == 2 and "Traceback" not in done.stderr and "--port" in done.stderr


def test_a_port_is_ours_from_the_moment_it_is_bound() -> None:
    with listening(free_port()) as ours, pytest.raises(PortTaken):
        listening(ours.getsockname()[1])


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    "told",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.long),  # in the short form see test_real_product.py
    ],
)
def test_the_address_answers_as_soon_as_it_is_said_and_a_signal_ends_it_with_0(
    tmp_path: Path, told: signal.Signals
) -> None:
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", "cunzhao", "--home", str(tmp_path), "serve", "--port", str(port)],
        env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": ""}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout
    said = running.stdout.readline().decode()
    assert f"http://127.0.0.1:{port}/" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
        assert answer.status == 200
    running.send_signal(told)
    _, stderr = running.communicate(timeout=120)
    assert (running.returncode, stderr.decode()) == (0, "")
