"""Which snapshot a link shows: a better earlier one stays, on each database."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count, pairwise

from cunzhao.collect.types import VERDICTS
from cunzhao.core.keeping.keeping import best_snapshot
from cunzhao.storage.database import Database
from cunzhao.storage.models import Link, Record, Snapshot

NOW = datetime(2026, 11, 1, tzinfo=UTC)


_links = count()


def shown(database: Database, *captures: tuple[str, str]) -> str | None:
    """Which capture is shown of a link with these (verdict, WARC file), oldest first; None if none is."""
    link = f"link{next(_links):03}"
    with database.writing() as session:
        session.add(Link(id=link, url=f"http://a.example/{link}", added=NOW))
        session.flush()
        for n, (verdict, file) in enumerate(captures):
            session.add(
                Record(
                    id=f"{link}-{n}", type="response", url="http://a.example/", urlkey="", timestamp=NOW,
                    status=200, digest="", length=1, file=file, offset=n, size=1,
                )
            )  # fmt: skip
            session.add(
                Snapshot(
                    id=f"{link}-{n}", link_id=link, verdict=verdict, engine="http", final_url="http://a.example/",
                    requested_url="http://a.example/", captured=NOW, seconds=1, bytes=1, page_record=f"{link}-{n}",
                )
            )  # fmt: skip
        session.flush()
        best = best_snapshot(session, link)
    return best and "s" + best.rpartition("-")[2]


def test_a_worse_capture_never_replaces_a_better_one(database: Database):
    for better, worse in pairwise(VERDICTS):
        kept = shown(database, (better, "a.warc.gz"), (worse, "b.warc.gz"), (worse, "c.warc.gz"))
        assert kept == "s0", (better, worse)


def test_a_newer_capture_of_the_same_verdict_is_shown(database: Database):
    for verdict in VERDICTS:
        assert shown(database, (verdict, "a.warc.gz"), (verdict, "b.warc.gz")) == "s1", verdict


def test_a_better_one_that_comes_late_is_shown(database: Database):
    captures = [(verdict, "a.warc.gz") for verdict in reversed(VERDICTS)]
    assert shown(database, *captures) == f"s{len(VERDICTS) - 1}"


def test_ours_is_shown_before_one_of_another_programs_file_at_equal_verdict(database: Database):
    ours, theirs = ("complete", "20261101-1.warc.gz"), ("complete", "import-20261102-1.warc.gz")
    assert shown(database, ours, theirs) == "s0"


def test_another_programs_better_capture_is_shown(database: Database):
    assert shown(database, ("partial", "a.warc.gz"), ("complete", "import-b.warc.gz")) == "s1"


def test_a_link_without_snapshots_shows_none(database: Database):
    assert shown(database) is None
