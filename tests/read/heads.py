"""How sites head an article: forms of meta tags, titles and information lines, each filled with generated facts.

A form is a handful of `string.Template` pieces put into one page; `facts` makes what they are filled with.
A third of the forms is held out: rules are made while looking at the others only.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from string import Template

TITLES = (
    "青河市三年改造渡口四十座 沿河群众出行更方便",
    "关于印发《青河市老旧码头改造实施方案（2021—2023年）》的通知",
    "“小码头”撬动“大文旅”——望江镇的三本账",
    "7月1日起，这些新规将影响你我的生活",
    "专访李木子：渡口不只是渡口",
    "白水县2022年1-6月经济运行情况",
    "市长热线|停水通知多久能收到？",
    "GDP增长6.5%！青河上半年“成绩单”出炉",
    "省交通运输厅_青河市签署战略合作协议",
    "青河-白水城际铁路全线贯通",
)
SOURCES = (
    "青河日报",
    "新华社",
    "中国新闻网",
    "市交通运输局",
    "青河市人民政府办公室",
    "白水县融媒体中心",
    "第一财经",
)
PEOPLE = ("李木子", "王一川", "欧阳青山", "赵小河", "陈喆")
SITES = ("青河市人民政府门户网站", "青河新闻网", "白水在线", "大江网", "青河市交通运输局", "江河观察")
COLUMNS = ("要闻动态", "政务要闻", "本地新闻", "通知公告", "工作动态")
SENTENCES = (
    "记者从有关部门获悉，2021年3月5日以来，全市累计改造渡口40座，惠及沿河群众12万人。",
    "“以前过河要等半个小时，现在八分钟一班。”家住望江镇的李师傅说，送货省了不少时间。",
    "按照实施方案，改造分三批进行，第一批已于2018年12月31日完工，第二批明年上半年验收。",
    "市财政安排专项资金2.6亿元，县区配套1.1亿元；工程完成后，还将建立管护制度。",
    "下一步，将把渡口改造与乡村旅游结合起来，计划到2025年10月1日前建成滨河慢行道60公里。",
)
HAN = "〇一二三四五六七八九"


def _han_number(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("十" if tens == 1 else HAN[tens] + "十" if tens else "") + (HAN[ones] if ones or not tens else "")


def facts(seed: int) -> dict[str, str]:
    """What a page is filled with; the same for the same seed."""
    dice = random.Random(seed)
    when = datetime(2015, 1, 1) + timedelta(seconds=dice.randrange(8 * 365 * 86_400))
    while when.hour < 13 and dice.random() < 0.4:
        when += timedelta(hours=5)
    title, other = dice.sample(TITLES, 2)
    utc = when - timedelta(hours=8)
    told = {
        "title": title, "other": other, "source": dice.choice(SOURCES), "author": dice.choice(PEOPLE),
        "editor": dice.choice(PEOPLE), "site": dice.choice(SITES), "column": dice.choice(COLUMNS),
        "hits": str(dice.randrange(10, 99_999)), "epoch": str(int(utc.timestamp())),
        "iso": when.isoformat(timespec="seconds"), "utc": utc.isoformat(timespec="seconds"),
        "cn": f"{when.year}年{when.month}月{when.day}日", "cn0": when.strftime("%Y年%m月%d日"),
        "han": "".join(HAN[int(c)] for c in str(when.year))
        + f"年{_han_number(when.month)}月{_han_number(when.day)}日",
        "month": when.strftime("%B"), "mon": when.strftime("%b"), "h12": str(when.hour % 12 or 12),
        "ampm": "AM" if when.hour < 12 else "PM", "half": "上午" if when.hour < 12 else "下午",
        "y": str(when.year), "m": str(when.month), "d": str(when.day), "H": str(when.hour),
        "mm": f"{when.month:02d}", "dd": f"{when.day:02d}", "HH": f"{when.hour:02d}", "h12m": str(when.hour - 12 * (when.hour > 12)),
        "MM": f"{when.minute:02d}", "SS": f"{when.second:02d}", "week": "一二三四五六日"[when.weekday()],
        "roc": str(when.year - 1911), "cut": title[: max(6, len(title) // 2)],
        "later": (when + timedelta(days=40)).strftime("%Y-%m-%d %H:%M:%S"),
        "wy": str((when + timedelta(days=200)).year),
        "body": "\n".join(f"<p>　　{s}</p>" for s in dice.sample(SENTENCES, 4) * 2),
    }  # fmt: skip
    told["circled"] = told["han"].replace("〇", "○")
    told["ymd"] = f"{told['y']}-{told['mm']}-{told['dd']}"
    told["hm"] = f"{told['HH']}:{told['MM']}"
    told["hms"] = f"{told['hm']}:{told['SS']}"
    return told


@dataclass(frozen=True, kw_only=True)
class Form:
    """Pieces of a page, and which of its facts it tells (a template, or a precision for the date)."""

    info: str = "<div class='info'>发布时间：$ymd $hm　来源：$source</div>"
    head: str = ""
    name_tag: str = "<title>${title}_$site</title>"
    shown: str = "<h1>$title</h1>"
    above: str = ""
    below: str = ""
    body: str = "<div class='wz'>$body</div>"
    url: str = ""
    published: str | None = "minute"  # "day", "minute", "second", None
    title: str = "$title"
    source: str | None = "$source"
    author: str | None = None
    editor: str | None = None
    column: str | None = None
    told: dict[str, str] = field(default_factory=dict)  # facts said otherwise than `facts` does

    def page(self, told: dict[str, str]) -> str:
        page = (
            "<!DOCTYPE html><html><head><meta charset='utf-8'>" + self.name_tag + self.head + "</head><body>"
            "<div class='top'><span>今天是${wy}年11月22日 星期日</span><a href='/'>$site</a></div>"
            "<ul class='nav'><li><a href='/'>首页</a></li><li><a href='/a/'>要闻动态</a></li><li>"
            "<a href='/b/'>政务公开</a></li></ul>" + self.above + "<div class='main'>" + self.shown + self.info
            + self.body + self.below + "</div><div class='xgyd'><h3>相关阅读</h3><ul><li><a href='/1.html'>$other</a>"
            "<span>${wy}-03-09</span></li><li><a href='/2.html'>关于做好汛前检查工作的通知</a><span>${wy}-03-08 10:00</span>"
            "</li></ul></div><div class='footer'>主办：$site　Copyright © 2009-${wy} 版权所有　某ICP备20180121号-1　"
            "更新日期：${wy}-11-22</div></body></html>"
        )  # fmt: skip
        return Template(page).safe_substitute({**told, **self.told})

    def wanted(self, told: dict[str, str]) -> dict[str, str | None]:
        """The facts a reader must find on `page(told)`."""
        length = {None: 0, "day": 10, "minute": 16, "second": 19}[self.published]
        texts = {key: getattr(self, key) for key in ("title", "source", "author", "editor", "column")}
        filled = {k: v and Template(v).substitute({**told, **self.told}) for k, v in texts.items()}
        return {**filled, "published": told["iso"][:length] or None}


GOV = (
    "<meta name='SiteName' content='$site'><meta name='ArticleTitle' content='$title'><meta name='PubDate' "
    "content='$ymd $hm'><meta name='ContentSource' content='$source'><meta name='ColumnName' content='$column'>"
)
NONE = ""
CRUMB = "<div class='dqwz'>当前位置：<a href='/'>首页</a> &gt; <a href='/x/'>新闻中心</a> &gt; <a href='/x/y/'>$column</a></div>"
_PATH = "首页>新闻中心>$column"

FORMS: dict[str, Form] = {
    # --- what the head says
    "government meta": Form(head=GOV, info="<p>$ymd $hm</p>", column="$column"),
    "government meta, author": Form(head=GOV + "<meta name='Author' content='$author'>", info=NONE, author="$author", column="$column"),
    "government meta with entities": Form(head=GOV.replace("'$title'", "'&amp;ldquo;$title&amp;rdquo;'"), shown="<h1>“$title”</h1>", name_tag="<title>“$title”</title>", title="“$title”", column="$column"),
    "government meta says only the site": Form(head=GOV.replace("'$title'", "'$site'"), column="$column"),
    "government meta, empty source": Form(head=GOV.replace("content='$source'", "content=''"), info="<p>来源：$source　$ymd</p>", column="$column"),
    "government meta, midnight": Form(head=GOV.replace("$hm", "00:00:00"), info="<p>发布日期：$ymd 来源：$source</p>", published="day", column="$column"),
    "open graph": Form(head="<meta property='og:title' content='$title'><meta property='og:site_name' content='$site'><meta property='article:published_time' content='$iso+08:00'><meta property='article:author' content='$author'>", info="<p>来源：$source</p>", published="second", author="$author"),
    "open graph in utc, shown in local time": Form(head="<meta property='article:published_time' content='$utc+00:00'>", info="<span>$ymd $hm</span><span>来源：$source</span>"),
    "open graph in utc alone": Form(head="<meta property='article:published_time' content='${utc}Z'>", info="<span>来源：$source</span>", published="second"),
    "open graph title with the site": Form(head="<meta property='og:title' content='$title - $site'>", name_tag="<title>$title - $site</title>", shown="<div class='h'>$title</div>"),
    "json-ld": Form(head="<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"$title\",\"datePublished\":\"$iso+08:00\",\"dateModified\":\"${later}\",\"author\":{\"@type\":\"Person\",\"name\":\"$author\"},\"publisher\":{\"@type\":\"Organization\",\"name\":\"$site\"}}</script>", info="<p>来源：$source</p>", published="second", author="$author"),
    "json-ld graph, article is a list": Form(head="<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"$site\"},{\"@type\":[\"Article\"],\"headline\":\"$title\",\"datePublished\":\"$iso+08:00\",\"author\":[{\"name\":\"$author\"}]}]}</script>", info="<p>来源：$source</p>", published="second", author="$author"),
    "time element": Form(info="<p>By <a rel='author' href='/u'>$author</a> <time datetime='$iso+08:00' pubdate>$cn</time></p>", source=None, published="second", author="$author"),
    "baidu and weibo meta": Form(head="<meta name='weibo: article:create_at' content='$ymd $hms'><meta name='bytedance:published_time' content='$iso+08:00'>", info="<p>来源：$source</p>", published="second"),
    "day in the head, minute on the page": Form(head="<meta name='publishdate' content='$ymd'>", info="<p>$cn0$hm　　来源：<a href='/s'>$source</a></p>"),
    "baidu ids": Form(info="<div><span id='pubtime_baidu'>$ymd $hms</span> <span id='source_baidu'>来源：<a href='/s'>$source</a></span> <span id='author_baidu'>作者：$author</span> <span id='editor_baidu'>责任编辑：$editor</span></div>", published="second", author="$author", editor="$editor"),
    "wechat": Form(name_tag="<title></title><meta property='og:title' content='$title'>", shown="<h1 class='rich_media_title' id='activity-name'>$title</h1>", info="<div id='meta_content'><span class='rich_media_meta_text'>$author</span><a id='js_name'> $source </a><em id='publish_time'></em></div>", below="<script>var ct = \"$epoch\"; var nickname = \"$source\"; var createTime = '$ymd $hm';</script>", body="<div class='rich_media_content' id='js_content' style='visibility: hidden'>$body</div>", author="$author"),
    # --- information lines
    "all labels in one line": Form(info="<div>$ymd $hms　来源：$source　作者：$author　编辑：$editor</div>", published="second", author="$author", editor="$editor"),
    "publication day and counter": Form(info="<div>发布日期：$cn　浏览次数：<span>$hits</span>　字体：【大 中 小】</div>", source=None, published="day"),
    "slashes without zeros": Form(info="<div>时间：$y/$m/$d $H:$MM</div>", source=None),
    "dots": Form(info="<div class='date'>$y.$mm.$dd</div>", source=None, published="day"),
    "dots and time, source first": Form(info="<div>$source | $y.$mm.$dd $hm</div>"),
    "no year, the address has it": Form(info="<div><span>$mm-$dd $hm</span> <span>来源：$source</span></div>", url="http://news.qinghe.example/$ymd/100105403.html"),
    "no year, no time in the address": Form(info="<div>${m}月${d}日 $hm　来源：$source</div>", url="http://qinghe.example/zwgk/$y$mm/t$y$mm${dd}_4185.html"),
    "date in Chinese numerals": Form(info="<div>发布时间：$han</div>", source=None, published="day"),
    "date in Chinese numerals with a circle": Form(info="<div>发布时间：$circled</div>", source=None, published="day"),
    "posted at": Form(info="<div>$author 发表于：$ymd $hm</div>", source=None),
    "source of information": Form(info="<div>信息来源: $source 发布时间: $ymd $hm 阅读：$hits 次</div>"),
    "draft source": Form(info="<div>$ymd $hm:$SS　稿源：$source</div>", published="second"),
    "article from": Form(info="<div>$ymd $hm</div>", below="<p>本文来源：$source 责任编辑：${editor}_NB1234</p>", editor="$editor"),
    "source in brackets at the end": Form(info="<div>$ymd $hm</div>", below="<p>（来源：$source）</p>"),
    "source as link": Form(info="<div>$cn $hm <span>来源：</span><a href='http://s.example/'>$source</a> <a href='/c'>$hits评论</a></div>"),
    "source as picture": Form(info="<div>$ymd $hm 来源：<a href='http://s.example/'><img src='logo.png' alt='$source'></a></div>"),
    "source in several spans": Form(info="<div class='msg'><span>来源</span><span>：</span><span>$source</span><span>时间</span><span>：</span><span>$ymd</span></div>", published="day"),
    "source with a class, no label": Form(info="<div><span class='time'>$ymd $hm</span><span class='source'>$source</span><span class='author'>$author</span></div>", author="$author"),
    "labels in a list": Form(info="<ul class='xx'><li>来源：$source</li><li>作者：$author</li><li>发布时间：$ymd $hm</li><li>点击数：$hits</li></ul>", author="$author"),
    "label and value in elements of their own": Form(info="<div><div>发布时间</div><div>$ymd $hm</div><div>来源</div><div>$source</div></div>"),
    "newspaper and page": Form(info="<div>来源：《$source》（$cn0 第 03 版）</div>", source="《$source》", published="day"),
    "hidden fields": Form(info="<div>来源：$source</div><input type='hidden' id='pubdate' value='$ymd $hms'>", published="second"),
    "minutes ago": Form(info="<div>3小时前　来源：$source</div>", published=None),
    "signed and dated below": Form(info="<div>来源：$source</div>", body="<div class='wz'>$body<p>青河市交通运输局</p><p>$cn</p></div>", published=None),
    "office above, labels in a table": Form(info="<table><tr><td>索引号：</td><td>QH-1</td><td>公开日期：</td><td>$ymd</td></tr><tr><td>文号：</td><td>无</td><td>成文日期：</td><td>2014-12-30</td></tr></table>", source=None, published="day"),
    "labels in cells": Form(info="<table><tr><td>发布时间：$ymd $hm</td><td>信息来源：$source</td><td>浏览次数：$hits</td></tr></table>"),
    "square brackets": Form(info="<div>[$ymd $hm] [来源：$source] [字号：<a>大</a> <a>中</a> <a>小</a>]</div>"),
    "pipes": Form(info="<div>来源：$source | 作者：$author | 时间：$ymd $hm | 浏览：$hits</div>", author="$author"),
    "week day between": Form(info="<div>${y}年${mm}月${dd}日 星期$week $hm 来源：$source</div>"),
    "half days": Form(info="<div>发布于 ${y}年${m}月${d}日 $half${h12m}:$MM</div>", source=None),
    "Chinese hours": Form(info="<div>发布时间：${y}年${m}月${d}日${H}时${MM}分　来源：$source</div>"),
    "year apart": Form(info="<div><span class='year'><em>$y</em></span><span class='day'><em>$mm</em>/<em>$dd</em></span><span class='time'>$hms</span></div><div class='source'>来源：$source</div>", published="second"),
    "spread labels": Form(info="<div>来　　源：$source　　发布时间：$ymd $hm</div>"),
    "space before the colon": Form(info="<div>$ymd $hm　来源 : $source</div>"),
    "English": Form(name_tag="<title>Ferry upgrade done | $site</title>", shown="<h1>Forty ferry landings rebuilt in Qinghe</h1>", info="<p>By Anna Miller<br>$month $d, $y $h12:$MM $ampm</p>", title="Forty ferry landings rebuilt in Qinghe", source=None, author="Anna Miller"),
    "English, day first": Form(info="<p>$d $mon $y, $hm</p>", source=None),
    "English, dotted month": Form(info="<p>Published on $mon. $d, $y</p>", source=None, published="day"),
    "traditional": Form(info="<p>發佈日期：$ymd $hm　資料來源：$source　記者：$author</p>", author="$author"),
    "years of the republic": Form(info="<p>發布日期：中華民國${roc}年${m}月${d}日　發布單位：$source</p>", source="$source", published="day"),
    "reporter in brackets": Form(info="<p>$ymd $hm　来源：$source（记者 $author）</p>", author="$author"),
    "words and pictures by": Form(info="<p>$ymd $hm 来源：$source</p>", body="<div class='wz'><p>文/$author　图/王小二</p>$body</div>", author="$author"),
    "reporter begins the text": Form(body="<div class='wz'><p>本报记者 $author 通讯员 张小山</p>$body</div>", author="$author"),
    "editor in brackets": Form(below="<p>（责任编辑：$editor）</p>", editor="$editor"),
    "editor in square brackets": Form(below="<p>[编辑：$editor]</p>", editor="$editor"),
    "editor and proof": Form(below="<div class='edit'>责编：$editor　审核：王五　监制：钱六</div>", editor="$editor"),
    # --- traps of dates and sources
    "updated and published": Form(info="<div>更新时间：$later　发布时间：$ymd $hms　来源：$source</div>", published="second"),
    "only updated": Form(info="<div>更新时间：$ymd $hm　来源：$source</div>"),
    "meeting and deadline": Form(info="<div>会议时间：${wy}年12月1日 09:00　报名截止日期：${wy}-11-30</div><div>发布时间：$ymd $hm</div>", source=None),
    "validity": Form(info="<div>有效期：${wy}-01-01至${wy}-12-31　发布日期：$ymd</div>", source=None, published="day"),
    "expired news above the title": Form(above="<div class='scroll'>快讯：白水县召开会议 ${wy}-02-03 08:00 来源：白水晚报</div>", info="<div>$ymd $hm　来源：$source</div>"),
    "info above the title": Form(info=NONE, shown="<div class='meta'>$ymd $hm　来源：$source</div><h1>$title</h1>"),
    "info below the text": Form(info=NONE, below="<div class='bot'>发布时间：$ymd $hm　来源：$source</div>"),
    "no date at all": Form(info="<div>来源：$source　浏览次数：20190121</div>", published=None),
    "date only in the address": Form(info="<div>来源：$source</div>", url="http://news.qinghe.example/$y/$mm/$dd/4403.shtml", published="day"),
    "counter looks like a year": Form(info="<div>浏览次数：2019　发布时间：$ymd $hm</div>", source=None),
    "source with a link text in quotes": Form(info="<div>$ymd $hm　来源：“$source”微信公众号　字号：大 中</div>", source="“$source”微信公众号"),
    "source is null": Form(info="<div>来源：　时间：$ymd $hm</div>", source=None),
    "share words behind the source": Form(info="<div>$ymd $hm 来源：$source 分享到：微信 微博 QQ空间</div>"),
    "comments with dates": Form(info="<div>$ymd $hm 来源：$source</div>", below="<div id='comments'><div>网友甲 ${wy}-09-09 09:09:09</div><p>写得真好，支持！</p></div>"),
    "date glued to the source": Form(info="<div>来源:$source$ymd $hm</div>"),
    # --- titles
    "site behind an underscore": Form(name_tag="<title>${title}_${column}_$site</title>", shown="<p class='x'>$title</p>"),
    "site behind a dash": Form(name_tag="<title>$title-$column-$site</title>", shown=NONE),
    "site behind a middle dot": Form(name_tag="<title>$title · $site</title>", shown="<div>$title</div>"),
    "site before the title": Form(name_tag="<title>$site_$title</title>", shown="<h2>$title</h2>"),
    "site before, full width bar": Form(name_tag="<title>$site｜$column｜$title</title>", shown="<div class='t'>$title</div>"),
    "double dash": Form(name_tag="<title>$title--$column--$site</title>", shown=NONE),
    "title only in the head": Form(name_tag="<title>$title</title>", shown=NONE),
    "title tag is the site": Form(name_tag="<title>$site</title>", shown="<div class='article-title'>$title</div>"),
    "logo is a heading": Form(above="<h1 class='logo'><a href='/'>$site</a></h1>", shown="<h2>$title</h2>"),
    "logo is a heading, title tag is the site": Form(name_tag="<title>$site</title>", above="<h1><a href='/'>$site</a></h1>", shown="<h2 class='tit'>$title</h2>"),
    "empty heading": Form(above="<h1></h1>", shown="<h1> </h1><div id='title'>$title</div>"),
    "column heading first": Form(above="<h2>$column</h2>", shown="<h3 class='bt'>$title</h3>", name_tag="<title>$column - $site</title>"),
    "broken over two lines": Form(told={"title": "青河市人民政府关于印发青河市渡口改造三年行动方案的通知"}, shown="<h1>青河市人民政府<br>关于印发青河市渡口改造三年行动方案的通知</h1>"),
    "broken, title tag is the site": Form(told={"title": "青河市人民政府关于印发青河市渡口改造三年行动方案的通知"}, name_tag="<title>$site</title>", shown="<h1>青河市人民政府<br/>关于印发青河市渡口改造三年行动方案的通知</h1>"),
    "lead line and subtitle": Form(shown="<h4>渡口改造系列报道之三</h4><h1>$title</h1><h3>——来自望江镇的报道</h3>"),
    "cut in the title tag": Form(name_tag="<title>$cut..._$site</title>", shown="<div class='nr'>$title</div>"),
    "cut in open graph": Form(head="<meta property='og:title' content='$cut…'>", name_tag="<title>$cut…-$site</title>", shown="<h1>$title</h1>"),
    "related headings": Form(shown="<h1>$title</h1>", below="<h2>$other</h2><h2>更多精彩</h2>"),
    "title repeated in the crumb": Form(above="<div class='crumb'>首页 &gt; $column &gt; $title</div>", shown="<div class='tt'>$title</div>", column="首页>$column"),
    "entity in the title tag": Form(name_tag="<title>&ldquo;$title&rdquo;_$site</title>", shown="<h1>&ldquo;$title&rdquo;</h1>", title="“$title”"),
    "bold centred line": Form(name_tag="<title>$site</title>", shown="<p align='center'><b><font size='5'>$title</font></b></p>", info="<p align='center'>$ymd　$source</p>", published="day"),
    # --- columns
    "crumb with links": Form(above=CRUMB, column=_PATH),
    "crumb of a list": Form(above="<ol class='breadcrumb'><li><a href='/'>首页</a></li><li><a href='/x/'>新闻中心</a></li><li><a>$column</a></li><li>正文</li></ol>", column=_PATH),
    "crumb with marks": Form(above="<div class='location'>您现在的位置：首页 » 新闻中心 » $column » 正文</div>", column=_PATH),
}  # fmt: skip


def is_held_out(name: str) -> bool:
    return zlib.crc32(name.encode()) % 3 == 0
