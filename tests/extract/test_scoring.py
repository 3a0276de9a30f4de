"""Facts are scored by the annotation guide's rules: the figures are those of its own `score.py`."""

import importlib.util

import pytest
from bench.extraction.documents import SHARED, training
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.extract import scoring
from cunzhao.extract.scoring import score, scored_fields, stripped_places
from cunzhao.extract.types import KINDS

TRAINING = {document.name: document for document in training()}


def damaged(facts: list[dict]) -> list[dict]:
    """Some left out, some doubled, some with a field taken away or shifted: every rule has work."""
    spoiled = []
    for n, fact in enumerate(facts):
        if n % 7 == 3:
            continue
        fields = [field for field in scored_fields(fact["kind"]) if field in fact]
        if n % 5 == 1 and fields:
            fact = {
                **fact,
                fields[n % len(fields)]: None if fields[n % len(fields)] != "end" else fact["end"],
            }
        if n % 11 == 2:
            spoiled.append({**fact, "name": str(fact.get("name", ""))[1:], "parties": ["某市"]})
        spoiled.append({**fact, "end": fact["end"] - (n % 3 == 0 and fact["end"] - fact["start"] > 2)})
    return spoiled


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotation guide's score.py (../shared) is not here")
@pytest.mark.parametrize("name", TRAINING)
def test_every_figure_is_that_of_the_guides_own_score(name):
    spec = importlib.util.spec_from_file_location("gold_score", SHARED / "gold" / "score.py")
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    document, gold = TRAINING[name].document, TRAINING[name].gold
    facts = [fact.to_json() for fact in TRAINING[name].facts]
    for told in (facts, damaged(facts), []):
        expected, misses = theirs.score(gold, [dict(fact) for fact in told], document.text)
        got = score(gold, told, document.text)
        assert set(got) == set(expected)
        for kind, one in got.items():
            assert told_of(one) == pytest.approx(expected[kind])
        wrong = [match for one in got.values() for match in one.matches if match.wrong]
        missed = [said for one in got.values() for said in one.missed]
        extra = [said for one in got.values() for said in one.extra]
        assert [len(wrong), len(missed), len(extra)] == [
            sum(why.startswith(what) for why, _, _ in misses) for what in ("wrong", "missed", "extra")
        ]


def told_of(one) -> dict:
    whole = {name: getattr(one, name) for name in ("gold", "found", "precision", "recall", "f1", "complete")}
    return whole | one.fields


def figure(quote="351.8亿元", start=0, **fields) -> dict:
    plain = {
        "value": 35180000000,
        "unit": "元",
        "comparator": "=",
        "indicator": "旅游总收入",
        "measure": "level",
    }
    place = {"kind": "figure", "start": start, "end": start + len(quote), "quote": quote}
    return place | plain | {"region": "绍兴市", "period": "2018", "nature": "actual"} | fields


def one(gold: dict, fact: dict, text: str = "文" * 200):
    return score([gold], [fact], text)[gold["kind"]]


@pytest.mark.parametrize(
    ("field", "gold", "said", "right"),
    [
        ("indicator", "项目", "引进项目", True),
        ("indicator", "旅游总收入", "收入", True),
        ("indicator", "旅游总收入", "财政支出", False),
        ("region", "绍兴市", "绍兴", True),
        ("region", "绍兴市柯桥区", "柯桥区", True),
        ("region", "绍兴市", "嘉兴市", False),
        ("region", None, "绍兴市", False),
        ("period", "2016-01/2016-09", "2016-01/2016-09", True),
        ("period", None, "2016", False),
        ("nature", "target", "actual", False),
    ],
)
def test_a_field_of_a_figure_is_right_or_wrong(field, gold, said, right):
    found = one(figure(**{field: gold}), figure(**{field: said}))
    assert (found.f1, found.complete, found.fields[field]) == (1.0, float(right), float(right))
    assert found.matches[0].wrong == (() if right else (field,))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"unit": "人民币"}, True),
        ({"unit": "美元"}, False),
        ({"value": 35180000001}, True),  # within a millionth
        ({"value": 35190000000}, False),
        ({"start": 4}, False),  # it shares less than half
        ({"start": 3}, True),
    ],
)
def test_a_figure_is_found_by_place_value_and_unit(change, found):
    assert one(figure(), figure(**({"quote": "351.8亿元"} | change))).recall == float(found)


def test_another_right_answer_is_right():
    assert one(figure(period="2018", period_alt=[None, "2017"]), figure(period="2017")).complete == 1.0
    assert one(figure(unit="人", unit_alt=["人次"]), figure(unit="人次")).complete == 1.0


def test_white_space_of_the_text_moves_no_gold_fact():
    text = "总收入\n 351.8 亿\n\n元"
    found = score([figure(start=3)], [{**figure(), "start": 5, "end": len(text)}], text)["figure"]
    assert found.complete == 1.0
    assert stripped_places("a \nb") == [0, 1, 1, 1, 2]


def test_an_optional_fact_counts_for_nothing_found_or_missed():
    optional = {**figure(start=50), "optional": True}
    for facts in ([figure()], [figure(), figure(start=50)]):
        found = score([figure(), optional], facts, "文" * 200)["figure"]
        assert (found.gold, found.found, found.complete) == (1, 1, 1.0)
    assert score([optional], [], "文" * 200) == {}


def test_a_project_named_again_counts_for_nothing_and_a_figure_told_again_is_extra():
    project = {
        "kind": "project",
        "start": 0,
        "end": 5,
        "name": "杭绍城际",
        "stage": "building",
        "investment": None,
    }
    again = [project, {**project, "start": 90, "end": 94}]
    assert score([project], again, "文" * 200)["project"].precision == 1.0
    assert score([figure()], [figure(), figure()], "文" * 200)["figure"].precision == 0.5


def test_of_two_facts_that_find_it_the_one_with_more_right_fields_is_taken():
    worse, better = figure(period="2017"), figure(start=2)
    found = score([figure()], [worse, better], "文" * 200)["figure"]
    assert found.matches[0].fact is better
    assert found.extra == (worse,)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (["绍兴市", "嘉善"], True),  # 嘉善 stands in 嘉善县
        (["嘉善县", "绍兴市"], True),
        (["绍兴市"], False),
        (["绍兴市", "嘉善县", "杭州市"], False),
    ],
)
def test_an_agreement_is_found_by_all_its_parties(said, right):
    gold = {
        "kind": "agreement",
        "start": 0,
        "end": 9,
        "parties": ["绍兴市", "嘉善县"],
        "form": None,
        "nature": "actual",
    }
    assert one(gold, {**gold, "parties": said}).recall == float(right)


def test_parties_only_implied_may_be_given():
    gold = {"kind": "agreement", "start": 0, "end": 9, "parties": ["绍兴市"], "form": "结对", "nature": "actual",
            "implied_parties": ["嘉善县"]}  # fmt: skip
    assert one(gold, {**gold, "parties": ["绍兴市", "嘉善县"]}).complete == 1.0


def test_the_end_of_a_task_is_scored_and_an_action_by_its_shared_span():
    task = {"kind": "task", "start": 0, "end": 60, "number": "1", "title": "发展旅游", "area": None, "lead": [],
            "units": ["市发改委"], "deadline": None}  # fmt: skip
    assert one(task, {**task, "end": 70}).fields["end"] == 0.0
    action = {"kind": "action", "start": 0, "end": 10, "verb": "加快建设"}
    assert one(action, {**action, "end": 7, "verb": "建设"}).complete == 1.0
    assert one(action, {**action, "end": 6}).recall == 0.0


def test_every_kind_has_its_rules():
    assert {kind: scored_fields(kind) for kind in KINDS}


PLACED = st.builds(
    lambda start, size, value: {
        "kind": "figure", "start": start, "end": start + size, "quote": "x" * size, "value": value, "unit": "元",
    },
    st.integers(0, 40), st.integers(1, 12), st.integers(1, 2),
)  # fmt: skip


@given(gold=st.lists(PLACED, max_size=12), facts=st.lists(PLACED, max_size=12))
def test_looking_near_a_gold_fact_finds_what_looking_everywhere_does(gold, facts):
    near = score(gold, facts, "x" * 60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "AT_ITS_PLACE", frozenset())
        assert score(gold, facts, "x" * 60) == near
