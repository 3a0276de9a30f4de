"""The one place that runs any command: whatever goes wrong is said in the user's language, with its mend."""

from __future__ import annotations

import os
import sys
from typing import Any

import click
from sqlalchemy.exc import DatabaseError, OperationalError

from cunzhao import settings
from cunzhao.cli.words import Words
from cunzhao.errors import (
    CunzhaoError,
    DatabaseDamaged,
    DatabaseUnreachable,
    PathUnusable,
    SettingsError,
    UsageWrong,
)
from cunzhao.settings import Settings

DONE, FAILED, WRONG_USE = 0, 1, 2


class Door(click.Group):
    """A group whose commands end with words and an exit code instead of an error's trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # a reader that has gone is noticed here, not when the interpreter ends
            return result
        except (KeyboardInterrupt, click.Abort):
            click.echo(_words(ctx)("已中止", "aborted"), err=True)
            ctx.exit(FAILED)
        except BrokenPipeError:  # the reader of our output (`| head`) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(DONE)
        except CunzhaoError as error:
            _say(ctx, error)
        except OSError as error:
            _say(ctx, PathUnusable.of(error))
        except DatabaseError as error:
            if type(error) not in (OperationalError, DatabaseError):
                raise  # a fault of ours, not of the database
            kind = DatabaseUnreachable if isinstance(error, OperationalError) else DatabaseDamaged
            _say(ctx, kind("storage.database", detail=str(error.orig).strip()))


def _say(ctx: click.Context, error: CunzhaoError) -> None:
    click.echo(error.text(_words(ctx).lang), err=True)
    ctx.exit(WRONG_USE if isinstance(error, UsageWrong | SettingsError) else FAILED)


def _words(ctx: click.Context) -> Words:
    """The language of the settings; where they could not be loaded, that of the environment."""
    return Words(ctx.obj.lang if isinstance(ctx.obj, Settings) else settings.language(os.environ))
