"""Puts the stages together: the only package that imports them all. The doors ask `Core` and nothing else.

`app` is that door; `saving`, `importing`, `restoring` and `deriving` make snapshots and what follows
(`recent` remembers what was read on the way), `attaching` has files that pages name captured with them,
`jobs` does so in the background, `entries` holds what users do to links, `purging` deletes for good and
`rebuilding` makes everything anew; `answers`, `listing`, `attachments` and `counted` fill the values of
`pages` and `outcomes`, `reposts` and `comparing` tell of texts that are alike, `evidence` gathers a capture
record, `emitting` hands out archived bytes, `words` has the words for codes.

The data pages: `figures` and `filed` find rows, `filing` makes those of agreements, projects and names,
`series` chooses what a chart shows, `drawing` draws it, `network` and `layout` place the circles of
agreements, `summed` adds up projects. `remembered` keeps what is dear to count, `warm`
counts it in the background.

The workbench: `tagging`, `suggesting`, `collected`, `searches`, `bulk` and `matching` are what users put in
order, `searching` and its pages what they find, `link_pages` and `versions` a link through time, `installed`
the settings. `cursors` are the keys that lists are paged by.

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
