"""Projects: named, concrete things that are being set up, with stage, investment and place.

A name (`names.py`) is a project where its own clause says that the thing is set up: the verb that governs its
list, the predicate that follows it, an amount invested, or a heading under which such things stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cunzhao.extract.events.chapters import headlines, to_come
from cunzhao.extract.events.lists import Name
from cunzhao.extract.events.mentions import GOES_ON, Mention, left_open, read_mentions, read_sentence
from cunzhao.extract.events.names import read_names
from cunzhao.extract.events.pairing import read_pairings
from cunzhao.extract.events.rows import read_rows
from cunzhao.extract.events.stages import ahead, decide, read_signs
from cunzhao.extract.events.units import sentences
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import By, Fact, ProjectFields, Reason

VERSION = "1"
_AGREED = re.compile(r"签|共建|合作|联合")
_SETS_UP = re.compile(r"建|打造|谋划|布局")
_STOP = re.compile(r"[。！？；\n]")
_SIGNING = re.compile(r"签约|签订|签署|签下")


def extract_projects(setting: Setting) -> Iterator[Fact]:
    """One fact for each project, at the first place that says it is being set up; another where a later
    place says something new of it (stage, investment)."""
    told: dict[str, set[object]] = {}
    for one in sorted(
        [*_read(setting), *_of_headings(setting), *read_rows(setting)], key=lambda m: m.name.start
    ):
        fact = _fact(setting, one)
        before = told.setdefault(one.name.text, set())
        says = (fact.fields["stage"], fact.fields["investment"], setting.passage(one.at).end)
        if before and (says in before or not (one.signs or one.money)):
            continue
        before.add(says)
        yield fact


def _read(setting: Setting) -> list[Mention]:
    text = setting.flat.text
    found: list[Mention] = []
    told_below = set() if setting.plan else headlines(setting)
    last: Mention | None = None  # of which the next sentence may go on to speak
    for start, end in sentences(text):
        paragraph = setting.flat.paragraph_at(start).start
        if paragraph in told_below:
            last = None
            continue
        last = last if last and last.paragraph == paragraph else None
        said = last is not None and text[start] == "“" and not GOES_ON.match(text, start, end)
        goes_on = last is not None and bool(GOES_ON.match(text, start, end))
        sentence = read_sentence(text, start, end, paragraph, goes_on=goes_on)
        here = list(read_mentions(sentence))
        if not here and goes_on and last:
            if last.open and any(not s.weak for s in sentence.signs):
                last.open = False
                found.append(last)
            last.signs += sentence.signs
            last.money = last.money or next((m for m in sentence.money if m.told), None)
        found += here
        last = here[-1] if here else left_open(sentence) or (last if goes_on or said else None)
    return found


def _of_headings(setting: Setting) -> Iterator[Mention]:
    """A heading that is a name and nothing else, under one that says what is to be set up."""
    text = setting.flat.text
    for at, heading in setting.heads:
        above = [h for h in setting.path(at) if 1 < h.level < heading.level]
        spans = ((setting.flat.find(h.start), setting.flat.find(h.end)) for h in reversed(above))
        told = ([s for s in read_signs(text, *span) if _SETS_UP.search(s.word)] for span in spans)
        signs = next((s for s in told if s), [])
        end = setting.flat.find(heading.end)
        named = list(read_names(text, max(at, end - len(heading.title)), end)) if signs else []
        if len(named) == 1 and len(named[0].text) == len(heading.title) and named[0].proper:
            yield Mention(named[0], at, at, signs, by="heading")


def _fact(setting: Setting, one: Mention) -> Fact:
    name, flat = one.name, setting.flat
    title = setting.document.title or ""
    wanted = to_come(setting, name.start)
    signing = not wanted and bool(_SIGNING.search(title + flat.text[one.at : name.clause[1]]))
    going = any(s.stage == "building" and not s.weak for s in one.signs)
    signs = [ahead(setting, s, going=going) for s in one.signs]
    stage, sign = decide(signs, plan=setting.plan, wanted=wanted, signing=signing)
    place, told = _place(setting, name)
    fields: ProjectFields = {
        "name": name.text,
        "place": place,
        "parties": _parties(setting, one),
        "investment": one.money.value if one.money else None,
        "currency": one.money.currency if one.money else None,
        "stage": stage,
    }
    spans = {"stage": sign, "investment": one.money}
    why = [
        Reason(key, _by(setting, one, at.start), flat.span(at.start, at.end))
        if at
        else Reason(key, "default")
        for key, at in spans.items()
    ]
    return Fact(
        kind="project", span=flat.span(name.start, name.end), fields=fields, extractor="project",
        version=VERSION, why=(Reason("name", one.by), told, *why),
    )  # fmt: skip


def _by(setting: Setting, one: Mention, at: int) -> By:
    """Whether words about a name stand in its clause, elsewhere in its sentence, or in another one."""
    if one.by in ("heading", "table"):
        return one.by
    start, end = one.name.clause
    if start <= at < end:
        return "words"
    return "clause" if not _STOP.search(setting.flat.text, min(at, end), max(at, start)) else "sentence"


def _parties(setting: Setting, one: Mention) -> list[str]:
    """The two sides of the agreement that the clause of the name speaks of."""
    clause = one.name.clause
    if not _AGREED.search(setting.flat.text, *clause):
        return []
    found = read_pairings(setting, (one.at, clause[1]), clause, [])
    return [p.name for p in found[0].parties] if found else []


def _place(setting: Setting, name: Name) -> tuple[str | None, Reason]:
    """The area within the name, the one the sentence says it lies in, or the document's own."""
    low = bisect_left(setting.areas, name.clause[0] - 60, key=lambda a: a.start)
    near = [a for a in setting.areas[low : low + 12] if a.start < name.end]
    for area in reversed(near):
        if area.known and area.start >= name.start and area.end < name.end:
            return area.name, Reason("place", "words", setting.flat.span(area.start, area.end))
    for area in reversed(near):
        if area.start >= name.clause[0] and area.role == "in" and area.end <= name.first:
            return area.name, Reason("place", "clause", setting.flat.span(area.start, area.end))
    own = setting.passage(name.start).own
    return own, Reason("place", "own" if own else "default")
