"""What every format's reader leaves to be done: outline, title, official fields, parts, articles."""

from __future__ import annotations

import dataclasses

from cunzhao.read.infoline import Info
from cunzhao.read.structure.annexes import annex_names, with_named
from cunzhao.read.structure.articles import read_articles
from cunzhao.read.structure.contents import read_contents
from cunzhao.read.structure.front import published_in, read_front
from cunzhao.read.structure.fronttitle import with_joined_titles
from cunzhao.read.structure.official import read_official
from cunzhao.read.structure.outline import read_outline, with_front_noise, with_headings
from cunzhao.read.structure.parts import read_parts
from cunzhao.read.types import Document


def finished(document: Document) -> Document:
    """The document with its outline, its title where only the outline tells it, and the official fields.

    What its reader has already told of a field stays.
    """
    text = document.text
    blocks = with_joined_titles(text, document.blocks)
    outline = read_outline(text, blocks, document.title)
    title = document.title or next((h.title for h in outline if h.level == 1), None)
    blocks = with_headings(blocks, outline, text)
    if document.reader == "text":
        blocks = with_front_noise(blocks, outline, text)
    official = read_official(text, blocks, title)
    if document.reader != "html":  # the reader of pages has more to go by
        document = _with_front(document, read_front(text, blocks, outline))
    issued = document.document_date or official.document_date or (document.published or "")[:10] or None
    listed = read_contents(text, blocks).entries
    articles = read_articles(text, blocks, outline, listed=listed, issued=issued)
    of_one = document.source in {article.source for article in articles}  # of one article, not of the whole
    return dataclasses.replace(
        document,
        blocks=blocks,
        outline=outline,
        title=title,
        source=None if of_one else document.source,
        doc_number=document.doc_number or official.doc_number,
        issuers=document.issuers or official.issuers,
        addressees=document.addressees or official.addressees,
        document_date=document.document_date or official.document_date,
        copies=document.copies or official.imprint.copies,
        printed_by=document.printed_by or official.imprint.printed_by,
        printed_on=document.printed_on or official.imprint.printed_on,
        articles=articles,
        parts=() if articles else read_parts(text, blocks, outline),
        attachments=with_named(document.attachments, annex_names(text, blocks)),
    )


def _with_front(document: Document, info: Info) -> Document:
    """The document with what the lines under its title tell and nothing else has told."""
    return dataclasses.replace(
        document,
        published=document.published or published_in(info),
        source=document.source or next(iter((*info.sources, *info.offices)), None),
        author=document.author or next(iter(info.authors), None),
        editor=document.editor or next(iter(info.editors), None),
    )
