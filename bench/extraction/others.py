"""Quantities by other programs; run in an environment apart, as jionlp brings a GPL library with it.

    uv venv others && uv pip install --python others/bin/python jionlp recognizers-text-suite 'emoji<2'

Standard input: one JSON object a line, {"document": name, "paragraphs": [text without white space]}. Standard
output: one line for each tool and document, {"tool", "document", "seconds", "errors", "found"}, where
found is a list of [paragraph, start, end, value or null, unit or null]. What is loaded at first use is not
counted; a paragraph on which a tool fails counts among its errors.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

Found = tuple[int, int, float | None, str | None]
_PRINTED = re.compile(r"^[^\d]*[\d.,]+[百千万亿]*")


def tools() -> dict[str, Callable[[str], Iterator[Found]]]:
    suite, jio = import_module("recognizers_suite"), import_module("jionlp")

    def recognizer(name: str) -> Callable[[str], Iterator[Found]]:
        ask = getattr(suite, f"recognize_{name}")

        def found(text: str) -> Iterator[Found]:
            for one in ask(text, suite.Culture.Chinese):
                unit = None if name in ("number", "datetime") else _PRINTED.sub("", one.text)
                value = (one.resolution or {}).get("value")
                yield one.start, one.end + 1, _number(value), unit

        return found

    def money(text: str) -> Iterator[Found]:
        for one in jio.ner.extract_money(text, with_parsing=True):
            value = one["detail"]["num"]
            low = value[0] if isinstance(value, list) else value
            yield one["offset"][0], one["offset"][1], _number(low), one["detail"]["case"]

    def times(text: str) -> Iterator[Found]:
        base = {"year": 2020, "month": 1, "day": 1}
        for one in jio.ner.extract_time(text, time_base=base, with_parsing=True):
            yield one["offset"][0], one["offset"][1], None, None

    def places(text: str) -> Iterator[Found]:
        jio.recognize_location(text)  # it tells no offsets
        return iter(())

    models = ("currency", "percentage", "dimension", "number", "datetime")
    return {
        **{f"Recognizers-Text {name}": recognizer(name) for name in models},
        "jionlp money": money,
        "jionlp time": times,
        "jionlp location": places,
    }


def _number(value: Any) -> float | None:
    try:
        return float(str(value).rstrip("%"))
    except ValueError:
        return None


def main() -> None:
    warnings.simplefilter("ignore")
    asked = [json.loads(line) for line in sys.stdin]
    out = sys.stdout
    sys.stdout = sys.stderr  # libraries greet
    for name, ask in tools().items():
        list(ask("2018年北京市投资5亿元，增长2%。"))
        for document in asked:
            found, errors, begun = [], 0, time.process_time()
            for n, text in enumerate(document["paragraphs"]):
                try:
                    found += [(n, *one) for one in ask(text)]
                except Exception:
                    errors += 1
            seconds = time.process_time() - begun
            told = {"tool": name, "document": document["document"], "seconds": seconds}
            print(json.dumps({**told, "errors": errors, "found": found}), file=out)


if __name__ == "__main__":
    main()
