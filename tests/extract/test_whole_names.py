"""The names of indicators that the ledger knows are read whole, whatever stands round them."""

import json
from importlib.resources import files
from itertools import cycle

from cunzhao.extract import extract
from cunzhao.read.types import Document

SENTENCES = (
    "全市经济运行平稳，{}达到了100万吨。",
    "去年，衢州市的{}是100亿元。",
    "{}由2015年的80亿元提高到2020年的100亿元。",
    "预计到2025年，全市{}突破100亿元。",
    "2019年1—9月，衢州市{}同比下降3.5%，降幅比上半年收窄0.5个百分点。",
    "局长说，现在我们的{}只有100亿元，明年要干到120亿元。",
)
# A deed told with a name (完成投资) is none of it.
DEEDS = (
    "完成",
    "实现",
    "全年",
    "全市",
    "全省",
    "全国",
    "年末",
    "引进",
    "累计",
    "签订",
    "年均",
    "建成",
    "拥有",
    "对一带",
)


def names(value: object) -> set[str]:
    if isinstance(value, str):
        return {value}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(names, parts))


def test_names_of_indicators_are_read_whole() -> None:
    known = json.loads((files("cunzhao.ledger") / "indicators.json").read_text("utf-8"))
    asked = sorted(
        n for n in names(known["subjects"])
        if len(n) > 2 and all("一" <= c <= "龥" for c in n) and "占" not in n and not n.startswith(DEEDS)
    )  # fmt: skip
    cut = {}
    for name, sentence in zip(asked, cycle(SENTENCES), strict=False):
        facts = extract(Document(text=sentence.format(name), blocks=()), kinds=["figure"])
        read = facts[0].fields["indicator"] if facts else None
        if read != name:
            cut[name] = read
    assert len(asked) > 1000
    assert len(cut) <= 0.025 * len(asked), cut
