"""`auto`: http first, the browser only where a page needs it, nothing lost where there is none; meta refresh."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cunzhao.collect.batch import capture_batch
from cunzhao.collect.gathering import Report
from cunzhao.collect.page import failed_capture
from cunzhao.collect.types import Capture, EngineAsked
from cunzhao.egress.gate import Gate
from cunzhao.errors import BrowserFailed, BrowserMissing, ConnectFailed, CunzhaoError
from cunzhao.settings import Settings
from tests.choice.making import article, paragraphs, shell, with_cookie
from tests.choice.trying import browse as brings
from tests.collect.conftest import Save
from tests.collect.site import PNG, Site, redirect

SHELL = "<link rel=icon href=/i.png><div id=app></div><script src=/app.js></script>"
ARTICLE = shell(article(paragraphs()), head="<link rel=icon href=/i.png>")


def fill(site: Site) -> None:
    site.pages |= {"/shell.html": SHELL, "/static.html": ARTICLE, "/i.png": PNG, "/app.js": "1"}


def lacks(error: CunzhaoError, *, raised: bool):
    async def browse(given: str, report: Report, reason: str) -> Capture:
        if raised:
            raise error
        return replace(failed_capture(given, error, "browser"), engine_reason=reason)

    return browse


def test_a_page_that_needs_none_is_captured_without_the_browser_and_says_so(site: Site, save: Save):
    fill(site)
    asked: list[str] = []

    async def browse(given: str, report: Report, reason: str) -> Capture:
        asked.append(given)
        return await brings(given, report, reason)

    static, drawn = save(site.url("/static.html"), site.url("/shell.html"), engine="auto", browse=browse)
    assert (static.engine, static.engine_reason, static.verdict) == ("http", "static", "complete")
    assert (drawn.engine, drawn.engine_reason, drawn.verdict) == ("browser", "app-root", "complete")
    assert asked == [site.url("/shell.html")]
    assert site.times("/app.js") == 0  # the choice comes before the requisites are gathered


@pytest.mark.parametrize("raised", [True, False])
@pytest.mark.parametrize("error", [BrowserMissing("chromium"), BrowserFailed("page", detail="crashed")])
def test_where_no_browser_can_be_had_what_http_brought_is_kept_as_partial(
    error: CunzhaoError, raised: bool, site: Site, save: Save
):
    fill(site)
    [made] = save(site.url("/shell.html"), engine="auto", browse=lacks(error, raised=raised))
    assert (made.engine, made.engine_reason) == ("http", "app-root")
    assert (made.verdict, made.reason, made.error) == ("partial", "script-drawn", None)
    assert [(m.role, m.reason) for m in made.missing] == [("page", error.code)]
    assert made.page is not None and made.page.body.read() == SHELL.encode()
    assert {r.role for r in made.requisites} == {"icon", "script"}


def test_a_browser_that_reached_nothing_costs_nothing_of_what_http_has(site: Site, save: Save):
    fill(site)
    unreachable = lacks(ConnectFailed("x", host="x"), raised=False)
    [made] = save(site.url("/shell.html"), engine="auto", browse=unreachable)
    assert (made.verdict, [m.reason for m in made.missing]) == ("partial", ["connect-failed"])


def test_a_browser_that_came_no_further_than_a_redirect_costs_nothing_either(site: Site, save: Save):
    fill(site)

    async def browse(given: str, report: Report, reason: str) -> Capture:
        made = await brings(given, report, reason)
        error = ConnectFailed(given, host="x")
        return replace(made, verdict="unreachable", reason=error.code, error=error)

    [made] = save(site.url("/shell.html"), engine="auto", browse=browse)
    assert (made.engine, made.verdict, made.reason) == ("http", "partial", "script-drawn")
    assert [(m.role, m.reason) for m in made.missing] == [("page", "connect-failed")]


@pytest.mark.parametrize("raised", [True, False])
def test_a_browser_asked_for_and_missing_is_the_error_of_that_input(raised: bool, site: Site, save: Save):
    fill(site)
    [made] = save(
        site.url("/static.html"), engine="browser", browse=lacks(BrowserMissing("c"), raised=raised)
    )
    assert (made.engine, made.verdict, made.reason) == ("browser", "unreachable", "browser-missing")
    assert isinstance(made.error, BrowserMissing) and site.asked == []


def test_a_browser_asked_for_takes_every_page_and_no_bad_address(site: Site, save: Save):
    fill(site)
    good, bad = save(site.url("/static.html"), "ftp://x/a", engine="browser", browse=brings)
    assert (good.engine, good.engine_reason) == ("browser", "asked")
    assert (bad.verdict, bad.reason) == ("refused", "scheme-refused")


def test_http_asked_for_runs_no_script_and_tells_what_it_lacks(site: Site, save: Save):
    fill(site)
    site.pages["/images.html"] = shell(
        article(paragraphs() + "<img data-pid=7 class=pic>"), foot="<script>1</script>"
    )
    shell_, images, static = save(
        *(site.url(f"/{n}.html") for n in ("shell", "images", "static")), browse=brings
    )
    assert (shell_.engine, shell_.engine_reason, shell_.verdict) == ("http", "asked", "partial")
    assert (shell_.reason, images.reason, static.reason) == ("script-drawn", "script-images", "")


def test_a_script_check_is_tried_with_the_browser_and_stays_a_challenge_without(site: Site, save: Save):
    site.pages["/c.html"] = (412, {"Content-Type": "text/html"}, "<script>$_ts=1</script>")
    (by_browser,) = save(site.url("/c.html"), engine="auto", browse=brings)
    assert (by_browser.engine, by_browser.engine_reason) == ("browser", "script-check")
    (without,) = save(site.url("/c.html"), engine="auto", browse=lacks(BrowserMissing("c"), raised=True))
    assert (without.verdict, without.reason, without.engine) == ("challenge", "challenge", "http")


def test_pages_gone_or_behind_a_login_are_not_shown_to_the_browser_and_keep_their_requisites(
    site: Site, save: Save
):
    site.pages |= {
        "/gone.html": SHELL.replace("<div id=app></div>", "<p>您访问的页面不存在</p>"),
        "/art/12345.html": redirect("/login"),
        "/login": "<link rel=icon href=/i.png><title>登录</title><input type=password><script>1</script>",
        "/i.png": PNG, "/app.js": "1",
    }  # fmt: skip
    gone, wall = save(site.url("/gone.html"), site.url("/art/12345.html"), engine="auto", browse=brings)
    assert (gone.verdict, gone.engine, gone.reason) == ("soft-404", "http", "soft-404")
    assert (wall.verdict, wall.engine, wall.reason) == ("login", "http", "login-wall")
    assert len(gone.requisites) == 2 and len(wall.requisites) == 1


def test_the_reader_is_asked_in_doubt_only(site: Site, save: Save):
    fill(site)
    site.pages["/doubt.html"] = shell("<div class=q>通行费减半</div>", foot="<script>1</script>")
    asked: list[str] = []

    def main_text(exchange: object) -> str:
        asked.append(exchange.url)  # type: ignore[attr-defined]
        return "本周六起，长河大桥通行费减半收取。"

    urls = [site.url(f"/{name}.html") for name in ("doubt", "static", "shell")]
    made = save(*urls, engine="auto", browse=brings, main_text=main_text)
    assert asked == [site.url("/doubt.html")]
    assert [m.engine for m in made] == ["http", "http", "browser"]


# --- meta refresh -------------------------------------------------------------------------------------


def refresh(content: str, body: str = "") -> str:
    return f'<html><head><meta http-equiv=Refresh content="{content}"></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "content",
    ["0;url=real.html", "0; URL='real.html'", "3;url=/real.html", "0.5 ; real.html", "1,url=real.html"],
)
def test_a_meta_refresh_is_followed_as_a_redirect_and_each_page_is_kept(content: str, site: Site, save: Save):
    site.pages |= {"/p.html": refresh(content, "正在跳转"), "/real.html": ARTICLE, "/i.png": PNG}
    [made] = save(site.url("/p.html"))
    assert (made.verdict, made.final_url) == ("complete", site.url("/real.html"))
    assert [e.url for e in made.exchanges] == [site.url("/p.html"), site.url("/real.html")]
    assert b"Referer: " + site.url("/p.html").encode() in made.exchanges[1].request_head


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("300", ""), ("0", ""), ("0;url=p.html", ""), ("0;url=#top", ""), ("30;url=other.html", ""),
        ("5;url=other.html", paragraphs()), ("0;url=javascript:void(0)", ""), ("x;url=", ""),
    ],
)  # fmt: skip
def test_a_page_that_reloads_itself_or_is_meant_to_be_read_is_the_page(
    content: str, body: str, site: Site, save: Save
):
    site.pages |= {"/p.html": refresh(content, body), "/other.html": "<p>x"}
    [made] = save(site.url("/p.html"))
    assert (
        made.final_url == site.url("/p.html")
        and site.times("/other.html") == 0
        and made.verdict == "complete"
    )


def test_a_refresh_inside_noscript_is_for_others(site: Site, save: Save):
    site.pages |= {
        "/p.html": "<noscript><meta http-equiv=refresh content='0;url=n.html'></noscript>" + ARTICLE
    }
    [made] = save(site.url("/p.html"))
    assert made.final_url == site.url("/p.html") and site.times("/n.html") == 0


def test_a_refresh_that_leads_nowhere_leaves_the_page_and_says_so(site: Site, save: Save):
    site.pages |= {"/p.html": refresh("0;url=http://10.0.0.1/x", "马上就来"), "/i.png": PNG}
    [made] = save(site.url("/p.html"))
    assert (made.verdict, made.reason, made.final_url) == ("partial", "address-refused", site.url("/p.html"))
    assert [(m.url, m.role) for m in made.missing] == [("http://10.0.0.1/x", "page")]


def test_pages_that_send_each_other_round_end(site: Site, save: Save):
    site.pages |= {"/a.html": refresh("0;url=b.html"), "/b.html": refresh("0;url=a.html")}
    [made] = save(site.url("/a.html"))
    assert (made.verdict, made.reason) == ("partial", "redirect-loop") and len(site.asked) <= 3


def test_a_refresh_with_a_new_cookie_passes_and_the_cookie_is_known(site: Site, save: Save):
    check = with_cookie("seen=1", ARTICLE, (200, {"Set-Cookie": "seen=1"}, refresh("0;url=?again=1")))
    site.pages |= {"/p.html": check, "/p.html?again=1": check, "/i.png": PNG}
    [made] = save(site.url("/p.html"))
    assert (made.verdict, len(made.exchanges)) == ("complete", 2)
    assert b"\r\nCookie: seen=1\r\n" in made.exchanges[1].request_head


def test_refreshes_count_as_redirects(site: Site, save: Save):
    site.pages |= {f"/{n}.html": refresh(f"0;url={n + 1}.html", f"{n}") for n in range(9)}
    [made] = save(site.url("/0.html"), max_redirects=4)
    assert made.verdict == "partial" and made.reason == "redirect-loop" and len(site.asked) <= 7


# --- the real browser ---------------------------------------------------------------------------------


def real(urls: list[str], home: Path, engine: EngineAsked) -> list[Capture]:
    settings = Settings(home=home, allow_hosts=("127.0.0.1",), renditions=("dom",))
    with Gate(settings) as gate:
        made = dict(capture_batch(urls, settings=settings, gate=gate, engine=engine))
    return [made[n] for n in range(len(urls))]


def test_the_real_browser_gets_through_a_script_check_and_brings_what_is_drawn(site: Site, tmp_path: Path):
    drawn = "<div id=app></div><script>document.getElementById('app').innerHTML='<p>正文由脚本画出。</p>'</script>"
    script = "<script>$_ts=1;document.cookie='pass=1;path=/';location.reload()</script>"
    site.pages |= {
        "/check.html": with_cookie("pass=1", ARTICLE, (412, {}, script)),
        "/drawn.html": drawn, "/static.html": ARTICLE, "/i.png": PNG,
    }  # fmt: skip
    check, shown, static = real(
        [site.url(f"/{n}.html") for n in ("check", "drawn", "static")], tmp_path, "auto"
    )
    assert (check.engine, check.engine_reason, check.verdict) == ("browser", "script-check", "complete")
    assert check.page is not None and check.page.status == 200
    assert (shown.engine, shown.engine_reason) == ("browser", "app-root")
    assert "正文由脚本画出。" in shown.renditions[0].body.read().decode()
    assert (static.engine, static.renditions) == ("http", ())
    for made in (check, shown, static):
        assert made.conditions is not None and made.conditions.session["program"]["name"] == "cunzhao"
    assert check.conditions is not None and check.conditions.session["browser"]["version"]
    assert static.conditions is not None and static.conditions.session["browser"] is None


def test_a_program_that_is_no_browser_is_told_and_costs_auto_nothing(site: Site, tmp_path: Path):
    fill(site)
    settings = Settings(home=tmp_path, allow_hosts=("127.0.0.1",), browser=str(tmp_path / "none"))
    urls = [site.url("/shell.html"), site.url("/static.html")]
    with Gate(settings) as gate:
        auto = dict(capture_batch(urls, settings=settings, gate=gate, engine="auto"))
        asked = dict(capture_batch(urls[1:], settings=settings, gate=gate, engine="browser"))
    assert [auto[n].verdict for n in (0, 1)] == ["partial", "complete"]
    assert [m.reason for m in auto[0].missing] == ["browser-missing"]
    assert isinstance(asked[0].error, BrowserMissing)
