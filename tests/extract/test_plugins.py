"""Plug-ins add facts; a faulty one costs a warning, never the document."""

from importlib.metadata import EntryPoint

import pytest

from cunzhao.extract.plugins import Context, _load, with_plugins
from cunzhao.extract.types import Fact, Reason, Span
from cunzhao.read.types import Document
from cunzhao.settings import Settings


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path)


DOCUMENT = Document(text="绍兴市市长岑立文。", blocks=())


class Plain:
    name, version = "plain", "3"

    def __init__(self, *facts):
        self.facts = facts

    def extract(self, document, facts, context):
        yield from self.facts


class Failing(Plain):
    def extract(self, document, facts, context):
        yield from self.facts
        raise RuntimeError("out of order")


def person(start=5, end=8, quote="岑立文", **change) -> Fact:
    fields = {"name": "岑立文", "position": "市长"}
    plain = {"kind": "person", "span": Span(start, end, quote), "fields": fields, "extractor": "plain"}
    return Fact(**{**plain, "version": "3", **change})


def told(settings, *plugins, facts=(), **change) -> list[Fact]:
    return with_plugins(DOCUMENT, facts, Context(settings=settings, **change), plugins)


def test_its_facts_stand_with_ours_by_place(settings):
    ours = person(extractor="person", version="1")
    theirs = person(0, 3, "绍兴市")
    assert told(settings, Plain(theirs), facts=[ours]) == [theirs, ours]


@pytest.mark.parametrize(
    "wrong",
    [
        person(quote="岑立武"),
        person(start=5, end=900),
        person(kind="rumour"),
        person(kind="figure"),
        "no fact",
        person(fields={"name": "岑立文"}),
        person(fields={"name": "岑立文", "position": {"市长"}}),
        person(fields={"name": "岑\0", "position": "市长"}),
        person(fields={"name": "\ud800", "position": "市长"}),
        person(why=(Reason("name", "words", Span(0, 2, "长绍")),)),
        person(confidence=float("nan")),
    ],
)
def test_what_does_not_resolve_or_was_not_asked_for_is_left_out(settings, wrong):
    assert told(settings, Plain(wrong), kinds=("person",)) == []


@pytest.mark.parametrize(
    ("label", "kept"), [("plain", "plain"), ("plain:x", "plain:x"), ("figure", "plain"), ("user", "plain")]
)
def test_a_fact_says_which_plug_in_it_is_from(settings, label, kept):
    (fact,) = told(settings, Plain(person(extractor=label)))
    assert fact.extractor == kept


def test_a_figure_without_a_number_or_a_field_is_left_out(settings):
    fields = {"value": 5, "unit": "个", "comparator": "=", "indicator": "项目", "measure": "level", "region": None,
              "period": None, "nature": "actual"}  # fmt: skip
    wrong = [
        {**fields, "value": "5"},
        {**fields, "value": True},
        {**fields, "value": float("inf")},
        {"value": 5},
    ]
    facts = [person(kind="figure", fields=one) for one in (*wrong, fields)]
    assert [f.fields for f in told(settings, Plain(*facts))] == [fields]


def test_a_long_label_is_cut(settings):
    (fact,) = told(settings, Plain(person(extractor="plain:" + "x" * 90)))
    assert fact.extractor == "plain:" + "x" * 34


def test_one_that_fails_costs_a_warning_and_neither_ours_nor_the_others(settings, caplog):
    ours = person(extractor="person")
    facts = told(settings, Failing(person(0, 3, "绍兴市")), Plain(person(3, 5, "市长")), facts=[ours])
    assert [f.span.quote for f in facts] == ["市长", "岑立文"]
    assert "the extractor plain failed" in caplog.text


def test_one_that_cannot_be_loaded_is_left_out(caplog):
    entries = [
        EntryPoint("gone", "no.such.module:Thing", "cunzhao.extractors"),
        EntryPoint("none", "builtins:dict", "cunzhao.extractors"),
        EntryPoint("good", "tests.extract.test_plugins:Plain", "cunzhao.extractors"),
    ]
    assert [one.name for one in _load(entries)] == ["plain"]
    assert "gone" in caplog.text and "none" in caplog.text
