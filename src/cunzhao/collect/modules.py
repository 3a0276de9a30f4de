"""The ES modules that a page names without running a script: in its import map and in its own modules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_LONGEST = 1_000_000  # characters of one script that are looked at
#: Static imports and exports stand at the beginning of a statement; `from` closes the names.
_STATIC = re.compile(
    r"""(?:^|[;}\n])[ \t]*+(?:import|export)\b[ \t]*+(?:[\w$*{}, \t\r\n]{0,2000}?\bfrom[ \t]*+)?"""
    r"""["']([^"'\n]{1,2000})["']"""
)
_RELATIVE = re.compile(r"\.{0,2}/|https?://", re.IGNORECASE)


def modules_of(script: str, kind: str) -> Iterator[str]:
    """The addresses in a `<script>` of the type `kind`: of an import map its values, of a module its imports.

    Names without a path ("lib") are the import map's business. Of other scripts nothing. Raises nothing.
    """
    kind = kind.strip().lower()
    if kind == "importmap":
        yield from _of_map(script[:_LONGEST])
    elif kind == "module" and script:
        yield from (url for url in _STATIC.findall(script[:_LONGEST]) if _RELATIVE.match(url))


def _of_map(script: str) -> Iterator[str]:
    try:
        told = json.loads(script)
    except (ValueError, RecursionError):
        return
    if not isinstance(told, dict):
        return
    scopes = told.get("scopes")
    tables = [told.get("imports"), *(scopes.values() if isinstance(scopes, dict) else ())]
    for table in tables:
        for url in table.values() if isinstance(table, dict) else ():
            if isinstance(url, str) and _RELATIVE.match(url) and not url.endswith("/"):
                yield url
