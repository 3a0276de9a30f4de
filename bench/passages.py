"""Made-up passages to search: words of a made-up language whose bigrams are as frequent as in Chinese.

Calibrated on 86,000 characters of planning texts, where 50,000 bigrams are 19,500 different ones and the
thousand most frequent make 41% of them; here they are 20,900 and 45%: frequent words are a little more so.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

from cunzhao.organize.types import Indexable

CITIES = ("330100", "330200", "330400", "330500", "330600", "320500", "320200", "310000", "340100", "340200")
ENDINGS = ("的通知", "的意见", "统计公报", "行动计划", "工作报告", "", "", "")
SOURCES = tuple(f"来源{n}" for n in range(200))


def generated(count: int, length: int = 157, seed: int = 2026) -> Iterator[str]:
    rng = random.Random(seed)
    characters = [chr(0x4E00 + n) for n in rng.sample(range(20_000), 2_500)]
    common = list(accumulate(1 / (rank + 8) for rank in range(len(characters))))
    sizes = (1, 2, 2, 2, 2, 3, 4)
    words = ["".join(rng.choices(characters, cum_weights=common, k=rng.choice(sizes))) for _ in range(10_000)]
    weights = list(accumulate(1 / (rank + 10) ** 1.1 for rank in range(len(words))))
    for _ in range(count):
        yield "".join(rng.choices(words, cum_weights=weights, k=length * 10 // 23))


def made(n: int, text: str) -> Indexable:
    """The text as a document, its first characters its title, as a reader gives it."""
    rng = random.Random(n)
    title = text[: rng.randrange(10, 25)] + rng.choice(ENDINGS)
    return Indexable(
        snapshot=f"{n:016}",
        title=title,
        text=f"{title}\n{text[len(title) :]}",
        tags=(f"领域/标签{rng.randrange(60)}",) if rng.random() < 0.5 else (),
        date=f"{rng.randrange(2008, 2026)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}",
        collections=(f"专题{rng.randrange(20)}",) if rng.random() < 0.2 else (),
        areas=(rng.choice(CITIES),),
        source=rng.choice(SOURCES),
        verdict="complete" if rng.random() < 0.9 else "partial",
    )
