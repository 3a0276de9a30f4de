"""Heads as particular kinds of sites write them: portals, agencies, papers, ministries, blogs, foreign media.

Each is (kind, address, page, what it tells). Modelled by memory on how such sites are built, with invented facts.
"""

from __future__ import annotations

_P = "".join(
    f"<p>　　{t}</p>"
    for t in (
        "记者3月5日从青河市交通运输局获悉，2021年以来全市累计改造渡口40座，惠及沿河群众12万人。",
        "“以前过河要等半个小时，现在八分钟一班。”家住望江镇的李师傅说，送货省了不少时间。",
        "按照实施方案，改造分三批进行，第一批已于2018年12月31日完工，第二批明年上半年验收。",
        "市财政安排专项资金2.6亿元，县区配套1.1亿元；工程完成后，还将建立管护制度。",
    )
)
_E = "".join(
    f"<p>{t}</p>"
    for t in (
        "The city of Qinghe has rebuilt forty ferry landings since 2021, officials said on Tuesday, cutting waiting times.",
        "“It used to take half an hour to cross,” said Li, who lives in Wangjiang. “Now a boat leaves every eight minutes.”",
        "The programme will cost 260 million yuan and be finished by the end of 2025, according to the transport bureau.",
    )
)
T = "青河市三年改造渡口四十座 沿河群众出行更方便"

Told = dict[str, str | None]
PAGES: list[tuple[str, str, str, Told]] = [
    (
        "portal with top bar",
        "https://news.portal.example/c/2019-01-21/doc-ihqfskcn9152.shtml",
        f"<title>{T}_新闻中心_门户网</title><meta property='og:title' content='{T}'><meta property='article:published_time' content='2019-01-21T09:03:36+08:00'>"
        f"<meta name='mediaid' content='青河日报'><div class='main-content'><div class='channel-path'><a href='/'>新闻中心</a> &gt; <a href='/c'>国内新闻</a> &gt; 正文</div>"
        f"<h1 class='main-title'>{T}</h1><div class='top-bar-wrap'><div class='date-source'><span class='date'>2019年01月21日 09:03</span> <a href='http://q' class='source ent-source'>青河日报</a></div></div>"
        f"<div class='article' id='article'>{_P}<p class='article-editor'>责任编辑：张三 </p></div></div>",
        {"title": T, "published": "2019-01-21T09:03", "source": "青河日报", "editor": "张三", "column": "新闻中心>国内新闻"},
    ),
    (
        "portal with post info",
        "https://www.netnews.example/news/article/E61P8A0S0001899N.html",
        f"<title>{T}|渡口|青河_网闻新闻</title><meta property='article:published_time' content='2019-01-21T09:03:36+08:00'><div class='post_main'>"
        f"<h1 class='post_title'>{T}</h1><div class='post_info'>2019-01-21 09:03:36　来源: <a href='#'>青河日报</a> <a class='post_jubao'>举报</a></div>"
        f"<div class='post_body'>{_P}</div><div class='post_author'>本文来源：青河日报 责任编辑：张三_NB12345</div></div>",
        {"title": T, "published": "2019-01-21T09:03:36", "source": "青河日报", "editor": "张三"},
    ),
    (
        "portal drawn from data",
        "https://news.phoenix.example/c/7jcd9aBcDeF",
        f"<title>{T}_凤鸣网</title><meta name='og:time ' content='2019年01月21日 09:03:36'><h1 class='topic-3bY8Hw-9'>{T}</h1><div class='info-3A'><p class='time-1H'><span>2019年01月21日 09:03:36</span><br/>"
        f"<span><span>来源：</span><span class='source-2p'><a href='http://q'>青河日报</a></span></span></p></div><div class='text-3w'>{_P}</div>"
        "<script>var allData = {\"docData\":{\"newsTime\":\"2019-01-21 09:03:36\"}};</script>",
        {"title": T, "published": "2019-01-21T09:03:36", "source": "青河日报"},
    ),
    (
        "people's paper",
        "http://politics.paper.example/n1/2019/0121/c1001-30580000.html",
        f"<title>{T}--时政--人人网</title><meta name='publishdate' content='2019-01-21'><meta name='source' content='来源：青河日报'><div class='path'><div class='clearfix w1000_320'><a href='/' class='clink'>人人网</a>&gt;&gt;<a href='/GB' class='clink'>时政</a></div></div>"
        f"<div class='text_title'><h3 class='pre'></h3><h1>{T}</h1><h4 class='sub'></h4><p class='author'></p><div class='box01'><div class='fl'>2019年01月21日09:03&nbsp;&nbsp;来源：<a href='#' target='_blank'>青河日报</a></div></div></div>"
        f"<div class='box_con'>{_P}<div class='edit clearfix'>(责编：张三、李四)</div></div>",
        {"title": T, "published": "2019-01-21T09:03", "source": "青河日报", "editor": "张三、李四", "column": "人人网>时政"},
    ),
    (
        "agency of old",
        "http://www.agency.example/politics/2019-01/21/c_1124017123.htm",
        f"<title>\r\n{T}-新网\r\n</title><div class='header'><div class='h-news'><div class='h-title'>\r\n{T}\r\n</div><div class='h-info'><span class='h-time'> 2019-01-21 09:03:36</span>\r\n<span>来源：\r\n<em id='source'>新网</em></span></div></div></div>"
        f"<div id='p-detail'>{_P}<div class='p-jc'><div class='zan-wap'></div><span class='p-jc-edit'>责任编辑：\r\n张三</span></div></div>",
        {"title": T, "published": "2019-01-21T09:03:36", "source": "新网", "editor": "张三"},
    ),
    (
        "agency of today",
        "http://www.agency.example/2021-03/12/c_1127200766.htm",
        f"<title>\n{T}-新网\n</title><div class='header-top'><div class='header-time left'><span class='year'><em> 2021</em></span> <span class='day'><em>03</em>/<em>12</em></span> <span class='time'> 09:03:36</span></div>"
        f"<div class='source'>来源：新网</div></div><div class='head-line clearfix'><h1><span class='title'>{T}</span></h1></div><div id='detail'>{_P}<div class='tiyi1'>【责任编辑:张三】</div></div>",
        {"title": T, "published": "2021-03-12T09:03:36", "source": "新网", "editor": "张三"},
    ),
    (
        "news service with editor below",
        "https://www.service.example/gn/2019/01-21/8734567.shtml",
        f"<title>{T}-中服新闻网</title><div id='nav'>首页→<a href='/gn'>国内新闻</a></div><h1 style='display:block'> {T} </h1><div class='left-t'>2019年01月21日 09:03　来源：<a href='#'>中服新闻网</a><span class='gr'></span> <span id='BDS_MORE'>参与互动</span></div>"
        f"<div class='left_zw'>{_P}</div><div class='left_name'>【编辑:张三】 </div>",
        {"title": T, "published": "2019-01-21T09:03", "source": "中服新闻网", "editor": "张三", "column": "首页>国内新闻"},
    ),
    (
        "television",
        "http://news.tv.example/2019/01/21/ARTIxYz190121.shtml",
        f"<title>{T}_新闻频道_电视网(tv.example)</title><div class='cnt_nav'>电视网 &gt; 新闻频道</div><h1>{T}</h1><span class='info'><i><a href='#'>来源：电视新闻</a> 2019年01月21日 09:03</i></span><div class='cnt_bd'>{_P}</div><span class='zb'>编辑：张三 责任编辑：李四</span>",
        {"title": T, "published": "2019-01-21T09:03", "source": "电视新闻", "editor": "张三", "column": "电视网>新闻频道"},
    ),
    (
        "app news",
        "https://www.surge.example/newsDetail_forward_2877123",
        f"<title>{T}_地方_澎澎新闻-Surge</title><div class='newscontent'><h1 class='news_title'>{T}</h1><div class='news_about'><p>澎澎新闻记者 李木子</p><p>2019-01-21 09:03 <span>来源：<span>澎澎新闻</span></span></p></div><div class='news_txt'>{_P}</div><div class='go_recommend'>责任编辑：张三</div></div>",
        {"title": T, "published": "2019-01-21T09:03", "source": "澎澎新闻", "author": "李木子", "editor": "张三"},
    ),
    (
        "finance weekly",
        "http://china.finance.example/2019-01-21/101372345.html",
        f"<title>{T}_中国频道_财新财网</title><meta name='author' content='财新财网'><div id='conTit'><h1>{T}</h1><div class='artInfo' id='artInfo'>2019年01月21日 09:03　来源于 <a href='http://f'>财新财网</a> </div></div><div id='Main_Content_Val'>{_P}</div>",
        {"title": T, "published": "2019-01-21T09:03", "source": "财新财网"},
    ),
    (
        "first finance",
        "https://www.yc.example/news/100105403.html",
        f"<title>{T}</title><div class='title f-pr'><h1>{T}</h1><p><a href='/author/1'>一财网</a>　<em>2019-01-21 09:03:36</em> 听新闻</p><p class='names'>作者：李木子 　责编：张三</p></div><div class='m-txt'>{_P}</div>",
        {"title": T, "published": "2019-01-21T09:03:36", "author": "李木子", "editor": "张三"},
    ),
    (
        "central government",
        "http://www.gov.example/xinwen/2019-01/21/content_5359876.htm",
        f"<title>{T}_部门政务_中国政府网</title><meta name='manuscriptId' content='5359876'><meta name='firstpublishedtime' content='2019-01-21-09:03:36'><meta name='lastmodifiedtime' content='2019-01-22-10:00:00'><div class='BreadcrumbNav'>首页 &gt; <a href='/x'>新闻</a> &gt; <a href='/y'>部门</a></div>"
        f"<div class='article oneColumn'><h1>{T}</h1><div class='pages-date'>2019-01-21 09:03<span class='font index_switchsize'> 来源： 交通部网站</span><div class='pages_print'>【字体：<span>大</span> 中 小】<span>打印</span></div></div><div class='pages_content' id='UCAP-CONTENT'>{_P}<div class='editor'>责任编辑：张三</div></div></div>",
        {"title": T, "published": "2019-01-21T09:03", "source": "交通部网站", "editor": "张三", "column": "首页>新闻>部门"},
    ),
    (
        "ministry of TRS",
        "http://www.ministry.example/xwfb/201901/t20190121_925678.html",
        f"<title>【{T}】-部网站</title><meta name='ArticleTitle' content='【{T}】'><meta name='PubDate' content='2019/01/21 09:03'><meta name='ContentSource' content='政研室'><div class='article_title'> 【{T}】 </div><div class='article_l'><div class='time'>发布时间：2019/01/21</div><div class='ly laiyuantext'><span>来源：政研室</span></div></div><div class='TRS_Editor'>{_P}</div>",
        {"title": f"【{T}】", "published": "2019-01-21T09:03", "source": "政研室"},
    ),
    (
        "province of JPAAS",
        "http://www.prov.example/art/2019/1/21/art_1554467_29505123.html",
        f"<title>{T}</title><meta name='pubDate' content='2019-01-21 09:03'><meta name='contentSource' content='省交通厅'><meta name='columnName' content='部门动态'><table id='c'><tr><td><!--<$[标题名称(html)]>begin-->{T}<!--<$[标题名称(html)]>end--></td></tr><tr><td>信息来源：<!--<$[来源]>begin-->省交通厅<!--end-->　发布日期：2019-01-21 09:03　浏览次数：<script src='/c'></script></td></tr><tr><td><div id='zoom'>{_P}</div></td></tr></table>",
        {"title": T, "published": "2019-01-21T09:03", "source": "省交通厅", "column": "部门动态"},
    ),
    (
        "county with visual site builder",
        "http://www.xian.example/info/1023/45678.htm",
        f"<title>{T}-某县人民政府</title><META Name='keywords' Content='某县人民政府' /><div class='dqwz'>当前位置: <a href='/'>首页</a> &gt;&gt; <a href='/zw'>政务动态</a> &gt;&gt; 正文</div><form name='_newscontent_fromname'><h2 align='center'>{T}</h2><div align='center'>发布日期：2019年01月21日 09:03 &nbsp;&nbsp; 作者：李木子 &nbsp;&nbsp; 来源：县融媒体中心 &nbsp;&nbsp; 点击：[<span id='dynclicks'></span>]</div><div id='vsb_content'>{_P}</div></form><p>上一条：<a href='1'>别的</a></p><p>【<a href='javascript:window.close()'>关闭</a>】</p>",
        {"title": T, "published": "2019-01-21T09:03", "source": "县融媒体中心", "author": "李木子", "column": "首页>政务动态"},
    ),
    (
        "old asp site",
        "http://www.old.example/shownews.asp?id=345",
        f"<title>某某局信息网</title><table width='95%'><tr><td align='center' class='STYLE1'><font color='#FF0000'><b>{T}</b></font></td></tr><tr><td align='center'>作者：佚名 文章来源：本站原创 点击数：<b>345</b> 更新时间：2019-1-21 9:03:36 【字体：小 大】</td></tr><tr><td class='content'>{_P}</td></tr></table>",
        {"title": T, "published": "2019-01-21T09:03:36", "source": None, "author": None},
    ),
    (
        "blog of WordPress",
        "https://blog.example/2019/01/21/ferry/",
        f"<html lang='zh-CN'><title>{T} – 江河笔记</title><meta property='og:site_name' content='江河笔记'><meta property='article:published_time' content='2019-01-21T01:03:36+00:00'><body><article><header class='entry-header'><h1 class='entry-title'>{T}</h1><div class='entry-meta'><span class='posted-on'>发布于<a href='#'><time class='entry-date published' datetime='2019-01-21T09:03:36+08:00'>2019年1月21日</time></a></span><span class='byline'>由 <span class='author vcard'><a class='url fn n' href='#'>李木子</a></span></span></div></header><div class='entry-content'>{_P}</div></article></html>",
        {"title": T, "published": "2019-01-21T09:03:36", "author": "李木子"},
    ),
    (
        "account page of a portal",
        "https://www.hu.example/a/290451234_120043210",
        f"<title>{T}_青河</title><meta itemprop='datePublished' content='2019-01-21 09:03'><div class='text-title'><h1>{T} <span class='article-tag'></span></h1><div class='article-info'><span class='time' id='news-time' data-val='1548032616000'>2019-01-21 09:03</span> <span>来源:<a href='#'> 青河发布</a></span></div></div><article class='article' id='mp-editor'>{_P}<p>返回门户，查看更多</p><p>责任编辑：张三</p></article>",
        {"title": T, "published": "2019-01-21T09:03", "source": "青河发布", "editor": "张三"},
    ),
    (
        "British broadcaster",
        "https://www.bbnews.example/news/world-46935578",
        f"<html lang='en-GB'><title>Forty ferry landings rebuilt - BB News</title><meta property='og:title' content='Forty ferry landings rebuilt'><script type='application/ld+json'>{{\"@type\":\"ReportageNewsArticle\",\"headline\":\"Forty ferry landings rebuilt\",\"datePublished\":\"2019-01-21T09:03:36.000Z\",\"publisher\":{{\"name\":\"BB News\"}}}}</script><h1 class='story-body__h1'>Forty ferry landings rebuilt</h1><div class='date date--v2'>21 January 2019</div>{_E}</html>",
        {"title": "Forty ferry landings rebuilt", "published": "2019-01-21T09:03:36"},
    ),
    (
        "American paper",
        "https://www.nytoday.example/2019/01/21/world/ferry.html",
        f"<html lang='en'><title>Forty Ferry Landings Rebuilt in Qinghe - The New Day Times</title><meta property='article:published_time' content='2019-01-21T14:03:36.000Z'><meta name='byl' content='By Anna Miller and Ben Jones'><h1>Forty Ferry Landings Rebuilt in Qinghe</h1><p class='byline'>By Anna Miller and Ben Jones</p><time datetime='2019-01-21T09:03:36-05:00'>Jan. 21, 2019</time><section name='articleBody'>{_E}</section></html>",
        {"title": "Forty Ferry Landings Rebuilt in Qinghe", "published": "2019-01-21T14:03:36", "author": "Anna Miller and Ben Jones"},
    ),
    (
        "Taiwan agency",
        "https://www.cnatw.example/news/aipl/201901210034.aspx",
        f"<html lang='zh-Hant-TW'><title>渡口改造四十座 沿河居民更方便 | 產經 | 中訊社 CNA</title><meta property='article:published_time' content='2019/01/21 09:03'><div class='breadcrumb'><a href='/'>首頁</a> / <a href='/e'>產經</a></div><h1><span>渡口改造四十座 沿河居民更方便</span></h1><div class='updatetime'><span>2019/1/21 09:03</span>（1/21 11:20 更新）</div><div class='paragraph'>{_P}（編輯：李木子）1080121</div></html>",
        {"title": "渡口改造四十座 沿河居民更方便", "published": "2019-01-21T09:03", "editor": "李木子", "column": "首頁>產經"},
    ),
    (
        "Hong Kong bulletin",
        "https://www.infohk.example/gia/general/201901/21/P2019012100345.htm",
        f"<title>渡口改造四十座</title><div id='PRHeadline'><span id='PRHeadlineSpan'>渡口改造四十座</span></div><div>******</div><div id='pressrelease'>{_P}</div><div>完<br/>2019年1月21日（星期一）<br/>香港時間9時03分</div>",
        {"title": "渡口改造四十座", "published": "2019-01-21"},
    ),
    (
        "Singapore paper",
        "https://www.zao.example/realtime/china/story20190121-925678",
        f"<title>{T} | 早早报</title><meta property='og:title' content='{T} | 早早报'><meta name='cXenseParse:recs:publishtime' content='2019-01-21T09:03:36+08:00'><h1>{T}</h1><h4 class='title-byline date-published'>发布 / 2019年1月21日 9:03 AM</h4><div class='byline'>文 / 李木子</div><div id='FineDining'>{_P}</div>",
        {"title": T, "published": "2019-01-21T09:03", "author": "李木子"},
    ),
    (
        "company news",
        "https://www.corp.example/news/detail/345",
        f"<title>{T} - 新闻中心 - 青河港务集团</title><div class='crumbs'><a href='/'>首页</a><i>/</i><a href='/n'>新闻中心</a><i>/</i><span>集团新闻</span></div><div class='newsd-t'><h3>{T}</h3><p><span>2019.01.21</span><span>阅读 345</span></p></div><div class='newsd-c'>{_P}</div>",
        {"title": T, "published": "2019-01-21", "column": "首页>新闻中心>集团新闻"},
    ),
]  # fmt: skip
