"""The command about corrections: list, undo, export as gold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from cunzhao.cli.words import Words, print_json
from cunzhao.core import Core
from cunzhao.core.corrections.fields import FIELDS
from cunzhao.core.values.corrections import CorrectionFilter, ScoreRow
from cunzhao.settings import Settings

ACTIONS = {"change": ("改正", "changed"), "reject": ("标为不对", "rejected"), "add": ("补充", "added")}
STATES = {"applied": ("生效", "applied"), "agreed": ("程序已一致", "agreed"), "lost": ("失配", "lost")}


@click.group(invoke_without_command=True)
@click.option("--snapshot", default="", help="只看这个快照 / only of this snapshot")
@click.option("--kind", type=click.Choice(list(FIELDS)), default=None, help="只看这类 / only of this kind")
@click.option("--json", "as_lines", is_flag=True, help="每行一个 JSON / one JSON object a line")
@click.pass_context
def corrections(ctx: click.Context, snapshot: str, kind: str | None, as_lines: bool) -> None:
    """列出用户对数据的改正。What users corrected, with what became of it, newest first."""
    if ctx.invoked_subcommand:
        return
    settings: Settings = ctx.obj
    words = Words(settings.lang)
    with Core.open(settings) as core:
        wanted = CorrectionFilter(snapshot=snapshot, kind=kind or "")
        page = core.corrections(wanted)
        rows, following = list(page.rows), page.next
        while following:
            further = core.corrections(replace(wanted, after=following))
            rows, following = [*rows, *further.rows], further.next
    for row in rows:
        if as_lines:
            print_json(row)
            continue
        state, action = words(*STATES[row.state]), words(*ACTIONS[row.action])
        changed = "；".join(f"{name}={value}" for name, value in row.new.items())
        click.echo(f"{row.id}  {state}  {action}  {row.kind}  “{row.quote[:40]}”  {changed}".rstrip())
    for score in () if as_lines else page.scores:
        click.echo(_told(score, words), err=True)
    click.echo(words(f"共 {len(rows)} 条", f"{len(rows)} in all"), err=True)


def _told(score: ScoreRow, words: Words) -> str:
    counts = f"{score.gold}/{score.found}/{score.right}/{score.complete}"
    shares = f"P {score.precision:.2f} R {score.recall:.2f} F1 {score.f1:.2f}"
    return words(
        f"{score.kind}：已核对/读出/读对/各项全对 {counts}，{shares}",
        f"{score.kind}: checked/read/right/complete {counts}, {shares}",
    )


@corrections.command()
@click.argument("ids", nargs=-1, required=True)
@click.pass_obj
def undo(settings: Settings, ids: tuple[str, ...]) -> None:
    """撤销改正，恢复为程序读出的样子。Take corrections back."""
    words = Words(settings.lang)
    with Core.open(settings) as core:
        for correction in ids:
            quote = core.undo(correction).span.quote[:40]
            click.echo(words(f"已撤销：{quote}", f"undone: {quote}"))


@corrections.command()
@click.option("--snapshot", default="", help="只导出这个快照 / only of this snapshot")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="输出文件（.jsonl）；给文件夹则每个快照一份，并附正文 / file, or folder for one file a snapshot",
)
@click.pass_obj
def export(settings: Settings, snapshot: str, output: Path) -> None:
    """按标注格式导出已核对的数据。Export checked facts in the gold format."""
    with Core.open(settings) as core:
        files = core.gold(snapshot)
    if output.is_dir():
        for file in files:
            (output / f"{file.snapshot}.jsonl").write_bytes(file.lines.encode())
            (output / f"{file.snapshot}.txt").write_bytes(file.text.encode("utf-8", "replace"))
    else:
        output.write_bytes("".join(file.lines for file in files).encode())
    count = sum(len(file.facts) for file in files)
    zh, en = f"已导出 {len(files)} 份快照的 {count} 条", f"{count} facts of {len(files)} snapshots"
    click.echo(Words(settings.lang)(zh, en), err=True)


COMMANDS = (corrections,)
