"""A plan's items in the order of the text, each with the figures inside it."""

from __future__ import annotations

from cunzhao.extract.types import Fact, Span
from cunzhao.ledger import observations, tasks

TEXT = (
    "1.建设轨道。到2025年轨道交通里程达到80公里。（责任单位：市交通局、市发改委）2.办好演出。引进演出30场。"
)


def span(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span.of(TEXT, start, start + len(quote))


def task(quote: str, **fields: object) -> Fact:
    given = {"number": "", "title": "", "area": None, "lead": [], "units": [], "deadline": None, **fields}
    return Fact(kind="task", span=span(quote), fields=given, extractor="task", version="1")


def figure(quote: str, value: int, indicator: str) -> Fact:
    return Fact(kind="figure", span=span(quote), fields={"value": value, "indicator": indicator, "unit": quote[-2:]},
                extractor="figure", version="1")  # fmt: skip


FIRST = task(
    TEXT[: TEXT.index("2.办")], number="1", title="建设轨道", units=["市交通局", "市发改委"], deadline="2025"
)
SECOND = task(TEXT[TEXT.index("2.办") :], number="2", title="办好演出", area="（一）文化")
FACTS = [SECOND, figure("30场", 30, "演出"), FIRST, figure("80公里", 80, "轨道交通里程")]


def test_each_task_holds_the_figures_stated_inside_it():
    got = tasks("s", FACTS, observations("s", FACTS))

    assert [(t.number, t.title, [o.span.quote for o in t.figures]) for t in got] == [
        ("1", "建设轨道", ["80公里"]),
        ("2", "办好演出", ["30场"]),
    ]
    assert (got[0].deadline, got[1].area) == ("2025", "（一）文化")


def test_no_lead_is_proposed_where_several_units_are_named():
    first, _ = tasks("s", FACTS, [])

    assert (first.lead, first.units) == ((), ("市交通局", "市发改委"))


def test_figures_of_another_snapshot_stay_out():
    got = tasks("s", FACTS, observations("other", FACTS))

    assert [t.figures for t in got] == [(), ()]
