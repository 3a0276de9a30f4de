"""Puts the stages together: the only package that imports them all. The doors ask `Core` and nothing else.

`app` is that door. Below it, each folder leans on those named before it only:

- `values`: what pages show and the API returns;
- `queries`: rows and queries that several parts need, and the cursors that lists are paged by;
- `derived`: what is made of a kept page: document, facts, observations, index entry, sketches;
- `keeping`: pages and files become snapshots; what users do to links; deleting for good;
- `corrections`: what users say of facts;
- `data`: figures, indicators, agreements, projects, names, contradictions, and their charts;
- `snapshots`: what is shown and handed out of snapshots;
- `order`: tags, collections, saved searches, many links at once, shares and feeds;
- `search`: what users find.

`rebuilding` makes everything anew, `warm` counts in the background what is dear to count, `installed` holds
the settings, `ids` the names of things, `words` and `spoken` the words for codes.

Thin: one process reads and extracts, one document at a time; a cluster (`worker`, Dask) comes later.
"""

from cunzhao.archive.view import VIEW_HEADERS
from cunzhao.collect.browser.program import find_program
from cunzhao.core.app import Core, database_works
from cunzhao.extract import EXTRACTED as KINDS
from cunzhao.read.office.converting import find_office
from cunzhao.settings import Settings

__all__ = [
    "KINDS", "VIEW_HEADERS", "Core", "check_service", "database_works", "find_office", "find_program",
]  # fmt: skip


def check_service(settings: Settings) -> None:
    """Raises ModelFailed where the service does not answer or refuses the key, SettingWrong."""
    from cunzhao.extract.model.client import check_service  # with all that a model is asked, which few ask

    check_service(settings)
