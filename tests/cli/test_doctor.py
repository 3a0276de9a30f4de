"""`doctor` tells of a resolver that makes addresses up, and says nothing of names where there is no network."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from cunzhao.cli.doctor import Check, examine
from cunzhao.settings import Settings


def checks(settings: Settings, answer: Sequence[str] | Exception, wait_s: float = 0) -> list[Check]:
    def resolve(_: str) -> Sequence[str]:
        time.sleep(wait_s)
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
    began = time.monotonic()
    assert checks(settings, ["198.18.0.5"], wait_s=6) == []
    assert time.monotonic() - began < 5
