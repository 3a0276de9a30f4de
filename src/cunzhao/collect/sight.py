"""What there is to see of a page without running its scripts: one walk over its tree, for the verdict and
for the choice of an engine."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from itertools import islice

import lxml.html
from lxml import etree

from cunzhao.collect.names import AROUND, AROUND_TAGS, IMPRINT, LAZY, STAND_IN, SUBJECT, WAITING, any_of
from cunzhao.collect.page_references import named_by

Element = lxml.html.HtmlElement

_UNSEEN = frozenset(("script", "style", "title", "noscript", "template", "textarea", "select", "head", "meta",
                     "link", "datalist", "object"))  # fmt: skip
_BLOCKS = frozenset(("div", "section", "article", "main", "ul", "ol", "dl", "tbody", "table", "td", "p",
                     "span", "pre", "canvas", "figure", "center", "h1"))  # fmt: skip
_FILLING = frozenset(
    ("iframe", "video", "audio", "object", "embed", "form", "input", "table", "svg", "canvas")
)
_TEMPLATES = ("text/html", "text/xml", "text/plain", "template", "handlebars", "tmpl", "mustache")
_FILES = any_of(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|pptx?|txt|jpe?g|png)(?:$|[?#])")
_INLINE = frozenset(
    ("a", "span", "b", "strong", "i", "em", "u", "font", "sub", "sup", "small", "big", "mark", "label")
)
_WHOLE = ("html", "body")
_LONGEST_NAME = 200
_LONGEST_WAIT = 40  # characters of a word that something is being loaded
_WRAPPED = 300  # characters of running text that no navigation or footer holds: its name misled
_MARKS = re.compile("[，。；：！？、]")
_MOST_TEXT = 100_000  # characters of visible text that are kept
_MOST_SCRIPT = 400_000  # characters of inline script that are looked at


@dataclass(frozen=True, slots=True)
class Empty:
    """A container that holds nothing yet. `kind`: app, content, list, gallery, chart, waiting, other."""

    kind: str
    id: str
    tag: str
    sized: bool = False  # its own style gives it a height


@dataclass(slots=True)
class Sight:
    """What is seen of a page. Counts are of characters without white space."""

    title: str = ""
    text: str = ""  # visible text, one space for a run of white space
    free: int = 0  # visible characters outside links
    prose: int = 0  # of them in runs with Chinese punctuation, outside navigation, footer and the like
    notes: int = 0  # of short runs outside links and navigation
    titles: int = 0  # links outside navigation whose text is long enough for a title
    files: int = 0  # links to documents
    images: int = 0  # pictures outside navigation whose address is known
    hidden_images: int = 0  # pictures outside navigation of which only a script knows the address
    media: int = 0  # video, audio, embedded objects
    frames: int = 0
    framesets: int = 0
    password: bool = False
    noscript: str = ""
    templates: str = ""  # text in templates, textareas and scripts that hold markup
    mustaches: int = 0  # {{ … }} in visible text
    waits: int = 0  # places that say 加载中
    refresh: bool = False
    scripts: str = ""  # inline script
    outer_scripts: int = 0
    empties: list[Empty] = field(default_factory=list)


def sight_of(root: Element | None) -> Sight:
    """Look at a parsed page. Raises nothing."""
    sight = Sight()
    if root is None:
        return sight
    _Walk(sight).over(root)
    return sight


class _Walk:
    """In document order, without recursion: how deep a page nests is its author's choice."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.words: list[str] = []
        self.length = 0
        self.script: list[str] = []
        self.script_length = 0
        self.markup: list[str] = []
        self.wrapped = 0  # running text inside what is named as standing around the subject

    def over(self, root: Element) -> None:
        pending: list[tuple[Element | _Tail, bool, bool]] = [(root, False, False)]
        while pending:
            element, linked, around = pending.pop()
            if isinstance(element, _Tail):
                self.say(element.text, linked, around)
                continue
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if tag in _UNSEEN:
                self.unseen(element, tag)
                if tag != "head":
                    continue
                pending += [(child, False, True) for child in reversed(element)]
                continue
            name = _name(element)
            within = around or tag in AROUND_TAGS or bool(name and tag not in _WHOLE and _around(name))
            if tag not in _INLINE:
                self.words.append(" ")
            self.element(element, tag, name, within)
            inside = linked or tag == "a"
            if element.text:
                self.say(element.text, inside, within)
            if tag == "a" and not within:
                self.link(element)
            for child in reversed(element):
                if child.tail:
                    pending.append((_Tail(child.tail), inside, within))
                pending.append((child, inside, within))
        if self.sight.prose < _LONGEST_WAIT and self.wrapped >= _WRAPPED:
            self.sight.prose = self.wrapped
        self.sight.text = " ".join("".join(self.words).split())
        self.sight.scripts = "\n".join(self.script)
        self.sight.templates = " ".join(self.markup)

    def say(self, text: str, linked: bool, around: bool) -> None:
        if text.isspace():
            self.words.append(" ")
            return
        if self.length < _MOST_TEXT:
            self.words.append(text)
            self.length += len(text)
        if linked:
            return
        count = len("".join(text.split()))
        sight = self.sight
        sight.free += count
        if "{{" in text:
            sight.mustaches += text.count("{{")
        elif around:
            self.wrapped += count if _MARKS.search(text) and not IMPRINT.search(text) else 0
        elif len(text) < 40 and _is_waiting(text):
            sight.waits += 1
        elif IMPRINT.search(text):
            pass
        elif _MARKS.search(text) and count >= 8:
            sight.prose += count
        else:
            sight.notes += count

    def link(self, element: Element) -> None:
        if _FILES.search(element.get("href") or ""):
            self.sight.files += 1
        if len(element) < 8 and len("".join(element.itertext()).strip()) >= 9:
            self.sight.titles += 1

    def unseen(self, element: Element, tag: str) -> None:
        sight = self.sight
        if tag == "script":
            self.a_script(element)
        elif tag == "title":
            sight.title = sight.title or " ".join((element.text or "").split())
        elif tag == "noscript":
            sight.noscript += " ".join(islice(element.itertext(), 20))
        elif tag in ("template", "textarea"):
            self.markup.extend(islice(element.itertext(), 200))
        elif tag == "meta":
            sight.refresh = sight.refresh or (element.get("http-equiv") or "").lower() == "refresh"
        elif tag == "object":
            sight.media += 1

    def a_script(self, element: Element) -> None:
        kind = (element.get("type") or "").lower()
        if element.get("src"):
            self.sight.outer_scripts += 1
            return
        text = element.text or ""
        if kind == "application/ld+json" or not text.strip():
            return
        if any(one in kind for one in _TEMPLATES):
            self.markup.append(text[:_MOST_SCRIPT])
        elif self.script_length < _MOST_SCRIPT:
            self.script.append(text[: _MOST_SCRIPT - self.script_length])
            self.script_length += len(text)

    def element(self, element: Element, tag: str, name: str, around: bool) -> None:
        sight = self.sight
        if tag == "img":
            self.image(element, around)
        elif tag in ("iframe", "frame"):
            sight.frames += bool(element.get("src") or element.get("data-src") or element.get("srcdoc"))
            if not element.get("src") and not around and not element.get("srcdoc"):
                sight.empties.append(Empty("other", element.get("id") or "", "iframe"))
        elif tag == "frameset":
            sight.framesets += 1
        elif tag in ("video", "audio", "embed"):
            sight.media += 1
        elif tag == "input":
            sight.password = sight.password or (element.get("type") or "").lower() == "password"
        elif tag == "canvas":
            if not around:
                sight.empties.append(Empty("chart", element.get("id") or "", tag, True))
        elif tag in _BLOCKS and not around:
            self.block(element, tag, name)

    def image(self, element: Element, around: bool) -> None:
        if around:
            return
        source = (element.get("src") or "").strip()
        stands_in = not source or bool(STAND_IN.search(source))
        if any(one != source for one in map(str.strip, named_by(element))) or not stands_in:
            self.sight.images += 1
            return
        others = any(str(k).startswith(("data-", "ng-", "v-", ":", "x-", "_")) for k in element.attrib)
        if others or LAZY.search(f"{element.get('class')} {element.get('onload')}"):
            self.sight.hidden_images += 1

    def block(self, element: Element, tag: str, name: str) -> None:
        """Is this a container that waits to be filled?"""
        if not name and tag not in ("ul", "ol", "tbody"):
            return
        if len(element) > 6 or not _is_empty(element):
            return
        kind = next((kind for kind, names in SUBJECT.items() if names.search(name)), "other")
        if tag in ("ul", "ol", "tbody", "dl") and kind not in ("gallery", "app"):
            kind = "list"
        sized = bool(re.search(r"height\s*:\s*\d{3,}", element.get("style") or ""))
        waiting = _is_waiting("".join(islice(element.itertext(), 20)))
        if kind == "other" and waiting:
            kind = "waiting"
        self.sight.empties.append(Empty(kind, element.get("id") or "", tag, sized))


@dataclass(slots=True)
class _Tail:
    """Text after an element, which belongs to the one around it."""

    text: str
    tag: str = ""


def _name(element: Element) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}".strip()[:_LONGEST_NAME]


@functools.lru_cache(4096)  # pages of one site name their parts alike
def _around(name: str) -> bool:
    """Named as what stands around the subject, and not also as the subject."""
    return bool(AROUND.search(name)) and not SUBJECT["content"].search(name)


def _is_waiting(text: str) -> bool:
    """Nothing but a word that something is being loaded."""
    stripped = text.strip()
    return bool(stripped) and not WAITING.sub("", stripped)


def _is_empty(element: Element) -> bool:
    """No text but "loading", no picture, frame, form or media of its own. Ends at the first sign of life."""
    words = ""
    for inner in element.iter(etree.Element):
        tag = inner.tag
        if tag in _FILLING and inner is not element:
            return False
        if tag == "img" and not STAND_IN.search(inner.get("src") or ""):
            return False
        if tag not in _UNSEEN and inner.text:
            words += inner.text.strip()
        if inner.tail and inner is not element:
            words += inner.tail.strip()
        if len(words) > _LONGEST_WAIT:
            return False
    return not words or _is_waiting(words) or (words.startswith("{{") and words.endswith("}}"))
