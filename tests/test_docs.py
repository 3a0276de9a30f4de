"""The readmes name the commands there are, and every command is named in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from cunzhao.cli import cunzhao

ROOT = Path(__file__).parent.parent
COMMANDS = set(cunzhao.commands)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_names_only_commands_that_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"^ +cunzhao ([a-z]+)", text, re.MULTILINE)) | set(
        re.findall(r"`cunzhao ([a-z]+)`", text)
    )
    assert named and named <= COMMANDS


def test_every_command_stands_in_the_roadmap_or_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/roadmap.md").read_text("utf-8")
    assert {name for name in COMMANDS if name not in text} == set()


def test_every_command_and_option_has_help() -> None:
    def walk(command: click.Command) -> None:
        assert command.help, command.name
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, (command.name, option.name)
        for below in getattr(command, "commands", {}).values():
            walk(below)

    walk(cunzhao)


PAGES = sorted(p.relative_to(ROOT) for p in ROOT.glob("**/*.md"))


@pytest.mark.parametrize("page", [str(p) for p in PAGES if not any(part.startswith(".") for part in p.parts)])
def test_links_between_documents_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text("utf-8")):
        assert ((ROOT / page).parent / target).exists(), target


def test_decisions_are_numbered_without_gaps_and_say_when_to_reopen() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(p.name[:4]) for p in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text("utf-8")
        assert all(f"**{part}" in text for part in ("Context", "Choice", "Cost", "Reopen")), page.name
