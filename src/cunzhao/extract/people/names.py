"""What is a name where one may stand: `方以宁`, `欧阳栩`, `阿卜力孜·买买提`, `央金卓玛`, `默克尔`.

A surname and one or two characters, rarely three. Which of them end the name is told by what follows (words
that close a name beyond doubt, words that mostly stand behind one) and by the rest of the document.
"""

from __future__ import annotations

import re
from functools import cache

from cunzhao.extract.lexicons import any_of, areas, characters, guarded, lines, words

HAN = re.compile(r"[一-龥]")
DOTS = "·•・‧"
_NEAR = (
    50_000  # characters on each side in which a name is counted: the count must not make the whole quadratic
)
_LATIN = re.compile(r"(?:[A-Z][a-z]+\.?|[A-Z]\.){2,4}")


def name_end(text: str, start: int, positions: str, *, sure: bool = False) -> int | None:
    """Where the name that begins at `start` ends, or None where none does. `positions` is an alternation of
    what positions end with; `sure` asks for a name that is closed beyond doubt."""
    foreign = _foreign(text, start)
    if foreign:
        return foreign
    kind, head = _surname(text, start)
    if not head or nobody(positions).match(text, start) or not HAN.match(text, start + head):
        return None
    end = _han_end(text, start, head, wordy=kind == "wordy")
    if end and text[start:end] in _places():
        return None
    return end if not sure or (end and closes().match(text, end)) else None


@cache
def closes() -> re.Pattern[str]:
    """Only these close a name beyond doubt."""
    return re.compile(rf"[^一-龥A-Za-z0-9]|$|{guarded('person_closes.txt')}")


@cache
def follow() -> re.Pattern[str]:
    return re.compile(rf"[^一-龥]|{guarded('person_closes.txt')}|{guarded('person_follow.txt')}")


@cache
def nobody(positions: str) -> re.Pattern[str]:
    """What begins with a surname and is no name: `高度`, `向大家`, `时指出`."""
    spoken = f"[{''.join(characters('preposition'))}](?:{any_of(words('spoken_to.txt'))})"
    said = f"[{''.join(characters('wordlike'))}](?:{guarded('person_closes.txt')})"
    return re.compile(f"{any_of(words('not_names.txt'))}|{spoken}|{said}|[一-龥](?:{positions})")


@cache
def _surnames() -> dict[str, str]:
    """Each surname with its kind."""
    found: dict[str, str] = {}
    for line in lines("surnames.txt"):
        kind, these = line.split("\t")
        found |= dict.fromkeys(these.split() if " " in these else these, kind)
    return found


@cache
def _places() -> frozenset[str]:
    return frozenset(name for area in areas() for name in (area.name, area.short))


@cache
def _foreign_forms() -> re.Pattern[str]:
    parts, signs = any_of(words("tibetan_names.txt")), "".join(characters("foreign"))
    dotted = rf"[一-龥]{{1,8}}(?:[{DOTS}][一-龥]{{1,8}})*[{DOTS}][一-龥]{{1,7}}?(?={follow().pattern}|$)"
    return re.compile(
        rf"{dotted}|(?:{parts}){{2}}(?={follow().pattern}|$)|[{signs}]{{2,6}}(?={closes().pattern})"
    )


def _foreign(text: str, start: int) -> int | None:
    """Names with a dot, Latin ones, Tibetan ones, and such as are written with the signs for foreign names; a
    name that may be Chinese is no foreign one."""
    found = _foreign_forms().match(text, start) or _LATIN.match(text, start)
    if not found:
        return None
    plain = len(found[0]) < 4 and not set(DOTS) & set(found[0])
    return None if plain and _surname(text, start)[0] == "sure" else found.end()


def _surname(text: str, start: int) -> tuple[str, int]:
    """The kind and the length of the surname at `start`; ("", 0) where none stands."""
    for length in (3, 2, 1):
        kind = _surnames().get(text[start : start + length])
        if kind:
            return kind, length
    return "", 0


def _han_end(text: str, start: int, head: int, *, wordy: bool) -> int | None:
    run = text[start : start + head + 2]
    short, long = start + head + 1, start + head + 2
    full = _full(text, start, head)
    if full:
        return full
    if wordy or run[head] in characters("tail"):
        return long if _rare_name(text, start, run, head) else None
    if len(run) < head + 2 or not HAN.match(run[-1]) or run[-1] in characters("ends"):
        return short
    if run[-1] in characters("joint"):
        # 祝清和说, but 李明和王刚: a name follows a joint, a verb or stop a name
        return long if closes().match(text, long) else short
    return _longer_or_shorter(text, start, short, long)


def _full(text: str, start: int, head: int) -> int | None:
    """A given name of three characters, which is rare: only where the document repeats it or lists it."""
    end = start + head + 3
    given = text[start + head : end]
    if head > 1 or len(given) < 3 or not all(map(HAN.match, given)) or set(given) & characters("tail"):
        return None
    if any(follow().match(text, at) for at in (end - 1, end - 2)) or not closes().match(text, end):
        return None
    listed = text[end : end + 1] == "、" and HAN.match(text, end + 1)
    names = _count(text, start, end)
    return end if listed or (names > 1 and names == _count(text, start, end - 1)) else None


def _count(text: str, start: int, end: int) -> int:
    return text.count(text[start:end], max(0, start - _NEAR), start + _NEAR)


def _rare_name(text: str, start: int, run: str, head: int) -> bool:
    """`方以宁`, `水从云`: a surname or a middle character that mostly is a word or a particle; what follows
    must close the name, and a surname that is a particle takes no such middle."""
    if len(run) < head + 2 or not all(map(HAN.match, run[head:])):
        return False
    odd = run[head] in characters("tail")
    if odd and (run[head] not in characters("middle") or run[0] in characters("wordlike")):
        return False
    return run[-1] not in characters("tail") and bool(closes().match(text, start + head + 2))


def _longer_or_shorter(text: str, start: int, short: int, long: int) -> int | None:
    names, longer = _count(text, start, short), _count(text, start, long)
    if names > 1 and longer in (1, names):
        return long if longer == names else short
    if text[short] in characters("third") and closes().match(text, long):
        return long
    behind = follow().match(text, short)
    if follow().match(text, long):
        both = not behind or (text[short] in characters("both") and len(behind[0]) < 2)
        return long if both else short
    return short if behind else None
