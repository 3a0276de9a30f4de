"""Every code that a capture may carry has words in both languages, in one place."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from cunzhao.collect import choice
from cunzhao.collect.types import VERDICTS, Engine
from cunzhao.core.words import engine_words, reason_words, verdict_words, warning_words
from cunzhao.read.types import Document

_HAN = re.compile("[一-鿿]")
#: Codes of `Missing.reason` and `Capture.reason` beside the errors' own (see `collect.types.Missing`).
CODES = (
    "too-many", "too-deep", "not-capturable", "blocked", "aborted", "late", "script-drawn", "script-images",
    "browser-missing", "browser-failed", "soft-404", "login-wall", "challenge", "http-status", "redirect-loop",
    "timeout", "host-unknown", "connect-failed", "tls-failed", "server-broke", "address-refused", "status-404", "elsewhere",
)  # fmt: skip


def spoken(words: tuple[str, str], code: str) -> bool:
    zh, en = words
    return bool(_HAN.search(zh)) and not _HAN.search(en) and code not in (zh, en)


@pytest.mark.parametrize("code", CODES)
def test_a_reason_is_told_in_words(code: str):
    assert spoken(reason_words(code), code)


@pytest.mark.parametrize("code", re.findall(r'"([a-z]+(?:-[a-z]+)*)"', Document.__doc__ or ""))
def test_a_warning_of_reading_is_told_in_words(code: str):
    assert spoken(warning_words(code), code)


@pytest.mark.parametrize("why", (*choice.REASONS, choice.ASKED, choice.STATIC))
def test_why_an_engine_was_chosen_is_told_in_words(why: str):
    for engine in get_args(Engine):
        assert spoken(engine_words(engine, why), why)
    assert why not in engine_words("http", why)[0]


def test_a_verdict_is_told_in_words():
    assert all(_HAN.search(verdict_words(one)[0]) for one in VERDICTS)
    assert len({verdict_words(one)[1] for one in VERDICTS}) == len(VERDICTS)


def test_a_code_of_a_later_version_is_shown_as_it_is():
    assert reason_words("odd-code") == ("odd-code", "odd-code")
