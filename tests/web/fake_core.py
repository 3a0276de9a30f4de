"""A core for the doors' tests: the same calls, sample pages of our own, nothing on disk.

Sentences and figures are invented. Jobs go one step further each time they are asked for.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from cunzhao.access.types import OWNER, AuditEntry, Credentials, Person
from cunzhao.archive.types import Emitted
from cunzhao.collect.types import Missing
from cunzhao.core.data.against import against
from cunzhao.core.installed import Installed
from cunzhao.core.queries import cursors
from cunzhao.core.snapshots.capture_log import LogEntry
from cunzhao.core.values.figures import By, Chart, FigureChoices, FigureFilter, FiguresPage
from cunzhao.core.values.jobs import JobItem, JobPage, Shown
from cunzhao.core.values.links import LinkPage, Version
from cunzhao.core.values.outcomes import ErrorView, Purged, SaveRow
from cunzhao.core.values.pages import (
    BriefChoices,
    CaptureRecordPage,
    ContradictionsPage,
    HomePage,
    KeptRow,
    LinkRow,
    PlanRow,
    SnapshotPage,
    SnapshotRow,
    SourcedFinding,
    SourcedObservation,
    TasksPage,
    TrashPage,
    Within,
)
from cunzhao.core.values.reposts import (
    RepostChange,
    RepostCopy,
    RepostGroup,
    RepostGroupRow,
    RepostPage,
    RepostsPage,
)
from cunzhao.core.values.search import (
    FactsAsked,
    FactsPage,
    SearchAliasesPage,
    SearchHit,
    SearchPage,
    SearchWanted,
    TitleHit,
)
from cunzhao.core.values.workbench import CollectionName, CollectionsPage, Suggestion, TagCount, TagsPage
from cunzhao.errors import NotAUrl, NotFound, UsageWrong
from cunzhao.evaluate.capture import sections, summary
from cunzhao.evaluate.types import Finding
from cunzhao.extract.types import Fact, Span
from cunzhao.ledger.types import Observation, Task
from cunzhao.organize.types import Snippet
from cunzhao.read.types import Block, Document, Heading, Place
from cunzhao.settings import Settings
from tests.evaluate.captures import record as example_record

Address = Callable[[str, str], str]
NOW = datetime(2026, 11, 20, 17, 30, 5, tzinfo=UTC)  # 21 November 01:30 in Beijing
HOSTILE = "<script>alert(1)</script>\u202e公告\x07“标题”&lt;b&gt;"

NEWS = [
    ("heading", "清江市前三季度经济运行情况发布"),
    ("paragraph", "10月20日，清江市统计局发布前三季度经济运行情况。经初步核算，全市实现地区生产总值5118.6亿元，同比增长6.3%，其中数字经济核心产业增加值突破620亿元，占地区生产总值的12.1%。"),
    ("heading", "一、投资与开放"),
    ("paragraph", "前三季度，全市固定资产投资同比下降1.4%，实际使用外资约8.7亿美元。市发展和改革委员会主任周闻道表示，轨道交通3号线预计年内完成投资45亿元。"),
    ("paragraph", "全市新设经营主体5.7万户，累计引进高层次人才1,286名，跨省通办事项达到143项，不少于3～5个示范窗口投入使用。"),
    ("heading", "二、民生保障"),
    ("paragraph", "一般公共预算收入达到501.3亿元。到2027年，养老机构护理型床位占比提高到65%以上，新增公共停车位不少于2万个。"),
    ("table", "指标\t数值\t同比\n社会消费品零售总额\t1893.2亿元\t5.1%\n进出口总额\t766.4亿元\t-2.3%"),
    ("paragraph", "（来源：《清江日报》2026-10-21）"),
]  # fmt: skip
PLAN = [
    ("heading", "清江市融入都市圈三年行动计划（2026—2028年）"),
    ("paragraph", "各县（市、区）人民政府，市政府各部门：现将行动计划印发给你们，请结合实际认真贯彻执行。"),
    ("heading", "一、主要目标"),
    ("paragraph", "到2028年，全市地区生产总值超过7000亿元，一般公共预算收入超过5000亿元，全社会研发投入强度达到3.6%。"),
    ("heading", "二、重点任务"),
    ("paragraph", "1.推进轨道互联互通。建成市域铁路62公里，开通跨市公交线路18条。牵头单位：市交通运输局；责任单位：市发展改革委、清江轨道集团。完成时限：2027年底。"),
    ("paragraph", "2.共建科创走廊。新增省级以上研发机构40家，技术合同成交额年均增长15%以上。责任单位：市科技局、高新区管委会。"),
    ("paragraph", "3.完善异地就医结算。定点医疗机构跨省直接结算覆盖率达到100%。"),
]  # fmt: skip


def document(parts: Sequence[tuple[str, str]], **values: Any) -> Document:
    """Blocks joined by line feeds; the first heading is the title, the others are sections."""
    blocks, outline, at = [], [], 0
    for n, (kind, text) in enumerate(parts):
        level = (1 if n == 0 else 2) if kind == "heading" else None
        blocks.append(
            Block(kind=kind, start=at, end=at + len(text), place=Place(css=f"p:nth({n})"), level=level)
        )
        if kind == "heading":
            number = text[0] if text[1:2] == "、" else None
            outline.append(
                Heading(
                    level=level,
                    number=number,
                    title=text[2:] if number else text,
                    start=at,
                    end=at + len(text),
                )
            )
        at += len(text) + 1
    text = "\n".join(t for _, t in parts)
    return Document(text=text, blocks=tuple(blocks), outline=tuple(outline), title=parts[0][1], **values)


def fact(doc: Document, kind: str, quote: str, after: str = "", **fields: Any) -> Fact:
    start = doc.text.index(quote, doc.text.index(after) if after else 0)
    return Fact(
        kind=kind,
        span=Span.of(doc.text, start, start + len(quote)),
        fields=fields,
        extractor=kind,
        version="1",
    )


def figure(doc: Document, quote: str, indicator: str | None, value: float, unit: str, **more: Any) -> Fact:
    fields = {
        "comparator": "=",
        "measure": "level",
        "region": "清江市",
        "period": "2026-01/2026-09",
        "nature": "actual",
    }
    after = more.pop("after", "")
    return fact(
        doc, "figure", quote, after, value=value, unit=unit, indicator=indicator, **{**fields, **more}
    )


NEWS_DOC = document(
    NEWS, published="2026-10-21 08:15", source="清江日报", author="林一鸣", column="经济", reader="html",
    reader_version="1", warnings=("main-text-disputed",),
)  # fmt: skip
PLAN_DOC = document(
    PLAN, published="2026-03-02", document_date="2026-02-26", source="清江市人民政府办公室", reader="html",
    reader_version="1", doc_number="清政办发〔2026〕12号", issuers=("清江市人民政府办公室",),
    addressees=("各县（市、区）人民政府", "市政府各部门"),
)  # fmt: skip
NEWS_FACTS = (
    figure(NEWS_DOC, "5118.6亿元", "地区生产总值", 511860000000, "元"),
    figure(NEWS_DOC, "6.3%", "地区生产总值", 6.3, "%", measure="growth"),
    figure(NEWS_DOC, "620亿元", "数字经济核心产业增加值", 62000000000, "元", comparator=">"),
    figure(NEWS_DOC, "12.1%", "数字经济核心产业增加值", 12.1, "%", measure="share"),
    figure(NEWS_DOC, "1.4%", "固定资产投资", -1.4, "%", measure="growth"),
    figure(NEWS_DOC, "8.7亿美元", "实际使用外资", 870000000, "美元", comparator="~"),
    fact(NEWS_DOC, "person", "周闻道", name="周闻道", position="市发展和改革委员会主任"),
    figure(NEWS_DOC, "45亿元", "轨道交通3号线投资", 4500000000, "元", nature="forecast", period="2026"),
    figure(NEWS_DOC, "5.7万户", "新设经营主体", 57000, "户"),
    figure(NEWS_DOC, "1,286名", "高层次人才", 1286, "名", period="..2026-09"),
    figure(NEWS_DOC, "143项", "跨省通办事项", 143, "项"),
    figure(NEWS_DOC, "3～5个", None, 3, "个", value_high=5, comparator=">=", period=None),
    figure(NEWS_DOC, "501.3亿元", "一般公共预算收入", 50130000000, "元"),
    figure(NEWS_DOC, "65%", "养老机构护理型床位", 65, "%", measure="share", nature="target", comparator=">=", period="2027"),
    figure(NEWS_DOC, "2万个", "公共停车位", 20000, "个", nature="target", comparator=">=", period="2027"),
    figure(NEWS_DOC, "1893.2亿元", "社会消费品零售总额", 189320000000, "元"),
    figure(NEWS_DOC, "5.1%", "社会消费品零售总额", 5.1, "%", measure="growth"),
    figure(NEWS_DOC, "-2.3%", "进出口总额", -2.3, "%", measure="growth"),
    fact(NEWS_DOC, "citation", "（来源：《清江日报》2026-10-21）", source="清江日报", date="2026-10-21"),
    *(fact(NEWS_DOC, "heading", t, level=1 + (n > 0), number=None, title=t, run_in=False)
      for n, t in enumerate(t for k, t in NEWS if k == "heading")),
)  # fmt: skip
PLAN_TASKS = tuple(
    fact(PLAN_DOC, "task", text, number=text[0], title=text[2 : text.index("。")], area="二、重点任务",
         lead=["市交通运输局"] if text[0] == "1" else [], deadline="2027" if text[0] == "1" else None,
         units={"1": ["市发展改革委", "清江轨道集团"], "2": ["市科技局", "高新区管委会"]}.get(text[0], []))
    for _, text in PLAN if re.match(r"\d\.", text)
)  # fmt: skip
PLAN_FIGURES = (
    figure(
        PLAN_DOC,
        "7000亿元",
        "地区生产总值",
        700000000000,
        "元",
        nature="target",
        comparator=">",
        period="2028",
    ),
    figure(
        PLAN_DOC,
        "5000亿元",
        "一般公共预算收入",
        500000000000,
        "元",
        nature="target",
        comparator=">",
        period="2028",
    ),
    figure(PLAN_DOC, "3.6%", "全社会研发投入强度", 3.6, "%", measure="share", nature="target", period="2028"),
    figure(PLAN_DOC, "62公里", "市域铁路", 62, "公里", nature="target", period="2028"),
    figure(PLAN_DOC, "18条", "跨市公交线路", 18, "条", nature="target", period="2028"),
    figure(PLAN_DOC, "40家", "省级以上研发机构", 40, "家", nature="target", period="2028"),
    figure(
        PLAN_DOC,
        "15%",
        "技术合同成交额",
        15,
        "%",
        measure="growth",
        nature="target",
        comparator=">=",
        period="2026/2028",
    ),
    figure(
        PLAN_DOC,
        "100%",
        "定点医疗机构跨省直接结算",
        100,
        "%",
        measure="share",
        nature="target",
        period="2028",
    ),
)
PLAN_FACTS = (*PLAN_FIGURES, *PLAN_TASKS)


def parted(page: SnapshotPage, within: Within | None) -> SnapshotPage:
    """The page with the facts that reach into the part of the text that was chosen."""
    if within is None or page.document is None:
        return page
    starts: dict[str, list[int]] = {}
    for one in page.facts:
        starts.setdefault(one.kind, []).append(one.span.start)
    start, end = within(page.document, starts)
    return dataclasses.replace(
        page, facts=tuple(f for f in page.facts if f.span.end > start and f.span.start < end)
    )


def observation(snapshot: str, f: Fact, **values: Any) -> Observation:
    g = f.fields
    known = {
        "snapshot": snapshot, "span": f.span, "indicator": g["indicator"] or "", "label": g["indicator"] or "",
        "region": g["region"], "period": g["period"] or "", "measure": g["measure"], "nature": g["nature"],
        "comparator": g["comparator"], "value": Decimal(str(g["value"])), "unit": g["unit"], "step": Decimal(1),
        "value_high": Decimal(str(g["value_high"])) if "value_high" in g else None,
    }  # fmt: skip
    return Observation(**{**known, **values})


def snapshot_row(id: str, url: str, title: str, hours: int = 0, **values: Any) -> SnapshotRow:
    known: dict[str, Any] = {
        "id": id, "link": f"L{id}", "url": url, "final_url": url, "title": title, "source": None, "published": None,
        "captured": NOW - timedelta(hours=hours), "verdict": "complete", "reason": "", "engine": "http",
        "seconds": 1.84, "bytes": 418_233, "missing": (), "icon": None, "figures": 0, "error": None,
        "engine_reason": "static",
    }  # fmt: skip
    return SnapshotRow(**{**known, **values})


def link_row(best: SnapshotRow | None, tags: tuple[str, ...] = (), **values: Any) -> LinkRow:
    known: dict[str, Any] = {"collections": (), "snapshots": 1, "best": best, "tags": tags}
    if best:
        known |= {"id": best.link, "url": best.url, "added": best.captured}
    return LinkRow(**{**known, **values})


LOST = (Missing(url="https://www.qingjiang.example/img/map.png", role="image", reason="status-404"),
        Missing(url="https://cdn.example/font.woff2", role="font", reason="timeout"))  # fmt: skip
HTTP_410 = ErrorView(
    code="http-status", input="https://www.qingjiang.example/gone.html", message="网站返回 410 Gone",
    mend="应答已留存；页面可能已移走，请检查网址。",
)  # fmt: skip
N = snapshot_row(
    "s-news", "https://www.qingjiang.example/art/2026/10/21/art_1229_4402.html", NEWS[0][1], source="清江日报",
    published="2026-10-21 08:15", figures=18, verdict="partial", reason="missing-requisites", missing=LOST,
    final_url="https://news.qingjiang.example/art/4402.html", icon="https://www.qingjiang.example/favicon.ico",
)  # fmt: skip
OLD = dataclasses.replace(
    N, id="s-old", captured=NOW - timedelta(days=12), verdict="challenge", reason="status-412"
)
P = snapshot_row(
    "s-plan", "https://www.qingjiang.example/zwgk/2026/plan.html", PLAN[0][1], 5, source="清江市人民政府办公室",
    published="2026-03-02", figures=8,
)  # fmt: skip
ROWS = (
    link_row(N, ("经济运行", "统计数据"), snapshots=2),
    link_row(P, ("都市圈", "行动计划", "2026年")),
    link_row(snapshot_row("s-evil", "javascript:alert(1)", HOSTILE, 20, engine="import"), (HOSTILE[:12],)),
    link_row(snapshot_row("s-wall", "https://vip.example.cn/report?id=9", "用户登录", 30, verdict="login")),
    link_row(snapshot_row("s-gone", HTTP_410.input, "410 Gone", 40, verdict="error", reason="status-410", error=HTTP_410)),
    link_row(snapshot_row("s-404", "http://www.example.gov.cn/old/list.jsp?a=1&b=2", "您访问的页面不存在", 50, verdict="soft-404"), ("经济运行",)),
    link_row(snapshot_row("s-intra", "http://10.3.4.5/oa/notice", "http://10.3.4.5/oa/notice", 60, verdict="refused", reason="address-refused", bytes=0)),
    link_row(snapshot_row("s-down", "https://" + "very-long-name-of-a-host." * 4 + "example/" + "a" * 90, "https://very-long", 70, verdict="unreachable", reason="timeout", bytes=0), collections=(CollectionName(id="c1", title="长期跟踪"),)),
    link_row(None, ("待保存",), id="L-new", url="https://www.example.gov.cn/new.html", added=NOW),
)  # fmt: skip


def search_page(wanted: SearchWanted, hits: tuple[SearchHit, ...], *, waiting: int) -> SearchPage:
    return SearchPage(
        wanted=wanted, also=(), hits=hits, total=len(hits), before=0, next=None, facets=(), titles=(), facts=(),
        facts_total=0, seconds=0.0012, waiting=waiting,
    )  # fmt: skip


def sourced(o: Observation, doc: Document | None = None) -> SourcedObservation:
    """With the sentence round the figure, where the document is given."""
    row = P if o.snapshot == "s-plan" else N
    before = after = ""
    if doc:
        before = re.split("[。\n]", doc.text[: o.span.start])[-1]
        after = doc.text[o.span.end : doc.text.index("。", o.span.end) + 1]
    return SourcedObservation(
        observation=o,
        title=row.title,
        date=row.published,
        origin=row.source,
        url=row.final_url,
        before=before,
        after=after,
    )


NEWS_OBSERVED = tuple(
    observation("s-news", f) for f in NEWS_FACTS if f.kind == "figure" and f.fields["indicator"]
)
PLAN_OBSERVED = tuple(observation("s-plan", f) for f in PLAN_FIGURES)


class Alone:
    """Nobody has an account: whoever asks owns the machine."""

    def who(self, given: Credentials) -> Person | None:
        return OWNER if given.local else None

    def audit(self, action: str, target: str = "") -> None:
        pass

    def any_account(self) -> bool:
        return False

    def audited_about(self, places: Sequence[str]) -> tuple[AuditEntry, ...]:
        return ()


class FakeCore(Installed):
    access: Any = Alone()

    def __init__(self, home: Path = Path("/nonexistent")) -> None:
        self.settings = Settings(home=home, max_body_bytes=3_000_000)
        self.rows = {row.id: row for row in ROWS}
        self.trashed: dict[str, LinkRow] = {}
        self.jobs: dict[str, JobPage] = {}
        self.calls: list[tuple[Any, ...]] = []

    def home(
        self, *, tag: str | None = None, cursor: str | None = None, attachments: bool = False
    ) -> HomePage:
        rows = [r for r in self.rows.values() if tag is None or tag in r.tags]
        counts: dict[str, int] = {}
        for name in (name for row in self.rows.values() for name in row.tags):
            counts[name] = counts.get(name, 0) + 1
        return HomePage(
            links=tuple(rows[6:] if cursor else rows), total=len(rows), next=None if cursor or len(rows) < 7 else "6",
            tags=tuple(TagCount(name=n, links=c) for n, c in counts.items()), tag=tag,
            jobs=tuple(self.jobs.values())[-1:], trash=len(self.trashed), attachments=attachments,
            busy=tuple(i.url for j in self.jobs.values() for i in j.items if i.state in ("waiting", "running")),
        )  # fmt: skip

    def trash(self, *, after: str | None = None) -> TrashPage:
        return TrashPage(links=tuple(self.trashed.values()), total=len(self.trashed))

    def removed_link(self, link_id: str) -> LinkRow | None:
        return self.trashed.get(link_id)

    def snapshot(self, snapshot: str, within: Within | None = None) -> SnapshotPage:
        rows = [
            r
            for r in self.rows.values()
            if r.best and r.best.id == ("s-news" if snapshot == "s-old" else snapshot)
        ]
        row = rows[-1] if rows else None
        if row is None or row.best is None:
            raise NotFound(snapshot, what="快照", what_en="snapshot")
        doc = {"s-news": NEWS_DOC, "s-plan": PLAN_DOC}.get(snapshot)
        if snapshot == "s-evil":
            doc = document(
                [("heading", HOSTILE), ("paragraph", "正文只有一句<img src=x onerror=alert(2)>。")]
            )
        facts = {"s-news": NEWS_FACTS, "s-plan": PLAN_FACTS}.get(snapshot, ())
        kept = tuple(
            KeptRow(url=url, role=role, status=200, mime=mime, length=31_402, digest="sha256:" + "5e" * 32,
                    file="cunzhao-20261120-0001.warc.gz", offset=1204 + n, revisit=n == 2, record=f"r{n}",
                    same_as=NOW - timedelta(days=3) if n == 2 else None)
            for n, (url, role, mime) in enumerate([
                (row.best.url, "page", "text/html"), (row.best.url + "/s.css", "stylesheet", "text/css"),
                (row.best.url + "/logo.png", "image", "image/png")])
        )  # fmt: skip
        page = SnapshotPage(
            snapshot=row.best, link=row, others=(row.best, OLD) if snapshot == "s-news" else (row.best,), document=doc,
            facts=facts, tasks=(), kept=kept if row.best.bytes else (),
            digest="sha256:" + "5e" * 32 if row.best.bytes else None,
        )  # fmt: skip
        return parted(page, within)

    def link_page(self, link: str, *, after: str = "") -> LinkPage:
        row = self._link(link)
        rows = self.snapshot(row.best.id).others if row.best else ()
        versions = tuple(
            Version(
                snapshot=one,
                chars=len(NEWS_DOC.text) - 7 * n,
                grown=7 if n + 1 < len(rows) else None,
                against="changed" if n + 1 < len(rows) else "",
            )
            for n, one in enumerate(rows)
        )
        return LinkPage(
            link=row, removed=False, versions=versions, total=len(versions), attachments=(), attached_to=(),
            copies=0,
        )  # fmt: skip

    def capture_log(self, snapshot: str) -> tuple[LogEntry, ...]:
        row = self.snapshot(snapshot).snapshot
        answer = LogEntry(
            kind="answer", at=NOW, url=row.url, role="page", status=200, mime="text/html", bytes=9
        )
        return (LogEntry(kind="began", at=NOW, url=row.url), answer, LogEntry(kind="ended", at=NOW))

    def collections(self) -> CollectionsPage:
        return CollectionsPage(collections=(), removed=())

    def tags(self) -> TagsPage:
        return TagsPage(tags=(), changes=())

    def capture_record(self, snapshot: str) -> CaptureRecordPage:
        row, told = self.snapshot(snapshot).snapshot, example_record()
        return CaptureRecordPage(snapshot=row, record=told, summary=summary(told), sections=sections(told))

    def capture_document(self, snapshot: str) -> bytes:
        self.calls.append(("capture_document", self.snapshot(snapshot).snapshot.id))
        return b"PK\x03\x04 a Word document"

    def view(self, snapshot: str, address: Address, at: tuple[int, int] | None = None) -> Emitted:
        page = self.snapshot(snapshot)
        text = page.document.text if page.document else page.snapshot.title
        if at:
            text = f'{text[: at[0]]}<mark id="cunzhao-mark">{text[slice(*at)]}</mark>{text[at[1] :]}'
        body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        body += f'<img src="{address("https://a.example/logo.svg", "image")}" alt="标志" width="40">'
        style = "<style>body{font-family:serif;max-width:40em;margin:2em auto;line-height:1.8}</style>"
        return Emitted(
            body=f"<!doctype html>{style}<h1>政府网站</h1>{body}".encode(),
            content_type="text/html; charset=utf-8",
        )

    def requisite(self, snapshot: str, url: str, address: Address) -> Emitted:
        if url.endswith("gone"):
            raise NotFound(url, what="资源", what_en="requisite")
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4.5" cy="4.5" r="4" fill="#26c"/></svg>'
        return Emitted(body=svg, content_type="image/svg+xml")

    def rendition(self, snapshot: str, kind: str) -> Emitted:
        self.snapshot(snapshot)
        shown = {
            "screenshot": ("image/png", ""),
            "pdf": ("application/pdf", "a.pdf"),
            "text": ("text/plain; charset=utf-8", ""),
        }
        mime, attachment = shown[kind]
        return Emitted(body=b"made", content_type=mime, attachment=attachment)

    def record(self, record: str) -> Emitted:
        if record == "none":
            raise NotFound(record, what="记录", what_en="record")
        return Emitted(
            body=b"WARC/1.1", content_type="application/octet-stream", attachment=f"{record}.warc.gz"
        )

    def download(self, snapshot: str) -> tuple[str, bytes]:
        return f"{self.snapshot(snapshot).snapshot.title}.html", "<p>字</p>".encode()

    def search(
        self, query: str = "", *, tag: str | None = None, wanted: SearchWanted | None = None, limit: int = 20
    ) -> SearchPage:
        wanted = wanted or SearchWanted(q=query, narrow={"tag": (tag,)} if tag else {})
        query, tag = wanted.q, next(iter(wanted.narrow.get("tag", ())), None)
        hits = []
        for row, doc in ((self.rows["Ls-news"], NEWS_DOC), (self.rows["Ls-plan"], PLAN_DOC)):
            at = [m.start() for m in re.finditer(re.escape(query), doc.text)][:3]
            snippets = []
            for start in at:
                left, right = max(0, start - 30), start + 50
                inside = (start - left, start - left + len(query))
                snippets.append(
                    Snippet(text=doc.text[left:right], marks=(inside,), start=start, end=start + len(query))
                )
            if (snippets or query in row.tags) and (tag is None or tag in row.tags):
                hits.append(SearchHit(snapshot=row.best, tags=row.tags, snippets=tuple(snippets)))
        return search_page(wanted, tuple(hits), waiting=3)

    def titles(self, typed: str, *, limit: int = 8) -> tuple[TitleHit, ...]:
        return ()

    def facts(self, asked: FactsAsked, *, limit: int = 20) -> FactsPage:
        return FactsPage(asked=asked, also=(), hits=(), total=0, before=0, next=None, seconds=0.001)

    def count(self, wanted: SearchWanted) -> int:
        return self.search(wanted=wanted).total

    def collection_names(self) -> tuple[CollectionName, ...]:
        return (CollectionName(id="c1", title="都市圈"),)

    def search_aliases(self) -> SearchAliasesPage:
        return SearchAliasesPage(own=(), bundled=(("发改委", "发展和改革委员会"),))

    def figures(self, filter: FigureFilter) -> FiguresPage:
        rows = [sourced(o) for o in (*NEWS_OBSERVED, *PLAN_OBSERVED)]
        other = dataclasses.replace(
            NEWS_OBSERVED[0], snapshot="s-plan", value=Decimal("511900000000"), span=PLAN_OBSERVED[0].span
        )
        rows.insert(1, sourced(other))
        wanted = [
            r for r in rows
            if filter.indicator in r.observation.indicator and filter.region in r.observation.region
            and filter.nature in ("", r.observation.nature) and filter.period in ("", r.observation.period)
            and filter.snapshot in ("", r.observation.snapshot)
        ]  # fmt: skip
        (first,) = cursors.key_of(filter.after, int) or (0,)
        shown = wanted[first : first + 20]
        more = cursors.cursor(first + 20) if first + 20 < len(wanted) else None
        return FiguresPage(
            rows=tuple(shown), filter=filter, total=len(wanted), next=more,
            choices=FigureChoices(regions=("清江市", "清江市高新区"), periods=("2026-01/2026-09", "2027", "2028")),
        )  # fmt: skip

    def all_figures(self, filter: FigureFilter) -> Iterator[tuple[SourcedObservation, ...]]:
        after: str | None = ""
        while after is not None:
            page = self.figures(dataclasses.replace(filter, after=after))
            yield page.rows
            after = page.next

    def chart(self, filter: FigureFilter, by: By | None = None) -> Chart | None:
        return None

    def tasks(self, snapshot: str | None, *, after: str = "") -> TasksPage:
        plan = PlanRow(snapshot="s-plan", title=PLAN[0][1], date="2026-03-02", tasks=3)
        tasks = tuple(
            Task(
                snapshot="s-plan", number=t.fields["number"], title=t.fields["title"], area=t.fields["area"],
                lead=tuple(t.fields["lead"]), units=tuple(t.fields["units"]), deadline=t.fields["deadline"], span=t.span,
                figures=tuple(o for o in PLAN_OBSERVED if t.span.start <= o.span.start and o.span.end <= t.span.end),
            )
            for t in PLAN_TASKS
        )  # fmt: skip
        return TasksPage(plans=(plan,), plan=plan, tasks=tasks)

    def reposts(self, *, after: str = "") -> RepostsPage:
        news = self.snapshot("s-news").snapshot
        row = RepostGroupRow(
            original=news, title=news.title, copies=2, first="2026-10-20",
            last="2026-10-21", sources=("清江日报",),
        )  # fmt: skip
        return RepostsPage(groups=(row,), total=1)

    def reposts_of(self, snapshot: str) -> RepostPage:
        news, plan = self.snapshot("s-news").snapshot, self.snapshot("s-plan").snapshot
        change = RepostChange(
            kind="changed",
            before="501.3亿元",
            after="<b>5013亿元</b>",
            start=3,
            end=9,
            original_start=4,
            original_end=11,
        )
        both = {"start": 0, "end": 40, "source": "清江日报", "more": 0}
        first = RepostCopy(
            snapshot=news,
            title=news.title,
            date="2026-10-20",
            same=1.0,
            changes=(),
            original=True,
            own=False,
            **both,
        )
        second = RepostCopy(
            snapshot=plan,
            title=plan.title,
            date=None,
            same=0.93,
            changes=(change,),
            original=False,
            own=True,
            **both,
        )
        group = RepostGroup(copies=(first, second), reasons=("earliest", "attributed"), source="清江日报")
        return RepostPage(snapshot=self.snapshot(snapshot).snapshot, groups=(group,))

    def contradictions(self, *, severity: str = "", after: str = "") -> ContradictionsPage:
        a, b = PLAN_FIGURES[1], next(f for f in NEWS_FACTS if f.span.quote == "501.3亿元")
        oa, ob = observation("s-plan", a, nature="actual", period="2026-01/2026-09"), observation("s-news", b)
        slip = Finding(type="unit-slip", severity="high", a=oa, b=ob,
                       explanation="两处相差约10倍，可能有一处把“亿”写错了位。")  # fmt: skip
        ta, tb = PLAN_OBSERVED[0], NEWS_OBSERVED[0]
        short = Finding(
            type="real",
            severity="medium",
            a=ta,
            b=tb,
            explanation="两处数值不同，按各自写出的精度也不能同时成立。",
        )
        return ContradictionsPage(
            findings=(
                SourcedFinding(
                    finding=slip, a=sourced(oa, PLAN_DOC), b=sourced(ob, NEWS_DOC), against=against(oa, ob)
                ),
                SourcedFinding(
                    finding=short, a=sourced(ta), b=sourced(tb, NEWS_DOC), against=against(ta, tb)
                ),
            ),
            compared=26,
            total=2,
            severity=severity,
            severities=(("high", 1), ("medium", 1)),
        )

    def brief_choices(self, chosen: Sequence[str]) -> BriefChoices:
        return BriefChoices(links=tuple(self.rows.values()), chosen=tuple(chosen))

    def brief(self, snapshot_ids: Sequence[str], *, title: str = "") -> bytes:
        self.calls.append(("brief", tuple(snapshot_ids), title))
        for id in snapshot_ids:
            self.snapshot(id)
        return b"PK\x03\x04 a Word document"

    def add(
        self,
        text: str,
        *,
        tags: Sequence[str] = (),
        collection: str = "",
        engine: str = "auto",
        known: str = "ask",
    ) -> JobPage:
        self.calls.append(("add", text, tuple(tags), collection, engine))
        urls = text.split()
        if not urls:
            raise UsageWrong(text, detail="没有网址", detail_en="no URL given")
        items = tuple(
            JobItem(n=n, url=u, state="waiting", snapshot=None, verdict=None, error=None)
            for n, u in enumerate(urls)
        )
        id = f"j{len(self.jobs) + 1}"
        self.jobs[id] = JobPage(id=id, created=NOW, tags=tuple(tags), collection=collection, items=items)
        return self.jobs[id]

    def retry_job(self, job: str) -> JobPage:
        self.calls.append(("retry_job", job))
        page = self.jobs[job]
        items = [
            dataclasses.replace(one, state="waiting", error=None) if one.state == "failed" else one
            for one in page.items
        ]
        self.jobs[job] = dataclasses.replace(page, items=tuple(items))
        return self.jobs[job]

    def job(self, job: str, shown: Shown | None = None) -> JobPage:
        if job not in self.jobs:
            raise NotFound(job, what="任务", what_en="job")
        page = self.jobs[job]
        self.jobs[job] = dataclasses.replace(page, items=self._further(page.items, page.tags))
        return page

    def _further(self, items: tuple[JobItem, ...], tags: tuple[str, ...]) -> tuple[JobItem, ...]:
        """What was running ends, and the first that waits begins."""
        further = [self._ended(item, tags) if item.state == "running" else item for item in items]
        n = next((i.n for i in further if i.state == "waiting"), None)
        if n is not None:
            further[n] = dataclasses.replace(further[n], state="running")
        return tuple(further)

    def _ended(self, item: JobItem, tags: tuple[str, ...]) -> JobItem:
        if not item.url.startswith("http"):
            error = ErrorView(**NotAUrl(item.url).as_json("zh")["error"])
            return dataclasses.replace(item, state="failed", error=error)
        if "gone" in item.url:
            return dataclasses.replace(item, state="failed", verdict="error", error=HTTP_410)
        best = dataclasses.replace(N, url=item.url, link=f"L-{item.n}", title=f"新存的页面 {item.n}")
        row = link_row(best, tags)
        self.rows = {row.id: row, **self.rows}
        return dataclasses.replace(item, state="done", snapshot="s-news", verdict="complete")

    def upload(self, files: Sequence[tuple[str, bytes]], *, tags: Sequence[str] = ()) -> tuple[SaveRow, ...]:
        self.calls.append(("upload", tuple(files), tuple(tags)))
        rows = []
        for name, body in files:
            error = (
                None
                if body
                else {
                    "code": "empty",
                    "input": name,
                    "message": "内容是空的（0 字节）",
                    "mend": "请重新导入。",
                }
            )
            rows.append(SaveRow(
                url=name, final_url=name, snapshot=None if error else "s-news", verdict="error" if error else "complete",
                engine="import", reason="", seconds=0.1, bytes=len(body), missing=(), error=error,
            ))  # fmt: skip
        return tuple(rows)

    def set_tags(self, link: str, tags: Sequence[str], *, version: str | None = None) -> None:
        self.rows[link] = dataclasses.replace(self._link(link), tags=tuple(tags))

    def suggestions(self, link: str) -> tuple[Suggestion, ...]:
        return ()

    def remove(self, link: str) -> None:
        self.trashed[link] = self._link(link)
        del self.rows[link]

    def restore(self, link: str) -> None:
        if link not in self.trashed:
            raise NotFound(link, what="链接", what_en="link")
        self.rows[link] = self.trashed.pop(link)

    def purge(self, link: str) -> Purged:
        row = self.trashed.pop(link)
        return Purged(
            url=row.url, snapshots=row.snapshots, bytes=row.best.bytes if row.best else 0, waiting=0
        )

    def _link(self, link: str) -> LinkRow:
        if link not in self.rows:
            raise NotFound(link, what="链接", what_en="link")
        return self.rows[link]


class EmptyCore(FakeCore):
    """A core that keeps nothing yet."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = {}

    def search(
        self, query: str = "", *, tag: str | None = None, wanted: SearchWanted | None = None, limit: int = 20
    ) -> SearchPage:
        return search_page(wanted or SearchWanted(q=query), (), waiting=0)

    def figures(self, filter: FigureFilter) -> FiguresPage:
        return FiguresPage(rows=(), filter=filter, total=0, next=None)

    def tasks(self, snapshot: str | None, *, after: str = "") -> TasksPage:
        return TasksPage(plans=(), plan=None, tasks=())

    def contradictions(self, *, severity: str = "", after: str = "") -> ContradictionsPage:
        return ContradictionsPage(findings=(), compared=0)

    def reposts(self, *, after: str = "") -> RepostsPage:
        return RepostsPage(groups=(), total=0)
