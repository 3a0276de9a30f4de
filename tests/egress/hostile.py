"""A site whose pages try every trick of the table, and a trap on the ports they want to reach."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import http.server
import socket
import threading
import time

from tests.collect.site import PNG, Site, redirect
from tests.egress.tricks import HOSTS, JOURNEYS, PAGES


class Trap:
    """Listens on a port of every address of this machine, TCP and UDP, and keeps who came."""

    def __init__(self) -> None:
        self.came: list[str] = []
        both = socket.has_dualstack_ipv6()
        family, every = (socket.AF_INET6, "::") if both else (socket.AF_INET, "0.0.0.0")
        self._tcp = socket.create_server((every, 0), family=family, dualstack_ipv6=both)
        self.port: int = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 0))
        self.udp: int = self._udp.getsockname()[1]
        for listen in (self._accept, self._receive):
            threading.Thread(target=listen, daemon=True).start()

    def __enter__(self) -> Trap:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._tcp.shutdown(socket.SHUT_RDWR)
        self._tcp.close()
        self._udp.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, address = self._tcp.accept()
                self.came.append(f"tcp {address[0]}:{address[1]}")  # one that says nothing counts too
                with caller, contextlib.suppress(OSError):
                    caller.settimeout(0.5)
                    self.came[-1] += f" {caller.recv(200)!r}"

    def _receive(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                data, address = self._udp.recvfrom(2000)
                self.came.append(f"udp {address} {data[:40]!r}")


def bad_origin(trap: Trap) -> str:
    return f"http://127.0.0.1:{trap.port}"


def hostile_pages(trap: Trap) -> dict[str, object]:
    """`/all`: every trick of PAGES; `/hosts`: an image at every host of HOSTS; `/<journey>`: each journey."""
    bad = bad_origin(trap)
    names = {"bad": bad, "port": trap.port, "udp": trap.udp}
    rtc = (
        "<script>function rtc(u){var p=new RTCPeerConnection({iceServers:[{urls:u,username:'a',credential:'b'}]});"
        "p.createDataChannel('x');p.createOffer().then(o=>p.setLocalDescription(o))}</script>"
    )
    tricks = "\n".join(trick.format(**names) for trick in PAGES.values())
    images = "\n".join(f'<img src="http://{host}:{trap.port}/host-{n}.png">' for n, host in enumerate(HOSTS))
    html = {"Content-Type": "text/html; charset=utf-8"}
    policy = {"Report-To": f'{{"group":"g","max_age":9,"endpoints":[{{"url":"{bad}/reports"}}]}}',
              "Reporting-Endpoints": f'g="{bad}/reports"',
              "NEL": '{"report_to":"g","max_age":9,"success_fraction":1}'}  # fmt: skip
    pages: dict[str, object] = {
        "/all": f"<!doctype html><title>陷阱</title><p>正文。</p>{rtc}{tricks}",
        "/hosts": f'<!doctype html><meta charset="utf-8"><title>地址</title><p>正文。</p>{images}',
        "/imports.css": f'@import "{bad}/imported.css"; p {{ background: url({bad}/in-sheet.png) }}',
        "/worker.js": f"try{{fetch('{bad}/in-worker').catch(()=>0);importScripts('{bad}/imported-by-worker.js')}}catch(e){{}}",
        "/reports.png": (200, {"Content-Type": "image/png", **policy}, PNG),
        "/to-bad": redirect(f"{bad}/redirected"),
        "/to-to-bad": redirect("/to-bad"),
        **{f"/to-bad?{q}": redirect(f"{bad}/{q}") for q in ("redirected", "redirected-frame", "redirected-sheet", "fetch")},
    }  # fmt: skip
    for name, trick in JOURNEYS.items():
        if trick.isdigit():
            pages[f"/{name}"] = redirect(f"{bad}/{name}", int(trick))
        elif trick == "refresh":
            pages[f"/{name}"] = (200, {**html, "Refresh": f"0;url={bad}/{name}"}, b"<p>x</p>")
        else:
            pages[f"/{name}"] = f"<!doctype html><p>正文。</p>{trick.format(**names)}"
    return pages


def intranet_pages(other: Site) -> dict[str, object]:
    """A page that needs another allowed host on every path: sub-resource, frame, redirect, script, socket.

    What the socket says is asked for as `/said`, so the server of the page knows that it spoke.
    """
    there = other.url("").rstrip("/")
    other.pages |= {
        "/a.png": PNG, "/b.png": PNG, "/a.css": "p{color:red}", "/f": "<p>框架</p>", "/x.json": "{}",
        "/socket": _speak_once,
    }  # fmt: skip
    return {
        "/": f'<!doctype html><title>内网</title><link rel="stylesheet" href="{there}/a.css"><p>正文。</p>'
        f'<img src="{there}/a.png"><img src="/moved.png"><iframe src="{there}/f"></iframe>'
        f"<script>fetch('{there}/x.json',{{mode:'no-cors'}});"
        f"new WebSocket('{there}/socket'.replace('http','ws')).onmessage=e=>fetch('/said?'+e.data)</script>",
        "/moved.png": redirect(f"{there}/b.png"),
        "/said?hi": "ok",
    }


def _speak_once(handler: http.server.BaseHTTPRequestHandler) -> None:
    """A WebSocket that says `hi` (RFC 6455, 1.3 and 5.7)."""
    key = handler.headers.get("Sec-WebSocket-Key", "") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    handler.send_response(101)
    handler.send_header("Upgrade", "websocket")
    handler.send_header("Connection", "Upgrade")
    handler.send_header(
        "Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
    )
    handler.end_headers()
    handler.wfile.write(b"\x81\x02hi")
    handler.wfile.flush()
    handler.rfile.read(1)
    handler.close_connection = True


def eventually_quiet(trap: Trap, seconds: float = 0.3) -> list[str]:
    """What came to the trap, some time after the last."""
    known = -1
    while known != len(trap.came):
        known = len(trap.came)
        time.sleep(seconds)
    return trap.came
