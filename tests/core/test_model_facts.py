"""What a language model adds is kept with the snapshot, labelled; what it breaks costs the snapshot nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cunzhao.core import Core
from cunzhao.extract.model import client
from cunzhao.settings import Settings
from tests.extract.modelserver import Answer, playing, told

TEXT = "清江市统计快讯\n\n2023年，清江市旅游收入51.6亿元。清江市和临江银行往来密切，已经携手十年。\n"
SAID = {
    "kind": "agreement", "quote": "清江市和临江银行往来密切", "parties": ["清江市", "临江银行"], "form": None,
    "about": None, "date": None, "nature": "actual",
}  # fmt: skip


@pytest.mark.parametrize("good", [True, False])
def test_a_snapshot_has_the_facts_of_the_rules_and_those_of_the_model(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, good: bool
) -> None:
    monkeypatch.setattr(client, "WAITS_S", (0.0,))
    with playing(told(SAID) if good else Answer(b"{")) as played:
        asked = replace(settings, model_address=played.address, model_name="some-lab/" + "long-name-" * 9)
        with Core.open(asked) as core:
            [row] = core.upload([("快讯.txt", TEXT.encode())])
            facts = core.snapshot(row.snapshot or "").facts
    assert [f.span.quote for f in facts if f.extractor == "figure"] == ["51.6亿元"]
    model = [f for f in facts if f.extractor.startswith("model:long-name-")]
    assert [f.span.quote for f in model] == (["清江市和临江银行往来密切"] if good else [])
    assert len(played.asked) == (1 if good else 2)
