"""The language that is spoken with whoever asks, and what is said in it.

Texts of the interface stand in the code in Chinese; that text is the key of the catalogue of another language
(`locale/en/LC_MESSAGES/messages.po`, gettext's format, kept by `tools/catalogue.py`). Errors carry both
languages themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = {"zh": "中文", "en": "English"}
LOCALE = Path(__file__).parent / "locale"

_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")


def language(default: str = "zh") -> str:
    """ "zh" or "en": of the request that is being answered, else the default."""
    return _SPOKEN.get() or default


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """All that is said inside is said in this language."""
    token = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def N_(text: str) -> str:
    """The text itself, marked for the catalogue: it is shown by `tr` later."""
    return text


def tr(text: str, **values: Any) -> str:
    """The text in the language spoken, its `%(name)s` filled in; one that has no translation as it stands."""
    lang = language()
    said = text if lang == "zh" else catalogue(lang).get(text, text)
    return said % values if values else said


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """Chinese text: its translation, as far as there is one."""
    from babel.messages.pofile import read_po  # which those who are spoken to in Chinese need not wait for

    with (LOCALE / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id and one.string}


def either(zh: str, en: str) -> str:
    """Whichever of two is in the language spoken: for tables that hold both."""
    return en if language() == "en" else zh


class Told(Mapping[str, str]):
    """Codes in words, told in the language spoken."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __getitem__(self, code: str) -> str:
        return tr(self._words[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
