"""Addresses of a search, changed a little: by one filter more or less, in another order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cunzhao.core.values.search import SearchWanted
from cunzhao.language import N_, Told
from cunzhao.web.showing.show import query

FACET_NAMES = Told({
    "tag": N_("标签"), "collection": N_("专题"), "area": N_("地区"), "year": N_("年份"),
    "source": N_("来源"), "kind": N_("文种"), "verdict": N_("结论"), "has": N_("含有"),
    "from": N_("起始日期"), "to": N_("截止日期"),
})  # fmt: skip
SORT_NAMES = Told({
    "": N_("相关度"), "date": N_("日期从新到旧"), "date-asc": N_("日期从旧到新"), "title": N_("标题拼音"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of the same search, changed a little."""

    wanted: SearchWanted

    def _of(self, wanted: SearchWanted) -> str:
        return f"/search{query(**_parts(wanted), cursor=wanted.cursor)}"

    def here(self) -> str:
        return self._of(self.wanted)

    def saved(self) -> str:
        """What of the address is worth keeping under a name: "" where nothing is asked."""
        return query(**_parts(self.wanted))

    def said(self) -> Iterator[tuple[str, str]]:
        """The filters in force, each by name and value; a first and a last day in one year are that year."""
        narrow = self.wanted.narrow
        year = narrow.get("from") if narrow.get("from") == narrow.get("to") else None
        for name, values in narrow.items():
            if year and name in ("from", "to"):
                continue
            yield from ((name, value) for value in values)
        if year:
            yield "year", year[0]

    def narrowed(self, name: str, value: str) -> str:
        """By one more value of a facet; a year is its first day to its last."""
        if name == "year":
            return self._narrow({**self.wanted.narrow, "from": (value,), "to": (value,)})
        before = self.wanted.narrow.get(name, ())
        return self._narrow({**self.wanted.narrow, name: (*before, value)})

    def without(self, name: str, value: str = "") -> dict[str, tuple[str, ...]]:
        """The filters without a value of a facet, or without all of its values."""
        dropped = ("from", "to") if name == "year" else (name,)
        kept = {k: v for k, v in self.wanted.narrow.items() if k not in dropped}
        said = self.wanted.narrow.get(name, ())
        left = tuple(v for v in said if v != value) if value in said else ()
        return {**kept, name: left} if left else kept

    def widened(self, name: str, value: str = "") -> str:
        return self._narrow(self.without(name, value))

    def free(self) -> str:
        """Without any filter."""
        return self._narrow({})

    def exact(self) -> str:
        """The query as one literal phrase."""
        phrase = self.wanted.q.replace('"', "")
        return self._of(replace(self.wanted, q=f'"{phrase}"', cursor=""))

    def ordered(self, sort: str) -> str:
        return self._of(replace(self.wanted, sort=sort, cursor=""))

    def behind(self, cursor: str) -> str:
        """The page that begins there; the first one of ""."""
        return self._of(replace(self.wanted, cursor=cursor))

    def _narrow(self, narrow: dict[str, tuple[str, ...]]) -> str:
        return self._of(replace(self.wanted, narrow=narrow, cursor=""))


def _parts(wanted: SearchWanted) -> dict[str, object]:
    return {"q": wanted.q, **wanted.narrow, "sort": wanted.sort}
