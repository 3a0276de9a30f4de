"""Bytes to characters, as Chinese documents need it: one rule for capture, frozen view and reading.

Labels are often wrong: pages labelled gb2312 are GBK, UTF-8 pages are sent as GBK, servers say iso-8859-1
of anything. So the bytes are asked first, and a label is believed only where it can be true. What is not
strictly UTF-8 is read as UTF-8, GB18030 (the superset of GB2312 and GBK) and Big5, and the reading with the
more usual characters wins: a broken byte makes a little less sense of the right one, never sense of another.
"""

from __future__ import annotations

import codecs
import functools
import itertools
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_TAGS = (
    (b"<\x00!\x00", "utf-16-le"),
    (b"<\x00h\x00", "utf-16-le"),
    (b"\x00<\x00!", "utf-16-be"),
    (b"\x00<\x00h", "utf-16-be"),
)
_LABEL = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,20})|@charset\s+["']([\w.:-]{2,20})["']"""
    rb"""|<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]{2,20})""",
    re.IGNORECASE,
)
_LABEL_BYTES = 4096  # where a page says its charset; browsers look at 1,024
_SAMPLE = 200_000  # bytes looked at to tell Big5 from GBK
_SERVER_DEFAULTS = {"iso8859-1", "cp1252", "ascii"}  # said of any page, whatever it is in
_LIKE_ASCII = {"iso2022_jp", "iso2022_kr", "hz"}  # valid UTF-8 whatever they say
#: Python's own codecs (rot13, unicode_escape, punycode …) are no charsets of documents.
_OF_TEXT = re.compile(r"utf-|gb|big5|hz|euc|iso|cp|shift|windows|koi8|mac|ascii|tis")
_WIDE = re.compile(r"[^\x00-\x7f]")
#: Three of four characters of Chinese running text, in both scripts.
_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法"
    "学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业"
    "外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教儿原东声"
    "提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金"
    "指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边张该交规万取望觉"
    "术领共确传师观清今切院让识候带导争运省县镇村局委厅府网站闻讯首页公告知印施划案通农城交环卫税财审批查改造助推进"
    "這個們來為國說時會對後過發裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問應戰頭體見產話內給門兒東聲員論處義幾認條氣題"
    "別變總電數報結務場計資許統區隊決馬書則聽達強難權設記類據邊張該規萬覺術領確傳師觀讓識導爭運縣鎮廳網聞訊頁劃農環衛稅財審查"
    "佢嘅係喺咗哋冇睇嚟啲唔嗰"
    "，。、；：！？“”‘’「」『』（）《》〈〉【】〔〕…—·　％～０１２３４５６７８９"
)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SENSE = 0.25  # mean of `_usual` under which a reading makes no sense (Chinese text: 0.6 to 0.9)
_BELIEVED = 0.2  # what a label adds
_SCORED = 1_000  # characters looked at


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    charset: str  # Python's name of what it was decoded with
    guessed: bool = False  # no charset explains the bytes: some were replaced, or a detector chose


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of `data`. `declared` is the charset its server named; the page's own label is looked up.

    Order: byte order mark, UTF-8, a label of something particular, the most usual Chinese of GB18030, Big5
    and broken UTF-8, a detector for the rest. Raises nothing.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
    for mark, name in _WIDE_TAGS:
        if data.lstrip(b" ").startswith(mark):
            return Decoded(data.decode(name, "replace"), name)
    sent, labels = known(declared), _labels(data)
    if sent.startswith("utf-16"):
        return Decoded(data.decode(sent, "replace"), sent)
    named = [name for name in (sent, *labels) if name]
    for name in named:
        if name in _LIKE_ASCII and (text := _strict(data, name)) is not None:
            return Decoded(text, name)
    chinese = any(name.startswith(("gb", "big5")) for name in named)
    return _utf8(data, chinese) or _labelled(data, named) or _chinese(data, named) or _guess(data, named)


def known(name: str) -> str:
    """Python's name of a charset label, GB2312 and GBK as gb18030; empty for what is none."""
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name if name.strip() else ""
    except (LookupError, ValueError):
        return ""
    if not _OF_TEXT.match(found):
        return ""
    return "gb18030" if found in ("gb2312", "gbk") else found


def declared_in(content_type: str) -> str:
    """The charset of a Content-Type header, as told; empty if it tells none."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    return found[1] if found else ""


def _labels(data: bytes) -> list[str]:
    """What the document says of itself; one whose label could be read is not UTF-16, whatever it says."""
    found = _LABEL.search(data[:_LABEL_BYTES])
    name = known((found[1] or found[2] or found[3]).decode("ascii", "replace")) if found else ""
    return [re.sub(r"^utf-(16|32).*", "utf-8", name)] if name else []


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, ValueError, LookupError):
        return None


def _utf8(data: bytes, labelled_chinese: bool) -> Decoded | None:
    """UTF-8, also if cut in a character. But a few GB characters pass by chance: 图 is CD BC."""
    try:
        text, used = codecs.utf_8_decode(data, "strict", False)
    except UnicodeDecodeError:
        return None
    if not text.isascii() and not re.search("[\u0800-\U0010ffff]", text):
        other = _strict(data, "gb18030") or ""
        if other and _HAN.search(other) and (labelled_chinese or _usual(other, "gb18030") > 0.9):
            return None
    cut = used < len(data)
    return Decoded(text + "\ufffd" * cut, "utf-8", guessed=cut)


def _labelled(data: bytes, named: list[str]) -> Decoded | None:
    """A label that names something particular and explains every byte."""
    for name in named:
        if name not in _SERVER_DEFAULTS and not name.startswith(("utf", "gb", "big5")):
            text = _strict(data, name)
            if text is not None:
                return Decoded(text, name)
    return None


def _chinese(data: bytes, named: list[str]) -> Decoded | None:
    """The reading that makes most sense; None where none does and no label asks for one."""
    readings = {name: data.decode(name, "replace") for name in ("gb18030", "big5hkscs", "utf-8")}
    sense = {
        name: _usual(text, name)
        + _BELIEVED * any(label[:4] == name[:4] or (label[:2] == name[:2] == "gb") for label in named)
        for name, text in readings.items()
    }
    best = max(sense, key=lambda name: sense[name])
    text = readings[best]
    labelled = any(name.startswith(("gb", "big5")) for name in named)
    if sense[best] < _SENSE and not (labelled and "\ufffd" not in text):
        return None
    return Decoded(text, best, guessed="\ufffd" in text)


def _guess(data: bytes, named: list[str]) -> Decoded:
    """The reading with the fewest broken characters, of the likely charsets."""
    from resiliparse.parse.encoding import detect_encoding

    for name in named:
        if name in _SERVER_DEFAULTS and (text := _strict(data, name)) is not None:
            return Decoded(text, name)
    names = {"utf-8", "gb18030", known(detect_encoding(data[:_SAMPLE]) or "") or "utf-8"}
    readings = {name: data.decode(name, "replace") for name in sorted(names)}
    best = min(readings, key=lambda name: (readings[name].count("\ufffd"), name != "gb18030"))
    return Decoded(readings[best], best, guessed=True)


def _usual(text: str, name: str) -> float:
    """How usual the characters of a reading are in Chinese, 1 at best. ASCII, which all readings share, does
    not count, nor does a character cut at the end."""
    found = _WIDE.finditer(text[:_SAMPLE].rstrip("\ufffd"))
    characters = [match[0] for match in itertools.islice(found, _SCORED)]
    level = _level_1(name)
    total = sum(
        1.0
        if c in _FREQUENT
        else 0.5
        if c in level
        else -3.0
        if c == "\ufffd"
        else 0.0
        if _HAN.match(c)
        else -0.5
        for c in characters
    )
    return total / len(characters) if characters else 0.0


@functools.cache
def _level_1(name: str) -> frozenset[str]:
    """The characters that a charset's makers held for usual: GB 2312 rows B0 to D7, Big5 A4 to C6."""
    gb, big5 = _rows("gb2312", 0xB0, 0xD7), _rows("big5", 0xA4, 0xC6)
    return {"gb18030": gb, "big5hkscs": big5}.get(name, gb | big5)


def _rows(name: str, first: int, last: int) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0x40, 0xFF))
    return frozenset(
        "".join(pair.decode(name, "ignore") for pair in pairs if pair[1] > 0x7E or name == "big5")
    )
