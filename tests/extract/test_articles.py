"""In a compilation 今年 and 上半年 mean the year of the article that says so."""

from cunzhao.extract import extract
from cunzhao.read import read

SAID = "上半年，青河市新改造渡口12座，群众出行更加方便，各县区普遍反映良好，沿河乡镇积极配合。"


def periods(*lines: str) -> list[str | None]:
    document = read("\n".join(lines).encode(), mime="text/plain")
    assert document.articles
    return [fact.fields["period"] for fact in extract(document, kinds={"figure"})]


def test_a_note_below_the_title_dates_the_article_under_it() -> None:
    assert periods(
        "渡口改造动态", "青河市改造渡口", "来源：青河日报 2022-07-06", SAID, "渡口改造提速", "来源：青河日报 2023-07-18", SAID
    ) == ["2022-01/2022-06", "2023-01/2023-06"]  # fmt: skip


def test_a_note_behind_the_text_dates_the_article_above_it() -> None:
    assert periods(
        "渡口改造动态", "青河市改造渡口", SAID, "（来源：青河日报 2022-07-06）", "渡口改造提速", SAID, "（来源：青河日报 2023-07-18）"
    ) == ["2022-01/2022-06", "2023-01/2023-06"]  # fmt: skip
