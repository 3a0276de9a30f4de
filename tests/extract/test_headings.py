"""Headings as facts: the reader's outline, but for what is talk."""

from cunzhao.extract import extract
from cunzhao.read import read

INTERVIEW = """“路通了，心就近了”
县交通运输局局长方以宁同记者算了一笔账。

记者：县里的路修到哪一步了？

方以宁：去年修了120公里，今年再修80公里，村村都通了客车。

记者：钱从哪里来？

方以宁：省里补一半，县里出一半，一共3.2亿元。
"""


def test_the_questions_of_an_interview_lead_through_it_and_are_no_headings():
    document = read(INTERVIEW.encode(), mime="text/plain", name="a.txt")
    questions = [h.title for h in document.outline if h.spoken]
    assert questions == ["记者：县里的路修到哪一步了？", "记者：钱从哪里来？"]
    titles = [f.fields["title"] for f in extract(document, kinds=["heading"])]
    assert titles[0].startswith("“路通了，心就近了”") and not set(titles) & set(questions)
