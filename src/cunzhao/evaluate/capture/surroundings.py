"""The sections of a capture record about process, environment and network: what the session told. Pure.

A session may come from a file of others, so its parts are shown, never trusted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cunzhao.evaluate.capture import words
from cunzhao.evaluate.capture.layout import (
    NOT_SEEN,
    Field,
    Grid,
    Section,
    clock_time,
    day,
    hex_of,
    moment,
    said,
    some,
)
from cunzhao.evaluate.types import CaptureRecord, ChainShown


def from_warc(record: CaptureRecord) -> bool:
    """Whether another program's WARC file is all that is known of the capture."""
    return record.engine == "import" and record.engine_reason == "warc"


def is_file(record: CaptureRecord) -> bool:
    """Read from a file: nothing was fetched."""
    return record.engine == "import" and not from_warc(record)


def process(record: CaptureRecord) -> Section:
    session, clock, foreign = _session(record), _part(record, "clock"), from_warc(record)
    engine = f"{words.ENGINES[record.engine]}；理由：{words.engine_reason(record.engine_reason) or NOT_SEEN}"
    source = "本机系统时钟" if clock.get("source") == "system clock" else said(clock.get("source"))
    operator = words.OPERATORS.get(str(session.get("operator")), said(session.get("operator")))
    return Section(
        "二、过程",
        (
            Field("开始", some(moment(record.started), "据 WARC 文件中的记录" if foreign else "")),
            Field("结束", some(moment(record.ended), "" if foreign else f"用时 {record.seconds:.3f} 秒")),
            Field("时钟来源", (source,)),
            Field("时钟同步", (_synchronised(clock),)),
            *(() if is_file(record) else (Field("与网站时间相比", _offsets(record)),)),
            Field("本机时区", (_zone(_part(record, "time_zone")),)),
            Field("操作者", (f"发起方式：{operator}", f"系统账户：{said(session.get('account'))}")),
            Field("方式与理由", (engine,)),
            Field("选项", _options(record)),
        ),
    )  # fmt: skip


def environment(record: CaptureRecord) -> Section:
    system, program = _part(record, "system"), _part(record, "program")
    python, proxy = _part(record, "python"), _part(record, "proxy")
    kernel = " ".join(
        str(system[key]) for key in ("name", "release", "version", "machine") if system.get(key)
    )
    libraries = "，".join(f"{name} {version}" for name, version in _part(record, "libraries").items())
    return Section(
        "三、环境",
        (
            Field("程序", (_named(program), f"Python：{_named(python)}", f"程序库：{libraries or NOT_SEEN}")),
            Field("操作系统", (said(system.get("distribution")), f"内核：{kernel or NOT_SEEN}")),
            Field("运行权限", (_privilege(_session(record).get("privileged")),)),
            Field("浏览器", _browser(record)),
            Field("全新会话", (_fresh(record),)),
            Field("代理", ("不适用（没有访问网络）",) if is_file(record) else _proxy(proxy)),
        ),
    )  # fmt: skip


def network(record: CaptureRecord) -> Section:
    resolver = _part(record, "resolver")
    servers = resolver.get("addresses")
    told = "，".join(map(str, servers)) if isinstance(servers, list) and servers else NOT_SEEN
    seen_from = f"（据 {resolver['from']}）" if resolver.get("from") else ""
    peers = Counter(item.seen.peer for item in record.items if item.seen.peer)
    columns = (("主机", 44.0), ("解析结果", 42.0), ("连接地址", 34.0), ("连接时间", 36.0))
    rows = tuple(
        (
            f"{host.host}:{host.port}",
            "\n".join(host.answers) or "网址中直接写明 IP 地址",
            host.address,
            clock_time(host.first) + (f"\n至 {clock_time(host.last)}" if host.last != host.first else ""),
        )
        for host in record.hosts
    )
    grids = (Grid(columns, rows, "域名解析与连接地址"),) if rows else ()
    certificates = tuple(_chain(shown) for shown in record.chains)
    if is_file(record):
        return Section("四、网络", paragraphs=("文件导入，没有访问网络。",))
    fields = (
        Field("系统的域名服务器", (told + seen_from,)),
        *(() if rows else (Field("域名解析", (NOT_SEEN,)),)),
        Field(
            "记录中的对端地址",
            tuple(f"{peer}（{count} 条记录）" for peer, count in peers.items()) or (NOT_SEEN,),
        ),
        *(() if certificates else (Field("证书链", (_no_certificates(record),)),)),
    )
    return Section("四、网络", fields, (*grids, *certificates))


def _chain(shown: ChainShown) -> Grid:
    caption = f"证书链：{shown.host}:{shown.port}，{shown.protocol or '协议' + NOT_SEEN}"
    caption += "" if shown.whole else "（只取得网站自身的证书，链上其余" + NOT_SEEN + "）"
    rows = []
    for n, one in enumerate(shown.certificates, 1):
        valid = f"有效期：{day(one.not_before)} 至 {day(one.not_after)}" if one.not_before else ""
        lines = some(
            f"主体：{one.subject}" if one.subject is not None else "证书本身读不到或无法解读，只有指纹",
            f"签发者：{one.issuer}" if one.issuer is not None else "",
            valid,
            f"用于：{'，'.join(one.names[:12])}{' 等' if len(one.names) > 12 else ''}" if one.names else "",
            f"序列号：{one.serial}" if one.serial else "",
            f"SHA-256 指纹：{hex_of(one.fingerprint)}",
        )
        rows.append((str(n), "\n".join(lines)))
    return Grid((("序", 10.0), ("证书", 146.0)), tuple(rows), caption)


def _session(record: CaptureRecord) -> Mapping[str, Any]:
    return record.session or {}


def _part(record: CaptureRecord, name: str) -> Mapping[str, Any]:
    told = _session(record).get(name)
    return told if isinstance(told, Mapping) else {}


def _named(told: Mapping[str, Any]) -> str:
    return f"{told.get('name')} {said(told.get('version'))}" if told.get("name") else NOT_SEEN


def _synchronised(clock: Mapping[str, Any]) -> str:
    held = clock.get("synchronised")
    if not isinstance(held, bool):
        return NOT_SEEN
    by = f"（据系统内核 {clock.get('told_by')}）"
    error = clock.get("max_error_s")
    bound = f"，估计误差不超过 {error} 秒" if isinstance(error, int | float) else ""
    return f"已与时间源同步{bound}{by}" if held else f"内核未报告与时间源同步{by}"


def _offsets(record: CaptureRecord) -> tuple[str, ...]:
    """How each site's clock stands to ours. Its header counts whole seconds."""
    found = []
    for host, seconds in record.server_dates:
        apart = (
            "相差不到 1 秒"
            if abs(seconds) < 1
            else f"网站的时间{'快' if seconds > 0 else '慢'} {abs(seconds):g} 秒"
        )
        found.append(f"{host}：{apart}（据应答的 Date 头，精确到秒）")
    return tuple(found) or (NOT_SEEN,)


def _zone(told: Mapping[str, Any]) -> str:
    offset = told.get("utc_offset_s")
    if not isinstance(offset, int | float):
        return NOT_SEEN
    sign = "-" if offset < 0 else "+"
    hours, minutes = divmod(int(abs(offset)) // 60, 60)
    return f"{told.get('name') or ''}（UTC{sign}{hours:02d}:{minutes:02d}）"


def _options(record: CaptureRecord) -> tuple[str, ...]:
    """The settings in the order of the words; those for the browser only where one was used."""
    told = _part(record, "options")
    order = [name for name in words.OPTIONS if name in told] + [n for n in told if n not in words.OPTIONS]
    if is_file(record):
        order = [name for name in order if name == "max_body_bytes"]
    elif record.engine != "browser":
        order = [name for name in order if not name.startswith("browser_") and name != "renditions"]
    return tuple(f"{words.OPTIONS.get(name, name)}：{_value(told[name])}" for name in order) or (NOT_SEEN,)


def _value(told: Any) -> str:
    if isinstance(told, bool):
        return "是" if told else "否"
    if isinstance(told, str):
        return words.VALUES.get(told, told)
    if isinstance(told, Mapping):
        return "，".join(f"{name} {value}" for name, value in told.items()) or NOT_SEEN
    return ("，".join(map(str, told)) or NOT_SEEN) if isinstance(told, list) else str(told)


def _privilege(told: Any) -> str:
    return (
        {True: "系统管理员（root）", False: "普通账户"}.get(told, NOT_SEEN)
        if isinstance(told, bool)
        else NOT_SEEN
    )


def _browser(record: CaptureRecord) -> tuple[str, ...]:
    if record.engine != "browser":
        return (NOT_SEEN,) if from_warc(record) else ("未使用浏览器",)
    told = _part(record, "browser")
    lines = [_named(told), f"程序文件摘要：{said(told.get('digest'))}"]
    if isinstance(told.get("sandbox"), bool):
        lines.append("浏览器沙箱：" + ("启用" if told["sandbox"] else "未启用（--no-sandbox）"))
    known = [name for name in words.BROWSER if told.get(name) not in (None, "")]
    return (*lines, *(f"{words.BROWSER[name]}：{_value(told[name])}" for name in known))


def _fresh(record: CaptureRecord) -> str:
    if record.engine != "browser":
        return NOT_SEEN if from_warc(record) else "不适用（未使用浏览器）"
    if record.fresh_profile is None:
        return NOT_SEEN
    return (
        "打开页面之前检查过，浏览器上下文是空的"
        if record.fresh_profile
        else "打开页面之前检查过，浏览器上下文不是空的"
    )


def _no_certificates(record: CaptureRecord) -> str:
    over_tls = any(item.url.startswith("https:") and item.status is not None for item in record.items)
    return NOT_SEEN if over_tls or not record.items else "没有使用加密连接（http）"


def _proxy(told: Mapping[str, Any]) -> tuple[str, ...]:
    if told.get("kind") != "own gate":
        return (said(told.get("kind")),)
    environment = "环境变量中的代理未被使用" if told.get("environment_used") is False else ""
    return some("经本程序自带的出口代理（本机回环地址）连接网站，没有使用其他代理", environment)
