"""Bytes to characters, as Chinese documents need it: one rule for capture, frozen view and reading.

Labels are often wrong: pages labelled gb2312 are GBK, UTF-8 pages are sent as GBK, servers say iso-8859-1 of
anything. So the bytes are asked first, and a label is believed only where it can be true. Strict UTF-8, else
GB18030 (the superset of GB2312 and GBK), decoded all of 57 real Chinese pages in a measurement of 2026.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
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
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    charset: str  # Python's name of what it was decoded with
    guessed: bool = False  # no charset explains the bytes: some were replaced, or a detector chose


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of `data`. `declared` is the charset its server named; the page's own label is looked up.

    Order: byte order mark, UTF-8, what is labelled, Big5 where its reading is the more usual Chinese,
    GB18030, a detector for the rest. Raises nothing.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
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
    """UTF-8, also if cut in a character or with a few wrong bytes: Chinese text of another charset, read as
    UTF-8, is wrong at nearly every character. But a few GB characters pass by chance (图 is CD BC)."""
    text = _strict(data, "utf-8")
    if text is not None:
        by_chance = labelled_chinese and not text.isascii() and not re.search("[\u0800-\U0010ffff]", text)
        return None if by_chance else Decoded(text, "utf-8")
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if wrong * 20 > sum(c > "\x7f" for c in text) - wrong:
        return None
    return Decoded(text, "utf-8", guessed=True)


def _labelled(data: bytes, named: list[str]) -> Decoded | None:
    """A label that names something particular and explains every byte."""
    for name in named:
        if name not in _SERVER_DEFAULTS and not name.startswith(("utf", "gb", "big5")):
            text = _strict(data, name)
            if text is not None:
                return Decoded(text, name)
    return None


def _chinese(data: bytes, named: list[str]) -> Decoded | None:
    if _is_big5(data, any(name.startswith("big5") for name in named)):
        return Decoded(data.decode("big5hkscs", "replace"), "big5hkscs")
    text = _strict(data, "gb18030")
    if text is None:
        return None
    labelled = any(name not in _SERVER_DEFAULTS for name in named)
    return Decoded(text, "gb18030") if labelled or _han_share(text[:5000]) > 0.05 else None


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


def _is_big5(data: bytes, labelled: bool) -> bool:
    """Big5 bytes are nearly always valid GBK too: the reading with the more usual characters wins."""
    sample = data[:_SAMPLE]
    big5 = sample.decode("big5hkscs", "replace")
    if big5.count("\ufffd") > (len(big5) // 200 if labelled else 2):
        return False
    usual_big5 = _share(sample, "big5hkscs", 0xA4, 0xC6)  # Big5's level 1: frequently used characters
    usual_gb = _share(sample, "gb18030", 0xB0, 0xD7)  # GB 2312's level 1
    return usual_big5 > usual_gb + (-0.2 if labelled else 0.15)


def _share(data: bytes, name: str, low: int, high: int) -> float:
    """Of the Chinese characters read as `name`, the share whose lead byte lies in the level-1 rows."""
    han = _HAN.findall(data.decode(name, "ignore"))
    usual = sum(1 for c in han if low <= c.encode(name)[0] <= high and c.encode(name)[-1] >= 0x40)
    return usual / len(han) if han else 0.0


def _han_share(text: str) -> float:
    return len(_HAN.findall(text)) / len(text) if text else 0.0
