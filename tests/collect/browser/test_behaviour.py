"""A page is looked at as a patient reader would: all of it, until it rests, and not for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from cunzhao.collect.browser import behaviour
from tests.collect.browser.looking import Looker, Seen, looking
from tests.collect.site import Site, raw

SVG = (
    200,
    {"Content-Type": "image/svg+xml"},
    "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'/>",
)
TALL = "<div style='height:6000px'></div>"


@pytest.fixture(scope="module")
def looker() -> Iterator[Looker]:
    with looking() as made:
        yield made


def look(looker: Looker, site: Site, html: str, **more: object) -> Seen:
    site.pages["/"] = html
    for n in range(200):
        site.pages.setdefault(f"/{n}.svg", SVG)
    return looker.look(site.url("/"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "html",
    [
        f"{TALL}<img loading=lazy src=1.svg width=40 height=40>",
        f"{TALL}<img id=i><script>new IntersectionObserver((e)=>{{if(e[0].isIntersecting)i.src='1.svg'}}).observe(i)</script>",
        f"{TALL}<img id=i width=9 height=9><script>addEventListener('scroll',()=>{{if(i.getBoundingClientRect().top<innerHeight)i.src='1.svg'}})</script>",
        f"{TALL}<p id=p><script>addEventListener('scroll',()=>{{if(scrollY>0)p.innerHTML='<img src=1.svg>'}})</script>",
        f"{TALL}<p id=p>Text<script>document.onscroll=()=>fetch('/1.svg')</script>",
        "<div style='height:500px;overflow:auto'><div style='height:9000px'></div><img loading=lazy src=1.svg></div>",
        f"<div id=d style='position:fixed;inset:0;overflow:auto'>{TALL}<img id=i></div>"
        "<script>d.onscroll=()=>{if(d.scrollTop>1000)i.src='1.svg'}</script>",
        "<div style='height:300px;overflow:auto'><div style='height:2000px'></div><img id=i><div style='height:3000px'></div></div>"
        "<script>new IntersectionObserver((e)=>{if(e[0].isIntersecting)i.src='1.svg'}).observe(i)</script>",
        f"<iframe srcdoc=\"{TALL}<img loading=lazy src='/1.svg'>\"></iframe>",
        "<details><summary>auf</summary><img loading=lazy src=1.svg></details>",
        "<details id=d><summary>auf</summary></details><script>d.ontoggle=()=>fetch('/1.svg')</script>",
        f"{TALL}<iframe loading=lazy src=1.svg></iframe>",
        "<img data-src=1.svg src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'>",
        "<img data-original=1.svg src=/loading.svg>",
        "<img data-srcset='1.svg 1x'>",
        "<div data-bg=1.svg style='height:50px'>x</div>",
        "<div data-background-image='url(1.svg)' style='height:50px'>x</div>",
        "<div id=app></div><script>setTimeout(()=>fetch('/1.svg').then(()=>app.textContent='da'),Number('700'))</script>",
        "<p id=p>数据加载中……<script>let f=fetch;setTimeout(function later(){f('/1.svg');p.textContent='da'},Number('700'))</script>",
        "<p>Text, der schon da ist<script>setTimeout(()=>{new Image().src='/1.svg'},900)</script>",
    ],
    ids=[
        "loading=lazy", "IntersectionObserver", "scroll event", "real scroll", "document scroll", "inner scroller",
        "inner scroll event", "observer in a scroller", "lazy in a frame", "details", "details toggle", "lazy frame", "data-src", "data-original", "data-srcset",
        "data-bg", "data-background-image", "empty root", "loading words", "timer that fetches",
    ],
)  # fmt: skip
def test_what_loads_when_looked_at_is_loaded(
    looker: Looker, site: Site, html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behaviour, "_SIGN_S", 60.0)  # what has come takes its sign away
    seen = look(looker, site, html)
    assert seen.rested
    assert site.times("/1.svg") >= 1


def test_an_image_that_is_shown_is_not_replaced_by_what_an_attribute_names(
    looker: Looker, site: Site
) -> None:
    look(looker, site, "<img src=2.svg data-src=1.svg><img src=3.svg data-img=4.svg>")
    assert (site.times("/2.svg"), site.times("/1.svg")) == (1, 0)


def test_a_plain_page_costs_no_more_than_its_quiet(
    looker: Looker, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in (
        "_SIGN_S",
        "_ACTIVE_S",
        "_STALLED_S",
    ):  # were one of them waited for, it would not rest in time
        monkeypatch.setattr(behaviour, other, 1000.0)
    html = "<p>Text" + "".join(f"<img src={n}.svg>" for n in range(10))
    scripted = html + "<script>var x=1</script>"
    assert look(looker, site, html).rested
    assert look(looker, site, scripted).rested


def list_that_grows(most: int) -> str:
    """Twenty items more whenever its end is in sight."""
    return f"""<div id=end>Ende</div><script>let n=0;
      const more=()=>{{for(let i=0;i<20;i++){{const d=document.createElement('div');d.style.height='200px';d.textContent=n++;document.body.append(d)}}}};
      more();new IntersectionObserver(e=>{{if(e[0].isIntersecting&&n<{most}){{more();document.body.append(end)}}}}).observe(end)</script>"""


def test_a_list_without_end_is_left_after_a_while(looker: Looker, site: Site) -> None:
    seen = look(looker, site, list_that_grows(10_000))
    assert seen.rested
    assert "\n60\n" in seen.text and "\n300\n" not in seen.text  # further than one screen


def test_a_page_that_is_seldom_drawn_is_looked_at_as_far_as_any(looker: Looker, site: Site) -> None:
    busy = "let t=performance.now();while(performance.now()<t+80);requestAnimationFrame(again)"
    script = f"<script>requestAnimationFrame(function again(){{{busy}}})</script>"
    seen = look(looker, site, list_that_grows(60) + script, quiet_s=0.05)
    assert seen.rested
    assert "\n59\nEnde" in seen.text


@pytest.mark.parametrize(
    "script",
    [
        "new EventSource('/stream')",
        "fetch('/hang')",
        "setInterval(()=>{document.title=Math.random()},50)",
        "setInterval(()=>{p.textContent=Math.random()},50)",
        "setInterval(()=>{document.body.append(document.createElement('i'))},50)",
        "requestAnimationFrame(function again(){p.style.left=Math.random()+'px';requestAnimationFrame(again)})",
    ],
)
def test_a_page_that_never_stops_is_at_rest_all_the_same(looker: Looker, site: Site, script: str) -> None:
    site.pages["/stream"] = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n", then_wait=200
    )
    site.pages["/hang"] = lambda handler: time.sleep(200)
    seen = look(looker, site, f"<p id=p>Text, der da ist und bleibt<script>{script}</script>", limit_s=120)
    assert seen.rested


def test_a_page_that_asks_again_and_again_is_left_when_its_time_is_over(looker: Looker, site: Site) -> None:
    seen = look(looker, site, "<p>Text<script>setInterval(()=>fetch('/1.svg'),100)</script>", limit_s=3)
    assert not seen.rested and 2.5 < seen.seconds < 60
    assert "Text" in seen.text


def test_sections_of_an_accordion_are_all_open(looker: Looker, site: Site) -> None:
    seen = look(
        looker,
        site,
        "<details name=a open><summary>1</summary>eins</details><details name=a><summary>2</summary>zwei</details>",
    )
    assert "eins" in seen.text and "zwei" in seen.text


def test_the_page_is_at_its_top_and_its_own_size_afterwards(looker: Looker, site: Site) -> None:
    html = f"<p id=p style='height:100vh'>Text</p>{TALL}<script>addEventListener('resize',()=>{{p.title=innerHeight}});addEventListener('scroll',()=>{{p.lang=scrollY}})</script>"
    seen = look(looker, site, html, quiet_s=0.3)
    assert '"700"' in seen.html and 'lang="0"' in seen.html
