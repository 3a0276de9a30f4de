"""Commands that run and look after the program: serve, verify, rebuild, doctor."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import signal
import socket
from ipaddress import ip_address

import click

from cunzhao.cli import doctor as checks
from cunzhao.cli.words import Words, ending, print_error, print_json
from cunzhao.core import Core
from cunzhao.core.words import verdict_words
from cunzhao.errors import AdministratorMissing, PortTaken, UsageWrong
from cunzhao.sample import server as sample_site
from cunzhao.settings import Settings

LOOPBACK = "127.0.0.1"
PORT = click.IntRange(1, 65535)
BACKLOG = 128  # connections that may wait while the sample site is captured


@click.command()
@click.option(
    "--host",
    default=LOOPBACK,
    show_default=True,
    help="监听的地址；本机以外须先有管理员 / address; beyond loopback it needs an administrator",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="别人打开时用的主机名，可重复 / host name others use; may be repeated",
)
@click.option("--port", type=PORT, default=8749, show_default=True, help="端口 / port")
@click.option("--sample", is_flag=True, help="首次启动时抓取内置示例网站 / capture the built-in sample site")
@click.option(
    "--sample-port", type=PORT, default=8750, show_default=True, help="示例网站端口 / port of the sample site"
)
@click.pass_obj
def serve(
    settings: Settings, *, host: str, names: tuple[str, ...], port: int, sample: bool, sample_port: int
) -> None:
    """启动网页界面（默认仅本机）。Serve the pages, on loopback unless a host is named."""
    words = Words(settings.lang)
    local = is_loopback(host) and not names  # under another name only a server before us asks
    if not local:
        _demand_administrator(settings, " ".join((f"--host {host}", *(f"--name {name}" for name in names))))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to stop, we stop as with Ctrl+C
    ours = listening(port, host)
    if sample:  # served beside us for as long as we run
        site = sample_site.serve(sample_port)
        settings = dataclasses.replace(
            settings, allow_hosts=(*settings.allow_hosts, f"127.0.0.1:{sample_port}")
        )
    with Core.open(settings) as core:
        for own in own_addresses(host):
            core.never_fetch(own, port)
        if sample:
            _capture_sample(core, sample_site.urls(site.base), words)
        shown = f"[{host}]" if ":" in host else host
        _run(core, ours, f"http://{shown}:{port}/", words, names=names, local=local)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def own_addresses(host: str) -> set[str]:
    """Addresses under which we are reached, as far as they are known: captures must not come back to us."""
    found = {LOOPBACK, "::1", host}
    with contextlib.suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    return found


def _demand_administrator(settings: Settings, asked: str) -> None:
    """Nobody but those with an account may be let in from elsewhere. Raises AdministratorMissing."""
    with Core.open(settings) as core:
        if not core.access.has_administrator():
            raise AdministratorMissing(asked)


def listening(port: int, host: str = LOOPBACK) -> socket.socket:
    """A socket that listens there: from here on the port is ours. Raises PortTaken, UsageWrong."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as exc:
        raise _no_host(host) from exc
    ours = socket.socket(family, socket.SOCK_STREAM)
    # Elsewhere the option lets a restart take the port at once; on Windows it would let us take another's.
    ours.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR), 1)
    try:
        ours.bind(address)
        ours.listen(BACKLOG)
    except OSError as exc:
        ours.close()
        if isinstance(exc, PermissionError):
            raise UsageWrong(
                f"{host}:{port}",
                detail="没有权限使用这个端口",
                detail_en="this port may not be used by you",
                mend="请用 --port 指定 1024 以上的端口。",
                mend_en="Name a port above 1024 with --port.",
            ) from exc
        if exc.errno == errno.EADDRNOTAVAIL:
            raise _no_host(host) from exc
        raise PortTaken(f"{host}:{port}") from exc
    return ours


def _no_host(host: str) -> UsageWrong:
    return UsageWrong(
        f"--host {host}",
        detail="本机没有这个地址",
        detail_en="this machine has no such address",
        mend="请写本机的一个地址；0.0.0.0 表示全部。",
        mend_en="Name an address of this machine; 0.0.0.0 means all of them.",
    )


def _run(
    core: Core, ours: socket.socket, address: str, words: Words, *, names: tuple[str, ...], local: bool
) -> None:
    import uvicorn  # only here: no other command should wait for the web's modules

    from cunzhao.web import app

    server = uvicorn.Server(uvicorn.Config(app(core, hosts=names, local=local), log_level="warning"))
    core.start_jobs()
    core.keep_warm()
    click.echo(
        words(f"存照已启动：{address}   （按 Ctrl+C 停止）", f"Cunzhao is at {address} (Ctrl+C stops it)")
    )
    if not local:
        click.echo(
            words(
                "其他机器访问时密码不应明文传输：请在前面放一个提供 https 的反向代理（见 docs/access.md）。",
                "Passwords should not travel in the clear: put a proxy with https in front (docs/access.md).",
            ),
            err=True,
        )
    with contextlib.suppress(KeyboardInterrupt):  # how it is meant to end
        server.run(sockets=[ours])


def _capture_sample(core: Core, pages: list[str], words: Words) -> None:
    """Capture what of the sample site is not yet kept, with progress."""
    urls = [url for url in pages if not core.keeps(url)]
    if not urls:
        return
    click.echo(
        words(f"正在抓取示例网站（{len(urls)} 页）…", f"Capturing the sample site ({len(urls)} pages)…")
    )
    rows = core.save(urls, tags=["示例"])
    with ending(rows):
        for n, row in enumerate(rows, 1):
            click.echo(f"  [{n}/{len(urls)}] {words(*verdict_words(row.verdict))}  {row.url}")
            print_error(row, words)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")
@click.pass_obj
def verify(settings: Settings, as_json: bool) -> None:
    """核对全部存档的完整性。Check every record's bytes against its digest."""
    words = Words(settings.lang)
    with Core.open(settings) as core:
        report = core.verify()
    for damage in report.damages:
        if as_json:
            print_json(damage)
        else:
            click.echo(f"{damage.file}@{damage.offset} {damage.code}: {damage.detail}")
    good = report.records - len(report.damages)
    click.echo(
        words(f"{report.records} 条记录，{good} 条完好", f"{report.records} records, {good} whole"), err=True
    )
    if report.damages:
        raise SystemExit(1)


@click.command()
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """由存档文件重建数据库与索引。Rebuild everything derived from the archive folder."""
    words = Words(settings.lang)
    with Core.open(settings) as core:
        done, failed = core.rebuild(lambda text: click.echo(text, err=True))
    click.echo(words(f"已重建 {done} 个快照", f"{done} snapshots rebuilt"), err=True)
    for error in failed:
        click.echo(error.text(settings.lang), err=True)
    if failed:
        raise SystemExit(1)


@click.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """检查运行环境，说明缺什么、怎么补。What is missing, and how to mend it."""
    words, missing = Words(settings.lang), 0
    for finding in checks.examine(settings):
        mark = words("好", "ok") if finding.good else words("缺", "missing")
        click.echo(f"[{mark}] {words(finding.zh, finding.en)}")
        missing += finding.needed and not finding.good
    if missing:
        raise SystemExit(1)


@click.command()
@click.pass_obj
def mcp(settings: Settings) -> None:
    """供智能体使用的只读接口（MCP，标准输入输出）。Read-only tools for agents: MCP over stdin and stdout."""
    from cunzhao.mcp.server import serve_stdio  # only here: no other command should wait for it

    with Core.open(settings) as core, contextlib.suppress(KeyboardInterrupt):
        serve_stdio(core)


COMMANDS = (serve, mcp, verify, rebuild, doctor)
