"""The page of indicators, asked as a browser without script asks: names added, refused, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from cunzhao import settings as configured
from cunzhao.core import Core
from cunzhao.web.application import app

TEXT = (
    "2023年，绍兴市地区生产总值7791亿元。村集体总收入120亿元，村集体经济收入118亿元。新增<b>院士工作站3个。\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("indicators")
    path = Path(folder) / "公报.txt"
    path.write_text(TEXT, "utf-8")
    with Core.open(configured.load({}, home=folder / "home")) as core:
        list(core.import_files([path]))
        yield TestClient(app(core), base_url="http://localhost", follow_redirects=True)


def seen(answer) -> str:
    assert answer.headers["content-type"].startswith("text/html")
    return re.sub(r"\s+", "", html.fromstring(answer.text).xpath("string(//main)"))


def test_the_list_names_each_indicator_with_its_figures_and_a_way_to_merge_it(site: TestClient):
    page = site.get("/indicators")
    tree = html.fromstring(page.text)

    assert {"地区生产总值", "村集体总收入", "村集体经济收入"} <= {
        row.text_content().split("常用指标")[0].strip() for row in tree.xpath("//tbody//th")
    }
    assert "/figures?indicator=" in page.text
    [merge] = tree.xpath('//a[contains(@aria-label, "归并：村集体总收入")]/@href')
    [typed] = html.fromstring(site.get(merge).text).xpath('//input[@name="alias"]/@value')
    assert typed == "村集体总收入"


def test_a_filter_finds_by_name_and_says_when_there_is_none(site: TestClient):
    assert "2个" in seen(site.get("/indicators?q=村集体"))
    assert "没有名称或写法里有“<script>”的指标" in seen(site.get("/indicators", params={"q": "<script>"}))


def test_merged_and_undone_by_forms_alone(site: TestClient):
    origin = {"origin": "http://localhost"}
    done = site.post("/indicators", data={"alias": "村集体总收入", "name": "村集体经济收入"}, headers=origin)
    assert "“村集体总收入”已归入“村集体经济收入”" in seen(done)
    assert ">2</a></td>" in site.get("/indicators?q=村集体").text
    [told] = site.get("/api/indicators").json()["aliases"]
    assert (told["alias"], told["name"]) == ("村集体总收入", "村集体经济收入")

    undone = site.post("/indicators/undo", data={"alias": "村集体总收入"}, headers=origin)
    assert "已撤销" in seen(undone) and "2个" in seen(site.get("/indicators?q=村集体"))
    again = site.post("/indicators/undo", data={"alias": "村集体总收入"}, headers=origin)
    assert again.status_code == 200  # taken back already, in another window


def test_what_makes_no_sense_is_said_in_words_and_stays_in_the_form(site: TestClient):
    answer = site.post("/indicators", data={"alias": "GDP", "name": "地区生产总值"})
    assert answer.status_code == 422
    assert "“GDP”和“地区生产总值”已经是同一个指标" in seen(answer)
    assert html.fromstring(answer.text).xpath('//input[@name="alias"]/@value') == ["GDP"]


def test_the_interface_adds_a_name_refuses_nonsense_and_takes_it_back(site: TestClient):
    made = site.post("/api/indicators/aliases", json={"alias": "院士工作站/个", "name": "院士工作站数"})
    assert (made.status_code, made.json()["name"]) == (201, "院士工作站数")
    wrong = site.post("/api/indicators/aliases", json={"alias": "甲", "name": " "})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "usage")
    assert site.delete("/api/indicators/aliases/院士工作站/个").status_code == 204
    assert site.delete("/api/indicators/aliases/院士工作站/个").status_code == 404
