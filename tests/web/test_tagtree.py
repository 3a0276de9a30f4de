"""Tags as the side of the home page lists them."""

from cunzhao.core.values.workbench import TagCount
from cunzhao.web.showing.tagtree import followed


def test_the_tags_used_most_come_first_and_those_below_follow_their_own() -> None:
    tags = [
        TagCount(name="资料", links=9, all=9),
        TagCount(name="领域", links=0, all=5),
        TagCount(name="领域/交通", links=1, all=2),
        TagCount(name="领域/交通/轨道", links=1, all=1),
        TagCount(name="领域/科技", links=3, all=3),
        TagCount(name="地区", links=6, all=6),
    ]
    listed = [(branch.short, depth) for branch, depth in followed(tags, 5)]
    assert listed == [("资料", 0), ("地区", 0), ("领域", 0), ("科技", 1), ("交通", 1)]
