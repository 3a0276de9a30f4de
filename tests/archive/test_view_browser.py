"""The frozen view in a real browser: pages look as they did, nothing runs, nothing leaves."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from playwright.sync_api import Browser, Page

from cunzhao.archive.store import Archive
from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database
from tests.archive.making import capture, exchange, requisite, save
from tests.archive.serving import Web, serving


def font() -> bytes:
    """A small TrueType font, in which every letter is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (700, 700), (700, 0)):
        pen.lineTo(corner)
    pen.closePath()
    letters = dict.fromkeys(range(32, 127), "square")
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap(letters)
    square = pen.glyph()
    builder.setupGlyf({".notdef": square, "square": square})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "square"), (800, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    told = io.BytesIO()
    builder.save(told)
    return told.getvalue()


def png(width: int, height: int, colour: bytes = b"\xff\x00\x00") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + colour * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def kept(lite: Settings) -> Iterator[tuple[Archive, Database, Web]]:
    database = open_database(lite)
    archive = Archive(lite, database)
    with serving(archive) as web:
        yield archive, database, web
    archive.close()
    database.close()


def framed(chromium: Browser, web: Web, snapshot: str) -> tuple[Page, list[str]]:
    """The view in an iframe, as the snapshot page shows it; the second value collects every request."""
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(web.origin + "/app")
    page.evaluate(
        "src => { const f = document.createElement('iframe'); f.sandbox = ''; f.src = src; f.width = 900;"
        "f.height = 700; document.body.append(f); return new Promise(done => f.onload = done) }",
        f"/view/{snapshot}",
    )
    page.wait_for_timeout(300)  # for what a page asks for by itself; nothing tells that it will not
    return page, asked


GBK_PAGE = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>绍兴市</title><base href="/news/"><link rel="stylesheet" href="../css/main.css">
<link rel="preload" as="style" href="../css/late.css" onload="this.rel='stylesheet'">
<style>h1 { background: url(../img/bg.png) no-repeat; }</style></head>
<body><h1>一般公共预算收入</h1>
<img id="plain" src="a.png"><img id="lazy" src="blank.gif" data-original="b.png">
<noscript><img id="quiet" src="c.png"></noscript>
<img id="set" srcset="d.png 1x, d2.png 2x" alt="图">
<img id="gone" src="gone.png" alt="没有存下的图">
<p id="mono">iiii</p><p id="late">晚</p>
<div id="bg" data-bg="e.png">背景</div>
<iframe id="inner" src="frame.html" width="300" height="100"></iframe>
<a id="out" href="../other.html">链接</a></body></html>"""


@pytest.fixture
def site(kept: tuple[Archive, Database, Web]) -> tuple[Archive, Database, Web]:
    archive, database, _ = kept
    root = "http://gov.example"

    def image(name: str, width: int) -> object:
        return requisite("image", f"{root}/{name}", png(width, 5), "image/png")

    css = "@import url('deep/nested.css'); @charset 'gbk'; h1 { color: rgb(1, 2, 3) }"
    nested = """@font-face { font-family: Own; src: url(../../f/own.eot); src: url("../../f/own.ttf") format("truetype") }
        #mono { font-family: Own; font-size: 20px; border-top: 3px solid; background: url('../../img/bg.png') }"""
    frame = "<link rel=stylesheet href=/css/main.css><h1>框</h1><img src=/news/a.png>"
    told = capture(
        exchange(f"{root}/n/index.html", GBK_PAGE.encode("gbk"), "text/html; charset=iso-8859-1"),
        requisite("stylesheet", f"{root}/css/main.css", css.encode("gbk"), "text/css"),
        requisite("stylesheet", f"{root}/css/late.css", b"#late { color: rgb(4, 5, 6) }", "text/css"),
        requisite("stylesheet", f"{root}/css/deep/nested.css", nested.encode(), "text/css"),
        requisite("font", f"{root}/f/own.ttf", font(), "font/ttf"),
        requisite("frame", f"{root}/news/frame.html", frame.encode(), "text/html"),
        image("img/bg.png", 7),
        image("news/a.png", 11),
        image("news/b.png", 12),
        image("news/c.png", 13),
        image("news/d.png", 14),
        image("news/e.png", 15),
    )
    save(archive, database, told, "s1")
    return kept


def test_a_gbk_page_shows_its_own_styles_images_font_and_frame(chromium: Browser, site: tuple) -> None:
    web = site[2]
    page, _ = framed(chromium, web, "s1")
    view = page.frames[1]
    assert view.inner_text("h1") == "一般公共预算收入"
    view.evaluate("document.fonts.ready.then(() => 0)")
    widths = view.evaluate("Object.fromEntries([...document.images].map(i => [i.id, i.naturalWidth]))")
    assert widths == {"plain": 11, "lazy": 12, "quiet": 13, "set": 14, "gone": 0}
    style = "id => { const s = getComputedStyle(document.querySelector(id)); return %s }"
    assert view.evaluate(style % "s.color", "h1") == "rgb(1, 2, 3)"
    assert "u=http" in view.evaluate(style % "s.backgroundImage", "h1")
    assert "u=http" in view.evaluate(style % "s.backgroundImage", "#bg")
    assert view.evaluate(style % "s.color", "#late") == "rgb(4, 5, 6)"
    assert view.evaluate(style % "s.borderTopWidth", "#mono") == "3px"  # from the imported stylesheet
    assert view.evaluate("[...document.fonts].map(f => [f.family, f.status])") == [["Own", "loaded"]]
    inner = page.frames[2]
    assert inner.inner_text("h1") == "框"
    assert inner.evaluate("document.images[0].naturalWidth") == 11
    assert inner.evaluate(style % "s.color", "h1") == "rgb(1, 2, 3)"
    assert view.evaluate("document.querySelector('#out').href") == "http://gov.example/other.html"
    page.close()


HOSTILE = """<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:{port}/steal?refresh">
<base href="http://127.0.0.1:{port}/evil/"><link rel="stylesheet" href="steal.css"><link rel="preload" href="steal-p" as="image">
<link rel="dns-prefetch" href="//127.0.0.1:{port}"><link rel="manifest" href="steal.json"><link rel=icon href=steal.ico>
<style>@import "steal2.css"; body {{ background: url(steal3.png) }} @font-face {{ font-family: x; src: url(steal4.woff) }}
 p {{ font-family: x; background: image-set("steal5.png" 1x); --a: url(steal-var.png) }}
 q {{ content: "\\3c/style><img src=steal-style.png onerror=parent.ran=1>" }}</style>
<script>document.title = 'ran'; fetch('/steal?script')</script><script src="steal.js"></script></head>
<body onload="document.title='ran'" background="steal6.png"><p style="background:url(steal7.png)">text</p>
<img src="x" onerror="document.title='ran'"><img src="steal8.png"><img srcset="steal9.png 2x"><input type=image src=steal10.png>
<svg><script>document.title='ran'</script><image href="steal11.png"/><use href="steal12.svg#a"/><a href="javascript:document.title='ran'"><text>a</text></a>
<rect fill="url(steal-fill.svg#x)"/></svg>
<math><mtext><script>document.title='ran'</script></mtext></math>
<object data="steal13.html"></object><embed src="steal14.html"><video poster="steal15.png" src="steal16.mp4" autoplay></video>
<audio src=steal17.mp3 autoplay></audio><iframe src="steal18.html"></iframe><iframe srcdoc="<script>top.document.title='ran'</script>"></iframe>
<frame src="steal19.html"><a id="js" href="javascript:document.title='ran'">js</a><a id="out" href="steal20.html">out</a>
<a id="top" href="steal21.html" target="_top">top</a><a id="data" href="data:text/html,<script>top.ran=1</script>">d</a>
<form id="f" action="steal22" method="post"><input name="q" value="1"><button id="send">send</button></form>
<form><button id="send2" formaction="steal23">send</button></form><noscript><img src="steal24.png"></noscript>
<template><img src=steal25.png></template><table background=steal26.png><td background=steal27.png></table>
<picture><source srcset=steal28.png><img></picture><a id="ping" href="#x" ping="steal29">ping</a><link rel=prerender href=steal30>
<img src="steal31.png" data-src="javascript:1"><noscript><p title="</noscript><img src=steal32.png onerror=top.ran=1>"></p></noscript>
<xmp><img src=steal33.png></xmp><!--><img src=steal34.png>--><plaintext><img src=steal35.png>"""


def test_a_hostile_page_runs_nothing_and_asks_for_nothing(chromium: Browser, kept: tuple) -> None:
    archive, database, web = kept
    body = HOSTILE.format(port=web.origin.rpartition(":")[2]).encode()
    save(archive, database, capture(exchange("http://evil.example/", body)), "s1")
    page, asked = framed(chromium, web, "s1")
    view = page.frames[1]
    for link in ("#js", "#out", "#top", "#data", "#ping", "#send", "#send2"):
        view.locator(link).first.dispatch_event("click") if link.startswith("#send") else view.locator(
            link
        ).first.click()
    page.wait_for_timeout(1500)
    assert [path for path in web.asked if "steal" in path] == []
    assert [url for url in asked if "steal" in url or "evil" in url] == []
    assert [path for path in web.asked if path != "/favicon.ico"] == ["/app", "/view/s1"]
    assert view.inner_text("p") == "text"
    assert page.evaluate("[document.title, window.ran]") == ["", None]
    assert page.url == web.origin + "/app"
    page.close()


def test_the_headers_alone_stop_a_page_that_nothing_was_taken_out_of(chromium: Browser, kept: tuple) -> None:
    _, _, web = kept
    body = HOSTILE.format(port=1).encode() + b"<img src=/steal-own-origin.js>"
    ran = b"<script>fetch('/steal-raw');parent.ran=1;navigator.serviceWorker.register('/steal-sw')</script>"
    ordinary = web.answer
    web.answer = lambda path: (200, "text/html", ran + body) if "raw" in path else ordinary(path)  # type: ignore[method-assign]
    page, asked = framed(chromium, web, "raw")
    assert [url for url in asked if "steal-raw" in url or "steal-sw" in url] == []
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize(
    "path",
    ["/view/s1/image?u=http%3A%2F%2Fe.example%2Fi.svg", "/view/s1/style?u=http%3A%2F%2Fe.example%2Fc.css"],
)
def test_a_requisite_opened_by_itself_runs_nothing(chromium: Browser, kept: tuple, path: str) -> None:
    archive, database, web = kept
    svg = b"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg" onload="fetch('/steal')">
      <script>fetch('/steal')</script><image href="http://127.0.0.1/steal.png"/><circle id="c" r="9"/>&x;</svg>"""
    told = capture(
        exchange("http://e.example/", b"<img src=i.svg>"),
        requisite("image", "http://e.example/i.svg", svg, "image/svg+xml"),
        requisite("stylesheet", "http://e.example/c.css", b"<script>fetch('/steal')</script>", "text/html"),
    )
    save(archive, database, told, "s1")
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(web.origin + path)
    page.wait_for_timeout(300)
    assert [url for url in asked if "steal" in url] == []
    page.close()
