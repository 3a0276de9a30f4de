"""The day of an event told earlier: `9月21日，…签约仪式举行。…仪式上，15个项目签约`."""

from __future__ import annotations

import re
from bisect import bisect_left

from cunzhao.extract.figures.period import Timed
from cunzhao.extract.figures.sentence import REACH, Sentence

_FAR = 40  # dates before in which that of the event is looked for
_AT_EVENT = re.compile(r"(?P<noun>推介会|仪式|恳谈会|说明会|洽谈会|博览会|交易会)(?:现场)?上|在?现场签约")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def event_day(sentence: Sentence, index: int) -> Timed | None:
    """The day of the event at which what the sentence tells was done, where an earlier sentence names it."""
    end = sentence.quantities[index].end
    start = max(sentence.start, end - 4 * REACH)  # a sentence without an end must not be read again and again
    event = _AT_EVENT.search(sentence.text, start, end + len(sentence.right(index)))
    if not event:
        return None
    noun = event["noun"] or "签约"
    high = bisect_left(sentence.told, sentence.start, key=lambda d: d.start)
    for when in reversed(sentence.told[max(0, high - _FAR) : high]):
        stop = sentence.text.find("。", when.end, when.end + REACH)
        named = sentence.text.find(noun, when.end, stop if stop >= 0 else when.end + REACH)
        if when.role == "plain" and named >= 0 and _DAY.fullmatch(when.period or ""):
            return Timed(when.period, "sentence", when.start, when.end)
    return None
