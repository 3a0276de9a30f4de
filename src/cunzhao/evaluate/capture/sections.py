"""A capture record laid out in Chinese: sections of named fields, tables and paragraphs. Pure.

The page and the Word file show the same sections. What was not observed says 未观察; nothing is left blank
and nothing is guessed. A session may come from a file of others, so its parts are shown, never trusted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import unquote

from cunzhao.evaluate.capture import words
from cunzhao.evaluate.capture.layout import (
    NOT_SEEN,
    Field,
    Grid,
    Section,
    clock_time,
    hex_of,
    moment,
    some,
)
from cunzhao.evaluate.capture.surroundings import environment, from_warc, is_file, network, process
from cunzhao.evaluate.types import CaptureItem, CaptureRecord

#: Records of ours about the capture, not of the page.
OWN_ROLES = ("session", "certificate")
STATES = {"intact": "一致", "gone": "文件或记录不在", "broken": "记录残缺", "changed": "与摘要不符"}


def summary(record: CaptureRecord) -> str:
    """What was observed, in one paragraph."""
    if from_warc(record):
        text = f"本快照取自导入的 WARC 文件，其中的记录注明于{moment(record.started)}取得 {record.final_url}"
    elif record.engine == "import":
        text = f"本程序于{moment(record.started)}导入文件“{_file_name(record.final_url)}”"
    else:
        text = f"本程序于{moment(record.started)}访问 {record.requested_url}"
        answers = sum(item.type in ("response", "revisit") for item in record.items)
        text += f"，以{words.ENGINES[record.engine]}方式取得并留存 {answers} 条应答"
    page = record.page
    text += f"，结论为“{words.VERDICTS.get(record.verdict, record.verdict)}”。"
    return text + (
        f"页面内容 {page.length:,} 字节，其 SHA-256 摘要为 {hex_of(page.digest)}。" if page else ""
    )


def _file_name(url: str) -> str:
    """Of an imported file (`urn:cunzhao:file:<digest>/<name>`) its name."""
    return unquote(url.rpartition("/")[2]) if url.startswith("urn:cunzhao:file:") else url


def sections(record: CaptureRecord) -> tuple[Section, ...]:
    """The eight sections, numbered."""
    makers: tuple[Callable[[CaptureRecord], Section], ...] = (
        _object, process, environment, network, _contents, _missing, _checking, _limits,
    )  # fmt: skip
    return tuple(make(record) for make in makers)


def _object(record: CaptureRecord) -> Section:
    page = record.page
    ways = (*record.redirects, *([page] if page else []))
    hops = tuple(f"{a.status or '跳转'}：{a.url} → {b.url}" for a, b in pairwise(ways))
    verdict = (
        f"{words.VERDICTS.get(record.verdict, record.verdict)}：{words.VERDICT_HELP.get(record.verdict, '')}"
    )
    why = f"原因：{words.reason(record.reason)}" if record.reason else ""
    where: tuple[Field, ...]
    if is_file(record):
        where = (Field("文件", (_file_name(record.final_url), f"存为 {record.final_url}")),)
    else:
        where = (
            Field("请求网址", (record.requested_url,)),
            Field("HTTP 跳转", hops or ("无" if page else NOT_SEEN,)),
            Field("最终网址", (record.final_url,)),
        )
    return Section(
        "一、对象",
        (
            Field("标题", (record.title or "没有读出标题",)),
            *where,
            Field("结论", some(verdict, why)),
            Field("页面摘要", (f"SHA-256 {hex_of(page.digest)}",) if page else ("没有取得页面",)),
            Field("快照编号", (record.snapshot,)),
        ),
    )


def _contents(record: CaptureRecord) -> Section:
    shared = sum(item.type == "revisit" for item in record.items)
    total = sum(item.length for item in record.items)
    own = sum(item.role in OWN_ROLES for item in record.items)
    text = f"共 {len(record.items)} 条记录{f'（其中 {own} 条记抓取环境和证书）' if own else ''}，"
    text += f"内容合计 {total:,} 字节。"
    text += "摘要按留存的字节计算；位置为记录在 WARC 文件中的起始字节。"
    if record.engine == "browser":
        text += "浏览器取得的内容按浏览器解压后的字节留存，原来的压缩方式记在应答头中。"
    if shared:
        text += f"其中 {shared} 条的内容与先前留存的逐字节相同，只记应答头，内容见所指的原记录。"
    columns = (("序", 8.0), ("用途", 18.0), ("网址、摘要、位置、请求", 102.0), ("应答", 28.0))
    rows = tuple(_item_row(item) for item in record.items)
    return Section("五、留存内容", (), (Grid(columns, rows, fine=True),) if rows else (), (text,))


def _item_row(item: CaptureItem) -> tuple[str, ...]:
    request = f"请求：{item.seen.request_line or '请求行' + NOT_SEEN}"
    digest = (
        f"SHA-256 {hex_of(item.seen.request_digest)}" if item.seen.request_digest else f"请求摘要：{NOT_SEEN}"
    )
    asked = (request, digest) if item.type in ("response", "revisit") else ()
    origin = f"原记录：{item.original[0]}，位置 {item.original[1]}" if item.original else ""
    lines = some(
        item.url,
        f"SHA-256 {hex_of(item.digest)}",
        f"{item.file}，位置 {item.offset}，长 {item.size}",
        origin,
        *asked,
    )
    status = "" if item.status is None else f"状态 {item.status}"
    kind = "与先前相同" if item.type == "revisit" else ""
    peer = f"对端 {item.seen.peer}" if item.seen.peer else ""
    answer = some(status, item.mime or "类型未说明", f"{item.length:,} 字节", peer, clock_time(item.at), kind)
    return str(item.n), words.ROLES.get(item.role, item.role), "\n".join(lines), "\n".join(answer)


def _missing(record: CaptureRecord) -> Section:
    if not record.missing:
        return Section("六、未能取得的内容", paragraphs=("抓取时没有记下未能取得的内容。",))
    columns = (("序", 10.0), ("用途", 20.0), ("网址", 90.0), ("原因", 36.0))
    rows = tuple(
        (str(n), words.ROLES.get(lost.role, lost.role), lost.url, words.reason(lost.reason))
        for n, lost in enumerate(record.missing, 1)
    )
    return Section("六、未能取得的内容", (), (Grid(columns, rows),), (f"共 {len(rows)} 项。",))


def _checking(record: CaptureRecord) -> Section:
    states = Counter(item.seen.state for item in record.items)
    text = f"生成本文件时（{moment(record.made)}）重新读取了上列 {len(record.items)} 条记录："
    text += f"{states['intact']} 条与摘要一致"
    broken = [item for item in record.items if item.seen.state != "intact"]
    text += "，没有不一致。" if not broken else f"，{len(broken)} 条不一致，见下。"
    grids = []
    if broken:
        rows = tuple((str(item.n), item.url, STATES[item.seen.state]) for item in broken)
        grids.append(Grid((("序", 10.0), ("网址", 110.0), ("情况", 36.0)), rows))
    info = record.info
    lines = (
        (f"{info.file}，位置 {info.offset}，长 {info.size}", f"SHA-256：{hex_of(info.digest)}")
        if info
        else (NOT_SEEN,)
    )
    return Section(
        "七、核验",
        (Field("本文件所据的页面信息记录", lines), Field("复核", (text,))),
        tuple(grids),
        (
            "任何人都可以独立核验：对存有 WARC 文件的数据文件夹执行“cunzhao verify”，逐条核对全部记录；"
            "或不用本程序，以其他 WARC 工具（如 warcio check）核对；"
            "或用通用命令取出一条记录的内容再算摘要，以页面为例（GNU 工具）：",
        ),
        (_command(record.page),) if record.page else (),
    )  # fmt: skip


def _command(item: CaptureItem) -> str:
    """What prints the SHA-256 of a record's payload with everyday tools."""
    file, offset, size = item.original or (item.file, item.offset, item.size)
    unpack = " | gunzip" if file.endswith(".gz") else ""
    cut = f"tail -c +{offset + 1} {file} | head -c {size}{unpack}"
    return f"{cut} | head -c -4 | tail -c {item.length} | sha256sum"


def _limits(record: CaptureRecord) -> Section:
    changed = sum(item.seen.state != "intact" for item in record.items)
    seen = "上列字节自导入后存于本程序" if from_warc(record) else "本程序在所记时间观察到上列字节"
    since = "其后未变" if not changed else f"但其中 {changed} 条现在读不到原来的字节（见第七节）"
    paragraphs = [
        f"本文件由程序依据留存的记录生成，说明的是：{seen}，{since}。",
        "它不能证明网站所载内容属实，也不能证明他人在同一时刻看到的与此相同；时间取自本机时钟，未经外部时间戳机构证明；"
        "程序由操作者自行运行，并非中立第三方。如需更强的证明，可另作公证、可信时间戳或由第三方同时留存。",
        "记为“未观察”的项目，是程序没有看到或当时没有记录的，不作推断。",
    ]
    if from_warc(record):
        paragraphs.insert(
            1,
            "该快照取自导入的 WARC 文件，记录由作出该文件的程序所写；"
            "其时间、地址和内容来源本程序没有观察，只核对过字节与摘要。",
        )
    elif record.engine == "import":
        paragraphs.insert(1, "该快照由文件导入，程序没有访问网站；文件在导入之前的来历不在本记录之内。")
    if not record.observed and not from_warc(record):
        paragraphs.insert(
            1, "该快照没有留下抓取环境的记录（较早版本所存，或来自其他程序），有关项目记为“未观察”。"
        )
    return Section("八、说明", paragraphs=tuple(paragraphs))
