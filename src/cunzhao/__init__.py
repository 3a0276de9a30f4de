"""Cunzhao (存照): web pages kept as evidence, what they say, and whether it came true.

The folders follow the way of the data: collect -> archive -> read -> extract -> organize -> ledger ->
evaluate. `core` puts the stages together; `cli`, `web` and `api` are doors on it.
"""

__version__ = "0.1.0"
