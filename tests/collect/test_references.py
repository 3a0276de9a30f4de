"""What pages and stylesheets name as needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.collect.look import is_markup
from cunzhao.collect.page_references import page_references, srcset
from cunzhao.collect.references import css_references
from tests.costs import grows_linearly, soon

PAGE = "http://s.cn/news/1.htm"


def named(html: str) -> list[tuple[str, str]]:
    return [(r.url.removeprefix("http://s.cn"), r.role) for r in page_references(html, PAGE).references]


def styled(css: str) -> list[tuple[str, str]]:
    return [(r.url.removeprefix("http://s.cn"), r.role) for r in css_references(css, "http://s.cn/css/a.css")]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<link rel=stylesheet href=a.css>", [("/news/a.css", "stylesheet")]),
        ("<link rel='alternate StyleSheet' href=a.css>", [("/news/a.css", "stylesheet")]),
        ("<link rel='shortcut icon' href=/i.ico>", [("/i.ico", "icon")]),
        ("<link rel=apple-touch-icon href=/i.png>", [("/i.png", "icon")]),
        ("<link rel=preload as=font href=/f.woff2>", [("/f.woff2", "font")]),
        ("<link rel=preload as=video href=/f.mp4>", [("/f.mp4", "media")]),
        ("<link rel=canonical href=/a.htm>", []),
        ("<img src=a.png>", [("/news/a.png", "image")]),
        ("<IMG SRC='images\\a.gif'>", [("/news/images/a.gif", "image")]),
        ("<img src=data:image/gif;base64,R0lG data-src=/b.jpg>", [("/b.jpg", "image")]),
        ("<img data-original='/img?id=3'>", [("/img?id=3", "image")]),
        ("<img data-title='2019年1-6月' data-id=3>", []),
        ("<div data-bg='/bg.webp'></div>", [("/bg.webp", "image")]),
        ("<div data-background='url(\"/bg.webp\")'></div>", [("/bg.webp", "image")]),
        ("<a data-json='{\"a\":\"b.png\"}' data-href=/a.pdf>x</a>", []),
        ("<img srcset='a.png 1x, b.png 2x'>", [("/news/a.png", "image"), ("/news/b.png", "image")]),
        ("<img data-srcset='a.png 480w'>", [("/news/a.png", "image")]),
        ("<picture><source srcset='a.avif'><img src=a.jpg></picture>", [("/news/a.avif", "image"), ("/news/a.jpg", "image")]),
        ("<input type=image src=go.gif><input type=text src=no.gif>", [("/news/go.gif", "image")]),
        ("<video poster=p.jpg src=v.mp4><source src=v.webm></video>", [("/news/p.jpg", "image"), ("/news/v.mp4", "media"), ("/news/v.webm", "media")]),
        ("<audio><source src=a.mp3><track src=t.vtt></audio>", [("/news/a.mp3", "media"), ("/news/t.vtt", "media")]),
        ("<iframe srcdoc=\"<img src='a.png'><iframe srcdoc='&lt;img src=b.png&gt;'></iframe>\"></iframe>", [("/news/a.png", "image"), ("/news/b.png", "image")]),
        ("<script type=importmap>{\"imports\": {\"lib\": \"./lib.js\", \"all/\": \"./all/\", \"x\": 1}}</script>", [("/news/lib.js", "script")]),
        ("<script type=importmap>{</script><script type=module>import 'lib'</script>", []),
        ("<script type=module>import a, { b as c } from './a.js';\nexport * from '/b.js'; import\t'http://c.cn/c.js'</script>",
         [("/news/a.js", "script"), ("/b.js", "script"), ("http://c.cn/c.js", "script")]),
        ("<script>import('./a.js')</script>", []),
        ("<svg><use href=i.svg#a /><use href=#b /></svg>", [("/news/i.svg", "image")]),
        ("<link rel=manifest href=m.json>", [("/news/m.json", "other")]),
        ("<p>a</body></html><img src=after.png>", [("/news/after.png", "image")]),
        ("<body background=bg.gif><table background=t.gif><tr><td background=c.gif>", [("/news/bg.gif", "image"), ("/news/t.gif", "image"), ("/news/c.gif", "image")]),
        ("<script src=a.js></script><script>var a='b.js'</script>", [("/news/a.js", "script")]),
        ("<iframe src=f.htm></iframe>", [("/news/f.htm", "frame")]),
        ("<frameset><frame src=l.htm><frame src=r.htm></frameset>", [("/news/l.htm", "frame"), ("/news/r.htm", "frame")]),
        ("<iframe src='about:blank'></iframe><iframe src='javascript:0'></iframe>", []),
        ("<style>body{background:url(bg.png)}</style>", [("/news/bg.png", "image")]),
        ("<p style='background:url(&quot;bg.png&quot;)'>", [("/news/bg.png", "image")]),
        ("<object data=a.pdf></object><embed src=b.swf><embed src=c.png>", [("/news/a.pdf", "frame"), ("/news/c.png", "image")]),
        ("<svg><image xlink:href=a.png></image></svg>", [("/news/a.png", "image")]),
        ("<noscript><img src=a.png></noscript>", [("/news/a.png", "image")]),
        ("<base href=/b/><img src=a.png>", [("/b/a.png", "image")]),
        ("<base href=//t.cn><img src=a.png>", [("http://t.cn/a.png", "image")]),
        ("<img src=a.png><img src=a.png#x>", [("/news/a.png", "image")]),
        ("<!-- <img src=a.png> -->", []),
        ("", []),
        ("\x00<<<>>><img src=", []),
    ],
)  # fmt: skip
def test_what_a_page_names(html: str, found: list[tuple[str, str]]):
    assert named(html) == found


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("@import 'b.css';", [("/css/b.css", "stylesheet")]),
        ("@import url(b.css) print;", [("/css/b.css", "stylesheet")]),
        ("@IMPORT URL('b.css');", [("/css/b.css", "stylesheet")]),
        ("a{background:url(../i/a.png)}", [("/i/a.png", "image")]),
        ("a{background:url( \"a b.png\" )}", [("/css/a%20b.png", "image")]),
        ("a{background:u\\72l(a.png)}", [("/css/a.png", "image")]),
        ("a{background:image-set('a.png' 1x, url(b.png) 2x)}", [("/css/a.png", "image"), ("/css/b.png", "image")]),
        ("a{background:-webkit-image-set(url(a.png) 1x)}", [("/css/a.png", "image")]),
        ("@font-face{font-family:X;src:url(x.woff2) format('woff2'),url(x.ttf)}", [("/css/x.woff2", "font"), ("/css/x.ttf", "font")]),
        ("@media print{a{background:url(a.png)}}", [("/css/a.png", "image")]),
        ("@supports (a:b){@media print{a{b:url(a.png)}}}", [("/css/a.png", "image")]),
        ("/* url(no.png) */ a{content:'url(no.png)'}", []),
        ("a{background:url(data:image/png;base64,AA)}", []),
        ("a{background:url(#svg)}", []),
        ("@namespace url(http://www.w3.org/1999/xhtml);", []),
        ("a{b:url(a.png", [("/css/a.png", "image")]),
    ],
)  # fmt: skip
def test_what_a_stylesheet_names(css: str, found: list[tuple[str, str]]):
    assert styled(css) == found


@pytest.mark.parametrize(
    ("value", "urls"),
    [
        ("a.png", ["a.png"]),
        (" a.png 1x , b.png 2x ", ["a.png", "b.png"]),
        ("a.png, b.png", ["a.png", "b.png"]),
        ("http://c.cn/w_1,h_2/a.png 1x, b.png 2x", ["http://c.cn/w_1,h_2/a.png", "b.png"]),
        ("data:image/png;base64,AA 1x, b.png 2x", ["data:image/png;base64,AA", "b.png"]),
        (",,, a.png", ["a.png"]),
        ("a.png (1,2) 3x, b.png", ["a.png", "b.png"]),
        ("", []),
    ],
)
def test_srcset_is_split_where_the_standard_splits_it(value: str, urls: list[str]):
    assert srcset(value) == urls


@given(
    st.text()
    | st.from_regex(r"(<[a-z]{1,6} (src|srcset|style|data-src|href)=['\"]?[^<]{0,20}>){1,6}", fullmatch=True)
)
def test_no_page_raises_and_every_reference_is_absolute(html: str):
    assert all(r.url.startswith(("http://", "https://")) for r in page_references(html, PAGE).references)


@given(st.text(alphabet="@import url('\"){}[];:\\ab/*-", max_size=80))
def test_no_stylesheet_raises(css: str):
    css_references(css, PAGE)


def test_nesting_as_deep_as_an_attacker_likes_is_walked():
    assert styled("a{b:" + "(" * 50_000 + "url(a.png)") == [("/css/a.png", "image")]
    assert named("<div>" * 50_000 + "<img src=/a.png>") in ([("/a.png", "image")], [])


@pytest.mark.parametrize(
    "html",
    [
        "<div data-x='url(" + " " * 7900 + "x'></div>",
        "<div data-x='" + "a." * 3900 + "x'></div>",
        "<img srcset='a " + "(" * 1_000_000 + "'>",
        "<img srcset='" + "a.png, " * 100_000 + "'>",
        "<link rel='" + "a " * 1_000_000 + "' href=x>",
        "<img src='" + " " * 2_000_000 + "x'>",
        "<style>" + "@import " * 100_000 + "</style>",
        "<p style='" + "a:b(" * 100_000 + "'>",
        "<!--" * 500_000,
        "<svg>" * 200_000,
    ],
)
def test_a_hostile_page_takes_no_more_time_than_its_size(html: str):
    assert soon(lambda: page_references(html, PAGE), within_s=20)


def test_markup_is_told_in_one_pass_however_many_comments_there_are():
    assert is_markup(b"<!-- a --> <!-- b -->\n<HTML>") and is_markup(b"<?xml version='1.0'?><!DOCTYPE html>")
    assert not is_markup(b"<!---->" * 9000)
    assert grows_linearly(lambda times: is_markup(b"<!---->" * times), 9_000, 72_000)
