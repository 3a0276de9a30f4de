"""Frames, redirects, codings and charsets."""

from __future__ import annotations

from tests.fidelity.case import ONLY_DRAWN, Can, Case, every, html, painted, reads, script_drawn, wide
from tests.fidelity.serving import Answer
from tests.fidelity.things import png

INNER = html('<p>框内文字</p><img id="y" src="inner.png">')


def sent(text: str, **told: object) -> Answer:
    return Answer(text.encode(), **told)  # type: ignore[arg-type]


FRAMES = (
    Case(
        "iframe", "`<iframe>`", every(reads("框内文字", deep=1), wide("#y", 91, deep=1)),
        {"index.html": html('<iframe src="f/inner.html"></iframe>'), "f/inner.html": INNER, "f/inner.png": png(91)},
    ),
    Case(
        "iframe-remote", "`<iframe>` of another origin", every(reads("框内文字", deep=1), wide("#y", 92, deep=1)),
        {"index.html": html('<iframe src="{there}/iframe-remote/there/inner.html"></iframe>'), "there/inner.html": INNER,
         "there/inner.png": png(92)},
    ),
    Case(
        "iframe-nested", "frames three deep", every(reads("框内文字", deep=3), wide("#y", 93, deep=3)),
        {"index.html": html('<iframe src="one.html"></iframe>'), "one.html": html('<iframe src="two.html"></iframe>'),
         "two.html": html('<iframe src="three.html"></iframe>'), "three.html": INNER, "inner.png": png(93)},
        http=Can(kept=False, shown=False, why="the http engine follows frames two deep; the snapshot says `too-deep`"),
    ),
    Case(
        "srcdoc", "`srcdoc` with a picture", every(reads("内文", deep=1), wide("#y", 94, deep=1)),
        {"index.html": html("<iframe srcdoc=\"<p>内文</p><img id='y' src='a.png'>\"></iframe>"), "a.png": png(94)},
    ),
    Case(
        "srcdoc-nested", "`srcdoc` in `srcdoc`", every(reads("更内", deep=2), wide("#y", 95, deep=2)),
        {"index.html": html("<iframe srcdoc=\"<iframe srcdoc='&lt;p&gt;更内&lt;/p&gt;&lt;img id=y src=a.png&gt;'></iframe>\"></iframe>"),
         "a.png": png(95)},
    ),
    Case(
        "frame-written", "frame written by script", reads("写进框里", deep=1),
        {"index.html": html("<iframe></iframe>") + "<script>const d = document.querySelector('iframe').contentDocument; d.open();"
         "d.write('<p>写进框里</p>'); d.close()</script>"}, http=ONLY_DRAWN,
    ),
    Case(
        "frame-lazy", "`<iframe loading=lazy>` far below", reads("框内文字", deep=1),
        {"index.html": html('<div style="height:5000px"></div><iframe loading="lazy" src="inner.html"></iframe>'),
         "inner.html": INNER, "inner.png": png(96)},
    ),
    Case(
        "frame-script", "frame drawn by script", reads("框里的脚本", deep=1),
        {"index.html": html('<iframe src="inner.html"></iframe>'),
         "inner.html": html("") + "<script>fetch('in' + '.txt').then(r => r.text()).then(t => document.body.append(t))</script>",
         "in.txt": "框里的脚本"}, http=script_drawn(),
    ),
    Case(
        "frameset", "`<frameset>`", every(reads("框内文字", deep=1), wide("#y", 97, deep=1)),
        {"index.html": '<html><head><meta charset=utf-8></head><frameset cols="50%,50%"><frame src="inner.html"><frame src="right.html">'
                       "</frameset></html>", "inner.html": INNER, "inner.png": png(97), "right.html": html("右")},
    ),
    Case(
        "object-page", "`<object>` with a page", reads("框内文字", deep=1),
        {"index.html": html('<object data="inner.html" type="text/html" width="300" height="200"></object>'), "inner.html": INNER,
         "inner.png": png(98)},
    ),
)  # fmt: skip


def moved(status: int) -> Case:
    """A page and a picture that have moved."""

    def to(where: str) -> Answer:
        return Answer(b"", status=status, headers=(("Location", where),))

    name = f"moved-{status}"
    return Case(
        name, f"{status} of the page, and of a picture to another origin", wide("#x", status),
        {"start": to("index.html"), "index.html": html('<img id="x" src="a">'),
         "a": to(f"{{there}}/{name}/there/b.png"), "there/b.png": png(status)},
        entry="start",
    )  # fmt: skip


MOVES = (
    *(moved(status) for status in (301, 302, 303, 307, 308)),
    Case(
        "moved-chain", "three redirects in a row, with a cookie", reads("到了"),
        {"start": Answer(b"", status=302, headers=(("Location", "second"), ("Set-Cookie", "k=1; Path=/"))),
         "second": Answer(b"", status=301, headers=(("Location", "{there}/moved-chain/there/third"),)),
         "there/third": Answer(b"", status=307, headers=(("Location", "{here}/moved-chain/index.html"),)),
         "index.html": Answer(html("<p>到了</p>").encode(), only=lambda asked: "k=1" in asked.headers.get("cookie", ""))},
        entry="start",
    ),
    Case(
        "moved-style", "redirects of stylesheet, script, font and frame", every(painted("#x", (31, 120, 190)), reads("框内文字", deep=1)),
        {"index.html": html('<div id="x"></div><iframe src="f"></iframe>', '<link rel="stylesheet" href="s">'),
         "s": Answer(b"", status=302, headers=(("Location", "css/real.css"),)),
         "css/real.css": "#x { width: 60px; height: 60px; background: url(a.png) }", "css/a.png": png(99, (31, 120, 190)),
         "f": Answer(b"", status=301, headers=(("Location", "in/inner.html"),)), "in/inner.html": INNER, "in/inner.png": png(100)},
    ),
    Case(
        "meta-refresh", "`<meta http-equiv=refresh>` to another page", reads("刷新之后"),
        {"start": html("<p>请稍候</p>", '<meta http-equiv="refresh" content="0; url=index.html">'), "index.html": html("<p>刷新之后</p>")},
        entry="start",
    ),
    Case(
        "moved-by-script", "`location.replace` to another page", reads("脚本带到"),
        {"start": html("") + "<script>location.replace('in' + 'dex.html')</script>", "index.html": html("<p>脚本带到</p>")},
        entry="start", http=script_drawn(),
    ),
    Case(
        "post-then-get", "form posted by script, answered by 303", reads("提交之后"),
        {"start": html('<form method="post" action="send"><input name="q" value="1"></form>') + "<script>document.forms[0].submit()</script>",
         "send": Answer(b"", status=303, headers=(("Location", "index.html"),), only=lambda asked: asked.method == "POST"),
         "index.html": html("<p>提交之后</p>")}, entry="start", http=script_drawn(),
    ),
)  # fmt: skip


def coded(coding: str) -> Case:
    return Case(
        f"coding-{coding}", f"{coding}: page, stylesheet and script", every(reads("压缩了的页面"), painted("#x", (32, 121, 191))),
        {"index.html": sent(html('<p>压缩了的页面</p><div id="x"></div><script src="a.js"></script>',
                                 '<link rel="stylesheet" href="a.css">'), coding=coding),
         "a.css": sent("#x { width: 60px; height: 60px; background: rgb(32, 121, 191) }", coding=coding),
         "a.js": sent(f"/* {coding} */ 1", coding=coding)},
    )  # fmt: skip


SPELLINGS = (
    *(coded(coding) for coding in ("gzip", "br", "zstd", "deflate")),
    Case(
        "chunked", "chunked answer", reads("一块一块"),
        {"index.html": Answer(html("<p>一块一块</p>" + "<p>长</p>" * 300).encode(), chunked=True)},
    ),
    Case(
        "gbk", "GBK page, charset in the header", every(reads("国标码的页面"), wide("#x", 101)),
        {"index.html": Answer(b"<!DOCTYPE html><title>\xd2\xbb</title><p>" + "国标码的页面".encode("gbk") + b'<img id=x src=a.png>',
                              mime="text/html; charset=GBK"), "a.png": png(101)},
    ),
    Case(
        "gb2312-meta", "GB2312 page that uses GB18030, charset in `<meta>`", reads("镕𠮷"),
        {"index.html": Answer('<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>镕𠮷字</body>'
                              .encode("gb18030"), mime="text/html")},
    ),
    Case(
        "gbk-query", "Chinese query in a GBK page", wide("#x", 102),
        {"index.html": Answer('<meta charset=gbk><img id=x src="a.png?k=绍兴">'.encode("gbk"), mime="text/html"),
         "a.png?k=%C9%DC%D0%CB": Answer(png(102), mime="image/png")},
    ),
    Case(
        "utf-16", "UTF-16 page with a byte order mark", reads("双字节"),
        {"index.html": Answer("<!DOCTYPE html><p>双字节</p>".encode("utf-16"), mime="text/html")},
    ),
    Case(
        "xhtml", "XHTML page with an XML declaration", reads("严格的页面"),
        {"index.xhtml": Answer('<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>一</title>'
         "</head><body><p>严格的页面</p></body></html>".encode(), mime="application/xhtml+xml")}, entry="index.xhtml",
    ),
    Case(
        "old-markup", "old markup: unclosed cells, centred, misnested", every(reads("单元格乙"), reads("错套"), painted("td", (240, 240, 200))),
        {"index.html": "<html><meta charset=utf-8><body><center><table bgcolor=#f0f0c8 width=300 height=80><tr><td>单元格甲<td>单元格乙"
                       "<tr><td><font color=red><b>错套<i>斜</b>体</i></font></table></center><p>段<div>块</div></p>"},
    ),
    Case(
        "text-file", "plain text page", reads("只有文字"),
        {"a.txt": Answer("只有文字，没有标记。".encode("gbk"), mime="text/plain; charset=gbk")}, entry="a.txt",
    ),
    Case("image-page", "image as the page", wide("img", 103), {"a.png": png(103)}, entry="a.png"),
)  # fmt: skip

LOADS = (
    Case(
        "preload", "`<link rel=preload>` of picture and font, `modulepreload`", wide("#x", 104),
        {"index.html": html('<img id="x" src="a.png">', '<link rel="preload" as="image" href="a.png"><link rel="modulepreload" href="m.js">'),
         "a.png": png(104), "m.js": "export default 1"},
    ),
    Case(
        "manifest", "web app manifest", reads("标题文字"),
        {"index.html": html("", '<link rel="manifest" href="app.webmanifest">'), "app.webmanifest": '{"name": "一", "icons": []}'},
    ),
    Case(
        "csp-page", "page with a Content-Security-Policy of its own", wide("#x", 105),
        {"index.html": Answer(html('<img id="x" src="a.png">').encode(), headers=(("Content-Security-Policy", "default-src 'self'"),)),
         "a.png": png(105)},
    ),
    Case(
        "x-frame-options", "page that refuses to be framed", reads("不许装框"),
        {"index.html": Answer(html("<p>不许装框</p>").encode(), headers=(("X-Frame-Options", "DENY"),))},
    ),
)  # fmt: skip


def pages() -> tuple[Case, ...]:
    return (*FRAMES, *MOVES, *SPELLINGS, *LOADS)
