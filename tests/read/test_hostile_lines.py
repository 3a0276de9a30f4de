"""No line of text, however made, may keep a reader busy: patterns must not try every way to cut it."""

from __future__ import annotations

import time

import pytest

from cunzhao.read import read

LINES = {
    "organs without end": "局" * 118 + "x",
    "organs and spaces": "局 " * 59 + "x",
    "digits": "1" * 250 + "x",
    "buttons": "大中小微信扫一扫" * 30 + "x",
    "about and about": "关于" * 118 + "x",
    "labels": "来源：" * 90,
    "spaced labels": "发 文 " * 900,
    "brackets": "（" * 240,
    "numbers": "一、" * 100,
    "dots": "1." * 120,
    "dashes": "— " * 120 + "x",
    "dates": "2023年3月" * 40,
    "spaces": "渡" + " " * 20_000 + "口",
    "angle brackets": "<" * 5_000,
    "one long sentence": "渡口，" * 100_000,
    "a million colons": "：" * 1_000_000,
    "circled": "。①" * 30_000,
    "separators": "_-" * 5_000,
    "no stop": "渡" * 200_000,
}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("mime", ["text/plain", "text/markdown", "text/html"])
def test_a_hostile_line_is_read_in_seconds(name: str, mime: str) -> None:
    line = LINES[name]
    lines = ["关于渡口改造的通知", line, "各县人民政府：", "请认真执行，抓好落实。", line, "2023年3月6日"]
    text = "\n".join(lines)
    if mime == "text/html":
        text = f"<title>{line[:300]}</title><h1>{line[:300]}</h1>" + "".join(f"<p>{x}</p>" for x in lines)
    began = time.monotonic()
    read(text.encode(), mime=mime)
    assert time.monotonic() - began < 5
