"""Pieces become a Document's text: one line end between two pieces, each piece a block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cunzhao.read.types import Block, BlockKind, Document, Place


@dataclass(frozen=True, slots=True)
class Piece:
    kind: BlockKind
    text: str
    place: Place
    level: int | None = None  # of a heading, as its format gives it


def assembled(
    pieces: Iterable[Piece], *, reader: str, version: str, warnings: tuple[str, ...] = ()
) -> Document:
    """The document of the pieces that are not blank, in order."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        text = piece.text.strip().replace("\x00", "\ufffd")
        if not text:
            continue
        blocks.append(
            Block(kind=piece.kind, start=at, end=at + len(text), place=piece.place, level=piece.level)
        )
        parts.append(text)
        at += len(text) + 1
    return Document(
        text="\n".join(parts),
        blocks=tuple(blocks),
        warnings=warnings,
        reader=reader,
        reader_version=version,
    )
