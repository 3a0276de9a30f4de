"""Confidence is learnt from the annotated documents and keeps to what they show."""

import dataclasses

import numpy as np
import pytest
from bench.extraction.calibration import EDGES, Judged, bins, judged, plot
from bench.extraction.documents import training
from tools.fit_confidence import Table, fit, left_out, shares

from cunzhao.extract import extract
from cunzhao.extract.confidence import Weights, features, with_confidence
from cunzhao.extract.types import Fact, Reason, Span
from cunzhao.read.types import Document


def person(**change) -> Fact:
    plain = {"kind": "person", "span": Span(0, 3, "岑立文"), "fields": {"name": "岑立文", "position": "市长"}}
    return Fact(**{**plain, "extractor": "person", "version": "1", **change})


def test_every_fact_of_our_rules_says_how_sure_it_is():
    facts = extract(
        Document(text="绍兴市市长岑立文表示，2018年绍兴市旅游总收入351.8亿元，增长16.2%。", blocks=())
    )
    assert {fact.kind for fact in facts} == {"person", "figure"}
    assert all(0 < fact.confidence < 1 for fact in facts)


def test_what_a_model_or_a_person_said_keeps_what_it_has():
    for extractor in ("model:qwen", "user"):
        fact = person(extractor=extractor, confidence=None)
        assert list(with_confidence([fact])) == [fact]


def test_features_tell_what_was_read_from_where():
    span = Span(0, 3, "43次")
    fact = Fact(
        kind="figure", span=span, extractor="figure", version="1",
        fields={"value": 43, "unit": "次", "comparator": "~", "indicator": "航班", "measure": "level",
                "region": "绍兴市", "period": None, "nature": "actual", "per": "天"},
        why=(Reason("region", "heading", Span(90, 93, "绍兴市")), Reason("indicator", "words", Span(4, 6, "航班"))),
    )  # fmt: skip
    told = set(features(fact))
    assert {"region:heading", "indicator:words", "indicator:short", "period:unsaid"} <= told
    assert {"period=none", "comparator=~", "per:given", "unit=count"} <= told
    assert "measure=level" not in told


def test_the_share_grows_with_the_weights():
    sure, unsure = Weights(0.0, {"name:long": 2.0}), Weights(0.0, {})
    fact = person(fields={"name": "古丽巴哈尔·买买提艾力", "position": "市长"})
    assert unsure.share(fact) == 0.5
    assert sure.share(dataclasses.replace(fact, fields={**fact.fields, "name": "甲" * 12})) > 0.85


def test_a_feature_that_tells_right_from_wrong_weighs_and_one_of_chance_hardly():
    told = np.array([[n % 2, n // 2 % 2] for n in range(400)], dtype=float)
    right = np.array([float(n % 2 or n % 10 == 0) for n in range(400)])
    weights = fit(told, right, 3.0)
    assert weights[0] > 2 and abs(weights[1]) < 0.2
    assert shares(told, weights).mean() == pytest.approx(right.mean(), abs=0.01)
    assert abs(fit(told, right, 1000.0)[0]) < 0.5


def test_a_share_of_one_is_never_said():
    assert 0.9 < shares(np.zeros((1, 0)), fit(np.zeros((30, 0)), np.ones(30), 3.0))[0] < 1


def test_a_document_left_out_is_not_learnt_from():
    """In one document the feature means right, in the other wrong: each is foretold by the other."""
    rows = np.array([[n % 2] for n in range(80)], dtype=float)
    document = np.array([0] * 40 + [1] * 40)
    right = np.where(document == 0, rows[:, 0], 1 - rows[:, 0])
    said = left_out(Table(("x",), rows, right, document), 3.0)
    assert ((said > 0.5) != (right > 0.5)).all()


def test_what_is_said_of_the_training_documents_does_not_flatter_and_tells_sure_from_unsure():
    """The rules were made with these documents, so that less is said of their facts than is right."""
    facts = [one for document in training() for one in judged(document)]
    found = bins(facts)
    assert sum(b.count for b in found) == len(facts)
    assert all(one.said <= one.right + 0.1 for one in found if one.count >= 50)
    figures = [one for one in facts if one.fact.kind == "figure"]
    right, wrong = ([f.fact.confidence for f in figures if f.right is is_right] for is_right in (True, False))
    assert sum(right) / len(right) > sum(wrong) / len(wrong) + 0.03


def test_bins_hold_every_confidence_and_the_plot_shows_them():
    facts = [Judged("a", person(confidence=share), share > 0.5) for share in EDGES]
    assert sum(b.count for b in bins(facts)) == len(EDGES)
    drawn = plot({"training documents": facts, "kept apart": facts[:1]})
    assert drawn.count("<circle") == len(bins(facts)) + 1
    assert "kept apart: 1 facts" in drawn
