"""Verdicts from what came back. Near misses stand beside what they are near to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cunzhao.collect.page_references import parse
from cunzhao.collect.sight import sight_of
from cunzhao.collect.types import Body, Exchange
from cunzhao.collect.verdict import Judged, judge

ART = "http://www.qinghe.example/art/2026/3/5/art_1229_59870.html"
LONG = (
    "<p>青禾县召开推进会，部署下一阶段任务，要求各镇街道倒排工期、挂图作战，确保年底前全部建成投用。</p>" * 9
)
SHORT = "<p>因系统升级，本周六上午暂停办理业务，敬请谅解。</p>"
NAV = "".join(
    f"<a href=/{n}>{w}</a>" for n, w in enumerate(("首页", "新闻", "政务公开", "办事", "登录", "注册"))
)
TITLES = (
    "<ul>" + "".join(f"<li><a href={n}>关于公布第{n}批示范项目名单的通知</a>" for n in range(12)) + "</ul>"
)


def exchange(url: str, status: int = 200, body: str = "x", **headers: str) -> Exchange:
    return Exchange(
        id="0", url=url, started=datetime.now(UTC), seconds=0, peer=None, request_head=b"", response_head=b"",
        status=status, headers=tuple((k.replace("_", "-"), v) for k, v in headers.items()), body=Body([body.encode()]),
    )  # fmt: skip


def judged(html: str | None, status: int = 200, asked: str = ART, *hops: str, **headers: str) -> Judged:
    """The last of `hops` answers; a redirect led from each address to the next."""
    urls = [asked, *hops]
    chain = [exchange(url, 302) for url in urls[:-1]] + [exchange(urls[-1], status, html or "", **headers)]
    return judge(asked, chain, sight_of(parse(html)) if html else None)


def page(body: str, title: str = "青禾县人民政府") -> str:
    return f"<html><head><title>{title}</title></head><body>{NAV}{body}<div class=footer>主办单位：青禾县人民政府办公室</div></body></html>"


@pytest.mark.parametrize(
    ("html", "status", "verdict", "reason"),
    [
        # what the status says
        (page(LONG), 200, "complete", ""),
        (page(SHORT), 200, "complete", ""),
        (page(TITLES), 200, "complete", ""),
        (page(LONG), 203, "complete", ""),
        (page(SHORT), 404, "error", "http-status"),
        (page(LONG), 404, "error", "http-status"),
        (page("<p>已移除"), 410, "error", "http-status"),
        (page("<p>Bad Gateway"), 502, "error", "http-status"),
        (page("<p>服务器维护中"), 503, "error", "http-status"),
        (page("<p>禁止访问"), 403, "error", "http-status"),
        (page(LONG), 500, "error", "http-status"),
        (page("<p>请登录", "登录"), 401, "login", "login-wall"),
        ("<p>x", 304, "error", "http-status"),
        # script checks
        ("<script>$_ts=window['$_ts']</script>", 412, "challenge", "challenge"),
        (page(LONG), 412, "challenge", "challenge"),
        ("<script>document.cookie='__jsl_clearance=1'</script>", 521, "challenge", "challenge"),
        ("<html><script>var arg1='AB';document.cookie='acw_sc__v2=1';document.location.reload()</script></html>", 200, "challenge", "challenge"),
        ("<html><script>document.cookie='sid=1';location.reload()</script></html>", 200, "challenge", "challenge"),
        ("<html><title>安全验证</title><body><p>请完成下方验证后继续访问</p><script src=v.js></script></body></html>", 200, "challenge", "challenge"),
        ("<html><title>Just a moment...</title><body><script src=/cdn-cgi/challenge-platform/x.js></script></body></html>", 403, "challenge", "challenge"),
        ("<html><title>滑动验证</title><body>拖动滑块完成拼图<script>initGeetest({})</script></body></html>", 200, "challenge", "challenge"),
        ("<html><body>您的访问过于频繁，请稍后再试<script>1</script></body></html>", 200, "challenge", "challenge"),
        ("<html><body>访问过于频繁</body></html>", 429, "challenge", "challenge"),
        ("<html><body>请求过于频繁，请输入验证码<img src=c.png><script>1</script></body></html>", 403, "challenge", "challenge"),
        ("<html><body>网络环境存在异常，请完成验证<script src=a.js></script></body></html>", 200, "challenge", "challenge"),
        ("<html><body>请稍候<script src=check.js></script></body></html>", 503, "challenge", "challenge"),
        # and what is near to them
        (page(LONG.replace("推进会", "网络安全验证平台推进会")) + "<script>1</script>", 200, "complete", ""),
        (page("<h1>滑动验证码为何越来越难</h1>" + LONG) + "<script>initGeetest()</script>", 200, "complete", ""),
        (page("<p>人机验证功能已上线，市民可在办事大厅体验。</p>" * 9) + "<script>1</script>", 200, "complete", ""),
        (page(SHORT) + "<script>document.cookie='seen=1'</script>", 200, "complete", ""),
        (page(LONG) + "<script>if(window.m){document.cookie='a=1';location.href='/m'}</script>", 200, "complete", ""),
        ("<html><body><div id=app></div><script src=app.js></script></body></html>", 200, "complete", ""),
        ("<html><head><script>location.href='real.html'</script></head></html>", 200, "complete", ""),
        (page("<p>访问过于频繁会怎样？平台的答复如下。</p>" + LONG), 200, "complete", ""),
        (page("<p>现将有关要求印发，请遵照执行。</p><a href=a.pdf>附件</a><script>1</script>", "关于开展燃气器具安全验证工作的通知"), 200, "complete", ""),
        (page("<p>请各单位加强值守，发现问题及时报告。</p><script>1</script>", "关于防范网络环境异常的通告"), 200, "complete", ""),
        (page("<form>查询编号<input>请输入验证码<input><img src=code.jsp></form><script>1</script>", "县长信箱-信件查询"), 200, "complete", ""),
        (page("<p>征集时间为三月一日至四月一日，欢迎社会各界提出意见，来信请注明联系方式，截止后统一答复并公布采纳情况。</p><textarea></textarea><script>initGeetest({})</script>", "养犬管理办法征求意见"), 200, "complete", ""),
        ("<html><title>安全提示</title><body>请完成验证<script src=v.js></script></body></html>", 200, "challenge", "challenge"),
        # login walls
        (page("<p>请登录后查看全文</p>"), 200, "login", "login-wall"),
        (page("<div>您还没有登录，请先登录。</div>"), 200, "login", "login-wall"),
        (page("<p>本文仅限会员阅读</p>"), 200, "login", "login-wall"),
        (page("<p>登录已超时</p><form><input name=u><input type=password></form>"), 200, "login", "login-wall"),
        (page("<form>用户名<input>密码<input type=password><button>登录</button></form>", "用户登录 - 青禾县"), 200, "login", "login-wall"),
        (page("<form>密码<input type=password></form>请先登录", "统一身份认证平台"), 403, "login", "login-wall"),
        # and what is near to them
        (page("<form class=login><input type=password></form>" + LONG), 200, "complete", ""),
        (page("<form class=login><input type=password></form>" + TITLES, "青禾县门户"), 200, "complete", ""),
        (page("<h1>政务服务网登录方式调整的通知</h1><p>自五月一日起，市民须用电子社保卡登录后查看个人账单，原密码停用。</p>" + LONG), 200, "complete", ""),
        (page("<p>登录平台的市民超过十万。</p>"), 200, "complete", ""),
        (page("<h1>台风登陆后的救援</h1>" + SHORT, "登陆点附近转移三千人"), 200, "complete", ""),
        (page("<p>县消防救援大队今日举行应急演练，共有二百余人参加。</p><div class=comment>请登录后发表评论</div>"), 200, "complete", ""),
        (page("<video src=a.mp4></video><p>您还没有登录，登录后可参与互动</p>"), 200, "complete", ""),
        (page("<p>申报人请登录后填报信息，逾期不予受理。</p>"), 200, "complete", ""),
        (page("<p>请登录后查看全文，参与评论</p>"), 200, "login", "login-wall"),
        # gone, with status 200
        (page("<h2>页面不存在</h2>", "页面不存在"), 200, "soft-404", "soft-404"),
        (page("<p>您访问的页面不存在或已被删除</p>"), 200, "soft-404", "soft-404"),
        (page("<p>抱歉，您要查看的文章已被删除。</p>"), 200, "soft-404", "soft-404"),
        (page("<p>该文章已被删除</p>"), 200, "soft-404", "soft-404"),
        (page("<p>该信息不存在！</p>", "提示信息"), 200, "soft-404", "soft-404"),
        (page("<h1>404</h1><p>5秒后返回首页</p>", "404 Not Found"), 200, "soft-404", "soft-404"),
        (page("<p>对不起，此页面已下线。</p>", "错误"), 200, "soft-404", "soft-404"),
        (page("<p>The page you requested could not be found.</p>"), 200, "soft-404", "soft-404"),
        (page("<p>没有找到您要的页面</p>" + TITLES[:400]), 200, "soft-404", "soft-404"),
        (page("<p>链接已失效</p>"), 200, "soft-404", "soft-404"),
        (page("<p>参数错误</p>"), 200, "soft-404", "soft-404"),
        # and what is near to them
        (page("<h1>“404基地”的建设者</h1>" + LONG, "404基地的建设者_青禾新闻"), 200, "complete", ""),
        (page("<h1>404厂旧址列入保护名录</h1>" + LONG, "404厂旧址列入保护名录"), 200, "complete", ""),
        (page("<p>该文件已失效，由新办法替代，原项目继续执行至年底为止，有关单位应做好衔接工作。</p>" * 3), 200, "complete", ""),
        (page("<p>经查，网传“青禾县停水三天”的信息不存在，请广大市民不信谣、不传谣。自来水公司供水正常，各镇水压稳定，市民可以放心使用；如遇停水将提前公告，并安排应急送水车到各小区服务群众。</p>"), 200, "complete", ""),
        (page("<h1>提示信息</h1>" + LONG, "提示信息公开目录"), 200, "complete", ""),
        (page("<p>抱歉的是，大桥当晚未能如期通车。</p>"), 200, "complete", ""),
        (page(LONG + "<p>您访问的页面不存在</p>"), 200, "complete", ""),
        (page("<p>如页面打不开或找不到，请更换浏览器后重试，咨询电话见页底。</p>" + TITLES * 2), 200, "complete", ""),
    ],
)  # fmt: skip
def test_a_page_is_judged_by_its_status_and_its_few_words(html: str, status: int, verdict: str, reason: str):
    found = judged(html, status)
    assert (found.verdict, found.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("asked", "final", "html", "verdict"),
    [
        (ART, "http://www.qinghe.example/", page(TITLES), "soft-404"),
        (ART, "http://www.qinghe.example/index.html", page(TITLES), "soft-404"),
        (ART, "https://qinghe.example/", page(TITLES), "soft-404"),
        (ART, "http://www.qinghe.example/404.html", page("<p>走丢了"), "soft-404"),
        (ART, "http://www.qinghe.example/error", page(LONG), "soft-404"),
        ("http://www.qinghe.example/show.php?id=88", "http://www.qinghe.example/", page(TITLES), "soft-404"),
        # near to them
        ("http://www.qinghe.example/", "http://www.qinghe.example/index.html", page(TITLES), "complete"),
        ("http://www.qinghe.example/zwgk/", "http://www.qinghe.example/", page(TITLES), "complete"),
        ("http://qinghe.example/", "https://www.qinghe.example/", page(TITLES), "complete"),
        (ART, ART.replace("http:", "https:"), page(LONG), "complete"),
        ("http://t.example/a3f9k2", "http://www.qinghe.example/", page(TITLES), "complete"),
        (ART, "http://www.qinghe.example/art/2026/3/6/art_1.html", page(LONG), "complete"),
        ("http://www.qinghe.example/404.html", "http://www.qinghe.example/404.html", page(SHORT), "complete"),
        # login
        (ART, "http://www.qinghe.example/login?from=art", page("<input type=password>"), "login"),
        (ART, "https://passport.qinghe.example/", page("<input type=password>"), "login"),
        (ART, "http://www.qinghe.example/cas/login", page("<p>用户名"), "login"),
        # near to them
        ("http://www.qinghe.example/login", "http://www.qinghe.example/login", page("<input type=password>", "登录"), "complete"),
        (ART, "http://www.qinghe.example/sso/callback/art_1.html", page(LONG), "complete"),
        ("http://sso.qinghe.example/", "http://sso.qinghe.example/login", page("<input type=password>"), "complete"),
    ],
)  # fmt: skip
def test_where_an_address_leads_tells_a_wall_or_a_soft_404(asked: str, final: str, html: str, verdict: str):
    assert judged(html, 200, asked, *([final] if final != asked else [])).verdict == verdict


def test_a_cookie_of_a_script_check_on_a_page_without_words_is_one():
    bare = "<html><body><script src=/check.js></script></body></html>"
    assert judged(bare, Set_Cookie="__jsluid_s=7; path=/").verdict == "challenge"
    assert judged(bare, Set_Cookie="JSESSIONID=7; path=/").verdict == "complete"
    assert judged(page(LONG), Set_Cookie="__jsluid_s=7; path=/").verdict == "complete"


def test_an_empty_answer_is_no_page_and_a_file_is_judged_by_its_status():
    assert judged(None).reason == "empty"
    pdf = exchange(ART.replace(".html", ".pdf"), 200, "%PDF-1.4 页面不存在")
    assert judge(pdf.url, [pdf], None) == Judged("complete")
    assert judge(pdf.url, [exchange(pdf.url, 404, "%PDF")], None).verdict == "error"


def test_an_error_names_what_the_user_gave():
    gone = judged(page("<p>该文章已被删除</p>"))
    assert gone.error is not None and gone.error.input == ART and "不存在" in gone.error.text("zh")
