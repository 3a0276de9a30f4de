"""Pages written last, after the chooser had been tuned on the others; it was not changed for them."""

from __future__ import annotations

import json

from tests.choice.making import JPG, JQUERY, SCRIPTS, SENTENCES, Page, article, paragraphs, shell, with_cookie

TEXT = SENTENCES
JQ = {"jquery.js": JQUERY}
NAMES = (
    "张明远任命公示",
    "李静文任命公示",
    "王建安任命公示",
    "赵立新任命公示",
    "陈国强任命公示",
    "周海燕任命公示",
)

PAGES = (
    Page(
        name="layui-table", browser=True, article=TEXT[:6], files={"p.json": json.dumps({"rows": TEXT[:6]})},
        html=shell("<div class=layui-form><h2>项目清单</h2><table class=layui-table id=LAY_tab></table></div>",
                   foot="<script>fetch('p.json').then(r=>r.json()).then(d=>{document.getElementById('LAY_tab').innerHTML=d.rows.map(t=>'<tr><td>'+t+'</td></tr>').join('')})</script>"),
    ),
    Page(
        name="bidding-notice-with-table", browser=False, article=("投标人须具备房屋建筑工程施工总承包三级及以上资质。",), files=JQ,
        html=shell("<h1>长河村改造工程招标公告</h1><table border=1><tr><td>项目编号</td><td>QH-2026-017</td></tr><tr><td>资格要求</td><td>投标人须具备房屋建筑工程施工总承包三级及以上资质。</td></tr>"
                   "<tr><td>预算</td><td>380万元</td></tr></table><p>附件：<a href=a.doc>招标文件.doc</a></p>", head=SCRIPTS, foot="<script>$(function(){})</script>"),
    ),
    Page(
        name="webpack-entry", browser=True, article=TEXT,
        html="<!doctype html><html lang=zh><head><meta charset=utf-8><title>青禾云</title></head><body><noscript><strong>We're sorry but this site doesn't work properly without JavaScript enabled.</strong></noscript>"
        "<div id=q-app></div><script src=chunk.js></script></body></html>",
        files={"chunk.js": f"document.getElementById('q-app').innerHTML={json.dumps(paragraphs())}"},
    ),
    Page(
        name="waf-check-with-script", browser=True, article=TEXT,
        html=with_cookie("acw_sc__v2=1", shell(article(paragraphs())), (200, {}, "<html><script>var arg1='3000';document.cookie='acw_sc__v2=1;path=/';document.location.reload()</script></html>")),
    ),
    Page(
        name="hexo-blog", browser=False, article=TEXT[:7],
        html=f"<!DOCTYPE html><html><head><title>长河札记</title></head><body><div id=page class='page home clearfix'><header id=header><h1>长河札记</h1></header><article class='post'><div class='post-body'>{paragraphs(TEXT[:7])}</div></article>"
        "<div id=gitalk-container></div></div><script>document.getElementById('gitalk-container').innerHTML='评论';var CONFIG={root:'/',search:{path:'search.xml'}}</script></body></html>",
    ),
    Page(
        name="leaders-list", browser=False, article=NAMES, images=("m1.jpg", "m2.jpg"), files={"m1.jpg": JPG, "m2.jpg": JPG, **JQ},
        html=shell("<div class=ld><img src=m1.jpg><img src=m2.jpg><ul>" + "".join(f"<li><a href={n}.html>{name}</a></li>" for n, name in enumerate(NAMES)) + "</ul></div>", head=SCRIPTS),
    ),
    Page(
        name="image-in-style-by-script", browser=True, article=TEXT[:5], images=("tu.jpg",), files={"tu.jpg": JPG},
        html=shell(article(paragraphs(TEXT[:5]) + "<p style='text-align:center'><img class='lazy-load' data-key='tu' alt='示意图'></p>"),
                   foot="<script>document.querySelectorAll('.lazy-load').forEach(function(i){i.src=i.dataset.key+'.jpg'})</script>"),
    ),
    Page(
        name="question-and-answer", browser=False, article=("请问新建小学什么时候招生？", "您好，新建小学计划今年九月正式招生，具体办法以招生公告为准。"), files=JQ,
        html=shell("<div class=mailbox><h1>关于小学招生的咨询</h1><div class=ask>请问新建小学什么时候招生？</div><div class=answer>您好，新建小学计划今年九月正式招生，具体办法以招生公告为准。</div></div>", head=SCRIPTS,
                   foot="<script>function pj(n){$('#s').html(n)}</script>"),
    ),
    Page(
        name="content-by-param", browser=True, article=TEXT,
        files={"c-9.html": paragraphs(), "page.js": "fetch('c-9.html').then(r=>r.text()).then(t=>{document.getElementById('artDetail').innerHTML=t})"},
        html=shell("<div class='wrap'><div class='con-left'></div><div class='con-right' id='artDetail'><p class='tip'>数据加载中，请稍候...</p></div></div>",
                   foot="<script src=page.js></script>", title="详情"),
    ),
    Page(
        name="dashboard", browser=True, article=(), ink=True, images=(),
        html=shell("<h1>经济运行监测</h1><div class=row><div class=box><canvas id=c1 width=300 height=200></canvas></div></div>", foot="<script>document.getElementById('c1').getContext('2d').fillRect(1,1,90,90)</script>"),
    ),
    Page(
        name="law-with-anchors", browser=False, article=("第一条　为了规范河湖管理，保护水域岸线，制定本办法。", "第二条　本办法适用于本县行政区域内的河道、湖泊、水库。"),
        html=shell("<div class=TRS_UEDITOR><p><span>第一条　</span><span>为了规范河湖管理，</span><span>保护水域岸线，制定本办法。</span></p><p>第二条　<span>本办法适用于</span><b>本县行政区域</b>内的河道、湖泊、水库。</p></div>", foot="<script>var bookmark=0</script>"),
    ),
    Page(
        name="english-notice", browser=False, article=("The county office will be closed from 1 to 3 May for the holiday.", "Urgent matters can be reported to the duty office at any time."), files=JQ,
        html=shell("<h1>Notice</h1><div class=en><p>The county office will be closed from 1 to 3 May for the holiday.</p><p>Urgent matters can be reported to the duty office at any time.</p></div>", head=SCRIPTS),
    ),
    Page(
        name="frames-written-by-script", browser=True, article=TEXT, files={"n.html": f"<html><body>{paragraphs()}</body></html>"},
        html=shell("<div class=center><script>document.write('<iframe src=n.html width=800 height=600></iframe>')</script></div>"),
    ),
    Page(
        name="slideshow-in-article", browser=False, article=TEXT[:6], images=("x1.jpg", "x2.jpg"), files={"x1.jpg": JPG, "x2.jpg": JPG, **JQ},
        html=shell(article(paragraphs(TEXT[:6]) + "<div class='focus'><div class=bd><ul><li><img src=x1.jpg></li><li style='display:none'><img src=x2.jpg></li></ul></div><div class=hd><ul></ul></div></div>"), head=SCRIPTS,
                   foot="<script>var t=setInterval(function(){},3000)</script>"),
    ),
    Page(
        name="meta-refresh-late", browser=False, article=TEXT[:6], files={**JQ},
        html=shell(article(paragraphs(TEXT[:6])), head="<meta http-equiv=refresh content='300'>" + SCRIPTS),
    ),
    Page(
        name="xml-by-xslt", browser=True, article=TEXT, files={"d.xml": (200, {"Content-Type": "text/xml; charset=utf-8"}, "<d>" + "".join(f"<p>{t}</p>" for t in TEXT) + "</d>")},
        html=shell("<table width=900><tr><td id=xmlArea>正在读取数据……</td></tr></table>",
                   foot="<script>var x=new XMLHttpRequest();x.open('GET','d.xml');x.onload=function(){document.getElementById('xmlArea').innerHTML=[].map.call(x.responseXML.getElementsByTagName('p'),function(p){return '<p>'+p.textContent+'</p>'}).join('')};x.send()</script>"),
    ),
)  # fmt: skip
