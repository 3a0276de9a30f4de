"""How many logins may fail, and who has to wait then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cunzhao.access.limits import BY_ACCOUNT, BY_ADDRESS, BY_PAIR, WINDOW, Attempt, neighbourhood, wait

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def attempt(n: float = 0, account: str = "a", address: str = "1", device: str = "") -> Attempt:
    return Attempt(at=NOW - timedelta(seconds=n), account=account, address=address, device=device)


def test_five_failures_of_one_account_from_one_address_and_the_sixth_waits_until_the_first_is_forgotten() -> (
    None
):
    failed = [attempt(60 * n) for n in range(1, BY_PAIR + 1)]
    assert wait(failed[1:], attempt()) == timedelta()
    assert wait(failed, attempt()) == WINDOW - timedelta(minutes=5)


def test_others_behind_another_address_are_not_touched_by_it() -> None:
    failed = [attempt(n) for n in range(1, BY_PAIR + 3)]
    assert wait(failed, attempt(address="2")) == wait(failed, attempt(account="b")) == timedelta()


def test_one_account_tried_from_everywhere_is_shut_for_strangers_and_open_for_a_browser_that_is_known() -> (
    None
):
    failed = [attempt(n, address=str(n)) for n in range(1, BY_ACCOUNT + 1)]
    assert wait(failed, attempt(address="new")) > timedelta()
    assert wait(failed, attempt(address="new", device="mine")) == timedelta()
    assert wait(failed, attempt(account="b", address="new")) == timedelta()


def test_one_address_that_tries_everybody_waits_and_a_known_browser_behind_it_does_not() -> None:
    failed = [attempt(n, account=str(n)) for n in range(1, BY_ADDRESS + 1)]
    assert wait(failed, attempt(account="new")) > timedelta()
    assert wait(failed, attempt(account="new", device="mine")) == timedelta()


def test_a_known_browser_has_a_limit_of_its_own() -> None:
    failed = [attempt(n, device="mine") for n in range(1, 6)]
    assert wait(failed, attempt(device="mine")) > timedelta() == wait(failed, attempt(address="2"))


@given(st.lists(st.integers(0, 3000), max_size=60))
def test_whoever_waits_as_long_as_he_is_told_may_try_again(seconds: list[int]) -> None:
    failed, new = [attempt(n) for n in seconds], attempt()
    told = wait(failed, new)
    assert timedelta() <= told <= WINDOW
    later = Attempt(at=NOW + told, account="a", address="1", device="")
    assert wait(failed, later) == timedelta()


def test_the_addresses_of_one_ipv6_network_are_one_and_those_of_ipv4_are_not() -> None:
    assert neighbourhood("2001:db8:1:2:3:4:5:6") == neighbourhood("2001:db8:1:2::9") == "2001:db8:1:2::"
    assert (
        neighbourhood("192.0.2.1") != neighbourhood("192.0.2.2")
        and neighbourhood("::ffff:192.0.2.1") == "192.0.2.1"
    )
    assert neighbourhood("testclient") == "testclient"
