"""How many of the facts are right, by the rules of the annotation guide.

A gold fact is found by the rule of its kind (`FOUND`): for a figure the place, the value and the unit; for a
project its name. Of the facts found, each scored field (`FIELDS`) is right or wrong. Places of gold facts
count the code points of the text without white space; those of the facts handed in count the text's own.

A gold fact may name other right answers (`unit_alt`), and be `optional`: then finding it counts for nothing,
and missing it neither. So does naming a project or person again that was found already.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cunzhao.extract.sameness import AT_ITS_PLACE, FIELDS, FOUND, TOLD_AGAIN, Rule, Said
from cunzhao.extract.types import KINDS


@dataclass(frozen=True, slots=True)
class Match:
    """A gold fact and the fact that finds it, as handed in."""

    fact: Said
    gold: Said
    wrong: tuple[str, ...]  # the scored fields that are not right


@dataclass(frozen=True, slots=True)
class KindScore:
    """One kind of fact in one document. Shares lie between 0 and 1; of nothing the share is 0."""

    kind: str
    matches: tuple[Match, ...]
    missed: tuple[Said, ...]  # gold facts
    extra: tuple[Said, ...]  # facts

    @property
    def gold(self) -> int:
        return len(self.matches) + len(self.missed)

    @property
    def found(self) -> int:
        return len(self.matches) + len(self.extra)

    @property
    def precision(self) -> float:
        return len(self.matches) / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return len(self.matches) / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return self._f1(len(self.matches))

    @property
    def complete(self) -> float:
        """The F1 of facts found with every scored field right."""
        return self._f1(sum(not match.wrong for match in self.matches))

    def _f1(self, right: int) -> float:
        return 2 * right / max(self.gold + self.found, 1)

    @property
    def fields(self) -> dict[str, float]:
        """Of the facts found, the share that has the field right."""
        most = max(len(self.matches), 1)
        return {
            name: sum(name not in match.wrong for match in self.matches) / most
            for name in scored_fields(self.kind)
        }


def scored_fields(kind: str) -> tuple[str, ...]:
    return tuple(FIELDS[kind])


def stripped_places(text: str) -> list[int]:
    """For each code point of the text, and for its end, how many before it are no white space."""
    return list(accumulate((not c.isspace() for c in text), initial=0))


def score(gold: Sequence[Said], facts: Sequence[Said], text: str) -> dict[str, KindScore]:
    """Compare facts of `text` with gold facts, kind by kind; kinds that neither has are left out.

    `facts` are as `Fact.to_json` gives them; offsets outside the text raise IndexError.
    """
    places = stripped_places(text)
    told = [{**fact, "start": places[fact["start"]], "end": places[fact["end"]]} for fact in facts]
    scores: dict[str, KindScore] = {}
    for kind in KINDS:
        wanted = [g for g in gold if g["kind"] == kind]
        mine = [n for n, fact in enumerate(told) if fact.get("kind") == kind]
        if mine or any(not g.get("optional") for g in wanted):
            scores[kind] = _of_kind(kind, wanted, [told[n] for n in mine], [facts[n] for n in mine])
    return scores


def _of_kind(kind: str, gold: Sequence[Said], told: Sequence[Said], facts: Sequence[Said]) -> KindScore:
    """`told` are the facts in the coordinates of the gold, one for one."""
    counted = [g for g in gold if not g.get("optional")]
    optional = [g for g in gold if g.get("optional")]
    free, near = dict(enumerate(told)), _Near(kind, told)
    matches, missed = [], []
    for g in counted:
        best = _best(kind, g, {n: free[n] for n in near.to(g) if n in free})
        if best is None:
            missed.append(g)
        else:
            matches.append(Match(facts[best], g, _wrong(kind, free.pop(best), g)))
    for g in optional:
        first = next((n for n, fact in free.items() if FOUND[kind](fact, g)), None)
        if first is not None:
            del free[first]
    if kind in TOLD_AGAIN:
        free = {n: f for n, f in free.items() if not any(FOUND[kind](f, g) for g in gold)}
    return KindScore(kind, tuple(matches), tuple(missed), tuple(facts[n] for n in free))


class _Near:
    """Which facts come into question for a gold one: of a long text few, where the place tells."""

    def __init__(self, kind: str, told: Sequence[Said]) -> None:
        self._all = None if kind in AT_ITS_PLACE else range(len(told))
        self._order = sorted(range(len(told)), key=lambda n: told[n]["start"])
        self._starts = [told[n]["start"] for n in self._order]
        self._longest = max((fact["end"] - fact["start"] for fact in told), default=0)

    def to(self, gold: Said) -> Sequence[int]:
        """Their numbers, ascending."""
        if self._all is not None:
            return self._all
        first = bisect_left(self._starts, gold["start"] - self._longest)
        return sorted(self._order[first : bisect_left(self._starts, gold["end"])])


def _best(kind: str, gold: Said, free: Mapping[int, Said]) -> int | None:
    """Of the facts that find it the one with the most fields right, then the nearest, then the first."""
    finding = [n for n, fact in free.items() if FOUND[kind](fact, gold)]
    return min(
        finding,
        key=lambda n: (len(_wrong(kind, free[n], gold)), abs(free[n]["start"] - gold["start"])),
        default=None,
    )


def _wrong(kind: str, fact: Said, gold: Said) -> tuple[str, ...]:
    def right(field: str, rule: Rule) -> bool:
        return any(rule(fact, answer) for answer in _answers(gold, field))

    return tuple(field for field, rule in FIELDS[kind].items() if not right(field, rule))


def _answers(gold: Said, field: str) -> Iterator[Said]:
    """The gold fact, then with each of the other right answers for the field in its place."""
    yield gold
    other = gold.get(f"{field}_alt", [])
    for answer in other if isinstance(other, list) else [other]:
        yield {**gold, field: answer}
