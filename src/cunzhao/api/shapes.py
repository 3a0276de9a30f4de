"""Page values as JSON, and the OpenAPI schema that says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_args

from cunzhao.api import limits
from cunzhao.extract.types import KINDS, By, Fact
from cunzhao.read.types import Document, to_json

#: What a field of a fact was read from.
REASON_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["field", "by"],
    "properties": {
        "field": {"type": "string"},
        "by": {"type": "string", "enum": list(get_args(By))},
        "start": {"type": "integer", "description": "of the words, where there are some"},
        "end": {"type": "integer"},
        "quote": {"type": "string"},
    },
}
#: OpenAPI derives a schema from the dataclass; a fact is printed flat, so its schema is given here.
FACT_SCHEMA: dict[str, Any] = {
    "title": "Fact",
    "description": "A fact with its place; the fields of its kind stand beside these.",
    "type": "object",
    "required": ["kind", "start", "end", "quote", "extractor", "version"],
    "properties": {
        "kind": {"type": "string", "enum": list(KINDS)},
        "start": {"type": "integer", "description": "code points of the document's text"},
        "end": {"type": "integer", "description": "exclusive"},
        "quote": {"type": "string"},
        "extractor": {"type": "string"},
        "version": {"type": "string"},
        "confidence": {"type": "number", "description": "absent where it was not measured"},
        "why": {"type": "array", "items": REASON_SCHEMA},
    },
    "additionalProperties": True,
}
DECIMAL_SCHEMA: dict[str, Any] = {"type": "string", "description": "an exact decimal"}

ERROR_SCHEMA: dict[str, Any] = {
    "title": "Error",
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "input", "message", "mend"],
            "properties": {name: {"type": "string"} for name in ("code", "input", "message", "mend")},
        }
    },
}


def plain(value: Any) -> Any:
    """A page value as JSON values: decimals as strings, times as ISO 8601 in UTC, facts flat."""
    if isinstance(value, Fact):
        return {key: plain(part) for key, part in value.to_json().items()}
    if isinstance(value, Document):
        return to_json(value)
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value


def describe(schema: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with the shapes of `plain`, and the one error shape for every failure."""
    parts = schema.setdefault("components", {}).setdefault("schemas", {})
    parts["Fact"] = FACT_SCHEMA
    parts["Error"] = ERROR_SCHEMA
    for unused in ("HTTPValidationError", "ValidationError", "Span", "Reason"):
        parts.pop(unused, None)
    if "Observation" in parts:
        fields = parts["Observation"]["properties"]
        fields["span"] = {
            "type": "object",
            "required": ["start", "end", "quote"],
            "properties": {name: FACT_SCHEMA["properties"][name] for name in ("start", "end", "quote")},
        }
        fields |= {"value": DECIMAL_SCHEMA, "step": DECIMAL_SCHEMA}
        fields["value_high"] = {"anyOf": [DECIMAL_SCHEMA, {"type": "null"}]}
    if "Document" in parts:
        _as_read(parts)
    limits.tell(schema)
    parts |= {"Task": _spanned(parts["Task"], parts)} if "Task" in parts else {}
    failure = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    for operations in schema.get("paths", {}).values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {"description": "the error in words", **failure}
    return schema


def _as_read(parts: dict[str, Any]) -> None:
    """What `to_json` makes of a document beside what its fields say."""
    path = {"type": "array", "items": {"type": "string"}, "description": "headings it stands under"}
    parts["Block"]["properties"]["path"] = path
    place = {"$ref": "#/components/schemas/Place"}
    run = {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}, place]}
    parts["Document"]["properties"]["runs"] = {
        "type": "array",
        "items": run,
        "description": "start, end, place",
    }
    parts.pop("Run", None)


def _spanned(task: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    span = parts["Observation"]["properties"]["span"]
    return {**task, "properties": {**task["properties"], "span": span}}
