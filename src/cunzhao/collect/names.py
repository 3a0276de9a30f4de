"""Names and words by which the parts of Chinese pages are known: data for `sight`, `choice` and `verdict`."""

from __future__ import annotations

import re


def any_of(*words: str) -> re.Pattern[str]:
    """A pattern for any of these expressions, in any case."""
    return re.compile("|".join(words), re.IGNORECASE)


def named(*names: str) -> re.Pattern[str]:
    """A pattern for an id or a class that is one of these, or has one of them as a part."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(names)})(?:$|[\s_-]|\d)", re.IGNORECASE)


#: What stands around a page's subject: navigation, sharing, comments, counters.
AROUND_TAGS = frozenset(("nav", "footer", "aside"))
AROUND = named(
    r"nav\w*", r"menu\w*", r"foot\w*", "copyright", "header", "topbar", "banner", "crumbs?", "breadcrumbs?",
    "location", "dqwz", "sidebar", "side", "aside", r"related\w*", r"recommend\w*", r"hot\w*", r"rank\w*",
    r"comments?\w*", "pinglun", "reply", "replies", r"share\w*", r"bdshare\w*", r"jiathis\w*", r"social\w*",
    r"search\w*", r"login\w*", r"qr_?code\w*", "ewm", "erweima", "weixin", "wechat", "ads?", r"advert\w*",
    "guanggao", "piaochuang", "hits?", "counts?", "counter", r"click_?\w*", "djcs", "weather", "tianqi",
    "pager", "pagination", "page_?div", "yqlj", r"friend\w*", r"logo\w*", "toolbar", "toast", "dialog",
    "modal", "mask", "popup", r"accessib\w*", "wza", r"btn\w*", r"button\w*", "back_?top", "gotop",
    "captcha", r"verify\w*", r"vote\w*", r"like\w*", "zan", "analytics", "tongji", r"cnzz\w*",
)  # fmt: skip

#: Names that containers of a page's subject go by.
SUBJECT = {
    "app": re.compile(
        r"(?:^|\s)(?:app|root|__next|__nuxt|(?:main|react|vue|page|app)[-_]?(?:app|root|main)|application|mount)"
        r"(?:$|\s)",
        re.IGNORECASE,
    ),
    "content": named(
        "zoom", "ucap-content", "trs_editor", r"trs_ue_\w+", r"article\w*", "artibody", r"news_?content\w*",
        r"con_?text\w*", r"txt_?con\w*", r"content\w*", r"main_?content", "text_?content", r"detail\w*",
        "infos?", "info_?content", r"doc\w*", "bodytext", "mainbody", r"post\w*", "entry", "pages_content",
        "rich_media_content", "xl_content", r"view_?con\w*", r"vsb_?content\w*", r"body_?con\w*", "zhengwen",
        "zw", "wenzhang", "nr", "neirong", r"full_?text\w*", r"main_?text", "text", "txt", r"reader\w*",
        "viewer",
    ),
    "list": named(
        "lists?", r"data_?list\w*", r"news_?list\w*", r"list_?\w+", r"\w+_?list", r"result\w*", "rows?",
        "records?", "items", r"table_?\w*", "grid", "ul", "tbody", r"feed\w*", "waterfall", "liebiao",
    ),
    "gallery": named(
        r"galler\w*", r"photos?\w*", r"pics?\w*", r"pictures?", r"images?\w*", r"imgs?\w*", r"album\w*",
        r"slide\w*", r"swiper\w*", "tuji", "tupian", "atlas", "carousel",
    ),
    "chart": named(r"e?charts?\w*", r"\w*chart", r"graphs?\w*", "plots?", "tubiao", r"highcharts\w*"),
}  # fmt: skip

#: What a place says that waits to be filled.
WAITING = any_of(
    r"(?:正在)?(?:努力|拼命|玩命)?(?:加载|载入|读取|获取)(?:数据|内容|正文|页面)?(?:中|…|\.)?",
    r"请稍[候后等]", "loading", "please wait", "数据", r"[\s.。…·，,！!]",
)  # fmt: skip
#: The imprint of a site.
IMPRINT = any_of(
    "ICP备", "公网安备", "版权所有", "主办单位", "承办单位", "网站标识码", "技术支持", "联系电话", "copyright"
)
#: Pictures that stand in for one that a script brings later.
STAND_IN = re.compile(
    r"^data:|^about:|^javascript:|^#?$|(?:^|/)[\w.-]*(?:loading|load|lazy\w*|blank|placeholder|grey|gray|pixel|"
    r"spacer|transparent|trans|1x1|default\w*|nopic|no_?img|empty|space|white)[\w.-]*\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)
LAZY = any_of("lazy", "delay", "echo", "unveil", "original")
