"""Commands that bring things in and manage them: save, import, list, show, tag, remove, restore, purge."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from cunzhao.cli.words import Words, ending, print_error, print_json, print_saved
from cunzhao.collect.types import EngineAsked
from cunzhao.core import Core
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.core.words import verdict_words
from cunzhao.settings import Settings

tag_option = click.option("--tag", "-t", "tags", multiple=True, help="标签，可多次 / tag, repeatable")
_ENGINE_HELP = "抓取方式：auto 自动选择，http 直接抓取（不运行脚本），browser 用浏览器 / engine"
json_option = click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")


@click.command()
@click.argument("urls", nargs=-1, required=True)
@click.option("--engine", type=click.Choice(get_args(EngineAsked)), default="auto", help=_ENGINE_HELP)
@tag_option
@click.option("--collection", default="", help="专题 / collection")
@json_option
@click.pass_obj
def save(  # noqa: PLR0917 (click hands options over by name)
    settings: Settings,
    urls: tuple[str, ...],
    engine: EngineAsked,
    tags: tuple[str, ...],
    collection: str,
    as_json: bool,
) -> None:
    """保存网页快照。Capture URLs now; `-` reads them from standard input."""
    wanted = [line for url in urls for line in (sys.stdin.read().split() if url == "-" else [url])]
    with Core.open(settings) as core:
        _report(core.save(wanted, engine=engine, tags=tags, collection=collection), settings, as_json)


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@tag_option
@json_option
@click.pass_obj
def import_(settings: Settings, paths: tuple[Path, ...], tags: tuple[str, ...], as_json: bool) -> None:
    """导入文件（html mht txt md pdf ofd doc docx wps xls xlsx csv warc）。Bring files in."""
    with Core.open(settings) as core:
        _report(core.import_files(paths, tags=tags), settings, as_json)


def _report(rows: Iterator[SaveRow], settings: Settings, as_json: bool) -> None:
    """Print each row as it comes; leave with 1 if any input failed."""
    words, failed = Words(settings.lang), 0
    with ending(rows):
        for row in rows:
            if as_json:
                print_json(row)
            else:
                print_saved(row, words)
            print_error(row, words)
            failed += row.error is not None
    if failed:
        click.echo(words(f"{failed} 项失败，其余已完成", f"{failed} failed, the rest is done"), err=True)
        raise SystemExit(1)


@click.command(name="list")
@click.option("--tag", "-t", default=None, help="只列此标签 / only this tag")
@click.option("--attachments", is_flag=True, help="也列附件 / list attachments too")
@json_option
@click.pass_obj
def list_(settings: Settings, tag: str | None, attachments: bool, as_json: bool) -> None:
    """列出链接。List what is kept, newest first."""
    words = Words(settings.lang)
    with Core.open(settings) as core:
        cursor: str | None = None
        while True:
            page = core.home(tag=tag, cursor=cursor, attachments=attachments)
            for link in page.links:
                if as_json:
                    print_json(link)
                    continue
                best = link.best
                verdict = words(*verdict_words(best.verdict)) if best else "-"
                title = best.title if best else link.url
                came = words(f"附件 {n}", f"{n} attached") + "  " if (n := link.attachments) else ""
                told = f"{came}[{' '.join(link.tags)}]  {link.url}"
                click.echo(f"{best.id if best else '-':13} {verdict:6} {title}  {told}")
            cursor = page.next
            if not cursor:
                return


@click.command()
@click.argument("snapshot")
@click.option("--places", is_flag=True, help="也列每个字的出处 / the place of every character too")
@click.pass_obj
def show(settings: Settings, snapshot: str, places: bool) -> None:
    """显示一个快照的全部信息（JSON）。One snapshot, whole, as JSON."""
    with Core.open(settings) as core:
        page = core.snapshot(snapshot)
        page = page if places else page.without_runs()
        value = {f.name: getattr(page, f.name) for f in dataclasses.fields(page)}
        print_json({**value, "facts": [fact.to_json() for fact in page.facts]})


@click.command()
@click.argument("link")
@click.argument("tags", nargs=-1)
@click.pass_obj
def tag(settings: Settings, link: str, tags: tuple[str, ...]) -> None:
    """设置链接的标签（LINK 为链接或快照编号）。Set the tags of a link."""
    with Core.open(settings) as core:
        core.set_tags(core.link_of(link), tags)


@click.command()
@click.argument("links", nargs=-1, required=True)
@click.pass_obj
def remove(settings: Settings, links: tuple[str, ...]) -> None:
    """移入回收站，快照仍在。Move links to the trash; `restore` brings them back."""
    with Core.open(settings) as core:
        for link in links:
            core.remove(core.link_of(link))


@click.command()
@click.argument("links", nargs=-1, required=True)
@click.pass_obj
def restore(settings: Settings, links: tuple[str, ...]) -> None:
    """从回收站取回。Bring links back from the trash."""
    with Core.open(settings) as core:
        for link in links:
            core.restore(core.link_of(link))


@click.command()
@click.argument("links", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="不再询问 / do not ask")
@json_option
@click.pass_obj
def purge(settings: Settings, links: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """彻底删除回收站里的链接及其快照，无法恢复。Delete links in the trash for good."""
    words = Words(settings.lang)
    with Core.open(settings) as core:
        chosen = list(dict.fromkeys(core.link_of(link) for link in links))
        if not yes:
            question = words(
                f"将彻底删除 {len(chosen)} 个链接及其全部快照，无法恢复。继续吗？",
                f"{len(chosen)} links and all their snapshots will be gone for good. Go on?",
            )
            click.confirm(question, abort=True, err=True)
        for link in chosen:
            purged = core.purge(link)
            if as_json:
                print_json(purged)
                continue
            told = purged.url, purged.snapshots, purged.bytes
            click.echo(
                words(
                    "已彻底删除 {}：{} 个快照，{} 字节".format(*told),
                    "purged {}: {} snapshots, {} bytes".format(*told),
                )
            )
            if purged.waiting:
                click.echo(
                    words(
                        "部分记录所在的文件正由另一进程写入，待其结束后再移除。",
                        "Some records stand in a file that another process writes; they go when it ends.",
                    ),
                    err=True,
                )


COMMANDS = (save, import_, list_, show, tag, remove, restore, purge)
