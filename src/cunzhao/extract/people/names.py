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
_NEAR, _ENOUGH = 10_000, 12  # characters on each side in which a name is counted, and how often at most
_SAYS = re.compile(r"说|表示|介绍|指出|强调|认为|告诉|透露|坦言")
_LATIN = re.compile(r"(?:[A-Z][a-z]+\.?|[A-Z]\.){2,4}")


def name_end(text: str, start: int, positions: str, *, sure: bool = False, firm: bool = False) -> int | None:
    """Where the name that begins at `start` ends, or None where none does. `positions` is an alternation of
    what positions end with; `sure` asks for a name that is closed beyond doubt, `firm` says that one must
    stand here: then three characters are taken where nothing tells."""
    foreign = _foreign(text, start, positions)
    if foreign:
        return foreign
    kind, head = _surname(text, start)
    if not head or nobody(positions).match(text, start) or not HAN.match(text, start + head):
        return None
    end = _japanese(text, start + head) if kind == "japanese" else _han_end(text, start, head, kind)
    if not end and firm:
        end = _standing(text, start, head, kind)
    if end and (text[end - 1] in characters("unit") or _is_place(text[start:end])):
        return None
    return end if not sure or (end and closes().match(text, end)) else None


def may_begin(text: str, start: int) -> bool:
    """Whether a surname stands at `start`."""
    return bool(_surname(text, start)[1])


def is_name(run: str, positions: str) -> bool:
    """Whether the whole run can be a name."""
    foreign = _foreign_forms().match(run)
    if foreign and foreign.end() == len(run) and (len(run) > 3 or set(DOTS) & set(run)):
        return True
    kind, head = _surname(run, 0)
    given = run[head:]
    if not head or not 1 + (kind == "wordy") <= len(given) <= 4 - head or not all(map(HAN.match, given)):
        return False
    odd = set(given) & characters("tail")
    rare = odd and (len(given) < 2 or given[0] not in characters("middle") or set(given[1:]) & odd)
    return not rare and run not in _places() and not nobody(positions).match(run)


@cache
def closes() -> re.Pattern[str]:
    """Only these close a name beyond doubt."""
    return re.compile(rf"[^一-龥A-Za-z0-9{DOTS}]|$|{guarded('person_closes.txt')}")


@cache
def follow() -> re.Pattern[str]:
    """What mostly stands behind a name: those, verbs and adverbs, and titles."""
    more = any_of(words("action_verbs.txt") | words("positions.txt"))
    return re.compile(
        rf"[^一-龥{DOTS}]|$|{guarded('person_closes.txt')}|{guarded('person_follow.txt')}|{more}"
    )


@cache
def nobody(positions: str) -> re.Pattern[str]:
    """What begins with a surname and is no name: `高度`, `向大家`, `时指出`."""
    spoken = f"[{''.join(characters('preposition'))}](?:{any_of(words('spoken_to.txt'))})"
    said = f"[{''.join(characters('wordlike'))}](?:{guarded('person_closes.txt')})"
    return re.compile(
        f"{any_of(words('not_names.txt'))}|{spoken}|{said}|[一-龥]?(?:常务|副|代)?(?:{positions})|[一-龥]分[行局部校院厂店]"
        f"|[应在][向对把将从由与和会]"
    )


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


def _is_place(run: str) -> bool:
    return run in _places() or (run[:2] in _places() and run[-1] in "人籍")


@cache
def _foreign_forms() -> re.Pattern[str]:
    parts, signs = any_of(words("tibetan_names.txt")), "".join(characters("foreign"))
    more = signs + "".join(characters("foreign_more"))
    closed, followed = f"(?={closes().pattern})", f"(?={follow().pattern})"
    first = rf"[一-龥]{{1,8}}?(?:[{DOTS}][一-龥]{{1,8}}?)*?[{DOTS}]"
    return re.compile(
        rf"{first}(?:[{more}]{{1,7}}{followed}|[一-龥]{{1,7}}?{closed}|[一-龥]{{1,7}}?{followed})"
        rf"|(?:{parts}){{2}}{followed}|(?:{parts})[措吉杰加太]{closed}|(?:(?:{parts})[一-龥]{{2}}|[一-龥]{{2}}(?:{parts})){closed}"
        rf"|[{more}]{{4,6}}{followed}|[{signs}]{{2,3}}{closed}"
    )


def _foreign(text: str, start: int, positions: str) -> int | None:
    """Names with a dot, Latin ones, Tibetan ones, and such as are written with the signs for foreign names; a
    name that may be Chinese is no foreign one."""
    found = _foreign_forms().match(text, start) or _LATIN.match(text, start)
    if not found or re.search(positions, found[0]):
        return None
    short = len(found[0]) < 4 and not set(DOTS) & set(found[0])
    return None if short and _surname(text, start)[0] == "sure" else found.end()


def _surname(text: str, start: int) -> tuple[str, int]:
    """The kind and the length of the surname at `start`; ("", 0) where none stands."""
    for length in (3, 2, 1):
        kind = _surnames().get(text[start : start + length])
        if kind:
            return kind, length
    return "", 0


def _standing(text: str, start: int, head: int, kind: str) -> int | None:
    """A name that nothing closes: of three characters, of two before one that is seldom the last of a name.
    No particle is in it, and a surname that mostly is another word must have something behind it that mostly
    follows a name."""
    short, long = start + head + 1, start + head + 2
    end = short if text[short:long] in ("", *characters("seldom")) else long
    given = text[start + head : end]
    odd = characters("tail") | characters("ends") | characters("joint") | characters("third")
    if set(given) & odd or text[start] in characters("wordlike") or not all(map(HAN.match, given)):
        return None
    if kind != "wordy" or (end == long and follow().match(text, long) and not follow().match(text, short)):
        return end
    return None


def _japanese(text: str, given: int) -> int | None:
    return next((end for end in (given + 3, given + 2) if closes().match(text, end)), None)


def _han_end(text: str, start: int, head: int, kind: str) -> int | None:
    run = text[start : start + head + 2]
    short, long = start + head + 1, start + head + 2
    full = _full(text, start, head)
    if full:
        return full
    if kind == "wordy" and _SAYS.match(text, short):
        return short
    if kind == "wordy" or run[head] in characters("tail"):
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
    names, longer = _counts(text, start, end - 1, end)
    return end if listed or 1 < names == longer else None


def _counts(text: str, start: int, short: int, long: int) -> tuple[int, int]:
    """How often the shorter name stands nearby, and how often it goes on as the longer one."""
    names = longer = 0
    at = text.find(text[start:short], max(0, start - _NEAR), start + _NEAR)
    while at >= 0 and names < _ENOUGH:
        names += 1
        longer += text.startswith(text[short:long], at + short - start)
        at = text.find(text[start:short], at + 1, start + _NEAR)
    return names, longer


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
    names, longer = _counts(text, start, short, long)
    if names > 1 and longer in (1, names):
        return long if longer == names else short
    if text[short] in characters("third") and closes().match(text, long):
        return long
    by_short, by_long = _strength(text, short), _strength(text, long)
    seldom = characters("seldom") if by_long < 3 else characters("verbal")
    if text[short] in seldom and by_long:
        return short
    if by_long and (by_long > by_short or (text[short] not in characters("verbal") and by_short < 2)):
        return long
    return short if by_short else None


def _strength(text: str, at: int) -> int:
    """How surely a name ends at `at`: 3 beyond doubt, 2 by a whole word, 1 by what words begin with."""
    if closes().match(text, at):
        return 3
    found = follow().match(text, at)
    return 0 if not found else 2 if len(found[0]) > 1 or found[0] in characters("verbal") else 1
