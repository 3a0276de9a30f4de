"""Sites of the 1990s and 2000s, and the free systems that followed: nested tables, `<font>`, `<br>`, no `<p>`."""

from __future__ import annotations

from tests.read.sites.parts import (
    Draft,
    comments,
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
    related,
    share,
    stamp,
    teasers,
)

_IN = "　　"


def nested_tables(d: Draft) -> str:
    w = d.w
    text = "<br><br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + p for p in d.paragraphs())
    menu = "".join(
        f'<tr><td height="24"><a href="list.asp?id={i}">{w.thing()}</a></td></tr>' for i in range(14)
    )
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{w.place()}信息网</title></head><body bgcolor="#ffffff"><table width="778" align="center"><tr><td colspan="2">{nav(w)}</td></tr>'
        f'<tr><td width="180" valign="top"><table>{menu}</table></td><td valign="top"><table width="100%"><tr><td align="center"><font size="4" color="red"><b>{d.title}</b></font></td></tr><tr><td align="center"><font size="2">{stamp(w)[:10]} 阅读{w.by.randint(3, 999)}次</font></td></tr>'
        f'<tr><td><font size="3">{text}</font></td></tr><tr><td align="right">【<a href="javascript:window.print()">打印</a>】【<a href="javascript:window.close()">关闭</a>】</td></tr></table></td></tr><tr><td colspan="2" align="center">{foot(w)}</td></tr></table></body></html>'
    )


def bare_breaks(d: Draft) -> str:
    """Text straight under body, in bare line breaks."""
    text = "<br>\n".join(_IN + p for p in d.paragraphs())
    return f"<html><head><title>{d.title}</title></head><body><center><h3>{d.title}</h3></center><hr>\n{text}<br>\n<hr><center><a href='/'>返回首页</a> <a href='list.htm'>返回列表</a></center></body></html>"


def dedecms(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title}_{w.thing()}资讯网")
        + f'<body class="articleview"><div class="header">{nav(w)}</div><div class="w960 center clear mt1"><div class="pleft"><div class="place"><strong>当前位置:</strong> <a>主页</a> &gt; <a>新闻</a> &gt;</div><div class="viewbox"><div class="title"><h2>{d.title}</h2></div><div class="info"><small>时间:</small>{stamp(w)}<small>来源:</small>未知 <small>作者:</small>admin<small>点击:</small><script></script>次</div>'
        f'<div class="intro">{d.aside(w.paragraph(1)[:80])}</div><div class="content"><table width="100%"><tr><td>{ps(d.paragraphs(), "div", "", _IN + "&nbsp;")}</td></tr></table><div class="pages"><ul class="pagelist"></ul></div></div><div class="dede_pages">(责任编辑：admin)</div>'
        f'<div class="newdigg"><a>顶一下</a>(0)<a>踩一下</a>(0)</div></div><div class="boxoff"><strong>------分隔线----------------------------</strong></div><div class="handle"><div class="context"><ul><li>上一篇：<a>{w.title()}</a></li><li>下一篇：<a>{w.title()}</a></li></ul></div><div class="actbox"><a>收藏</a><a>挑错</a><a>推荐</a><a>打印</a></div></div>'
        f'<div class="mt1"><dl class="tbox"><dt>发表评论</dt><dd>请自觉遵守互联网相关的政策法规，严禁发布色情、暴力、反动的言论。<form><textarea></textarea></form></dd></dl></div></div><div class="pright"><div class="hot">{links(w, 10)}</div></div></div>{foot(w)}</body></html>'
    )


def phpcms(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title} - 新闻 - {w.place()}在线")
        + f'<body>{nav(w)}<div class="main"><div class="col-left"><div class="crumbs"><a>首页</a><span> &gt; </span>正文</div><div id="Article"><h1>{d.title}<br /><span>{stamp(w)} 来源：{w.place()} 点击：<span id="hits"></span></span></h1><div class="summary">{d.aside(w.paragraph(1)[:90])}</div>'
        f'<div class="content">{ps(d.paragraphs())}<div id="pages" class="text-c"></div></div><p style="margin-bottom:10px"><strong>热词搜索：</strong><a>{w.thing()}</a></p><p class="f14"><strong>上一篇：</strong><a>{w.title()}</a><br /><strong>下一篇：</strong><a>{w.title()}</a></p><div class="related"><h5 class="blue">延伸阅读：</h5>{links(w, 6, True)}</div></div>{comments(w, 3)}</div><div class="col-auto">{teasers(w, 4)}</div></div>{foot(w)}</body></html>'
    )


def layout_cells(d: Draft) -> str:
    """Each paragraph a row of a table."""
    w = d.w
    rows = "".join(
        f'<tr><td class="p1"><span style="line-height:150%">{_IN}{p}</span></td></tr>' for p in d.paragraphs()
    )
    return (
        head(w.place() + "水利信息网")
        + f'<body><div>{nav(w)}</div><table class="bk"><tr><td class="bt">{d.title}</td></tr><tr><td>{info(w, "span")}</td></tr>{rows}<tr><td>{editor(w)}</td></tr></table><table><tr><td>{links(w, 6)}</td></tr></table>{foot(w)}</body></html>'
    )


def word_paste(d: Draft) -> str:
    """Text pasted from a word processor: nested spans, `o:p`, empty paragraphs."""
    w = d.w
    text = "".join(
        f'<p class="MsoNormal" style="text-indent:32pt"><span lang="EN-US" style="font-size:16pt;font-family:仿宋"><span>&nbsp;</span></span><span style="font-size:16pt">{p}<span lang="EN-US"><o:p></o:p></span></span></p><p class="MsoNormal">&nbsp;</p>'
        for p in d.paragraphs()
    )
    table = grid(d, 4, 3)
    return (
        head(d.title + "-信息公开")
        + f'<body>{nav(w)}<div class="gk_box"><div class="gk_left">{links(w, 12)}</div><div class="gk_right"><h2 style="text-align:center">{d.title}</h2><div class="gk_sx">来源：{w.unit()} 时间：{stamp(w)}</div><div class="Section0">{text}{table}</div>{share(w)}</div></div>{foot(w)}</body></html>'
    )


def pre_text(d: Draft) -> str:
    w = d.w
    return (
        head(d.title)
        + f"<body>{nav(w)}<h2>{d.title}</h2><div>{stamp(w)}</div><pre>{chr(10).join(_IN + p for p in d.paragraphs())}</pre>{foot(w)}</body></html>"
    )


def print_double(d: Draft) -> str:
    """The same text once for the screen and once, hidden, for the printer."""
    w = d.w
    text = ps(d.paragraphs(), "p", "", _IN)
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="show"><h1>{d.title}</h1>{info(w)}<div class="neirong">{figure(d, 2)}{text}</div>{related(w)}</div><div id="printArea" style="display:none"><h1>{d.title}</h1>{text}</div>{foot(w)}</body></html>'
    )


def td_with_side(d: Draft) -> str:
    w = d.w
    text = "".join(f"{_IN}{p}<br/>" for p in d.paragraphs())
    return (
        head(f"{d.title}--{w.place()}党建网")
        + f'<body><table width="1000"><tr><td>{crumbs(w)}</td></tr><tr><td width="690" valign="top"><div align="center" class="STYLE1">{d.title}</div><div align="center">{stamp(w)} 　来源：{w.place()}组织部</div><div class="STYLE2">{text}</div></td><td width="300" valign="top">{teasers(w, 3)}{links(w, 20, True)}</td></tr></table>{foot(w)}</body></html>'
    )
