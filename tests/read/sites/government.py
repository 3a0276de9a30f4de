"""Government sites: TRS, JPAAS/大汉, gov.cn, 信息公开 tables, statistics, press conferences, letters."""

from __future__ import annotations

from tests.read.sites.parts import (
    Draft,
    crumbs,
    editor,
    figure,
    foot,
    grid,
    head,
    info,
    links,
    nav,
    ps,
    share,
    side,
    stamp,
)

_IN = "　　"


def trs(d: Draft) -> str:
    w = d.w
    metas = f'<meta name="ArticleTitle" content="{d.title}"><meta name="PubDate" content="{stamp(w)}"><meta name="ContentSource" content="{w.unit()}">'
    text = ps(d.paragraphs(), "p", 'align="justify" style="text-indent: 2em; font-family: 宋体"')
    sign = ps([d.say(w.unit()), d.say("2021年" + w.date())], "p", 'align="right"')
    return (
        head(f"{d.title}_{w.place()}人民政府", metas)
        + f'<body>{nav(w)}<div class="main">{crumbs(w)}<div class="xl"><h1 class="xl_tit">{d.title}</h1>{info(w)}'
        f'<div class="xl_con"><div class="TRS_Editor"><div class="TRS_Editor"><style>.TRS_Editor P{{line-height:2}}</style>{text}{sign}</div></div></div>'
        f'<div class="fj"><p>附件：<a href="./P020.docx">{w.subhead()}.docx</a></p></div>{share(w)}'
        f'<div class="xgwz"><h3>相关文章</h3>{links(w, 5)}</div></div></div>{foot(w)}</body></html>'
    )


def jpaas(d: Draft) -> str:
    w = d.w
    rows = [
        ("索 引 号", "330600/2019-00123"),
        ("主题分类", "综合政务"),
        ("发文机关", w.unit()),
        ("成文日期", "2019-10-28"),
        ("发文字号", "某政发〔2019〕12号"),
        ("有 效 性", "有效"),
    ]
    table = "".join(
        f"<td>{a}：</td><td>{b}</td>" + ("</tr><tr>" if i % 2 else "") for i, (a, b) in enumerate(rows)
    )
    text = ""
    for i, p in enumerate(w.paragraphs(d.length)):
        if i % 3 == 1:
            text += (
                f"<p><strong>{d.say('一二三四五六七八九十'[i // 3 % 10] + '、' + w.subhead())}</strong></p>"
            )
        text += f"<p>{_IN}{d.say(p)}</p>"
    return (
        head(d.title)
        + f'<body><div id="top">{nav(w)}</div><table width="1000" align="center"><tr><td>{crumbs(w)}</td></tr><tr><td><table class="xxgk"><tr>{table}</tr></table></td></tr>'
        f'<tr><td class="title" align="center">{d.title}</td></tr><tr><td align="center">{info(w, "span")}</td></tr>'
        f'<tr><td class="bt_content"><div id="zoom"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">{text}<meta name="ContentEnd"></div></td></tr>'
        f"<tr><td>{share(w)}</td></tr></table>{foot(w)}</body></html>"
    )


def ucap(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title} - {w.place()}人民政府")
        + f'<body>{nav(w)}<div class="w1200">{crumbs(w)}<div class="article"><UCAPTITLE><h2>{d.title}</h2></UCAPTITLE>{info(w, "p")}'
        f'<div id="UCAP-CONTENT"><UCAPCONTENT>{ps(d.paragraphs(), "p", "", "&emsp;&emsp;")}{figure(d)}{ps(d.paragraphs(60))}</UCAPCONTENT></div>{editor(w)}{share(w)}</div>'
        f"</div>{foot(w, True)}</body></html>"
    )


def gov_cn(d: Draft) -> str:
    w = d.w
    address = d.say("各省、自治区、直辖市人民政府，国务院各部委、各直属机构：")
    return (
        head(f"{d.title}_{w.thing()}_中国政府网")
        + f'<body>{nav(w)}<div class="wrap"><div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a href="/zc/">政策</a></div>'
        f'<div class="article oneColumn pub_border"><h1>{d.title}</h1><div class="pages-date">{stamp(w)}<span class="font">来源： {w.unit()}</span><span class="font">【字体：<a>大</a> <a>中</a> <a>小</a>】</span><span><a>打印</a></span></div>'
        f'<div class="pages_content" id="UCAP-CONTENT"><p>{address}</p>{ps(d.paragraphs(), "p", "", _IN)}'
        f"{ps([d.say(w.unit()), d.say('2022年' + w.date())], 'p', chr(32).join(['style=text-align:right']))}<p>{_IN}{d.say('（此件公开发布）')}</p></div>"
        f'<div class="editor"><span>【我要纠错】</span> 责任编辑：{w.person()}</div></div>'
        f'<div class="related"><h3>相关稿件</h3>{links(w, 4)}</div></div>{foot(w)}</body></html>'
    )


def ivs(d: Draft) -> str:
    w = d.w
    return (
        head(d.title)
        + f'<body class="ivs">{nav(w)}<div class="container"><div class="ivs_title">{d.title}</div>{info(w)}'
        f'<div id="ivs_content"><span style="font-size:16px">{"<br>".join(_IN + p for p in d.paragraphs())}</span></div>'
        f'<p><a href="#">【返回顶部】</a><a href="#">【关闭窗口】</a><a href="#">【打印本页】</a></p></div>{foot(w)}</body></html>'
    )


def statistics(d: Draft) -> str:
    w = d.w
    first = ps(d.paragraphs(d.length // 2), "p", 'class="MsoNormal"', _IN)
    caption = d.say(f"表1　2020年{w.place()}主要指标") + "</p><p>" + d.say("单位：亿元")
    rest = ps(d.paragraphs(d.length // 2), "p", 'class="MsoNormal"', _IN)
    notes = ps(
        [
            d.say("注：1. 本公报中数据均为初步统计数。"),
            d.say("2. 部分数据因四舍五入的原因，存在总计与分项合计不等的情况。"),
        ]
    )
    table = grid(d, 9, 5)
    return (
        head(f"{d.title}-统计公报-{w.place()}统计局")
        + f'<body>{nav(w)}<div class="center"><div class="left fl">{links(w, 9)}</div><div class="xilan"><div class="xilan_tit">{d.title}</div><div class="xilan_titf">来源：{w.unit()}　发布时间：{stamp(w)}</div>'
        f'<div class="xilan_con"><div class="TRS_PreAppend"><div>{first}<p align="center">{caption}</p>{table}{rest}{notes}</div></div></div></div></div>{foot(w)}</body></html>'
    )


def press_conference(d: Draft) -> str:
    w = d.w
    text = figure(d, 0)
    host = w.person()
    for _ in range(max(2, d.length // 250)):
        text += (
            f"<p><strong>{d.say(w.place() + '日报记者：')}</strong></p><p>{_IN}{d.say(w.question())}</p><p><strong>{d.say(host + '：')}</strong></p>"
            + ps(d.paragraphs(160), "p", "", _IN)
        )
    return (
        head(f"{d.title} 图文直播")
        + f'<body>{nav(w)}{crumbs(w)}<div class="content"><div class="tit"><h1>{d.title}</h1></div>{info(w)}<div class="wz_article">{text}</div>{share(w)}</div>'
        f"{side(w)}{foot(w)}</body></html>"
    )


def letter(d: Draft) -> str:
    w = d.w
    asked = d.say("来信内容：" + w.paragraph(2))
    return (
        head("领导信箱")
        + f'<body>{nav(w)}<div class="mailbox"><h3>{d.title}</h3><table class="xj" width="100%"><tr><th>信件编号</th><td>2021{w.by.randint(1000, 9999)}</td><th>来信时间</th><td>{stamp(w)}</td></tr></table>'
        f'<div class="q">{asked}</div><div class="a"><p>{d.say("答复内容：")}</p>{ps(d.paragraphs(), "p", "", _IN)}</div></div>{foot(w)}</body></html>'
    )


def webplus(d: Draft) -> str:
    w = d.w
    text = "".join(
        f'<p class="p_text_indent_2"><span style="font-size:16px;"><span>{p[: len(p) // 2]}</span>{p[len(p) // 2 :]}</span></p>'
        for p in d.paragraphs()
        if "&" not in p
    )
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="col_menu"><ul>{links(w, 8)}</ul></div><div class="article" frag="窗口3"><h1 class="arti_title">{d.title}</h1>'
        f'<p class="arti_metas"><span class="arti_publisher">发布者：{w.person()}</span><span class="arti_update">发布时间：{stamp(w)[:10]}</span><span class="arti_views">浏览次数：<span class="WP_VisitCount">{w.by.randint(10, 999)}</span></span></p>'
        f'<div class="entry"><div class="read"><div class="wp_articlecontent">{text}</div></div></div></div>'
        f'<div class="prevnext">上一篇：<a href="1">{w.title()}</a><br>下一篇：<a href="2">{w.title()}</a></div>{foot(w)}</body></html>'
    )
