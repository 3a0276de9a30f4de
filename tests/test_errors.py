"""Every error names its input and the mend in both languages, in one JSON shape, across process borders."""

from __future__ import annotations

import pickle
import re
import string
from collections.abc import Iterator

import pytest

from cunzhao import errors
from cunzhao.core.queries.rows import error_from_row, error_to_row


def tree(kind: type[errors.CunzhaoError]) -> Iterator[type[errors.CunzhaoError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from tree(below)


def sample(kind: type[errors.CunzhaoError]) -> errors.CunzhaoError:
    templates = "".join((kind.zh, kind.en, kind.mend_zh, kind.mend_en))
    names = {name for _, name, _, _ in string.Formatter().parse(templates) if name}
    return kind("http://例.cn/a", **{name: f"<{name}>" for name in names - {"input", "mend", "mend_en"}})


ALL = sorted(tree(errors.CunzhaoError), key=lambda kind: kind.__name__)
TOLD = [kind for kind in ALL if "code" in vars(kind)]


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in TOLD]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("kind", TOLD)
def test_it_names_the_input_and_the_mend_in_both_languages(kind: type[errors.CunzhaoError]) -> None:
    error = sample(kind)
    zh, en = error.text("zh"), error.text("en")
    assert zh.startswith("http://例.cn/a：") and en.startswith("http://例.cn/a: ")
    assert re.search("[一-鿿]", error.mend("zh")) and error.mend("en").isascii()


@pytest.mark.parametrize("kind", TOLD)
def test_one_json_shape(kind: type[errors.CunzhaoError]) -> None:
    shape = sample(kind).as_json("zh")
    assert set(shape) == {"error"} and set(shape["error"]) == {"code", "input", "message", "mend"}


@pytest.mark.parametrize("kind", TOLD)
def test_it_survives_a_process_border_and_the_database(kind: type[errors.CunzhaoError]) -> None:
    error = sample(kind)
    for copy in (pickle.loads(pickle.dumps(error)), error_from_row(error_to_row(error))):
        assert type(copy) is kind and copy.text("zh") == error.text("zh")


def test_an_error_of_a_later_version_is_still_told() -> None:
    row = {"code": "from-the-future", "input": "x", "values": {"detail": "坏了"}}
    assert "坏了" in error_from_row(row).text("zh")
