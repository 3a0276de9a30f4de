"""GB/T 2260 codes of areas: those that stand, those abolished or renamed, and groups of areas.

Codes are six digits. Divisions: `areas.tsv`; abolished ones with their last year: `abolished.tsv`; regions
with their members: `groups.tsv`; single characters of joint names (沪杭甬): `single_names.tsv`.
"""

from __future__ import annotations

from functools import cache

from cunzhao.extract.lexicons import areas, lines

_JOINT = range(2, 7)  # characters of a joint name
_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "省", "市", "区", "县", "旗", "盟", "地区")


def codes_of(name: str | None, within: str | None = None) -> tuple[str, ...]:
    """The codes of an area: one for a division, several for a group (长三角, 苏锡常, 沪杭甬), none else.

    `name` is a full or short form. Where several divisions bear it (鼓楼区), the one in the area `within`
    is meant, and without such a one none.
    """
    if not name:
        return ()
    code = _code_of(name, within)
    if code:
        return (code,)
    single = single_names().get(name, ())
    return groups().get(name) or (single if len(single) == 1 else joint(name))


def current(code: str) -> str:
    """The code under which an abolished division goes on alone (上虞市 -> 上虞区); else the code itself.

    It goes on under the code of `successors.tsv`, or where its prefecture, or else its province, has one
    division of its level and of the same name but for 市, 县, 区.
    """
    gone = next((name for name, code_, _ in _abolished() if code_ == code), None)
    if gone is None or code in _by_code():
        return code
    named = _successors().get(code)
    if named:
        return named
    stem, county = _stem(gone), not code.endswith("00")
    alike = [a.code for a in areas() if _stem(a.name) == stem and a.code.endswith("00") is not county]
    for reach in (4, 2):  # a county-level city once had codes apart from its prefecture's
        heirs = [c for c in alike if c[:reach] == code[:reach]]
        if len(heirs) == 1 and len(stem) > 1:
            return heirs[0]
    return code


def name_of(code: str) -> str | None:
    """The full name under a code, abolished ones too."""
    return _by_code().get(code) or next((name for name, code_, _ in _abolished() if code_ == code), None)


def joint(name: str) -> tuple[str, ...]:
    """The members of a joint name of single characters: 沪杭甬, 苏锡常, 京津冀; () where one is unknown.

    A character that means two areas (苏: 江苏, 苏州; 宁: 宁夏, 南京) means the one of the others' level and
    province, else the first of the lexicon. Only names without a doubled character are joint.
    """
    meant = [single_names().get(c, ()) for c in name]
    if len(name) not in _JOINT or not all(meant) or len(set(name)) < len(name):
        return ()
    sure = [codes[0] for codes in meant if len(codes) == 1]
    return tuple(_fitting(codes, sure) for codes in meant)


def _fitting(codes: tuple[str, ...], sure: list[str]) -> str:
    cities = [code for code in sure if not code.endswith("0000")]
    if len(codes) == 1 or len(cities) * 2 < len(sure) or not cities:
        return codes[0]
    options = [code for code in codes if not code.endswith("0000")]
    provinces = {code[:2] for code in cities}
    return next((c for c in options if c[:2] in provinces), options[0] if options else codes[0])


def _code_of(name: str, within: str | None) -> str | None:
    found = _names().get(name, ())
    if not found:
        gone = [code for name_, code, _ in _abolished() if name_ == name]
        found = tuple(gone[-1:]) if len({code[:2] for code in gone}) == 1 else tuple(gone)
    if len(found) == 1:
        return found[0]
    home = _names().get(within or "", ())
    for reach in (4, 2):
        near = {code for code in found for h in home if code != h and code[:reach] == h[:reach]}
        if len(near) == 1:
            return near.pop()
    for zeros in ("0000", "00"):
        highest = [code for code in found if code.endswith(zeros)]
        if highest:
            return highest[0] if len(highest) == 1 else None
    return None


def _stem(name: str) -> str:
    return next((name.removesuffix(s) for s in _SUFFIXES if name.endswith(s)), name)


@cache
def _by_code() -> dict[str, str]:
    return {area.code: area.name for area in areas()}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Full names and short forms, each with the codes it may mean."""
    found: dict[str, list[str]] = {}
    for area in areas():
        for name in {area.name, area.short} - {""}:
            found.setdefault(name, []).append(area.code)
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _successors() -> dict[str, str]:
    return dict(line.split("\t") for line in lines("successors.tsv"))


@cache
def _abolished() -> tuple[tuple[str, str, int], ...]:
    """Name, code, last year; in order of the year."""
    rows = (line.split("\t") for line in lines("abolished.tsv"))
    return tuple(sorted(((name, code, int(year)) for code, name, year in rows), key=lambda row: row[2]))


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Regions and their short forms, each with the codes of its members."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines("groups.tsv"):
        name, shorts, codes = line.split("\t")
        found |= dict.fromkeys((name, *shorts.split()), tuple(codes.split()))
    return found


@cache
def single_names() -> dict[str, tuple[str, ...]]:
    """Single characters that stand for an area in a joint name."""
    return {c: tuple(codes.split()) for c, codes in (line.split("\t") for line in lines("single_names.tsv"))}
