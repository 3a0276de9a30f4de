"""A file tells its day, source and author in the lines under its title."""

from importlib.resources import files

import pytest

from cunzhao.read import read

BODY = "今年以来，河湾市经济运行总体平稳，稳中有进。\n全市上下抓项目、促投资，重点工程有序推进。"


@pytest.mark.parametrize(
    ("line", "published", "source", "author"),
    [
        ("来源：河湾日报　记者 林小川　2021年6月3日 08:20", "2021-06-03T08:20", "河湾日报", "林小川"),
        ("河湾日报 2021-06-03 第02版", "2021-06-03", "河湾日报", None),
        (
            "信息来源：河湾市统计局    发布时间：2021-06-03    浏览次数：12",
            "2021-06-03",
            "河湾市统计局",
            None,
        ),
        ("——2021年1月8日在河湾市第六届人民代表大会第四次会议上", "2021-01-08", None, None),
        (
            "河湾日报讯（记者 林小川）2021年6月3日　初夏的河湾，麦浪翻滚，全市夏收正忙。",
            "2021-06-03",
            None,
            "林小川",
        ),
        ("2021年第6期（总第80期）　市图书馆编　2021年6月3日", "2021-06-03", None, None),
    ],
)
def test_a_line_under_the_title_tells_of_the_document(line, published, source, author):
    document = read(f"河湾市上半年经济观察\n{line}\n{BODY}".encode(), mime="text/plain")
    assert document.title == "河湾市上半年经济观察"
    assert (document.published, document.source, document.author) == (published, source, author)
    assert [h.title for h in document.outline] == ["河湾市上半年经济观察"]


def test_a_date_in_the_text_is_not_that_of_the_document():
    document = read(f"河湾市上半年经济观察\n2019年3月2日，新区正式揭牌。\n{BODY}".encode(), mime="text/plain")
    assert document.published is None


def test_questions_in_an_interview_with_sections_are_talk():
    text = (
        "访河湾市发展改革委主任林远\n爬坡的时候最怕松劲\n记者：先请您打个分。\n林远：可以打八十分，我们还有差距，要继续努力。\n"
        "记者：差距在哪里？\n林远：主要在创新能力上，企业研发投入还不够多。\n把目标拆成项目\n"
        "记者：钱从哪来？\n林远：一靠市场，二靠改革，三靠开放。\n"
    )
    titles = [h.title for h in read(text.encode(), mime="text/plain").outline]
    assert titles == ["访河湾市发展改革委主任林远", "爬坡的时候最怕松劲", "把目标拆成项目"]


def test_a_heading_may_hold_a_colon():
    text = f"三城比较\n一、总量：差距收窄\n{BODY}\n二、研发：强度看投入\n{BODY}\n"
    assert [h.title for h in read(text.encode(), mime="text/plain").outline][1:] == [
        "总量：差距收窄",
        "研发：强度看投入",
    ]


def test_an_article_under_a_chapter_keeps_its_heading_though_it_ends_as_an_organ_does():
    page = files("cunzhao.sample").joinpath("www", "lib", "zt", "2024", "03.html")
    article = read(page.read_bytes(), mime="text/html").articles[0]
    assert (article.title, article.chapter) == ("通勤月票扩大到县城站", "政策动态")
