"""On the annotated documents of our own the scores do not fall below the floors of floors.json ("gold").

Those held out have no floors, so that nobody mends rules for them; all that is asked of them is that quantities are
found.
"""

import json
from pathlib import Path

import pytest

from cunzhao import read
from cunzhao.extract import extract
from cunzhao.extract.scoring import score

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))["gold"]
HELD_OUT = sorted(path.stem for path in (HERE / "gold" / "held").glob("*.txt"))


def scores(part: str, name: str) -> dict:
    path = HERE / "gold" / part / f"{name}.txt"
    document = read.read(path.read_bytes(), mime="text/plain", name=path.name)
    gold = [json.loads(line) for line in path.with_suffix(".jsonl").read_text("utf-8").splitlines()]
    return score(gold, [fact.to_json() for fact in extract(document)], document.text)


@pytest.mark.parametrize("name", FLOORS)
def test_scores_of_a_training_document_stay_above_its_floors(name):
    found = scores("train", name)
    below = {
        kind: (round(found[kind].f1, 3), round(found[kind].complete, 3))
        for kind, (f1, complete) in FLOORS[name].items()
        if found[kind].f1 < f1 or found[kind].complete < complete
    }
    assert not below


def test_every_training_document_has_floors():
    assert sorted(FLOORS) == sorted(path.stem for path in (HERE / "gold" / "train").glob("*.txt"))


def test_a_third_of_the_documents_is_held_out():
    assert len(HELD_OUT) * 3 >= len(HELD_OUT) + len(FLOORS)


@pytest.mark.parametrize("name", HELD_OUT)
def test_figures_of_a_document_held_out_are_found(name):
    assert scores("held", name)["figure"].f1 >= 0.9
