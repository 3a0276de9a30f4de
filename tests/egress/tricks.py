"""Every way round the gate that we know of, in one table: none may be let through, on any path.

`HOSTS` and `NAMES` are asked of the gate in each form of request and named by pages in each engine, `HEADS` and
`CHUNKS` are bytes of a hostile proxy client, `PAGES` are what a hostile page or server does.
"""

from __future__ import annotations

#: A host as it is written in a URL or a request. None of them is public; many are 127.0.0.1.
HOSTS = (
    # IPv4: dotted, short, decimal, octal, hexadecimal, mixed, with a last dot
    "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "127.255.255.254", "2130706433", "017700000001", "0177.0.0.1",
    "0177.0.0.01", "0x7f000001", "0x7f.0.0.1", "0X7F.1", "0x7f.0x0.0x0.0x1", "0", "0.0.0.0", "0x", "0.1.2.3",
    "0000000177.0.0.1", "00000000000000000000000177.0.0.1", "127.0.0x0.1",
    # what looks like IPv4 and is none
    "256.1.1.1", "1.2.3.4.5", "127.0.0.256", "4294967296", "127..0.1", "127.0.0.09", "0x100000000",
    # private, shared, link-local, multicast, broadcast and other special ranges
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "0xc0a80101", "3232235777", "100.64.0.1",
    "100.127.255.254", "169.254.1.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.0.8",
    "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "192.88.99.1",
    # cloud metadata
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.170.2", "168.63.129.16",
    "100.100.100.200", "192.0.0.192", "[fd00:ec2::254]", "[fd20:ce::254]",
    # IPv6: loopback, unspecified, local, multicast, documentation
    "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::]", "[fc00::1]", "[fd12:3456:789a::1]", "[fe80::1]",
    "[febf::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[3fff::1]", "[100::1]", "[4000::1]",
    # IPv4 inside IPv6: mapped, compatible, SIIT, NAT64, 6to4, Teredo (server and client), ISATAP
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::127.0.0.1]", "[::7f00:1]",
    "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[64:ff9b:1::10.0.0.1]",
    "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2002:c0a8:101::]", "[2001:0:7f00:1::]",
    "[2001:0:808:808:0:0:f5ff:fffe]", "[2a00:1450::5efe:192.168.0.1]", "[2a00:1450::200:5efe:127.0.0.1]",
    # zones, broken brackets
    "[fe80::1%25eth0]", "[::1%lo]", "[127.0.0.1]", "[::1", "::1]", "[:::1]", "[]",
    # names of this machine
    "localhost", "LOCALHOST", "localhost.", "ip6-localhost", "a.localhost",
    # full-width and circled digits, ideographic dots, percent signs
    "１２７.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "ｌｏｃａｌｈｏｓｔ", "%31%32%37.0.0.1", "127.0.0.1%00.gov.cn",
)  # fmt: skip

#: Names, and what a hostile resolver answers: the first time, the second time, …
NAMES: dict[str, tuple[list[str], ...]] = {
    "private.example": (["10.0.0.1"],),
    "loopback.example": (["127.0.0.1"],),
    "both-private.example": (["192.168.0.1", "::1"],),
    "metadata.example": (["169.254.169.254"],),
    "mapped.example": (["::ffff:127.0.0.1"],),
    "nat64.example": (["64:ff9b::7f00:1"],),
    "6to4.example": (["2002:7f00:1::"],),
    "zone.example": (["fe80::1%lo"],),
    "broadcast.example": (["255.255.255.255"],),
    "unspecified.example": (["0.0.0.0"],),
    "no-address.example": (["localhost"],),
    "nothing.example": ([],),
    # Rebinding: the answer that was vetted is the one that counts, so the good one first is no way in either.
    "private-then-public.example": (["127.0.0.1"], ["8.8.8.8"]),
    "127.0.0.1.nip.example": (["127.0.0.1"],),
    "xn--fiqs8s.example": (["127.0.0.1"],),
}

#: Names with a public answer too: only that one may be tried.
MIXED: dict[str, tuple[list[str], ...]] = {
    "private-first.example": (["127.0.0.1", "8.8.8.8"],),
    "public-first.example": (["8.8.8.8", "127.0.0.1"],),
    "public-then-private.example": (["8.8.8.8"], ["127.0.0.1"]),
    "many.example": (["::1", "10.0.0.1", "8.8.8.8", "169.254.169.254", "::ffff:127.0.0.1"],),
}

AT = "127.0.0.1:{port}"
_HOST = f"Host: {AT}"

#: Request line, headers, why it is not passed on. The server at {port} is allowed: the form is what is wrong.
HEADS = (
    # a Host header that is not the URL's
    (f"GET http://{AT}/ HTTP/1.1", ("Host: 127.0.0.2:{port}",), "host-header"),
    (f"GET http://{AT}/ HTTP/1.1", ("Host: 127.0.0.1",), "host-header"),
    (f"GET http://{AT}/ HTTP/1.1", ("Host: 127.0.0.1:99999",), "port"),
    (f"GET http://{AT}/ HTTP/1.1", (f"Host: u@{AT}",), "host-header"),
    (f"GET http://{AT}/ HTTP/1.1", (), "host-header"),
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, _HOST), "host-header"),
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, "Host: 10.0.0.1"), "host-header"),
    # user names, backslashes, fragments: where does the host end?
    (f"GET http://u:p@{AT}/ HTTP/1.1", (_HOST,), "target"),
    (f"GET http://8.8.8.8@{AT}/ HTTP/1.1", (_HOST,), "target"),
    (f"GET http://8.8.8.8:80@{AT}/ HTTP/1.1", (_HOST,), "target"),
    (f"GET http://8.8.8.8#@{AT}/ HTTP/1.1", (_HOST,), "target"),
    (f"GET http://{AT}\\@8.8.8.8/ HTTP/1.1", (_HOST,), "target"),
    (f"GET http://{AT}#/ HTTP/1.1", (_HOST,), "target"),
    (f"GET http:/{AT}/ HTTP/1.1", (_HOST,), "target"),
    (f"GET http:///{AT}/ HTTP/1.1", (_HOST,), "target"),
    # other schemes and forms
    (f"GET https://{AT}/ HTTP/1.1", (_HOST,), "target"),
    (f"GET ws://{AT}/ HTTP/1.1", (_HOST,), "target"),
    (f"GET ftp://{AT}/ HTTP/1.1", (_HOST,), "target"),
    (f"GET gopher://{AT}/ HTTP/1.1", (_HOST,), "target"),
    ("GET file:///etc/passwd HTTP/1.1", (_HOST,), "target"),
    (f"GET //{AT}/ HTTP/1.1", (_HOST,), "target"),
    ("GET / HTTP/1.1", (_HOST,), "target"),
    ("OPTIONS * HTTP/1.1", (_HOST,), "target"),
    (f"GET http://{AT}/a b HTTP/1.1", (_HOST,), "target"),
    (f"GET http://{AT}/\t HTTP/1.1", (_HOST,), "target"),
    (f"GET http://{AT}/é HTTP/1.1", (_HOST,), "target"),
    (f"GET http://{AT}/ HTTP/1.0", (_HOST,), "target"),
    (f"GET http://{AT}/ HTTP/2.0", (_HOST,), "target"),
    (f"GET http://{AT}/", (_HOST,), "target"),
    (f"GET  http://{AT}/ HTTP/1.1", (_HOST,), "target"),
    ("PRI * HTTP/2.0", (), "target"),
    # ports
    ("GET http://127.0.0.1:0/ HTTP/1.1", ("Host: 127.0.0.1:0",), "port"),
    ("GET http://127.0.0.1:65536/ HTTP/1.1", ("Host: 127.0.0.1:65536",), "port"),
    ("GET http://127.0.0.1:4295032832/ HTTP/1.1", ("Host: 127.0.0.1",), "target"),
    ("GET http://127.0.0.1:-1/ HTTP/1.1", ("Host: 127.0.0.1",), "target"),
    ("GET http://127.0.0.1:/ HTTP/1.1", ("Host: 127.0.0.1",), "target"),
    ("CONNECT 127.0.0.1:0 HTTP/1.1", (), "port"),
    ("CONNECT 127.0.0.1:99999 HTTP/1.1", (), "port"),
    ("CONNECT 127.0.0.1:{port}0000000 HTTP/1.1", (), "target"),
    ("CONNECT 127.0.0.1 HTTP/1.1", (), "target"),
    ("CONNECT 127.0.0.1:{port}/x HTTP/1.1", (), "target"),
    ("CONNECT http://127.0.0.1:{port} HTTP/1.1", (), "target"),
    ("CONNECT u@127.0.0.1:{port} HTTP/1.1", (), "target"),
    ("CONNECT 8.8.8.8:80,127.0.0.1:{port} HTTP/1.1", (), "target"),
    # headers that one reader sees and another does not
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, "A : b"), "header"),
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, "A: b\r\n folded"), "header"),
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, "A: b\nProxy-X: c"), "header"),
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, "A: b\rc"), "header"),
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, "A: b\0c"), "header"),
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, "no header"), "header"),
    (f"GET http://{AT}/ HTTP/1.1", (_HOST, ": nameless"), "header"),
    # bodies that end in two places
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Content-Length: 1", "Content-Length: 2"), "framing"),
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Content-Length: 1", "Transfer-Encoding: chunked"), "framing"),
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Content-Length: +1"), "framing"),
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Content-Length: 0x1"), "framing"),
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Content-Length: 1, 1"), "framing"),
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Content-Length: "), "framing"),
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Transfer-Encoding: gzip, chunked"), "framing"),
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Transfer-Encoding: xchunked"), "framing"),
    (f"POST http://{AT}/ HTTP/1.1", (_HOST, "Transfer-Encoding: chunked", "Transfer-Encoding: x"), "framing"),
)  # fmt: skip

#: Chunked bodies that two readers could cut differently, each with an end; another request follows each.
CHUNKS = (
    b"0x5\r\nhello\r\n0\r\n\r\n", b" 5\r\nhello\r\n0\r\n\r\n", b"5\nhello\r\n0\r\n\r\n", b"-1\r\n\r\n", b"+0\r\n\r\n",
    b"5\r\nhelloXX0\r\n\r\n", b"5 6\r\nhello\r\n0\r\n\r\n", b"0000000000000000000000\r\n\r\n", b"0\r\nno header\r\n\r\n",
    b"0\r\n folded: x\r\n\r\n", b"5;a\nb\r\nhello\r\n0\r\n\r\n", b"\r\n5\r\nhello\r\n0\r\n\r\n", b" 0\r\n\r\n", b"0\n\r\n\r\n",
)  # fmt: skip

#: What a page does to reach {bad} (an origin). Together on one page: each may fail by itself.
PAGES = {
    "image": '<img src="{bad}/image.png">',
    "image-srcset": '<img srcset="{bad}/set.png 1x, {bad}/set2.png 2x">',
    "picture": '<picture><source srcset="{bad}/source.png"><img></picture>',
    "background": '<div style="width:9px;height:9px;background:url({bad}/background.png)"></div>',
    "stylesheet": '<link rel="stylesheet" href="{bad}/sheet.css">',
    "import": '<style>@import url("{bad}/import.css");</style>',
    "import-in-a-stylesheet": '<link rel="stylesheet" href="/imports.css">',
    "font": '<style>@font-face{{font-family:F;src:url({bad}/font.woff2)}} b{{font-family:F}}</style><b>字</b>',
    "script": '<script src="{bad}/script.js"></script>',
    "module": '<script type="module" src="{bad}/module.js"></script>',
    "icon": '<link rel="icon" href="{bad}/icon.ico">',
    "frame": '<iframe src="{bad}/frame"></iframe>',
    "frame-srcdoc": "<iframe srcdoc=\"<img src='{bad}/srcdoc.png'>\"></iframe>",
    "frame-refresh": "<iframe srcdoc=\"<meta http-equiv=refresh content='0;url={bad}/refresh'>\"></iframe>",
    "object": '<object data="{bad}/object.svg" type="image/svg+xml"></object>',
    "embed": '<embed src="{bad}/embed.svg" type="image/svg+xml">',
    "svg-image": '<svg><image href="{bad}/svg.png" width="9" height="9"/></svg>',
    "video": '<video src="{bad}/video.mp4" poster="{bad}/poster.png" preload="auto"></video>',
    "audio": '<audio src="{bad}/audio.mp3" preload="auto"></audio>',
    "preload": '<link rel="preload" as="image" href="{bad}/preload.png">',
    "prefetch": '<link rel="prefetch" href="{bad}/prefetch">',
    "preconnect": '<link rel="preconnect" href="{bad}">',
    "dns-prefetch": '<link rel="dns-prefetch" href="//dns-prefetch.example">',
    "manifest": '<link rel="manifest" href="{bad}/manifest.json">',
    "redirected-image": '<img src="/to-bad?redirected">',
    "redirected-frame": '<iframe src="/to-bad?redirected-frame"></iframe>',
    "twice-redirected-script": '<script src="/to-to-bad"></script>',
    "redirected-stylesheet": '<link rel="stylesheet" href="/to-bad?redirected-sheet">',
    "fetch": "<script>fetch('{bad}/fetch').catch(()=>0)</script>",
    "fetch-no-cors": "<script>fetch('{bad}/opaque',{{mode:'no-cors',method:'POST',body:'x'}}).catch(()=>0)</script>",
    "fetch-redirected": "<script>fetch('/to-bad?fetch').catch(()=>0)</script>",
    "xhr": "<script>var x=new XMLHttpRequest();x.open('GET','{bad}/xhr');x.send()</script>",
    "beacon": "<script>navigator.sendBeacon('{bad}/beacon','x')</script>",
    "event-source": "<script>new EventSource('{bad}/events')</script>",
    "websocket": "<script>new WebSocket('{bad}/socket'.replace('http','ws'))</script>",
    "worker": "<script>new Worker('/worker.js')</script>",
    "shared-worker": "<script>new SharedWorker('/worker.js')</script>",
    "service-worker": "<script>navigator.serviceWorker&&navigator.serviceWorker.register('/worker.js').catch(()=>0)</script>",
    "import-of-a-module": "<script>import('{bad}/imported.js').catch(()=>0)</script>",
    "dynamic-image": "<script>new Image().src='{bad}/dynamic.png'</script>",
    "ping": '<a id="ping" href="#x" ping="{bad}/ping">x</a><script>document.getElementById("ping").click()</script>',
    "form": '<iframe name="f"></iframe><form id="form" action="{bad}/form" method="post" target="f"></form>'
            "<script>document.getElementById('form').submit()</script>",
    "popup": "<script>window.open('{bad}/popup')</script>",
    "web-transport": "<script>try{{new WebTransport('{bad}/transport'.replace('http:','https:')).ready.catch(()=>0)}}catch(e){{}}</script>",
    "web-rtc-stun": "<script>rtc('stun:127.0.0.1:{udp}')</script>",
    "web-rtc-turn-udp": "<script>rtc('turn:127.0.0.1:{udp}?transport=udp')</script>",
    "web-rtc-turn-tcp": "<script>rtc('turn:127.0.0.1:{port}?transport=tcp')</script>",
    "speculation": '<script type="speculationrules">{{"prefetch":[{{"urls":["{bad}/speculation"]}}]}}</script>',
    "reporting": '<img src="/reports.png">',
}  # fmt: skip

#: What a page does to lead the whole browser to {bad}; each on a page of its own.
JOURNEYS = {
    "redirect-301": "301", "redirect-302": "302", "redirect-303": "303", "redirect-307": "307", "redirect-308": "308",
    "refresh-header": "refresh",
    "meta-refresh": '<meta http-equiv="refresh" content="0;url={bad}/meta">',
    "location": "<script>location='{bad}/location'</script>",
    "submitted": '<form id="f" action="{bad}/submitted"></form><script>document.getElementById("f").submit()</script>',
    "clicked": '<a id="a" href="{bad}/clicked">x</a><script>document.getElementById("a").click()</script>',
    "download": '<a id="a" href="{bad}/download" download>x</a><script>document.getElementById("a").click()</script>',
}  # fmt: skip

#: What a proxy client does that needs a test of its own (`test_tricks`, `test_gate`, `test_absolute`).
DEEDS = (
    "CONNECT to the gate's own port", "an absolute URL of the gate's own port", "CONNECT to the program's listener",
    "an absolute URL of the program's listener", "another host on a kept connection", "no credential",
    "a credential of another run", "a label that is not logged in", "a forgotten label",
    "a request smuggled behind a short body", "a credential only in the first request",
    "another label on a kept connection", "CONNECT on a kept connection",
)  # fmt: skip


def count() -> dict[str, int]:
    """How many tricks there are of each kind."""
    named = {
        "hosts": HOSTS, "names": (*NAMES, *MIXED), "heads": HEADS, "chunked bodies": CHUNKS, "pages": PAGES,
        "journeys": JOURNEYS, "deeds": DEEDS,
    }  # fmt: skip
    return {kind: len(tricks) for kind, tricks in named.items()}
