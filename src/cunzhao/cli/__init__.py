"""The `cunzhao` command: a thin door. Standard output carries results, standard error words for people.

Exit codes: 0 done, 1 an input failed (each named on stderr, the rest done), 2 wrong use.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cunzhao import __version__, settings
from cunzhao.cli import asking, keeping, running
from cunzhao.cli.words import Words
from cunzhao.errors import CunzhaoError, SettingsError, UsageWrong


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cunzhao")
@click.option("--home", type=click.Path(path_type=Path), help="数据文件夹 / data folder (CUNZHAO_HOME)")
@click.pass_context
def cunzhao(context: click.Context, home: Path | None) -> None:
    """存照：网页快照、事实与出处。Keep web pages as evidence, and what they say."""
    context.obj = settings.load(os.environ, home=home)


for module in (keeping, asking, running):
    for command in module.COMMANDS:
        cunzhao.add_command(command)


def main() -> None:
    """Run one command; say any error in the user's language, with its mend, and exit as documented."""
    words = Words(settings.load({"LANG": os.environ.get("LC_ALL") or os.environ.get("LANG", "")}).lang)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cunzhao.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(words("已中止", "aborted"), err=True)
        code = 1
    except click.ClickException as error:
        error.show()
        code = 2
    except CunzhaoError as error:
        click.echo(error.text(words.lang), err=True)
        code = 2 if isinstance(error, UsageWrong | SettingsError) else 1
    except BrokenPipeError:  # the reader of our output (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code or 0)
