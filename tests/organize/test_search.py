"""A document is a hit if and only if it literally holds every term, whatever the characters."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cunzhao.errors import UsageWrong
from cunzhao.organize import index as kept_index
from cunzhao.organize.aliases import Aliases
from cunzhao.organize.filters import Filters
from cunzhao.organize.fold import Folded, fold
from cunzhao.organize.paging import FIRST, After
from cunzhao.organize.places import find_places, snippets
from cunzhao.organize.query import read_query
from cunzhao.organize.search import SearchIndex, drain
from cunzhao.organize.types import FactEntry, FactsWanted, Gone, Hit, Indexable

NOTICE = "中共嘉兴市委办公室\n嘉委〔2008〕8号 关于推进长三角\n一体化的意见。G60科创走廊，面积600㎡。"


def document(snapshot: str, text: str, *, title: str = "", tags: Sequence[str] = ()) -> Indexable:
    return Indexable(snapshot=snapshot, title=title, text=text, tags=tuple(tags), date="")


def filled(folder: Path, *documents: Indexable) -> SearchIndex:
    index = SearchIndex(folder)
    assert index.update(documents)
    return index


def terms(query: str) -> tuple[str, ...]:
    return tuple(term.text for term in read_query(query))


def found(index: SearchIndex, query: str, *, tag: str | None = None) -> set[str]:
    filters = Filters(tag=(tag,) if tag else ())
    hits, total = index.search(read_query(query), filters=filters, texts=lambda _: {})
    assert total == len(hits)
    return {hit.snapshot for hit in hits}


# --- what is found ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "quote"),
    [
        ("嘉兴", "嘉兴"),
        ("兴", "兴"),
        ("嘉委〔2008〕8号", "嘉委〔2008〕8号"),
        ("嘉委[2008]8号", "嘉委〔2008〕8号"),
        ("嘉委［2008］8号", "嘉委〔2008〕8号"),
        ("嘉委（2008）8号", "嘉委〔2008〕8号"),
        ("长三角一体化", "长三角\n一体化"),
        ("“长三角 一体化”", "长三角\n一体化"),
        ('"一体化的意见"', "一体化的意见"),
        ("g60科创", "G60科创"),
        ("Ｇ６０", "G60"),
        ("600m2", "600㎡"),
    ],
)
def test_a_query_finds_its_characters_and_their_place(tmp_path, query, quote):
    index = filled(tmp_path, document("a", NOTICE), document("b", "湖州市与上海市"))

    hits, total = index.search(read_query(query), texts=lambda _: {"a": NOTICE})

    assert total == 1
    assert hits[0].snapshot == "a"
    assert [NOTICE[start:end] for start, end in hits[0].places][:1] == [quote]


@pytest.mark.parametrize("query", ["嘉兴 湖州", "兴嘉", "嘉委〔2008〕9号", "意见g60", "一体 化工"])
def test_what_does_not_stand_there_is_not_found(tmp_path, query):
    index = filled(tmp_path, document("a", NOTICE), document("b", "湖州市与上海市"))

    assert found(index, query) == set()


def test_words_parted_by_spaces_must_all_occur_in_text_title_or_tags(tmp_path):
    index = filled(
        tmp_path,
        document("a", "轨道交通", title="绍兴市", tags=["规划"]),
        document("b", "轨道交通", title="宁波市", tags=["规划"]),
    )

    assert found(index, "绍兴 轨道 规划") == {"a"}
    assert found(index, "轨道 规划") == {"a", "b"}


def test_a_word_in_the_title_counts_more_than_one_in_the_text(tmp_path):
    index = filled(
        tmp_path,
        document("text", "绍兴市与上海市签约", title="签约仪式举行"),
        document("title", "今日举行签约仪式", title="绍兴市与上海市"),
    )

    hits, _ = index.search(read_query("绍兴"), texts=lambda _: {})

    assert [hit.snapshot for hit in hits] == ["title", "text"]


def test_two_tags_do_not_run_together(tmp_path):
    index = filled(tmp_path, document("a", "", tags=["绍兴", "兴市"]))

    assert found(index, "绍兴市") == set()
    assert found(index, "兴市") == {"a"}


def test_the_tag_filter_finds_what_stands_under_the_tag_too(tmp_path):
    index = filled(
        tmp_path, document("a", "绍兴", tags=["长三角"]), document("b", "绍兴", tags=["长三角/交通"])
    )

    assert found(index, "绍兴", tag="长三角") == {"a", "b"}
    assert found(index, "绍兴", tag="长三角/交通") == {"b"}
    assert found(index, "绍兴", tag="长") == set()


def test_the_total_counts_hits_beyond_the_limit(tmp_path):
    index = filled(tmp_path, *(document(f"s{n}", "绍兴") for n in range(7)))

    hits, total = index.search(read_query("绍兴"), limit=3, texts=lambda _: {})

    assert (len(hits), total) == (3, 7)


@pytest.mark.parametrize("query", ["", "   ", "\t\n\u3000", "\x00\x07", "\u200b\ufeff", '""', "“ ”"])
def test_a_query_without_characters_finds_nothing(tmp_path, query):
    index = filled(tmp_path, document("a", "绍兴"))

    assert index.search(read_query(query), texts=lambda _: {}) == ([], 0)


@pytest.mark.parametrize(
    "query",
    [
        "绍" * 10_000, "绍 兴 " * 2_500, '":()*', "title:绍兴", "绍兴 AND (", "[a TO b]", "绍兴\x00\x1b", "\ud800",
        "a" * 10_000, " ".join(f"第{n}条" for n in range(1500)), '"' * 999, "+-!{}^~?\\/|&",
    ],
)  # fmt: skip
def test_hostile_queries_are_only_characters(tmp_path, query):
    text = "绍兴：title:绍兴的“（”"
    index = filled(tmp_path, document("a", text))

    expected = {"a"} if terms(query) and all(t in fold(text) for t in terms(query)) else set()

    assert found(index, query) == expected


def test_a_query_longer_than_any_query_says_so(tmp_path):
    with pytest.raises(UsageWrong, match="too long"):
        read_query("长" * 20_001)


def test_text_that_no_utf8_can_hold_is_still_indexed(tmp_path):
    index = filled(tmp_path, document("a", "绍\ud800兴", title="\udfff", tags=["\ud800"]))

    assert found(index, "绍兴") == {"a"}


# --- the promise, by brute force ----------------------------------------------------------------------

CHARACTERS = "绍兴市长三角上海的一二G g6０0〔[(] \n\u3000㎡ﬁßÉe\u0301·“”\u200b"
TEXTS = st.text(CHARACTERS, max_size=30)
DOCUMENTS = st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, max_size=3)), min_size=1, max_size=6)


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[tuple[str, str, list[str]]], str]:
    """Documents, and a query that is often cut out of one of them."""
    documents = draw(DOCUMENTS)
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        text, title, tags = draw(st.sampled_from(documents))
        source = draw(st.sampled_from([text, title, *tags, draw(TEXTS)]))
        start = draw(st.integers(0, len(source)))
        pieces.append(source[start : start + draw(st.integers(1, 6))])
    return documents, draw(st.sampled_from([" ", " "])).join(pieces)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions())
@example(([("绍兴", "", ["兴市"])], "绍兴市"))
@example(([("e\u0301", "", [])], "É"))
def test_the_index_finds_exactly_the_documents_that_hold_every_term(question):
    check_exact(question)


@pytest.mark.long
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions())
def test_the_index_finds_exactly_the_documents_that_hold_every_term_long(question):
    check_exact(question)


def check_exact(question: tuple[list[tuple[str, str, list[str]]], str]) -> None:
    documents, query = question
    expected = {
        str(n)
        for n, (text, title, tags) in enumerate(documents)
        if terms(query)
        and all(any(term in fold(field) for field in (text, title, *tags)) for term in terms(query))
    }
    with tempfile.TemporaryDirectory() as folder:
        made = [
            document(str(n), text, title=title, tags=tags) for n, (text, title, tags) in enumerate(documents)
        ]
        assert found(filled(Path(folder), *made), query) == expected


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=3))
def test_every_place_holds_a_term_and_no_first_occurrence_is_missed(text, words):
    wanted = [fold(word) for word in words if fold(word)]

    places = find_places(text, wanted)

    covered = [fold(text[start:end]) for start, end in places]
    assert all(any(term in piece for term in wanted) for piece in covered)
    assert all(any(term in piece for piece in covered) for term in wanted if term in fold(text))
    assert all(a[1] <= b[0] for a, b in pairwise(places))


@given(st.text(CHARACTERS, max_size=40).map(lambda s: s * 80))
def test_folding_in_chunks_is_folding_the_whole(text):
    assert Folded(text).text == fold(text)


def test_a_base_and_its_mark_are_one_character_wherever_they_stand():
    for before in range(1020, 1028):
        text = "长" * before + "e\u0301"
        assert find_places(text, [fold("É")]) == ((before, before + 2),)


# --- snippets -----------------------------------------------------------------------------------------


def test_a_snippet_begins_after_the_sentence_before_and_marks_the_match():
    text = "前一句话说完了。绍兴市今年新增轨道交通里程20公里，预计明年通车。后面还有很多话。"
    start = text.index("轨道")

    (snippet,) = snippets(text, [(start, start + 4)], width=30)

    assert snippet.text == "绍兴市今年新增轨道交通里程20公里，预计明年通车。后面还有很"
    assert snippet.marks == ((7, 11),)
    assert (snippet.start, snippet.end) == (start, start + 4)


@settings(max_examples=300, deadline=None)
@given(st.text("绍兴市。\n 长三角", max_size=200), st.integers(1, 40), st.integers(1, 5), st.data())
def test_marks_of_snippets_hold_what_the_places_hold(text, width, limit, data):
    word = data.draw(st.sampled_from(["绍兴", "长三角", "市", "绍兴市长三角"]))
    places = find_places(text, [word])

    cut = snippets(text, places, width=width, limit=limit)

    assert len(cut) <= limit
    assert bool(cut) == bool(places)
    for snippet in cut:
        begin = snippet.start - snippet.marks[0][0]
        assert len(snippet.text) <= width
        assert text[begin : begin + len(snippet.text)] == snippet.text
        for start, end in snippet.marks:
            assert any(a == begin + start and b >= begin + end > a for a, b in places)


# --- keeping the index --------------------------------------------------------------------------------


def test_an_update_replaces_and_a_removal_removes(tmp_path):
    index = filled(tmp_path, document("a", "绍兴"), document("b", "绍兴"))

    index.update([document("a", "嘉兴")])
    index.remove(["b", "never there"])

    assert (found(index, "绍兴"), found(index, "嘉兴")) == (set(), {"a"})


def test_another_process_sees_what_was_written(tmp_path):
    reader = SearchIndex(tmp_path)
    filled(tmp_path, document("a", "绍兴"))

    assert found(reader, "绍兴") == {"a"}


def test_an_index_is_fresh_until_it_was_settled_and_again_after_clearing(tmp_path):
    index = SearchIndex(tmp_path)
    assert index.fresh
    index.settle()
    index.update([document("a", "绍兴")])
    assert not SearchIndex(tmp_path).fresh

    index.clear()

    assert SearchIndex(tmp_path).fresh
    assert index.documents == 0


@pytest.mark.parametrize("suffix", [".idx", ".json", ".store"])
def test_a_damaged_index_is_made_anew_and_says_that_it_is_fresh(tmp_path, suffix):
    filled(tmp_path, document("a", "绍兴")).settle()
    for path in tmp_path.glob(f"text-*/*{suffix}"):
        path.write_bytes(path.read_bytes()[:5])

    index = SearchIndex(tmp_path)

    assert (index.fresh, index.documents) == (True, 0)
    assert index.update([document("a", "绍兴")])
    assert found(index, "绍兴") == {"a"}


def test_an_index_deleted_under_a_running_program_is_made_anew(tmp_path):
    index = filled(tmp_path, document("a", "绍兴"))
    index.settle()
    for path in tmp_path.iterdir():
        shutil.rmtree(path, ignore_errors=True)

    assert found(index, "绍兴") == set()
    assert index.fresh
    assert index.update([document("a", "绍兴")])


class Waiting:
    """The database's side of `drain`: documents that wait, in order."""

    def __init__(self, *changes: Indexable | Gone) -> None:
        self.changes = list(changes)
        self.batches: list[list[str]] = []
        self.given = 0

    def take(self, n: int) -> list[Indexable | Gone]:
        given = self.changes[self.given : self.given + n]
        self.given += len(given)
        return given

    def done(self, snapshots: Sequence[str]) -> None:
        self.batches.append(list(snapshots))
        self.given = 0
        self.changes = [c for c in self.changes if c.snapshot not in snapshots]


def test_draining_writes_all_that_waits_and_commits_much_at_once(tmp_path, monkeypatch):
    index = filled(tmp_path, document("old", "绍兴"))
    waiting = Waiting(document("a", "绍兴"), document("b", "绍兴"), Gone(snapshot="old"))

    assert drain(index, waiting.take, waiting.done, batch=2) == 3

    assert waiting.batches == [["a", "b", "old"]]
    assert found(index, "绍兴") == {"a", "b"}
    monkeypatch.setattr(kept_index, "_COMMIT", 3)
    waiting.changes = [document("c", "绍兴"), document("d", "绍兴"), document("e", "绍兴")]
    assert drain(index, waiting.take, waiting.done, batch=1) == 3
    assert waiting.batches[1:] == [["c", "d"], ["e"]]


def test_what_comes_while_the_holder_lets_go_is_still_written(tmp_path):
    index = SearchIndex(tmp_path)
    waiting = Waiting(document("a", "绍兴"))
    took = 0

    def take(n: int) -> list[Indexable | Gone]:
        nonlocal took
        took += 1
        if took == 4:  # 1 is the look before, 2 the batch, 3 the empty one; 4 comes after the lock was let go
            waiting.changes.append(document("late", "绍兴"))
        return waiting.take(n)

    drain(index, take, waiting.done)

    assert found(index, "绍兴") == {"a", "late"}


HOLD = """
import sys, time
from pathlib import Path
from cunzhao.organize.search import SearchIndex
with SearchIndex(Path(sys.argv[1])).writing() as writer:
    print("held" if writer else "busy", flush=True)
    time.sleep(200)
"""


def test_a_writer_held_elsewhere_leaves_documents_waiting_and_its_kill_frees_the_lock(tmp_path):
    index = filled(tmp_path, document("before", "绍兴"))
    waiting = Waiting(document("a", "绍兴"))
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        assert index.update([document("a", "绍兴")]) is False
        assert index.remove(["before"]) is False
        assert drain(index, waiting.take, waiting.done, wait_s=0.1) is None
        assert found(index, "绍兴") == {"before"}
    finally:
        child.kill()
        child.wait()

    assert drain(index, waiting.take, waiting.done, wait_s=60) == 1
    assert found(index, "绍兴") == {"before", "a"}


def test_many_threads_draining_at_once_write_each_document_once(tmp_path):
    index = SearchIndex(tmp_path)
    waiting, lock, results = [document(f"s{n}", "绍兴") for n in range(40)], threading.Lock(), []

    def drained() -> None:
        given: set[str] = set()

        def take(n: int) -> list[Indexable]:
            with lock:
                found = [w for w in waiting if w.snapshot not in given][:n]
            given.update(w.snapshot for w in found)
            return found

        def done(snapshots: Sequence[str]) -> None:
            given.clear()
            with lock:
                waiting[:] = [w for w in waiting if w.snapshot not in snapshots]

        results.append(drain(index, take, done, batch=5, wait_s=100))

    threads = [threading.Thread(target=drained) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(results) == 40
    assert index.documents == 40


def _write_and_die(folder: str, ready: multiprocessing.synchronize.Event) -> None:
    index, n = SearchIndex(Path(folder)), 0
    while True:
        index.update([document(f"s{n}", "绍兴" * 200)])
        n += 1
        if n == 3:
            ready.set()


def kill_while_writing(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    child = context.Process(target=_write_and_die, args=(str(folder), ready))
    child.start()
    assert ready.wait(150)
    child.kill()
    child.join()

    index = SearchIndex(folder)

    assert index.documents >= 3
    assert index.update([document("after", "绍兴")])
    assert "after" in {
        hit.snapshot for hit in index.search(read_query("绍兴"), limit=10_000, texts=lambda _: {})[0]
    }


def test_a_kill_in_the_middle_of_writing_loses_nothing_committed(tmp_path):
    kill_while_writing(tmp_path)


@pytest.mark.long
def test_many_kills_in_the_middle_of_writing_lose_nothing_committed(tmp_path):
    for n in range(20):
        kill_while_writing(tmp_path / str(n))


# --- filters, facets, orders, titles, facts -----------------------------------------------------------


def kept(snapshot: str, title: str, **more: object) -> Indexable:
    told = {"text": f"{title}\n绍兴市轨道交通", "tags": (), "date": "", **more}
    return Indexable(snapshot=snapshot, title=title, **told)


FIGURE = FactEntry(
    kind="figure",
    start=4,
    end=9,
    words=("研发经费", "绍兴市", "2025", "120亿元"),
    indicators=("研发经费", "R&D经费支出"),
    regions=("绍兴市",),
    areas=("330600",),
    years=("2025",),
)
SHELF = (
    kept("a", "绍兴市统计公报", date="2019-03-01", areas=("330600",), source="统计局", verdict="complete",
         tags=("领域/交通",), collections=("c1",), facts=(FIGURE,)),
    kept("b", "安吉县行动计划", date="2021-05-06", areas=("330523",), source="县府办", verdict="partial"),
    kept("c", "重庆市工作报告", areas=("500000",), source="统计局", verdict="complete"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(tag=("领域",)), {"a"}),
        (Filters(collection=("c1",)), {"a"}),
        (Filters(area=("330000",)), {"a", "b"}),
        (Filters(area=("330600", "500000")), {"a", "c"}),
        (Filters(source=("统计局",)), {"a", "c"}),
        (Filters(kind=("行动计划",)), {"b"}),
        (Filters(verdict=("partial",)), {"b"}),
        (Filters(has=("figure",)), {"a"}),
        (Filters(since=20190301, until=20190301), {"a"}),
        (Filters(since=20200101), {"b"}),
        (Filters(area=("330000",), verdict=("complete",)), {"a"}),
        (Filters(tag=("没有",)), set()),
    ],
)
def test_filters_narrow_with_words_and_without(tmp_path, filters, expected):
    index = filled(tmp_path, *SHELF)

    for query in ("轨道交通", ""):
        hits, total = index.search(read_query(query), filters=filters, texts=lambda _: {})
        assert ({hit.snapshot for hit in hits}, total) == (expected, len(expected))


def test_facets_count_the_hits_of_each_value(tmp_path):
    index = filled(tmp_path, *SHELF)

    facets = index.facets(read_query("轨道"))

    def counts(name: str) -> dict[str, int]:
        return {count.value: count.hits for count in facets[name]}

    assert counts("area")["330000"] == 2
    assert counts("source") == {"统计局": 2, "县府办": 1}
    assert counts("year") == {"2019": 1, "2021": 1}
    assert counts("tag") == {"领域": 1, "领域/交通": 1}
    assert counts("has") == {"figure": 1}
    narrowed = index.facets(read_query("轨道"), filters=Filters(verdict=("partial",)))
    assert [count.value for count in narrowed["source"]] == ["县府办"]


@pytest.mark.parametrize(("sort", "order"), [("date", "bac"), ("date-asc", "abc"), ("title", "bca")])
def test_hits_come_in_the_order_asked_for(tmp_path, sort, order):
    index = filled(tmp_path, *SHELF)

    hits, _ = index.search(read_query("轨道"), sort=sort, texts=lambda _: {})

    assert "".join(hit.snapshot for hit in hits) == order


def paged(index: SearchIndex, sort: str, between: Callable[[int], None] = lambda _: None) -> list[str]:
    """All hits of 绍兴 as pages of ten tell them; `between` is called behind each page."""
    told: list[Hit] = []
    while True:
        after = After(number=len(told), key=told[-1].key) if told else FIRST
        hits, _ = index.search(read_query("绍兴"), sort=sort, limit=10, after=after, texts=lambda _: {})
        if not hits:
            return [hit.snapshot for hit in told]
        told += hits
        between(len(told))


ORDERS = ("relevance", "date", "date-asc", "title")
THIRTY = [
    replace(document(f"s{n:02}", f"绍兴{'绍兴' * (n % 3)}", title=f"第{n % 4}号"), date=day)
    for n, day in enumerate(["2019-01-21", "", "2020-05-06"] * 10)
]


@pytest.mark.parametrize("sort", ORDERS)
def test_pages_of_hits_follow_each_other_without_gap_or_overlap(tmp_path, sort):
    index = filled(tmp_path, *THIRTY)
    every, total = index.search(read_query("绍兴"), sort=sort, texts=lambda _: {})

    assert paged(index, sort) == [hit.snapshot for hit in every]
    assert total == len(every) == 30


@pytest.mark.parametrize("sort", ORDERS)
def test_no_page_skips_or_repeats_a_hit_while_documents_come_and_go(tmp_path, sort):
    index = filled(tmp_path, *THIRTY)
    shown = paged(index, sort)

    def change(told: int) -> None:
        if told <= 20:
            index.update(replace(one, snapshot=f"new{told}-{one.snapshot}") for one in THIRTY)
            index.remove([shown[told // 10 - 1]])  # one that was shown already

    told = paged(index, sort, change)

    assert len(told) == len(set(told))
    assert [snapshot for snapshot in told if not snapshot.startswith("new")] == shown


def test_where_the_last_hit_is_gone_the_next_page_begins_where_it_stood(tmp_path):
    index = filled(tmp_path, *THIRTY)
    for sort in ORDERS:
        shown = paged(index, sort)
        told = paged(index, sort, lambda n, shown=shown: index.remove([shown[9]]) if n == 10 else None)
        assert told == shown
        index.update(THIRTY)


def test_the_last_hit_is_found_however_far_it_has_moved(tmp_path):
    index = filled(tmp_path, *THIRTY)
    shown = paged(index, "relevance")

    def come(told: int) -> None:
        if told == 10:
            index.update(document(f"new{n}", "绍兴" * 9) for n in range(150))

    told = paged(index, "relevance", come)

    assert [snapshot for snapshot in told if not snapshot.startswith("new")] == shown


@pytest.mark.parametrize("key", ["x", "!", "a!b TO c]", "{!", "20190121!a OR b", '!a"', "\ud800!a"])
def test_a_key_that_no_hit_had_is_refused(tmp_path, key):
    index = filled(tmp_path, *THIRTY)

    with pytest.raises(UsageWrong):
        index.search(read_query("绍兴"), sort="date", after=After(number=3, key=key), texts=lambda _: {})
    assert index.search(read_query("绍兴"), after=After(number=2**62, key=key), texts=lambda _: {})[1] == 30


@pytest.mark.parametrize(
    ("typed", "first"),
    [("sxstj", "a"), ("SXS", "a"), ("cqs", "c"), ("gzbg", "c"), ("安吉", "b"), ("xdjh", "b")],
)
def test_titles_are_found_as_they_are_typed_by_characters_or_initials(tmp_path, typed, first):
    assert filled(tmp_path, *SHELF).titles(typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["", "s", "zzzz", "\ud800\ud801", "没有的"])
def test_titles_that_there_are_not_are_not_found(tmp_path, typed):
    assert filled(tmp_path, *SHELF).titles(typed) == []


@pytest.mark.parametrize(
    ("wanted", "found_"),
    [
        (FactsWanted(indicators=("研发经费",), regions=("绍兴",), year="2025"), 1),
        (FactsWanted(indicators=("r&d经费",)), 1),
        (FactsWanted(areas=("330000",)), 1),
        (FactsWanted(regions=("没有",), areas=("330600",)), 1),
        (FactsWanted(terms=(("120亿元",), ("绍兴",))), 1),
        (FactsWanted(kinds=("figure",)), 1),
        (FactsWanted(), 1),
        (FactsWanted(indicators=("研发经费",), year="2024"), 0),
        (FactsWanted(kinds=("person",)), 0),
        (FactsWanted(terms=(("市2025",),)), 0),
    ],
)
def test_facts_are_found_by_what_they_say(tmp_path, wanted, found_):
    facts, total = filled(tmp_path, *SHELF).facts(wanted)

    assert total == len(facts) == found_
    assert all((fact.snapshot, fact.kind, fact.start, fact.end) == ("a", "figure", 4, 9) for fact in facts)


def test_facts_of_a_document_go_with_it(tmp_path):
    index = filled(tmp_path, *SHELF)
    assert index.documents == 3

    index.remove(["a"])

    assert index.facts(FactsWanted())[1] == 0
    assert index.documents == 2


def test_each_spelling_of_a_term_counts_and_only_those(tmp_path):
    index = filled(
        tmp_path, document("a", "市发改委"), document("b", "市发展和改革委员会"), document("c", "市委")
    )
    terms_ = read_query("市发改委", Aliases([("发改委", "发展和改革委员会")]))

    hits, total = index.search(terms_, texts=lambda _: {"a": "市发改委", "b": "市发展和改革委员会"})

    assert ({hit.snapshot for hit in hits}, total) == ({"a", "b"}, 2)
    assert {hit.places for hit in hits} == {((0, 4),), ((0, 9),)}


# --- recall -------------------------------------------------------------------------------------------


def check_recall(folder: Path, texts: list[str], terms_: int) -> None:
    """Of terms cut out of the texts every text that literally holds one is found, and no other."""
    rng = random.Random(5)
    index = filled(folder, *(document(str(n), text) for n, text in enumerate(texts)))
    folds = list(map(fold, texts))
    for _ in range(terms_):
        text = rng.choice(folds)
        at, length = rng.randrange(len(text) - 8), rng.choice([1, 2, 2, 3, 4, 4, 5, 8])
        term = text[at : at + length]
        expected = {str(n) for n, folded in enumerate(folds) if term in folded}
        hits, total = index.search(read_query(f'"{term}"'), limit=len(texts), texts=lambda _: {})
        assert (total, {hit.snapshot for hit in hits}) == (len(expected), expected), term


def made_up(count: int, length: int) -> list[str]:
    rng = random.Random(3)
    words = [
        "".join(rng.choices("绍兴市长三角轨道交通一体化发展的和G60〔2019〕5号，。", k=k))
        for k in [1, 2, 3] * 60
    ]
    return ["".join(rng.choices(words, k=length)) for _ in range(count)]


def test_two_hundred_terms_of_the_texts_are_found_wherever_they_stand(tmp_path):
    check_recall(tmp_path, made_up(120, 60), 200)


@pytest.mark.long
def test_two_hundred_terms_of_many_texts_are_found_wherever_they_stand(tmp_path):
    check_recall(tmp_path, made_up(20_000, 100), 200)


SAMPLES = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside this checkout")
def test_two_hundred_terms_of_real_texts_are_found_wherever_they_stand(tmp_path):
    paragraphs = [line for path in SAMPLES.glob("*.txt") for line in path.read_text("utf-8").splitlines()]

    check_recall(tmp_path, [line for line in paragraphs if len(fold(line)) > 10], 200)
