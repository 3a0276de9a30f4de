"""The JSON door: the values of the pages, under /api, described by OpenAPI at /api/openapi.json.

Numbers of observations (`value`, `value_high`, `step`) are exact decimals and travel as strings; a fact's
fields are flat beside `kind`, `start`, `end`, `quote`, as in `cunzhao extract`. Times are ISO 8601 in UTC.
Every error has the one shape `{"error": {"code", "input", "message", "mend"}}`.

A program sends a token (`Authorization: Bearer …`); what each operation needs stands in `web.rights`.

Thin: no notices (polling only), no bulk export, one version without a number.
"""

from cunzhao.api.errors import Answer, answer_to
from cunzhao.api.routes import router

__all__ = ["Answer", "answer_to", "router"]
