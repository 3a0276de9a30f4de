"""What an answer is, as far as it can be told: the page, a script check, a login wall, an error, a soft 404.

Precision first: a page is called complete unless its status, its address or its few words say otherwise. A
long text is never a wall, whatever words it uses; a report on a 404 is a report. Words stand as data below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from cunzhao.collect.names import any_of
from cunzhao.collect.sight import Sight
from cunzhao.collect.types import Exchange, Verdict
from cunzhao.errors import Challenge, CunzhaoError, EmptyInput, HttpStatus, LoginWall, SoftNotFound

#: A page with more free text than this (characters without white space, outside links) is what it shows.
_WALL, _NOTICE, _HARDLY, _SCRIPT_ONLY = 400, 260, 90, 80

_CHECK_STATUS = (412, 521)  # Chinese sites answer so with a page that only runs a script
_MAYBE_CHECK_STATUS = (202, 401, 403, 405, 418, 429, 503)
_CHECK_MARKS = re.compile(
    r"acw_sc__v\d|\$_ts\b|__jsl_clearance|_waf_\w+|cf-browser-verification|cf_chl_|_cf_chl|challenge-platform|"
    r"aliyun_waf|aliyunwaf|EO_Bot|__tst_status|probe\.js|yidun|geetest|initgeetest|TencentCaptcha|TCaptcha|"
    r"awsc|nocaptcha|captcha-delivery|ngx_lua_waf|safeline|wzws_\w+"
)
_CHECK_COOKIES = re.compile(
    r"\b(?:acw_sc__v\d|__jsl_clearance\w*|__jsluid\w*|wzws\w+|FSSBBIl1UgzbN7N\w*|cf_chl\w*)="
)
_CHECK_WORDS = re.compile(
    r"请稍[候后等]\W*$|安全验证|人机验证|滑动(?:滑块|验证|以完成)|拖动(?:下方|滑块)|(?:点击|完成)(?:下方|以下)?(?:按钮)?(?:进行|完成)?验证|"
    r"(?:访问|操作|请求)(?:过于|太|过)?频繁|(?:请求|访问|行为|网络环境)(?:存在)?异常|请输入(?:图形|图中|图片)?(?:的)?验证码\S{0,4}?(?:继续|访问|浏览)|"
    r"正在(?:进行)?(?:安全)?(?:检[测查]|验证)(?:您的|你的)?(?:浏览器|访问|环境)|浏览器安全检查|"
    r"just a moment|checking your browser|verify (?:that )?you are (?:a )?human|attention required",
    re.IGNORECASE,
)
#: The title of a document, which may speak of checks.
_DOCUMENT = re.compile(r"关于|(?:通知|公告|通告|通报|公示|办法|方案|解读)(?:$|\W)")
_LOGIN_PATH = re.compile(
    r"(?:^|/)(?:log-?in|sign-?in|user/?login|passport|cas|sso|oauth2?|auth|dologin|tologin|userlogin|denglu)"
    r"(?:[/._?-]|$)",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(r"^(?:passport|login|sso|cas|auth|id|account|accounts)\.", re.IGNORECASE)
_LOGIN_TITLE = re.compile(
    r"^\W*(?:用户|会员|账号|系统|统一身份认证|统一)?(?:登[录陆]|身份认证|sign ?in|log ?in)\b|统一身份认证",
    re.IGNORECASE,
)
_LOGIN_WORDS = re.compile(
    r"(?:请(?:先)?|需要?|必须)(?:您)?(?:先)?登[录陆](?:后|之后|才能?|方可|以|查看|阅读|再|，|。|！|!|$)|登[录陆]后(?:才能|方可|可|即可|可以)?(?:查看|阅读|浏览|访问)|"
    r"(?:您|你)(?:还)?(?:没有|未|尚未)登[录陆]|(?:登[录陆]|会话)(?:已)?(?:超时|过期|失效)|仅(?:限)?(?:注册|登[录陆])?(?:会员|用户)(?:可见|查看|阅读)|"
    r"please (?:log|sign) ?in to (?:view|read|continue|see)",
    re.IGNORECASE,
)
#: What a login is asked for beside: not to read the page, but to add to it.
_TO_TAKE_PART = re.compile(
    r"\W{0,2}[^\s，。；！？查看阅浏]{0,10}?(?:评论|发表|留言|跟帖|点赞|收藏|互动|投票|填报|申报)"
)
_GONE_TITLE = any_of(
    r"^\W*(?:404\b|error ?404|http ?(?:status )?404|410\b|not found\b|page not found)",
    r"^\W*页面(?:不存在|未找到|没有找到|找不到|丢失|已删除|走丢|出错|错误)",
    r"^\W*(?:您|你)(?:所)?(?:访问|浏览|查看|要找|要访问)的(?:页面|网页|内容|文章|信息)",
    r"^\W*找不到(?:页面|网页|该页|您)",
    r"^\W*(?:文章|信息|内容|稿件|新闻)(?:不存在|已删除|已被删除|已下线)",
    r"^\W*(?:(?:错误|出错|提示信息|系统提示|信息提示|温馨提示)\W*$|抱歉)",
)
_GONE_TITLE_VAGUE = re.compile(r"^\W*(?:错误|出错|提示信息|系统提示|信息提示|温馨提示|抱歉)", re.IGNORECASE)
_THING = r"(?:页面|网页|文章|信息|内容|稿件|新闻|文件|资源|帖子|链接|栏目|网址|地址|文档|数据|记录)"
_GONE = (
    r"(?:不存在|未找到|没有找到|找不到|无法找到|已(?:经)?(?:被)?(?:删除|移除|下线|撤下|屏蔽)|"
    r"走丢|飞走|丢失|失联)"
)
#: Said to the visitor; a document hardly ever says so.
_GONE_WORDS = re.compile(
    rf"(?:您|你)(?:所)?(?:要)?(?:访问|请求|浏览|查看|查找|寻找|找|打开)的{_THING}\S{{0,12}}?(?:{_GONE}|已过期|已失效)|"
    rf"(?:抱歉|对不起|很遗憾|sorry|哎呀|啊哦|糟糕)\S{{0,12}}?{_THING}\S{{0,8}}?(?:{_GONE}|已过期|已失效)|"
    r"(?:找不到|没有找到|未找到)(?:您|你)\S{0,8}?(?:页面|网页|内容|文章|信息)|"
    r"^\W*404\W|404\W{0,3}(?:not found|错误|页面|file not found|找不到)|"
    r"the (?:page|file|requested url)\b.{0,60}?(?:not found|does not exist|could not be found|no longer)",
    re.IGNORECASE,
)
#: Said of a thing: a page that says hardly anything else is gone, but a document may say it of another.
_GONE_WORDS_WEAK = re.compile(
    rf"(?:该|此|本|这个|这篇|当前){_THING}\S{{0,6}}?{_GONE}|^\W*{_THING}(?:可能)?{_GONE}|"
    rf"(?:找不到|没有找到|未找到)(?:该|此|相关|这个|对应)\S{{0,8}}?{_THING}|"
    r"(?:链接|网址|页面|网页)(?:地址)?(?:已)?(?:失效|过期)|(?:非法|无效)的?(?:参数|访问|请求|链接)(?:\W|$)|"
    r"参数(?:错误|不正确)(?:\W|$)|(?:没有|暂无)(?:查看|访问|浏览)(?:该|此)\S{0,6}?的?权限",
    re.IGNORECASE,
)
_GONE_PATH = re.compile(
    r"(?:^|/)(?:404|40[34]page|not-?found|error|err|page_?error|404error|wrong|expired?)(?:\.\w+|/|_\w+)?/?$",
    re.IGNORECASE,
)
_HOME_PATH = re.compile(r"^/?(?:index|default|home|main)?(?:\.\w{2,5})?/?$", re.IGNORECASE)
#: Addresses of one article: a number of at least four digits, or a file that is no index.
_ARTICLE_PATH = re.compile(
    r"\d{4,}|/(?!index|default|home|main|list)[\w-]{3,}\.(?:s?html?|jspx?|aspx?|php)$|[?&]\w*id=\w+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """`error` is what to tell the user; None for a complete page."""

    verdict: Verdict
    error: CunzhaoError | None = None

    @property
    def reason(self) -> str:
        return self.error.code if self.error else ""


def judge(given: str, exchanges: Sequence[Exchange], sight: Sight | None) -> Judged:
    """The verdict of an answer: `exchanges` are the page's, redirects first; `sight` is what its HTML shows
    (of the DOM after scripts, where a browser ran them), None for what is no HTML. `given` names the input
    in errors. Missing requisites are not asked about: a complete page may become partial.
    """
    page = exchanges[-1]
    if _is_check(page, exchanges, sight):
        return Judged("challenge", Challenge(given, status=page.status))
    walled = sight is not None and _is_login(exchanges, sight)
    if page.status == 401 or (page.status == 403 and walled):
        return Judged("login", LoginWall(given))
    if not 200 <= page.status < 300:
        return Judged("error", HttpStatus(given, status=page.status, phrase=_phrase(page.status)))
    if not page.body.length:
        return Judged("error", EmptyInput(given))
    if sight is None:
        return Judged("complete")
    if walled:
        return Judged("login", LoginWall(given))
    if _is_gone(exchanges, sight):
        return Judged("soft-404", SoftNotFound(given))
    return Judged("complete")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


# --- script checks ------------------------------------------------------------------------------------


def _is_check(page: Exchange, exchanges: Sequence[Exchange], sight: Sight | None) -> bool:
    if page.status in _CHECK_STATUS:
        return True
    if sight is None or not (200 <= page.status < 300 or page.status in _MAYBE_CHECK_STATUS):
        return False
    short = len(sight.text) < _WALL and sight.prose < _NOTICE
    scripted = bool(sight.scripts or sight.outer_scripts)
    if not short or sight.titles > 3:
        return False
    # Sites behind such a check carry its script on every page: one that says something is no check.
    says_check = (
        len(sight.text) < _SCRIPT_ONLY
        or page.status >= 400
        or _CHECK_WORDS.search(f"{sight.title} {sight.text}")
    )
    if scripted and says_check and _CHECK_MARKS.search(sight.scripts):
        return True
    if scripted and _sets_and_reloads(sight):
        return True
    if scripted and len(sight.text) < _SCRIPT_ONLY and _set_cookies(page, _CHECK_COOKIES):
        return True
    if _DOCUMENT.search(sight.title) and page.status < 400:
        return False
    if _CHECK_WORDS.search(sight.title) and sight.free < _NOTICE:
        return True
    if page.status >= 400 and scripted and len(sight.text) < _SCRIPT_ONLY:
        return True
    found = _CHECK_WORDS.search(sight.text)
    return (
        bool(found)
        and sight.prose < _HARDLY
        and sight.free < _NOTICE
        and (scripted or page.status >= 400)
        and not sight.images > 2
    )


def _sets_and_reloads(sight: Sight) -> bool:
    """A page with hardly a word that sets a cookie by script and asks for itself again."""
    if len(sight.text) >= _SCRIPT_ONLY:
        return False
    sets = "document.cookie" in sight.scripts or "\\x63\\x6f\\x6f\\x6b\\x69\\x65" in sight.scripts
    return sets and bool(
        re.search(r"location\.(?:reload|href|replace)|location\s*=|location\[", sight.scripts)
    )


def _set_cookies(page: Exchange, names: re.Pattern[str]) -> bool:
    return any(k.lower() == "set-cookie" and names.search(v) for k, v in page.headers)


# --- login walls --------------------------------------------------------------------------------------


def _is_login(exchanges: Sequence[Exchange], sight: Sight) -> bool:
    asked, final = exchanges[0].url, exchanges[-1].url
    if _leads_to_login(asked):  # what was asked for is the login page itself
        return False
    if sight.prose >= _WALL or sight.free >= 2 * _WALL:
        return False
    sent = _page_of(asked) != _page_of(final)
    if sent and _leads_to_login(final) and (sight.password or sight.free < _WALL):
        return True
    if _asks_to_log_in(sight.text) and sight.prose < _NOTICE and sight.free < _WALL and sight.titles <= 5:
        return True
    titled = _LOGIN_TITLE.search(sight.title)
    return (
        sight.password and bool(titled) and sight.free < _NOTICE and sight.titles <= 5 and _is_article(asked)
    )


def _asks_to_log_in(text: str) -> bool:
    """Says the text that it can be read after a login only? (To comment on it is another thing.)"""
    return any(not _TO_TAKE_PART.match(text, found.end()) for found in _LOGIN_WORDS.finditer(text))


def _leads_to_login(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_LOGIN_PATH.search(parts.path) or _LOGIN_HOST.search(parts.hostname or ""))


# --- soft 404 -----------------------------------------------------------------------------------------


def _is_gone(exchanges: Sequence[Exchange], sight: Sight) -> bool:
    asked, final = exchanges[0].url, exchanges[-1].url
    if _page_of(asked) != _page_of(final) and _sent_away(asked, final):
        return True
    if sight.prose >= _NOTICE or sight.titles > 20:
        return False
    if _GONE_TITLE.search(sight.title):
        vague = bool(_GONE_TITLE_VAGUE.search(sight.title)) or len(sight.title) > 40
        return not vague or _says_gone(sight)
    return sight.free < _WALL and _says_gone(sight)


def _says_gone(sight: Sight) -> bool:
    hardly = sight.prose + sight.notes < _HARDLY and sight.images < 3
    return bool(_GONE_WORDS.search(sight.text)) or (hardly and bool(_GONE_WORDS_WEAK.search(sight.text)))


def _sent_away(asked: str, final: str) -> bool:
    """An article's address that leads to the site's home page, or any that leads to its error page."""
    path, came = urlsplit(asked).path, urlsplit(final).path
    if _GONE_PATH.search(came) and not _GONE_PATH.search(path):
        return True
    home = bool(_HOME_PATH.fullmatch(came)) and not urlsplit(final).query
    return home and not _HOME_PATH.fullmatch(path) and _is_article(asked) and _same_site(asked, final)


def _is_article(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_ARTICLE_PATH.search(unquote(parts.path) + (f"?{parts.query}" if parts.query else "")))


def _same_site(one: str, other: str) -> bool:
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.") for url in (one, other)]
    return hosts[0] == hosts[1]


def _page_of(url: str) -> str:
    """The address without scheme: from http to https is no other page."""
    parts = urlsplit(url)
    return f"{parts.netloc.removesuffix(':80').removesuffix(':443')}{parts.path.rstrip('/')}?{parts.query}"
