"""National portals and news agencies, each by its own habits."""

from __future__ import annotations

import json
from html import escape

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
    outlet,
    ps,
    related,
    share,
    side,
    stamp,
    teasers,
)

_IN = "　　"


def people(d: Draft) -> str:
    w = d.w
    text = ps(d.paragraphs(), "p", 'style="text-indent: 2em;"')
    return (
        head(f"{d.title}--{w.thing()}--人民网")
        + f'<body>{nav(w)}<div class="layout rm_txt cf"><div class="col col-1 fl"><h1>{d.title}</h1><div class="author cf"></div><div class="channel cf"><div class="col-1-1 fl">{stamp(w)} | 来源：<a href="#">{outlet(w)}</a></div><div class="col-1-2">小字号</div></div>'
        f'<div class="rm_txt_con cf"><div class="bza"><p>点击播报本文，约 <span></span></p></div><p style="text-align:center"><img src="1.jpg"></p><p class="desc">{d.aside(w.clause() + "。" + w.person() + "摄")}</p>{text}'
        f'<div class="edit cf">(责编：{w.person()}、{w.person()})</div></div><div class="share">分享让更多人看到</div><div class="relevant"><h3>推荐阅读</h3>{teasers(w, 4)}</div></div>'
        f'<div class="col col-2 fr"><h3>热门排行</h3>{links(w, 10)}</div></div>{foot(w, True)}</body></html>'
    )


def xinhua(d: Draft) -> str:
    w = d.w
    text = ps(d.paragraphs(), "p", "", _IN)
    return (
        head(f"{d.title}-新华网")
        + f'<body>{nav(w)}<div class="header-top">{d.title}</div><div class="h-news"><div class="h-title">{d.title}</div><div class="h-info"><span class="h-time">{stamp(w)}</span> 来源： {outlet(w)}</div></div>'
        f'<div id="p-detail"><div class="main-aticle">{text}<p>{_IN}{d.aside("（参与采写：" + w.person() + "、" + w.person() + "）")}</p></div><div class="p-tags"></div>'
        f'<div class="p-jc"><span class="tiyi1">【纠错】</span> 责任编辑： {w.person()} </div></div><div class="p-right">{links(w, 12)}</div>'
        f'<div class="bottom-rec"><h4>新闻评论</h4><div class="bookList">{links(w, 6)}</div><h4>深度观察</h4>{teasers(w, 3)}</div>{foot(w)}</body></html>'
    )


def sina(d: Draft) -> str:
    w = d.w
    text = ps(d.paragraphs(), "p", 'cms-style="font-L"', _IN)
    return (
        head(f"{d.title}_新浪新闻", f'<meta property="og:title" content="{d.title}">')
        + f'<body><div class="top-bar">{nav(w)}</div><div class="main-content w1240"><h1 class="main-title">{d.title}</h1><div class="top-bar-wrap"><div class="date-source"><span class="date">{stamp(w)}</span> <a class="source">{outlet(w)}</a></div><div class="page-tools">评论 微博 分享</div></div>'
        f'<div class="article-content clearfix"><div class="article-content-left"><div class="article" id="article"><p>{_IN}{d.aside("原标题：" + d.title)}</p>{figure(d, 3)}{text}'
        f'<div class="wap_special"><h5>点击进入专题：</h5><a href="#">{w.title()}</a></div><p class="show_author">责任编辑：{w.person()} </p></div>'
        f'<div class="article-bottom"><p class="article-keywords">文章关键词： <a>{w.thing()}</a> <a>{w.thing()}</a></p><a>我要反馈</a><a>保存网页</a></div>{related(w)}{comments(w)}</div>'
        f'<div class="article-content-right">{side(w)}</div></div></div>{foot(w)}</body></html>'
    )


def netease(d: Draft) -> str:
    w = d.w
    text = ps(d.paragraphs(), "p", 'id="0U1"')
    return (
        head(f"{d.title}_网易订阅")
        + f'<body><div class="ntes-nav">{nav(w)}</div><div class="wrapper" id="contain"><div class="post_main"><h1 class="post_title">{d.title}</h1><div class="post_info">{stamp(w)} 来源: <a>{outlet(w)}</a><a class="post_jubao">举报</a></div>'
        f'<div class="post_content" id="content"><div class="post_top"><div class="post_top_share">0<p>分享至</p><ul><li>好友和朋友圈</li></ul><p>用微信扫码二维码</p><p>分享至好友和朋友圈</p></div></div><div class="post_body">{text}</div>'
        f'<div class="post_statement"><div>特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“网易号”用户上传并发布，本平台仅提供信息存储服务。</div><div>Notice: The content above (including the pictures and videos if any) is uploaded and posted by a user of NetEase Hao, which is a social media platform and only provides information storage services.</div></div>'
        f'<div class="post_recommend"><div class="tab_title">相关推荐</div>{teasers(w, 5)}</div><div class="post_comment">{comments(w, 5)}</div></div></div>'
        f'<div class="post_side">{links(w, 12)}</div></div>{foot(w)}</body></html>'
    )


def sohu(d: Draft) -> str:
    w = d.w
    text = ps(d.paragraphs())
    return (
        head(f"{d.title}_{w.thing()}")
        + f'<body><header>{nav(w)}</header><div class="area"><div class="left main"><div class="text"><div class="text-title"><h1>{d.title}<span class="article-tag"></span></h1><div class="article-info"><span class="time">{stamp(w)}</span> 来源: <a>{outlet(w)}</a> <p>发布于：{w.place()}</p></div></div>'
        f'<article class="article" id="mp-editor"><p data-role="original-title">{d.aside("原标题：" + d.title)}</p>{text}<p>{d.aside("来源：" + outlet(w))}<a href="//www.sohu.com">返回搜狐，查看更多</a></p><p data-role="editor-name">责任编辑：<span></span></p></article>'
        f'<div class="statement">平台声明：该文观点仅代表作者本人，搜狐号系信息发布平台，搜狐仅提供信息存储空间服务。</div><div class="bottom-relate-wrap"><div class="read-wrap">阅读 ({w.by.randint(9, 9999)})</div></div></div>'
        f'<div class="allsee-list"><div class="title">大家都在看</div>{links(w, 6)}</div><div class="c-comment"></div><div class="groom-read"><div class="title">推荐阅读</div>{teasers(w, 8)}</div></div><div class="sidebar right">{links(w, 9)}</div></div>{foot(w)}</body></html>'
    )


def tencent(d: Draft) -> str:
    w = d.w
    text = "".join(f'<p class="qnt-p">{p}</p>' for p in d.paragraphs())
    return (
        head(f"{d.title}_腾讯新闻")
        + f'<body><div id="TopWrap">{nav(w)}</div><div class="qq_conent clearfix"><div class="LEFT"><h1>{d.title}</h1><div class="content clearfix"><div id="LeftTool"><span>{stamp(w)}</span></div>'
        f'<div class="content-article"><!--导语--><p class="one-p">{d.say(w.paragraph(2))}</p>{text}<div id="Status"></div></div></div><div id="Comment">{comments(w, 3)}</div></div>'
        f'<div class="RIGHT"><h2>热门推荐</h2>{teasers(w, 5)}</div></div>{foot(w)}</body></html>'
    ).replace("PLACE", "")


def ifeng(d: Draft) -> str:
    w = d.w
    state = json.dumps(
        {"docData": {"title": d.title, "contentData": {"contentList": [{"data": w.paragraph()}]}}},
        ensure_ascii=False,
    )
    return (
        head(f"{d.title}_凤凰网", f"<script>var allData = {state};</script>")
        + f'<body><div id="root"><div class="index_wrap_x1">{nav(w)}<div class="index_leftcol_9s"><div class="index_titleLine_aP"><h1 class="index_title_B8mhI">{d.title}</h1></div><div class="index_timeBref_20"><a>{stamp(w)}</a><span>来源：<a>{outlet(w)}</a></span></div>'
        f'<div class="index_main_content_3"><div class="index_text_D0U1y">{ps(d.paragraphs())}<span></span></div></div><div class="index_articleEnd"><span>“特别声明：以上作品内容(包括在内的视频、图片或音频)为凤凰网旗下自媒体平台用户上传并发布，本平台仅提供信息存储空间服务。</span></div>'
        f'<div class="index_newsFeed_4">{teasers(w, 9, "index_li_x")}</div></div><div class="index_rightcol_z">{links(w, 8)}</div></div></div>{foot(w)}</body></html>'
    )


def chinanews(d: Draft) -> str:
    w = d.w
    text = ps(d.paragraphs(), "p", "", _IN)
    return (
        head(f"{d.title}-中新网")
        + f'<body>{nav(w)}<div class="w1280"><div class="left_zw" style="position:relative"><h1>{d.title}</h1><div class="left-t">{stamp(w)}　来源：<a>{outlet(w)}</a><div class="fx">分享到：<a>微博</a></div></div>{text}<div id="function_code_page"></div></div>'
        f'<div class="left_name" style="display:block"> 【编辑:{w.person()}】 </div><div class="clear"></div><div class="adEditor"><div class="left_name">更多精彩内容请进入频道</div></div>{side(w)}</div>{foot(w)}</body></html>'
    )


def thepaper(d: Draft) -> str:
    w = d.w
    text = "<br>\n".join(_IN + p + "<br>" for p in d.paragraphs())
    return (
        head(f"{d.title}_中国政库_澎湃新闻")
        + f'<body>{nav(w)}<div class="newscontent"><h1 class="news_title">{d.title}</h1><div class="news_about"><p>澎湃新闻记者 {w.person()}</p><p>{stamp(w)} 来源：澎湃新闻</p></div><div class="news_txt" data-size="standard">{text}</div>'
        f'<div class="news_editor">责任编辑：{w.person()}　校对：{w.person()}</div><div class="go_wechart">澎湃新闻报料：021-962866</div><div>澎湃新闻，未经授权不得转载</div><div class="news_keyword">关键词 &gt;&gt; {w.thing()}</div></div>'
        f"{comments(w, 12, 2)}{related(w)}{foot(w)}</body></html>"
    )


def huanqiu(d: Draft) -> str:
    w = d.w
    text = escape(f'<article><section data-type="rtext">{ps(d.paragraphs())}</section></article>')
    return (
        head(d.title)
        + f'<body><div id="app"></div><div class="data-container"><textarea class="article-title">{d.title}</textarea><textarea class="article-time">15{w.by.randint(10000000, 99999999)}</textarea>'
        f'<textarea class="article-content">{text}</textarea><textarea class="article-author">{w.person()}</textarea></div>{foot(w)}</body></html>'
    )


def regional(d: Draft) -> str:
    w = d.w
    return (
        head(f"{d.title} - {outlet(w)}")
        + f'<body>{nav(w)}<div class="wrap"><div class="l">{crumbs(w)}<h1 id="title">{d.title}</h1>{info(w)}<div class="abstract"><b>核心提示：</b>{d.say(w.paragraph(1))}</div>'
        f'<div id="content" class="bd">{ps(d.paragraphs(), "p", "", _IN)}{figure(d)}</div><div class="tags">标签：<a>{w.thing()}</a></div>{share(w)}<div class="zan">点赞 <b>12</b></div>{related(w)}</div>{side(w)}</div>{foot(w, True)}</body></html>'
    )
