"""What stands in the search index: its fields, and the entries of a document and of its facts.

绍兴市 is indexed as the words 绍兴 兴市 and, because the text ends there, 市 with an end mark: so each
character begins one word. Documents and facts share the index; their fields are apart but for `snapshot`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any
from zlib import crc32

import tantivy

from cunzhao.organize.filters import FACETS, day_number
from cunzhao.organize.fold import fold
from cunzhao.organize.pinyin import initials, sort_key
from cunzhao.organize.suggesting import document_kinds
from cunzhao.organize.tags import with_above
from cunzhao.organize.types import FactEntry, Indexable

SCHEMA_VERSION = "4"  # change it with the fields below: an index of other fields is made anew
DOCUMENT, FACT = "document", "fact"
START = "\x02"  # before initials; folding drops controls, so that no text holds these
END = "\x00"  # behind a text: so that its last character begins a word too
_BORDER = (
    " | "  # between texts of one field: one character, so it never is a bigram, and no phrase runs across
)
_NO_DAY = {"newest": 0, "oldest": 99_999_999}  # comes last in either order
_SPACED = ("text", "words", "indicator", "region")
_PAIRS = ("title", "initials")  # which pairs of characters are in it; whoever asks looks at the title itself
_TITLE = 500  # characters of a title in which its kind is looked for
OTHER = "其他"  # the kind of a document whose title tells none
ORDERS = ("newest", "oldest", "by_title")  # what stands in them no two documents share: see `paging`
LIFT = "lift"  # a score is multiplied by log2(2 + lift)
_LIFTED = 0.028  # at most: by 2%, which says nothing of relevance but tells equal scores apart
_DOCUMENTS, _FAR = 1_000, 100_000  # lifts told apart for facts: of documents, of places in one (code points)
_KEY_END = "!"  # sorts before what may stand in a key
_FACT_KEYS = ("fact_kind", "fact_area", "fact_year")


def schema() -> Any:
    build = tantivy.SchemaBuilder()
    build.add_text_field("snapshot", stored=True, tokenizer_name="raw", index_option="basic")
    build.add_text_field("type", tokenizer_name="raw", index_option="basic")
    for name in _SPACED:
        build.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in _PAIRS:
        build.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    build.add_integer_field("day", indexed=True, fast=True)
    for name in ORDERS:
        build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in _FACT_KEYS:
        build.add_text_field(name, stored=name == "fact_kind", tokenizer_name="raw", index_option="basic")
    build.add_float_field(LIFT, fast=True)
    build.add_integer_field("start", stored=True, indexed=True)
    build.add_integer_field("end", stored=True)
    return build.build()


def entries(document: Indexable) -> Iterator[Any]:
    """The tantivy documents of one of ours: itself, then each of its facts."""
    yield _document(document)
    for fact in document.facts:
        yield _fact(document.snapshot, fact)


def _document(document: Indexable) -> Any:
    text, title = fold(document.text), fold(document.title)
    tags = [above for tag in document.tags for above in with_above(tag)]
    day = day_number(document.date)
    given: dict[str, list[Any]] = {
        "snapshot": [document.snapshot],
        "type": [DOCUMENT],
        "text": [_spaced((text, *([] if text.startswith(title) else [title]), *map(fold, document.tags)))],
        "title": [" ".join(dict.fromkeys(bigrams(title)))],
        "initials": [" ".join(dict.fromkeys(bigrams(START + initials(document.title))))],
        "tag": sorted(set(tags)),
        "collection": list(document.collections),
        "area": sorted({above for code in document.areas for above in areas_above(code)}),
        "year": [document.date[:4]] if day else [],
        "source": [document.source[:100]] if document.source.strip() else [],
        "kind": list(document_kinds(document.title[:_TITLE]) or (OTHER,)),
        "verdict": [document.verdict] if document.verdict else [],
        "has": sorted({fact.kind for fact in document.facts}),
        **{name: [f"{day or none:08}{_KEY_END}{document.snapshot}"] for name, none in _NO_DAY.items()},
        "by_title": [f"{sort_key(document.title).replace(' ', '-')}{_KEY_END}{document.snapshot}"],
    }
    return tantivy.Document(
        **_sendable(given), lift=[_lift(document.snapshot)], **({"day": [day]} if day else {})
    )


def _fact(snapshot: str, fact: FactEntry) -> Any:
    given: dict[str, list[Any]] = {
        "snapshot": [snapshot],
        "type": [FACT],
        "words": [_spaced(map(fold, fact.words))],
        "indicator": [_spaced(map(fold, fact.indicators))],
        "region": [_spaced(map(fold, fact.regions))],
        "fact_kind": [fact.kind],
        "fact_area": sorted({above for code in fact.areas for above in areas_above(code)}),
        "fact_year": list(fact.years),
    }
    lift = [_fact_lift(snapshot, fact.start)]
    return tantivy.Document(**_sendable(given), start=[fact.start], end=[fact.end], lift=lift)


def _lift(snapshot: str) -> float:
    """Always the same: of equal scores the engine would say first what stands first in its files."""
    return _LIFTED * crc32(snapshot.encode("utf-8", "replace")) / 2**32


def _fact_lift(snapshot: str, start: int) -> float:
    """Facts of one document stand together, as they do in its text."""
    share = _LIFTED / _DOCUMENTS
    return _lift(snapshot) // share * share + share * (1 - min(start, _FAR) / _FAR)


def areas_above(code: str) -> tuple[str, ...]:
    """The codes an area is found under: 330602 -> 330000, 330600, 330602."""
    return tuple(dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code)))


def bigrams(folded: str) -> list[str]:
    return [a + b for a, b in pairwise(folded)]


def _spaced(texts: Iterable[str]) -> str:
    return _BORDER.join(" ".join(bigrams(text + END)) for text in texts if text)


def _sendable(given: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Without lone surrogates, which no UTF-8 can hold."""
    return {
        name: [v.encode("utf-8", "replace").decode("utf-8") for v in values] for name, values in given.items()
    }
