"""One article in the templates of Chinese sites: what `read` must find is the same for all of them."""

from __future__ import annotations

TITLE = "青河市三年改造渡口四十座"
PARAGRAPHS = (
    "本报青河3月5日电　记者从青河市交通运输局获悉，2021年以来全市累计改造渡口40座，惠及沿河群众12万人。",
    "“以前过河要等半个小时，现在八分钟一班。”家住望江镇的李师傅说，渡口修好以后，送货省了不少时间。",
    "一、改造进度",
    "按照实施方案，改造分三批进行：第一批14座已全部完工，第二批16座今年上半年验收，第三批10座年内开工。",
    "二、资金安排",
    "市财政安排专项资金2.6亿元，县区配套1.1亿元；工程完成后，还将建立管护制度，确保每座渡口有人管、管得好。",
    "下一步，青河市将把渡口改造与乡村旅游结合起来，计划到2025年建成滨河慢行道60公里。",
)
NAV = "".join(
    f"<li><a href='/{n}.html'>{word}</a></li>"
    for n, word in enumerate(("首页", "要闻动态", "政务公开", "办事服务", "互动交流", "走进青河"))
)
RELATED = "".join(
    f"<li><a href='/r{n}.html'>{word}</a></li>"
    for n, word in enumerate(
        ("我市召开防汛工作会议，部署汛前检查", "望江镇：小码头，大文章", "一图读懂渡口改造三年行动")
    )
)
FOOT = "主办单位：青河市人民政府办公室　网站标识码：9900000000　备案序号：某ICP备00000000号　<a href='/map'>网站地图</a>"
INFO = (
    "发布日期：2023-03-06 09:12 <span>来源：青河日报</span> <span>浏览次数：<i>318</i></span> "
    "字体：[ 大 中 小 ] <a href='#'>打印</a>"
)


def _p(tag: str = "p") -> str:
    return "\n".join(f"<{tag}>　　{text}</{tag}>" for text in PARAGRAPHS)


def _page(head: str, body: str, charset: str = "utf-8") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='{charset}'>{head}</head><body>{body}</body></html>"


def _common(inside: str, head: str = "") -> str:
    title = f"<title>{TITLE}_青河市人民政府</title>"
    return _page(
        title + head,
        f"<header><img src='l.png'>今天是2024年7月1日 星期一</header><div class='nav'><ul>{NAV}</ul></div>"
        f"<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/y'>要闻动态</a> &gt; 正文</div>{inside}"
        f"<div class='footer'>{FOOT}</div>",
    )


def trs() -> bytes:
    """TRS WCM: #zoom, .TRS_Editor, and the meta tags that government sites must have."""
    head = (
        f"<meta name='SiteName' content='青河市人民政府'><meta name='ArticleTitle' content='{TITLE}'>"
        "<meta name='PubDate' content='2023-03-06 09:12'><meta name='ContentSource' content='青河日报'>"
        "<meta name='ColumnName' content='要闻动态'>"
    )
    return _common(
        f"<div class='xl'><h1>{TITLE}</h1><div class='xx'>{INFO}</div><div id='zoom'><div class='TRS_Editor'>"
        f"{_p()}</div></div><div class='xgyd'><h3>相关阅读</h3><ul>{RELATED}</ul></div>"
        "<p>（责任编辑：张三）</p></div>",
        head,
    ).encode()


def jpaas() -> bytes:
    """JPAAS: nested wrappers, title in a div, <ucapcontent>."""
    return _common(
        f"<div class='main'><div class='bt'><ucaptitle>{TITLE}</ucaptitle></div><div class='info'>{INFO}</div>"
        f"<div class='article'><div id='UCAP-CONTENT'><ucapcontent>{_p()}</ucapcontent></div></div>"
        f"<div class='bdsharebuttonbox'>分享到：<a>微信</a><a>微博</a></div></div>"
    ).encode()


def nineties_tables() -> bytes:
    """A layout of tables inside tables, font tags, no class at all."""
    body = (
        f"<table width=760><tr><td><table><tr>{NAV.replace('li>', 'td>')}</tr></table></td></tr><tr><td><table><tr>"
        f"<td width=160><table><tr><td><ul>{RELATED}</ul></td></tr></table></td><td><center><font size=5><b>{TITLE}</b>"
        f"</font></center><table><tr><td align=center>{INFO}</td></tr></table><table><tr><td><font size=3>{_p()}"
        f"</font></td></tr></table></td></tr></table></td></tr><tr><td align=center>{FOOT}</td></tr></table>"
    )
    return _page(f"<title>{TITLE}-青河新闻网</title>", body, "gb2312").encode("gb18030")


def bare_breaks() -> bytes:
    """Text in one div, parted by <br>, no paragraph element."""
    text = "<br><br>\n".join(f"　　{x}" for x in PARAGRAPHS)
    return _common(
        f"<div class='t1'><h1>{TITLE}</h1></div><div>{INFO}</div><div class='c1'>{text}</div>"
    ).encode()


def gbk() -> bytes:
    return (
        _common(f"<h2>{TITLE}</h2><div>{INFO}</div><div class='article-content'>{_p()}</div>")
        .replace("utf-8", "gbk")
        .encode("gbk")
    )


def mislabelled_gb2312() -> bytes:
    """Labelled gb2312, but with characters of GBK (喆) and GB18030."""
    page = _common(
        f"<h1>{TITLE}</h1><div>{INFO}</div><div class='content'>{_p()}<p>摄影：陈喆，旻昇。</p></div>"
    )
    return page.replace("utf-8", "gb2312").encode("gb18030")


def wordpress() -> bytes:
    head = (
        f"<meta property='og:title' content='{TITLE}'><meta property='og:site_name' content='青河观察'>"
        "<meta property='article:published_time' content='2023-03-06T09:12:00+08:00'>"
    )
    comments = "".join(f"<li><p>网友{n}：写得真好，支持家乡建设，希望越来越好！</p></li>" for n in range(4))
    return _common(
        f"<main><article><h1 class='entry-title'>{TITLE}</h1><div class='entry-meta'>2023-03-06 09:12 来源：青河日报</div>"
        f"<div class='entry-content'>{_p()}</div></article><div id='comments' class='comments'><ol>{comments}</ol></div>"
        f"</main><div id='sidebar' class='sidebar'><ul>{RELATED}</ul></div>",
        head,
    ).encode()


def no_heading() -> bytes:
    """No h1: the title is a bold line in a paragraph."""
    return _common(
        f"<div class='w'><p align='center'><strong>{TITLE}</strong></p><p align='center'>{INFO}</p>"
        f"<div class='text'>{_p()}</div></div>"
    ).encode()


def related_inside() -> bytes:
    """Related links, editors and previous/next stand inside the container of the text."""
    return _common(
        f"<h1>{TITLE}</h1><div class='content'><div>{INFO}</div>{_p()}<p>责任编辑：王五</p><p>相关链接：</p>"
        f"<ul>{RELATED}</ul><p>上一篇：<a href='/a'>春耕备耕忙</a></p><p>下一篇：<a href='/b'>河长巡河</a></p></div>"
    ).encode()


def div_paragraphs() -> bytes:
    """A span in a div for every paragraph, as some editors write."""
    text = "".join(f"<div><span style='font-size:16px'>　　{x}</span></div>" for x in PARAGRAPHS)
    return _common(f"<h1>{TITLE}</h1><div>{INFO}</div><div class='zw_con'>{text}</div>").encode()


def news_portal() -> bytes:
    """A portal: long side lists, teasers with punctuation, author in meta, date in a span of its own."""
    teasers = "".join(
        f"<div class='card'><a href='/t{n}'><h4>另一条新闻的标题{n}</h4></a><p>这是另一条新闻的摘要，只有一句话。</p></div>"
        for n in range(6)
    )
    head = "<meta name='author' content='赵六'>"
    return _common(
        f"<div class='left'><h1>{TITLE}</h1><div class='sub'><span>2023-03-06 09:12</span><span>来源：青河日报</span></div>"
        f"<div class='la-txt'>{_p()}</div></div><div class='right'>{teasers}</div>",
        head,
    ).encode()


TEMPLATES = {
    f.__name__: f
    for f in (
        trs,
        jpaas,
        nineties_tables,
        bare_breaks,
        gbk,
        mislabelled_gb2312,
        wordpress,
        no_heading,
        related_inside,
        div_paragraphs,
        news_portal,
    )
}
