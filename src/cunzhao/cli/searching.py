"""Commands that search: documents by their words, facts by what they say."""

from __future__ import annotations

import click

from cunzhao.cli.words import Words, print_json
from cunzhao.core import Core
from cunzhao.core.search_pages import FactsAsked, SearchWanted
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


def _narrowing(command: click.Command) -> click.Command:
    for name, short, help_text in _NARROW:
        names = [f"--{name}", *([short] if short else [])]
        command.params.append(click.Option([*names, f"narrow_{name}"], multiple=True, help=help_text))
    return command


@_narrowing
@click.command()
@click.argument("query", default="")
@click.option("--sort", default="", help="relevance, date, date-asc, title")
@click.option("--page", default="", help="第几页 / page, from 1 on")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")
@click.pass_obj
def search(
    settings: Settings, /, query: str, sort: str, page: str, as_json: bool, **narrow: tuple[str, ...]
) -> None:
    """全文检索。Search text, titles and tags; "…" is a literal phrase."""
    words = Words(settings.lang)
    chosen = {name.removeprefix("narrow_"): values for name, values in narrow.items() if values}
    with Core.open(settings) as core:
        found = core.search(wanted=SearchWanted(q=query, narrow=chosen, sort=sort, page=page))
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


@click.command()
@click.argument("q", metavar="[QUERY]", default="")
@click.option("--indicator", default="", help="指标，任一名称 / indicator, by any of its names")
@click.option("--area", default="", help="地区名或代码 / area by name or code")
@click.option("--year", default="", help="年份 / year of the reference period")
@click.option("--kind", default="", help="事实种类 / kind of fact")
@click.option("--page", default="", help="第几页 / page, from 1 on")
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


COMMANDS = (search, facts)
