"""The command about users. Whoever may write into the data folder needs no login for it."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager

import click

from cunzhao.access.types import EVERY_SCOPE, ROLES, Role, Scope
from cunzhao.cli.words import Words, print_json
from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.storage.acting import Actor, acting

ROLE_WORDS = {"viewer": "浏览者", "editor": "编辑", "administrator": "管理员"}
from_stdin = click.option(
    "--password-stdin", is_flag=True, help="由标准输入读密码 / read the password from standard input"
)


@click.group()
def user() -> None:
    """管理用户：添加、列出、角色、密码、停用、令牌。Users: add, list, roles, passwords, tokens."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="viewer", show_default=True, help="角色 / role")
@from_stdin
@click.pass_obj
def add(settings: Settings, name: str, role: Role, password_stdin: bool) -> None:
    """添加用户；第一个须是管理员。Add a user; the first has to be an administrator."""
    words = Words(settings.lang)
    password = _password(words, stdin=password_stdin)
    with Core.open(settings) as core, _by_command():
        made = core.access.add_account(name, password, role)
    click.echo(words(f"已添加{ROLE_WORDS[role]}：{made.name}", f"{role} added: {made.name}"))


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one JSON object a line")
@click.pass_obj
def list_(settings: Settings, as_json: bool) -> None:
    """列出用户。List users."""
    words = Words(settings.lang)
    with Core.open(settings) as core:
        found = core.access.accounts()
    for row in found:
        if as_json:
            print_json(row)
            continue
        state = words("  已停用", "  shut out") if row.disabled else ""
        click.echo(f"{words(ROLE_WORDS[row.role], row.role)}  {row.name}{state}")


@user.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@click.pass_obj
def role_(settings: Settings, name: str, role: Role) -> None:
    """设定角色。Set the role of a user."""
    with Core.open(settings) as core, _by_command():
        core.access.set_role(name, role)


@user.command("password")
@click.argument("name")
@from_stdin
@click.pass_obj
def password_(settings: Settings, name: str, password_stdin: bool) -> None:
    """重设密码；此人的登录都会结束。Give a user a new password; his logins end."""
    password = _password(Words(settings.lang), stdin=password_stdin)
    with Core.open(settings) as core, _by_command():
        core.access.reset_password(name, password)


@user.command()
@click.argument("name")
@click.pass_obj
def disable(settings: Settings, name: str) -> None:
    """停用：不能登录，令牌失效。Shut a user out."""
    with Core.open(settings) as core, _by_command():
        core.access.set_disabled(name, disabled=True)


@user.command()
@click.argument("name")
@click.pass_obj
def enable(settings: Settings, name: str) -> None:
    """重新启用。Let a user in again."""
    with Core.open(settings) as core, _by_command():
        core.access.set_disabled(name, disabled=False)


@user.command()
@click.argument("name")
@click.option("--for", "used_for", required=True, help="用途 / what it is for")
@click.option(
    "--scope", type=click.Choice(EVERY_SCOPE), default="read", show_default=True, help="范围 / scope"
)
@click.option("--days", type=int, default=90, show_default=True, help="有效天数 / days it lasts")
@click.pass_obj
def token(settings: Settings, name: str, used_for: str, scope: Scope, days: int) -> None:
    """新建接口令牌，只显示这一次。Make a token for programs; it is shown this once."""
    with Core.open(settings) as core, _by_command():
        made = core.access.add_token(core.access.account_named(name).id, used_for, scope, days=days)
    click.echo(made.secret)


def _by_command() -> AbstractContextManager[None]:
    return acting(Actor(door="cli"))


def _password(words: Words, *, stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    text = words("密码（至少 10 个字符）", "Password (at least 10 characters)")
    again = words("再输一次", "Once more")
    return str(click.prompt(text, hide_input=True, confirmation_prompt=again, err=True))


COMMANDS = (user,)
