"""Phrases of Chinese sites that stand round a text and are none: data of the language, for `cleaning`."""

from __future__ import annotations

import re
from functools import lru_cache

_LABEL = (
    r"发布日期|发布时间|发布机构|发布单位|发布人|发布者|发布于|发稿时间|发表时间|发表于|更新时间|更新日期|时间|日期|信息来源|文章来源|稿件来源|"
    r"内容来源|来源|稿源|作者|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读数|阅读|点击次数|点击数|点击率|点击|访问量|访问次数|"
    r"字体|字号|字体大小|大小|编辑|责编|责任编辑|审核|审核人|校对|初审|复审|终审|监制|打印|分享|分享到|收藏|关闭|索引号|"
    r"信息索引号|主题分类|文字大小|视力保护色|保护视力|背景色|朗读|评论|纠错|供稿|上传|录入|录入者|签发|文章关键词|关键词|标签|热词搜索|"
    r"發佈時間|發布時間|更新時間|來源|瀏覽"
)
#: A label of an information line: `发布日期：`, `【来源】：`.
_INFORMATION = re.compile(rf"[【\[（(]?\s*(?:{_LABEL})\s*[】\]]?\s*[：:]")
BUTTONS = re.compile(
    r"""
    (?:[\s\[\]【】（）()|｜·:：/＋+\-—>＞»<＜«]|打印(?:本页|此页|文章)?|关闭(?:窗口|本页|此页)?|分享(?:到|
    至)?|收藏(?:本页)?|返回(?:顶部|列表|首页|上页|上一页)?|字体|字号|小字号|大字号|超大|大|中|小|默认|
    放大|缩小|微信好友|微信|微博|新浪微博|新浪|腾讯微博|QQ空间|QQ好友|QQ|人人网|豆瓣|朋友圈|好友和朋友圈|
    复制链接|更多|朗读|我要纠错|纠错|我要反馈|反馈|保存网页|举报|加入收藏|保存|下载|扫一扫(?:[，,]?(?:在|
    用)?手机上?(?:打开|浏览|查看)当前页)?|二维码|点赞|顶一下|踩一下|挑错|推荐|我要评论|评论|无障碍|繁体|
    简体|(?:浏览|阅读|点击|访问)(?:次数|量|数)?|参与|人|次|\d|首页|上一[篇页版条期]|下一[篇页版条期]|无|
    没有了|视力保护色|A\+|A-|Aa|TOP|Facebook|Twitter|WhatsApp|Email|Print|Share(?:\ this)?(?:\ with)?|
    Copy\ link)++
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SOURCE_NOTE = re.compile(r"[（(]?\s*(?:信息来源|来源|文章来源|稿件来源)\s*[：:]")
BANNER = re.compile(
    r"""
    今天是.*|当前位置.*|您?现在的位置.*|您的位置.*|所在位置.*|位置[：:].*|首页\s*[>＞»›/].*|(?:打开|
    下载).{0,12}(?:APP|客户端).{0,40}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ROLE = re.compile(
    r"""
    (?:责任编辑|责编|编辑|编审|审核|校对|一审|二审|三审|初审|复审|终审|监制|供稿|录入|上传|主编|值班主任|
    值班编委|统筹|策划|美编|排版|文字编辑|网络编辑|本文编辑|本期编辑|新媒体编辑|實習編輯|責任編輯|編輯|
    Editor)(?P<colon>\s*[】\]]?\s*[：:/丨|])?
    """,
    re.VERBOSE,
)
_NAMES = re.compile(r"[\w·、，,/\s丨|（(）)【】\[\];；.]{0,26}")
STEP = re.compile(
    r"""
    [【\[]?(?:上一篇|下一篇|上一页|下一页|上一条|下一条|前一篇|后一篇|上篇|下篇)[】\]]?\s*[：:].*|←.*|
    返回搜狐.*|(?:本文|原文|文章)?(?:网址|链接|地址|連結)(?:地址)?[：:]\s*https?://\S+
    """,
    re.VERBOSE,
)
STATEMENT = re.compile(
    r"""
    [【\[（(*※\s]*(?:(?:特别|免责|版权|平台|郑重|重要|本网|本站|法律)声明|声明[：:]|Notice:|Disclaimer|
    凡(?:本网|本站|注明|来源)|本网站?所刊载|未经.{0,12}(?:授权|许可|同意)|转载(?:请|须|时)|欢迎转载|
    本文(?:仅代表|只代表|系.{0,20}原创|来源于|转载自|来自.{0,40}授权|由.{0,20}授权)|以上(?:内容|文章|信息).{0,20}(?:代表|
    自媒体|版权|转载)|如(?:有|涉及|需).{0,20}(?:侵权|侵犯|版权|转载)|[“”\"]?特别声明|(?:本|该)(?:文|平台|
    站|作品).{0,30}(?:不代表|仅提供|仅代表)|.{0,24}未经授权不得转载|版权归.{0,16}所有|版權所有|
    All\ rights\ reserved|举报(?:邮箱|电话)|新闻热线|报料|.{0,10}报料[：:]|网友评论仅供|请自觉遵守)
    """,
    re.VERBOSE,
)
_FOOT = re.compile(
    r"""
    ICP[备证]|公网安备|网站标识码|版权所有|Copyright\s*(?:©|\(c\)|\d{4}|by)|©\s*(?:19|20)\d\d|
    主办单位[：:]|主办[：:]|承办单位[：:]|网站地图|联系我们\s*[|｜]|互联网新闻信息服务许可证|
    信息网络传播视听节目许可证|视听节目许可|增值电信业务|违法和不良信息举报|不良信息举报|技术支持[：:]|
    建议使用.{0,20}(?:分辨率|浏览器)|邮编[：:]\s*\d{6}|本网站所刊载信息|书面授权.{0,12}(?:禁止|不得)|
    All\ rights\ reserved|Powered\ by
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Offers of the site, anywhere in a text.
OFFERS = re.compile(
    r"""
    .{0,12}(?:扫一扫|扫描|扫码|长按|识别).{0,16}(?:二维码|关注|朋友圈|手机|下载|加入|阅读|查看|
    当前页).{0,30}|打开微信.*|用微信扫码.*|分享至.{0,8}|分享让更多人看到|.{0,4}关注.{0,16}(?:公众号|
    微信号|官方微信|官方微博|客户端)|点击(?:播报|收听)本文.*|本文共.{0,6}字.{0,20}|打开.{0,10}(?:APP|
    客户端).*|(?:点击|戳).{0,8}(?:进入专题|查看更多|阅读原文|蓝字).{0,20}|阅读原文|更多精彩.{0,24}|
    .{0,10}更多精彩内容.{0,20}|广告\s.*|广告|推广|分享此文.*|(?:文章)?(?:关键词|标签|
    TAG)s?\s*[：:>].{0,60}|继续滑动看下一个.*|轻触阅读原文.*|Your\ browser\ does\ not\ support.*|
    您的浏览器不支持.*|.{0,24}尽在.{2,12}(?:APP|客户端)|Share\ this\ .*|
    (?:Updated|Published):.{0,40}|Advertisement
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Before a summary above a text.
SUMMARY = re.compile(
    r"[【\[]?(?:内容)?(?:摘要|提要|导读|核心提示|简介|概要)[】\]]?\s?[：:|]?\s*|【[^【】]{4,80}】\s*"
)
#: Before a link to another text.
ELSEWHERE = re.compile(
    r"[【\[（(]?(?:延伸|相关|相關|推荐|推薦|扩展|更多)(?:阅读|閱讀|新闻|新聞|报道|報導|報道|链接)[】\]]?\s?[：:|｜]"
)
#: The note below the title of a law: `（2020年12月24日 … 常务委员会通过）`.
ENACTED = re.compile(r"[（(].{4,200}(?:通过|修订|修正|公布|发布|批准|施行|印发).{0,200}[）)]")
#: The end of a teaser's line: a link to the whole.
MORE = re.compile(r"(?:详细|详情|全文|更多|read more|continue reading)\s*[\]】>»＞…]*$", re.IGNORECASE)


@lru_cache(maxsize=8192)
def is_foot(text: str) -> bool:
    """The line of a footer: licences, who runs the site, address."""
    if not 4 <= len(text) <= 600:
        return False
    return bool(_FOOT.search(text)) or (text.startswith(("地址：", "地址:")) and "邮编" in text)


@lru_cache(maxsize=8192)
def is_of_site(text: str) -> bool:
    """What the site says, not the text: footers, statements, offers."""
    if len(text) > 900:
        return False
    return is_foot(text) or bool(STATEMENT.match(text)) or (len(text) <= 80 and bool(OFFERS.fullmatch(text)))


@lru_cache(maxsize=8192)
def is_end(text: str) -> bool:
    """What stands behind a text only: editors, sharing, statements, steps to other pages, counters."""
    if len(text) > 900:
        return False
    if BUTTONS.fullmatch(text):
        return not text.isdigit()
    if is_editors(text) or STEP.fullmatch(text) or STATEMENT.match(text) or is_foot(text):
        return True
    cited = len(text) <= 60 and _SOURCE_NOTE.match(text) and len(_INFORMATION.findall(text)) == 1
    return is_information(text) and not cited  # a source alone at the end is part of the text


def is_editors(text: str) -> bool:
    """Who made the page, with names only: `（责任编辑：张三）`, `一审：… 二审：…`."""
    if len(text) > 160:
        return False
    text = re.sub(r"[【\[]?(?:我要)?纠错[】\]]?", "", text)
    roles = list(_ROLE.finditer(text))
    if not roles or not any(role["colon"] for role in roles):
        return False
    starts = [0, *(role.end() for role in roles)]
    ends = [*(role.start() for role in roles), len(text)]
    between = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    return not re.search(r"\w", between[0]) and all(_NAMES.fullmatch(part) for part in between)


def is_information(text: str) -> bool:
    """`发布日期：2019-01-21 来源：… 浏览次数：…`: labels with short values and nothing else."""
    if len(text) > 260 or "。" in text:
        return False
    labels = list(_INFORMATION.finditer(text))
    dated = re.match(r"(?:19|20)\d\d\s*[-年/.]", text)
    if not labels:
        return bool(dated) and len(text) <= 64 and bool(re.search("来源|浏览|阅读|字体|:", text))
    return labels[0].start() <= (60 if dated else 24) and (len(labels) > 1 or len(text) <= 60)
