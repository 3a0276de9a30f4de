"""What the schema can tell of values beyond their types, for whoever makes requests from it.

Core checks all of it and says what is wrong in words; a schema that was silent would promise more than is
taken. What no schema can say (a password that is too common, fields that do not fit each other) is told by
the answer 422 alone.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from cunzhao.collect.types import VERDICTS
from cunzhao.core.corrections.fields import FIELDS
from cunzhao.core.values.workbench import BULK_LINKS
from cunzhao.extract.types import KINDS

Schema = dict[str, Any]

NO_NUL = r"^[^\u0000]*$"
_DAY = (
    r"[1-9]\d{3}(-(0[1-9]|1[0-2])|-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"
    r"|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31)?"
)


def _ranges(points: Iterable[int]) -> str:
    """Code points as the inside of a character class."""
    found: list[list[int]] = []
    for point in points:
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return "".join(f"{_escaped(a)}-{_escaped(b)}" for a, b in found)


def _escaped(point: int) -> str:
    return f"\\u{point:04x}" if point < 0x10000 else chr(point)


@cache
def _classes() -> tuple[str, str]:
    """White space, and what cannot be seen and is none (as `organize.names` has it)."""
    every = [(point, chr(point)) for point in range(sys.maxunicode + 1)]
    space = _ranges(point for point, char in every if char.isspace())
    hidden = (p for p, char in every if not char.isspace() and unicodedata.category(char) in ("Cc", "Cf"))
    return space, _ranges(hidden)


def line(most: int, *, least: int = 1, but: str = "", never: str = "", cleaned: bool = False) -> Schema:
    """A name on one line: something to be seen in it (`least` characters in a row, none of `but`).

    `never`: the inside of a class of characters that are refused. `cleaned`: what cannot be seen is not
    refused, but taken out.
    """
    space, hidden = _classes()
    seen = f"[^{hidden}{space}{but}{never}]" * least
    around = "[^\\u0000]" if cleaned else f"[^{hidden}{never}]"
    return {"minLength": least, "maxLength": most, "pattern": f"^{around}*{seen}{around}*$"}


@cache
def tag() -> Schema:
    """A tag: none of the marks that part tags (`organize.tags`), in whatever width."""
    marks = (p for p in range(sys.maxunicode + 1) if set(unicodedata.normalize("NFKC", chr(p))) & set(",、;"))
    return line(60, but="/／", never=_ranges(marks))


def many(values: Schema, most: int | None = None, least: int = 0) -> Schema:
    return {"items": values} | ({"maxItems": most} if most else {}) | ({"minItems": least} if least else {})


@cache
def bodies() -> Mapping[str, Mapping[str, Schema]]:
    """By the name of what is sent: its fields."""
    title, indicator = line(100), line(80, cleaned=True)
    query = {"pattern": r"^\??[A-Za-z_]+=[^&=%+;\s\u0000-\u001f\u007f]+$", "maxLength": 500}
    return {
        "NewCollection": {"title": title, "note": {"maxLength": 20_000}},
        "CollectionEdit": {"title": title, "note": {"maxLength": 20_000}},
        "NoteEdit": {"note": {"maxLength": 20_000}},
        "TagRename": {"old": line(60, but="/／"), "new": tag()},
        "NewSearch": {"name": title, "query": query},
        "SearchEdit": {"name": title, "query": query},
        "NewSearchAlias": {"name": line(60, least=2), "meaning": line(60, least=2)},
        "NewAlias": {"alias": indicator, "name": indicator},
        "NewBrief": {"snapshots": {"minItems": 1}},
        "NewJob": {
            "urls": many({"pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}, 1000),
            "collection": {"maxLength": 100, "pattern": f"^$|{title['pattern']}"},
        },
        "ActOnFound": {},
        "NewSettings": {},
        "Arrangement": {},
        "BulkSent": {"links": many({"type": "string"}, BULK_LINKS, 1)},
        "ShareWanted": {"days": {"minimum": 1, "maximum": 366}},
        "CorrectionSent": {"kind": {"enum": list(FIELDS)}},
        "NewAccount": {"name": {"minLength": 1, "maxLength": 40}, "password": {"minLength": 10}},
    }


@cache
def parameters() -> Mapping[str, Mapping[str, Schema]]:
    """By the address asked: its parameters."""
    text, kinds = {"maxLength": 200}, list(FIELDS)
    checked = {"kind": {"enum": kinds}}
    narrow = {name: many(text, 20) for name in ("tag", "collection", "area", "source", "kind")}
    search = {
        **narrow,
        "verdict": many({"enum": list(VERDICTS)}, 20),
        "has": many({"enum": list(KINDS)}, 20),
        "from": many({"pattern": f"^({_DAY})?$"}, 20),
        "to": many({"pattern": f"^({_DAY})?$"}, 20),
        "sort": {"enum": ["", "relevance", "date", "date-asc", "title"]},
    }
    return {
        "/api/search": search,
        "/api/search/bulk": search,
        "/api/snapshots/{snapshot}/checked/{kind}": checked,
        "/api/search/facts": {
            "kind": {"enum": ["", *kinds]},
            "year": {"pattern": r"^([1-9]\d{3})?$"},
        },
    }


@cache
def of(name: str, path: str) -> Mapping[str, Schema]:
    """The limits of what is sent, by field: of the shape of this name, or ("") of a body without fields."""
    tags = many(tag())
    if path.endswith("/links/{link}/tags"):
        return {"": tags}
    return {"tags": tags, **bodies()[name]} if name in bodies() else {}


def tell(schema: dict[str, Any]) -> None:
    """Put all this into an OpenAPI document."""
    parts = schema.get("components", {}).get("schemas", {})
    for name, fields in bodies().items():
        for field, limits in fields.items():
            _limit(parts[name]["properties"][field], limits)
    parts["BulkSent"]["anyOf"] = [
        {"properties": {"action": {"enum": ["tag", "untag"]}, "tags": {"minItems": 1}}, "required": ["tags"]},
        {"properties": {"action": {"enum": ["collect", "uncollect"]}}, "required": ["collection"]},
        {"properties": {"action": {"enum": ["trash", "restore", "recapture"]}}},
    ]
    parts["NewJob"]["anyOf"] = [  # one of them has to name a link
        {"required": ["text"], "properties": {"text": {"pattern": r"\S"}}},
        {"required": ["urls"], "properties": {"urls": {"minItems": 1}}},
    ]
    for path, methods in schema.get("paths", {}).items():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                limits = parameters().get(path, {}).get(parameter["name"], {})
                _limit(parameter["schema"], limits)
                _no_nul(parameter["schema"])
            for sent in operation.get("requestBody", {}).get("content", {}).values():
                _limit(sent["schema"], of("", path).get("", {}))
                _no_nul(sent["schema"])
    for name in _sent(schema, parts):
        fields = parts[name].get("properties", {})
        if "tags" in fields:
            _limit(fields["tags"], many(tag()))
        if "files" in fields:
            _limit(fields["files"], {"minItems": 1})
        if name in bodies():
            parts[name]["additionalProperties"] = False
        _no_nul(parts[name])


def _limit(said: Schema, limits: Schema) -> None:
    """Of a value that may be null the limits are those of the value."""
    for one in said.get("anyOf", [said]):
        if one.get("type") == "null":
            continue
        more = dict(limits)
        if "items" in more:
            one["items"] = {**one.get("items", {}), **more.pop("items")}
        one.update(more)


_TOLD = {"pattern", "enum", "const", "format", "contentMediaType"}


def _no_nul(said: Any) -> None:
    """No text that is sent holds a NUL."""
    if isinstance(said, list):
        for one in said:
            _no_nul(one)
    elif isinstance(said, dict):
        if said.get("type") == "string" and not _TOLD & said.keys():
            said["pattern"] = NO_NUL
        for inner in said.values():
            _no_nul(inner)


def _sent(schema: dict[str, Any], parts: dict[str, Any]) -> set[str]:
    """The names of what is sent in bodies, and of what stands in it."""
    found: set[str] = set()
    bodies = [
        operation.get("requestBody", {})
        for methods in schema.get("paths", {}).values()
        for operation in methods.values()
    ]
    waiting: list[Any] = list(bodies)
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name in parts and name not in found:
                found.add(name)
                waiting.append(parts[name])
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found
