"""Which places have agreements with each other, as a picture: circles as large as theirs are many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from math import sqrt
from unicodedata import east_asian_width

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.data.layout import laid_out
from cunzhao.core.data.sources import shown
from cunzhao.core.values.filed import AgreementFilter, Edge, Network, Node
from cunzhao.storage.filed import AgreementPlaceRow, AgreementRow

NODES = 36  # more cannot be read
EDGES = 120
KINDS = 60  # to choose from
THICK = 10.0
FEW = 6  # agreements of the largest circle where no place has more
LETTER = 14  # px
NAME = 12  # characters of a name in the picture
PAST = "~"  # behind every date that begins with what stands before it


@dataclass(frozen=True, slots=True)
class Joined:
    """An agreement between places."""

    id: int
    date: str
    kind: str
    nature: str
    places: tuple[str, ...]  # two or more, in order


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is remembered of all agreements shown."""

    joined: tuple[Joined, ...]
    names: Mapping[str, str]  # of places, those with most agreements first
    kinds: tuple[str, ...]  # the most usual first
    years: tuple[str, ...]  # the latest first


def agreed(session: Session) -> Agreed:
    row, place = AgreementRow, AgreementPlaceRow
    query = (
        sa.select(row.id, row.date, row.form, row.nature, place.place, place.name)
        .join(place, place.agreement_id == row.id)
        .where(shown(row.snapshot_id))
    )
    of: dict[tuple[int, str, str, str], set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    times: Counter[str] = Counter()
    for id, date, kind, nature, key, name in session.execute(query):
        of[id, date, kind, nature].add(key)
        names[key] = name
        times[key] += 1
    kinds = sa.select(row.form).where(row.form != "", shown(row.snapshot_id)).group_by(row.form)
    year = sa.func.substr(row.date, 1, 4)
    years = sa.select(year).where(row.date != "", shown(row.snapshot_id)).distinct()
    return Agreed(
        joined=tuple(Joined(*told, tuple(sorted(places))) for told, places in of.items() if len(places) > 1),
        names={key: names[key] for key in sorted(names, key=lambda key: (-times[key], key))},
        kinds=tuple(session.scalars(kinds.order_by(sa.func.count().desc(), row.form).limit(KINDS))),
        years=tuple(session.scalars(years.order_by(year.desc()))),
    )


def network(known: Agreed, wanted: AgreementFilter, among: Collection[int] | None = None) -> Network:
    """Of the agreements that match, all but their places; `among`: those in which the word stands."""
    matching = _matching(known.joined, wanted)
    found = matching if among is None else (one for one in matching if one.id in among)
    return picture([one.places for one in found], known.names)


def _matching(joined: Sequence[Joined], wanted: AgreementFilter) -> Sequence[Joined]:
    if not (wanted.kind or wanted.nature or wanted.since or wanted.until):
        return joined
    return [
        one
        for one in joined
        if wanted.kind in ("", one.kind)
        and wanted.nature in ("", one.nature)
        and wanted.since <= one.date
        and (not wanted.until or "" < one.date < wanted.until + PAST)
    ]


def picture(agreements: Sequence[Sequence[str]], names: Mapping[str, str]) -> Network:
    """`agreements`: the places of each, two or more in order; `names`: of these places."""
    many = Counter(chain.from_iterable(agreements))
    pairs = Counter(chain.from_iterable(combinations(places, 2) for places in agreements))
    drawn: list[tuple[str, str, int]] = []
    seen: set[str] = set()
    for pair, count in sorted(pairs.items(), key=lambda told: (-told[1], told[0])):
        if len(seen | set(pair)) <= NODES and len(drawn) < EDGES:
            seen |= set(pair)
            drawn.append((*pair, count))
    told = tuple((place, names[place], many[place]) for place in sorted(seen))
    return _drawn(told, tuple(drawn), len(many))


@lru_cache(maxsize=32)
def _drawn(
    places: tuple[tuple[str, str, int], ...], pairs: tuple[tuple[str, str, int], ...], all_places: int
) -> Network:
    most = max(FEW, *(n for _, _, n in places)) if places else FEW
    radii = {place: round(7 + 13 * sqrt(n / most), 1) for place, _, n in places}
    sizes = {place: _box(name, n, radii[place]) for place, name, n in places}
    spots, (width, height) = laid_out(sizes, [(a, b) for a, b, _ in pairs])
    nodes = {
        place: Node(
            place=place,
            name=name,
            agreements=n,
            x=spots[place][0],
            y=round(spots[place][1] - LETTER / 2 - 3, 1),
            r=radii[place],
        )
        for place, name, n in places
    }
    edges = (
        Edge(a=nodes[a], b=nodes[b], agreements=n, width=round(min(THICK, 1 + 1.3 * sqrt(n)), 1))
        for a, b, n in pairs
    )
    return Network(
        nodes=tuple(nodes.values()), edges=tuple(edges), places=all_places, width=width, height=height
    )


def _box(name: str, agreements: int, radius: float) -> tuple[float, float]:
    """What holds a circle with its name and number under it."""
    letters = f"{name[:NAME]} {agreements}"
    wide = sum(1.0 if east_asian_width(c) in "WF" else 0.6 for c in letters)
    return max(2 * radius, LETTER * wide) + 14, 2 * radius + LETTER + 20
