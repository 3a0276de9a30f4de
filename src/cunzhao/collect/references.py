"""What a page or a stylesheet names as needed to be shown: pure functions from text to references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import tinycss2
import tinycss2.ast

from cunzhao.collect.types import Role
from cunzhao.collect.urls import join

_LONGEST_CSS = 4_000_000  # characters of one stylesheet that are looked at


@dataclass(frozen=True, slots=True)
class Reference:
    """A requisite that is named somewhere: absolute URL without fragment, and what it is for."""

    url: str
    role: Role


def distinct(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Each URL once, in the order first named, in its first role."""
    return tuple({found.url: found for found in reversed(list(references))}.values())[::-1]


def css_references(css: str, base: str) -> tuple[Reference, ...]:
    """What a stylesheet at `base` names: @import, url(), image-set(), @font-face src (each format listed).

    Order as written. Comments and strings that name nothing are passed over. Raises nothing.
    """
    if not _names_something(css):
        return ()
    rules = tinycss2.parse_stylesheet(css[:_LONGEST_CSS], skip_comments=True, skip_whitespace=True)
    return distinct(_absolute(_of_rules(rules), base))


def style_references(declarations: str, base: str) -> tuple[Reference, ...]:
    """What a `style` attribute names."""
    if not _names_something(declarations):
        return ()
    values = tinycss2.parse_component_value_list(declarations[:_LONGEST_CSS], skip_comments=True)
    return distinct(_absolute(_of_values(values, "image"), base))


def _names_something(css: str) -> bool:
    """Most style attributes name nothing; parsing them all would be the greater part of the work."""
    return bool(re.search(r"\(|@import|\\", css, re.IGNORECASE))


def _absolute(named: Iterable[tuple[str, Role]], base: str) -> Iterator[Reference]:
    for reference, role in named:
        if url := join(base, reference):
            yield Reference(url, role)


def _of_rules(rules: Iterable[tinycss2.ast.Node]) -> Iterator[tuple[str, Role]]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from _of_values(rule.content, "image")
        elif rule.type == "at-rule":
            yield from _of_at_rule(rule)


def _of_at_rule(rule: tinycss2.ast.AtRule) -> Iterator[tuple[str, Role]]:
    keyword = rule.lower_at_keyword
    if keyword == "import":
        first = next((v for v in rule.prelude if v.type not in ("whitespace", "comment")), None)
        yield from ((url, "stylesheet") for url in _urls_of(first, strings=True))
    elif keyword == "font-face":
        yield from _of_values(rule.content or (), "font")
    elif keyword != "namespace":  # @media, @supports, @layer … hold rules; their values are alike
        yield from _of_values(rule.content or (), "image")


def _of_values(values: Iterable[tinycss2.ast.Node], role: Role) -> Iterator[tuple[str, Role]]:
    """Walk component values without recursion: nesting is as deep as an attacker likes."""
    pending = [(value, False) for value in reversed(list(values))]
    while pending:
        value, in_image_set = pending.pop()
        for url in _urls_of(value, strings=in_image_set):
            yield url, role
        if value.type == "function" and value.lower_name not in ("url", "src"):
            inner = value.lower_name.removeprefix("-webkit-") == "image-set"
            pending += [(v, inner) for v in reversed(value.arguments)]
        elif value.type.endswith("block"):
            pending += [(v, False) for v in reversed(value.content)]


def _urls_of(value: tinycss2.ast.Node | None, *, strings: bool) -> Iterator[str]:
    if value is None:
        return
    if value.type == "url" or (strings and value.type == "string"):
        yield value.value
    elif value.type == "function" and value.lower_name in ("url", "src"):
        yield from (v.value for v in value.arguments if v.type == "string")
