"""The `cunzhao` command: a thin door. Standard output carries results, standard error words for people.

Exit codes: 0 done, 1 an input failed (each named on stderr, the rest done), 2 wrong use.
Thin: click's own words for wrong options are English.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cunzhao import __version__, settings
from cunzhao.cli import asking, correcting, keeping, ordering, people, running, searching
from cunzhao.cli.door import WRONG_USE, Door
from cunzhao.errors import UsageWrong


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cunzhao")
@click.option("--home", type=click.Path(path_type=Path), help="数据文件夹 / data folder (CUNZHAO_HOME)")
@click.pass_context
def cunzhao(context: click.Context, home: Path | None) -> None:
    """存照：网页快照、事实与出处。Keep web pages as evidence, and what they say."""
    context.obj = settings.load(os.environ, home=home)
    if context.obj.home.exists() and not context.obj.home.is_dir():
        raise UsageWrong(
            str(context.obj.home),
            detail="数据文件夹的位置上是一个文件",
            detail_en="the data folder is a file",
            mend="请用 --home（或 CUNZHAO_HOME）指定一个文件夹。",
            mend_en="Name a folder with --home (or CUNZHAO_HOME).",
        )


for module in (keeping, ordering, searching, asking, correcting, people, running):
    for command in module.COMMANDS:
        cunzhao.add_command(command)


def main() -> None:
    """Run one command and exit as documented; `Door` says what went wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cunzhao.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = WRONG_USE
    sys.exit(code or 0)
