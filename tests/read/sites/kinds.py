"""Kinds of text other than news: announcements with tables, lists of names, laws, guides, verses, questions."""

from __future__ import annotations

from tests.read.sites.parts import (
    Draft,
    crumbs,
    foot,
    head,
    info,
    links,
    nav,
    outlet,
    ps,
    share,
    side,
    stamp,
    teasers,
)

_IN = "　　"


def bid(d: Draft) -> str:
    """An announcement that is mostly a table of particulars and another of results."""
    w = d.w
    opening = d.say(w.clause() + "，现将结果公告如下：")
    rows = [
        ("项目名称", w.subhead()),
        ("采购单位", w.unit()),
        ("预算金额", w.number()),
        ("行政区域", w.place()),
        ("公告时间", "2021年" + w.date()),
    ]
    for a, b in rows:
        d.body.append(a + b)
    first = "".join(f"<tr><td class='title'>{a}</td><td colspan=3>{b}</td></tr>" for a, b in rows)
    offers = [["序号", "供应商", "报价（元）", "得分"]] + [
        [
            str(i + 1),
            w.place() + w.one(["建设", "科技"]) + "有限公司",
            str(w.by.randint(10**5, 10**7)),
            f"{w.by.uniform(60, 99):.2f}",
        ]
        for i in range(6)
    ]
    for row in offers:
        d.body.append("".join(row))
    d.body.insert(6, "评审情况")
    second = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in offers)
    return (
        head(d.title + "中标公告")
        + f'<body>{nav(w)}<div class="vF_deail_maincontent"><div class="main"><div class="vF_deail_currentloc">{crumbs(w)}</div><div class="vF_detail_header"><h2 class="tc">{d.title}</h2><p class="tc"><span id="pubTime">{stamp(w)}</span> 来源：<span>政府采购网</span>【<a>打印</a>】</p></div>'
        f'<div class="vF_detail_content"><p>{opening}</p><table>{first}</table><p>评审情况</p><table border=1>{second}</table><p>{d.say("公告期限：自本公告发布之日起1个工作日。")}</p><p>{d.say("联系人：" + w.person() + "　电话：0575-81234567")}</p></div></div></div>{foot(w)}</body></html>'
    )


def names(d: Draft) -> str:
    w = d.w
    opening = d.say(w.clause() + "，现予公示，名单如下：")
    rows = "".join(
        f"<p>{_IN}{d.say('　'.join(w.person() for _ in range(9)))}</p>" for _ in range(max(2, d.length // 40))
    )
    return (
        head(d.title + "-公示公告")
        + f'<body>{nav(w)}{crumbs(w)}<div class="ct"><div class="ct-t">{d.title}</div>{info(w)}<div class="ct-c"><p>{_IN}{opening}</p>{rows}<p>{_IN}{d.say("公示期：2022年" + w.date() + "至" + w.date() + "。")}</p><p align=right>{d.say(w.unit())}</p></div></div>{side(w)}{foot(w)}</body></html>'
    )


def appointments(d: Draft) -> str:
    w = d.w
    lines = [
        f"任命{w.person()}为{w.unit()}局长；" if i % 2 else f"免去{w.person()}的{w.unit()}副局长职务。"
        for i in range(max(2, d.length // 60))
    ]
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="rs"><h1>{d.title}</h1>{info(w)}<div><p>{d.say(w.date() + "，" + w.place() + "人民政府决定：")}</p>{ps([d.say(x) for x in lines], "p", "", _IN)}</div>{share(w)}</div><div class="r">{links(w, 15)}</div>{foot(w)}</body></html>'
    )


def guide(d: Draft) -> str:
    w = d.w
    steps = "".join(
        f"<h4>{d.say(w.subhead())}</h4><ol>"
        + "".join(f"<li>{d.say(w.clause() + w.one(['；', '。', '']))}</li>" for _ in range(4))
        + "</ol>"
        for _ in range(max(1, d.length // 200))
    )
    return (
        head(d.title + "办事指南")
        + f'<body>{nav(w)}<div class="guide"><h2>{d.title}</h2>{info(w)}<div class="g-body">{steps}</div></div>{side(w)}{foot(w)}</body></html>'
    )


def verse(d: Draft) -> str:
    w = d.w
    lines = [
        d.say(w.thing() + w.one(["在春天醒来", "等着风", "向着大海", "比往日安静"]))
        for _ in range(max(8, d.length // 12))
    ]
    stanzas = "".join("<p>" + "<br>".join(lines[i : i + 4]) + "</p>" for i in range(0, len(lines), 4))
    return (
        head(d.title + "_副刊")
        + f'<body>{nav(w)}{crumbs(w)}<div class="art"><h1>{d.title}</h1><div class="au">{w.person()}　{stamp(w)}</div><div class="shi">{stanzas}</div>{share(w)}</div>{side(w)}{foot(w)}</body></html>'
    )


def law(d: Draft) -> str:
    w = d.w
    enacted, text, n = d.say("2020年" + w.date() + "第十三届人民代表大会常务委员会通过"), "", 0
    for chapter in range(max(1, d.length // 600)):
        text += f'<p align="center"><b>{d.say(f"第{chapter + 1}章　{w.subhead()}")}</b></p>'
        for _ in range(5):
            n += 1
            text += f"<p>{_IN}<b>第{n}条</b>　{d.say(w.paragraph(1))}</p>".replace("<b>第", "<b>" + "第", 1)
            d.body[-1] = f"第{n}条" + d.body[-1]
    return (
        head(d.title + "条例")
        + f'<body>{nav(w)}<table class="law"><tr><td class="t">{d.title}</td></tr><tr><td>（{enacted}）</td></tr><tr><td id="law_text">{text}</td></tr></table>{foot(w)}</body></html>'
    )


def questions(d: Draft) -> str:
    w = d.w
    pairs = "".join(
        f"<dt>{d.say(w.question())}</dt><dd>{d.say(w.paragraph(2))}</dd>"
        for _ in range(max(2, d.length // 120))
    )
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="jd"><h1>{d.title}</h1>{info(w)}<dl class="qa">{pairs}</dl><div class="zcyw"><h3>政策原文</h3><a href="1">{w.title()}</a></div><div class="xgjd"><h3>相关解读</h3>{links(w, 3)}</div></div>{foot(w)}</body></html>'
    )


def video(d: Draft) -> str:
    w = d.w
    return (
        head(d.title + "_视频频道")
        + f'<body>{nav(w)}<div class="vbox"><h1>{d.title}</h1>{info(w)}<div class="player"><video src="v.mp4"></video></div><div class="vtext"><p>{d.say(w.paragraph(2))}</p></div><div class="playlist"><h3>播放列表</h3>{links(w, 12)}</div></div>{foot(w)}</body></html>'
    )


def paged(d: Draft) -> str:
    w = d.w
    bar = "".join(f'<a href="{i}.html">{i}</a> ' for i in range(1, 6))
    return (
        head(d.title + "(2)")
        + f'<body>{nav(w)}{crumbs(w)}<div id="zw"><h1>{d.title}</h1>{info(w)}<div id="zwnr">{ps(d.paragraphs(), "p", "", _IN)}<div align="center"><a href="1.html">上一页</a> {bar}<a href="3.html">下一页</a> <a href="all.html">阅读全文</a></div></div></div>{side(w)}{foot(w)}</body></html>'
    )


def paper_end(d: Draft) -> str:
    w = d.w
    return (
        head(d.title + " _光明网")
        + f'<body>{nav(w)}<div class="g-contentBox"><h1 class="u-title">{d.title}</h1><div class="m-con-time">{stamp(w)} 来源：{outlet(w)}</div><div class="u-mainText">{ps(d.paragraphs(), "p", "", _IN)}<p>{d.aside("《" + w.place() + "日报》（ 2020年01月03日 03版）")}</p><p><span class="liability">[ 责编：{w.person()} ]</span></p></div><div class="m-zbTool"><em>阅读剩余全文（<i></i>）</em></div></div>{teasers(w, 4)}{foot(w)}</body></html>'
    )


def unclosed(d: Draft) -> str:
    w = d.w
    return (
        f"<html><head><title>{d.title}</title></head><body bgcolor=#FFFFFF><table width=760><tr><td>{nav(w)}<tr><td><font size=5><center>{d.title}</center></font><tr><td><P>"
        + "\n<P>".join("&nbsp;&nbsp;" + p for p in d.paragraphs())
        + f"<tr><td align=center>[<a href=#>关闭窗口</a>]</table>{foot(w)}"
    )


def tables_of_paragraphs(d: Draft) -> str:
    w = d.w
    text = "".join(
        f"<table width='90%'><tr><td width=20></td><td>{p}</td></tr></table>" for p in d.paragraphs()
    )
    return (
        head(d.title)
        + f'<body>{nav(w)}<div align="center"><b>{d.title}</b></div><div align="center">{stamp(w)}</div>{text}{links(w, 10)}{foot(w)}</body></html>'
    )


def wrapped(d: Draft) -> str:
    """Each paragraph in a wrapper of its own with a generated class; a box of links in the middle."""
    w = d.w
    text = d.paragraphs()
    wraps = [
        f'<div dir="ltr" class="bbc-{i % 3}k e1{i % 3}"><p class="bbc-w e17" dir="ltr">{p}</p></div>'
        for i, p in enumerate(text)
    ]
    wraps.insert(
        len(wraps) // 2,
        f'<div class="bbc-x"><section role="region" aria-label="往下阅读"><h2>热读</h2>{links(w, 4)}</section></div>',
    )
    return (
        head(d.title + " - 新闻")
        + f'<body><header>{nav(w)}</header><div class="bbc-main"><main role="main"><div><h1 id="content">{d.title}</h1></div><div><ul><li>{w.person()}</li><li>{outlet(w)}</li></ul></div><div><time>{stamp(w)[:10]}</time></div>{"".join(wraps)}<section><h2>更多相关内容</h2>{teasers(w, 3)}</section></main></div>{foot(w)}</body></html>'
    )


def spans(d: Draft) -> str:
    w = d.w
    text = "".join(
        f'<div class="_2eY k1"><div class="_3ho"><p><span class="bjh-p">{p}</span></p></div></div>'
        for p in d.paragraphs()
    )
    return (
        head(d.title)
        + f'<body><div id="ssr-content"><div class="_28fPT"><div class="_3tNyU"><div class="_18p7x"><div class="sKHSJ">{d.title}</div><div class="_2gGWi"><p>{w.person()}</p><span>发布时间：{stamp(w)[2:]}</span><span>关注</span></div></div><div data-testid="article">{text}</div><div class="_1Cw"><span>举报/反馈</span></div></div><div class="_2oY"><div>作者最新文章</div>{links(w, 3)}<div>相关推荐</div>{links(w, 8)}</div></div></div></body></html>'
    )


def side_first(d: Draft) -> str:
    w = d.w
    about = "".join(f"<p>{w.paragraph(2)}</p>" for _ in range(3))
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="row"><div class="col-md-3"><h3>机构职能</h3>{about}<h3>通知公告</h3>{links(w, 8, True)}</div><div class="col-md-9"><h3>{d.title}</h3>{info(w)}<hr>{ps(d.paragraphs(), "p", "", _IN)}</div></div>{foot(w, True)}</body></html>'
    )


def finance(d: Draft) -> str:
    w = d.w
    stocks = "".join(
        f"<tr><td>{w.thing()}</td><td>{w.by.uniform(1, 99):.2f}</td><td>{w.by.uniform(-9, 9):.2f}%</td></tr>"
        for _ in range(9)
    )
    return (
        head(d.title + " _ 财经网")
        + f'<body>{nav(w)}<div class="mainleft"><div class="newsContent"><h1>{d.title}</h1><div class="Info">{stamp(w)} {outlet(w)}</div><div class="b-review"><p>摘要</p><p>{d.aside("【" + d.title + "】" + w.paragraph(1)[:60])}</p></div><div id="ContentBody" class="Body">{ps(d.paragraphs(), "p", "", _IN)}<p class="em_media">{d.aside("（文章来源：" + outlet(w) + "）")}</p></div><p class="res-edit">（责任编辑：DF{w.by.randint(100, 999)}）</p><p>郑重声明：本网发布此信息的目的在于传播更多信息，与本网站立场无关。</p></div></div><div class="mainright"><h3>行情</h3><table>{stocks}</table>{links(w, 9)}</div>{foot(w)}</body></html>'
    )


def hong_kong(d: Draft) -> str:
    w = d.w
    text = "<br><br>".join(d.paragraphs())
    return f'<html><head><title>{d.title}</title></head><body><table><tr><td>新聞公報</td><td><a href="e.htm">English</a> | <a href="s.htm">简体版</a> | <a href="mail">寄給朋友</a></td></tr><tr><td colspan=2><span id="PRHeadlineSpan">{d.title}</span></td></tr><tr><td colspan=2><span style="color:#ff0000">＊＊＊＊＊＊＊＊＊＊＊＊</span></td></tr><tr><td colspan=2><span id="pressrelease">{text}</span></td></tr><tr><td>完</td></tr><tr><td>{stamp(w)}</td></tr><tr><td><a href="p">列印此頁</a></td></tr></table></body></html>'
