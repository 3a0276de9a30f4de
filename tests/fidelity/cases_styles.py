"""Stylesheets and what they bring."""

from __future__ import annotations

from tests.fidelity.case import (
    ONLY_DRAWN,
    Can,
    Case,
    every,
    hides,
    holds,
    html,
    painted,
    reads,
    script_drawn,
    styled,
)
from tests.fidelity.serving import Answer
from tests.fidelity.things import font, png

BOX = "width:60px;height:60px"
SQUARE = '<div id="x"></div>'


def sheet(css: str) -> str:
    return f"#x {{ {BOX} }} {css}"


def styled_page(
    name: str, title: str, css: str, file: str, colour: tuple[int, int, int], **told: object
) -> Case:
    """A `<style>` whose rule brings one picture into the box."""
    page = html(SQUARE, f"<style>{sheet(css)}</style>")
    return Case(name, title, painted("#x", colour), {"index.html": page, file: png(60, colour, 60)}, **told)  # type: ignore[arg-type]


STYLES = (
    Case(
        "link-stylesheet", "`<link rel=stylesheet>` with a picture relative to it", painted("#x", (1, 90, 160)),
        {"index.html": html(SQUARE, '<link rel="stylesheet" href="css/main.css">'),
         "css/main.css": sheet("#x { background: url('../img/a.png') }"), "img/a.png": png(71, (1, 90, 160))},
    ),
    Case(
        "nested-import", "`@import` three deep, on two origins", painted("#x", (2, 91, 161)),
        {"index.html": html(SQUARE, "<style>@import url('one.css') screen;</style>"),
         "one.css": "@import 'in/two.css';", "in/two.css": "@import url({there}/nested-import/there/three.css);",
         "there/three.css": sheet("#x { background-image: url(a.png) }"), "there/a.png": png(72, (2, 91, 161))},
    ),
    Case(
        "import-layer", "`@import` with layer, supports and media", painted("#x", (3, 92, 162)),
        {"index.html": html(SQUARE, "<style>@import 'low.css' layer(low); @import url(high.css) layer(high) "
                                    "supports(display: grid) (min-width: 10px);</style>"),
         "high.css": sheet("#x { background: url(a.png) }"), "low.css": sheet("#x { background: red }"),
         "a.png": png(73, (3, 92, 162))},
    ),
    Case(
        "font-face", "`@font-face`", every(holds("#x", "e => e.offsetWidth === 160")),
        {"index.html": html('<span id="x" style="font:20px Own;display:inline-block">iiii</span>',
                            "<style>@font-face { font-family: Own; src: url(own.ttf) format('truetype') }</style>"),
         "own.ttf": font()},
    ),
    Case(
        "font-remote", "`@font-face` of another origin", every(holds("#x", "e => e.offsetWidth === 160")),
        {"index.html": html('<span id="x" style="font:20px Far;display:inline-block">iiii</span>',
                            '<link rel="stylesheet" href="{there}/font-remote/there/f.css">'),
         "there/f.css": "@font-face { font-family: Far; src: local('Nope'), url('far.ttf') }", "there/far.ttf": font("Far")},
    ),
    Case(
        "image-set", "`image-set()`, every resolution kept", painted("#x", (4, 93, 163)),
        {"index.html": html(SQUARE, f"<style>{sheet('#x { background-image: image-set(url(one.png) 1x, %s 2x) }')}"
                            .replace("%s", "'two.png'") + "</style>"),
         "one.png": png(74, (4, 93, 163)), "two.png": png(75, (4, 93, 164))},
    ),
    styled_page("custom-property", "`url()` in a custom property", ":root { --p: url(a.png) } #x { background: var(--p) }",
                "a.png", (5, 94, 164)),
    styled_page("style-layer", "`@layer`, `@supports`, `@media` and nested rules",
                "@layer a { @supports (display: grid) { @media screen { body { & #x { background: url(a.png) } } } } }",
                "a.png", (6, 95, 165)),
    styled_page("pseudo-content", "`content: url()` of `::before`", "#x::before { content: url(a.png) }", "a.png", (7, 96, 166)),
    styled_page("border-image", "`border-image`", "#x { border: 30px solid; border-image: url(a.png) 1 fill; width:0; height:0 }",
                "a.png", (8, 97, 167)),
    styled_page("mask", "`mask-image`", "#x { background: rgb(9,98,168); mask-image: url(a.png) }", "a.png", (9, 98, 168)),
    styled_page("has-nth", "new selectors (`:has`, `:is`, `:nth-child(of)`)",
                "body:has(#x) :is(div):nth-child(1 of #x) { background: url(a.png) }", "a.png", (10, 99, 169)),
    Case(
        "style-attribute", "`style` attribute", painted("#x", (11, 100, 170)),
        {"index.html": html(f"<div id=x style=\"{BOX};background:url('a.png')\"></div>"), "a.png": png(76, (11, 100, 170))},
    ),
    Case(
        "css-data-uri", "data URI in a stylesheet", painted("#x", (12, 101, 171)),
        {"index.html": html(SQUARE, f"<style>{sheet('')}#x {{ background: url(\"data:image/svg+xml,%3Csvg xmlns="
                            "'http://www.w3.org/2000/svg'%3E%3Crect width='99' height='99' fill='rgb(12,101,171)'/%3E%3C/svg%3E\") }</style>")},
    ),
    Case(
        "css-gbk", "GBK stylesheet with Chinese class names", styled(".标题", "color", "rgb(1, 2, 3)"),
        {"index.html": Answer(
                "<!DOCTYPE html><meta charset=gbk><link rel=stylesheet href=a.css><p class=标题>文".encode("gbk"), mime="text/html"
            ),
         "a.css": "@charset 'gbk'; .标题 { color: rgb(1, 2, 3) }".encode("gbk")},
    ),
    Case(
        "print-style", "`media=print` stylesheet is kept, and not applied on the screen",
        every(styled("#x", "color", "rgb(4, 5, 6)"), hides("打印")),
        {"index.html": html('<p id="x">文</p>', '<style>#x { color: rgb(4, 5, 6) }</style>'
                            '<link rel="stylesheet" media="print" href="print.css">'),
         "print.css": "#x { color: red }"},
    ),
    Case(
        "alternate-style", "alternate stylesheet", styled("#x", "color", "rgb(0, 0, 0)"),
        {"index.html": html('<p id="x">文</p>', '<link rel="alternate stylesheet" title="big" href="big.css">'),
         "big.css": "#x { color: red }"},
    ),
    Case(
        "content-visibility", "`content-visibility: auto` far below", painted("#x", (13, 102, 172)),
        {"index.html": html('<div style="height:5000px"></div><div style="content-visibility:auto">' + SQUARE + "</div>",
                            f"<style>{sheet('#x { background: url(a.png) }')}</style>"), "a.png": png(77, (13, 102, 172))},
    ),
    Case(
        "lazy-style", "stylesheet switched on by `onload`", styled("#x", "color", "rgb(7, 8, 9)"),
        {"index.html": html('<p id="x">文</p>', '<link rel="preload" as="style" href="a.css" onload="this.rel=\'stylesheet\'">'),
         "a.css": "#x { color: rgb(7, 8, 9) }"},
    ),
)  # fmt: skip

DYNAMIC = (
    Case(
        "insert-rule", "`insertRule`", painted("#x", (14, 103, 173)),
        {"index.html": html(SQUARE, f"<style>{sheet('')}</style>")
         + "<script>document.styleSheets[0].insertRule('#x { background: url(a.png) }', 1)</script>",
         "a.png": png(78, (14, 103, 173))},
        http=script_drawn(),
    ),
    Case(
        "adopted-sheets", "`adoptedStyleSheets`", painted("#x", (15, 104, 174)),
        {"index.html": html(SQUARE) + f"<script>const s = new CSSStyleSheet(); s.replaceSync(`{sheet('')} #x "
         "{ background: rgb(15, 104, 174) }`); document.adoptedStyleSheets = [s]</script>"},
        http=ONLY_DRAWN,
    ),
    Case(
        "link-by-script", "stylesheet linked by script", painted("#x", (16, 105, 175)),
        {"index.html": html(SQUARE) + "<script>const l = document.createElement('link'); l.rel = 'stylesheet';"
         "l.href = 'a' + 1 + '.css'; document.head.append(l)</script>",
         "a1.css": sheet("#x { background: url(a.png) }"), "a.png": png(79, (16, 105, 175))},
        http=script_drawn(),
    ),
    Case(
        "class-by-script", "class set by script brings a picture", painted("#x", (17, 106, 176)),
        {"index.html": html(SQUARE, f"<style>{sheet('.on { background: url(a.png) }')}</style>")
         + "<script>document.querySelector('#x').className = 'on'</script>", "a.png": png(80, (17, 106, 176))},
        http=ONLY_DRAWN,
    ),
    Case(
        "style-text", "style element filled by script", every(painted("#x", (18, 107, 177)), reads("标题")),
        {"index.html": html(SQUARE) + f"<script>const s = document.createElement('style'); s.textContent = `{sheet('')}"
         "#x { background: rgb(18, 107, 177) }`; document.head.append(s)</script>"},
        http=ONLY_DRAWN,
    ),
    Case(
        "disabled-sheet", "stylesheet switched off by script stays off", styled("#x", "color", "rgb(19, 19, 19)"),
        {"index.html": html('<p id="x">文</p>', "<style>#x { color: rgb(19, 19, 19) }</style><style id=off>#x { color: red }</style>")
         + "<script>document.querySelector('#off').disabled = true; document.querySelector('#off').sheet.disabled = true</script>"},
        http=ONLY_DRAWN,
    ),
    Case(
        "font-by-script", "FontFace added by script", every(holds("#x", "e => e.offsetWidth === 160")),
        {"index.html": html('<span id="x" style="font:20px Made;display:inline-block">iiii</span>')
         + "<script>const f = new FontFace('Made', 'url(made.ttf)'); document.fonts.add(f); f.load()</script>",
         "made.ttf": font("Made")},
        http=script_drawn(),
        browser=Can(shown=False, why="a FontFace made by script does not tell where it came from; the font is kept"),
    ),
)  # fmt: skip


def styles() -> tuple[Case, ...]:
    return (*STYLES, *DYNAMIC)
