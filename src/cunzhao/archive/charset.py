"""Bytes of a page or stylesheet as text: strict UTF-8 first, as labels are often wrong, then the label."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABEL = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)|@charset\s+[\"']([\w.:-]+)", re.IGNORECASE)
_DEFAULTS = {"iso8859-1", "cp1252", "ascii"}  # what servers say of any page, whatever it is in
LABEL_BYTES = 4096  # where a page says its charset; browsers look at 1,024


def decoded(body: bytes, content_type: str) -> tuple[str, str]:
    """Text and the charset it was decoded with. Raises nothing: what no charset explains is replaced.

    GB2312 and GBK are read as GB18030, which holds them.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset
    labels = [_label(content_type.encode("latin-1", "replace")), _label(body[:LABEL_BYTES])]
    named = [charset for charset in labels if charset]
    first = named if "iso2022_jp" in named or "hz" in named else []  # these look like ASCII, so like UTF-8
    strong = [charset for charset in named if charset not in _DEFAULTS]
    for charset in [*first, "utf-8", "", *strong, "gb18030", *named]:
        try:
            return (body.decode(charset), charset) if charset else _nearly_utf8(body)
        except (UnicodeDecodeError, LookupError):
            continue
    charset = named[0] if named else "gb18030"
    return body.decode(charset, "replace"), charset


def _label(told: bytes) -> str:
    found = _LABEL.search(told)
    if not found:
        return ""
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return ""
    if not _is_text(name):
        return ""
    return "gb18030" if name in ("gb2312", "gbk") else name.replace("utf-16", "utf-8")


def _is_text(name: str) -> bool:
    """Python's own codecs (rot13, unicode_escape, punycode …) are no charsets of the web."""
    return bool(re.match(r"utf-|gb|big5|hz|euc|iso|cp|shift|windows|koi8|mac|ascii|tis", name))


def _nearly_utf8(body: bytes) -> tuple[str, str]:
    """A page cut in a character, or with a few wrong bytes, is UTF-8 still (and often valid GB18030, too).

    Chinese text in another charset, read as UTF-8, is wrong at nearly every character. Raises LookupError.
    """
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if wrong * 20 > sum(c > "\x7f" for c in text) - wrong:
        raise LookupError("utf-8")
    return text, "utf-8"
