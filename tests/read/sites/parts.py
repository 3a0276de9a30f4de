"""What surrounds an article on such pages: navigation, information line, related links, comments, footer."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from tests.read.sites.words import Chinese


@dataclass(frozen=True)
class Page:
    """A generated page. `body` is its main text by the convention of docs/reading.md."""

    template: str
    html: str
    title: str
    body: list[str]
    neutral: list[str]  # captions and notes that some annotators take and others leave


@dataclass
class Draft:
    """An article under way: what is written through it is noted as main text."""

    w: Chinese
    length: int
    title: str = ""
    body: list[str] = field(default_factory=list)
    neutral: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.title = self.title or self.w.title()

    def say(self, text: str) -> str:
        self.body.append(text)
        return escape(text, quote=False)

    def aside(self, text: str) -> str:
        self.neutral.append(text)
        return escape(text, quote=False)

    def paragraphs(self, length: int = 0) -> list[str]:
        return [self.say(p) for p in self.w.paragraphs(length or self.length)]

    def page(self, template: str, html: str) -> Page:
        return Page(template, html, self.title, self.body, self.neutral)


def ps(paragraphs: list[str], tag: str = "p", attributes: str = "", indent: str = "") -> str:
    head = f"<{tag}{' ' if attributes else ''}{attributes}>"
    return "\n".join(f"{head}{indent}{p}</{tag}>" for p in paragraphs)


def head(title: str, *more: str, charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="{charset}">\n<title>{title}</title>\n'
        + "\n".join(more)
        + "\n<style>.a{color:red} body{margin:0}</style><script>var a='，。这是脚本，不是正文。';</script>\n</head>\n"
    )


def nav(w: Chinese, n: int = 12) -> str:
    names = [
        "首页",
        "新闻",
        "政务公开",
        "政务服务",
        "互动交流",
        "走进本市",
        "专题",
        "视频",
        "图片",
        "财经",
        "教育",
        "文化",
        "科技",
        "体育",
        "评论",
        "数据",
        "公示公告",
        "人事",
        "法规",
    ]
    items = "".join(f'<li><a href="/{i}/">{name}</a></li>' for i, name in enumerate(w.by.sample(names, n)))
    form = '<form action="/s"><input name="q" value="请输入关键字"><button>搜索</button></form>'
    return f'<div class="header"><h2 class="logo"><a href="/">{w.place()}门户</a></h2>{form}<ul class="nav">{items}</ul></div>'


def crumbs(w: Chinese) -> str:
    return w.by.choice(
        [
            '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/n/">新闻中心</a> &gt; <a href="/y/">要闻</a></div>',
            '<div class="wz">您现在的位置：<a href="/">首页</a>&nbsp;»&nbsp;<a href="/n/">政务动态</a>&nbsp;»&nbsp;正文</div>',
            '<p class="path"><a href="/">首页</a>-<a href="/n/">资讯</a>-详情</p>',
        ]
    )


def stamp(w: Chinese) -> str:
    return f"20{w.by.randint(12, 25)}-{w.by.randint(1, 12):02}-{w.by.randint(1, 28):02} {w.by.randint(6, 22):02}:{w.by.randint(0, 59):02}"


def outlet(w: Chinese) -> str:
    return w.place() + w.by.choice(["日报", "晚报", "新闻网", "融媒体中心", "发布", "人民政府网"])


def info(w: Chinese, tag: str = "div") -> str:
    at, of = stamp(w), outlet(w)
    return w.by.choice(
        [
            f'<{tag} class="info">发布时间：{at}　来源：{of}　浏览次数：<span id="hits">{w.by.randint(5, 9999)}</span>　字体：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</{tag}>',
            f'<{tag} class="xx"><span>{at}</span> <span>来源: {of}</span> <span>作者：{w.person()}</span> <a href="#c">评论(<i>{w.by.randint(0, 99)}</i>)</a></{tag}>',
            f"<{tag}>{at[:4]}年{at[5:7]}月{at[8:10]}日 {at[11:]}　{of}　责任编辑：{w.person()}</{tag}>",
            f'<{tag} align="center">日期：{at[:10]}　作者：{w.person()}　点击：<script>hits()</script>次　[<a href="javascript:print()">打印</a>] [<a href="javascript:close()">关闭</a>]</{tag}>',
        ]
    )


def share(w: Chinese) -> str:
    return w.by.choice(
        [
            '<div class="bdsharebuttonbox"><span>分享到：</span><a href="#">新浪微博</a><a href="#">微信</a><a href="#">QQ空间</a></div>',
            '<div class="fx">分享 <a href="#">微博</a> <a href="#">微信</a><p>打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。</p></div>',
            '<div>扫一扫在手机打开当前页<img src="q.png"></div><div>[<a href="#">打印本页</a>]　[<a href="#">关闭窗口</a>]</div>',
        ]
    )


def editor(w: Chinese) -> str:
    return w.by.choice(
        [
            f"<p>责任编辑：{w.person()}</p>",
            f'<p style="text-align:right">（编辑：{w.person()}）</p>',
            f'<div class="zrbj">【纠错】 责任编辑：{w.person()}</div>',
            f'<div class="edit">(责编：{w.person()}、{w.person()})</div>',
            f"<p>编辑：{w.person()}　审核：{w.person()}　终审：{w.person()}</p>",
        ]
    )


def links(w: Chinese, n: int = 8, dates: bool = False) -> str:
    def item(i: int) -> str:
        day = f"<span>{stamp(w)[:10]}</span>" if dates else ""
        return f'<li><a href="/a/{i}.html" target="_blank">{w.title()}</a>{day}</li>'

    return "<ul>" + "".join(item(i) for i in range(n)) + "</ul>"


def related(w: Chinese, n: int = 6) -> str:
    name = w.by.choice(["相关阅读", "延伸阅读", "热门推荐", "猜你喜欢", "相关新闻", "推荐阅读", "相关链接"])
    wrap = w.by.choice(["div", "section"])
    named = w.by.choice(['class="related"', 'class="xgyd"', 'class="box mt20"', 'id="more_news"', ""])
    return f"<{wrap} {named}><h3>{name}</h3>{links(w, n)}</{wrap}>"


def teasers(w: Chinese, n: int = 6, named: str = "list-item") -> str:
    """Recommended articles with their first sentences: prose that is not the page's."""
    return "".join(
        f'<div class="{named}"><a href="/t/{i}.html"><img src="t.jpg"></a><h4><a href="/t/{i}.html">{w.title()}</a></h4>'
        f"<p>{w.paragraph(2)[:90]}…</p><span>{stamp(w)}</span></div>"
        for i in range(n)
    )


def comments(w: Chinese, n: int = 8, length: int = 1) -> str:
    rows = "".join(
        f'<li><a href="/u/{i}">{w.person()}网友</a> <span>{stamp(w)}</span><p>{"".join(w.comment() for _ in range(length))}</p>'
        f'<a href="#">回复</a> <a href="#">赞({w.by.randint(0, 99)})</a></li>'
        for i in range(n)
    )
    return f'<div class="{w.by.choice(["comment-list", "pl_list", "cmt", "reply-box"])}"><h3>网友评论</h3><ul>{rows}</ul></div>'


def side(w: Chinese, n: int = 10) -> str:
    boxes = "".join(
        f'<div class="box"><h3>{name}</h3>{links(w, n)}</div>'
        for name in w.by.sample(["热点新闻", "今日要闻", "图片新闻", "点击排行", "专题专栏"], 3)
    )
    return f'<div class="right fr">{boxes}</div>'


def foot(w: Chinese, long: bool = False) -> str:
    more = (
        f"<p>本网站所刊载信息，不代表本网观点。刊用本网站稿件，务经书面授权。未经授权禁止转载、摘编、复制及建立镜像，违者将依法追究法律责任。"
        f"凡本网注明“来源：{outlet(w)}”的所有作品，版权均属于本网，其他媒体、网站或个人转载使用时，必须保留来源。"
        f"本网未注明来源的文章，均转载自其他媒体，转载目的在于传递更多信息，并不代表本网赞同其观点和对其真实性负责。</p>"
        if long
        else ""
    )
    place = w.place()
    kind = w.by.choice(
        [
            f"<p>主办单位：{place}人民政府　承办单位：{place}大数据局</p><p>网站标识码：33{w.by.randint(10000000, 99999999)}　某ICP备{w.by.randint(10000000, 99999999)}号　公网安备33060202000{w.by.randint(100, 999)}号</p>",
            f"<p>Copyright © 2001-2025 {place}新闻网 版权所有 未经书面授权禁止复制或镜像</p><p>互联网新闻信息服务许可证：33120{w.by.randint(100000, 999999)}　违法和不良信息举报电话：0575-8{w.by.randint(1000000, 9999999)}</p>",
            f'<p><a href="#">关于我们</a> | <a href="#">联系我们</a> | <a href="#">网站地图</a></p><p>地址：{place}中山路{w.by.randint(1, 300)}号　邮编：312000</p>',
        ]
    )
    return f'<div class="{w.by.choice(["footer", "bottom", "foot", "copyright_box", "dibu"])}">{more}{kind}</div>'


def figure(d: Draft, kind: int = -1) -> str:
    """A picture with the line below it."""
    w = d.w
    said = d.aside(
        w.by.choice(["图为", ""])
        + w.clause()
        + "。"
        + w.by.choice(["", f"{w.person()} 摄", f"（{w.person()}摄）"])
    )
    forms = [
        f'<p style="text-align:center"><img src="1.jpg"></p><p style="text-align:center">{said}</p>',
        f'<figure><img src="1.jpg" alt=""><figcaption>{said}</figcaption></figure>',
        f'<p align="center"><img src="1.jpg"><br>{said}</p>',
        f'<div class="pic"><img src="1.jpg"/><span class="img-desc">{said}</span></div>',
    ]
    return forms[kind] if kind >= 0 else w.by.choice(forms)


def grid(d: Draft, rows: int = 5, columns: int = 4, tag: str = "td") -> str:
    """A data table that belongs to the text."""
    cells = d.w.table(rows, columns)
    for row in cells:
        d.body.append("".join(row))
    body = "".join("<tr>" + "".join(f"<{tag}><p>{c}</p></{tag}>" for c in row) + "</tr>" for row in cells)
    return f'<table border="1" cellspacing="0" style="width:100%">{body}</table>'
