"""Which engine a page needs: a browser if its main text, or an image of its article, comes by script only.

`choose` judges what one walk over the page has seen (`collect.sight`). Where that leaves doubt it says so,
and a reader's main text decides (`settle`). Reasons are the codes of `REASONS`, kept in the snapshot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cunzhao.collect.names import IMPRINT, any_of
from cunzhao.collect.sight import Empty, Sight

ASKED, STATIC = "asked", "static"
#: Why a browser was chosen; what http lacks of such a page.
REASONS = (
    "script-drawn", "app-root", "empty-content", "script-list", "script-text", "script-images",
    "script-chart", "script-frame", "script-redirect", "noscript", "script-check", "little-text",
)  # fmt: skip
_OF_IMAGES = ("script-images", "script-chart")

_ENOUGH = 180  # characters of running text that make a page's subject, whatever else is drawn by script
_SOME = 40  # a notice of two sentences
_SCRIPT_TEXT = 100  # characters of running text in script that are worth a browser
_NOSCRIPT = any_of(
    r"(?:启用|开启|打开|支持|允许|运行|禁用)\S{0,8}?(?:java\s?script|脚本)",
    r"(?:java\s?script|脚本)\S{0,12}?(?:启用|开启|打开|支持|禁用|关闭)",
    r"(?:enable|requires?|need|without|turn on)\b.{0,20}javascript",
    r"javascript.{0,30}(?:enabled?|required|disabled)",
)
_REDIRECT = any_of(
    r"(?:window|document|self|top|parent)?\.?\blocation(?:\.href)?\s*=\s*[^=]",
    r"location\.(?:replace|assign|reload)\s*\(",
    r"\.submit\(\)",
    r"window\.open\([^)]*_self",
)
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*|<!--|-->", re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SENTENCE = re.compile(r"[㐀-鿿][㐀-鿿0-9０-９a-zA-Z%．.、“”‘’（）《》〔〕\-—～~ ]{7,}[，。；：！？,;]")
_IMAGE_ADDRESS = re.compile(r"[\"'(=]([^\"'()<>\s]{1,300}?\.(?:jpe?g|png|webp|gif))[\"')?]", re.IGNORECASE)
_DRAWS_CHART = re.compile(
    r"echarts|highcharts|\bchart\.js\b|new chart\(|getcontext\(|antv|g2\.|d3\.|\.plot\(", re.IGNORECASE
)
_NAMES_ID = (
    r"(?:getElementById\(|\$\(|querySelector\(|jQuery\(|el\s*:|elem\s*:|mount\(|render\()\s*[\"'`]#?%s[\"'`]"
)
_ASKS = any_of(
    r"\.load\(", r"\$\.(?:get|ajax|post|getJSON)", r"fetch\(", "XMLHttpRequest", "axios", "jsonp"
)  # the network, for more of the page
_WRITES = any_of(
    _ASKS.pattern,
    r"document\.write(?:ln)?\(",
    r"innerHTML\s*=",
    r"\.html\(",
    r"\.append\(",
    "insertAdjacentHTML",
)
_LARGE = ("div", "section", "article", "main", "td", "ul", "ol", "tbody")  # a counter stands in a span


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the answer of a page tells before any of its scripts has run."""

    status: int = 200
    checked: bool = False  # the verdict is "challenge"
    sight: Sight  # of the page's own HTML
    frames: Sequence[Sight] = ()  # of its frames, where they were looked into


@dataclass(frozen=True, slots=True)
class Choice:
    """`doubt`: the signals do not tell; a reader's main text may (`settle`)."""

    browser: bool
    reason: str
    doubt: bool = False

    @property
    def lacks(self) -> str:
        """The reason of a partial capture that http made of such a page; "" for a static one."""
        if not self.browser:
            return ""
        return "script-images" if self.reason in _OF_IMAGES else "script-drawn"


_STATIC = Choice(False, STATIC)


def _browser(reason: str, *, doubt: bool = False) -> Choice:
    return Choice(True, reason, doubt)


def choose(signals: Signals) -> Choice:
    """Does this page need a browser? Pure; in doubt the answer is the likelier one, marked so."""
    sight = signals.sight
    scripted = bool(sight.scripts or sight.outer_scripts)
    if signals.checked and scripted:
        return _browser("script-check")
    by_frame = _of_frames(signals)
    if by_frame is not None or not scripted:
        return by_frame or _STATIC  # without script nothing more will ever be drawn
    if _redirects(sight):
        return _browser("script-redirect")
    in_script = _text_in_script(sight)
    subject = sight.prose + sum(frame.prose for frame in signals.frames)
    if in_script >= max(_SCRIPT_TEXT, sight.prose):
        return _browser("script-text")
    if sight.hidden_images:
        return _browser("script-images")
    filled = _filled_by_script(sight, subject)
    if filled is not None:
        return filled
    if subject >= _ENOUGH:
        return _STATIC
    return _of_little_text(sight, subject)


def asks_frames(signals: Signals) -> bool:
    """Is the page's own text so little that its frames may be its subject?"""
    return bool(signals.sight.frames) and signals.sight.prose < _ENOUGH and not signals.checked


def settle(choice: Choice, sight: Sight, main_text: str) -> Choice:
    """A doubtful choice, decided by the text that the reader takes for the page's main text."""
    if not choice.doubt:
        return choice
    lines = [line.strip() for line in main_text.splitlines()]
    said = sum(
        len(line) for line in lines if len(line) >= 12 and line != sight.title and not IMPRINT.search(line)
    )
    if said >= _SOME or any(len(line) >= 10 and line.endswith(("。", "！")) for line in lines):
        return _STATIC
    return replace(
        choice, browser=True, reason=choice.reason if choice.browser else "little-text", doubt=False
    )


# --- single signs -------------------------------------------------------------------------------------


def _redirects(sight: Sight) -> bool:
    """A page that says nothing and sends its visitor on by script."""
    nothing = len(sight.text) < 80 and not sight.images and not sight.frames and sight.titles == 0
    return nothing and bool(_REDIRECT.search(sight.scripts))


def _of_frames(signals: Signals) -> Choice | None:
    """Where the page itself says little and its frame is the subject, the frame decides."""
    if signals.sight.prose >= _ENOUGH or not signals.frames:
        return None
    for frame in signals.frames:
        if choose(Signals(sight=frame)).browser:
            return _browser("script-frame")
    return None


def _text_in_script(sight: Sight) -> int:
    """Characters of running text that stand in script or template and nowhere in the page's own text.

    (A page drawn on the server and then again in the browser carries its text twice.)
    """
    script = sight.scripts + "\n" + sight.templates
    if not re.search(r"[㐀-鿿]{4}|\\u[4-9][0-9a-fA-F]{3}", script):
        return 0
    script = _COMMENT.sub(" ", script)
    script = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), script)
    shown = "".join(sight.text.split())
    sentences = {found[0] for found in _SENTENCE.finditer(script)}
    return sum(len(one) for one in sentences if "".join(one.split())[:-1] not in shown)


def _filled_by_script(sight: Sight, subject: int) -> Choice | None:
    """An empty container that is, by its name or by what scripts do, the place of the page's subject."""
    for empty in sight.empties:
        if empty.kind == "chart" and (empty.sized or _DRAWS_CHART.search(sight.scripts)):
            return _browser("script-chart")
    if subject < _ENOUGH and (sight.mustaches or (sight.waits and not sight.titles > 8)):
        return _browser("script-drawn")
    known = {empty.kind: empty for empty in sight.empties}
    if "app" in known and subject < _ENOUGH:
        return _browser("app-root")
    if "content" in known and (subject < _SOME or (subject < _ENOUGH and _fills(known["content"], sight))):
        return _browser("empty-content")
    little = subject < _ENOUGH and sight.titles < 8
    if "list" in known and little and not (sight.prose >= _SOME and sight.images):
        return _browser("script-list", doubt=subject >= _SOME)
    if ("gallery" in known and sight.images < 2 and little) or _images_in_script(sight):
        return _browser("script-images")
    filled = [empty for empty in sight.empties if subject < _ENOUGH and _fills(empty, sight)]
    if any(empty.tag in _LARGE and _ASKS.search(sight.scripts) for empty in filled):
        return _browser("script-drawn")
    return _browser("script-drawn", doubt=subject >= _SOME) if filled else None


def _fills(empty: Empty, sight: Sight) -> bool:
    """Does a script of the page itself name this container and write into something?"""
    if not empty.id or not _WRITES.search(sight.scripts):
        return False
    return bool(re.search(_NAMES_ID % re.escape(empty.id), sight.scripts))


def _images_in_script(sight: Sight) -> bool:
    """A gallery whose pictures a script lists, on a page that shows none itself."""
    if sight.images or sight.prose >= _ENOUGH:
        return False
    return len({found[1] for found in _IMAGE_ADDRESS.finditer(sight.scripts)}) >= 3


def _of_little_text(sight: Sight, subject: int) -> Choice:
    """A page with script and little running text: a notice, a photo, a list, or a page not yet drawn."""
    if sight.noscript and _NOSCRIPT.search(sight.noscript) and subject < _SOME:
        return _browser("noscript")
    if sight.titles >= 8 or sight.framesets:
        return _STATIC  # a list shows its links
    something = subject >= _SOME or sight.images or sight.media or sight.files or sight.frames
    if something:
        return Choice(
            False, STATIC, doubt=subject < _SOME and not (sight.images or sight.media or sight.files)
        )
    if sight.notes >= 200 or sight.titles >= 3:
        return Choice(False, STATIC, doubt=True)
    return _browser("little-text", doubt=True)
