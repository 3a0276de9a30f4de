"""阅读: bytes become a `Document`: charset, main text, metadata, outline, place of every block.

    document = read(data, mime="text/html", url="http://…")          # pure, in this process
    with Reader(settings) as reader: reader.read(data, mime=…)       # in a bounded worker process

One reader per format: `text`, `html`, `pdf`, `word`; `charset` decodes, `official` reads the fields of an
official document (公文: 发文字号, 主送机关 …), `door` chooses.

`finishing` does what every reader leaves to be done: the outline (`headings`, `siblings`, `nesting`), the
official fields, the parts of a notice with its plan (`parts`), the articles of a compilation (`articles`).
`join` makes one document of the pages of one article (`Document.next_page` tells where it goes on).

Still THIN: an article that neither a source note nor a list of contents tells of stays with the one before; a
text of few wrapped lines is read by lines; no scans (OCR) and
no xlsx; a PDF's tables are read as lines and its vertical text as it comes; merged cells are not spread over
their columns; numbers of an <ol> and Word's footnotes are left out; bold type alone makes no heading; a page
that a script fills in says only what stands in its bytes.
"""

from cunzhao.read.door import read
from cunzhao.read.joining import join
from cunzhao.read.worker import Reader, read_isolated

__all__ = ["Reader", "join", "read", "read_isolated"]
