"""Main text of pages by other programs; run in an environment apart (see docs/reading.md).

Standard input: one page a line, {"html": …}. Standard output: one line for each tool and page,
{"tool", "page", "text", "seconds"}; an error of a tool is an empty text.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module


def tools() -> dict[str, Callable[[str], str]]:
    """Each program with its default settings; the environment of the project has not all of them."""
    from lxml import html

    of = import_module

    def newspaper(page: str) -> str:
        article = of("newspaper").Article("http://localhost/", language="zh")
        article.download(input_html=page)
        article.parse()
        return str(article.text)

    def readability(page: str) -> str:
        return str(
            html.fromstring(of("readability").Document(page).summary(html_partial=True)).text_content()
        )

    gne = of("gne").GeneralNewsExtractor()
    return {
        "trafilatura": lambda page: of("trafilatura").extract(page, include_comments=False) or "",
        "readability-lxml": readability,
        "gne": lambda page: str(gne.extract(page)["content"]),
        "newspaper4k": newspaper,
        "resiliparse": lambda page: of("resiliparse.extract.html2text").extract_plain_text(
            page, main_content=True
        ),
    }


def main() -> None:
    logging.disable(logging.CRITICAL)
    pages = [json.loads(line)["html"] for line in sys.stdin]
    for name, extract in tools().items():
        with suppress(Exception):
            extract(pages[0])  # what is loaded at first use is no page's time
        for number, page in enumerate(pages):
            begun = time.process_time()
            try:
                text = extract(page)
            except Exception:
                text = ""
            row = {"tool": name, "page": number, "text": re.sub(r"\s", "", text)}
            print(json.dumps({**row, "seconds": time.process_time() - begun}))


if __name__ == "__main__":
    main()
