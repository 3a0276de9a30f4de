"""The search pages: wrong filters are told in words, and links keep what was asked."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from cunzhao.core.values.search import SearchPage, SearchWanted
from cunzhao.organize.filters import read_filters
from cunzhao.web.showing.addresses import Addresses
from tests.web.fake_core import FakeCore


def test_a_wrong_filter_is_told_in_words_with_a_way_out(client, core: FakeCore, monkeypatch) -> None:
    def search(*, wanted: SearchWanted) -> SearchPage:
        read_filters(wanted.narrow)
        raise AssertionError

    monkeypatch.setattr(core, "search", search)

    answer = client.get("/search", params={"q": "绍兴", "from": "<script>"})

    assert answer.status_code == 422
    notice = html.fromstring(answer.text).xpath("//*[@role='alert']")[0]
    assert "from=<script>：这不是日期" in notice.text_content()
    assert notice.xpath(".//a/@href") == ["/search?q=%E7%BB%8D%E5%85%B4"]


def test_filters_of_the_address_stand_on_the_page_and_can_be_taken_off(client) -> None:
    tree = html.fromstring(client.get("/search?q=轨道&tag=都市圈&from=2019").text)

    [shown] = tree.xpath("//*[@class='filters']")
    assert "标签 都市圈" in shown.text_content() and "起始日期 2019" in shown.text_content()
    assert "/search?q=%E8%BD%A8%E9%81%93&from=2019" in shown.xpath(".//a/@href")


def test_pages_of_facts_and_of_abbreviations_open(client) -> None:
    assert client.get("/search/facts?indicator=研发经费&area=绍兴&year=2025").status_code == 200
    assert "发改委 = 发展和改革委员会" in client.get("/search/aliases").text


def test_where_nothing_is_found_the_page_tells_what_less_would_find(
    client, core: FakeCore, monkeypatch
) -> None:
    found = core.search

    def search(*, wanted: SearchWanted) -> SearchPage:
        return replace(found(wanted=wanted), terms=tuple(wanted.q.split()), total=0, hits=())

    monkeypatch.setattr(core, "search", search)
    counts = {"清江": 2, "量子": 0, "清江 量子": 5}
    monkeypatch.setattr(core, "count", lambda wanted: counts[wanted.q], raising=False)
    [offers] = html.fromstring(client.get("/search?q=清江 量子&tag=都市圈").text).xpath(
        "//*[@class='looser']"
    )
    assert (
        "只查“清江” 2 个快照" in " ".join(offers.text_content().split())
        and "不限标签" in offers.text_content()
    )
    assert "量子" not in offers.text_content()


def test_addresses_change_one_thing_and_keep_the_rest() -> None:
    links = Addresses(SearchWanted(q="a b", narrow={"tag": ("x", "y")}, sort="date", cursor="c"))

    assert links.behind("d") == "/search?q=a+b&tag=x&tag=y&sort=date&cursor=d"
    assert links.widened("tag", "x") == "/search?q=a+b&tag=y&sort=date"
    assert links.narrowed("year", "2019") == "/search?q=a+b&tag=x&tag=y&from=2019&to=2019&sort=date"
    assert links.free() == "/search?q=a+b&sort=date"
    assert links.exact() == "/search?q=%22a+b%22&tag=x&tag=y&sort=date"
