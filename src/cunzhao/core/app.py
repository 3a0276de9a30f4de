"""`Core`: what the doors may ask. Each method answers with a value of `pages`, or raises a CunzhaoError."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from cunzhao.access.access import Access
from cunzhao.archive.store import Archive
from cunzhao.collect.browser.temporary import sweep_told
from cunzhao.collect.files import capture_file
from cunzhao.collect.types import EngineAsked
from cunzhao.core.corrections.correcting import Correcting
from cunzhao.core.corrections.reviewing import Reviewing
from cunzhao.core.data.figures import Figures
from cunzhao.core.data.filed import Filed
from cunzhao.core.data.indicators import Indicators
from cunzhao.core.data.judging import Judging
from cunzhao.core.derived import entered
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.installed import Installed
from cunzhao.core.keeping.adding import mend_addresses
from cunzhao.core.keeping.entries import Entries
from cunzhao.core.keeping.importing import Importer
from cunzhao.core.keeping.jobs import Jobs, Wish
from cunzhao.core.keeping.purging import Purging
from cunzhao.core.keeping.restoring import Restorer
from cunzhao.core.keeping.saving import Ended, Kept, Saver, Started
from cunzhao.core.order.collecting import Collecting
from cunzhao.core.order.feeding import Feeding
from cunzhao.core.order.linking import Linking
from cunzhao.core.order.searches import Searches
from cunzhao.core.order.sharing import Sharing
from cunzhao.core.order.suggesting import Suggesting
from cunzhao.core.order.tagging import Tagging
from cunzhao.core.queries import asked, collected, listing
from cunzhao.core.rebuilding import rebuild
from cunzhao.core.search.aliases import SearchAliases
from cunzhao.core.search.matching import Matching
from cunzhao.core.snapshots import answers
from cunzhao.core.snapshots.emitting import Emitting
from cunzhao.core.snapshots.evidence import CaptureRecords
from cunzhao.core.snapshots.reposts import Reposts
from cunzhao.core.values.corrected import as_entered
from cunzhao.core.values.corrections import CorrectionFilter
from cunzhao.core.values.figures import FigureFilter
from cunzhao.core.values.filed import AgreementFilter, NameFilter, ProjectFilter
from cunzhao.core.values.indicators import IndicatorFilter
from cunzhao.core.values.jobs import JobPage, Shown
from cunzhao.core.values.outcomes import SaveRow, VerifyReport
from cunzhao.core.values.pages import BriefChoices, HomePage, LinkRow, SnapshotPage, TrashPage, Within
from cunzhao.core.warm import Warm
from cunzhao.egress.gate import Gate
from cunzhao.errors import CunzhaoError, NotFound, RecordMissing, UsageWrong
from cunzhao.evaluate import brief
from cunzhao.extract.types import Fact, Kind
from cunzhao.language import language
from cunzhao.read.types import Document
from cunzhao.settings import Settings
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database, open_database


class Core(
    CaptureRecords, Collecting, Correcting, Emitting, Feeding, Figures, Filed, Indicators, Installed, Judging,
    Linking, Matching, Purging, Reposts, Reviewing, SearchAliases, Searches, Sharing, Suggesting, Tagging,
):  # fmt: skip
    """One data folder, opened. Use as a context manager; several processes may open the same folder."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self._database = database
        self.access = Access(database)
        self._archive = Archive(settings, database)
        self._deriver = Deriver(settings, database, self._archive)
        self._entries = Entries(database, self._archive, self._deriver)
        self._saver = Saver(settings, database, self._archive, self._deriver, self._entries)
        self._restorer = Restorer(database, self._archive, self._deriver, self._entries, settings.lang)
        self._importer = Importer(self._saver, self._restorer, self._deriver, settings.lang)
        self._gate: Gate | None = None
        self._never: list[tuple[str, int]] = []
        self._jobs = Jobs(settings, database, self._save_job)
        self._warm: Warm | None = None

    @classmethod
    def open(cls, settings: Settings) -> Core:
        """Open the data folder: newest tables, and what a killed process left is swept up."""
        core = cls(settings, open_database(settings))
        core._restorer.recover()
        sweep_told()
        core.end_purges()
        mend_addresses(core._database)
        core._deriver.mend()
        core._deriver.drain()
        return core

    def close(self) -> None:
        self._jobs.stop()
        if self._warm:
            self._warm.stop()
        self._deriver.close()
        self._archive.close()
        if self._gate:
            self._gate.stop()
        self._database.close()

    def __enter__(self) -> Core:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def keep_warm(self) -> Warm:
        """What pages count long is counted in the background, now and as the archive changes."""
        if self._warm is None:
            asks = (
                self.home,
                lambda: self.figures(FigureFilter()),
                lambda: self.agreements(AgreementFilter()),
                lambda: self.projects(ProjectFilter()),
                lambda: self.names(NameFilter()),
                lambda: self.names(NameFilter(kind="body")),
                lambda: self.indicators(IndicatorFilter()),
                lambda: self.corrections(CorrectionFilter()),
                self.contradictions,
                self.reposts,
            )
            self._warm = Warm(self._database, (self._remembered, self._counted_tags), asks)
            self._warm.start()
        return self._warm

    def never_fetch(self, host: str, port: int) -> None:
        """Our own listening address: refused by the gate whatever the allow-list says."""
        self._never.append((host, port))

    def _gate_open(self) -> Gate:
        if self._gate is None:
            self._gate = Gate(self.settings)
            self._gate.start()
            self._gate.own.update(self._never)
        return self._gate

    # --- saving ---------------------------------------------------------------------------------------

    def save(
        self,
        urls: Sequence[str],
        *,
        engine: EngineAsked = "auto",
        tags: Sequence[str] = (),
        collection: str = "",
    ) -> Iterator[SaveRow]:
        """Capture now; a row for each URL in the order given, failures too."""
        return self._saver.save_urls(urls, self._gate_open(), tags=tags, collection=collection, engine=engine)

    def import_files(self, paths: Sequence[Path], *, tags: Sequence[str] = ()) -> Iterator[SaveRow]:
        """Bring files in; a row for each file, or for each page of a WARC file."""
        return self._importer.files(paths, tags=tags)

    def upload(self, files: Sequence[tuple[str, bytes]], *, tags: Sequence[str] = ()) -> tuple[SaveRow, ...]:
        """Import files that came over a page, as (name, bytes)."""
        return self._importer.uploads(files, tags=tags)

    def _save_job(self, urls: Sequence[str], wish: Wish, started: Started, ended: Ended, kept: Kept) -> None:
        saved = self._saver.save_urls(
            urls,
            self._gate_open(),
            tags=wish.tags,
            collection=wish.collection,
            engine=wish.engine,
            operator="web",
            said=wish.said,
            started=started,
            ended=ended,
            kept=kept,
        )
        for _ in saved:
            pass

    # --- pages ----------------------------------------------------------------------------------------

    def home(
        self, *, tag: str | None = None, cursor: str | None = None, attachments: bool = False
    ) -> HomePage:
        """Links a page at a time; what came with a page as its attachment only if asked for."""
        with self._database.reading() as session:
            tags = self._tag_counts(session)
            page = answers.home(
                session, tag, cursor, language(self.settings.lang), tags=tags, attachments=attachments
            )
            names = collected.names(session)
        jobs = tuple(map(self._jobs.told, page.jobs))
        return replace(page, jobs=jobs, collections=names, searches=self.saved_searches())

    def trash(self, *, after: str | None = None) -> TrashPage:
        """Links in the trash a page at a time. Raises UsageWrong for a forged cursor."""
        with self._database.reading() as session:
            links, following = listing.trash(session, after, language(self.settings.lang))
            return TrashPage(links=links, total=listing.trash_count(session), next=following)

    def removed_link(self, link_id: str) -> LinkRow | None:
        """A link that is in the trash."""
        with self._database.reading() as session:
            return listing.trashed(session, link_id, language(self.settings.lang))

    def snapshot(self, snapshot_id: str, within: Within | None = None) -> SnapshotPage:
        with self._database.reading() as session:
            return answers.snapshot(session, snapshot_id, language(self.settings.lang), within)

    def job(self, job_id: str, shown: Shown | None = None) -> JobPage:
        """With all its links, or as many as are to be shown."""
        with self._database.reading() as session:
            page = asked.job(session, job_id, language(self.settings.lang), shown)
        return self._jobs.told(page)

    def brief_choices(self, chosen: Sequence[str]) -> BriefChoices:
        with self._database.reading() as session:
            return answers.brief_choices(session, chosen, language(self.settings.lang))

    def brief(self, snapshot_ids: Sequence[str], *, title: str = "") -> bytes:
        """A sourced brief of these snapshots, as the bytes of a .docx file."""
        if not snapshot_ids:
            detail = {"detail": "没有选择快照", "detail_en": "no snapshot was chosen"}
            mend = {"mend": "请先勾选至少一份快照。", "mend_en": "Choose at least one snapshot."}
            raise UsageWrong("brief", **detail, **mend)
        with self._database.reading() as session:
            items = answers.brief_items(session, snapshot_ids, language(self.settings.lang))
        return brief(items, title=title, made=now_utc())

    # --- documents ------------------------------------------------------------------------------------

    def read(self, source: str) -> Document:
        """The document of a file (by path) or of a snapshot (by id)."""
        path = Path(source)
        if not path.is_file():
            return self._document(source)
        page = capture_file(path, settings=self.settings).page
        if page is None:
            raise RecordMissing(source)
        return self._deriver.read_bytes(page.body.read(), page.header("content-type"), url="", name=path.name)

    def _document(self, snapshot_id: str) -> Document:
        document = self.snapshot(snapshot_id).document
        if document is None:
            raise NotFound(snapshot_id, what="正文", what_en="text of this snapshot")
        return document

    def extract(
        self, source: str, *, kinds: Sequence[Kind] | None, date: str | None, region: str | None
    ) -> list[Fact]:
        """Facts of a file or a snapshot, read afresh; of a snapshot with the corrections of its users."""
        document = self.read(source)
        facts = self._deriver.facts(document, kinds, date, region)
        if Path(source).is_file():
            return facts
        with self._database.reading() as session:
            done = as_entered(facts, entered.entered(session, source), document.text)
        return [fact for fact in done.facts if kinds is None or fact.kind in kinds]

    # --- the archive ----------------------------------------------------------------------------------

    def verify(self) -> VerifyReport:
        """Check the bytes of every record against its digest."""
        damages = tuple(self._archive.verify())
        with self._database.reading() as session:
            return VerifyReport(records=listing.record_count(session), damages=damages)

    def rebuild(self, say: Callable[[str], None]) -> tuple[int, list[CunzhaoError]]:
        """Everything derived anew from the archive folder; see `rebuilding`."""
        return rebuild(self._database, self._archive, self._deriver, say)


def database_works(settings: Settings) -> str:
    """The database's address without its password. Raises DatabaseUnreachable."""
    database = open_database(settings)
    try:
        return database.engine.url.render_as_string(hide_password=True)
    finally:
        database.close()
