"""The data pages among a million facts: makes a data folder, asks each page some times, prints p50 and p95.

    python bench/data_pages.py [--home DIR] [--links 100000] [--facts 1000000] [--times 20]

Rows are written straight into the tables, with names drawn by Zipf's law; server time is measured in the
process, from the request to the whole answer. An existing folder is used again. Prints sizes of answers too.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from starlette.testclient import TestClient

from cunzhao.core import Core
from cunzhao.core.filing import place_of
from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database
from cunzhao.storage.filed import AgreementPlaceRow, AgreementRow, NamedRow, ProjectRow
from cunzhao.storage.models import DocumentRow, FactRow, Link, ObservationRow, Snapshot
from cunzhao.storage.organized import CollectedRow, CollectionRow
from cunzhao.web import app

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
RARE = ("规上新增重点全社会数字", "企业项目平台机构人才", "数额率值量")
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡", "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲"
SHARES = {"figure": 0.6, "named": 0.2, "project": 0.06, "agreement": 0.04}  # the rest: headings and the like


class Drawer:
    """Draws names by Zipf's law."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        rare = [
            f"{a}{b}{c}"
            for a, b, c in itertools.product(
                "规上新增重点全社会数字".strip(), "企业项目平台机构人才", "数额率值量"
            )
        ]
        self.indicators = KNOWN + [f"{name}{n}" for n in range(60) for name in rare]
        self.weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(self.indicators))))
        self.people = ["".join(t) for t in itertools.product(FAMILY, GIVEN, GIVEN)]
        self.people_weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(self.people))))

    def indicator(self) -> str:
        return self.rng.choices(self.indicators, cum_weights=self.weights)[0]

    def person(self) -> str:
        return self.rng.choices(self.people, cum_weights=self.people_weights)[0]


def fill(database: Database, links: int, facts: int) -> None:
    drawer, each = Drawer(2026), facts / links
    for first in range(0, links, 2_000):
        rows: dict[type, list[dict]] = {}
        for n in range(first, min(first + 2_000, links)):
            _link(rows, n)
            _facts(rows, n, drawer, each)
        with database.writing() as session:
            for table, values in rows.items():
                session.execute(sa.insert(table), values)
        print(f"\r{first + 2_000} links", end="", flush=True)
    with database.writing() as session:
        session.add(CollectionRow(id="c1", title="小专题", note="", made=NOW))
        session.add(CollectionRow(id="c2", title="大专题", note="", made=NOW))
        session.flush()
        held = [("c1", n) for n in range(50)] + [("c2", n) for n in range(links // 4)]
        session.execute(
            sa.insert(CollectedRow),
            [{"collection_id": c, "link_id": f"L{n:07}", "place": n} for c, n in held],
        )
    print()


def _link(rows: dict[type, list[dict]], n: int) -> None:
    link, snapshot, at = f"L{n:07}", f"s{n:07}", NOW - timedelta(minutes=n)
    url = f"https://www.example{n % 300}.gov.cn/art/{n}.html"
    add(rows, Link, id=link, url=url, title="", note="", added=at, given=True, best_id=snapshot)
    add(
        rows,
        Snapshot,
        id=snapshot,
        link_id=link,
        verdict="complete",
        engine="http",
        requested_url=url,
        final_url=url,
        captured=at,
        seconds=1.0,
        bytes=40_000,
        missing=[],
    )
    add(
        rows,
        DocumentRow,
        snapshot_id=snapshot,
        title=f"第{n}份统计公报",
        published="2020-01-02",
        source=f"第{n % 300}统计局",
        text="统计公报的正文。" * 150,
        document={},
        indexed=True,
        observed=99,
    )


def _facts(rows: dict[type, list[dict]], n: int, drawer: Drawer, each: float) -> None:
    rng = drawer.rng
    for at in range(round(each)):
        kind = rng.choices([*SHARES, "heading"], [*SHARES.values(), 1 - sum(SHARES.values())])[0]
        where = {"snapshot_id": f"s{n:07}", "start": at * 9, "end": at * 9 + 6, "quote": "351.8亿元"}
        add(
            rows,
            FactRow,
            kind="person" if kind == "named" else kind,
            fields={"name": "x" * 60},
            extractor=kind,
            version="1",
            confidence=None,
            why=[],
            **where,
        )
        if kind == "figure":
            _figure(rows, where, drawer)
        elif kind == "named":
            add(
                rows,
                NamedRow,
                kind="person",
                name=drawer.person(),
                role=rng.choice(["市长", "书记", "主任"]),
                **where,
            )
        elif kind == "project":
            city = rng.choice(CITIES)
            add(
                rows,
                ProjectRow,
                name=f"第{rng.randrange(40_000)}号产业园项目",
                place=city,
                area=AREAS[city][0],
                parties=[],
                amount=rng.randrange(1, 900) * 10**7,
                currency="元",
                stage=rng.choice(["signed", "building", "done", ""]),
                **where,
            )
        elif kind == "agreement":
            _agreement(rows, where, n * 100 + at + 1, rng)


def _figure(rows: dict[type, list[dict]], where: dict, drawer: Drawer) -> None:
    rng, indicator, region = drawer.rng, drawer.indicator(), drawer.rng.choice(CITIES)
    year, measure = rng.randrange(2005, 2026), rng.choices(["level", "growth", "share"], [70, 25, 5])[0]
    area, days = AREAS[region][0], f"{year}-01-01/{year}-12-31"
    add(
        rows,
        ObservationRow,
        indicator=indicator,
        label=indicator,
        region=region,
        area=area,
        period=str(year),
        days=days,
        measure=measure,
        nature=rng.choices(["actual", "target", "forecast"], [90, 9, 1])[0],
        comparator="=",
        value=rng.randrange(1, 10**5) * 10**6 if measure == "level" else rng.randrange(100),
        value_high=None,
        unit="元" if measure == "level" else "%",
        step=1,
        at_area=area,
        at_days=days,
        **where,
    )


def _agreement(rows: dict[type, list[dict]], where: dict, id: int, rng: random.Random) -> None:
    a, b = rng.sample(CITIES, 2)
    date = f"{rng.randrange(2010, 2026)}-{rng.randrange(1, 13):02}"
    add(
        rows,
        AgreementRow,
        id=id,
        parties=[a, b],
        form="战略合作协议",
        about="产业协作",
        date=date,
        nature="actual",
        **where,
    )
    for name in (a, b):
        add(rows, AgreementPlaceRow, agreement_id=id, place=AREAS[name][0], name=AREAS[name][1])


def add(rows: dict[type, list[dict]], table: type, **values: object) -> None:
    rows.setdefault(table, []).append(values)


PAGES = {
    "data, no filter": "/figures",
    "data, an indicator": "/figures?indicator=地区生产总值",
    "data, a rare indicator": "/figures?indicator=规企数3",
    "data, part of a name": "/figures?indicator=生产",
    "data, part of many names": "/figures?indicator=企",
    "data, an area": "/figures?region=绍兴市",
    "data, a period": "/figures?period=2018年",
    "data, targets": "/figures?nature=target",
    "data, forecasts": "/figures?nature=forecast",
    "data, shares": "/figures?measure=share",
    "data, a source": "/figures?source=第7统计局",
    "data, part of many sources": "/figures?source=统计局",
    "data, a small collection": "/figures?collection=c1",
    "data, a large collection": "/figures?collection=c2",
    "data, four filters": "/figures?indicator=地区生产总值&region=绍兴市&nature=target&measure=growth",
    "data, area and forecasts": "/figures?region=绍兴市&nature=forecast&measure=share",
    "data, deep": "/figures?after=300000",
    "data, nothing found": "/figures?indicator=没有的&nature=x",
    "chart, over time": "/figures/chart.svg?indicator=地区生产总值&measure=level",
    "chart, over areas": "/figures/chart.svg?indicator=地区生产总值&by=area",
    "agreements": "/agreements",
    "agreements of two places": "/agreements?place=330600&other=330100",
    "agreements, a word": "/agreements?q=没有的词",
    "projects": "/projects",
    "projects of a place and stage": "/projects?area=330600&stage=building",
    "projects, a word": "/projects?q=第77号",
    "people": "/names",
    "people, part of a name": "/names?q=王伟",
    "one person": "/names?name=王伟伟",
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    home = given.home or Path(tempfile.mkdtemp())
    settings = Settings(home=home)
    database = open_database(settings)
    with database.reading() as session:
        empty = session.scalar(sa.select(Link.id).limit(1)) is None
    if empty:
        fill(database, given.links, given.facts)
    database.close()
    core = Core(settings, open_database(settings))  # without the mending of `Core.open`
    client = TestClient(app(core), base_url="http://127.0.0.1")
    print(f"{'':34}{'first':>9}{'p50':>9}{'p95':>9}  cpu p95   KB")
    for name, path in PAGES.items():
        took, worked = [], []
        for _ in range(given.times + 1):
            began, busy = time.perf_counter(), time.process_time()
            answer = client.get(path)
            took.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - busy) * 1000)
            assert answer.status_code == 200, (path, answer.text[:300])
        first, rest, cpu = took[0], sorted(took[1:]), sorted(worked[1:])
        at = min(len(rest) - 1, round(0.95 * len(rest)))
        times = f"{first:9.0f}{statistics.median(rest):9.0f}{rest[at]:9.0f}{cpu[at]:9.0f}"
        print(f"{name:34}{times}{len(answer.content) / 1000:6.0f}", flush=True)
    core.close()


if __name__ == "__main__":
    main()
