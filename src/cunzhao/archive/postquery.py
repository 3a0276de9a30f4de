"""What a POST sent, as a query: so that answers to one URL with different bodies have different index keys.

The convention of pywb and of cdxj-indexer: `?__wb_method=POST&` and the body as a query (form fields, the
leaves of a JSON value, the parts of a multipart body, else the bytes in base 64), at most 4096 characters.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import unquote_plus, urlencode

from cunzhao.archive.surt import urlkey

QUERY_LENGTH = 4096
_BODY_METHODS = ("POST", "PUT")


def request_key(url: str, method: str, content_type: str, body: bytes) -> str:
    """The SURT key of a URL asked for by this method; of a GET the plain key. Raises nothing."""
    method = method.upper()
    if method in ("GET", ""):
        return urlkey(url)
    told = f"__wb_method={method}"
    query = body_query(content_type, body) if method in _BODY_METHODS else ""
    return urlkey(f"{url}{'&' if '?' in url else '?'}{told}{'&' + query if query else ''}")


def body_query(content_type: str, body: bytes) -> str:
    if not body:
        return ""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            query = unquote_plus(body.decode())
        elif kind.startswith("multipart/"):
            query = _multipart(content_type, body)
        elif kind in ("application/json", "text/plain"):
            query = _json(body)
        else:
            query = _bytes(body)
    except (ValueError, LookupError, RecursionError):  # not what it says it is
        query = "" if kind == "application/json" else _bytes(body)
    return query[:QUERY_LENGTH]


def method_of(urlkey: str) -> str:
    """The method that a key tells; GET where it tells none."""
    found = re.search(r"[?&]__wb_method=([a-z]+)", urlkey)
    return found[1].upper() if found else "GET"


def _bytes(body: bytes) -> str:
    return "__wb_post_data=" + base64.b64encode(body).decode()


def _multipart(content_type: str, body: bytes) -> str:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    parts = BytesParser(policy=HTTP).parsebytes(head + body)
    if not parts.is_multipart():
        raise ValueError
    fields = [
        (str(part.get_param("name", header="content-disposition")), part.get_payload(decode=True))
        for part in parts.iter_parts()
    ]
    return urlencode(fields, True)


def _json(body: bytes) -> str:
    """Each leaf under the name nearest to it; a name met again gets `.2_`, `.3_`, …"""
    fields: dict[str, str] = {}
    seen: dict[str, int] = {}
    for name, value in _leaves(json.loads(body), ""):
        key = name
        if key in fields:
            seen[name] = seen.get(name, 1) + 1
            key = f"{name}.{seen[name]}_"
        fields[key] = value
    return urlencode(fields)


def _leaves(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, name)
    elif name:
        whole = isinstance(value, float) and value.is_integer()
        yield name, str(int(value)) if whole else value if isinstance(value, str) else json.dumps(value)
