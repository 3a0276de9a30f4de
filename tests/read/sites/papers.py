"""Digital editions of newspapers, WeChat articles, forums and blogs."""

from __future__ import annotations

from tests.read.sites.parts import (
    Draft,
    comments,
    crumbs,
    figure,
    foot,
    head,
    info,
    links,
    nav,
    ps,
    related,
    share,
    side,
    stamp,
)

_IN = "　　"


def founder(d: Draft) -> str:
    w = d.w
    titles = "".join(f'<li><a href="c{i}.htm">{w.title()}</a></li>' for i in range(24))
    subtitle = d.aside(w.subhead())
    return (
        head(f"{w.place()}日报-{d.title}")
        + f'<body><div class="paper-top"><span>第{w.by.randint(1, 12):02}版：要闻</span><a href="p.htm">上一版</a><a href="n.htm">下一版</a></div><div class="main"><div class="left"><map name="pagepicmap"><area href="c1.htm"></map><ul id="titleList">{titles}</ul></div>'
        f'<div class="article-box"><h3></h3><h1>{d.title}</h1><h2>{subtitle}</h2><p class="sec">{w.place()}日报　{stamp(w)[:10]}　第1版：要闻<span><a>放大+</a><a>缩小-</a><a>默认</a></span></p>'
        f'<div id="ozoom" style="zoom:100%"><founder-content><!--enpcontent-->{ps(d.paragraphs(), "P", "", _IN)}<!--/enpcontent--></founder-content></div><p><a href="1">上一篇</a> <a href="2">下一篇</a></p></div></div>{foot(w)}</body></html>'
    )


def old_edition(d: Draft) -> str:
    w = d.w
    titles = "".join(
        f'<tr><td class="default"><a href="c{i}.htm"><div>{w.title()}</div></a></td></tr>' for i in range(18)
    )
    return (
        head(f"{w.place()}晚报")
        + f'<body><table><tr><td valign="top"><table>{titles}</table></td><td valign="top"><table><tr><td><table><tr><td class="font01" align="center">{d.title}</td></tr><tr><td class="font02"></td></tr></table></td></tr>'
        f'<tr><td><div id="ozoom"><table><tr><td class="content"><img src="x.jpg"></td></tr></table><founder-content>{"".join(f"<P>{_IN}{p}</P>" for p in d.paragraphs())}</founder-content></div></td></tr></table></td></tr></table>{foot(w)}</body></html>'
    )


def wechat(d: Draft) -> str:
    w = d.w
    text = "".join(
        f'<section style="margin:0"><section><span style="font-size:15px">{p[: len(p) // 3]}</span><strong><span>{p[len(p) // 3 :]}</span></strong></section></section><section><br></section>'
        for p in d.paragraphs()
    )
    return (
        head(d.title)
        + f'<body id="activity-detail"><div id="js_article"><div class="rich_media_inner"><div id="page-content"><h1 class="rich_media_title" id="activity-name">{d.title}</h1><div id="meta_content"><span>{w.person()}</span> <a id="js_name">{w.place()}发布</a> <em id="publish_time">{stamp(w)[:10]}</em></div>'
        f'<div class="rich_media_content" id="js_content" style="visibility: hidden;">{text}</div></div></div><div class="rich_media_tool">阅读原文 阅读 <span></span> 赞 在看</div></div>'
        f'<div id="js_pc_qr_code"><p>微信扫一扫<br>关注该公众号</p></div><div class="weui-dialog" style="display:none"><p>继续滑动看下一个，轻触阅读原文。</p></div></body></html>'
    )


def discuz(d: Draft) -> str:
    w = d.w
    text = "<br>\n<br>\n".join(d.paragraphs())
    replies = "".join(
        f'<div id="post_{i}"><table><tr><td class="pls"><a>{w.person()}</a><p>主题 {i} 帖子 9 积分 120</p></td><td class="plc"><em>发表于 {stamp(w)}</em><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_{i}">{w.comment()}</td></tr></table></div></td></tr></table></div>'
        for i in range(3)
    )
    return (
        head(f"{d.title} - {w.place()}论坛 - Powered by Discuz!")
        + f'<body>{nav(w)}<div id="pt">{crumbs(w)}</div><div id="postlist"><table><tr><td class="pls">查看: {w.by.randint(9, 999)} | 回复: 3</td><td class="plc"><h1 class="ts"><span id="thread_subject">{d.title}</span></h1></td></tr></table>'
        f'<div id="post_0"><table><tr><td class="pls"><a>{w.person()}</a><p>主题 3 帖子 99 积分 820</p></td><td class="plc"><em>发表于 {stamp(w)}</em><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_0">{text}</td></tr></table></div></td></tr></table></div>{replies}</div>{foot(w)}</body></html>'
    )


def blog(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title} | {w.person()}的博客")
        + f'<body class="single postid-1"><header id="masthead">{nav(w)}</header><div id="primary"><main><article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{d.title}</h1><div class="entry-meta">Posted on <time datetime="2019-03-04T08:00:00+08:00">{stamp(w)}</time> by {w.person()}</div></header>'
        f'<div class="entry-content">{ps(d.paragraphs())}<blockquote><p>{d.say(w.paragraph(1))}</p></blockquote><ul><li>{d.say(w.clause() + "；")}</li><li>{d.say(w.clause() + "。")}</li></ul><div class="sharedaddy"><h3>共享此文章：</h3><ul><li><a>Twitter</a></li></ul></div></div>'
        f'<footer class="entry-footer">分类：<a>{w.thing()}</a></footer></article><nav class="navigation post-navigation"><a>← 上一篇 {w.title()}</a></nav>{comments(w, 4)}</main></div><aside id="secondary" class="widget-area">{links(w, 8)}</aside><footer>{foot(w)}</footer></body></html>'
    )


def page_of_several(d: Draft) -> str:
    """The page of a paper shows its other articles below, each in its own box; the title tells which is meant."""
    w = d.w
    others = "".join(
        f'<div class="art"><h3>{w.title()}</h3><p>{w.paragraph(1)[:70]}……<a href="#">[详细]</a></p></div>'
        for _ in range(4)
    )
    return (
        head(d.title)
        + f'<body>{nav(w)}<div class="art main-art"><h2>{d.title}</h2>{info(w)}<div class="text">{ps(d.paragraphs(), "div", "", _IN)}</div></div>{others}{foot(w)}</body></html>'
    )


def county_media(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title}_{w.place()}融媒")
        + f'<body>{nav(w)}{crumbs(w)}<div class="detail"><div class="detail-title">{d.title}</div>{info(w)}<div class="detail-text">{figure(d)}{ps(d.paragraphs(), "div", "style=text-indent:2em")}{figure(d)}<div>{d.aside("记者：" + w.person())}</div><div>编辑：{w.person()}</div><div>一审：{w.person()}　二审：{w.person()}　三审：{w.person()}</div></div>{share(w)}{related(w)}</div>{side(w)}{foot(w)}</body></html>'
    )
