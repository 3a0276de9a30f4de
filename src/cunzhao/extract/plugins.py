"""Extractors of others: what a package must offer to have its facts stand beside ours.

A package names its extractor under the entry point group `cunzhao.extractors`: something that is called
without arguments and gives an `Extractor`. It is loaded once, when the first document is read. What it yields
is checked: what has no place in the text, lacks a field of its kind or cannot be stored is dropped, and every
fact is labelled with the extractor's name. A plug-in that fails costs a warning in the log, never the
document.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from cunzhao.extract.types import (
    KINDS,
    ActionFields,
    AgreementFields,
    CitationFields,
    Fact,
    HeadingFields,
    Kind,
    PersonFields,
    ProjectFields,
    TaskFields,
)
from cunzhao.read.types import Document
from cunzhao.settings import Settings

GROUP = "cunzhao.extractors"
LABEL, VERSION = 40, 20  # characters that are kept of them
_FIELDS: dict[Kind, frozenset[str]] = {
    "figure": frozenset(
        {"value", "unit", "comparator", "indicator", "measure", "region", "period", "nature"}
    ),
    "person": PersonFields.__required_keys__,
    "agreement": AgreementFields.__required_keys__,
    "project": ProjectFields.__required_keys__,
    "heading": HeadingFields.__required_keys__,
    "citation": CitationFields.__required_keys__,
    "task": TaskFields.__required_keys__,
    "action": ActionFields.__required_keys__,
}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an extractor may know beside the document."""

    settings: Settings
    kinds: Collection[Kind] = KINDS  # those asked for; others are thrown away
    date: str | None = None  # ISO day the text was written, where the caller knows it
    region: str | None = None  # the place it is about, where it does not tell its own


class Extractor(Protocol):
    """An extractor of facts. `extract` is called once for each document, from any thread."""

    @property
    def name(self) -> str:
        """Short and constant: the label of its facts. A fact may say more after a colon (`model:qwen`)."""

    @property
    def version(self) -> str: ...

    def extract(self, document: Document, facts: Sequence[Fact], context: Context) -> Iterable[Fact]:
        """Facts that are not among `facts`, what our own rules found. Spans are of `document.text`.

        Whoever needs the network goes through `cunzhao.egress`.
        """


@cache
def installed() -> tuple[Extractor, ...]:
    """The extractors of all packages, by name; one that cannot be loaded is told in the log and left out."""
    return tuple(_load(sorted(entry_points(group=GROUP), key=lambda entry: entry.name)))


def _load(entries: Iterable[EntryPoint]) -> Iterator[Extractor]:
    for entry in entries:
        try:
            extractor = entry.load()()
            if not (extractor.name and extractor.version and callable(extractor.extract)):
                raise TypeError("name, version or extract is missing")
            yield extractor
        except Exception:
            log.warning("the extractor %s cannot be loaded", entry, exc_info=True)


def with_plugins(
    document: Document,
    facts: Sequence[Fact],
    context: Context,
    extractors: Sequence[Extractor] | None = None,
) -> list[Fact]:
    """Our facts and those of the plug-ins (None: those installed), by place."""
    found = list(facts)
    for extractor in installed() if extractors is None else extractors:
        try:
            found += [_labelled(f, extractor) for f in extractor.extract(document, facts, context)
                      if _sound(f, document, context)]  # fmt: skip
        except Exception:
            log.warning(
                "the extractor %s failed; the document goes on without it", extractor.name, exc_info=True
            )
    return found if len(found) == len(facts) else sorted(found, key=_place)


def _sound(fact: Fact, document: Document, context: Context) -> bool:
    """Of a kind asked for, with its place, its fields, and nothing in them that a database cannot hold."""
    if fact.kind not in context.kinds or not fact.span.holds_in(document.text):
        return False
    if not all(reason.span.holds_in(document.text) for reason in fact.why if reason.span):
        return False
    if not _FIELDS[fact.kind] <= fact.fields.keys() or not _is_number(fact.fields.get("value", 0)):
        return False
    try:
        told = json.dumps(fact.to_json(), ensure_ascii=False, allow_nan=False)
        return "\\u0000" not in told and bool(told.encode())
    except (TypeError, ValueError, RecursionError):
        return False


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _labelled(fact: Fact, extractor: Extractor) -> Fact:
    own = fact.extractor == extractor.name or fact.extractor.startswith(extractor.name + ":")
    label = fact.extractor if own else extractor.name
    return replace(fact, extractor=label[:LABEL], version=extractor.version[:VERSION])


def _place(fact: Fact) -> tuple[int, int, str]:
    return fact.span.start, fact.span.end, fact.kind
