"""How the commands speak: JSON for programs, Chinese or English for people."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

import click

from cunzhao.core.values.outcomes import SaveRow
from cunzhao.core.words import engine_words, reason_words, verdict_words
from cunzhao.read.types import Document, to_json


class Words:
    """Chooses the user's language: `words("已保存", "saved")`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh


@contextmanager
def ending(rows: Iterator[SaveRow]) -> Iterator[None]:
    """Whatever interrupts us, the captures behind `rows` are ended before what they stand on is closed."""
    try:
        yield
    finally:
        if isinstance(rows, Generator):
            rows.close()


def plain(value: Any) -> Any:
    """What JSON lacks: times as ISO, exact decimals as numbers, dataclasses as objects."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Document):
        return to_json(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"{type(value)} in JSON output")


def as_json(value: Any) -> str:
    """One object on one line."""
    return json.dumps(value, ensure_ascii=False, default=plain)


def print_json(value: Any) -> None:
    """One object on one line of standard output."""
    click.echo(as_json(value))


def print_saved(row: SaveRow, words: Words) -> None:
    """One saved (or failed) input in words."""
    verdict = words(*verdict_words(row.verdict))
    size = f"{row.bytes / 1000:.0f} KB"
    click.echo(f"{verdict:6} {row.snapshot or '-':13} {row.seconds:6.2f}s {size:>9}  {row.url}", err=False)
    if row.engine == "browser" or row.reason.startswith("script-"):
        click.echo("        " + words(*engine_words(row.engine, row.engine_reason)))
    if row.verdict == "partial" and not row.missing:
        click.echo("        " + words(*reason_words(row.reason)))
    for missing in row.missing:
        zh, en = reason_words(missing.reason)
        click.echo(words(f"        未取到 {missing.url}（{zh}）", f"        missing {missing.url} ({en})"))
    for file in row.attachments:
        state = words(*verdict_words(file.verdict)) if file.verdict else words("未取", "not fetched")
        click.echo(words(f"        附件 {state} {file.name}", f"        attachment {state} {file.name}"))


def print_error(row: SaveRow, words: Words) -> None:
    """The error of one input on standard error."""
    if row.error:
        joint, stop = words("：", ": "), words("。", ". ")
        click.echo(f"{row.error['input']}{joint}{row.error['message']}{stop}{row.error['mend']}", err=True)
