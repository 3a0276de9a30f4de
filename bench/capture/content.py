"""The generated site: what it holds, and for each page which resources it needs. The same for every run.

One page in ten has lazy images (five loader habits, one of which says the addresses only in its script:
`hidden`), one in ten is drawn by script, one in twenty is GB2312; HTML, styles and scripts are sent as br,
gzip or plain in turn. Images are incompressible.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import struct
import zlib
from dataclasses import dataclass, field
from typing import Literal

import brotli

Kind = Literal["static", "lazy", "hidden", "script"]
NEED_NO_SCRIPT: tuple[Kind, ...] = ("static", "lazy")
Coding = Literal["identity", "gzip", "br"]

_CHARACTERS = bytes(
    b for row in range(0xB0, 0xD7) for column in range(0xA1, 0xFF) for b in (row, column)
).decode("gb2312")  # the common characters of GB 2312, each of which any charset here can hold
#: How lazy pages name their images; the last one does not.
HABITS = ("native", "data-src", "data-original", "data-srcset", "computed")
_LOADER = """
function show(e){var u=e.getAttribute('data-src')||e.getAttribute('data-original');
 if(!u&&e.getAttribute('data-srcset'))u=e.getAttribute('data-srcset').split(' ')[0];
 if(!u&&e.getAttribute('data-key'))u=window.photoRoot+e.getAttribute('data-key').split('-').join('/')+'.png';
 if(u&&!e.done){e.done=1;e.src=u}}
function watch(){var all=[].slice.call(document.querySelectorAll('img.wait'));
 if(window.IntersectionObserver&&!window.byScroll){var o=new IntersectionObserver(function(s){
  s.forEach(function(x){if(x.isIntersecting){show(x.target);o.unobserve(x.target)}})});
  all.forEach(function(e){o.observe(e)});return}
 function look(){all.forEach(function(e){if(e.getBoundingClientRect().top<innerHeight+200)show(e)})}
 addEventListener('scroll',look);look()}
function draw(address){fetch(address).then(function(r){return r.json()}).then(function(t){
 var root=document.getElementById('app');
 root.innerHTML='<h1>'+t.title+'</h1>'+t.parts.map(function(p){
  return '<p>'+p.text+'</p>'+(p.image?'<img src="'+p.image+'" width="300" height="200">':'')}).join('')})}
addEventListener('DOMContentLoaded',function(){watch();if(window.source)draw(window.source)});
"""


@dataclass(frozen=True, slots=True)
class Resource:
    """One address of the site: its bytes decoded, its type, and the coding it is sent in where accepted."""

    body: bytes
    mime: str
    coding: Coding = "identity"

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    def sent(self, coding: Coding) -> bytes:
        if coding == "br":
            return brotli.compress(self.body, quality=5)
        return gzip.compress(self.body, 6, mtime=0) if coding == "gzip" else self.body


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    kind: Kind
    required: tuple[str, ...]  # addresses, its own first


@dataclass(slots=True)
class Site:
    pages: list[Page] = field(default_factory=list)
    resources: dict[str, Resource] = field(default_factory=dict)


def png(rng: random.Random, size: int) -> bytes:
    """A picture of about `size` bytes that no compression makes smaller.

    Its pixels are coarse, so that a screenshot of it is no larger than one of a photograph; what makes it
    incompressible stands in a private chunk that decoders pass over.
    """
    width, height, block = 320, 240, 8
    rows = []
    for _ in range(height // block):
        row = b"".join(rng.randbytes(3) * block for _ in range(width // block))
        rows += [b"\0" + row] * block

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"".join(rows), 6))
    rest = size - len(head) - len(pixels) - 32
    noise = chunk(b"ruNd", rng.randbytes(rest)) if rest > 0 else b""
    return b"\x89PNG\r\n\x1a\n" + head + noise + pixels + chunk(b"IEND", b"")


class Maker:
    """Makes the site for two origins, such as "http://127.0.0.1:8001" and "http://127.0.0.2:8002"."""

    def __init__(self, here: str, there: str, seed: int = 2026) -> None:
        self.here, self.there = here, there
        self.rng = random.Random(seed)
        self.words = [
            "".join(self.rng.choices(_CHARACTERS, k=self.rng.choice((2, 2, 3, 4)))) for _ in range(4000)
        ]
        self.weights = [1 / (n + 1) for n in range(len(self.words))]
        self.site = Site()
        self.shared: list[str] = []

    def made(self, pages: int) -> Site:
        self._shared()
        for n in range(pages):
            habit = HABITS[n // 10 % len(HABITS)] if n % 10 == 3 else "plain"
            lazy: Kind = "hidden" if habit == "computed" else "lazy"
            self._page(n, "script" if n % 10 == 7 else "static" if habit == "plain" else lazy, habit)
        return self.site

    def put(self, url: str, body: bytes, mime: str, coding: Coding = "identity") -> str:
        self.site.resources[url] = Resource(body, mime, coding)
        return url

    def text(self, characters: int) -> str:
        parts: list[str] = []
        have = 0
        while have < characters:
            words = self.rng.choices(self.words, self.weights, k=self.rng.randrange(6, 14))
            parts.append("".join(words) + self.rng.choice("，，，。；"))
            have += len(parts[-1])
        return "".join(parts)

    def _shared(self) -> None:
        """What every page of the site needs: styles and a script on each host, a logo, an icon, a sprite."""
        sprite = self.put(f"{self.here}/img/sprite.png", png(self.rng, 30_000), "image/png")
        rules = "".join(
            f".c{n} .t{n % 7}>a:hover{{color:#{self.rng.randrange(1 << 24):06x};margin:{n % 31}px}}\n"
            for n in range(600)
        )
        first = "body{font:16px/1.8 serif}.bar{background:url(../img/sprite.png)}img{display:block}\n"
        theme = f"p{{margin:1em 2em}}h1{{font-size:24px}}\n{rules[:12_000]}"
        script = f"var table={json.dumps(self.rng.choices(self.words, k=7000), ensure_ascii=False)};{_LOADER}"
        menu = f"var menu={json.dumps(self.rng.choices(self.words, k=1500), ensure_ascii=False)};"
        self.shared = [
            self.put(f"{self.here}/css/main.css", (first + rules).encode(), "text/css", "gzip"),
            sprite,
            self.put(f"{self.there}/css/theme.css", theme.encode(), "text/css", "br"),
            self.put(f"{self.here}/js/site.js", script.encode(), "text/javascript; charset=utf-8", "br"),
            self.put(f"{self.there}/js/menu.js", menu.encode(), "text/javascript; charset=utf-8", "gzip"),
            self.put(f"{self.here}/img/logo.png", png(self.rng, 15_000), "image/png"),
            self.put(f"{self.here}/favicon.ico", png(self.rng, 4_000), "image/x-icon"),
        ]

    def _page(self, n: int, kind: Kind, habit: str) -> None:
        section = f"{self.there}/img/section{n // 10}.png"
        if section not in self.site.resources:
            self.put(section, png(self.rng, 50_000), "image/png")
        images = [
            self.put(
                f"{origin}/photo/{n}/{i}.png", png(self.rng, self.rng.randrange(45_000, 80_000)), "image/png"
            )
            for i, origin in enumerate(((self.here, self.there) * 3)[: self.rng.choice((4, 5, 6))])
        ]
        charset = "gb2312" if n % 20 == 5 else "utf-8"
        coding: Coding = ("br", "gzip", "identity")[n % 3]  # type: ignore[assignment]
        size = self.rng.randrange(30_000, 60_000)
        extra = []
        if kind == "script":
            parts = [{"text": self.text(size // (3 * len(images))), "image": url} for url in images]
            told = json.dumps({"title": self.text(16), "parts": parts}, ensure_ascii=False).encode()
            extra = [
                self.put(
                    f"{(self.here, self.there)[n % 4 == 1]}/api/{n}.json", told, "application/json", "gzip"
                )
            ]
            body = f'<div id="app"></div><script>window.source="{extra[0]}"</script>'
        else:
            body = self._article(n, habit, images, size)
        html = self._frame(n, charset, section, body)
        url = self.put(
            f"{self.here}/news/{n}.html", html.encode(charset), f"text/html; charset={charset}", coding
        )
        self.site.pages.append(Page(url, kind, (url, *self.shared, section, *extra, *images)))

    def _article(self, n: int, habit: str, images: list[str], size: int) -> str:
        between = size // (4 * len(images))
        parts = [f"<h1>{self.text(16)}</h1>"]
        if habit == "computed":
            parts.append("<script>window.photoRoot='/photo/'</script>")
        if habit == "data-original":
            parts.append("<script>window.byScroll=true</script>")
        for i, url in enumerate(images):
            wanted = habit if i else "plain"
            if wanted == "computed" and not url.startswith(self.here):
                wanted = "data-src"  # its script knows one host only
            parts += [f"<p>{self.text(between // 2)}</p>" for _ in range(2)]
            parts.append(_image(wanted, url, f"{n}-{i}"))
        return "\n".join(parts)

    def _frame(self, n: int, charset: str, section: str, body: str) -> str:
        item = '<li class="c{0} t{1}"><a href="/news/{0}.html" title="{2}">{3}</a></li>'
        links = [item.format(k, k % 7, self.text(4), self.text(8)) for k in range(n, n + 60)]
        return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}"><title>{self.text(14)}</title>
<link rel="icon" href="/favicon.ico"><link rel="stylesheet" href="/css/main.css">
<link rel="stylesheet" href="{self.there}/css/theme.css"><script src="/js/site.js"></script>
<script src="{self.there}/js/menu.js" defer></script></head><body><div class="bar">
<img src="/img/logo.png" alt="" width="160" height="30"><img src="{section}" width="160" height="100"></div>
<div class="content">{body}</div><ul>
{chr(10).join(links)}
</ul></body></html>"""


def _image(habit: str, url: str, key: str) -> str:
    size = 'width="300" height="200" alt=""'
    if habit == "plain":
        return f'<img src="{url}" {size}>'
    if habit == "native":
        return f'<img src="{url}" loading="lazy" {size}>'
    blank = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    named = {"data-srcset": f'data-srcset="{url} 1x"', "computed": f'data-key="{key}"'}
    return f'<img class="wait" src="{blank}" {named.get(habit, f"{habit}={url!r}")} {size}>'
