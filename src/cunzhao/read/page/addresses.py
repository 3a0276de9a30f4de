"""Addresses in a page, made absolute; hostile ones make no error."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from lxml import html


def base_of(root: html.HtmlElement, url: str) -> str:
    """The address that the links of the page at `url` are relative to: its <base>, else its own."""
    told = next((base.get("href", "") for base in root.iter("base") if base.get("href")), "")
    return absolute(url, told) or url


def absolute(base: str, href: str) -> str:
    """`href` seen from `base`; empty for what is no address (`http://[bad`)."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


def parts_of(address: str) -> SplitResult:
    """The parts of an address; all empty for what is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
