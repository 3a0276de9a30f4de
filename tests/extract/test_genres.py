"""Documents of our own in other genres, cities and years give the facts their tables expect."""

import json
from pathlib import Path

import pytest

from tests.extract.marked import read_marked, score

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["own"]


@pytest.mark.parametrize(("name", "kind"), [(n, k) for n, kinds in FLOORS.items() for k in kinds])
def test_the_expected_facts_are_found(name, kind):
    result = score(read_marked(name), kind)
    found, complete = FLOORS[name][kind]
    assert result["found"] >= found, result["wrong"]
    assert result["complete"] >= complete, result["wrong"]


@pytest.mark.parametrize("name", FLOORS)
def test_every_quote_is_what_stands_at_its_place(name):
    marked = read_marked(name)
    text = marked.document.text
    assert all(text[f["start"] : f["end"]] == f["quote"] for f in marked.facts())


@pytest.mark.parametrize("name", FLOORS)
def test_facts_come_by_place(name):
    starts = [f["start"] for f in read_marked(name).facts()]
    assert starts == sorted(starts)
