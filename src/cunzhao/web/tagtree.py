"""Tags as the tree that their names make: 领域 above 领域/交通. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cunzhao.core.values.workbench import TagCount


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag with those below it; `short` is the last part of its name."""

    tag: TagCount
    short: str
    below: list[Branch] = field(default_factory=list)


def tree_of(tags: Sequence[TagCount]) -> list[Branch]:
    """`tags` in the order of their parts, so that those below a tag follow it; a tag whose upper one is not
    among them stands at the top under its whole name."""
    top: list[Branch] = []
    above: list[Branch] = []
    for tag in tags:
        while above and not tag.name.startswith(f"{above[-1].tag.name}/"):
            above.pop()
        upper = above[-1].tag.name + "/" if above else ""
        branch = Branch(tag, tag.name.removeprefix(upper))
        (above[-1].below if above else top).append(branch)
        above.append(branch)
    return top
