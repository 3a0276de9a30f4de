"""Pages written before the chooser was tried on any of them; it was not tuned on what it does with these."""

from __future__ import annotations

import base64
import html as markup
import json

from tests.choice.making import JPG, JQUERY, SCRIPTS, SENTENCES, Page, article, paragraphs, shell, with_cookie

TEXT = SENTENCES
JQ = {"jquery.js": JQUERY}
TITLES = tuple(
    f"青禾县{what}实施方案（二〇二六年修订）"
    for what in ("节水", "治堵", "助学", "养老", "招商", "育才", "护河", "安居", "兴村", "便民")
)
LIST = "".join(f"<li><a href='{n}.html'>{t}</a><em>03-0{n % 9 + 1}</em></li>" for n, t in enumerate(TITLES))

PAGES = (
    Page(
        name="frameset", browser=False, article=TEXT, charset="gb18030",
        html="<html><head><title>青禾县志</title><script>var top_=1;</script></head><frameset cols='150,*'><frame src=left.html><frame src=body.html name=main></frameset></html>",
        files={"left.html": "<html><body><a href=1.html>第一章</a></body></html>", "body.html": f"<html><body><h2>概述</h2>{paragraphs()}</body></html>"},
    ),
    Page(
        name="challenge-521", browser=True, article=TEXT,
        html=with_cookie("__jsl_clearance=ok", shell(article(paragraphs())),
                         (521, {"Set-Cookie": "__jsluid=1; path=/"}, "<script>document.cookie='__jsl_clearance='+['o','k'].join('')+';path=/';setTimeout(function(){location.href=location.pathname+location.search},100)</script>")),
    ),
    Page(
        name="records-in-xml-script", browser=True, article=TITLES,
        html=shell("<div class=list_box><div id='pagelist'></div><script type='text/xml' id=ds><datastore><recordset>"
                   + "".join(f"<record><![CDATA[<li><a href='{n}.html'>{t}</a></li>]]></record>" for n, t in enumerate(TITLES))
                   + "</recordset></datastore></script></div>",
                   foot="<script>var s=document.getElementById('ds').textContent,o='',m,r=/CDATA\\[([^]*?)\\]\\]/g;while(m=r.exec(s))o+=m[1];document.getElementById('pagelist').innerHTML='<ul>'+o+'</ul>'</script>"),
    ),
    Page(
        name="state-in-script", browser=True, article=TEXT,
        html="<html><head><title>青禾新闻</title></head><body><div id='__nuxt'><div class=loading>loading...</div></div>"
        f"<script>window.__INITIAL_STATE__={json.dumps({'detail': {'content': paragraphs()}})}</script><script>document.getElementById('__nuxt').innerHTML=__INITIAL_STATE__.detail.content</script></body></html>",
    ),
    Page(
        name="read-more-unfolds", browser=False, article=TEXT, files=JQ,
        html=shell(article(f"<div id=fold style='height:120px;overflow:hidden'>{paragraphs()}</div><a class=more onclick=\"document.getElementById('fold').style.height='auto'\">阅读全文</a>"), head=SCRIPTS),
    ),
    Page(
        name="pages-in-one", browser=False, article=TEXT,
        html=shell(article("".join(f"<div class=page id=p{n} style='display:{'block' if not n else 'none'}'><p>{t}</p></div>" for n, t in enumerate(TEXT)) + "<a onclick=show(2)>2</a>"),
                   foot="<script>function show(n){for(var i=0;i<10;i++)document.getElementById('p'+i).style.display=i==n?'block':'none'}</script>"),
    ),
    Page(
        name="nameless-container", browser=True, article=TEXT,
        html=shell("<div class=w1200><div class=x-1></div></div>", foot="<script src=m.js></script>"),
        files={"m.js": f"document.querySelector('.x-1').innerHTML={json.dumps(paragraphs())}"},
    ),
    Page(
        name="gallery-from-json", browser=True, article=(), images=("p1.jpg", "p2.jpg", "p3.jpg"), files={f"p{n}.jpg": JPG for n in (1, 2, 3)},
        html=shell("<h1>长河村今昔</h1><div id=big></div><p>组图：长河村今昔对比</p>",
                   foot="<script>var photos=[{src:'p1.jpg'},{src:'p2.jpg'},{src:'p3.jpg'}];photos.forEach(function(p){var i=new Image();i.src=p.src;document.getElementById('big').appendChild(i)})</script>"),
    ),
    Page(
        name="list-that-grows", browser=False, article=TITLES, files={**JQ, "more.html": "<li>更多</li>"},
        html=shell(f"<ul id=list class=list>{LIST}</ul><div id=more class=loading>加载更多</div>", head=SCRIPTS,
                   foot="<script>window.onscroll=function(){$.get('more.html',function(t){$('#list').append(t)})}</script>"),
    ),
    Page(
        name="frame-set-by-script", browser=True, article=TEXT, files={"body.html": f"<html><body>{paragraphs()}</body></html>"},
        html=shell("<iframe id=cont width=900 height=600></iframe>", foot="<script>document.getElementById('cont').src='bo'+'dy.html'</script>"),
    ),
    Page(
        name="lazy-data-src-with-noscript", browser=False, article=TEXT, images=("a.jpg",), files={"a.jpg": JPG},
        html=shell(article(paragraphs() + "<img class=lazyload src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='a.jpg'><noscript><img src=a.jpg></noscript>"),
                   foot="<script>document.querySelectorAll('.lazyload').forEach(function(i){i.src=i.dataset.src})</script>"),
    ),
    Page(
        name="frame-drawn-by-script", browser=True, article=TEXT,
        html=shell("<iframe src=inner.html width=900 height=700></iframe>"),
        files={"inner.html": "<html><body><div id=doc></div><script src=d.js></script></body></html>", "d.js": f"document.getElementById('doc').innerHTML={json.dumps(paragraphs())}"},
    ),
    Page(
        name="gone-with-status-200", browser=False, article=("您访问的页面不存在或已删除，请返回首页。",), files=JQ,
        html=shell("<div class=err><h2>404</h2><p>您访问的页面不存在或已删除，请返回首页。</p></div>", title="页面不存在", head=SCRIPTS),
    ),
    Page(
        name="notice-among-trackers", browser=False, article=TEXT[3:5], files={**JQ, "hm.js": "", "wx.js": ""},
        html=shell(article(paragraphs(TEXT[3:5]), name="class='con'") + "<div class=share id=sh></div>", head=SCRIPTS + "<script src=hm.js></script><script src=wx.js></script>",
                   foot="<script>var _hmt=_hmt||[];(function(){var h=document.createElement('script');h.src='hm.js';document.body.appendChild(h)})();wxConfig={title:'推进会',desc:'青禾县发布'}</script>"),
    ),
    Page(
        name="angular-bindings", browser=True, article=TEXT, files={"d.json": json.dumps(TEXT)},
        html=shell("<div ng-app=x ng-controller=c><h1>{{doc.title}}</h1><div class=box id=bx>{{doc.content}}</div></div>",
                   foot="<script>fetch('d.json').then(r=>r.json()).then(d=>{document.getElementById('bx').innerHTML=d.map(t=>'<p>'+t+'</p>').join('')})</script>"),
    ),
    Page(
        name="linked-data", browser=False, article=TEXT[:5],
        html=shell(article(paragraphs(TEXT[:5])), head=f"<script type='application/ld+json'>{json.dumps({'articleBody': '；'.join(TEXT), 'headline': '推进会'}, ensure_ascii=False)}</script>", foot="<script>var a=1</script>"),
    ),
    Page(
        name="guide-with-form", browser=False, article=("申请人须年满十八周岁，并在本县连续居住满一年。", "材料齐全的，窗口当场受理，五个工作日内办结。"), files=JQ,
        html=shell("<h1>居住证办理指南</h1><form><select><option>长河镇</option><option>滨湖街道</option></select><input name=q></form><table border=1><tr><th>办理条件</th><td>申请人须年满十八周岁，并在本县连续居住满一年。</td></tr>"
                   "<tr><th>办理时限</th><td>材料齐全的，窗口当场受理，五个工作日内办结。</td></tr><tr><th>收费</th><td>不收费</td></tr></table><div id=calendar></div>", head=SCRIPTS, foot="<script>$('#calendar').html('<b>三月</b>')</script>"),
    ),
    Page(
        name="search-results", browser=True, article=TITLES, files={**JQ, "q.json": json.dumps(TITLES)},
        html=shell("<form id=f><input id=kw value=方案><button>检索</button></form><div class=total>检索结果</div><div id=res></div>", head=SCRIPTS, title="检索",
                   foot="<script>$.ajax({url:'q.json',dataType:'json',success:function(d){$('#res').html('<dl><dt>'+d.join('</dt><dt>')+'</dt></dl>')}})</script>"),
    ),
    Page(
        name="viewer-in-frame", browser=True, article=TEXT, files={"viewer.html?file=doc.txt": "<html><head><title>viewer</title></head><body><div id=toolbar><button>放大</button></div><div id=viewer class=pdfViewer></div><script src=v.js></script></body></html>",
                                                               "v.js": "fetch('doc.txt').then(r=>r.text()).then(t=>{document.getElementById('viewer').textContent=t})", "doc.txt": "\n".join(TEXT)},
        html=shell("<h1>规划文本</h1><div class=pdf><iframe src='viewer.html?file=doc.txt' width=900 height=900></iframe></div>"),
    ),
    Page(
        name="radio-page", browser=False, article=TEXT[:3], files={"a.mp3": b"0" * 99, **JQ},
        html=shell("<h1>青禾之声</h1><div id=player><audio src=a.mp3 controls></audio></div>" + paragraphs(TEXT[:3]), head=SCRIPTS),
    ),
    Page(
        name="portal-home", browser=False, article=TITLES, images=("s1.jpg", "s2.jpg"), files={"s1.jpg": JPG, "s2.jpg": JPG, **JQ},
        html=shell(f"<div class='slider swiper'><div class=swiper-wrapper><div><a href=#><img src=s1.jpg></a></div><div><a href=#><img src=s2.jpg></a></div></div><div class=swiper-pagination></div></div><div class=col><h3>要闻</h3><ul>{LIST}</ul></div>"
                   "<div class=tianqi id=weather></div><ul class=tab></ul>", title="青禾县人民政府", head=SCRIPTS, foot="<script>$('#weather').html('晴 12℃')</script>"),
    ),
    Page(
        name="tabs", browser=False, article=TEXT, files=JQ,
        html=shell("<div class=tabs><a onclick=t(0)>概况</a><a onclick=t(1)>历史</a></div>" + f"<div class=tab-pane>{paragraphs(TEXT[:5])}</div><div class=tab-pane style='display:none'>{paragraphs(TEXT[5:])}</div>", head=SCRIPTS,
                   foot="<script>function t(n){document.querySelectorAll('.tab-pane').forEach(function(e,i){e.style.display=i==n?'':'none'})}</script>"),
    ),
    Page(
        name="picture-with-sources", browser=False, article=TEXT[:4], images=("w.webp",), files={"w.webp": JPG, "j.jpg": JPG},
        html=shell(article(paragraphs(TEXT[:4]) + "<picture><source type=image/webp srcset='w.webp 1x'><img src=j.jpg loading=lazy></picture>"), foot="<script>var z=0</script>"),
    ),
    Page(
        name="custom-element", browser=True, article=TEXT,
        html=shell("<policy-reader doc=17></policy-reader>", foot="<script type=module src=el.js></script>"),
        files={"el.js": f"customElements.define('policy-reader',class extends HTMLElement{{connectedCallback(){{this.attachShadow({{mode:'open'}}).innerHTML={json.dumps(paragraphs())}}}}})"},
    ),
    Page(
        name="text-in-attribute", browser=True, article=TEXT,
        html=shell(f"<div id=art data-content=\"{markup.escape(paragraphs())}\"></div>", foot="<script>var a=document.getElementById('art');a.innerHTML=a.dataset.content</script>"),
    ),
    Page(
        name="weixin-style", browser=False, article=TEXT, images=("640",), files=dict.fromkeys(("m/640", "m/640?wx_fmt=png"), (200, {"Content-Type": "image/png"}, JPG)),
        html=f"<html><head><title>青禾发布</title></head><body><h2>推进会</h2><div class='rich_media_content' id='js_content' style='visibility:hidden'>{paragraphs()}<p><img data-src='m/640?wx_fmt=png' data-type=png data-w=1080></p></div>"
        "<div id=js_pc_qr_code></div><script>document.getElementById('js_content').style.visibility='visible';document.querySelectorAll('img').forEach(function(i){i.src=i.dataset.src.split('?')[0]})</script></body></html>",
    ),
    Page(
        name="text-in-base64", browser=True, article=TEXT,
        html=shell("<h1>推进会</h1><div class=TRS_Editor id=ct></div>",
                   foot=f"<script>var c='{base64.b64encode(paragraphs().encode()).decode()}';document.getElementById('ct').innerHTML=new TextDecoder().decode(Uint8Array.from(atob(c),function(x){{return x.charCodeAt(0)}}))</script>"),
    ),
    Page(
        name="abstract-then-text", browser=True, article=TEXT, files={**JQ, "full.html": paragraphs(TEXT[2:])},
        html=shell(f"<h1>推进会</h1><div class=abs><b>摘要：</b>{''.join(TEXT[:2])}</div><div id=fulltext></div>", head=SCRIPTS, foot="<script>$('#fulltext').load('full.html')</script>"),
    ),
    Page(
        name="skeleton", browser=True, article=TEXT, files={"api": json.dumps({"html": paragraphs()})},
        html=shell("<div class=page-main><div class='skeleton'><div class=sk-line></div><div class=sk-line></div><div class=sk-line></div></div></div>",
                   foot="<script>fetch('api').then(function(r){return r.json()}).then(function(d){document.querySelector('.skeleton').outerHTML=d.html})</script>"),
    ),
    Page(
        name="ads-by-script", browser=False, article=TEXT, files={"f.gif": JPG, "g.gif": JPG, "h.gif": JPG},
        html=shell(article(paragraphs(), name="class=main-text"), foot="<div id=float1></div><script>var ads=['f.gif','g.gif','h.gif'];document.getElementById('float1').innerHTML='<img src='+ads[0]+'>'</script>"),
    ),
)  # fmt: skip
