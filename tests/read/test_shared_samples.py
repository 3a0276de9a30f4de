"""The sample site and the seed documents beside the checkout: floors of what is found on them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from cunzhao.read import read
from cunzhao.read.types import Document

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")
TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def sample(path: str) -> Document:
    file = SHARED / path
    return read(file.read_bytes(), mime=TYPES[file.suffix], name=file.name)


def four_gram_f1(got: str, wanted: str) -> float:
    def grams(text: str) -> Counter[str]:
        text = re.sub(r"\s", "", text)
        return Counter(text[i : i + 4] for i in range(len(text) - 3))

    a, b = grams(got), grams(wanted)
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


def seed(name: str, begin: str = "", end: str = "") -> str:
    text = (SHARED / "seeds" / name).read_text("utf-8")
    return text[text.index(begin) if begin else 0 : text.index(end) if end else None]


def article() -> str:
    document = sample("seeds/000.txt")
    body = seed("000.txt", "缪琦\n", "长三角金融一体化有六大")
    return f"{document.title}\n{body}"


@pytest.mark.parametrize("name", ["000", "001", "003-part1"])
def test_headings_of_the_seeds_are_all_found(name: str, tmp_path: Path) -> None:
    document = sample(f"seeds/{name}.txt")
    text, facts = tmp_path / "text", tmp_path / "facts"
    text.write_text(document.text, "utf-8")
    rows = [
        {
            "kind": "heading",
            "start": h.start,
            "end": h.end,
            "level": h.level,
            "number": h.number,
            "title": h.title,
        }
        for h in document.outline
    ]
    facts.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    gold = SHARED / "gold" / f"{name}.jsonl"
    command = [sys.executable, SHARED / "gold" / "score.py", gold, text, facts, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    score = json.loads(done.stdout)["heading"]
    assert score["f1"] >= 0.97
    assert score["level"] >= 0.95


@pytest.mark.parametrize("name", ["000", "001", "003-part1"])
def test_a_seed_keeps_every_character(name: str) -> None:
    assert "".join(sample(f"seeds/{name}.txt").text.split()) == "".join(seed(f"{name}.txt").split())


def test_the_plan_s_page_is_read_whole() -> None:
    document = sample("site/www/zwgk/art_2019_10_28_001.html")
    assert four_gram_f1(document.text, seed("001.txt", "中共绍兴市委办公室")) >= 0.99
    assert document.published == "2019-11-05T10:12"
    assert document.source == "市发改委（市粮食物资局）"
    assert document.document_date == "2019-10-28"
    assert document.issuers == ("中共绍兴市委办公室", "绍兴市人民政府办公室")
    assert document.title == document.outline[0].title
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("path", "published", "source", "floor"),
    [
        ("news/2019/100105403.html", "2019-01-21T09:03:36", "第一财经", 0.999),
        ("repost/8812.htm", "2019-01-22T08:15", "第一财经（转载）", 0.98),
    ],
)
def test_the_news_and_its_repost_are_read_without_what_surrounds_them(
    path: str, published: str, source: str, floor: float
) -> None:
    document = sample(f"site/www/{path}")
    assert four_gram_f1(document.text, article()) >= floor
    assert document.title == sample("seeds/000.txt").title
    assert (document.published, document.source) == (published, source)


@pytest.mark.parametrize(
    ("path", "wanted", "floor"),
    [
        ("files/compilation.pdf", ("003-part1.txt", ""), 0.99),
        ("files/plan.docx", ("001.txt", "中共绍兴市委办公室"), 0.999),
    ],
)
def test_the_files_of_the_site_are_read_whole(path: str, wanted: tuple[str, str], floor: float) -> None:
    assert four_gram_f1(sample(f"site/www/{path}").text, seed(*wanted)) >= floor


def test_the_two_column_pdf_is_read_in_order() -> None:
    text = "".join(sample("site/www/files/columns.pdf").text.split())
    assert text in "".join(article().split())
