"""How much of a page's main text is found: F1 over runs of four characters, white space not counted."""

from __future__ import annotations

import re
from collections import Counter

from cunzhao.read.types import Document
from tests.read.sites.parts import Page


def body_f1(text: str, page: Page) -> float:
    """F1 of `text` against the main text; neutral lines (captions …) count for neither."""
    found, wanted = _squeezed(text), "".join(map(_squeezed, page.body))
    for line in page.neutral:
        found = found.replace(_squeezed(line), "", 1)
    a, b = _grams(found), _grams(wanted)
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def body_of(document: Document) -> str:
    """The text of a document without its title."""
    first = document.blocks[0] if document.blocks else None
    titled = first and first.kind == "heading" and document.text[: first.end] == document.title
    return document.text[first.end :] if first and titled else document.text


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _grams(text: str) -> Counter[str]:
    return Counter(text[i : i + 4] for i in range(len(text) - 3))
