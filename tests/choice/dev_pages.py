"""Pages that the chooser was tuned on."""

from __future__ import annotations

import json

from tests.choice.making import JPG, JQUERY, SCRIPTS, SENTENCES, Page, article, paragraphs, shell, with_cookie

TEXT = SENTENCES
JQ = {"jquery.js": JQUERY}
TITLES = tuple(f"关于公布青禾县第{n}批示范项目名单的通知" for n in "一二三四五六七八九十")

PAGES = (
    Page(
        name="old-table-gbk", browser=False, article=TEXT, charset="gb18030",
        html="<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>推进会</title>"
        "<script language=javascript>function opw(u){window.open(u)}</script></head><body background=bg.gif><table width=960><tr><td>"
        "<table><tr><td><a href=/>首页</a></td><td><a href=/zw>政务</a></td></tr></table></td></tr><tr><td><img src=spacer.gif width=1 height=1>"
        "<script>var d=new Date();document.write(d.getFullYear()+'年'+(d.getMonth()+1)+'月 星期'+'日一二三四五六'.charAt(d.getDay()));</script></td></tr>"
        f"<tr><td class=zw><font size=4><b>全县重点项目推进会召开</b></font><br>　　{'<br>　　'.join(TEXT)}</td></tr><tr><td>版权所有：青禾县人民政府 "
        "<script src=count.js></script></td></tr></table></body></html>",
        files={"count.js": "document.write('访问量：12345')", "spacer.gif": JPG, "bg.gif": JPG},
    ),
    Page(
        name="article-with-libraries", browser=False, article=TEXT, files=JQ,
        html=shell(article(paragraphs()) + "<div class='bdsharebuttonbox' id='share'></div><div id='qrcode'></div>",
                   head=SCRIPTS, foot="<script>$(function(){$('#share').html('分享到微博')});var _hmt=_hmt||[];</script>"),
    ),
    Page(
        name="vue-shell", browser=True, article=TEXT,
        html="<!DOCTYPE html><html><head><title>青禾发布</title><link rel=stylesheet href=app.css></head><body><div id=app></div>"
        "<script src=app.js></script></body></html>",
        files={"app.css": "", "api.json": json.dumps({"body": paragraphs()}),
               "app.js": "fetch('api.json').then(r=>r.json()).then(d=>{document.getElementById('app').innerHTML='<h1>推进会</h1>'+d.body})"},
    ),
    Page(
        name="react-server-drawn", browser=False, article=TEXT,
        html=f"<!DOCTYPE html><html><head><title>推进会</title></head><body><div id='__next'><main><h1>推进会</h1>{paragraphs()}</main></div>"
        f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps({'props': {'body': list(TEXT)}})}</script><script src=main.js></script></body></html>",
        files={"main.js": "console.log('hydrated')"},
    ),
    Page(
        name="jquery-load", browser=True, article=TEXT, files={**JQ, "body.html": paragraphs()},
        html=shell(article("", name='id="zoom"'), head=SCRIPTS, foot="<script>$(function(){$('#zoom').load('body.html')})</script>"),
    ),
    Page(
        name="frame-holds-article", browser=False, article=TEXT, files={"body.html": f"<html><body>{paragraphs()}</body></html>"},
        html=shell("<iframe id=f src=body.html width=900 onload='fit(this)' frameborder=0></iframe>",
                   head="<script>function fit(f){f.height=f.contentWindow.document.body.scrollHeight}</script>"),
    ),
    Page(
        name="jsonp-list", browser=True, article=TITLES,
        html=shell("<div class='main'><div class='left'>通知公告</div><ul id='newslist' class='news_list'></ul></div>",
                   foot="<script>function cb(d){document.getElementById('newslist').innerHTML=d.map(function(t){return '<li><a href=#>'+t+'</a></li>'}).join('')}</script>"
                   "<script src='list.js'></script>"),
        files={"list.js": f"cb({json.dumps(TITLES)})"},
    ),
    Page(
        name="list-of-attachments", browser=False, article=TITLES, files=JQ,
        html=shell("<div class=list><ul>" + "".join(f"<li><a href='{n}.pdf'>{t}</a><span>2026-03-0{n % 9 + 1}</span></li>" for n, t in enumerate(TITLES)) + "</ul></div>",
                   head=SCRIPTS),
    ),
    Page(
        name="notice-of-two-sentences", browser=False, article=TEXT[:2], files=JQ,
        html=shell(article(paragraphs(TEXT[:2])) + "<div id=ewm></div>", head=SCRIPTS, foot="<script>$(function(){$('#ewm').html('<i>二维码</i>')})</script>"),
    ),
    Page(
        name="photo-page", browser=False, article=(), images=("a.jpg",), files={**JQ, "a.jpg": JPG},
        html=shell("<h1>滨湖科创园航拍</h1><div class=content><img src=a.jpg width=800><p>图为滨湖科创园</p></div>", head=SCRIPTS),
    ),
    Page(
        name="lazy-data-original", browser=False, article=TEXT, images=("1.jpg", "2.jpg"),
        files={"grey.gif": JPG, "1.jpg": JPG, "2.jpg": JPG, "lazy.js": "document.querySelectorAll('img.lazy').forEach(i=>i.src=i.dataset.original)"},
        html=shell(article(paragraphs() + "<img class=lazy src=grey.gif data-original=1.jpg><img class=lazy src=grey.gif data-original=2.jpg>"), foot="<script src=lazy.js></script>"),
    ),
    Page(
        name="images-by-id", browser=True, article=TEXT, images=("img-77.jpg", "img-78.jpg"), files={"img-77.jpg": JPG, "img-78.jpg": JPG},
        html=shell(article(paragraphs() + "<img data-pid=77 class=pic><img data-pid=78 class=pic>"),
                   foot="<script>document.querySelectorAll('img[data-pid]').forEach(function(i){i.src='img-'+i.getAttribute('data-pid')+'.jpg'})</script>"),
    ),
    Page(
        name="challenge-412", browser=True, article=TEXT,
        html=with_cookie("pass=1", shell(article(paragraphs())), (412, {}, "<html><head><script>$_ts=window['$_ts'];document.cookie='pass=1;path=/';location.reload()</script></head><body></body></html>")),
    ),
    Page(
        name="script-redirect", browser=True, article=TEXT, files={"real.html": shell(article(paragraphs()))},
        html="<html><head><title>跳转</title><script>window.location.href='real.html'</script></head><body></body></html>",
    ),
    Page(
        name="meta-refresh", browser=False, article=TEXT, files={"real.html": shell(article(paragraphs()))},
        html="<html><head><meta http-equiv='refresh' content='0; url=real.html'></head><body></body></html>",
    ),
    Page(
        name="noscript-warning", browser=True, article=TEXT, files={"b.json": json.dumps({"t": TEXT})},
        html="<html><head><title>青禾政务</title></head><body><noscript>本网站需要启用JavaScript才能正常显示，请启用JavaScript后刷新。</noscript><div class=wrap></div>"
        "<script>fetch('b.json').then(r=>r.json()).then(d=>{document.querySelector('.wrap').innerHTML=d.t.map(t=>'<p>'+t+'</p>').join('')})</script></body></html>",
    ),
    Page(
        name="hidden-until-script", browser=False, article=TEXT, files=JQ,
        html=shell(f"<div id=main style='display:none'>{article(paragraphs())}</div>", head=SCRIPTS, foot="<script>$('#main').show()</script>"),
    ),
    Page(
        name="text-in-textarea", browser=True, article=TEXT,
        html=shell(f"<h1>推进会</h1><textarea id=src style='display:none'>{paragraphs()}</textarea><div id=out></div>",
                   foot="<script>document.getElementById('out').innerHTML=document.getElementById('src').value</script>"),
    ),
    Page(
        name="script-template", browser=True, article=TEXT,
        html=shell(f"<div id=view></div><script type='text/template' id=tpl><h1>推进会</h1>{paragraphs()}</script>",
                   foot="<script>document.getElementById('view').innerHTML=document.getElementById('tpl').innerHTML</script>"),
    ),
    Page(
        name="document-write", browser=True, article=TEXT,
        html=shell("<div class=zw><script>" + "".join(f'document.write("<p>{t}</p>");' for t in TEXT) + "</script></div>"),
    ),
    Page(
        name="comments-by-script", browser=False, article=TEXT, files={**JQ, "c.json": json.dumps(["写得很好，支持家乡建设，希望早日建成投用！"] * 3)},
        html=shell(article(paragraphs()) + "<div id=comments class='comment-list'><p class=loading>正在加载评论…</p></div>", head=SCRIPTS,
                   foot="<script>$.getJSON('c.json',function(d){$('#comments').html(d.join('<br>'))})</script>"),
    ),
    Page(
        name="chart-by-script", browser=True, article=TEXT, ink=True,
        html=shell(article(paragraphs() + "<div id=chart1 style='width:600px;height:400px'></div>"),
                   foot="<script src=echarts.js></script><script>echarts.init(document.getElementById('chart1'))</script>"),
        files={"echarts.js": "var echarts={init:function(e){var c=document.createElement('canvas');e.appendChild(c);var g=c.getContext('2d');g.fillRect(5,5,50,50)}}"},
    ),
    Page(
        name="video-page", browser=False, article=("青禾新闻联播今日播出，记者走进长河村改造现场。",), files={"v.mp4": b"0" * 200},
        html=shell("<h1>青禾新闻</h1><div class=video><video src=v.mp4 controls></video></div><p>青禾新闻联播今日播出，记者走进长河村改造现场。</p>", foot="<script>var p=1</script>"),
    ),
    Page(
        name="visit-counter", browser=False, article=TEXT[:4], files={**JQ, "n": "1234"},
        html=shell(article(paragraphs(TEXT[:4])) + "<div>浏览次数：<span id=hits></span></div>", head=SCRIPTS, foot="<script>$.get('n',function(t){$('#hits').html(t)})</script>"),
    ),
)  # fmt: skip
