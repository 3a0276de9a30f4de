"""The rows of the made-up archive that pages are measured among: names drawn by Zipf's law, straight into
tables. Most figures of one indicator, place and year agree; one in fifty does not.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from bench.passages import generated

from cunzhao.core.derived.filing import place_of
from cunzhao.core.queries.rows import document_row
from cunzhao.read.types import Block, Document, Place
from cunzhao.storage.filed import AgreementPlaceRow, AgreementRow, NamedRow, ProjectRow
from cunzhao.storage.models import DocumentRow, FactRow, Kept, Link, LinkTag, ObservationRow, Record, Snapshot

Rows = dict[type, list[dict[str, Any]]]

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KNOWN = ["地区生产总值", "一般公共预算收入", "常住人口", "固定资产投资", "进出口总额", "社会消费品零售总额"]
CITIES = [
    "绍兴市",
    "杭州市",
    "宁波市",
    "嘉兴市",
    "湖州市",
    "温州市",
    "金华市",
    "上海市杨浦区",
    "上海市青浦区",
    "柯桥区",
    "上虞区",
    "诸暨市",
    "新昌县",
    "嵊州市",
    "舟山市",
    "苏州市",
    "南京市",
    "合肥市",
    "北京市",
    "深圳市",
]
AREAS = {name: place_of(name) or ("", name) for name in CITIES}
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡", "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲"
SHARES = {"figure": 0.6, "named": 0.2, "project": 0.06, "agreement": 0.04}  # the rest: headings and the like
FIELDS = ["交通", "产业", "科技", "教育", "卫生", "生态", "农业", "财政", "民生", "文化", "商务", "住建"]
QUOTE = "351.8亿元"
STEP = 9  # characters from one fact to the next
PLAN = 50  # one document in so many is a plan with tasks
REMOVED = 50  # one link in so many lies in the trash
PASSAGES = 6  # in one document


def snapshot_id(n: int) -> str:
    return f"0s{n:07}"


def link_id(n: int) -> str:
    return f"{n:016x}"


class Drawer:
    """Draws names by Zipf's law."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        parts = "规上新增重点全社会数字", "企业项目平台机构人才", "数额率值量"
        rare = ["".join(three) for three in itertools.product(*parts)]
        self.indicators = KNOWN + [f"{name}{n}" for n in range(60) for name in rare]
        self.weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(self.indicators))))
        self.people = ["".join(t) for t in itertools.product(FAMILY, GIVEN, GIVEN)]
        self.people_weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(self.people))))

    def indicator(self) -> str:
        return self.rng.choices(self.indicators, cum_weights=self.weights)[0]

    def person(self) -> str:
        return self.rng.choices(self.people, cum_weights=self.people_weights)[0]


@dataclass
class Maker:
    """Makes rows of links, `each` facts in every document."""

    links: int
    each: int

    def batches(self, size: int = 2_000) -> Iterator[Rows]:
        self._drawer = Drawer(2026)
        texts = generated(self.links * PASSAGES)
        for first in range(0, self.links, size):
            rows: Rows = {}
            for n in range(first, min(first + size, self.links)):
                text = "".join(itertools.islice(texts, PASSAGES))
                self._link(rows, n)
                self._document(rows, n, text)
                self._facts(rows, n)
            yield rows

    def _link(self, rows: Rows, n: int) -> None:
        link, snapshot, at = link_id(n), snapshot_id(n), NOW - timedelta(minutes=n)
        url = f"https://www.example{n % 300}.gov.cn/art/{n}.html"
        removed = at if n % REMOVED == 7 else None
        add(
            rows, Link,
            id=link, url=url, title="", note="", added=at, given=True, best_id=snapshot, removed=removed,
            address=link,
        )  # fmt: skip
        tags = {f"领域/{FIELDS[n % 12]}/第{n % 40}类", *([f"来源/第{n % 300}局"] if n % 3 == 0 else [])}
        for tag in tags:
            add(rows, LinkTag, link_id=link, tag=tag)
        record, digest = f"00000000-0000-0000-0000-{n:012}", f"sha256:{sha256(url.encode()).hexdigest()}"
        add(
            rows, Snapshot,
            id=snapshot, link_id=link, verdict="complete", engine="http", requested_url=url, final_url=url,
            captured=at, seconds=1.0, bytes=40_000, missing=[], page_record=record,
        )  # fmt: skip
        add(
            rows, Record,
            id=record, type="response", url=url, urlkey=url, timestamp=at, status=200, mime="text/html",
            digest=digest, length=40_000, file="made-up.warc.gz", offset=n * 9_000, size=9_000,
        )  # fmt: skip
        add(rows, Kept, snapshot_id=snapshot, n=0, url=url, role="page", record_id=record)

    def _document(self, rows: Rows, n: int, text: str) -> None:
        title, source = f"第{n}份{text[:6]}统计公报", f"第{n % 300}统计局"
        whole = (QUOTE + "、第") * self.each + "\n" + title + text
        block = Block(kind="paragraph", start=0, end=len(whole), place=Place(css="p"))
        document = Document(
            text=whole, blocks=(block,), title=title, published="2020-01-02", source=source, reader="html"
        )
        held = document_row(snapshot_id(n), document)
        names = ("snapshot_id", "title", "published", "source", "text", "document")
        values = {name: getattr(held, name) for name in names}
        add(rows, DocumentRow, **values, indexed=False, observed=99)

    def _facts(self, rows: Rows, n: int) -> None:
        drawer, rng = self._drawer, self._drawer.rng
        for at in range(self.each):
            kind = rng.choices([*SHARES, "heading"], [*SHARES.values(), 1 - sum(SHARES.values())])[0]
            if n % PLAN == 0 and kind != "figure":
                kind = "task"
            start = at * STEP
            where = {"snapshot_id": snapshot_id(n), "start": start, "end": start + len(QUOTE), "quote": QUOTE}
            fields: Mapping[str, Any] = {"name": "x" * 20}
            if kind == "figure":
                fields = _figure(rows, where, drawer)
            elif kind == "named":
                fields = _person(rows, where, drawer)
            elif kind == "project":
                _project(rows, where, rng)
            elif kind == "agreement":
                _agreement(rows, where, n * 100 + at + 1, rng)
            add(
                rows, FactRow,
                kind="person" if kind == "named" else kind, fields=fields, extractor=kind, version="1",
                confidence=None, why=[], **where,
            )  # fmt: skip


def _person(rows: Rows, where: dict[str, Any], drawer: Drawer) -> Mapping[str, Any]:
    name, role = drawer.person(), drawer.rng.choice(["市长", "书记", "主任"])
    add(rows, NamedRow, kind="person", name=name, role=role, **where)
    return {"name": name, "position": role}


def _project(rows: Rows, where: dict[str, Any], rng: random.Random) -> None:
    city = rng.choice(CITIES)
    add(
        rows, ProjectRow,
        name=f"第{rng.randrange(40_000)}号产业园项目", place=city, area=AREAS[city][0], parties=[],
        amount=rng.randrange(1, 900) * 10**7, currency="元",
        stage=rng.choice(["signed", "building", "done", ""]), **where,
    )  # fmt: skip


def _figure(rows: Rows, where: dict[str, Any], drawer: Drawer) -> Mapping[str, Any]:
    rng, indicator, region = drawer.rng, drawer.indicator(), drawer.rng.choice(CITIES)
    year, measure = rng.randrange(2005, 2026), rng.choices(["level", "growth", "share"], [70, 25, 5])[0]
    nature = rng.choices(["actual", "target", "forecast"], [90, 9, 1])[0]
    area, days = AREAS[region][0], f"{year}-01-01/{year}-12-31"
    known = random.Random(f"{indicator}{region}{year}{measure}{nature}")
    value = known.randrange(1, 10**5) * 10**6 if measure == "level" else known.randrange(100)
    if rng.random() < 0.02:
        value = value * 10 if measure == "level" else value + rng.randrange(1, 9)
    unit = "元" if measure == "level" else "%"
    add(
        rows, ObservationRow,
        indicator=indicator, label=indicator, region=region, area=area, period=str(year), days=days,
        measure=measure, nature=nature, comparator="=", value=value, value_high=None, unit=unit, step=1,
        at_area=area, at_days=days, **where,
    )  # fmt: skip
    return {"indicator": indicator, "region": region, "period": str(year), "value": str(value), "unit": unit}


def _agreement(rows: Rows, where: dict[str, Any], id: int, rng: random.Random) -> None:
    a, b = rng.sample(CITIES, 2)
    date = f"{rng.randrange(2010, 2026)}-{rng.randrange(1, 13):02}"
    add(
        rows, AgreementRow,
        id=id, parties=[a, b], form="战略合作协议", about="产业协作", date=date, nature="actual", **where,
    )  # fmt: skip
    for name in (a, b):
        add(rows, AgreementPlaceRow, agreement_id=id, place=AREAS[name][0], name=AREAS[name][1])


def add(rows: Rows, table: type, **values: Any) -> None:
    rows.setdefault(table, []).append(values)
