"""Sites of today: frameworks, hashed class names, JSON in scripts, other languages."""

from __future__ import annotations

import json

from tests.read.sites.parts import (
    Draft,
    comments,
    crumbs,
    figure,
    foot,
    grid,
    head,
    info,
    links,
    nav,
    outlet,
    ps,
    related,
    share,
    side,
    stamp,
    teasers,
)


def next_article(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title} | {outlet(w)}", f'<meta property="og:title" content="{d.title}">')
        + f'<body><div id="__next"><header>{nav(w)}</header><main class="css-1kf8"><article><h1 class="css-x9">{d.title}</h1><div class="css-t"><time datetime="2023-05-01">{stamp(w)}</time><span>{w.person()}</span></div>{figure(d, 1)}<div class="css-b">{ps(d.paragraphs())}<h2>{d.say(w.subhead())}</h2>{ps(d.paragraphs(150))}</div></article>'
        f'<section class="css-r"><h2>更多内容</h2>{teasers(w, 6, "css-card")}</section></main><footer>{foot(w)}</footer></div><script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"title": d.title}}, ensure_ascii=False)}</script></body></html>'
    )


def div_soup(d: Draft) -> str:
    w = d.w
    text = "".join(
        f'<div class="x{i % 7}"><span><span data-v="1">{p[:30]}</span><span>{p[30:]}</span></span></div>'
        for i, p in enumerate(d.paragraphs())
    )
    return (
        head(d.title)
        + f'<body><div class="a1"><div class="a2">{nav(w)}</div><div class="a3"><div class="a4"><div class="t1"><span>{d.title}</span></div><div class="m1"><span>{stamp(w)}</span><span>{outlet(w)}</span></div><div class="c1">{text}</div></div><div class="a5">{teasers(w, 5, "x9")}</div></div><div class="a6">{foot(w, True)}</div></div></body></html>'
    )


def json_ld(d: Draft) -> str:
    w = d.w
    paragraphs = d.paragraphs()
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": d.title,
        "articleBody": "\n".join(d.body),
    }
    return (
        head(d.title, f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>')
        + f'<body>{nav(w)}<div class="p">{crumbs(w)}<h1>{d.title}</h1>{info(w)}<div class="q">{ps(paragraphs[:2])}</div><div class="ad">{teasers(w, 1)}</div><div class="q">{ps(paragraphs[2:])}</div>{related(w)}</div>{comments(w, 15, 3)}{foot(w)}</body></html>'
    )


def state_only(d: Draft) -> str:
    """Drawn by script; the text stands as HTML in a JSON state only."""
    w = d.w
    state = {
        "route": "/a",
        "detail": {"title": d.title, "time": stamp(w), "content": ps(d.paragraphs())},
        "list": [{"title": w.title()} for _ in range(5)],
    }
    return (
        head(d.title)
        + f'<body><div id="app"></div><script>window.__INITIAL_STATE__={json.dumps(state, ensure_ascii=False)};(function(){{var s}}());</script>{foot(w)}</body></html>'
    )


def traditional(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title} - 香港新聞網")
        + f'<body><header>{nav(w)}</header><div class="story"><h1>{d.title}</h1><div class="story-date">{stamp(w)}</div><section class="story-body">{ps(d.paragraphs())}</section><div class="story-share">分享此文：Facebook WhatsApp</div><div class="story-more"><h3>延伸閱讀</h3>{links(w, 5)}</div><h3>編輯推介</h3>{teasers(w, 4)}</div>{foot(w)}</body></html>'
    )


def english(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title} - Xinhua | English", f'<meta name="description" content="{d.title}">')
        + f'<body><nav><ul><li><a href="/">Home</a></li><li><a href="/c">China</a></li></ul></nav><div class="content"><h1>{d.title}</h1><p class="byline">By {w.person()} | Updated: {stamp(w)}</p><div id="detail">{ps(d.paragraphs())}</div><div class="share">Share this with Facebook Twitter</div><div class="more"><h3>Related stories</h3>{links(w, 5)}</div><h3>You may also like</h3>{teasers(w, 4)}</div><footer>Copyright 2020. All rights reserved.</footer></body></html>'
    )


def gallery(d: Draft) -> str:
    w = d.w
    slides = "".join(
        f'<li class="slide"><img src="{i}.jpg"><p class="slide-p">{d.say(w.paragraph(1))}</p></li>'
        for i in range(5)
    )
    d.length = 60
    return (
        head(d.title + "_图片频道")
        + f'<body>{nav(w)}<div class="pic-box"><h1>{d.title}</h1>{info(w)}<ul class="slides">{slides}</ul></div>{related(w)}{foot(w)}</body></html>'
    )


def sections(d: Draft) -> str:
    """Every group of paragraphs in a container of its own, with advertisements between."""
    w = d.w
    text = ""
    for i in range(max(2, d.length // 400)):
        text += f'<div class="block-{i}"><h3>{d.say(w.subhead())}</h3>{ps(d.paragraphs(min(350, d.length)))}</div>'
        if i % 2:
            text += f'<div class="gg"><a href="/ad"><img src="ad.gif"></a><p><a href="/ad">广告 {w.title()}</a></p></div>'
    return (
        head(d.title)
        + f'<body><div id="wrap">{nav(w)}<div class="inner"><div class="hd"><h1>{d.title}</h1>{info(w)}</div>{text}{share(w)}</div>{side(w)}</div>{foot(w)}</body></html>'
    )


def noscript(d: Draft) -> str:
    w = d.w
    text = ps(d.paragraphs())
    return (
        head(d.title)
        + f'<body>{nav(w)}<noscript><p>您的浏览器不支持脚本，请开启后再访问本页，否则部分功能无法使用。</p>{text}</noscript><div class="vue-article"><h1>{d.title}</h1>{info(w)}{text}</div>{teasers(w, 3)}{foot(w)}</body></html>'
    )


def report_tables(d: Draft) -> str:
    w = d.w
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="body"><h1>{d.title}</h1>{info(w)}<div class="rich">{ps(d.paragraphs(d.length // 2))}{grid(d, 12, 6)}{ps(d.paragraphs(d.length // 2))}{grid(d, 6, 3, "th")}</div></div>{side(w)}{foot(w)}</body></html>'
    )
