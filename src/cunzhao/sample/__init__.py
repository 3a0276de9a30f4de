"""The sample site: pages that we wrote, served over HTTP on loopback, for a first look and for tests.

`www/` stands for five sites of an invented city administration (a government, its statistics bureau, a news
site, an old portal in GBK, a library's digest); people and figures are made up, and each footer says so. Part
of the rim: `cunzhao serve --sample` starts it and captures `urls(base)`.

Two contradictions are meant to be found, both between the 2024 work report and the communiqué for 2023:
一般公共预算收入 198.6亿元 and 192.3亿元 (real), 接待游客 4826万人次 and 482.6万人次 (a power of ten).
Two pairs are meant not to be: 地区生产总值 2125亿元 and 2125.2亿元 (rounding), 港口货物吞吐量 近1300万吨
and 1286.4万吨.

The plan has a Word file attached (重点任务责任分工表), the report of three years has two pages (下一页):
both are kept with their page.

Thin: no page drawn by script, no PDF, no feed, no list over several pages; the pages never change, so that a
second capture shows nothing new.
"""
