"""Templates with the words and filters they may use. Everything is escaped; an undefined name is an error."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from cunzhao import __version__
from cunzhao.access.types import Role
from cunzhao.access.visiting import visitor
from cunzhao.core.corrections.fields import FIELDS
from cunzhao.core.spoken import period
from cunzhao.core.values.outcomes import ErrorView
from cunzhao.errors import CunzhaoError
from cunzhao.language import LANGUAGES, Told, either, language, tr
from cunzhao.read.types import shown
from cunzhao.web.door.forged import with_word
from cunzhao.web.showing import safe, trust, words
from cunzhao.web.showing.acts import ACTIONS, as_form
from cunzhao.web.showing.tagtree import followed
from cunzhao.web.showing.wishes import KEYS, THEMES, keys, theme

TEMPLATES = Path(__file__).parent.parent / "templates"
STATIC = Path(__file__).parent.parent / "static"

# A line break between two wide characters is a wrapped line, not a space. (Wide: from the CJK radicals on.)
_WRAP = re.compile(r"(?<=[\u2e80-\U0003ffff])\s*\n\s*(?=[\u2e80-\U0003ffff])")


def unwrapped(text: str) -> Markup:
    """The text for a paragraph: wrapped lines of Chinese run on. Every character stays in the page."""
    return Markup(_WRAP.sub(r'<span class="wrap">\g<0></span>', str(escape(safe.visible(text)))))  # noqa: S704


TESTS = {"web_address": lambda url: safe.web_address(url) is not None}
FILTERS = {
    "tr": tr,
    "plain": safe.plain,
    "visible": safe.visible,
    "unwrapped": unwrapped,
    "web_address": safe.web_address,
    "host": safe.host_of,
    "address": safe.address,
    "join_tags": safe.join_tags,
    "reason": words.reason,
    "warning": words.warning,
    "shown": shown,
    "engine_reason": words.engine_reason,
    "figure_amount": words.figure_amount,
    "investment": words.investment,
    "observed_amount": words.observed_amount,
    "kind_of": words.kind_of,
    "apart": words.apart,
    "qualified": words.qualified,
    "period": period,
    "followed": followed,
    "day": words.day,
    "beijing": words.beijing,
    "browser_named": words.browser_named,
    "clock": words.clock,
    "utc": words.utc,
    "size": words.size,
    "segment": partial(quote, safe=""),
    "differences": trust.differences,
    "act_as_form": as_form,
    "repost_reason": lambda code: tr(words.REPOST_REASONS.get(str(code), str(code))),
}
#: Verdicts after which asking again may bring the page.
WORTH_RETRYING = ("error", "refused", "unreachable")
#: Codes in words, by the name templates know them by.
TOLD: dict[str, dict[str, str]] = {
    "verdicts": words.VERDICTS,
    "verdict_help": words.VERDICT_HELP,
    "states": words.STATES,
    "natures": words.NATURES,
    "measures": words.MEASURES,
    "stages": words.STAGES,
    "body_parts": words.BODY_PARTS,
    "findings": words.FINDINGS,
    "severities": words.SEVERITIES,
    "engines": words.ENGINES,
    "roles": words.ROLES,
    "kinds": words.KINDS,
    "change_kinds": words.CHANGES,
    "readers": words.READERS,
    "part_roles": words.PARTS,
    "actions": trust.ACTIONS,
    "bulk_actions": ACTIONS,
    "correction_states": trust.CORRECTION_STATES,
    "state_help": trust.STATE_HELP,
    "themes": THEMES,
    "key_choices": KEYS,
}
WORDS = {
    "worth_retrying": WORTH_RETRYING,
    **{name: Told(codes) for name, codes in TOLD.items()},
    "languages": LANGUAGES,
    "correctable": FIELDS,
    "field_labels": trust.field_labels,
}


def query(**parts: Any) -> str:
    """ "?a=1&b=2" of what is not empty; "" of nothing."""
    given = {k: v for k, v in parts.items() if v not in (None, "", 0, [], ())}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def place(snapshot: str, start: int, end: int, pane: str = "") -> str:
    """The link to characters of a snapshot's text, highlighted; in a pane of their page, if it is named."""
    return f"/snapshot/{quote(snapshot, safe='')}{query(at=f'{start}-{end}', pane=pane)}#place"


def static_mark(folder: Path = STATIC) -> str:
    """Changes with any static file, so that a browser fetches the new one."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def may(role: Role) -> bool:
    """Whoever looks may do what needs this role."""
    seen = visitor()
    return seen is not None and seen.may(role)


def _plural(one: str, many: str, n: int) -> str:
    return tr(one if n == 1 else many)


class Show:
    """Renders pages in the language that is spoken."""

    def __init__(self) -> None:
        self._env = Environment(
            extensions=["jinja2.ext.i18n"],
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters |= FILTERS
        self._env.tests |= TESTS
        self._env.globals |= {
            **WORDS, "query": query, "place": place, "dict": dict,
            "version": __version__, "mark": static_mark(),
            "say": either, "may": may, "language": language, "theme": theme, "keys": keys,
        }  # fmt: skip
        self._env.policies["ext.i18n.trimmed"] = True
        self._env.install_gettext_callables(tr, _plural, newstyle=True)  # type: ignore[attr-defined]

    def html(self, template: str, code: int = 200, **values: Any) -> HTMLResponse:
        seen, here = visitor(), template.removesuffix(".html")
        text = self._env.get_template(template).render(here=here, visitor=seen, **values)
        text = with_word(text, seen.csrf if seen else "")
        return HTMLResponse(text.encode("utf-8", "replace"), code)

    def words_of(self, error: CunzhaoError) -> ErrorView:
        inside = error.as_json(language())["error"]
        return ErrorView(**inside)

    def error(self, error: CunzhaoError, status: int, *, framed: bool = False) -> HTMLResponse:
        template = "view_error.html" if framed else "error.html"
        return self.html(template, status, error=self.words_of(error), status=status)
