"""The scores on the annotated documents do not fall below the floors pinned in floors.json.

Raising a floor is part of the work that earns it; lowering one takes an edit of floors.json with its reason.
"""

import hashlib
import importlib.util
import json
from pathlib import Path

import pytest

from cunzhao import read
from cunzhao.extract import extract

SHARED = Path(__file__).parents[2].parent / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the annotated documents (../shared) are not here"
)


def _scorer():
    spec = importlib.util.spec_from_file_location("gold_score", SHARED / "gold" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scores(name: str) -> dict:
    scorer = _scorer()
    document = read.read(
        (SHARED / "seeds" / f"{name}.txt").read_bytes(), mime="text/plain", name=f"{name}.txt"
    )
    gold = [f for path in sorted((SHARED / "gold").glob(f"{name}*.jsonl")) for f in scorer.load(path)]
    return scorer.score(gold, [f.to_json() for f in extract(document)], document.text)[0]


@pytest.mark.parametrize("name", FLOORS["documents"])
def test_scores_stay_above_their_floors(name):
    scores = _scores(name)
    below = {
        f"{kind}.{measure}": (scores[kind][measure], floor)
        for kind, floors in FLOORS["documents"][name]["floors"].items()
        for measure, floor in floors.items()
        if kind not in scores or scores[kind][measure] < floor
    }
    assert not below


@pytest.mark.parametrize("name", FLOORS["documents"])
def test_the_annotated_text_is_the_one_the_floors_were_set_on(name):
    digest = hashlib.sha256((SHARED / "seeds" / f"{name}.txt").read_bytes()).hexdigest()
    assert digest == FLOORS["documents"][name]["sha256"]


@pytest.mark.parametrize("name", ["000", "001"])
def test_no_source_note_is_seen_where_none_stands(name):
    scores = _scores(name)
    assert "citation" not in scores or scores["citation"]["precision"] == 1.0
