"""Passwords: which are refused, and how they are kept (Argon2id; source: RFC 9106, NIST SP 800-63B 5.1.1)."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from importlib import resources

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cunzhao.access.naming import folded
from cunzhao.errors import PasswordWeak

SHORTEST = 10
LONGEST = 200  # so that hashing it costs what hashing costs
FEWEST = 5  # different characters
RUN = 6  # neighbours on the keyboard or in the alphabet in one go make most of such a password
_ROWS = (
    "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "!@#$%^&*()",
)  # fmt: skip
_AT_ONCE = 2  # each takes 64 MB


def check_password(password: str, name: str) -> None:
    """Raises PasswordWeak, which never shows the password."""
    clean = plain(password)
    if len(clean) < SHORTEST:
        _weak(f"少于 {SHORTEST} 个字符", f"fewer than {SHORTEST} characters")
    if len(clean) > LONGEST:
        _weak(f"超过 {LONGEST} 个字符", f"more than {LONGEST} characters")
    low, who = folded(clean), folded(name)
    if low == who or (len(who) >= 3 and who in low):
        _weak("里面有自己的姓名", "it holds your name")
    if len(set(low)) < FEWEST:
        _weak("用到的字符太少", "it uses too few different characters")
    core = low.strip("0123456789!@#$%^&*()_-+=.,?~ ")
    if low in common() or core in common() or len(without_runs(low)) < FEWEST:
        _weak("太常见，容易被猜到", "it is a common one")


def plain(password: str) -> str:
    """The same password, however the keyboard composes its characters."""
    return unicodedata.normalize("NFKC", password)


def without_runs(text: str) -> str:
    """The text without stretches of RUN or more neighbours, forwards or backwards."""
    rows = [row for way in _ROWS for row in (way, way[::-1])]
    left, at = [], 0
    while at < len(text):
        end = at + RUN
        while end <= len(text) and any(text[at:end] in row for row in rows):
            end += 1
        if end > at + RUN:
            at = end - 1
        else:
            left.append(text[at])
            at += 1
    return "".join(left)


@cache
def common() -> frozenset[str]:
    """Words and phrases that many people take; written for this project."""
    text = (resources.files("cunzhao.access") / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


def _weak(detail: str, detail_en: str) -> None:
    raise PasswordWeak("密码", detail=detail, detail_en=detail_en)


class Hashing:
    """Hashes and checks, few at once: many at once would be a way to exhaust the machine's memory."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with self._turn:
            return self._hasher.hash(plain(password))

    def right(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; without a kept one it takes as long, and is never right."""
        with self._turn:
            try:
                self._hasher.verify(kept or self._nobody, plain(password)[: 2 * LONGEST])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        return self._hasher.check_needs_rehash(kept)
