"""What a real browser shows of a page, and what the http engine has kept of it: is anything of the article
missing without the browser?"""

from __future__ import annotations

from urllib.parse import urlsplit

import lxml.html
from playwright.sync_api import Page as Tab

from cunzhao.charset import declared_in, decode
from cunzhao.collect.types import Capture, Exchange
from tests.choice.making import Page

#: Text of the tree after scripts, shadow roots included; then the addresses of pictures that were drawn, and
#: whether a canvas has ink.
SEEN = """() => {
  const skip = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'TEXTAREA', 'NOSCRIPT', 'TITLE']);
  const text = node => node.nodeType === 3 ? node.data : skip.has(node.nodeName) ? '' :
    [...(node.shadowRoot ? node.shadowRoot.childNodes : []), ...node.childNodes].map(text).join(' ');
  const inked = canvas => canvas.width * canvas.height > 0 &&
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(v => v);
  return {
    text: document.body ? text(document.body) : text(document.documentElement),
    images: [...document.images].filter(i => i.complete && i.naturalWidth).map(i => i.currentSrc),
    ink: [...document.querySelectorAll('canvas')].some(inked),
  };
}"""
_UNSEEN = ("script", "style", "template", "textarea", "noscript", "title")


def needs_browser(page: Page, url: str, tab: Tab, by_http: Capture) -> bool:
    """Measured: something of the article that Chromium shows and the http capture has not."""
    tab.goto(url, wait_until="load")
    for _ in range(4):
        tab.wait_for_timeout(120)
        tab.mouse.wheel(0, 2000)
    tab.wait_for_timeout(200)
    seen = [frame.evaluate(SEEN) for frame in tab.frames if frame.url.startswith("http")]
    shown = bare(" ".join(one["text"] for one in seen))
    drawn = {name_of(address) for one in seen for address in one["images"]}
    kept = bare(" ".join(text_of(exchange) for exchange in pages_of(by_http)))
    brought = {name_of(r.url) for r in by_http.requisites}
    if missing := [s for s in page.article if bare(s) not in shown]:
        raise AssertionError(f"{page.name}: Chromium itself does not show {missing[0]}")
    if missing := [name for name in page.images if name not in drawn]:
        raise AssertionError(f"{page.name}: Chromium itself does not show {missing[0]}")
    inked = page.ink and any(one["ink"] for one in seen)
    return (
        inked
        or any(bare(sentence) not in kept for sentence in page.article)
        or any(name not in brought for name in page.images)
    )


def bare(text: str) -> str:
    return "".join(text.split())


def name_of(url: str) -> str:
    return urlsplit(url).path.rsplit("/", 1)[-1]


def pages_of(made: Capture) -> list[Exchange]:
    """The page and the frames that were kept with it."""
    frames = [r.exchanges[-1] for r in made.requisites if r.role == "frame"]
    return [exchange for exchange in (made.page, *frames) if exchange is not None]


def text_of(exchange: Exchange) -> str:
    """The text of the tree as it came."""
    if not exchange.body.length:
        return ""
    root = lxml.html.document_fromstring(
        decode(exchange.body.read(), declared_in(exchange.header("content-type"))).text
    )
    for unseen in [e for e in root.iter(*_UNSEEN)]:
        unseen.text = None
        for child in list(unseen):
            unseen.remove(child)
    return str(root.text_content())
