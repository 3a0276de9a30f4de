"""Agreements of parties that a word stands for: `双方还签署了…协议`, `两市签下…协议`."""

from __future__ import annotations

import re
from bisect import bisect_left

from cunzhao.extract.events.forms import form_after
from cunzhao.extract.events.pairing import LINK, QUOTED, SUBJECT_REACH, Pairing
from cunzhao.extract.events.parties import Party, is_body, read_parties, subject_run
from cunzhao.extract.events.units import clauses
from cunzhao.extract.places.areas import level
from cunzhao.extract.text.setting import Setting

_BOTH = re.compile(
    r"(?:[^，。；]{0,8}?)(?P<both>双方|两[地市县区州校家院]{1,2}|三[方地])(?:现场|当天|随后|当场|已经|已|正式|还|又|并|共同|先后|再次|也|将)*(?=签[订署定下了]|续签|达成|缔结)"
)
_MEET = re.compile(r"举行|召开|座谈|会谈|会面|交流|对接|洽谈|考察|签约|合作|就")
_MET = 160  # characters back to where two have met


def read_both(setting: Setting, clause: tuple[int, int], last: list[Party]) -> list[Pairing]:
    """`双方还签署了…协议`: the parties told `last`, else the two that met in the sentence before."""
    text = setting.flat.text
    both = _BOTH.match(text, *clause)
    if not both:
        return []
    masked = QUOTED.sub(lambda m: "\0" * len(m[0]), text[slice(*clause)])
    form = form_after(text, masked, clause, both.end())
    floor = setting.flat.paragraph_at(clause[0]).start
    of_places = both["both"].startswith("两") and both["both"][1] in "地市县区州"
    reach = floor if of_places else floor - SUBJECT_REACH
    near = [p for p in last if p.start >= reach]
    parties = near if len(near) == len(last) else []
    for before in reversed(list(clauses(text, max(floor, clause[0] - _MET), clause[0]))):
        if parties:
            break
        parties = _met(setting, before)
    if not parties and of_places:
        parties = _two_places(setting, floor, clause[0])
    if not (form and form.signed and parties):
        return []
    return [Pairing(parties, form, parties, both=Party(*both.span("both"), both["both"]))]


def _two_places(setting: Setting, floor: int, end: int) -> list[Party]:
    """The two places named last before 两地 in its paragraph."""
    low = bisect_left(setting.areas, max(floor, end - SUBJECT_REACH), key=lambda a: a.start)
    high = bisect_left(setting.areas, end, key=lambda a: a.start)
    found: dict[str, Party] = {}
    for area in reversed(setting.areas[low:high]):
        if area.known and level(area.name) > 1 and len(found) < 2:
            found.setdefault(area.name, Party(area.start, area.end, setting.flat.text[area.start : area.end]))
    return list(found.values())[::-1] if len(found) == 2 else []


def _met(setting: Setting, clause: tuple[int, int]) -> list[Party]:
    """`甲与乙举行座谈`: two named bodies around a link."""
    text = setting.flat.text
    link = LINK.search(text, *clause)
    verb = _MEET.search(text, link.end(), clause[1]) if link else None
    if not link or not verb:
        return []
    own = read_parties(text, *subject_run(text, clause[0], link.start()))[0]
    parties = [*own, *read_parties(text, link.end(), verb.start())[0]]
    return parties if own and len(parties) > 1 and all(is_body(setting, p) for p in parties) else []
