"""Commands that search: documents by their words, facts by what they say."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote_plus, urlencode

import click

from cunzhao.cli.words import Words, print_json
from cunzhao.core import Core
from cunzhao.core.values.search import FactsAsked, SearchPage, SearchWanted
from cunzhao.core.values.workbench import SavedSearch
from cunzhao.errors import NotFound
from cunzhao.settings import Settings

_NARROW = (
    ("tag", "-t", "标签，含其下级 / tag, with what stands below it"),
    ("collection", "", "专题 / collection"),
    ("area", "", "地区名或代码 / area by name or code"),
    ("source", "", "来源 / source"),
    ("kind", "", "文种 / kind of document"),
    ("verdict", "", "结论 / verdict"),
    ("has", "", "含有哪类事实 / kind of facts in it"),
    ("from", "", "起始日期 / first day, month or year"),
    ("to", "", "截止日期 / last day, month or year"),
)

_CURSOR = click.option("--cursor", default="", help="从哪里接着列 / where the next page begins, as told")


def _narrowing(command: click.Command) -> click.Command:
    for name, short, help_text in _NARROW:
        names = [f"--{name}", *([short] if short else [])]
        command.params.append(click.Option([*names, f"narrow_{name}"], multiple=True, help=help_text))
    return command


@_narrowing
@click.command()
@click.argument("query", default="")
@click.option("--sort", default="", help="relevance, date, date-asc, title")
@_CURSOR
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")
@click.pass_obj
def search(
    settings: Settings, /, query: str, sort: str, cursor: str, as_json: bool, **narrow: tuple[str, ...]
) -> None:
    """全文检索。Search text, titles and tags; "…" is a literal phrase."""
    chosen = {name.removeprefix("narrow_"): values for name, values in narrow.items() if values}
    with Core.open(settings) as core:
        found = core.search(wanted=SearchWanted(q=query, narrow=chosen, sort=sort, cursor=cursor))
    _print_found(found, Words(settings.lang), as_json)


def _print_found(found: SearchPage, words: Words, as_json: bool) -> None:
    for hit in found.hits:
        if as_json:
            print_json(hit)
            continue
        click.echo(f"{hit.snapshot.id}  {hit.snapshot.title}")
        for snippet in hit.snippets:
            click.echo(f"    …{' '.join(snippet.text.split())}…")
    if found.also:
        click.echo(words(f"同时查了：{'、'.join(found.also)}", f"also: {', '.join(found.also)}"), err=True)
    click.echo(words(f"共 {found.total} 篇", f"{found.total} found"), err=True)
    _tell_next(found.next, words)


@click.command()
@click.argument("q", metavar="[QUERY]", default="")
@click.option("--indicator", default="", help="指标，任一名称 / indicator, by any of its names")
@click.option("--area", default="", help="地区名或代码 / area by name or code")
@click.option("--year", default="", help="年份 / year of the reference period")
@click.option("--kind", default="", help="事实种类 / kind of fact")
@_CURSOR
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")
@click.pass_obj
def facts(settings: Settings, /, as_json: bool, **asked: str) -> None:
    """检索事实：指标、地区、年份。Search facts by what they say."""
    words = Words(settings.lang)
    with Core.open(settings) as core:
        found = core.facts(FactsAsked(**asked))
    for hit in found.hits:
        if as_json:
            print_json(hit)
            continue
        o = hit.observation
        said = f"{o.label or o.indicator} {o.region} {o.period} " if o else f"{hit.fact.kind} "
        click.echo(f"{hit.snapshot}:{hit.fact.span.start}  {said}{hit.fact.span.quote}  {hit.title}")
    click.echo(words(f"共 {found.total} 条", f"{found.total} found"), err=True)
    _tell_next(found.next, words)


def _tell_next(cursor: str | None, words: Words) -> None:
    if cursor:
        click.echo(words(f"下一页：--cursor {cursor}", f"next page: --cursor {cursor}"), err=True)


@click.group()
def searches() -> None:
    """保存的检索：列出、保存、执行、修改、删除。Saved searches: list, save, run, edit, drop.

    NAME is a search's name or id. QUERY is what to look for, or the part of a search page's address behind
    the question mark: q=轨道&area=绍兴市.
    """


_JSON = click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")


@searches.command(name="list")
@_JSON
@click.pass_obj
def list_searches(settings: Settings, as_json: bool) -> None:
    """列出保存的检索。Every saved search."""
    with Core.open(settings) as core:
        for one in core.saved_searches():
            if as_json:
                print_json(one)
            else:
                click.echo(f"{one.id}  {one.name}  {unquote_plus(one.query)}")


@searches.command()
@click.argument("name")
@click.argument("query")
@click.pass_obj
def save(settings: Settings, name: str, query: str) -> None:
    """保存检索，打印编号。Keep a search under a name; print its id."""
    with Core.open(settings) as core:
        click.echo(core.save_search(name, _as_query(query)).id)


@searches.command()
@click.argument("name")
@_CURSOR
@_JSON
@click.pass_obj
def run(settings: Settings, name: str, cursor: str, as_json: bool) -> None:
    """执行保存的检索。What a saved search finds now."""
    with Core.open(settings) as core:
        asked = parse_qs(_named(core, name).query)
        q, sort = (asked.pop(part, [""])[-1] for part in ("q", "sort"))
        asked.pop("cursor", None)
        narrow = {part: tuple(values) for part, values in asked.items()}
        found = core.search(wanted=SearchWanted(q=q, narrow=narrow, sort=sort, cursor=cursor))
    _print_found(found, Words(settings.lang), as_json)


@searches.command()
@click.argument("name")
@click.option("--name", "new_name", help="新名称 / its new name")
@click.option("--query", help="新的检索条件 / its new query")
@click.pass_obj
def edit(settings: Settings, name: str, new_name: str | None, query: str | None) -> None:
    """修改名称或检索条件。Change name or query."""
    with Core.open(settings) as core:
        asked = None if query is None else _as_query(query)
        core.edit_search(_named(core, name).id, name=new_name, query=asked)


@searches.command()
@click.argument("name")
@click.pass_obj
def drop(settings: Settings, name: str) -> None:
    """删除，并打印重新保存它的内容。Drop a search; print what saving it again takes."""
    with Core.open(settings) as core:
        gone = core.drop_search(_named(core, name).id)
    click.echo(f"{gone.name}  {unquote_plus(gone.query)}")


def _named(core: Core, name: str) -> SavedSearch:
    """By name or id. Raises NotFound."""
    for one in core.saved_searches():
        if name in (one.name, one.id):
            return one
    raise NotFound(name[:100], what="保存的检索", what_en="saved search")


def _as_query(text: str) -> str:
    return text if "=" in text else urlencode({"q": text})


COMMANDS = (search, facts, searches)
