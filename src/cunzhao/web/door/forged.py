"""Forms that only our own pages can send."""

from __future__ import annotations

import re

from markupsafe import escape

_FORM = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>', re.IGNORECASE)


def with_word(page: str, word: str) -> str:
    """The page with the word against forged requests in each of its forms that changes something.

    What is archived or typed stands escaped in a page: a form in it is one of ours.
    """
    if not word:
        return page
    field = f'<input type="hidden" name="csrf" value="{escape(word)}">'
    return _FORM.sub(lambda form: form[0] + field, page)
