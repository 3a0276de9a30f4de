"""Which pieces of a text stand for it among the hits."""

from cunzhao.organize.places import find_places, snippets

TITLE = "绍兴市推进长三角区域一体化发展行动计划。" + "绍兴位于中心区，既是绍兴的责任，也是绍兴的机遇。" * 8
FIGURE = "到2025年，全市研发经费占地区生产总值的比重达到3.5%。"


def test_of_several_words_each_is_shown_though_one_stands_far_behind():
    text = TITLE + FIGURE + "展望以后。" * 30

    shown = snippets(text, find_places(text, ["绍兴", "研发经费"]))

    assert len(shown) == 3
    assert shown[0].text.startswith("绍兴市推进")
    assert "研发经费" in shown[-1].text
    assert [piece.start for piece in shown] == sorted(piece.start for piece in shown)


def test_a_piece_that_holds_all_the_words_comes_before_others():
    text = TITLE[:100] + "经费另列。" * 30 + "绍兴市研发经费达到260.5亿元。" + "再议。" * 40 + TITLE

    [piece] = snippets(text, find_places(text, ["绍兴", "研发经费"]), limit=1)

    assert piece.text.startswith("绍兴市研发经费达到260.5亿元")


def test_of_one_word_the_first_places_are_shown():
    places = find_places(TITLE + FIGURE, ["绍兴"])

    first, second, _ = snippets(TITLE + FIGURE, places)

    assert (first.start, second.start) == (0, places[len(first.marks)][0])
