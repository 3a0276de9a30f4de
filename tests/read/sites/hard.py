"""Pages on which the main text is the smaller part, in pieces, or hard to tell from what stands round it."""

from __future__ import annotations

from tests.read.sites.parts import (
    Draft,
    comments,
    crumbs,
    editor,
    figure,
    foot,
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

_IN = "　　"


def comments_longer(d: Draft) -> str:
    w = d.w
    d.length = min(d.length, 700)
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="con"><h1>{d.title}</h1>{info(w)}<div class="txt">{ps(d.paragraphs(), "p", "", _IN)}</div>{editor(w)}</div><div class="pl">{comments(w, 30, 4)}</div>{foot(w)}</body></html>'
    )


def flat_comments(d: Draft) -> str:
    """Comments as paragraphs of one container, more text than the article."""
    w = d.w
    d.length = min(d.length, 500)
    said = "".join(f"<p><b>{w.person()}</b> {stamp(w)}：{w.paragraph(2)}</p>" for _ in range(12))
    return (
        head(d.title)
        + f'<body>{nav(w)}<div id="a"><h2>{d.title}</h2>{info(w)}<div>{ps(d.paragraphs())}</div></div><div id="b"><h3>最新评论</h3>{said}</div>{foot(w)}</body></html>'
    )


def teasers_longer(d: Draft) -> str:
    w = d.w
    d.length = min(d.length, 600)
    return (
        head(d.title + "-热点")
        + f'<body>{nav(w)}<div class="left"><h1>{d.title}</h1>{info(w)}<div class="neirong">{ps(d.paragraphs())}</div>{share(w)}<div class="feed">{teasers(w, 20)}</div></div>{side(w)}{foot(w)}</body></html>'
    )


def footer_longer(d: Draft) -> str:
    w = d.w
    d.length = min(d.length, 150)
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="k"><h1>{d.title}</h1>{info(w)}<div class="k2"><p>{_IN}{d.say(w.paragraph(2))}</p></div></div><div class="k3">{foot(w, True)}</div></body></html>'
    )


def two_sentences(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title}_快讯")
        + f'<body>{nav(w)}<div class="kx"><h1>{d.title}</h1><div class="time">{stamp(w)}</div><div class="kx-c">{d.say(w.paragraph(2))}</div>{share(w)}</div><div class="more-kx">{teasers(w, 8)}</div>{foot(w)}</body></html>'
    )


def related_inside(d: Draft) -> str:
    """相关阅读 in the middle of the text."""
    w = d.w
    first, rest = ps(d.paragraphs(d.length // 2), "p", "", _IN), ps(d.paragraphs(d.length // 2), "p", "", _IN)
    box = w.by.choice(
        [
            related(w, 3),
            f"<p><strong>相关阅读</strong></p><p><a href='1'>{w.title()}</a></p><p><a href='2'>{w.title()}</a></p>",
        ]
    )
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="nr"><h1>{d.title}</h1>{info(w)}<div class="nr_c">{first}{box}{rest}</div>{editor(w)}</div>{side(w)}{foot(w)}</body></html>'
    )


def lead_apart(d: Draft) -> str:
    """The first paragraph stands in a container of its own above a picture."""
    w = d.w
    lead = d.say(w.paragraph(3))
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="zw"><h1>{d.title}</h1>{info(w)}<div class="daoyu"><p>{lead}</p></div>{figure(d)}<div class="zhengwen"><div>{ps(d.paragraphs(), "p", "", _IN)}</div></div>{share(w)}{related(w)}</div>{foot(w)}</body></html>'
    )


def many_links(d: Draft) -> str:
    """Names in the text are linked."""
    w = d.w
    text = "".join(
        f"<p>{_IN}{p.replace('，', '，<a href=k>', 1).replace('。', '</a>。', 1) if '，' in p else p}</p>"
        for p in d.paragraphs()
    )
    return (
        head(d.title)
        + f'<body>{nav(w)}{crumbs(w)}<h1>{d.title}</h1>{info(w)}<div class="artical_real">{text}</div>{related(w)}{side(w)}{foot(w)}</body></html>'
    )


def interview(d: Draft) -> str:
    w = d.w
    text = f"<p>{d.say(w.paragraph(2))}</p>"
    for _ in range(max(2, d.length // 200)):
        text += f"<p><b>{d.say('记者：' + w.question())}</b></p><p>{d.say(w.person() + '：' + w.paragraph(2))}</p>"
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="m"><div class="bt"><h1>{d.title}</h1></div>{info(w)}<div class="nr">{text}</div><div class="bq">声明：转载此文是出于传递更多信息之目的。若有来源标注错误或侵犯了您的合法权益，请作者持权属证明与本网联系，我们将及时更正、删除，谢谢。</div></div>{side(w)}{foot(w)}</body></html>'
    )


def disclaimers(d: Draft) -> str:
    """What follows the text in its own container: statement, original link, code to scan, editor, counters."""
    w = d.w
    tail = (
        f"<p>（编辑：{w.person()}）</p><p>版权声明：本文系{outlet(w)}原创稿件，未经授权不得转载。</p><p>扫描二维码，关注{outlet(w)}</p><p>阅读：{w.by.randint(9, 999)}</p>"
        f"<p>免责声明：本文仅代表作者个人观点，与本网无关。其原创性以及文中陈述文字和内容未经本站证实，请读者仅作参考，并请自行核实相关内容。</p><p><a href='1'>上一篇：{w.title()}</a></p><p><a href='2'>下一篇：{w.title()}</a></p>"
    )
    return (
        head(f"{d.title}|{w.thing()}")
        + f'<body>{nav(w)}<div class="news-detail"><h1>{d.title}</h1>{info(w)}<div class="news-detail-c">{ps(d.paragraphs())}{tail}</div></div>{links(w, 20, True)}{foot(w, True)}</body></html>'
    )


def columns(d: Draft) -> str:
    """Two columns; the side column is longer than the text and has prose."""
    w = d.w
    d.length = min(d.length, 900)
    prose = "".join(f"<div class='zt'><h4>{w.title()}</h4><p>{w.paragraph(2)}</p></div>" for _ in range(6))
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="cols"><div class="c-l">{prose}{links(w, 30)}</div><div class="c-r">{crumbs(w)}<h1>{d.title}</h1>{info(w)}{figure(d)}<div class="nei">{ps(d.paragraphs())}</div>{editor(w)}</div></div>{foot(w)}</body></html>'
    )


def paragraphs_under_body(d: Draft) -> str:
    w = d.w
    return (
        head(d.title)
        + f"<body>{nav(w)}<h1>{d.title}</h1>{info(w, 'p')}{ps(d.paragraphs())}{editor(w)}{share(w)}{links(w, 8)}{foot(w)}</body></html>"
    )


def app_page(d: Draft) -> str:
    """The page of a client program: open-in-app bars, unknown names, text in sections with inline marks."""
    w = d.w
    text = "".join(f"<section><i></i>{p[:20]}<em>{p[20:26]}</em>{p[26:]}</section>" for p in d.paragraphs())
    return (
        head(d.title)
        + f'<body><div class="open"><p>打开APP，查看更多精彩内容，体验更流畅。</p><a>立即打开</a></div><div class="w-1"><div class="w-2">{d.title}</div><div class="w-3">{outlet(w)}　{stamp(w)[5:]}</div><div class="w-4">{text}</div><div class="w-5">打开APP阅读全文</div></div><div class="w-6">{teasers(w, 6, "w-7")}</div></body></html>'
    )
