"""How a title sounds: the initials that people type (绍兴市统计公报: sxstjgb), and a key to sort by.

Readings are pypinyin's tables (MIT). A character with several readings is read as the longest phrase around
it wants (重庆 cq, 重点 zd); where none is known, in its usual way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice

from cunzhao.organize.fold import fold

_LONGEST = 80  # characters of a title that are read
_KEY = 16  # syllables of a key
_PHRASE = 6  # characters of the longest phrase looked for
#: What titles read otherwise than the tables say first: 长三角, 长治 and 长效 stand in no table of phrases
_USUAL = {"长": "chang"}
#: and heads of offices that stand in none either.
_HEADS = ("厅长", "区长", "旗长", "盟长", "乡长", "河长", "林长", "秘书长", "理事长", "检察长")


def initials(title: str) -> str:
    """The first letter of each syllable; letters and digits as they are, marks left out."""
    return "".join(syllable[0] for syllable in _read(title))


def sort_key(title: str) -> str:
    """Titles in the order of their pinyin, as Chinese lists are."""
    return " ".join(islice(_read(title), _KEY))


def _read(title: str) -> Iterator[str]:
    """The syllables of a title; letters and digits stand alone."""
    text = fold(title[:_LONGEST])
    at = 0
    while at < len(text):
        length, said = _said(text, at)
        yield from said
        if not said and text[at].isalnum():
            yield text[at]
        at += length


def _said(text: str, at: int) -> tuple[int, tuple[str, ...]]:
    """How many characters from `at` on are read together, and how."""
    phrases, characters = _readings()
    for length in _lengths().get(text[at], ()):
        found = phrases.get(text[at : at + length])
        if found:
            return length, found
    usual = characters.get(text[at])
    return 1, (usual,) if usual else ()


@cache
def _readings() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Phrases that are not read as their characters usually are, and how characters usually are."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # loads in a tenth of a second

    usual = {chr(point): _plain(said.split(",")[0]) for point, said in PINYIN_DICT.items()} | _USUAL
    phrases = {head: (*(usual[c] for c in head[:-1]), "zhang") for head in _HEADS}
    for phrase, said in PHRASES_DICT.items():
        read = tuple(_plain(syllable[0]) for syllable in said)
        if len(phrase) <= _PHRASE and len(read) == len(phrase) and read != tuple(map(usual.get, phrase)):
            phrases.setdefault(phrase, read)
    return phrases, usual


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long phrases that begin with a character are, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in _readings()[0]:
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _plain(syllable: str) -> str:
    """Without its tone: lǜ -> lv."""
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in bare if not unicodedata.combining(c)).lower()
