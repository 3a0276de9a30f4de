"""A loopback site of ten pages that an analyst might paste: news, a plan, a communiqué, one gone, one that changes.

People, media and figures are invented; the city is a real one, as areas are known by name. Two papers print
another regional product for the same year; the plan names tasks with who and until when; the notice stands in
a second edition from the second visit on.
"""

from __future__ import annotations

import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

PLAN = "/zwgk/plan.html"
DAILY = "/daily/2024.html"
EVENING = "/evening/2024.html"
NOTICE = "/notice.html"
LONG = "/long.html"
GONE = "/gone.html"

_LONG_TITLE = (
    "关于进一步推进绍兴市融入长三角城市群和杭州都市圈高质量一体化发展三年行动计划实施情况及下一阶段重点任务安排的"
    * 3
)

#: path: title, medium, day of publication, paragraphs
PAGES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    PLAN: ("绍兴市融入都市圈三年行动计划（2024—2026年）", "绍兴市人民政府", "2024-03-02", (
        "各县（市、区）人民政府，市政府各部门：现将《绍兴市融入都市圈三年行动计划》印发给你们，请认真贯彻执行。",
        "一、主要目标",
        "到2026年，全市地区生产总值超过7000亿元，全社会研发投入强度达到3.6%，轨道交通运营里程达到120公里。",
        "二、重点任务",
        "1.推进轨道互联互通。建成市域铁路62公里，开通跨市公交线路18条。牵头单位：市交通运输局；责任单位：市发展改革委。完成时限：2026年底。",
        "2.共建科创走廊。新增省级以上研发机构40家，技术合同成交额年均增长15%以上。责任单位：市科技局、高新区管委会。",
        "3.完善异地就医结算。定点医疗机构跨省直接结算覆盖率达到100%。责任单位：市医保局。",
    )),
    DAILY: ("2024年绍兴市经济运行情况发布", "示例日报", "2025-01-21", (
        "1月20日，绍兴市统计局发布2024年全市经济运行情况。经初步核算，2024年绍兴市地区生产总值5118.6亿元，同比增长6.3%。",
        "2024年，绍兴市一般公共预算收入501.3亿元，研发经费支出186.2亿元，进出口总额766.4亿元，同比下降2.3%。",
        "市发展和改革委员会主任周闻一表示，轨道交通3号线项目总投资245亿元，已开工建设。",
    )),
    EVENING: ("去年绍兴经济总量再上台阶", "示例晚报", "2025-01-22", (
        "记者从市统计局获悉，2024年绍兴市地区生产总值5181.6亿元，同比增长6.3%。",
        "2024年绍兴市进出口总额766.4亿元。总投资120亿元的越城新材料产业园项目签约落户越城区。",
    )),
    NOTICE: ("绍兴市轨道交通建设进展通报", "绍兴市交通运输局", "2025-03-05", (
        "截至2024年底，绍兴市轨道交通运营里程达到65公里，日均客运量46.8万人次，全年完成投资28.6亿元。",
        "市交通运输局局长李明远表示，二号线将于2026年底前通车，届时运营里程将超过100公里。",
    )),
    "/pact/hz.html": ("绍兴与杭州签订战略合作协议", "示例日报", "2018-09-12", (
        "2018年9月11日，绍兴市与杭州市签订战略合作协议。总投资351.8亿元的杭绍甬智慧高速公路项目加快建设。",
        "2018年3月5日，绍兴市与上海市杨浦区签订战略合作协议，共同推进科技创新。",
    )),
    "/pact/nb.html": ("绍兴与宁波共建前湾片区", "示例晚报", "2019-05-18", (
        "2019年5月17日，绍兴市与宁波市签订合作框架协议。2019年6月2日，杭州市与宁波市签订战略合作协议。",
        "总投资58亿元的上虞数字产业园项目建成投用。绍兴市科技局局长王知行介绍，2018年绍兴市研发经费支出128.3亿元。",
    )),
    "/stat/2023.html": ("2023年绍兴市国民经济和社会发展统计公报", "绍兴市统计局", "2024-03-28", (
        "2023年，绍兴市地区生产总值4812.5亿元，比上年增长5.9%；一般公共预算收入476.2亿元；研发经费支出168.4亿元。",
        "2023年末，绍兴市轨道交通运营里程58公里，高新技术企业1286家。",
    )),
    "/stat/2022.html": ("2022年绍兴市国民经济和社会发展统计公报", "绍兴市统计局", "2023-03-27", (
        "2022年，绍兴市地区生产总值4543.9亿元，比上年增长3.4%；一般公共预算收入452.8亿元；研发经费支出151.7亿元。",
    )),
    LONG: (_LONG_TITLE, "绍兴市人民政府办公室", "2025-06-01", (
        "2025年上半年，绍兴市固定资产投资同比增长4.1%，新设经营主体2.9万户。",
    )),
}  # fmt: skip
#: What an hour later stands in the notice instead.
SECOND_EDITION = ("65公里", "68公里")
TEN = (*PAGES, GONE)


def html_of(path: str, visit: int) -> str:
    title, medium, day, paragraphs = PAGES[path]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    if path == NOTICE and visit > 1:
        body = body.replace(*SECOND_EDITION)
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day} 09:30">'
        f'<meta name="ContentSource" content="{medium}"></head><body><h1>{title}</h1>'
        f'<p class="info">发布日期：{day} 来源：{medium}</p><div class="content">{body}</div></body></html>'
    )


class _Site(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.visits: Counter[str] = Counter()
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.server.visits[path] += 1
        known = path in PAGES
        text = html_of(path, self.server.visits[path]) if known else "<h1>404 页面不存在</h1>"
        body = text.encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """The address of the site, "http://127.0.0.1:PORT"."""
    site = _Site()
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_address[1]}"
    finally:
        site.shutdown()
        site.server_close()
