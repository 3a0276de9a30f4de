"""Stylesheets on their way to the frozen view: every address leads into the snapshot, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import tinycss2
from tinycss2.ast import Node, URLToken

LONGEST = 4_000_000  # characters; what stands beyond is left out
DEEPEST = 50  # blocks in blocks; real stylesheets need five
NOWHERE = "data:,"

Link = Callable[[str, str], str]  # (address as written, a kind of `linking`) -> address or ""

_CALLS = re.compile(r"\(|@|\\|behavior|binding|:defined", re.IGNORECASE)
#: What browsers ask for with CORS, and so do not show in a page that has no origin.
_BY_CORS = {
    "mask", "mask-image", "mask-border", "mask-border-source", "shape-outside", "-webkit-mask",
    "-webkit-mask-image", "-webkit-mask-box-image", "-webkit-mask-box-image-source",
}  # fmt: skip
_REMOVED = {"behavior", "-ms-behavior", "-moz-binding"}


def freeze_css(css: str, link: Link) -> str:
    """The stylesheet with url(), @import, image-set() rewritten by `link`; old script hooks taken out.

    Raises nothing; a stylesheet that nests absurdly deep comes back empty.
    """
    return _frozen(css, link)


def freeze_style(declarations: str, link: Link) -> str:
    """The same for a `style` attribute."""
    return _frozen(declarations, link) if _CALLS.search(declarations) else declarations


def for_style_element(css: str) -> str:
    """CSS that cannot end the <style> element it stands in: `<` written as its escape."""
    return re.sub(r"<(?=[/!])", r"\\3c ", css)


def _frozen(css: str, link: Link) -> str:
    if not _CALLS.search(css):
        return css[:LONGEST]
    nodes = tinycss2.parse_component_value_list(css[:LONGEST], skip_comments=True)
    if _depth(nodes) > DEEPEST:
        return ""
    _rewrite(nodes, link, "image")
    return str(tinycss2.serialize(nodes))


def _depth(nodes: Iterable[Node]) -> int:
    """How deep blocks stand in blocks, counted without recursion."""
    deepest, pending = 0, [(node, 1) for node in nodes]
    while pending:
        node, depth = pending.pop()
        deepest = max(deepest, depth)
        pending += [(inner, depth + 1) for inner in _inside(node)]
    return deepest


def _inside(node: Node) -> list[Node]:
    return getattr(node, "content", None) or getattr(node, "arguments", None) or []


def _rewrite(nodes: list[Node], link: Link, kind: str, *, strings: bool = False) -> None:
    """Change the list in place. `kind` is what a url() here stands for; `strings`: a string is one too."""
    at_rule, named = "", ""
    for n, node in enumerate(nodes):
        if node.type == "at-keyword":
            at_rule = node.lower_value
        elif node.type == "ident" and node.lower_value in _REMOVED:
            nodes[n] = _ident(node, "-removed")
        elif node.type == "ident" and node.lower_value == "defined" and _after_colon(nodes, n):
            nodes[n] = _everything(node)
        elif node.type == "ident" and not named:
            named = node.lower_value  # of a declaration; in a selector it does no harm
        elif address := _address(node, strings=strings or at_rule == "import"):
            nodes[n] = _linked(node, address, link, at_rule, "inline" if named in _BY_CORS else kind)
        elif node.type == "function" and node.lower_name == "expression":
            nodes[n] = _ident(node, "none")
        elif node.type == "function":
            a_set = node.lower_name.removeprefix("-webkit-") == "image-set"
            _rewrite(node.arguments, link, "inline" if named in _BY_CORS else kind, strings=a_set)
        elif node.type.endswith("block"):
            _rewrite(node.content, link, "font" if at_rule == "font-face" else "image")
        if node.type == "{} block" or (node.type == "literal" and node.value == ";"):
            at_rule, named = "", ""


def _address(node: Node, *, strings: bool) -> str | None:
    if node.type == "url" or (strings and node.type == "string"):
        return str(node.value) or NOWHERE
    if node.type == "function" and node.lower_name in ("url", "src"):
        told = next((v.value for v in node.arguments if v.type == "string"), "")
        return str(told) or NOWHERE
    return None


def _after_colon(nodes: list[Node], n: int) -> bool:
    return n > 0 and nodes[n - 1].type == "literal" and nodes[n - 1].value == ":"


def _everything(node: Node) -> Node:
    """`:defined` as `:is(*)`: no script runs that could define one, and `:not(:defined)` hides them."""
    star = tinycss2.ast.LiteralToken(node.source_line, node.source_column, "*")
    return tinycss2.ast.FunctionBlock(node.source_line, node.source_column, "is", [star])


def _linked(node: Node, address: str, link: Link, at_rule: str, kind: str) -> Node:
    if at_rule == "namespace":  # a name, never fetched
        return node
    if address.startswith("#"):  # a part of the same page: a filter, a gradient
        return _url(node, address)
    return _url(node, link(address, "style" if at_rule == "import" else kind))


def _url(node: Node, address: str) -> URLToken:
    safe = re.sub(r"[\"\\\s<>]", lambda found: f"%{ord(found[0]):02X}", address or NOWHERE)
    return URLToken(node.source_line, node.source_column, safe, f'url("{safe}")')


def _ident(node: Node, word: str) -> Node:
    return tinycss2.ast.IdentToken(node.source_line, node.source_column, word)
