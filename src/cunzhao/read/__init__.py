"""阅读: bytes become a `Document`: charset, main text, metadata, outline, place of every block.

    document = read(data, mime="text/html", url="http://…")          # pure, in this process
    with Reader(settings) as reader: reader.read(data, mime=…)       # in a bounded worker process

`door` chooses the reader of a format; `charset` decodes. Each kind of format has a folder: `page` (`maintext`
chooses the text, `meta` what the page says of itself, `attached` its files), `pdf` (scans by `ocr`),
`office` (Word, Excel, CSV, OFD; `converting` has LibreOffice turn .doc, .wps and their like into those) and
`text`. `structure` is what all have in common; its `finishing` does what every reader leaves to be done: the
outline, the official fields, the parts of a notice with its plan, the articles of a compilation.

`join` makes one document of the pages of one article (`Document.next_page` tells where it goes on).

Still THIN: an article that neither a source note nor a list of contents tells of stays with the one before; a
text of few wrapped lines is read by lines; numbers that only the style of an <ol> draws are left out; a page
that a script fills in says only what stands in its bytes, or in the DOM that a browser kept; no PowerPoint,
CEB or EPUB, no text in pictures of a page.
"""

from cunzhao.read.door import read
from cunzhao.read.worker import Reader, read_isolated

__all__ = ["Reader", "read", "read_isolated"]
