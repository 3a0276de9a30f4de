"""Pictures, however a page names them, and other media."""

from __future__ import annotations

from tests.fidelity.case import Can, Case, every, holds, html, painted, script_drawn, styled, wide
from tests.fidelity.serving import Answer
from tests.fidelity.things import AVIF, WEBP, bmp, gif, ico, png, svg, wav

FAR = '<div style="height:4000px">占位</div>'


def image(name: str, title: str, reference: str, file: str, width: int) -> Case:
    return Case(
        name,
        title,
        wide("#x", width),
        {"index.html": html(f'<img id="x" src="{reference}">'), file: png(width)},
    )


ADDRESSES = (
    image("relative", "relative address", "a.png", "a.png", 11),
    image("parent", "address with `../`", "../parent/p/../b.png", "b.png", 12),
    image("rooted", "address from the root", "/rooted/c.png", "c.png", 13),
    image("absolute", "absolute address", "{here}/absolute/d.png", "d.png", 14),
    image("schemeless", "scheme-less address on another origin", "{//there}/schemeless/there/e.png", "there/e.png", 15),
    image("remote", "absolute address on another origin", "{there}/remote/there/f.png", "there/f.png", 16),
    image("backslash", "backslashes and spaces in an address", " p\\g h.png ", "p/g%20h.png", 17),
    image("chinese-path", "Chinese characters in an address", "图片/甲.png", "%E5%9B%BE%E7%89%87/%E7%94%B2.png", 18),
    Case(
        "data-uri", "data URI", wide("#x", 3),
        {"index.html": html('<img id="x" src="data:image/gif;base64,R0lGODdhAwADAIABAAAAAP///ywAAAAAAwADAAACA4SPVgA7">'
                            '<svg width="0" height="0"></svg>')},
    ),
    Case(
        "base", "`<base href>`", wide("#x", 21),
        {"index.html": html('<img id="x" src="i.png">', '<base href="/base/elsewhere/">'), "elsewhere/i.png": png(21)},
    ),
)  # fmt: skip

VARIANTS = (
    Case(
        "srcset-density", "`srcset` by density, every variant kept", wide("#x", 31),
        {"index.html": html('<img id="x" src="one.png" srcset="one.png 1x, two.png 2x">'),
         "one.png": png(31), "two.png": png(62)},
    ),
    Case(
        "srcset-width", "`srcset` by width with `sizes`, every variant kept", every(styled("#x", "width", "400px")),
        {"index.html": html('<img id="x" srcset="s.png 200w, m.png 400w, l.png 800w" sizes="400px">'),
         "s.png": png(200), "m.png": png(400), "l.png": png(800)},
    ),
    Case(
        "picture", "`<picture>` with media and types, every `<source>` kept", painted("#x", (10, 120, 200)),
        {"index.html": html('<picture><source media="(max-width: 300px)" srcset="narrow.png">'
                            '<source type="image/x-new" srcset="new.pic"><source srcset="wide.png">'
                            '<img id="x" src="plain.png"></picture>'),
         "narrow.png": png(33, (0, 200, 0)), "new.pic": Answer(b"\xff\x0a no picture", mime="image/x-new"),
         "wide.png": png(34, (10, 120, 200)), "plain.png": png(35, (200, 0, 0))},
        required=("index.html", "narrow.png", "new.pic", "wide.png"),
    ),
    Case(
        "loading-lazy", "`loading=lazy` far below", wide("#x", 36),
        {"index.html": html(FAR + '<img id="x" loading="lazy" src="a.png">'), "a.png": png(36)},
    ),
    Case(
        "lazy-observer", "IntersectionObserver with `data-src`", wide("#x", 37),
        {"index.html": html(FAR + """<img id="x" data-src="a.png"><script>
            new IntersectionObserver((seen, o) => seen.forEach(s => { if (s.isIntersecting) {
            s.target.src = s.target.dataset.src; o.unobserve(s.target) } })).observe(document.querySelector('#x'))
            </script>"""), "a.png": png(37)},
    ),
    Case(
        "lazy-original", "lazy loading on scroll, `data-original`", wide("#x", 38),
        {"index.html": html("""<img id="x" src="blank.png" data-original="a.png">""" + FAR + """<script>
            addEventListener('scroll', () => { const i = document.querySelector('#x'); i.src = i.dataset.original })
            </script>"""), "a.png": png(38), "blank.png": png(1)},
    ),
    Case(
        "lazy-named-in-script", "IntersectionObserver, address only in a script", wide("#x", 39),
        {"index.html": html(FAR + """<img id="x" data-n="39"><script>
            new IntersectionObserver(seen => seen.forEach(s => { if (s.isIntersecting)
            s.target.src = 'a' + s.target.dataset.n + '.png' })).observe(document.querySelector('#x'))
            </script>"""), "a39.png": png(39)},
        http=script_drawn("the address is made by script"),
    ),
    Case(
        "lazy-background", "lazy background, `data-bg`", painted("#x", (90, 10, 140)),
        {"index.html": html(FAR + """<div id="x" data-bg="a.png" style="width:50px;height:50px"></div><script>
            new IntersectionObserver(seen => seen.forEach(s => { if (s.isIntersecting)
            s.target.style.backgroundImage = `url(${s.target.dataset.bg})` })).observe(document.querySelector('#x'))
            </script>"""), "a.png": png(41, (90, 10, 140))},
    ),
    Case(
        "noscript-image", "image in `<noscript>` beside a lazy one", wide("#x", 42),
        {"index.html": html('<noscript><img id="x" src="a.png"></noscript>'), "a.png": png(42)},
        browser=Can(kept=False, shown=False, why="a browser with script does not read what is for those without"),
    ),
)  # fmt: skip

ELEMENTS = (
    Case(
        "input-image", "`<input type=image>`", holds("#x", "e => e.offsetWidth === 43"),
        {"index.html": html('<form><input id="x" type="image" src="a.png"></form>'), "a.png": png(43)},
    ),
    Case(
        "background-attribute", "`background` attribute of body and table cell",
        every(painted("#x", (20, 160, 90)), styled("body", "background-image", "url(")),
        {"index.html": '<!DOCTYPE html><meta charset=utf-8><body background="body.png"><table><td id="x" '
                       'background="cell.png" width="80" height="80">格</td></table><p>文</p>',
         "body.png": png(44, (250, 250, 240)), "cell.png": png(45, (20, 160, 90))},
    ),
    Case(
        "svg-image", "SVG `<image>` in the page", painted("#x", (30, 60, 190)),
        {"index.html": html('<svg id="x" width="60" height="60"><image href="a.png" width="60" height="60" '
                            'preserveAspectRatio="none"/></svg>'), "a.png": png(46, (30, 60, 190))},
    ),
    Case(
        "svg-use", "SVG `<use>` of another file", painted("#x", (0, 128, 128)),
        {"index.html": html('<svg id="x" width="60" height="60"><use href="sprite.svg#mark"></use></svg>'),
         "sprite.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><symbol id="mark" viewBox="0 0 9 9">'
                       b'<rect width="9" height="9" fill="#008080"/></symbol><g id="other"/></svg>'},
    ),
    Case(
        "object-image", "`<object>` with an image", painted("#x", (140, 100, 20)),
        {"index.html": html('<object id="x" data="a.png" type="image/png" width="60" height="60">无</object>'),
         "a.png": png(60, (140, 100, 20), 60)},
    ),
    Case(
        "embed-svg", "`<embed>` with an SVG", painted("#x", (128, 0, 128)),
        {"index.html": html('<embed id="x" src="a.svg" type="image/svg+xml" width="60" height="20">'),
         "a.svg": svg(60, "#800080")},
    ),
    Case(
        "favicon", "icon named by the page", holds("link[rel~=icon]", "e => e.href.includes('icon.ico')"),
        {"index.html": html("<p>图标</p>", '<link rel="shortcut icon" href="icon.ico">'), "icon.ico": ico(16, (1, 2, 3))},
        browser=Can(shown=True),
    ),
    Case("format-svg", "SVG", wide("#x", 47), {"index.html": html('<img id="x" src="a.svg">'), "a.svg": svg(47, "#123")}),
    Case("format-gif", "GIF", wide("#x", 48), {"index.html": html('<img id="x" src="a.gif">'), "a.gif": gif(48)}),
    Case("format-bmp", "BMP", wide("#x", 49), {"index.html": html('<img id="x" src="a.bmp">'), "a.bmp": bmp(49, (5, 6, 7))}),
    Case("format-webp", "WebP", wide("#x", 1), {"index.html": html('<img id="x" src="a.webp">'), "a.webp": WEBP}),
    Case("format-avif", "AVIF", wide("#x", 2), {"index.html": html('<img id="x" src="a.avif">'), "a.avif": AVIF}),
    Case(
        "wrong-type", "image sent as text/plain", wide("#x", 51),
        {"index.html": html('<img id="x" src="a">'), "a": Answer(png(51), mime="text/plain")},
    ),
    Case(
        "no-type", "image sent without Content-Type", wide("#x", 52),
        {"index.html": html('<img id="x" src="a">'), "a": Answer(png(52), mime="none")},
    ),
    Case(
        "referer", "image that asks for a Referer (防盗链)", wide("#x", 53),
        {"index.html": html('<img id="x" src="a.png">'),
         "a.png": Answer(png(53), only=lambda asked: "/referer/index.html" in asked.headers.get("referer", ""))},
    ),
    Case(
        "user-agent", "image that asks for a browser's User-Agent", wide("#x", 54),
        {"index.html": html('<img id="x" src="a.png">'),
         "a.png": Answer(png(54), only=lambda asked: "Chrome/" in asked.headers.get("user-agent", ""))},
    ),
    Case(
        "cookie", "image that asks for the page's cookie", wide("#x", 55),
        {"index.html": Answer(html('<img id="x" src="a.png">').encode(),
                              headers=(("Set-Cookie", "ticket=55; Path=/cookie"),)),
         "a.png": Answer(png(55), only=lambda asked: "ticket=55" in asked.headers.get("cookie", ""))},
        http=Can(kept=False, shown=False, why="pages of a batch share their requisites, so none is asked for with one "
                 "page's cookies; the snapshot names the picture as missing"),
    ),
    Case(
        "meter-table", "table with cell backgrounds in CSS", painted("#x", (200, 180, 0)),
        {"index.html": html('<table><tr><td id="x" style="background:url(a.png);width:60px;height:60px">'
                            "</td></tr></table>"), "a.png": png(56, (200, 180, 0))},
    ),
)  # fmt: skip


def media(film: bytes) -> tuple[Case, ...]:
    """Film and sound; `film` is a WebM file of more than a megabyte."""
    plays = "e => e.readyState >= 1 && e.duration > 0"
    return (
        Case(
            "video", "`<video src>` answered in ranges", every(holds("#x", plays), holds("#x", "e => e.videoWidth > 0")),
            {"index.html": html('<video id="x" src="a.webm" controls preload="auto" width="160"></video>'),
             "a.webm": Answer(film, ranges=True)},
        ),
        Case(
            "video-source", "`<video><source>` with `poster` and `<track>`", holds("#x", plays),
            {"index.html": html('<video id="x" poster="p.png" controls preload="metadata" width="160">'
                                '<source src="a.webm" type="video/webm"><track src="t.vtt" default></video>'),
             "a.webm": Answer(film + b"\xec\x81\0", ranges=True), "p.png": png(57),
             "t.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\n字幕\n"},
        ),
        Case(
            "poster", "`poster` of a video without a film", painted("#x", (70, 70, 160)),
            {"index.html": html('<video id="x" poster="p.png" width="300" height="300" preload="none"></video>'),
             "p.png": png(300, (70, 70, 160), 300)},
        ),
        Case(
            "audio", "`<audio>`", holds("#x", plays),
            {"index.html": html('<audio id="x" src="a.wav" controls preload="auto"></audio>'),
             "a.wav": Answer(wav(), ranges=True)},
        ),
    )  # fmt: skip


def pictures(film: bytes) -> tuple[Case, ...]:
    return (*ADDRESSES, *VARIANTS, *ELEMENTS, *media(film))
