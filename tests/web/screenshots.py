"""Pictures of every page for review. usage: python -m tests.web.screenshots [FOLDER] [PART OF A NAME]

Desktop (1280), phone (390), dark, English; empty pages, long titles, many rows, errors; the journeys. The real
product on loopback, with invented content (`workbench.py`). The index is FOLDER/README.md.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cunzhao.collect.browser.program import is_root
from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.web import app
from tests.serving import served
from tests.web import tensite
from tests.web.camera import Camera
from tests.web.journeys import morning
from tests.web.workbench import ADMINISTRATOR, PASSWORD, Workbench, workbench

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
MOST_BYTES = 6_000_000  # all together


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    path: str
    shows: str
    also: str = ""  # of: phone, dark, english
    then: Callable[[Page], object] | None = None  # what is done before


SHOTS = (
    Shot("home", "/", "链接：列表、添加、标签、专题", "phone dark english"),
    Shot("home-tag", "/?tag=地区", "一个标签下的链接（连同下级标签）"),
    Shot("keys", "/", "快捷键", then=lambda page: page.keyboard.press("?")),
    Shot("job", "/jobs/{job}", "一次添加的进度：成功、已有、失败与办法", "phone"),
    Shot("link", "/links/{link}", "一条链接：各次快照，正文有无变化", "phone"),
    Shot("compare", "/links/{link}/compare?a={older}&b={newer}", "两次快照的正文对照", "phone dark"),
    Shot("snapshot", "/snapshot/{snapshot}", "快照：原貌与读出的数据", "phone dark english"),
    Shot("snapshot-text", "/snapshot/{snapshot}?pane=text&at={at}#place", "快照：正文，所选数据高亮", "phone dark"),
    Shot("snapshot-plan", "/snapshot/{plan}?pane=text", "计划：任务、目录与正文"),
    Shot("snapshot-meta", "/snapshot/{snapshot}?pane=meta", "快照：元数据"),
    Shot("snapshot-kept", "/snapshot/{snapshot}?pane=kept", "快照：资源与各自的 WARC 位置", "phone"),
    Shot("snapshot-log", "/snapshot/{snapshot}?pane=log", "快照：抓取日志"),
    Shot("capture-record", "/snapshot/{snapshot}/record", "取证记录"),
    Shot("fact", "/snapshot/{snapshot}/facts/{fact}", "改正一项数据"),
    Shot("missing", "/snapshot/{snapshot}/missing?kind=figure&at=0-3", "补充漏读的数据"),
    Shot("corrections", "/corrections", "改正与核对的清单"),
    Shot("search", "/search?q=轨道交通", "检索：结果、分面、摘要", "phone dark english"),
    Shot("search-start", "/search", "检索：怎样查"),
    Shot("search-nothing", "/search?q=没有这个词&source=示例日报", "检索：没有结果，怎样放宽"),
    Shot("search-facts", "/search/facts?q=研发经费", "按指标、地区、年份查数据"),
    Shot("search-aliases", "/search/aliases", "检索用的简称"),
    Shot("searches", "/searches", "保存的检索"),
    Shot("tags", "/tags", "标签：分级，改名、合并与撤销", "phone english"),
    Shot("collections", "/collections", "专题"),
    Shot("collection", "/collections/{collection}", "专题：次序、备注、共享", "phone"),
    Shot("figures", "/figures", "数据：表格与筛选", "phone dark english"),
    Shot("figures-chart", "/figures?indicator=研发经费", "数据：一个指标的历年", "phone dark"),
    Shot("figures-areas", "/figures?indicator=研发经费&by=area", "数据：一个指标的各地"),
    Shot("agreements", "/agreements", "合作：地方之间的协议", "phone dark english"),
    Shot("projects", "/projects", "项目：阶段与投资", "phone dark"),
    Shot("names", "/names", "人物与机构", "phone"),
    Shot("name", "/names?name=李明远", "一个人物：职务与出处"),
    Shot("tasks", "/tasks", "任务：措施、责任单位、期限", "phone english"),
    Shot("contradictions", "/contradictions", "矛盾：两处说法并列", "phone dark english"),
    Shot("indicators", "/indicators", "指标名称的归并"),
    Shot("reposts", "/reposts", "转载"),
    Shot("brief", "/brief?s={snapshot}", "简报"),
    Shot("trash", "/trash", "回收站"),
    Shot("purge", "/links/{trashed}/purge", "彻底删除之前再问一次"),
    Shot("settings", "/settings", "设置", "english"),
    Shot("account", "/account", "账户：密码、令牌、登录"),
    Shot("users", "/users", "用户（管理员）"),
    Shot("audit", "/audit", "操作记录（管理员）"),
    Shot("shares", "/shares", "共享的专题"),
    Shot("shared", "/shared/{secret}", "收到共享链接的人所见", "phone"),
    Shot("shared-snapshot", "/shared/{secret}/snapshot/{snapshot}", "共享专题中的一份快照"),
    Shot("api", "/api", "接口"),
    Shot("about", "/about", "关于"),
    Shot("many-rows", "/snapshot/{table}", "两千行的表格：原件", "phone"),
    Shot("many-rows-text", "/snapshot/{table}?pane=text", "两千行的表格：读出的正文"),
    Shot("many-figures", "/figures?snapshot={table}", "两千行的表格：数据分页", "phone"),
    Shot("long-title", "/snapshot/{long}", "很长的标题", "phone"),
    Shot("hostile", "/?tag=敌意", "标题里的脚本、公式与双向控制符只是文字", "phone"),
    Shot("error-404", "/nowhere", "没有这个网址", "phone english"),
    Shot("error-filter", "/figures?by=x", "网址里的条件不对"),
    Shot("error-snapshot", "/snapshot/none", "没有这份快照"),
)  # fmt: skip
EMPTY = tuple(
    Shot(f"empty-{name}", path, f"{shows}：还没有内容")
    for name, path, shows in (
        ("home", "/", "链接"), ("figures", "/figures", "数据"), ("agreements", "/agreements", "合作"),
        ("projects", "/projects", "项目"), ("names", "/names", "人物"), ("tasks", "/tasks", "任务"),
        ("contradictions", "/contradictions", "矛盾"), ("collections", "/collections", "专题"), ("tags", "/tags", "标签"),
        ("search", "/search?q=轨道", "检索"), ("trash", "/trash", "回收站"), ("corrections", "/corrections", "改正"),
        ("reposts", "/reposts", "转载"), ("brief", "/brief", "简报"),
    )
)  # fmt: skip
VARIANTS = {
    "": ("", DESKTOP, {}),
    "phone": ("手机宽度", PHONE, {}),
    "dark": ("深色", DESKTOP, {"cunzhao_theme": "dark"}),
    "english": ("英文界面", DESKTOP, {"cunzhao_lang": "en"}),
}


AREAS = ("杭州市", "宁波市", "嘉兴市", "湖州市", "金华市")
INDICATORS = (
    "地区生产总值", "第一产业增加值", "第二产业增加值", "第三产业增加值", "工业增加值", "固定资产投资", "进出口总额",
    "出口总额", "社会消费品零售总额", "一般公共预算收入", "一般公共预算支出", "研发经费支出", "金融机构存款余额", "旅游总收入",
    "金融机构贷款余额", "数字经济核心产业增加值", "高新技术产业增加值", "建筑业总产值", "农业总产值", "实际使用外资",
)  # fmt: skip


def table() -> bytes:
    """A spreadsheet of 2,000 rows, a figure in each."""
    book = openpyxl.Workbook()
    book.active.append(["地区", "指标", "年份", "数值（亿元）"])
    for a, area in enumerate(AREAS):
        for n, indicator in enumerate(INDICATORS):
            for year in range(2005, 2025):
                value = (1000 - 45 * n) * (1 - a / 8) * 1.07 ** (year - 2005)
                book.active.append([area, indicator, year, round(value, 1)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_plenty(bench: Workbench) -> dict[str, str]:
    """What the pictures need beyond the workbench: a huge table, a hostile title."""
    core = bench.core
    hostile = '<script>alert(1)</script>=HYPERLINK("http://x.example")\u202e公告\u2066'.encode()
    files = [("各地产业增加值.xlsx", table()), ("敌意.html", b"<title>" + hostile.replace(b"<", b"&lt;") + b"</title><p>2024"),
             ("长.txt", (tensite.PAGES[tensite.LONG][0] * 2 + "\n\n2024年，绍兴市完成投资45亿元。").encode())]  # fmt: skip
    rows = core.upload(files)
    core.set_tags(core.link_of(rows[1].snapshot or ""), ["敌意"])
    facts = core.snapshot(bench.ids["snapshot"]).facts
    span = next(fact.span for fact in facts if fact.span.quote == "186.2亿元")
    plan = next(row for row in core.home().links if row.best and "行动计划" in row.best.title)
    return {
        "table": rows[0].snapshot or "", "long": rows[2].snapshot or "", "at": f"{span.start}-{span.end}",
        "plan": plan.best.id if plan.best else "",
    }  # fmt: skip


def window(browser: Browser, address: str, variant: str) -> Page:
    _, viewport, wishes = VARIANTS[variant]
    context = browser.new_context(
        base_url=address, viewport=viewport, locale="zh-CN", reduced_motion="reduce"
    )  # type: ignore[arg-type]
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in wishes.items()])
    return context.new_page()


def log_in(page: Page, camera: Camera | None = None) -> None:
    page.goto("/login")
    if camera:
        camera.take(page, "login", "登录")
    page.fill("[name=name]", ADMINISTRATOR)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def take_all(
    camera: Camera, page: Page, shots: tuple[Shot, ...], variant: str, ids: dict[str, str], part: str
) -> None:
    for shot in shots:
        name = f"{shot.name}-{variant}" if variant else shot.name
        if part not in name or (variant and variant not in shot.also):
            continue
        page.goto(shot.path.format_map(ids))
        if shot.then:
            shot.then(page)
        said = VARIANTS[variant][0]
        camera.take(page, name, f"{shot.shows}（{said}）" if said else shot.shows)


def journey(camera: Camera, browser: Browser, home: Path, variant: str) -> None:
    """The steps of a morning, in a data folder of its own."""

    def say(name: str, shows: str) -> None:
        step, _, what = name.partition("-")
        where = f"-{variant}" if variant else ""
        camera.take(
            page, f"journey{where}-{int(step):02}-{what}", f"{shows}（{'手机' if variant else '桌面'}）"
        )

    with Core.open(Settings(home=home, allow_hosts=("127.0.0.1",))) as core, tensite.served() as site, served(app(core)) as at:  # fmt: skip
        page = window(browser, at, variant)
        morning(page, site, say, keys=not variant)


def index(old: str, taken: list[tuple[str, str]]) -> str:
    """The list of all pictures and what each shows: those of an older list that were not taken anew, too."""
    rows = dict(re.findall(r"^\| \[(.+?)\]\(.+?\) \| (.+) \|$", old, re.MULTILINE)) | dict(taken)
    lines = "".join(f"| [{name}]({name}.png) | {shows} |\n" for name, shows in rows.items())
    return (
        "# 页面截图\n\n由 `python -m tests.web.screenshots` 生成：真实的产品，虚构的内容（人物、媒体和数字均非真实）。"
        f"桌面 1280 像素，手机 390 像素。\n\n| 图 | 内容 |\n|---|---|\n{lines}"
    )


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        args = ["--no-sandbox"] if is_root() else []
        yield playwright.chromium.launch(executable_path="/usr/bin/chromium", args=args)


def main(folder: Path, part: str) -> None:
    expect.set_options(timeout=60_000)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home, tensite.served() as site, chromium() as browser,
        workbench(Path(home) / "full", site) as bench, served(app(bench.core)) as full,
        Core.open(Settings(home=Path(home) / "empty")) as bare, served(app(bare)) as empty,
    ):  # fmt: skip
        camera = Camera(browser.new_page(), folder)
        ids = {**bench.ids, **with_plenty(bench)}
        for variant in VARIANTS:
            page = window(browser, full, variant)
            log_in(page, camera if not variant and part in "login" else None)
            take_all(camera, page, SHOTS, variant, ids, part)
        take_all(camera, window(browser, empty, ""), EMPTY, "", ids, part)
        if part in "journey":
            for variant in ("", "phone"):
                journey(camera, browser, Path(home) / f"journey-{variant}", variant)
    listed = folder / "README.md"
    old = listed.read_text("utf-8") if part and listed.is_file() else ""
    listed.write_text(index(old, camera.taken), "utf-8")
    size = sum(path.stat().st_size for path in folder.glob("*.png"))
    print(f"{len(camera.taken)} pictures, all together {size / 1e6:.1f} MB in {folder}")
    if size > MOST_BYTES:
        sys.exit(f"more than {MOST_BYTES / 1e6:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER, sys.argv[2] if sys.argv[2:] else "")
