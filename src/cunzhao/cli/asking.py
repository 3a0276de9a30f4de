"""Commands that ask: read, extract, plan, check, report."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cunzhao.cli.words import Words, as_json, print_json
from cunzhao.core import KINDS, Core
from cunzhao.core.values.pages import SourcedFinding, SourcedObservation
from cunzhao.core.words import warning_words
from cunzhao.errors import UsageWrong
from cunzhao.extract.types import Kind
from cunzhao.settings import Settings


@click.command()
@click.argument("source")
@click.option("--text", "form", flag_value="text", help="只输出正文 / the text only")
@click.option("--json", "form", flag_value="json", default=True, help="输出 JSON（默认）/ as JSON (default)")
@click.pass_obj
def read(settings: Settings, source: str, form: str) -> None:
    """阅读文件或快照。Read a FILE or SNAPSHOT into a document."""
    with Core.open(settings) as core:
        document = core.read(source)
    for code in document.warnings:
        click.echo(Words(settings.lang)(*warning_words(code)), err=True)
    if form == "text":
        sys.stdout.buffer.write(document.text.encode())
    else:
        print_json(document)


def _a_day(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """A day, a month or a year, as it is given."""
    try:
        if given:
            datetime.date.fromisoformat(given + "-01" * (2 - given.count("-")))
        return given
    except ValueError:
        raise click.BadParameter(f"{given!r}：请写成 2019-01-21 / write it as 2019-01-21") from None


@click.command()
@click.argument("source")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="只要这类 / only this kind")
@click.option("--date", callback=_a_day, help="文档日期 YYYY-MM-DD / date for relative words")
@click.option("--region", help="本地区 / the document's own area")
@click.pass_obj
def extract(
    settings: Settings, source: str, kinds: tuple[Kind, ...], date: str | None, region: str | None
) -> None:
    """抽取事实，每行一条 JSON。Facts of a FILE or SNAPSHOT, one JSON object a line."""
    with Core.open(settings) as core:
        for fact in core.extract(source, kinds=kinds or None, date=date, region=region):
            print_json(fact.to_json())


@click.group()
def plan() -> None:
    """行动计划。Plans and their tasks."""


@plan.command(name="tasks")
@click.argument("snapshot", required=False)
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")
@click.pass_obj
def plan_tasks(settings: Settings, snapshot: str | None, as_json: bool) -> None:
    """列出任务；不给编号则取最新的计划。Tasks of a plan, the newest by default."""
    with Core.open(settings) as core:
        page = core.tasks(snapshot)
    for task in page.tasks:
        if as_json:
            print_json(task)
        else:
            figures = "；".join(f"{f.label} {f.span.quote}" for f in task.figures)
            click.echo(f"{task.number:>4}  {task.title}  {figures}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")
@click.option("--strict", is_flag=True, help="有矛盾则返回 1 / exit 1 on findings")
@click.pass_obj
def check(settings: Settings, as_json: bool, strict: bool) -> None:
    """列出互相矛盾的数据。Figures that contradict each other, with both places."""
    with Core.open(settings) as core:
        findings = list(_every(core))
    for found in findings:
        finding = found.finding
        if as_json:
            says = {"type": finding.type, "severity": finding.severity, "explanation": finding.explanation}
            print_json({**says, "a": _place(found.a), "b": _place(found.b)})
        else:
            click.echo(f"[{finding.severity}] {finding.explanation}")
    if strict and findings:
        raise SystemExit(1)


def _every(core: Core) -> Iterator[SourcedFinding]:
    page = core.contradictions()
    yield from page.findings
    while page.next:
        page = core.contradictions(after=page.next)
        yield from page.findings


def _place(sourced: SourcedObservation) -> dict[str, object]:
    o = sourced.observation
    place = {"document": o.snapshot, "title": sourced.title, "start": o.span.start, "end": o.span.end}
    return {**place, "quote": o.span.quote, "value": o.value, "unit": o.unit}


@click.command()
@click.argument("kind", type=click.Choice(["brief", "capture"]))
@click.argument("snapshots", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="输出文件 / file to write"
)
@click.option("--title", default="", help="标题 / title")
@click.pass_obj
def report(settings: Settings, kind: str, snapshots: tuple[str, ...], output: Path, title: str) -> None:
    """生成简报（brief）或一份快照的取证记录（capture），存为 Word；文件名以 .json 结尾时，取证记录存为 JSON。

    A sourced brief of snapshots, or the capture record of one, as .docx; as data where the name ends in
    .json.
    """
    if kind == "capture" and len(snapshots) != 1:
        detail = {
            "detail": "一次只能为一份快照生成取证记录",
            "detail_en": "a capture record is of one snapshot",
        }
        mend = {"mend": "请只给一个快照编号。", "mend_en": "Name one snapshot."}
        raise UsageWrong(" ".join(snapshots), **detail, **mend)
    with Core.open(settings) as core:
        if kind == "brief":
            made = core.brief(snapshots, title=title)
        elif output.suffix.lower() == ".json":
            made = as_json(core.capture_record(snapshots[0]).record).encode()
        else:
            made = core.capture_document(snapshots[0])
        output.write_bytes(made)


COMMANDS = (read, extract, plan, check, report)
