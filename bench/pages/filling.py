"""A data folder of the asked size: rows (`rows`), what users keep beside them, two files read by the product,
and the search index. What pages are asked with is written into `known.json`.
"""

from __future__ import annotations

import itertools
import json
import random
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from bench.pages.rows import CITIES, KNOWN, NOW, Maker, Rows, add, link_id, snapshot_id
from bench.passages import generated

from cunzhao.core import Core
from cunzhao.core.derived import entered
from cunzhao.core.queries.rows import document_row
from cunzhao.core.values.corrected import Bare, Correction, around
from cunzhao.extract.types import Span
from cunzhao.read.types import Block, Document, Place
from cunzhao.settings import Settings
from cunzhao.storage.account_models import AuditRow
from cunzhao.storage.database import Database, open_database
from cunzhao.storage.models import (
    CheckedRow,
    CorrectionRow,
    DocumentRow,
    FactRow,
    IndicatorAliasRow,
    JobItemRow,
    JobRow,
    LikeRow,
    SketchRow,
    Snapshot,
)
from cunzhao.storage.organized import (
    CollectedRow,
    CollectionRow,
    SavedSearchRow,
    SearchAliasRow,
    TagChangeRow,
)

KNOWN_FILE = "known.json"
PASSWORD = "made-up words of a bench"
FACTS = 2_000  # of the large snapshot
CORRECTED, PER_DOCUMENT = 1_000, 3  # documents with corrections, and how many each
COPIES = 5_000  # groups of reposts
AUDITED = 100_000
LONG = 300  # passages of a text that is compared with another


def filled(home: Path, links: int, facts: int) -> dict[str, str]:
    """Fills an empty folder; what pages are asked with."""
    known = home / KNOWN_FILE
    if not known.exists():
        settings = Settings(home=home)
        database = open_database(settings)
        _rows(database, links, facts)
        database.close()
        told = _by_the_product(settings)
        known.write_text(json.dumps(told | {"links": str(links), "facts": str(facts)}), "utf-8")
    told = dict(json.loads(known.read_text("utf-8")))
    if "compared" not in told:
        told |= _versions(Settings(home=home), told["small"])
        known.write_text(json.dumps(told), "utf-8")
    return told


def _rows(database: Database, links: int, facts: int) -> None:
    done = 0
    for rows in Maker(links, round(facts / links)).batches():
        _write(database, rows)
        done += 2_000
        print(f"\r{min(done, links)} links", end="", flush=True)
    print()
    for rows in (_kept(links), _reposts(links), _jobs(), _audit()):
        _write(database, rows)
    _write(database, _corrections(database, links))


def _write(database: Database, rows: Rows) -> None:
    with database.writing() as session:
        for table, values in rows.items():
            session.execute(sa.insert(table), values)


def _kept(links: int) -> Rows:
    """Collections (one with a quarter of all links), saved searches, aliases, renamed tags."""
    rows: Rows = {}
    for n in range(200):
        add(rows, CollectionRow, id=f"c{n}", title=f"第{n:03}专题", note="", made=NOW)
    held = [("c0", n) for n in range(50)] + [("c1", n) for n in range(links // 4)]
    held += [(f"c{n % 198 + 2}", n) for n in range(0, links, 7)]
    for n, (collection, link) in enumerate(held):
        add(rows, CollectedRow, collection_id=collection, link_id=link_id(link), place=n)
    for n in range(50):
        add(rows, SavedSearchRow, id=f"q{n}", name=f"检索{n}", query=f"q=公报{n}", made=NOW)
        add(rows, SearchAliasRow, name=f"简称{n}", meaning=f"全称{n}", shown=f"简称{n} = 全称{n}", at=NOW)
        add(rows, TagChangeRow, id=f"t{n}", old=f"旧{n}", new=f"新{n}", at=NOW, undone=None, moved=[])
    for n in range(200):
        add(rows, IndicatorAliasRow, alias=f"别名{n}", shown=f"别名{n}", name=KNOWN[0], who="", at=NOW)
    return rows


def _reposts(links: int) -> Rows:
    """Groups of two to nine copies, each hung on its first."""
    rows, rng, id, document = Rows(), random.Random(5), 0, 0
    for _ in range(COPIES):
        first, size = id + 1, rng.randrange(2, 10)
        for _ in range(min(size, max(0, links - document))):
            id, document = id + 1, document + 1
            where = {"snapshot_id": snapshot_id(document - 1), "start": 0, "end": 900}
            add(rows, SketchRow, id=id, sketch=rng.randbytes(996), compared=True, **where)
            if id > first:
                add(rows, LikeRow, a=first, b=id, same=0.9, held=1.0)
    return rows


def _jobs() -> Rows:
    rows: Rows = {}
    for n in range(300):
        add(rows, JobRow, id=f"j{n:03}", created=NOW - timedelta(hours=n), tags=[], collection="")
        for at in range(1_000 if n == 0 else 10):
            url, done = f"https://www.example{at}.gov.cn/{n}.html", at % 20 != 7
            error = (
                None if done else {"code": "not-found", "input": url, "values": {"what": "", "what_en": ""}}
            )
            add(
                rows, JobItemRow,
                job_id=f"j{n:03}", n=at, url=url, state="done" if done else "failed",
                snapshot_id=snapshot_id(n * 10 + at) if done else None,
                verdict="complete" if done else "error", error=error,
            )  # fmt: skip
    return rows


def _audit() -> Rows:
    rows: Rows = {}
    for n in range(AUDITED):
        add(
            rows, AuditRow,
            at=NOW - timedelta(minutes=AUDITED - n), who=f"用户{n % 40}", account_id="",
            action="POST /links/{link}/tags", target=link_id(n), address="192.0.2.7", door="web",
        )  # fmt: skip
    return rows


def _corrections(database: Database, links: int) -> Rows:
    """Of every hundredth document or so three figures are corrected; of every third of these all checked."""
    rows: Rows = {}
    chosen = [snapshot_id(n) for n in range(1, links, max(1, links // CORRECTED))]
    with database.reading() as session:
        texts = sa.select(DocumentRow.snapshot_id, DocumentRow.text)
        for n, snapshot in enumerate(chosen):
            text = session.execute(texts.where(DocumentRow.snapshot_id == snapshot)).one().text
            figures = sa.select(FactRow).where(FactRow.snapshot_id == snapshot, FactRow.kind == "figure")
            for k, fact in enumerate(session.scalars(figures.limit(PER_DOCUMENT))):
                before, after = around(text, fact.start, fact.end)
                one = Correction(
                    id=f"0{n:06}{k}", snapshot=snapshot, kind="figure", action="change",
                    span=Span(fact.start, fact.end, fact.quote), before=before, after=after,
                    old=fact.fields, new={"value": "400"}, at=NOW,
                )  # fmt: skip
                add(rows, CorrectionRow, **entered.correction_values(one), at=NOW, state="applied")
            if n % 3 == 0:
                digest = Bare(text).digest
                add(
                    rows, CheckedRow,
                    snapshot_id=snapshot, kind="figure", digest=digest, facts=[], who="", at=NOW,
                )  # fmt: skip
    return rows


def _by_the_product(settings: Settings) -> dict[str, str]:
    """Reads two files, indexes everything, makes accounts and shares."""
    with Core.open(settings) as core:  # puts every document into the search index
        with tempfile.TemporaryDirectory() as name:
            files = [Path(name) / "小文件.html", Path(name) / "大计划.html"]
            files[0].write_text(_page("绍兴市2018年统计公报", list(_plan(3))), "utf-8")
            files[1].write_text(_page("绍兴市2025年重点任务计划", list(_plan(FACTS // 6 + 1))), "utf-8")
            small, large = (row.snapshot for row in core.import_files(files))
        assert small and large
        known: dict[str, Any] = {"small": small, "large": large, "secret": core.share("c1").secret}
        page = core.snapshot(small)
        known["record"], known["url"] = page.kept[0].record, page.kept[0].url
        figure = next(fact for fact in page.facts if fact.kind == "figure")
        known["place"] = f"{figure.span.start}-{figure.span.end}"
        known["large facts"] = str(len(core.snapshot(large).facts))
        core.remove(link_id(7))
        core.access.add_account("管理员", PASSWORD, "administrator")
        for n in range(50):
            core.access.add_account(f"用户{n}", f"{PASSWORD} {n}", "editor")
    return known


def _versions(settings: Settings, small: str) -> dict[str, str]:
    """Two more snapshots of a link, of a long text that was edited; a snapshot that is kept, shared too."""
    rows: Rows = {}
    told = {"compared": link_id(2), "older": "0t0000000", "newer": "0t0000001"}
    passages = ["".join(f"{text[k : k + 35]}。" for k in range(0, len(text), 35)) for text in generated(LONG)]
    edited = [f"{text[:20]}又{text[30:]}" if n % 20 == 7 else text for n, text in enumerate(passages)]
    for n, texts in enumerate((passages, edited)):
        snapshot, url, ends = f"0t{n:07}", "https://www.example2.gov.cn/art/2.html", [0]
        for text in texts:
            ends.append(ends[-1] + len(text))
        add(
            rows, Snapshot,
            id=snapshot, link_id=link_id(2), verdict="complete", engine="http", requested_url=url,
            final_url=url, captured=NOW + timedelta(days=n), seconds=1.0, bytes=400_000, missing=[],
            page_record=None,
        )  # fmt: skip
        places = itertools.pairwise(ends)
        blocks = tuple(Block(kind="paragraph", start=s, end=e, place=Place(css="p")) for s, e in places)
        held = document_row(snapshot, Document(text="".join(texts), blocks=blocks, title=f"长文{n}"))
        names = ("snapshot_id", "title", "published", "source", "text", "document")
        add(rows, DocumentRow, **{name: getattr(held, name) for name in names}, indexed=False, observed=99)
    database = open_database(settings)
    with database.reading() as session:
        link = session.get_one(Snapshot, small).link_id
    add(rows, CollectedRow, collection_id="c1", link_id=link, place=1_000_000)
    _write(database, rows)
    database.close()
    return told


def _plan(tasks: int) -> Iterator[str]:
    """Tasks with a lead and figures each, as a work plan has them."""
    rng = random.Random(3)
    for n in range(tasks):
        city = CITIES[n % len(CITIES)]
        said = "，".join(
            f"{rng.choice(KNOWN)}达到{rng.randrange(100, 9000)}.{rng.randrange(1, 10)}亿元" for _ in range(5)
        )
        units = "（牵头单位：市发展改革委；责任单位：市科技局、市财政局）"
        yield f"{n + 1}.加快推进第{n + 1}类产业发展。到2025年，{city}{said}。{units}"


def _page(title: str, paragraphs: list[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    head = f'<meta charset="utf-8"><title>{title}</title><meta name="ArticleTitle" content="{title}">'
    return f"<!doctype html><html><head>{head}</head><body><h1>{title}</h1><div>{body}</div></body></html>"
