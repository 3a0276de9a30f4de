"""Secrets that are given out: made at random, kept by their SHA-256, signed where a browser keeps them.

SHA-256 is enough for what has 256 random bits; a stolen database gives none of them away.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from itsdangerous import BadSignature, Signer

_BYTES = 32
TOKEN_MARK = "cz_"  # noqa: S105  # how a token begins, so that people and scanners know one


def new_secret() -> str:
    """256 random bits, fit for a cookie, a header or an address."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def same(a: str, b: str) -> bool:
    """Compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(a.encode("utf-8", "replace"), b.encode("utf-8", "replace"))


class Keys:
    """What is signed with the installation's own key."""

    def __init__(self, key: str) -> None:
        self._key = key

    def signed(self, purpose: str, value: str) -> str:
        return self._signer(purpose).sign(value).decode("ascii")

    def value(self, purpose: str, signed: str) -> str | None:
        """The value if the signature is ours and for this purpose."""
        try:
            return self._signer(purpose).unsign(signed).decode("ascii")
        except (BadSignature, UnicodeError):
            return None

    def csrf(self, secret: str) -> str:
        """What forms must carry for the browser that holds this secret in a cookie."""
        key = self._key.encode()
        return hmac.new(key, b"csrf\0" + secret.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def _signer(self, purpose: str) -> Signer:
        return Signer(self._key, salt=f"cunzhao.{purpose}", digest_method=hashlib.sha256)
