"""Which passwords are refused, and how they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.access.passwords import Hashing, check_password, common, without_runs
from cunzhao.errors import PasswordWeak


@pytest.mark.parametrize(
    "password",
    ["", "短", "nine char", "1234567890", "0987654321", "qwertyuiop", "QWERTYUIOP", "poiuytrewq", "aaaaaaaaaa", "abababababab",
     "password123", "Password1!", "woaini1314520", "admin123456", "123456admin", "abc123456789", "helloworld!", "1qaz2wsx3edc",
     "abcdefghijklmn", "ｐａｓｓｗｏｒｄ１２３", "x" * 201, "chenjing2026", "陈静", "我是ChenJing没错的"],
)  # fmt: skip
def test_a_password_that_others_guess_is_refused(password: str) -> None:
    with pytest.raises(PasswordWeak) as caught:
        check_password(password, "chenjing")
    assert not password or password not in caught.value.text("zh") + caught.value.text("en")


@pytest.mark.parametrize(
    "password",
    ["竹林里的七把雨伞", "竹林里的七把雨伞灯下", "umbrella lantern 7", "9f!Kd02mQz", "x1y2z3 w4 q5"],
)
def test_a_password_that_nobody_guesses_is_taken_from_ten_characters_on(password: str) -> None:
    if len(password) < 10:
        with pytest.raises(PasswordWeak):
            check_password(password, "chenjing")
    else:
        check_password(password, "chenjing")


def test_the_list_is_in_the_form_in_which_it_is_looked_up() -> None:
    assert len(common()) > 100 and all(word == word.lower().strip() for word in common())


def test_stretches_of_neighbours_are_taken_out_whole() -> None:
    assert without_runs("xx0123456789yy987654zz") == "xxyyzz" and without_runs("12345a") == "12345a"


@given(st.text(max_size=60))
def test_what_is_taken_out_is_only_left_out(text: str) -> None:
    left = iter(text)
    assert all(character in left for character in without_runs(text))


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own_and_is_right_however_it_is_composed() -> None:
    hashing = Hashing()
    kept, again = hashing.hash("café 竹林雨伞七把"), hashing.hash("café 竹林雨伞七把")
    assert kept.startswith("$argon2id$") and kept != again
    assert hashing.right(kept, "cafe\u0301 竹林雨伞七把") and not hashing.right(kept, "cafe 竹林雨伞七把")


def test_without_an_account_no_password_is_right_and_a_hash_is_reckoned_all_the_same(
    quick: Hashing, monkeypatch
) -> None:
    asked: list[str] = []
    inside = quick._hasher

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            asked.append(kept)
            return inside.verify(kept, password)

    monkeypatch.setattr(quick, "_hasher", Counting())
    assert not quick.right(None, "nobody has this password") and len(asked) == 1
