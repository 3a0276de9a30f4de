"""`doctor` tells of a browser that is missing and of a resolver that makes addresses up; without network it is silent."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from cunzhao.cli import doctor
from cunzhao.cli.doctor import Check, examine
from cunzhao.settings import Settings


def checks(settings: Settings, answer: Sequence[str] | Exception) -> list[Check]:
    def resolve(_: str) -> Sequence[str]:
        if isinstance(answer, Exception):
            raise answer
        return answer

    return [check for check in examine(settings, resolve) if "www.gov.cn" in check.en]


@pytest.mark.parametrize("address", ["198.18.0.5", "198.19.255.254"])
def test_a_made_up_address_is_told_with_the_mend_and_is_no_failure(settings: Settings, address: str) -> None:
    (found,) = checks(settings, [address])
    assert not found.good and not found.needed
    for words in (found.zh, found.en):
        assert address in words and "fake-ip" in words and "CUNZHAO_ALLOW_HOSTS" in words


@pytest.mark.parametrize("answer", [["202.106.0.1"], [], OSError("no network"), ["198.20.0.1"]])
def test_of_a_true_answer_and_of_none_nothing_is_said(
    settings: Settings, answer: Sequence[str] | Exception
) -> None:
    assert checks(settings, answer) == []


def test_a_resolver_that_hangs_is_not_waited_for(settings: Settings) -> None:
    over = threading.Event()

    def hangs(_: str) -> Sequence[str]:
        over.wait(200)
        return ["198.18.0.5"]

    began = time.monotonic()
    assert [check for check in examine(settings, hangs) if "www.gov.cn" in check.en] == []
    assert time.monotonic() - began < 180
    over.set()


def test_a_browser_that_is_not_there_is_told_with_the_mend_and_is_no_failure(settings: Settings) -> None:
    checked = examine(replace(settings, browser="no-such-browser"), lambda _: [])
    found = [check for check in checked if check.en.startswith("no browser")]
    assert [(c.good, c.needed) for c in found] == [(False, False)]
    for words in (found[0].zh, found[0].en):
        assert "no-such-browser" in words and "Edge" in words and "collect.browser" in words


def test_the_browser_that_the_settings_name_is_the_one_that_is_told(settings: Settings) -> None:
    named = [c for c in examine(replace(settings, browser=sys.executable), lambda _: []) if c.good]
    assert f"browser {sys.executable}" in [c.en for c in named]


def test_an_office_program_that_is_not_there_is_told_with_what_is_lost_and_the_mend(
    settings: Settings,
) -> None:
    checked = examine(replace(settings, office="no-such-office"), lambda _: [])
    [found] = [check for check in checked if "no-such-office" in check.en]
    assert (found.good, found.needed) == (False, False)
    for words in (found.zh, found.en):
        assert ".wps" in words and "read.office" in words and "cunzhao rebuild" in words
    named = [c for c in examine(replace(settings, office=sys.executable), lambda _: []) if c.good]
    assert f"LibreOffice {sys.executable}" in [c.en for c in named]


def test_scans_without_ocr_are_told_with_the_extra_that_reads_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, good in (("no_such_module", False), ("json", True)):
        monkeypatch.setattr(doctor, "OCR", module)
        [found] = [check for check in examine(settings, lambda _: []) if "OCR" in check.en]
        assert (found.good, found.needed) == (good, False)
        assert good or ("cunzhao[ocr]" in found.zh and "cunzhao[ocr]" in found.en)
