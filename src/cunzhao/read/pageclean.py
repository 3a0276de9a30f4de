"""Lines in the main container that are not its text: information line, related links, editors, sharing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cunzhao.read.dom import PageLine

_LABEL = (
    r"发布日期|发布时间|发布机构|发布单位|发布人|发布者|发稿时间|发表时间|更新时间|更新日期|时间|日期|信息来源|文章来源|稿件来源|"
    r"内容来源|来源|稿源|作者|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读数|阅读|点击次数|点击数|点击率|点击|访问量|访问次数|"
    r"字体|字号|字体大小|大小|编辑|责编|责任编辑|审核|审核人|校对|初审|复审|终审|监制|打印|分享|分享到|收藏|关闭|索引号|"
    r"信息索引号|主题分类|文字大小|视力保护色|保护视力|背景色|朗读|评论|纠错|供稿|上传|录入|录入者|签发"
)
_LABELLED = re.compile(rf"[【\[（(]?\s*(?:{_LABEL})\s*[】\]]?\s*[：:]")
_BUTTONS = re.compile(
    r"(?:[\s\[\]【】（）()|｜·:：/＋+\-—]|打印(?:本页|此页|文章)?|关闭(?:窗口|本页)?|分享(?:到|至)?|收藏(?:本页)?|返回(?:顶部|列表|首页)?|"
    r"字体|字号|大|中|小|默认|超大|微信|微博|新浪微博|新浪|腾讯微博|QQ空间|QQ好友|QQ|人人网|豆瓣|复制链接|更多|朗读|纠错|"
    r"加入收藏|保存|下载|扫一扫(?:[，,]?(?:在|用)?手机上?(?:打开|浏览|查看)当前页)?|二维码|点赞|评论|我要纠错|我要评论|无障碍|繁体|"
    r"浏览(?:次数|量)?|阅读(?:量|次数)?|次|\d|首页|上一篇|下一篇|无|没有了|视力保护色|A\+|A-)+"
)
_BANNER = re.compile(
    r"今天是.*|当前位置.*|您?现在的位置.*|您的位置.*|所在位置.*|位置[：:].*|首页\s*[>＞»›/].*"
)
_EDITORS = re.compile(
    r"[（(【\[]?\s*(?:责任编辑|责编|编辑|审核|校对|初审|复审|终审|监制|供稿|录入|上传)\s*[：:].{0,60}"
)
_STEP = re.compile(r"(?:上一篇|下一篇|上一页|下一页|上一条|下一条|前一篇|后一篇)\s*[：:].*")
_RELATED = re.compile(
    r"[【\[]?\s*(?:相关(?:阅读|新闻|链接|文章|推荐|报道|信息|资讯|稿件|内容|附件链接)|延伸阅读|推荐阅读|热门(?:推荐|文章|新闻|"
    r"阅读)|猜你喜欢|为您推荐|更多(?:新闻|阅读|精彩)?|最新(?:文章|新闻|资讯)|网友评论|评论列表|友情链接|站内搜索)\s*[】\]]?\s*[：:]?.{0,4}"
)
_FOOT = re.compile(
    r"(?:ICP备|公网安备|网站标识码|版权所有|Copyright|主办单位[：:]|网站地图|联系我们\s*[|｜])",
    re.I,
)
_HEAD_LINES, _TAIL_LINES = 12, 12
_LONGEST = 300  # characters of a line that may still be no text


def cleaned(lines: Sequence[PageLine], title: str | None) -> list[PageLine]:
    """The lines of the main text: `lines` of the container without what only surrounds it."""
    kept = _without_related(list(lines))
    wanted = _squeezed(title or "")
    out: list[PageLine] = []
    for i, line in enumerate(kept):
        near_head = len(out) < 3 and i < _HEAD_LINES
        near_end = i >= len(kept) - _TAIL_LINES
        if near_head and wanted and _squeezed(line.text) == wanted and line.kind != "list":
            out = []  # what stands above the title is a breadcrumb or a banner
        elif not _is_noise(line, near_head, near_end):
            out.append(line)
    return _without_outer_links(out)


def _is_noise(line: PageLine, near_head: bool, near_end: bool) -> bool:
    text = line.text
    if line.file or (line.kind == "table" and not near_head):
        return False
    if len(text) > _LONGEST or not (near_head or near_end):
        return False
    if (_BUTTONS.fullmatch(text) and not text.isdigit()) or (near_end and _FOOT.search(text)):
        return True
    if near_head and (_is_information(text) or _BANNER.fullmatch(text)):
        return True
    return near_end and bool(
        _EDITORS.fullmatch(text)
        or _STEP.fullmatch(text)
        or (_is_information(text) and not _source_only(text))
    )


def _is_information(text: str) -> bool:
    """`发布日期：2019-01-21 来源：… 浏览次数：…`: labels with short values and nothing else."""
    if len(text) > 260 or "。" in text:
        return False
    labels = list(_LABELLED.finditer(text))
    if not labels:
        return bool(re.fullmatch(r"(?:19|20)\d\d\s*[-年/.].{3,60}", text)) and bool(
            re.search("来源|浏览|阅读|字体|:", text)
        )
    return labels[0].start() <= 24 and (len(labels) > 1 or len(text) <= 60)


def _source_only(text: str) -> bool:
    """`信息来源：市发改委`: a source note at the end is part of the text (a citation)."""
    return bool(re.match(r"[（(]?\s*(?:信息来源|来源|文章来源|稿件来源)\s*[：:]", text)) and len(text) <= 60


def _without_related(lines: list[PageLine]) -> list[PageLine]:
    """`lines` up to `相关阅读` where nothing but links and scraps follows it."""
    for i, line in enumerate(lines):
        if i and _RELATED.fullmatch(line.text):
            behind = lines[i + 1 :]
            linked = sum(x.linked for x in behind)
            if linked >= 0.5 * sum(len(x.text) for x in behind) and not any(x.file for x in behind):
                return lines[:i]
    return lines


def _without_outer_links(lines: list[PageLine]) -> list[PageLine]:
    """Runs of bare links above and below the text go; a page that is only links keeps them."""
    text = [i for i, line in enumerate(lines) if not _is_bare_link(line)]
    if sum(len(lines[i].text) for i in text if re.search("[，。；！？,;!?]", lines[i].text)) < 40:
        return lines
    return lines[text[0] : text[-1] + 1]


def _is_bare_link(line: PageLine) -> bool:
    return line.linked >= 0.6 * len(line.text) and not line.file and line.kind != "table"


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
