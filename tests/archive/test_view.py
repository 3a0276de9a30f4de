"""What the frozen view makes of pages, stylesheets and images: input and output side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.archive.emitting import file_name, freeze_svg, image_type
from cunzhao.archive.frozen_css import freeze_css, freeze_style
from cunzhao.archive.frozen_html import freeze_html
from cunzhao.archive.frozen_images import split_srcset
from cunzhao.archive.linking import Linker
from cunzhao.archive.store import Archive
from cunzhao.archive.view import requisite as emit
from cunzhao.archive.view import view
from cunzhao.errors import NotFound
from cunzhao.storage.database import Database
from tests.archive.making import capture, exchange, requisite, save

HELD = {
    f"http://g.example/{name}"
    for name in ("a.png", "b.png", "c,d.png", "s.css", "t.css", "x.woff2", "k.png?q=%BA%C3")
}


def linker(base: str = "http://g.example/", charset: str = "gb18030") -> Linker:
    return Linker(
        base=base,
        charset=charset,
        holds=HELD.__contains__,
        address=lambda url, kind: f"/{kind}/{url.removeprefix('http://g.example/')}",
        font=lambda url: b"wOF2font",
        frame=lambda url: None,
    )


def body(html: str) -> str:
    """What stands in <body> of the frozen page."""
    frozen = freeze_html(f"<!DOCTYPE html><html><head></head><body>{html}</body></html>", linker())
    return frozen.partition("<body>")[2].partition("</body>")[0]


@pytest.mark.parametrize(
    ("html", "frozen"),
    [
        ('<img src="a.png" onload="x()">', '<img src="/image/a.png">'),
        ('<img src="gone.png" alt="图">', '<img alt="图" data-missing="http://g.example/gone.png">'),
        ('<img src="blank.gif" data-original="//g.example/b.png">', '<img src="/image/b.png">'),
        ('<img src="a.png" data-zoom="b.png">', '<img data-zoom="b.png" src="/image/b.png">'),
        ('<img srcset="c,d.png 1x, gone.png 2x">', '<img src="/image/c%2Cd.png" srcset="/image/c%2Cd.png 1x">'),
        ('<img src="k.png?q=好">', '<img src="/image/k.png?q=%BA%C3">'),
        ('<img data-src="a.png"><noscript><img src="a.png"></noscript>', '<img src="/image/a.png">'),
        ("<noscript><p>无脚本</p></noscript>", "<p>无脚本</p>"),
        ('<script>x</script>之后', "之后"),
        ('<embed src="x.swf"><p>后文</p>', "<p>后文</p>"),
        ('<a href="javascript:x()">打印</a>', "<a>打印</a>"),
        ('<a href="#s">节</a>', '<a href="#s">节</a>'),
        ('<a href=" java\nscript:x()">打印</a>', "<a>打印</a>"),
        ('<form action="/s" method="post"><input name="q"></form>', '<form><input name="q"></form>'),
        ('<td background="a.png">', '<td background="/image/a.png"></td>'),
        ('<p style="background:url(a.png)">', '<p style=\'background:url("/image/a.png")\'></p>'),
        ('<div data-bg="url(a.png)">', '<div data-bg="url(a.png)" style=\';background-image:url("/image/a.png")\'></div>'),
        ("<iframe src=x.html><p>alt</p></iframe>", '<iframe sandbox=""></iframe>'),
        ("<!-- c --><p>x</p>", "<p>x</p>"),
    ],
)  # fmt: skip
def test_html_leads_into_the_snapshot_or_nowhere(html: str, frozen: str) -> None:
    assert body(html) == frozen


def test_a_link_keeps_where_it_led_and_cannot_be_followed() -> None:
    assert body('<a href="/o?a=1&b=2" target="_top">x</a>') == (
        '<a href="http://g.example/o?a=1&amp;b=2" target="_blank" rel="noreferrer noopener" '
        'title="http://g.example/o?a=1&amp;b=2">x</a>'
    )


def test_stylesheets_that_a_script_would_switch_on_are_on() -> None:
    late = """<link rel=preload as=style href=s.css onload="this.rel='stylesheet'">
      <link rel=stylesheet media=print href=t.css onload="this.media='all'"><link rel=prefetch href=a.png>"""
    frozen = freeze_html(f"<html><head>{late}</head><body></body></html>", linker())
    assert frozen.count('rel="stylesheet"') == 2 and frozen.count('media="all"') == 2
    assert "prefetch" not in frozen and "preload" not in frozen


def test_old_framesets_become_frames_one_under_another() -> None:
    held = linker()
    held.frame = lambda url: f"<p>{url}</p>"
    held.holds = lambda url: True
    frozen = freeze_html(
        "<html><frameset rows=20%,80%><frame src=t.htm><frame src=m.htm></frameset></html>", held
    )
    assert frozen.count("<iframe") == 2
    assert 'srcdoc="&lt;p&gt;http://g.example/m.htm&lt;/p&gt;"' in frozen


@pytest.mark.parametrize(
    ("css", "frozen"),
    [
        ("a{background:url(a.png)}", 'a{background:url("/image/a.png")}'),
        ("a{background:URL( 'gone.png' )}", 'a{background:url("data:,")}'),
        ("@import 'S.css'; @import url(s.css) print;", '@import url("data:,"); @import url("/style/s.css") print;'),
        ("@media print { @font-face { src: url(x.woff2) format('woff2') } }",
         '@media print { @font-face { src: url("data:font/woff2;base64,d09GMmZvbnQ=") format("woff2") } }'),
        ("a{background:image-set('a.png' 1x, url(b.png) 2x)}",
         'a{background:image-set(url("/image/a.png") 1x, url("/image/b.png") 2x)}'),
        ("a{background:u\\72l(gone.png)}", 'a{background:url("data:,")}'),
        ("a{width:expression(alert(1));behavior:url(x.htc)}", 'a{width:none;-removed:url("data:,")}'),
        ("a{color:red} /* 中文 */", "a{color:red} /* 中文 */"),
        ("a{background:url(data:text/html,x)}", 'a{background:url("data:,")}'),
        ("a{fill:url(#g)}", 'a{fill:url("#g")}'),
        ("x-y:not(:defined){display:none}", "x-y:not(:is(*)){display:none}"),
        ("x-y:defined{color:red}", "x-y:is(*){color:red}"),
        ("@namespace svg url(http://www.w3.org/2000/svg);", "@namespace svg url(http://www.w3.org/2000/svg);"),
    ],
)  # fmt: skip
def test_css_leads_into_the_snapshot_or_nowhere(css: str, frozen: str) -> None:
    assert freeze_css(css, linker().link) == frozen


def test_control_characters_spoil_no_page() -> None:
    page = '<p title="a\x01&#2;&#x1F;b">\x0c<img src="/\x01.png"><a href="/&#11;x">x</a><iframe srcdoc="&amp;#1;<b>&#3;y"></iframe>'
    frozen = freeze_html(page, linker())
    assert 'title="ab"' in frozen and "y" in frozen
    assert not any(ord(letter) < 32 for letter in frozen.replace("\n", ""))


def test_what_follows_the_end_of_a_page_and_what_nests_deep_is_shown() -> None:
    assert "after" in freeze_html("<html><body>one</body></html><html><body>after</body></html>", linker())
    assert "inside" in freeze_html("<font>" * 400 + "inside", linker())


def test_css_that_nests_absurdly_deep_is_left_out() -> None:
    assert freeze_css("a{b:" + "(" * 100_000, linker().link) == ""


pieces = st.lists(
    st.sampled_from(
        [
            "url(",
            ")",
            "'",
            '"',
            "http://evil/x",
            "@import ",
            ";",
            "{",
            "}",
            "\\",
            "image-set(",
            "/*",
            "*/",
            "src(",
            "@font-face",
            "\n",
            ",",
            "a:",
            "u\\72l(",
            "<!--",
            "</style>",
            "\x00",
            "é",
        ]
    )
).map("".join)


@given(pieces | st.text())
def test_no_css_names_anything_outside_after_it_is_frozen(css: str) -> None:
    def nowhere(url: str, kind: str) -> str:
        return ""

    named: list[str] = []
    freeze_css(freeze_css(css, nowhere), lambda url, kind: named.append(url) or "")
    assert set(named) <= {"data:,"}
    freeze_style(freeze_style(css, nowhere), lambda url, kind: named.append(url) or "")
    assert set(named) <= {"data:,"}


@pytest.mark.parametrize(
    ("srcset", "found"),
    [
        ("a.jpg 1x, b.jpg 2x", [("a.jpg", "1x"), ("b.jpg", "2x")]),
        ("a.jpg", [("a.jpg", "")]),
        ("a,b.jpg 100w,c.jpg 200w", [("a,b.jpg", "100w"), ("c.jpg", "200w")]),
        ("data:image/png;base64,AA== 1x, b.jpg 2x", [("data:image/png;base64,AA==", "1x"), ("b.jpg", "2x")]),
        (" , ", []),
    ],
)
def test_srcset_is_split_where_browsers_split_it(srcset: str, found: list[tuple[str, str]]) -> None:
    assert list(split_srcset(srcset)) == found


@pytest.mark.parametrize(
    ("body", "told", "is_"),
    [
        (b"\x89PNG\r\n\x1a\n", "text/plain", "image/png"),
        (b"RIFF....WEBPVP8 ", "application/octet-stream", "image/webp"),
        (b"<html>", "image/png", ""),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "text/xml", "image/svg+xml"),
    ],
)
def test_an_image_is_what_its_bytes_say(body: bytes, told: str, is_: str) -> None:
    assert image_type(body, told) == is_


def test_svg_keeps_its_own_parts_and_loses_what_acts_or_leads_out() -> None:
    svg = (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="x()">'
        b"<script>x()</script><style>@import url(http://evil/s.css); a{fill:url(#g)}</style>"
        b'<use xlink:href="#a"/><use href="http://evil/x.svg#a"/><a xlink:href="javascript:x()"/>'
        b'<rect fill="url(#g)" style="fill:url(http://evil/p)"/><animate attributeName="href"/>&e;</svg>'
    )
    frozen = freeze_svg(svg, linker()).decode()
    for gone in ("script", "evil", "onload", "javascript", "animate", "passwd", "ENTITY"):
        assert gone not in frozen
    for stays in ('xlink:href="#a"', 'fill="url(&quot;#g&quot;)"', 'a{fill:url("#g")}'):
        assert stays in frozen
    assert freeze_svg(b"not xml at all", linker()) == b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://g.example/files/%E8%A7%84%E5%88%92.pdf?x=1", "规划.pdf"),
        ("http://g.example/", "file"),
        ("file:///C:/a%2F..%2Fb%22.doc", "b_.doc"),
        ("http://[", "file"),
    ],
)
def test_a_download_has_a_harmless_name(url: str, name: str) -> None:
    assert file_name(url) == name


def address(url: str, kind: str) -> str:
    return f"/{kind}"


def test_each_page_is_emitted_as_what_it_is(archive: Archive, database: Database) -> None:
    pages = {
        "html": (b"<p>x</p>", "text/html", "text/html; charset=utf-8"),
        "text": ("全文<script>".encode("gbk"), "text/plain", "text/plain; charset=utf-8"),
        "json": (b"{}", "application/json", "text/plain; charset=utf-8"),
        "png": (b"\x89PNG\r\n\x1a\n", "image/png", "image/png"),
        "pdf": (b"%PDF-1.4", "application/pdf", "text/html; charset=utf-8"),
        "lies": (b"<script>", "image/png", "text/html; charset=utf-8"),
    }
    shown = {}
    for name, (body, mime, emitted) in pages.items():
        save(archive, database, capture(exchange(f"http://g.example/{name}", body, mime)), name)
        shown[name] = view(archive, name, address)
        assert shown[name].content_type == emitted
    assert shown["text"].body.decode() == "全文<script>"
    assert "下载原件" in shown["pdf"].body.decode() and "href" not in shown["pdf"].body.decode()
    assert b"<script>" not in shown["lies"].body  # a notice, not the bytes


def test_a_requisite_is_emitted_by_its_role_not_by_its_label(archive: Archive, database: Database) -> None:
    told = capture(
        exchange("http://g.example/", b"<p>"),
        requisite("stylesheet", "http://g.example/s", b"a{}", "text/html"),
        requisite("image", "http://g.example/i", b"<script>x</script>", "text/html"),
        requisite("script", "http://g.example/j", b"alert(1)", "text/javascript"),
        requisite("frame", "http://g.example/f", b"<script>x</script>f", "text/html"),
    )
    save(archive, database, told, "s1")
    emitted = {name: emit(archive, "s1", f"http://g.example/{name}", address) for name in "sijf"}
    assert emitted["s"].content_type == "text/css; charset=utf-8"
    for name in "ij":
        assert (emitted[name].content_type, emitted[name].attachment) == ("application/octet-stream", name)
    assert b"script" not in emitted["f"].body
    for call in (
        lambda: emit(archive, "s1", "http://g.example/none", address),
        lambda: emit(archive, "none", "http://g.example/", address),
        lambda: view(archive, "none", address),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_compressed_page_is_shown_and_a_bomb_is_not(archive: Archive, database: Database) -> None:
    import gzip

    from cunzhao.errors import DecompressionBomb

    coded = (("Content-Encoding", "gzip"),)
    save(
        archive,
        database,
        capture(exchange("http://g.example/1", gzip.compress(b"<p>ok</p>"), headers=coded)),
        "s1",
    )
    assert "ok" in view(archive, "s1", address).body.decode()
    bomb = gzip.compress(bytes(archive.settings.max_decoded_bytes + 1))
    save(archive, database, capture(exchange("http://g.example/2", bomb, headers=coded)), "s2")
    with pytest.raises(DecompressionBomb):
        view(archive, "s2", address)
