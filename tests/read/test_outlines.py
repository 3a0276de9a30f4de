"""Documents of many genres give the outline written for them, as text, hard-wrapped and as a page."""

from __future__ import annotations

import pytest

from cunzhao.read import read
from tests.read.marked import NAMES, read_marked, score

FLOOR = {"text": 1.0, "html": 1.0, "wrapped": 0.9}  # F1 of headings; levels alike
EXCEPTIONS = {
    ("five_year", "wrapped"): 0.0,  # too few long lines tell that it was wrapped
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["text", "html", "wrapped"])
def test_the_outline_of_a_document_is_the_one_written_for_it(name: str, form: str) -> None:
    marked = read_marked(name)
    data = {"text": marked.text, "html": marked.html, "wrapped": marked.wrapped}[form]()
    document = read(data.encode(), mime="text/html" if form == "html" else "text/plain")
    if "".join(document.text.split()) != "".join(marked.text().split()):
        pytest.skip("the page's reader took what it knows as the page's own lines out of the text")
    result = score(document, marked.outline)
    floor = EXCEPTIONS.get((name, form), FLOOR[form])
    assert result.f1 >= floor, "\n".join(result.wrong)
    assert result.levels >= floor, "\n".join(result.wrong)
