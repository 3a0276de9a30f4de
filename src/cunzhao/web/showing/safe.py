"""Archived words and addresses on their way into our own pages: what is hostile in them is taken out.

The templates escape HTML; this is about what escaping does not cover.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

# Controls (C0, C1) and the characters that turn or hide text: bidirectional marks and overrides, zero
# width ones, the byte order mark, interlinear and tag characters. Tab and line feed stay.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def plain(text: object) -> str:
    """A title or name on one line, without hidden characters."""
    return " ".join(_HIDDEN.sub("", str(text)).split())


def visible(text: str) -> str:
    """The text with every hidden character shown as U+FFFD: as many characters as before."""
    return _HIDDEN.sub("\ufffd", text)


def web_address(url: str) -> str | None:
    """The URL if it may become a link: http or https with a host; else None (`javascript:` and the like)."""
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def host_of(url: str) -> str | None:
    """The host (with a port, where one is named) of an http(s) URL."""
    return plain(urlsplit(url).netloc.rpartition("@")[2]) if web_address(url) else None


def address(url: str) -> str:
    """A URL for reading: of an imported file (`urn:cunzhao:file:<digest>/<name>`) its name."""
    name = url.rpartition("/")[2] if url.startswith("urn:cunzhao:file:") else ""
    return plain(unquote(name)) or plain(url)


def local_path(back: str) -> str:
    """Where to return to: a path of our own, or "/"."""
    safe = back.startswith("/") and not back.startswith("//") and not re.search(r"[\\\x00-\x20]", back)
    return back if safe else "/"


def file_name(name: str, *, fallback: str = "download") -> str:
    """A name that is one file on every system: no separators, no hidden characters, not reserved."""
    cleaned = _UNFIT.sub("_", plain(name)).strip("._ ")
    stem, dot, ending = cleaned.rpartition(".")
    short = f"{stem[:100]}{dot}{ending[:12]}" if stem else cleaned[:100]
    return f"_{short}" if _RESERVED.match(short) else short or fallback


def attachment(name: str) -> str:
    """A Content-Disposition that downloads under that name: RFC 6266 with the name as in RFC 5987."""
    safe = file_name(name)
    ascii_name = re.sub(r"[^A-Za-z0-9._-]+", "_", safe).strip("_")
    if not ascii_name or ascii_name.startswith("."):  # nothing is left of a Chinese name but its ending
        ascii_name = f"download{ascii_name}"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(safe, safe='')}"


def defused(cell: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula; numbers stay numbers."""
    text = plain(cell)
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return text
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") else text


def split_tags(text: str) -> tuple[str, ...]:
    """Tags as typed: parted by commas, 、 or ；, and by white space where none of these stands."""
    marks = r"[,，、;；\n]+"
    parts = re.split(marks, text) if re.search(marks, text.strip()) else text.split()
    return tuple(dict.fromkeys(plain(part) for part in parts if plain(part)))


def join_tags(tags: tuple[str, ...]) -> str:
    """The inverse of `split_tags`, for tags that hold no separator."""
    return "，".join(tags) + ("，" if len(tags) == 1 and " " in tags[0] else "")
