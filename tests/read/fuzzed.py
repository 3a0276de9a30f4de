"""Documents for fuzzing, made as documents are made: pages of tags, texts of lines, packages of XML, PDF.

Mutations keep to the structure: what breaks at the first byte tests nothing behind it.
"""

from __future__ import annotations

import html
import io
import random
import re
import zipfile
from collections.abc import Callable

from lxml import etree

#: What the readers' rules look for, whole and cut.
WORDS = re.findall(
    "[^ ]+",
    "一、 二、 十一、 （一） (二) 1. 2． 1、 （1） ① ㈠ 第一章 第二条 第一， 一是 二是 首先， 附件 附件：1. 附件1 抄送： "
    "来源： 来源：渡口日报 作者： 责任编辑：张三 记者 （记者 电 日电 　 2023年3月6日 2023-03-06 09:12 二〇二三年三月六日 2023/3 "
    "99:99 2023年13月45日 0000-00-00 〔2023〕9号 青河政发〔2023〕9号 市人民政府 市人民政府办公室 各县人民政府： 局 关于 关于印发《 》的通知 的通知 "
    "《 》 （ ） “ ” ： ， 。 ； …… — -1- 目录 ……3 第1页 共9页 下一页 上一页 1 2 3 单位：亿元 表1 图2 % 注： 索引号： 有效 主题分类 "
    "此件公开发布 印发 签发人： 渡口改造，全部完成。 群众出行更加方便 x A. I. ferry https://a.b/c.pdf <b> &amp; | --- # ## - * ``` ![a](b) [TOC] "
    "\u200b \ufeff \u202e \u0301 \U0001f600 \ufffd \u2028 \x0b ² ٣ ⅷ 万 亿 零 ０",
)
_TAGS = re.findall(
    "[^ ]+",
    "p div span br h1 h2 h3 table tr td th caption ul ol li a b i font section article img title pre dl dt dd tbody "
    "figure figcaption header footer nav form script style template svg iframe ucapcontent marquee frameset",
)
_ATTRIBUTES = (
    "id='zoom'", "class='TRS_Editor'", "class='pages'", "class='info'", "href='a_2.html'", "href='//['", "href='b.pdf'",
    "href='javascript:void(0)'", "style='display:none'", "rowspan='3'", "colspan='70000'", "colspan='-1'",
    "colspan='²'", "align='center'", "style='text-indent:2em;font-weight:bold'", "hidden", "title='附件'",
)  # fmt: skip
_METAS = (
    "<meta charset='gb2312'>", "<meta name='PubDate' content='{}'>", "<meta name='ArticleTitle' content='{}'>",
    "<meta name='ContentSource' content='{}'>", "<meta name='ColumnName' content='{}'>", "<base href='http://['>",
    "<meta property='article:published_time' content='{}'>", "<title>{}</title>",
    '<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{}","author":[[]]}}</script>',
)  # fmt: skip
_VALUES = (
    "",
    "-1",
    "0",
    "1",
    "nan",
    "1e308",
    "-1e308",
    "inf",
    "²",
    "٣",
    "99999999999999999999",
    "x y",
    "A1:XFD1048576",
)
_NUMBER = re.compile(rb"[-+]?\d+(?:\.\d+)?")


def text(rng: random.Random) -> str:
    """Lines of the words that rules look for, with everything about them that varies."""
    return "".join(
        _line(rng) + rng.choice(("\n", "\n", "\n\n", "\r\n", "\r")) for _ in range(rng.randint(0, 40))
    )


def page(rng: random.Random) -> str:
    """A page of tags that open, close and cross as they like."""
    out = [rng.choice(_METAS).format(html.escape(_line(rng))) for _ in range(rng.randint(0, 4))]
    still_open: list[str] = []
    for _ in range(rng.randint(0, 120)):
        chance = rng.random()
        if chance < 0.4:
            tag = rng.choice(_TAGS)
            still_open.append(tag)
            out.append(f"<{tag} {rng.choice(_ATTRIBUTES) if rng.random() < 0.4 else ''}>")
        elif chance < 0.65 and still_open:
            out.append(f"</{still_open.pop(rng.choice((-1, -1, -1, rng.randrange(len(still_open)))))}>")
        else:
            out.append(html.escape(_line(rng)) if rng.random() < 0.9 else _line(rng))
    return "".join(out)


def sheet(rng: random.Random) -> str:
    return "\n".join(
        rng.choice((",", "\t", ";")).join(rng.choice((*WORDS, '"', '""')) for _ in range(rng.randint(0, 6)))
        for _ in range(rng.randint(0, 30))
    )


def package(rng: random.Random, whole: bytes) -> bytes:
    """A docx, xlsx or ofd file with a few elements of one part gone, doubled, moved, renamed or lying."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as archive:
        names = source.namelist()
        hit = rng.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            content = source.read(name)
            archive.writestr(name, _other_xml(rng, content) if name == hit else content)
    return out.getvalue()


def numbers_changed(rng: random.Random, whole: bytes) -> bytes:
    """A file of printed objects (PDF) with some of its numbers and names changed."""
    found = list(_NUMBER.finditer(whole))
    for match in sorted(rng.sample(found, rng.randint(1, 6)), key=lambda match: -match.start()):
        said = rng.choice((*(value.encode("utf-8") for value in _VALUES), rng.choice(found)[0]))
        whole = whole[: match.start()] + said + whole[match.end() :]
    return damaged(rng, whole) if rng.random() < 0.2 else whole


def damaged(rng: random.Random, whole: bytes) -> bytes:
    """Some bytes changed, lost, doubled, or the end cut off."""
    data = bytearray(whole)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) + 1)
        length = rng.choice((0, 1, 1, 4, 64))
        data[at : at + length] = rng.choice((b"", rng.randbytes(length), bytes(data[at : at + length]) * 2))
    return bytes(data[: rng.randrange(len(data) + 1)]) if rng.random() < 0.1 else bytes(data)


def _line(rng: random.Random) -> str:
    return rng.choice(("", "", "　　", " ")) + "".join(rng.choice(WORDS) for _ in range(rng.randint(0, 8)))


def _other_xml(rng: random.Random, content: bytes) -> bytes:
    root = etree.fromstring(content)
    for _ in range(rng.randint(1, 4)):
        elements = list(root.iter())
        rng.choice(_CHANGES)(rng, rng.choice(elements), rng.choice(elements))
    return etree.tostring(root)


def _lost(rng: random.Random, element: etree._Element, other: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _doubled(rng: random.Random, element: etree._Element, other: etree._Element) -> None:
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    for _ in range(rng.choice((1, 2, 30))):
        other.insert(rng.randint(0, len(other)), etree.fromstring(etree.tostring(copy)))


def _renamed(rng: random.Random, element: etree._Element, other: etree._Element) -> None:
    element.tag = other.tag


def _lying(rng: random.Random, element: etree._Element, other: etree._Element) -> None:
    if element.attrib:
        element.set(rng.choice(sorted(element.attrib)), rng.choice((*_VALUES, *other.attrib.values())))
    else:
        element.text = rng.choice((*_VALUES, *WORDS)).replace("\x0b", "")  # which XML has no place for


def _untold(rng: random.Random, element: etree._Element, other: etree._Element) -> None:
    if element.attrib:
        del element.attrib[rng.choice(sorted(element.attrib))]


_CHANGES: tuple[Callable[[random.Random, etree._Element, etree._Element], None], ...] = (
    _lost,
    _doubled,
    _renamed,
    _lying,
    _lying,
    _untold,
)
