"""Puts the stages together: the only package that imports them all. The doors ask `Core` and nothing else.

`app` is that door; `saving`, `importing`, `restoring` and `deriving` make snapshots and what follows,
`jobs` does so in the background, `entries` holds what users do to links; `answers`, `listing` and `counted`
fill the values of `pages`.

Thin: one process reads and extracts, one document at a time; a cluster (`worker`, Dask) comes later.
"""

from cunzhao.archive.view import VIEW_HEADERS
from cunzhao.core.app import Core, database_works
from cunzhao.extract import EXTRACTED as KINDS

__all__ = ["KINDS", "VIEW_HEADERS", "Core", "database_works"]
