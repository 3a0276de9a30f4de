"""The commands that keep order do what they say, on one data folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cunzhao.cli import cunzhao
from cunzhao.core import Core
from cunzhao.settings import Settings
from tests.core.links import given


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cunzhao, ["--home", str(home), *words], env={"LANG": "zh_CN.UTF-8"})
    assert done.exit_code == code, done.output
    return done


def test_tags_and_notes(home: Path):
    with Core.open(Settings(home=home)) as core:
        [link] = given(core, "http://a.cn/", tags=("交通/轨道",))
    change = json.loads(run(home, "tags", "rename", "交通", "领域/交通", "--json").stdout)
    assert run(home, "tags", "list").stdout.split() == ["1", "领域", "1", "领域/交通", "1", "领域/交通/轨道"]
    assert "已撤销" in run(home, "tags", "undo", change["id"]).stdout
    assert "没有" in run(home, "tags", "rename", "没有", "有", code=1).stderr
    run(home, "tags", "rename", "交通", "长" * 10_000, code=2)
    assert run(home, "tags", "suggest", link).stdout == ""
    run(home, "note", link, "记下")
    with Core.open(Settings(home=home)) as core:
        assert (core.link(link).note, core.link(link).tags) == ("记下", ("交通/轨道",))


def test_collections(home: Path):
    with Core.open(Settings(home=home)) as core:
        a, b = given(core, "http://a.cn/", "http://b.cn/")
    id = run(home, "collection", "new", "都市圈", "--note", "注").stdout.strip()
    run(home, "collection", "add", "都市圈", a, b)
    run(home, "collection", "arrange", id, b, a)
    run(home, "collection", "edit", id, "--title", "圈")
    shown = [
        json.loads(line)["id"] for line in run(home, "collection", "show", "圈", "--json").stdout.splitlines()
    ]
    assert shown == [b, a]
    run(home, "collection", "take", "圈", b)
    assert run(home, "collection", "list").stdout.split() == [id, "1", "圈"]
    assert run(home, "collection", "drop", "圈").stdout.strip() == id
    assert run(home, "collection", "list").stdout == ""
    run(home, "collection", "restore", id)
    assert "圈" in run(home, "collection", "list").stdout


def test_saved_searches(home: Path):
    with Core.open(Settings(home=home)) as core:
        core.upload([("a.txt", "轨道交通规划\n\n轨道交通三号线开工。".encode())], tags=("交通",))
    id = run(home, "searches", "save", "规划", "q=轨道&tag=交通").stdout.strip()
    run(home, "searches", "save", "全部", "三号线")
    assert run(home, "searches", "list").stdout.splitlines()[1].endswith("规划  q=轨道&tag=交通")
    [hit] = [json.loads(line) for line in run(home, "searches", "run", "规划", "--json").stdout.splitlines()]
    assert hit["tags"] == ["交通"] and "轨道交通规划" in run(home, "searches", "run", "全部").stdout
    run(home, "searches", "edit", "规划", "--name", "新规划", "--query", "没有的词")
    assert run(home, "searches", "run", id).stdout == ""
    assert run(home, "searches", "drop", "新规划").stdout == "新规划  q=没有的词\n"
    assert "没有" in run(home, "searches", "run", "新规划", code=1).stderr
    run(home, "searches", "save", "全部", "x", code=2)
