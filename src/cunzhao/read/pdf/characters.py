"""Characters as PDF files carry them, and as people write them.

Fonts map glyphs to look-alikes: radicals for ideographs (⻓ for 长, ⼀ for 一), ligatures,
symbols in the private use area.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MISSING = "\ufffd"
# Radicals that Unicode does not decompose, with the ideographs they look like (CJK Radicals Supplement).
_RADICALS = dict(
    zip(
        "⺁⺄⺆⺈⺊⺌⺍⺑⺓⺗⺜⺝⺟⺠⺡⺢⺤⺥⺧⺩⺪⺫⺭⺮⺯⺱⺲⺳⺶⺸⺹⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂刀卜小小尢幺心曰月母民氵氺爪爫牛王疋目示竹糸网罒罓羊羊耂肀月臼艹艹艹虎衤覀西见角角讠贝车辶辶辶邑钅長镸长门阝青韦页风飞食飠饣饣马骨鬼鱼鸟卤麦黄黾齐齐歯齿竜龙龟龜龟",
        strict=True,
    )
)
_BULLETS = {0xA7: "▪", 0xA8: "□", 0xB7: "•", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0xD8: "➢",
            0xFC: "✓", 0xFE: "☑", 0x6F: "□", 0x71: "❑", 0x9F: "•", 0xAE: "→", 0xE0: "→"}  # fmt: skip
_HYPHENS = (0x02, 0xFFFE, 0xAD)  # what PDFium gives for a hyphen at a line's end
HYPHEN = "\u2010"  # at a line's end: the word goes on in the next line


@lru_cache(maxsize=65536)
def readable(code: int) -> str:
    """What a code point of a font says: "" for white space and control characters, MISSING for none.

    >>> readable(0x2ED3), readable(0xFB01)
    ('长', 'fi')
    """
    if code in _HYPHENS:
        return HYPHEN
    if code == 0 or 0xD800 <= code < 0xE000 or code in (0xFFFD, 0xFFFF) or code > 0x10FFFF:
        return MISSING
    char = chr(code)
    if char.isspace() or unicodedata.category(char) in ("Cc", "Cf"):
        return ""
    if 0x2E80 <= code < 0x2F00:
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    if 0x2F00 <= code < 0x2FE0 or 0xF900 <= code < 0xFB10:
        return unicodedata.normalize("NFKC", char)
    if 0xF000 <= code < 0xF100:  # a symbol font
        return _BULLETS.get(code - 0xF000, char)
    return char


def is_unknown(char: str) -> bool:
    """Whether the font does not tell which character this is."""
    return char == MISSING or "\ue000" <= char <= "\uf8ff"


def is_wide(char: str) -> bool:
    """Whether the character is set in a square of its own (Chinese)."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff01" <= char <= "\uff60" or (
        char in "“”‘’—…·×①②③④⑤⑥⑦⑧⑨⑩" or "\U00020000" <= char <= "\U0003ffff"
    )  # fmt: skip
