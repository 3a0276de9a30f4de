"""Tags as the tree that their names make: 领域 above 领域/交通. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

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


def followed(tags: Sequence[TagCount], most: int) -> list[tuple[Branch, int]]:
    """The `most` used first, each followed by those below it; with each, how many stand above it."""

    def listed(branches: Sequence[Branch], depth: int) -> Iterator[tuple[Branch, int]]:
        for branch in sorted(branches, key=lambda one: -(one.tag.all or one.tag.links)):
            yield branch, depth
            yield from listed(branch.below, depth + 1)

    return list(islice(listed(tree_of(sorted(tags, key=lambda one: one.name.split("/"))), 0), most))
