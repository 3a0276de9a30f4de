"""What a form for a missing fact is filled with: as far as the extractor, or its neighbours, can tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from cunzhao.core.values.corrected import Bare
from cunzhao.extract.types import Fact, Kind, Span
from cunzhao.read.types import Block, Document, Place

SENTENCE_ENDS = "。！？；\n"
MOST = 400  # characters of a sentence in front of the words and behind them
Extract = Callable[[Document, Kind], Sequence[Fact]]

_NUMBERED = re.compile(r"[（(]?([0-9]+|[一二三四五六七八九十]+)[）)]?[.．、]?(?:是)?")
_PARTIES = re.compile(r"(?:分别)?[与和同、]")
_BRACKETS = "（()）《》“”\"' "


def suggested(
    document: Document, facts: Sequence[Fact], kind: Kind, span: Span, extract: Extract
) -> dict[str, Any]:
    """The fields of a fact of this kind at this place. Nothing is certain: the user reads it over."""
    found = _in_sentence(document, kind, span, extract) or _by_form(kind, span.quote)
    if kind == "figure":
        near = [fact for fact in facts if fact.kind == kind]
        for fact in sorted(near, key=lambda fact: _far(fact.span, span, document.text))[:1]:
            for name in ("region", "period"):
                found[name] = found.get(name) or fact.fields.get(name)
    return found


def _in_sentence(document: Document, kind: Kind, span: Span, extract: Extract) -> dict[str, Any]:
    """What the extractor reads when it is given the sentence, or the words alone."""
    text = document.text
    start = max(span.start - MOST, *(text.rfind(c, 0, span.start) + 1 for c in SENTENCE_ENDS))
    ends = [at for c in SENTENCE_ENDS if (at := text.find(c, span.end)) >= 0]
    end = min(span.end + MOST, len(text), *(at + 1 for at in ends))
    for low, high in ((start, end), (span.start, span.end)):
        alone = replace(
            document,
            text=text[low:high],
            blocks=(Block(kind="paragraph", start=0, end=high - low, place=Place()),),
            outline=(), articles=(), tables=(), parts=(), runs=(),
        )  # fmt: skip
        for fact in extract(alone, kind):
            if fact.span.start + low < span.end and span.start < fact.span.end + low:
                return dict(fact.fields)
    return {}


def _far(a: Span, b: Span, text: str) -> tuple[bool, int]:
    """Whether another paragraph begins between them, and how many characters."""
    low, high = min(a.start, b.start), max(a.start, b.start)
    return "\n" in text[low:high], high - low


def _by_form(kind: Kind, quote: str) -> dict[str, Any]:
    words = " ".join(quote.split())
    match kind:
        case "person" | "project":
            return {"name": words}
        case "agreement":
            return {"parties": [part for part in _PARTIES.split(words) if part]}
        case "citation":
            bare = re.sub(r"^(?:信息)?来源[：:]", "", words.strip(_BRACKETS)).strip(_BRACKETS)
            return {"source": re.split(r"[》\s]", bare)[0]}
        case "task":
            number = _NUMBERED.match(words)
            title = words[number.end() :] if number else words
            return {"number": number[1] if number else "", "title": title.split("。")[0]}
        case "action":
            return {"verb": words[:2]}
    return {}


def places_of(text: str, quote: str, most: int = 20) -> list[tuple[int, int]]:
    """Where copied words stand in a text, whatever white space they were copied with."""
    bare, wanted = Bare(text), "".join(quote.split())
    found: list[tuple[int, int]] = []
    start = bare.text.find(wanted) if wanted else -1
    while start >= 0 and len(found) < most:
        found.append((bare.at[start], bare.at[start + len(wanted) - 1] + 1))
        start = bare.text.find(wanted, start + len(wanted))
    return found
