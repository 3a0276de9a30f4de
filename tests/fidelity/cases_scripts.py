"""What scripts draw, fetch and remember."""

from __future__ import annotations

from tests.fidelity.case import (
    ALL,
    ONLY_DRAWN,
    Can,
    Case,
    every,
    hides,
    holds,
    html,
    painted,
    reads,
    script_drawn,
    styled,
    wide,
)
from tests.fidelity.serving import Answer
from tests.fidelity.things import png

PUT = "t => document.body.append(Object.assign(document.createElement('p'), { textContent: t }))"
DRAWN = script_drawn()


def drawn(name: str, title: str, script: str, said: str, files: dict[str, object] | None = None, *,
          http: Can = DRAWN, head: str = "", browser: Can = ALL, tag: str = "<script>") -> Case:  # fmt: skip
    """A page whose text comes by script."""
    page = html("", head) + f"{tag}const put = {PUT}; {script}</script>"
    return Case(name, title, reads(said), {"index.html": page, **(files or {})}, http=http, browser=browser)  # type: ignore[dict-item]


RUNNING = (
    drawn("inline-script", "inline script", "put('内联脚本写的')", "内联脚本写的", http=ONLY_DRAWN),
    Case(
        "remote-script", "script of another origin", reads("外来脚本写的"),
        {"index.html": html("") + '<script src="{there}/remote-script/there/a.js"></script>',
         "there/a.js": f"({PUT})('外来脚本写的')"}, http=ONLY_DRAWN,
    ),
    drawn("document-write", "`document.write`", "document.write('<p>写出来的</p>')", "写出来的", http=ONLY_DRAWN),
    drawn("module", "ES modules, static and dynamic imports",
          "import { word } from './one.js'; put(word); put((await import('./th' + 'ree.js')).default)", "模块一二",
          {"one.js": "import { two } from './two.js'; export const word = '模块一' + two;", "two.js": "export const two = '二'",
           "three.js": "export default '动态'"}, tag="<script type=module>"),
    drawn("import-map", "import map", "import { word } from 'lib'; put(word)", "按图导入",
          {"lib/index.js": "export const word = '按图导入'"}, tag="<script type=module>", http=ONLY_DRAWN,
          head='<script type="importmap">{"imports": {"lib": "./lib/index.js"}}</script>'),
    drawn("fetch-get", "`fetch` GET", "fetch('data.json?q=1').then(r => r.json()).then(d => put(d.word))", "取来的数据",
          {"data.json?q=1": '{"word": "取来的数据"}'}),
    drawn("fetch-remote", "`fetch` of another origin", "fetch('{there}/fetch-remote/there/data.json').then(r => r.json())"
          ".then(d => put(d.word))", "别处取来", {"there/data.json": '{"word": "别处取来"}'}),
    drawn("fetch-post", "`fetch` POST", "fetch('query', {method: 'POST', body: 'page=2'}).then(r => r.text()).then(put)",
          "提交后取来", {"query": Answer("提交后取来".encode(), mime="text/plain; charset=utf-8",
                                    only=lambda asked: asked.method == "POST" and asked.body == b"page=2")}),
    drawn("xhr-get", "XMLHttpRequest GET", "const x = new XMLHttpRequest(); x.open('GET', 'list.txt');"
          "x.onload = () => put(x.responseText); x.send()", "旧式取来", {"list.txt": "旧式取来"}),
    drawn("xhr-post", "XMLHttpRequest POST of JSON", "const x = new XMLHttpRequest(); x.open('POST', 'list');"
          "x.setRequestHeader('Content-Type', 'application/json'); x.onload = () => put(x.responseText); x.send('{\"n\":1}')",
          "旧式提交", {"list": Answer("旧式提交".encode(), mime="text/plain; charset=utf-8",
                                only=lambda asked: asked.method == "POST" and asked.body == b'{"n":1}')}),
    drawn("jsonp", "JSONP", "window.got = put; const s = document.createElement('script'); s.src = 'j' + '.js';"
          "document.head.append(s)", "回调送来", {"j.js": "got('回调送来')"}),
    drawn("delayed", "text and picture after 1.2 seconds", "setTimeout(() => { put('迟来的字'); const i = new Image();"
          "i.src = 'la' + 'te.png'; document.body.append(i) }, 1200)", "迟来的字", {"late.png": png(82)}),
    drawn("slow-answer", "answer that takes 1.5 seconds", "fetch('slow' + '.json').then(r => r.json()).then(d => put(d.word))",
          "慢慢答", {"slow.json": Answer('{"word": "慢慢答"}'.encode(), wait_s=1.5)}),
    drawn("on-scroll", "more of a list on scroll", "let n = 0; document.body.style.height = '3000px'; addEventListener('scroll',"
          "() => { if (n++ < 1) fetch('more' + '.json').then(r => r.json()).then(d => put(d.word)) })", "滚动加载",
          {"more.json": '{"word": "滚动加载"}'}),
    drawn("chain", "request that follows a request", "fetch('a' + '.json').then(r => r.json()).then(d => fetch(d.next))"
          ".then(r => r.json()).then(d => put(d.word))", "一个接一个",
          {"a.json": '{"next": "b.json"}', "b.json": '{"word": "一个接一个"}'}),
    drawn("local-storage", "localStorage and sessionStorage", "localStorage.k = '存在本地'; sessionStorage.k = '的字';"
          "put(localStorage.k + sessionStorage.k)", "存在本地的字", http=ONLY_DRAWN),
    drawn("indexed-db", "IndexedDB", "const o = indexedDB.open('d'); o.onupgradeneeded = () => o.result.createObjectStore('s');"
          "o.onsuccess = () => { const s = o.result.transaction('s', 'readwrite').objectStore('s'); s.put('库里的字', 1);"
          "s.get(1).onsuccess = e => put(e.target.result) }", "库里的字", http=ONLY_DRAWN),
    drawn("cookie-by-script", "text after a cookie set by script", "document.cookie = 'seen=1; path=/cookie-by-script'; fetch('my' +"
          "'.txt').then(r => r.text()).then(put)", "认得你", {"my.txt": Answer("认得你".encode(), only=lambda asked:
          "seen=1" in asked.headers.get("cookie", ""))}),
    drawn("worker", "web worker that fetches", "const w = new Worker('w' + '.js'); w.onmessage = e => put(e.data)", "工人取来",
          {"w.js": "fetch('w.txt').then(r => r.text()).then(postMessage)", "w.txt": "工人取来"}),
    drawn("event-source", "EventSource", "const s = new EventSource('ev' + 'ents'); s.onmessage = e => { put(e.data); s.close() }",
          "推送来的", {"events": Answer("data: 推送来的\n\n".encode(), mime="text/event-stream")},
          browser=Can(kept=False, why="a stream of events is handed on to the page as it comes; the snapshot names it as missing")),
    drawn("push-state", "`history.pushState` and a hash route", "history.pushState({}, '', 'other'); location.hash = '/a';"
          "addEventListener('hashchange', () => put('路由到了'))", "路由到了", http=ONLY_DRAWN),
    drawn("service-worker", "page that asks for a service worker (bypassed)", "navigator.serviceWorker.register('sw' + '.js')"
          ".catch(() => 0).then(() => fetch('t' + '.txt')).then(r => r.text()).then(put)", "不经服务工人",
          {"sw.js": "self.addEventListener('fetch', e => e.respondWith(new Response('假的')))", "t.txt": "不经服务工人"},
          browser=Can(kept=False, why="service workers are blocked, so that every request of the page is seen; the worker's "
                      "own script is never asked for")),
    drawn("websocket", "WebSocket (its words are seen, its frames are not kept)", "const w = new WebSocket(location.origin.replace("
          "'http', 'ws') + '/websocket/so' + 'cket'); w.onmessage = e => e.data.text ? e.data.text().then(put) : put(e.data)",
          "由套接字送来", {"socket": Answer(b"")}, browser=Can(kept=False, shown=True,
          why="a WebSocket is no request with an answer: WARC has no record for it; the snapshot names it as `not-capturable`")),
)  # fmt: skip

MADE = (
    Case(
        "shadow-open", "open shadow root", every(painted("#x", (21, 110, 180)), reads("影中的字")),
        {"index.html": html("<div id=h></div>") + "<script>document.querySelector('#h').attachShadow({mode: 'open'}).innerHTML ="
         "'<style>div { width: 60px; height: 60px; background: rgb(21, 110, 180) }</style><div id=x></div><p>影中的字</p>'</script>"},
        http=ONLY_DRAWN,
    ),
    Case(
        "shadow-closed", "closed shadow root", painted("#h", (22, 111, 181)),
        {"index.html": html('<div id="h" style="width:60px"></div>') + "<script>document.querySelector('#h').attachShadow({mode:"
         "'closed'}).innerHTML = '<style>div { height: 60px; background: rgb(22, 111, 181) }</style><div></div>'</script>"},
        http=ONLY_DRAWN,
    ),
    Case(
        "shadow-declared", "declarative shadow root with slot, picture and style", every(
            painted("#x", (23, 112, 182)), reads("影中声明"), reads("光中的字"), wide("img", 83)),
        {"index.html": html('<my-card><template shadowrootmode="open"><style>#x { width: 60px; height: 60px; background: url(b.png) }'
         '</style><div id="x"></div><p>影中声明</p><img src="a.png"><slot></slot></template><p>光中的字</p></my-card>'),
         "a.png": png(83), "b.png": png(84, (23, 112, 182))},
    ),
    Case(
        "shadow-adopted", "adopted stylesheet in a shadow root", painted("#x", (24, 113, 183)),
        {"index.html": html("<div id=h></div>") + "<script>const r = document.querySelector('#h').attachShadow({mode: 'open'});"
         "r.innerHTML = '<div id=x></div>'; const s = new CSSStyleSheet(); s.replaceSync('div { width: 60px; height: 60px; background:"
         "rgb(24, 113, 183) }'); r.adoptedStyleSheets = [s]</script>"}, http=ONLY_DRAWN,
    ),
    Case(
        "custom-element", "custom element", every(reads("自定义元素"), styled("my-word", "color", "rgb(25, 114, 184)")),
        {"index.html": html("<my-word></my-word>", "<style>my-word:not(:defined) { display: none } my-word { color: rgb(25, 114, 184) }"
         "</style>") + "<script>customElements.define('my-word', class extends HTMLElement { connectedCallback() {"
         "this.textContent = '自定义元素' } })</script>"}, http=ONLY_DRAWN,
    ),
    drawn("template", "`<template>` cloned by script", "document.body.append(document.querySelector('template').content.cloneNode(true))",
          "模板里的字", head="", http=ONLY_DRAWN),
    Case(
        "template-inert", "an unused `<template>` shows nothing", every(reads("标题文字"), hides("不该见")), {"index.html": html("<template><p>不该见</p></template>")},
    ),
    Case(
        "canvas", "canvas", painted("#x", (26, 115, 185)),
        {"index.html": html('<canvas id="x" width="60" height="60"></canvas>') + "<script>const c = document.querySelector('#x')"
         ".getContext('2d'); c.fillStyle = 'rgb(26, 115, 185)'; c.fillRect(0, 0, 60, 60)</script>"}, http=ONLY_DRAWN,
    ),
    Case(
        "canvas-tainted", "canvas with a picture of another origin", painted("#x", (27, 116, 186)),
        {"index.html": html('<canvas id="x" width="60" height="60"></canvas>') + "<script>const i = new Image(); i.onload = () =>"
         "document.querySelector('#x').getContext('2d').drawImage(i, 0, 0, 60, 60); i.src = '{there}/canvas-tainted/there/a.png'</script>",
         "there/a.png": png(60, (27, 116, 186), 60)}, http=script_drawn(),
    ),
    Case(
        "blob-image", "image of a `blob:`", wide("#x", 85),
        {"index.html": html('<img id="x">') + "<script>fetch('a' + '.png').then(r => r.blob()).then(b =>"
         "document.querySelector('#x').src = URL.createObjectURL(b))</script>", "a.png": png(85)}, http=DRAWN,
    ),
    Case(
        "blob-style", "stylesheet of a `blob:`", styled("h1", "color", "rgb(28, 117, 187)"),
        {"index.html": html("") + "<script>const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = URL.createObjectURL("
         "new Blob(['h1 { color: rgb(28, 117, 187) }'], {type: 'text/css'})); document.head.append(l)</script>"}, http=ONLY_DRAWN,
    ),
    Case(
        "form-state", "what a script put into a form", every(
            holds("#t", "e => e.value === '填好的'"), holds("#c", "e => e.checked"), holds("#s", "e => e.value === '2'"),
            holds("#a", "e => e.value === '长文'")),
        {"index.html": html('<input id="t"><input id="c" type="checkbox"><select id="s"><option>1<option>2</select><textarea id="a">'
         "</textarea>") + "<script>t.value = '填好的'; c.checked = true; s.value = '2'; a.value = '长文'</script>"}, http=ONLY_DRAWN,
    ),
    Case(
        "details", "closed `<details>` is opened, its lazy picture kept", every(reads("折起来的字"), wide("#x", 86)),
        {"index.html": html('<details><summary>更多</summary><p>折起来的字</p><img id="x" loading="lazy" src="a.png"></details>'),
         "a.png": png(86)}, http=Can(shown=False, why="the view shows the page as it was sent: folded"),
    ),
    Case(
        "dialog", "modal dialog over the page", reads("对话框里"),
        {"index.html": html("<dialog><p>对话框里</p></dialog>") + "<script>document.querySelector('dialog').showModal()</script>"},
        http=ONLY_DRAWN,
    ),
    Case(
        "image-by-script", "`new Image()` in the page", wide("img", 87),
        {"index.html": html("") + "<script>const i = new Image(); i.src = 'a' + '.png'; document.body.append(i)</script>",
         "a.png": png(87)}, http=DRAWN,
    ),
    Case(
        "svg-by-script", "SVG drawn by script", painted("#x rect", (29, 118, 188)),
        {"index.html": html('<svg id="x" width="60" height="60"></svg>') + "<script>const r = document.createElementNS("
         "'http://www.w3.org/2000/svg', 'rect'); r.setAttribute('width', 60); r.setAttribute('height', 60);"
         "r.setAttribute('fill', 'rgb(29,118,188)'); x.append(r)</script>"}, http=ONLY_DRAWN,
    ),
)  # fmt: skip


def scripts() -> tuple[Case, ...]:
    template = "<template><p>模板里的字</p></template>"
    filled = []
    for case in (*RUNNING, *MADE):
        if case.name == "template":
            page = str(case.files["index.html"]).replace("</h1>", "</h1>" + template)
            case = Case(**{**case.__dict__, "files": {"index.html": page}})
        filled.append(case)
    return tuple(filled)
