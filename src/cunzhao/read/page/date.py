"""When a page was published: its head, information line, <time> elements and address each have a voice.

The day with most weight wins. Its time of day is what the surest voice with one says, in the precision that
the page shows: 2019-01-21T09:03 where the page says 09:03 and its head 09:03:36.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html

from cunzhao.read.dates import BEIJING, Shown, dates_in, moved, told_date
from cunzhao.read.infoline import Info, read_lines
from cunzhao.read.page.dom import PageLine, folded
from cunzhao.read.page.headmeta import Head
from cunzhao.read.page.zones import Told, Zones

_URL_DATES = (
    re.compile(r"[/_-]t?((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(\d\d?)[/_-](\d\d?)(?!\d)"),
    re.compile(r"/((?:19|20)\d\d)[/_-](\d\d)(\d\d)(?!\d)"),
)
_MIDNIGHT = ("T00:00", "T00:00:00")
_HARDLY = 0.5  # weight of a voice that only counts where no other is heard


@dataclass(frozen=True, slots=True)
class _Voice:
    shown: Shown
    weight: float
    visible: bool = False


def published(
    root: html.HtmlElement, lines: Sequence[PageLine], head: Head, zones: Zones, told: Told, *, url: str
) -> str | None:
    """The publication time as ISO date or date-time; None where nothing tells it.

    A change (更新时间) is taken only where nothing tells the publication; so is the day that the address has.
    """
    voices = [_Voice(shown, 2.0 if i else 5.0) for i, shown in enumerate(head.published)]
    voices += _said(told.head, labelled=6.0, bare=3.0, updated=0.4)
    voices += _said(told.above, labelled=5.0, bare=1.5, updated=0.4)
    voices += _said(told.tail, labelled=4.0, bare=0.0, updated=0.0)[:1]  # further ones are of other texts
    voices += [_Voice(shown, 1.2, True) for line in zones.foot if (shown := _alone(line.text))][:1]
    voices += [_Voice(s, 4.0, True) for text in told.hints["time"][:1] for s in dates_in(text)[:1]]
    voices += _time_elements(root, zones)
    voices += [_Voice(head.scripted, 1.5)] if head.scripted else []
    if not any(voice.weight > 1 for voice in voices):
        voices += _anywhere(lines)
    voices += [_Voice(shown, 0.3) for shown in head.modified[:1]]
    day = date_of_address(url)
    voices += [_Voice(Shown(0, 0, day), 1.5)] if day else []
    return _heard([v for v in voices if v.weight], chinese=_is_chinese(lines, head))


def date_of_address(url: str) -> str | None:
    """The day that an address carries (/2019-01-21/, /2019/01/21/, /t20190121_4185.html), or None."""
    path = re.sub(r"^\w+://[^/]*|[?#].*", "", url)
    for pattern in _URL_DATES:
        for found in pattern.finditer(path):
            told = told_date(f"{found[1]}-{found[2]}-{found[3]}")
            if told:
                return told.iso
    return None


def _said(info: Info, *, labelled: float, bare: float, updated: float) -> list[_Voice]:
    weights = {"published": labelled, "bare": bare, "updated": updated, "other": 0.0}
    timed = 1.0 if bare else 0.0  # a date with a time of day is seldom about anything else
    voices = [
        _Voice(d.shown, weights[d.kind] + timed * (d.kind == "bare" and "T" in d.shown.iso), True)
        for d in info.dates
    ]
    return [voice for voice in voices if voice.weight]


def _alone(text: str) -> Shown | None:
    """A date with a time of day that is all a line says."""
    shown = next(iter(dates_in(text)), None) if len(text) <= 30 else None
    return shown if shown and "T" in shown.iso and shown.end - shown.start >= len(text) - 2 else None


def _time_elements(root: html.HtmlElement, zones: Zones) -> Iterator[_Voice]:
    near = {line.element for line in (*zones.head, *zones.above)}
    for element in root.iter("time"):
        text = folded(element.text_content())
        told = told_date(element.get("datetime", "")) or next(iter(dates_in(text)), None)
        main = "pubdate" in element.attrib or "datePublished" in element.get("itemprop", "")
        if told and (main or element in near or any(a in near for a in element.iterancestors())):
            yield _Voice(told, 4.5 if main else 4.0)
            return


def _anywhere(lines: Sequence[PageLine]) -> Iterator[_Voice]:
    """The first date that the page labels as its publication, wherever it stands."""
    for line in lines:
        if len(line.text) <= 120 and "发" in line.text and line.linked < 0.5 * len(line.text):
            for dated in read_lines([line.text]).dates:
                if dated.kind == "published":
                    yield _Voice(dated.shown, 2.0, True)
                    return


def _heard(voices: Sequence[_Voice], *, chinese: bool) -> str | None:
    placed = sorted(((v, _local(v, voices, chinese)) for v in voices), key=lambda p: -p[0].weight)
    days: dict[str, float] = defaultdict(float)
    for voice, iso in placed:
        days[iso[:10]] += voice.weight
    if not days:
        return None
    day = max(days, key=lambda d: days[d])
    of_day = [(voice, iso) for voice, iso in placed if iso[:10] == day]
    sure = [(voice, iso) for voice, iso in of_day if voice.weight > _HARDLY] or of_day
    timed = [(voice, iso) for voice, iso in sure if "T" in iso]
    agreeing = [(voice, iso) for voice, iso in timed if iso[:16] == timed[0][1][:16]]
    shown = [(voice, iso) for voice, iso in agreeing if voice.visible]
    return max((iso for _, iso in shown or agreeing), key=len, default=day)


def _local(voice: _Voice, voices: Sequence[_Voice], chinese: bool) -> str:
    """The time as the page shows it: of an instant in UTC Beijing's time on a Chinese page, unless the page
    shows the very figures; with any other zone the figures stand."""
    shown = voice.shown
    if shown.zone is None or "T" not in shown.iso:
        return shown.iso
    beijing = moved(shown.iso, BEIJING - shown.zone)
    seen = {v.shown.iso[:16] for v in voices if v.visible and v.shown.zone is None}
    for iso in (shown.iso, beijing):
        if iso[:16] in seen:
            return iso
    days = {iso[:10] for iso in seen}
    if not chinese or (beijing[:10] not in days and shown.iso[:10] in days):
        return shown.iso
    return beijing[:10] if beijing[10:] in _MIDNIGHT else beijing


def _is_chinese(lines: Sequence[PageLine], head: Head) -> bool:
    sample = "".join(line.text for line in lines[:200])[:4_000]
    han = sum("\u4e00" <= c <= "\u9fff" for c in sample)
    return head.language.startswith("zh") or han > 0.15 * len(sample)
