"""What the pages of the choice set are made of: sentences, shells of sites, answers that depend on a cookie.

Places, people and figures are invented.
"""

from __future__ import annotations

import http.server
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.collect.site import PNG, TYPES

Answer = object  # what `tests.collect.site.Site.pages` takes

SENTENCES = (
    "青禾县召开全县重点项目推进会，部署下一阶段开工建设任务。",
    "会议指出，今年以来全县实施重点项目八十六个，完成投资一百二十三亿元。",
    "各镇街道要倒排工期、挂图作战，确保年底前全部建成投用。",
    "县发展改革局负责人介绍，轨道交通延伸段已完成主体结构验收。",
    "下一步，县里将出台二十条措施，支持科创平台与高校共建实验室。",
    "据统计，前三季度新增规上企业四十一家，同比增长百分之七点八。",
    "群众办事的跨省通办窗口增至十九个，累计受理一万两千余件。",
    "会上，三家单位围绕生态治水、产业转型和人才引进作了交流发言。",
    "会议强调，要把示范区建设作为头号工程，形成一批可复制的制度成果。",
    "与会人员还实地察看了滨湖科创园与长河村的改造现场。",
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page as its site serves it, and what of it is its article."""

    name: str
    html: Answer  # the page itself: a body, or an answer
    browser: bool  # does it need one? measured by `test_truth`
    article: tuple[str, ...] = ()  # sentences of the main text (or titles of its list)
    images: tuple[str, ...] = ()  # pictures of the article, by path below the page's folder
    ink: bool = False  # the article has a picture that a script draws on a canvas
    files: dict[str, Answer] = field(default_factory=dict)  # what else the site has in the page's folder
    charset: str = "utf-8"
    held_out: bool = False  # written before the chooser was tried on it, and not looked at while tuning

    def served(self) -> dict[str, Answer]:
        """Paths and answers for a `Site`."""
        folder = f"/{self.name}/"
        answers = {folder + path: self._coded(path, body) for path, body in self.files.items()}
        return answers | {f"{folder}index.html": self._coded("index.html", self.html)}

    def _coded(self, path: str, body: Answer) -> Answer:
        if self.charset == "utf-8" or not isinstance(body, str):
            return body
        return (
            200,
            {"Content-Type": TYPES.get(path.rsplit(".", 1)[-1], "text/html").partition(";")[0]},
            body.encode(self.charset),
        )


def paragraphs(sentences: tuple[str, ...] = SENTENCES) -> str:
    return "".join(f"<p>{one}</p>" for one in sentences)


def shell(
    body: str,
    *,
    title: str = "全县重点项目推进会召开",
    head: str = "",
    foot: str = "",
    charset: str = "utf-8",
) -> str:
    """A page of a government site: navigation above, imprint below."""
    nav = "".join(
        f"<li><a href='/{n}/'>{word}</a></li>"
        for n, word in enumerate(("首页", "政务公开", "新闻动态", "办事服务", "互动交流"))
    )
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>{head}</head><body>
<div class="header"><div class="logo">青禾县人民政府</div><ul class="nav">{nav}</ul></div>
{body}
<div class="footer"><p>主办单位：青禾县人民政府办公室　承办单位：青禾县大数据中心</p><p>联系电话：0000-1234567　网站标识码：0000000001</p>
<p>某ICP备00000001号　公网安备00000000000001号</p></div>{foot}</body></html>"""


def article(
    inner: str, *, title: str = "全县重点项目推进会召开", name: str = 'class="article" id="zoom"'
) -> str:
    return (
        f"<h1>{title}</h1><div class='info'>发布时间：2026-03-05　来源：县府办</div><div {name}>{inner}</div>"
    )


def with_cookie(
    cookie: str, page: str, otherwise: tuple[int, dict[str, str], str]
) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    """The page for whoever sends the cookie; the other answer for everyone else."""

    def serve(handler: http.server.BaseHTTPRequestHandler) -> None:
        known = cookie in (handler.headers.get("Cookie") or "")
        status, headers, body = (200, {}, page) if known else otherwise
        data = body.encode()
        handler.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return serve


#: As much of a well-known library as these pages use.
JQUERY = """
function $(q){if(typeof q==='function'){document.addEventListener('DOMContentLoaded',q);return}
 var e=document.querySelector(q);return {
 html:function(h){e.innerHTML=h;return this},append:function(h){e.insertAdjacentHTML('beforeend',h);return this},
 load:function(u){$.get(u,function(t){e.innerHTML=t});return this},text:function(t){e.textContent=t;return this},
 attr:function(k,v){e.setAttribute(k,v);return this},val:function(){return e.value},show:function(){e.style.display='';return this}}}
$.get=function(u,f){var x=new XMLHttpRequest();x.open('GET',u);x.onload=function(){f(x.responseText)};x.send()};
$.getJSON=function(u,f){$.get(u,function(t){f(JSON.parse(t))})};
$.ajax=function(o){$.get(o.url,function(t){o.success(o.dataType==='json'?JSON.parse(t):t)})};
"""
SCRIPTS = '<script src="jquery.js"></script>'
JPG = PNG  # browsers look at the bytes, not at the name
