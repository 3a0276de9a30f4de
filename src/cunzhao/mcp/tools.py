"""What an agent may ask. Nothing here changes anything; each tool asks core and cites what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from cunzhao.core.queries.cursors import cursor as cursor_of
from cunzhao.core.queries.cursors import key_of
from cunzhao.core.values.figures import FigureFilter
from cunzhao.core.values.pages import SnapshotRow
from cunzhao.core.values.search import FactHit, FactsAsked, SearchWanted
from cunzhao.errors import UsageWrong
from cunzhao.extract.types import Fact, Kind, Span
from cunzhao.ledger.types import Observation, Task
from cunzhao.mcp import told
from cunzhao.mcp.told import Answer, Text, Told
from cunzhao.web.showing.safe import visible

if TYPE_CHECKING:
    from cunzhao.core import Core

PIECE = 20_000  # characters of a text in one answer
FACTS = 50  # of one snapshot in one answer

Words = Annotated[str, Field(max_length=1000)]
Query = Annotated[str, Field(description='words, all of which occur; "…" is a phrase', max_length=1000)]
Id = Annotated[str, Field(max_length=100)]
Cursor = Annotated[str, Field(description="`next` of the answer before", max_length=8000)]
Day = Annotated[str, Field(description="a day, month or year: 2019-01-21, 2019-01, 2019", max_length=10)]


@dataclass(frozen=True, slots=True)
class Tools:
    core: Core

    def search(
        self,
        query: Query,
        *,
        tag: Words = "",
        collection: Annotated[str, Field(description="title or id", max_length=200)] = "",
        area: Annotated[str, Field(description="name or GB/T 2260 code", max_length=200)] = "",
        source: Annotated[str, Field(description="medium (来源)", max_length=200)] = "",
        since: Day = "",
        until: Day = "",
        cursor: Cursor = "",
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> Answer:
        """Full-text search over archived pages. Each hit cites the passages that say it."""
        given = {"tag": tag, "collection": collection, "area": area, "source": source}
        given |= {"from": since, "to": until}
        narrow = {name: (value,) for name, value in given.items() if value.strip()}
        if not query.strip() and not narrow:
            _wrong(
                "query",
                "没有说要找什么",
                "nothing to look for",
                "请给出词语或筛选条件。",
                "Give words or a filter.",
            )
        wanted = SearchWanted(q=query, narrow=narrow, cursor=cursor)
        found = self.core.search(wanted=wanted, limit=limit)
        items = [
            Told(
                what={"kind": "document", "tags": list(hit.tags)},
                sources=tuple(
                    told.source(hit.snapshot, Span(start=at, end=at + len(s.text), quote=s.text))
                    for s in hit.snippets
                    for at in (s.start - (s.marks[0][0] if s.marks else 0),)
                )
                or (told.source(hit.snapshot),),
            )
            for hit in found.hits
        ]
        return told.answer(items, found.total, found.next)

    def read_text(
        self,
        snapshot: Id,
        start: Annotated[int, Field(ge=0, description="code points")] = 0,
        length: Annotated[int, Field(ge=1, le=PIECE)] = 4000,
    ) -> Text:
        """The text of a snapshot, a piece at a time. Places of facts and quotes count its code points."""
        page = self.core.snapshot(snapshot)
        text = page.document.text if page.document else ""
        if start and start >= len(text):
            mend = (
                f"请从 0 至 {max(len(text) - 1, 0)} 中选。",
                f"Begin between 0 and {max(len(text) - 1, 0)}.",
            )
            _wrong(f"start={start}", "超出正文的末尾", "behind the end of the text", *mend)
        piece = text[start : start + length]
        end = start + len(piece)
        source = told.source(page.snapshot, Span(start=start, end=end, quote=piece))
        return Text(
            notice=told.NOTICE,
            text=visible(piece),
            total=len(text),
            next=end if end < len(text) else None,
            source=replace(source, quote=""),  # it is the text
        )

    def list_facts(
        self,
        *,
        indicator: Words = "",
        area: Words = "",
        year: Annotated[str, Field(description="of the reference period: 2025", max_length=10)] = "",
        kind: Kind | Literal[""] = "",
        words: Words = "",
        snapshot: Id = "",
        cursor: Cursor = "",
    ) -> Answer:
        """Facts that archived pages state: figures, people, agreements, projects, citations, tasks.

        Of the whole archive by what they say, or of one snapshot in the order of its text (then only `kind`
        narrows). An indicator is found by any of its names, an area with what lies in it.
        """
        if snapshot:
            if indicator or area or year or words:
                _wrong(
                    "snapshot",
                    "给出快照时只能再给 kind",
                    "with a snapshot only `kind` narrows",
                    "请去掉其他条件，或去掉 snapshot。",
                    "Take the other filters away, or the snapshot.",
                )
            return self._facts_of(snapshot, kind, cursor)
        asked = FactsAsked(q=words, indicator=indicator, area=area, year=year, kind=kind, cursor=cursor)
        if not any((words.strip(), indicator.strip(), area.strip(), year.strip(), kind)):
            _wrong(
                "list_facts", "没有给出条件", "no filter was given", "请至少给出一项。", "Give at least one."
            )
        found = self.core.facts(asked)
        shown = self.core.snapshots({hit.snapshot for hit in found.hits})
        items = [_hit(hit, shown[hit.snapshot]) for hit in found.hits if hit.snapshot in shown]
        return told.answer(items, found.total, found.next)

    def _facts_of(self, snapshot: str, kind: str, cursor: str) -> Answer:
        seen = self.core.snapshot(snapshot)
        facts = sorted((one for one in seen.facts if not kind or one.kind == kind), key=_stands)
        last = key_of(cursor, int, int, str)
        left = [one for one in facts if last is None or _stands(one) > last]
        part = left[:FACTS]
        items = [Told(what=told.fact(one), sources=(told.source(seen.snapshot, one.span),)) for one in part]
        following = cursor_of(*_stands(part[-1])) if len(left) > FACTS else None
        return told.answer(items, len(facts), following)

    def list_figures(
        self,
        *,
        indicator: Words = "",
        area: Words = "",
        period: Annotated[
            str, Field(description="2018, 2018-Q1/2018-Q3, 2018年前三季度", max_length=50)
        ] = "",
        nature: Literal["", "actual", "target", "forecast"] = "",
        source: Words = "",
        collection: Annotated[str, Field(description="its id", max_length=100)] = "",
        snapshot: Id = "",
        cursor: Cursor = "",
    ) -> Answer:
        """Figures made comparable (observations): exact value in base units, area, period, nature.

        Ordered so that those which can be compared stand together; 100 at a time.
        """
        wanted = FigureFilter(
            indicator=indicator, region=area, period=period, nature=nature, source=source,
            collection=collection, snapshot=snapshot, after=cursor,
        )  # fmt: skip
        page = self.core.figures(wanted)
        items = self._observed(row.observation for row in page.rows)
        return told.answer(items, page.total, page.next)

    def list_tasks(
        self, plan: Annotated[str, Field(description="a snapshot", max_length=100)] = ""
    ) -> Answer:
        """The tasks of a plan, or of the newest one: lead and responsible units, deadline, and the figures
        stated inside each, all quoted. `plans` in the first item's `what` names the plans there are."""
        page = self.core.tasks(plan or None)
        if page.plan is None:
            return told.answer((), 0)
        shown = self.core.snapshots((page.plan.snapshot,))[page.plan.snapshot]
        plans = [
            {"snapshot": one.snapshot, "title": visible(one.title), "tasks": one.tasks} for one in page.plans
        ]
        first = Told(what={"kind": "plan", "plans": plans}, sources=(told.source(shown),))
        return told.answer([first, *(_task(one, shown) for one in page.tasks)], len(page.tasks))

    def list_contradictions(self, cursor: Cursor = "") -> Answer:
        """Figures that cannot both be right, the gravest first, each pair with both quotes and sources; 50 at
        a time."""
        found = self.core.contradictions(after=cursor)
        part = found.findings
        shown = self.core.snapshots({s.observation.snapshot for one in part for s in (one.a, one.b)})
        items = [
            Told(
                what={
                    "kind": "contradiction",
                    "type": one.finding.type,
                    "severity": one.finding.severity,
                    "explanation": visible(one.finding.explanation),
                    "sides": [told.figure(side.observation) for side in (one.a, one.b)],
                },
                sources=tuple(
                    told.source(shown[side.observation.snapshot], side.observation.span)
                    for side in (one.a, one.b)
                    if side.observation.snapshot in shown
                ),
            )
            for one in part
        ]
        return told.answer(items, found.total, found.next)

    def list_links(self, tag: Words = "", collection: Id = "", cursor: Cursor = "") -> Answer:
        """Links that are kept, newest first, all or with a tag (or one below it); or those of a collection,
        by its id, in its order. 50 at a time."""
        if tag and collection:
            _wrong(
                "tag, collection",
                "标签和专题只能给一个",
                "either a tag or a collection",
                "请去掉其中一个；要两者兼顾请用 search。",
                "Take one away; `search` narrows by both.",
            )
        if collection:
            held = self.core.collection(collection, cursor=cursor or None)
            rows, total, following = held.links, held.collection.links, held.next
        else:
            home = self.core.home(tag=tag or None, cursor=cursor or None)
            rows, total, following = home.links, home.total, home.next
        items = [Told(what=told.link(r), sources=(told.source(r.best),) if r.best else ()) for r in rows]
        return told.answer(items, total, following)

    def list_tags_and_collections(self) -> Answer:
        """How the archive is kept in order: tags with how many links, collections with their ids."""
        tags = [
            Told(what={"kind": "tag", "tag": t.name, "links": t.all}, sources=())
            for t in self.core.tags().tags
        ]
        sets = [
            Told(
                what={
                    "kind": "collection",
                    "id": c.id,
                    "title": c.title,
                    "note": visible(c.note),
                    "links": c.links,
                },
                sources=(),
            )
            for c in self.core.collections().collections
        ]
        return told.answer([*tags, *sets], len(tags) + len(sets))

    def _observed(self, found: Iterable[Observation]) -> list[Told]:
        rows = list(found)
        shown: Mapping[str, SnapshotRow] = self.core.snapshots({o.snapshot for o in rows})
        return [
            Told(what=told.figure(o), sources=(told.source(shown[o.snapshot], o.span),))
            for o in rows
            if o.snapshot in shown
        ]


def _stands(fact: Fact) -> tuple[int, int, str]:
    return fact.span.start, fact.span.end, fact.kind


def _hit(hit: FactHit, shown: SnapshotRow) -> Told:
    what = told.figure(hit.observation) if hit.observation else told.fact(hit.fact)
    return Told(what=what, sources=(told.source(shown, hit.fact.span),))


def _task(task: Task, plan: SnapshotRow) -> Told:
    what = {
        "kind": "task",
        "number": task.number,
        "title": visible(task.title),
        "area": visible(task.area or ""),
        "lead": [visible(one) for one in task.lead],
        "units": [visible(one) for one in task.units],
        "deadline": task.deadline,
        "figures": [told.figure(one) for one in task.figures],
    }
    places = (task.span, *(one.span for one in task.figures))
    return Told(what=what, sources=tuple(told.source(plan, span) for span in places))


def _wrong(said: str, detail: str, detail_en: str, mend: str, mend_en: str) -> None:
    raise UsageWrong(said, detail=detail, detail_en=detail_en, mend=mend, mend_en=mend_en)
