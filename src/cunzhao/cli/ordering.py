"""Commands that keep order: tags, collection, note."""

from __future__ import annotations

import click

from cunzhao.cli.words import Words, print_json
from cunzhao.core import Core
from cunzhao.core.values.workbench import BulkAct, TagChange
from cunzhao.settings import Settings

json_option = click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")


@click.group()
def tags() -> None:
    """标签：列出、改名、合并、撤销、建议。Tags: list, rename, merge, undo, suggest."""


@tags.command(name="list")
@json_option
@click.pass_obj
def list_tags(settings: Settings, as_json: bool) -> None:
    """列出标签、各自的链接数、最近的改动。Every tag with its links, and the last changes."""
    words = Words(settings.lang)
    with Core.open(settings) as core:
        page = core.tags()
    for tag in page.tags:
        if as_json:
            print_json(tag)
        else:
            click.echo(f"{tag.all:6}  {tag.name}")
    for change in page.changes if not as_json else ():
        click.echo(_told(change, words), err=True)


@tags.command()
@click.argument("old")
@click.argument("new")
@json_option
@click.pass_obj
def rename(settings: Settings, old: str, new: str, as_json: bool) -> None:
    """改名（连同下级）；新名已有则合并。Rename a tag with all below it; a name in use merges both."""
    with Core.open(settings) as core:
        _print_change(core.rename_tag(old, new), Words(settings.lang), as_json)


@tags.command()
@click.argument("change")
@json_option
@click.pass_obj
def undo(settings: Settings, change: str, as_json: bool) -> None:
    """撤销一次改名或合并（CHANGE 为其编号）。Take a renaming or merger back."""
    with Core.open(settings) as core:
        _print_change(core.undo_tag_change(change), Words(settings.lang), as_json)


@tags.command()
@click.argument("link")
@json_option
@click.pass_obj
def suggest(settings: Settings, link: str, as_json: bool) -> None:
    """由文档内容建议标签。Tags that the document of a link (or snapshot) suggests."""
    with Core.open(settings) as core:
        for one in core.suggestions(core.link_of(link)):
            if as_json:
                print_json(one)
            else:
                click.echo(f"{one.tag}\t{one.words}")


def _print_change(change: TagChange, words: Words, as_json: bool) -> None:
    if as_json:
        print_json(change)
    else:
        click.echo(_told(change, words))


def _told(change: TagChange, words: Words) -> str:
    what = f"{change.id}  {change.old} → {change.new}"
    undone = words("（已撤销）", " (undone)") if change.undone else ""
    return words(f"{what}  {change.links} 条链接{undone}", f"{what}  {change.links} links{undone}")


@click.command()
@click.argument("link")
@click.argument("text")
@click.pass_obj
def note(settings: Settings, link: str, text: str) -> None:
    """给链接写备注（空文本删除备注）。Set the note of a link; an empty TEXT takes it away."""
    with Core.open(settings) as core:
        core.set_note(core.link_of(link), text)


@click.group()
def collection() -> None:
    """专题：新建、放入链接、排列、删除和恢复。Collections: make, fill, arrange, drop, restore.

    NAME is a collection's title or id.
    """


@collection.command(name="list")
@json_option
@click.pass_obj
def list_collections(settings: Settings, as_json: bool) -> None:
    """列出专题。Every collection."""
    with Core.open(settings) as core:
        page = core.collections()
    for card in (*page.collections, *page.removed):
        if as_json:
            print_json(card)
        elif not card.removed:
            click.echo(f"{card.id}  {card.links:5}  {card.title}")


@collection.command()
@click.argument("name")
@json_option
@click.pass_obj
def show(settings: Settings, name: str, as_json: bool) -> None:
    """按顺序列出专题里的链接。The links of a collection in order."""
    with Core.open(settings) as core:
        id, cursor = core.collection_titled(name), None
        while True:
            page = core.collection(id, cursor=cursor)
            for row in page.links:
                if as_json:
                    print_json(row)
                else:
                    click.echo(f"{row.id}  {row.best.title if row.best else row.url}  {row.url}")
            cursor = page.next
            if not cursor:
                return


@collection.command()
@click.argument("title")
@click.option("--note", default="", help="备注 / a note")
@click.pass_obj
def new(settings: Settings, title: str, note: str) -> None:
    """新建专题，打印编号。Make a collection; print its id."""
    with Core.open(settings) as core:
        click.echo(core.make_collection(title, note).id)


@collection.command()
@click.argument("name")
@click.option("--title", help="新名称 / its new title")
@click.option("--note", help="新备注 / its new note")
@click.pass_obj
def edit(settings: Settings, name: str, title: str | None, note: str | None) -> None:
    """修改专题的名称或备注。Change title or note."""
    with Core.open(settings) as core:
        core.edit_collection(core.collection_titled(name), title=title, note=note)


@collection.command()
@click.argument("name")
@click.argument("links", nargs=-1, required=True)
@click.pass_obj
def add(settings: Settings, name: str, links: tuple[str, ...]) -> None:
    """把链接放入专题末尾。Put links at the end of a collection."""
    with Core.open(settings) as core:
        id, chosen = core.collection_titled(name), tuple(core.link_of(link) for link in links)
        core.bulk(BulkAct(action="collect", links=chosen, collection=id))


@collection.command()
@click.argument("name")
@click.argument("links", nargs=-1, required=True)
@click.pass_obj
def take(settings: Settings, name: str, links: tuple[str, ...]) -> None:
    """把链接移出专题（链接仍在）。Take links out of a collection; they stay kept."""
    with Core.open(settings) as core:
        id, chosen = core.collection_titled(name), tuple(core.link_of(link) for link in links)
        core.bulk(BulkAct(action="uncollect", links=chosen, collection=id))


@collection.command()
@click.argument("name")
@click.argument("links", nargs=-1, required=True)
@click.pass_obj
def arrange(settings: Settings, name: str, links: tuple[str, ...]) -> None:
    """按所给顺序排列这些链接，其余不动。Let these links stand in this order; others stay."""
    with Core.open(settings) as core:
        core.arrange_collection(core.collection_titled(name), [core.link_of(link) for link in links])


@collection.command()
@click.argument("name")
@click.pass_obj
def drop(settings: Settings, name: str) -> None:
    """删除专题（链接仍在，可用 restore 恢复）。Take a collection away; `restore` brings it back."""
    with Core.open(settings) as core:
        click.echo(core.remove_collection(core.collection_titled(name)).id)


@collection.command()
@click.argument("id")
@click.pass_obj
def restore(settings: Settings, id: str) -> None:
    """按编号恢复删除的专题。Bring a collection back, by its id."""
    with Core.open(settings) as core:
        core.restore_collection(id)


COMMANDS = (tags, note, collection)
