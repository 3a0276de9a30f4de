"""What every page is asked with. The routes come from the application itself: one that nobody thought of is
asked too, with what its parameters usually are; one whose parameters nobody knows ends the bench.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

Known = dict[str, str]

_WHOLE, _STORED, _DRAWN = (
    "a file that holds everything",
    "one thing as it is stored",
    "a page of a PDF as drawn",
)
#: No pages, and why they are not asked.
FILES = {
    "/corrections.jsonl": _WHOLE, "/collections/{collection}.csv": _WHOLE, "/audit.csv": _WHOLE,
    "/download/{snapshot}": _STORED, "/record/{record}": _STORED, "/view/{snapshot}/{kind}": _STORED,
    "/icon/{snapshot}": _STORED, "/view/{snapshot}/r": _STORED, "/shared/{secret}/view/{snapshot}/r": _STORED,
    "/view/{snapshot}/page/{page}.png": _DRAWN, "/shared/{secret}/view/{snapshot}/page/{page}.png": _DRAWN,
}  # fmt: skip

#: What a filled folder tells to ask with, see `filling` and `__main__`.
KNOWN = (
    "small", "large", "secret", "removed", "link", "snapshot", "two", "four", "fact", "place", "compared",
    "older", "newer",
)  # fmt: skip

#: What stands in an address where nothing else is said.
USUAL: Known = {"job": "j000", "collection": "c1", "form": "svg", "by": "stage", "tag": "领域/交通"}

INDICATOR = "地区生产总值"
FIGURES: dict[str, dict[str, str]] = {
    "an indicator": {"indicator": INDICATOR},
    "a rare indicator": {"indicator": "规企数3"},
    "part of a name": {"indicator": "生产"},
    "part of many names": {"indicator": "企"},
    "an area": {"region": "绍兴市"},
    "a period": {"period": "2018年"},
    "targets": {"nature": "target"},
    "forecasts": {"nature": "forecast"},
    "shares": {"measure": "share"},
    "a source": {"source": "第7统计局"},
    "part of many sources": {"source": "统计局"},
    "a small collection": {"collection": "c0"},
    "a large collection": {"collection": "c1"},
    "four filters": {"indicator": INDICATOR, "region": "绍兴市", "nature": "target", "measure": "growth"},
    "an area and forecasts": {"region": "绍兴市", "nature": "forecast", "measure": "share"},
    "nothing found": {"indicator": "没有的", "nature": "x"},
}
#: Of each route further addresses: what is asked, by a name.
ASKED: dict[str, dict[str, dict[str, str]]] = {
    "/": {
        "all": {}, "a tag": {"tag": "领域/交通"}, "a tag above many": {"tag": "领域"},
        "attachments too": {"attachments": "true"}, "just removed": {"removed": "{removed}"},
    },
    "/figures": {"all": {}, **FIGURES},
    "/figures/chart.{form}": {
        "over time": {"indicator": INDICATOR, "measure": "level"},
        "over areas": {"indicator": INDICATOR, "by": "area"},
    },
    "/figures.{form}": {"a file of 300": {"indicator": "规企数3", "form": "csv"}},
    "/agreements": {
        "all": {}, "of two places": {"place": "330600", "other": "330100"}, "a word": {"q": "没有的词"},
    },
    "/projects": {
        "all": {}, "a place": {"area": "330600"}, "a stage": {"stage": "building"},
        "a place and a stage": {"area": "330600", "stage": "building"}, "a word": {"q": "第77号"},
    },
    "/names": {
        "people": {}, "bodies": {"kind": "body"}, "part of a name": {"q": "王伟"},
        "one person": {"name": "王伟伟"},
    },
    "/snapshot/{snapshot}": {
        "small": {"snapshot": "{small}"}, "2,000 facts, text": {"snapshot": "{large}", "pane": "text"},
        "2,000 facts, view": {"snapshot": "{large}"}, "made up": {"snapshot": "0s0000008"},
    },
    "/view/{snapshot}": {"small": {}, "2,000 facts": {"snapshot": "{large}"}},
    "/tasks": {"the newest plan": {}, "a plan": {"plan": "0s0000050"}},
    "/search": {
        "two characters": {"q": "{two}"}, "four characters": {"q": "{four}"},
        "all hold it": {"q": "统计公报"},
        "filters": {"q": "公报", "tag": "领域/交通", "has": "figure"},
        "by date": {"q": "公报", "sort": "date"},
        "no words, a filter": {"tag": "领域/交通"}, "initials": {"q": "tjgb"}, "nothing asked": {},
    },
    "/search/facts": {
        "an indicator": {"indicator": INDICATOR},
        "indicator, area, year": {"indicator": INDICATOR, "area": "绍兴", "year": "2018"},
        "a word": {"q": "市长"}, "a kind": {"kind": "person"},
    },
    "/indicators": {"all": {}, "part of a name": {"q": "生产"}},
    "/corrections": {
        "all": {}, "a state": {"state": "applied"}, "a state of none": {"state": "lost"},
        "a kind": {"kind": "person"},
    },
    "/audit": {"all": {}, "one user": {"who": "用户7"}, "one act": {"action": "login"}},
    "/collections/{collection}": {"25,000 links": {}, "50 links": {"collection": "c0"}},
    "/brief": {"nothing chosen": {}, "two chosen": {"s": "{small}"}},
    "/jobs/{job}": {"1,000 links": {}, "10 links": {"job": "j007"}},
    "/snapshot/{snapshot}/missing": {"asked for": {}, "the form": {"kind": "figure", "at": "{place}"}},
    "/links/{link}/compare": {
        "a long text": {"link": "{compared}", "a": "{older}", "b": "{newer}"},
    },
    "/links/{link}/purge": {"a link in the trash": {"link": "{removed}"}},
}  # fmt: skip
#: Lists that go on: turned so many pages, then measured.
TURNED = 20
_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True, slots=True)
class Address:
    """One page as it is asked."""

    route: str
    name: str
    url: str


def routes(site: Any) -> list[str]:
    """The pages of the application: what may be got, but for the API, what is static, and FILES."""
    found = dict.fromkeys(door.path for door in site.state.doors if door.method == "GET")
    return [path for path in found if path not in FILES and not path.startswith(("/api/", "/static"))]


def addresses(paths: Iterable[str], known: Known) -> Iterator[Address]:
    """Raises KeyError, which names the parameter, for a route whose parameters nobody knows."""
    for path in paths:
        for name, given in ASKED.get(path, {"": {}}).items():
            said = {key: value.format_map(known) for key, value in given.items()}
            inside = {**USUAL, **known, **said}
            url = _PARAMETER.sub(lambda found: quote(inside[found[1]], safe=""), path)  # noqa: B023
            rest = {key: value for key, value in said.items() if f"{{{key}}}" not in path}
            yield Address(path, name, f"{url}?{urlencode(rest)}" if rest else url)


def turned(first: Address, get: Callable[[str], str], times: int = TURNED) -> Address | None:
    """The page so many pages on, by the links to the next one; None of a list that has but one page."""
    url, pages = first.url, 0
    while pages < times and (found := _next(get(url))):
        url, pages = found, pages + 1
    return Address(first.route, f"{first.name}, page {pages + 1}".lstrip(", "), url) if pages else None


def _next(page: str) -> str | None:
    link = re.search(r'<a\b(?=[^>]*\brel="next")[^>]*\bhref="([^"]+)"', page)
    return link[1].replace("&amp;", "&") if link else None
