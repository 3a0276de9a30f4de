"""Chinese sentences made by chance from a seed: news, notices, interviews, comments; nothing is quoted."""

from __future__ import annotations

from random import Random

_PLACES = [
    "临江",
    "平川",
    "石桥",
    "云岭",
    "安和",
    "白塔",
    "青浦",
    "南渡",
    "东湾",
    "西河",
    "永宁",
    "长岭",
    "金沙",
    "清源",
    "古塘",
    "新堤",
    "凤台",
    "双溪",
    "柳林",
    "丰泽",
    "海门",
    "定山",
    "龙泉",
    "武阳",
    "怀远",
    "广陵",
    "高坪",
    "上林",
    "宝应",
    "宁川",
]
_UNITS = [
    "发展改革委",
    "财政局",
    "生态环境局",
    "交通运输局",
    "农业农村局",
    "教育局",
    "卫生健康委",
    "市场监管局",
    "统计局",
    "水利局",
    "住建局",
    "文旅局",
    "科技局",
    "商务局",
    "应急管理局",
    "税务局",
    "人社局",
    "大数据局",
    "自然资源局",
    "民政局",
    "体育局",
    "气象局",
]
_NAMES = [
    "王",
    "李",
    "张",
    "刘",
    "陈",
    "杨",
    "赵",
    "黄",
    "周",
    "吴",
    "徐",
    "孙",
    "胡",
    "朱",
    "高",
    "林",
    "何",
    "郭",
    "马",
    "罗",
    "梁",
    "宋",
    "郑",
    "谢",
]
_GIVEN = [
    "建国",
    "晓东",
    "丽娟",
    "志强",
    "海燕",
    "文博",
    "秀英",
    "国华",
    "思远",
    "雨桐",
    "明哲",
    "永康",
    "佳慧",
    "振宇",
    "春梅",
    "立新",
    "学文",
    "倩",
]
_THINGS = [
    "产业园区",
    "轨道交通",
    "老旧小区",
    "水库大坝",
    "乡村道路",
    "污水管网",
    "数字平台",
    "养老机构",
    "职业学校",
    "物流枢纽",
    "冷链仓库",
    "光伏电站",
    "湿地公园",
    "社区食堂",
    "粮食基地",
    "普惠贷款",
    "营商环境",
    "科研院所",
    "志愿服务",
    "政务大厅",
    "港口码头",
    "高标准农田",
    "充电设施",
    "历史街区",
    "海绵城市",
    "电子商务",
    "先进制造",
    "文化遗产",
    "公共自行车",
    "市民广场",
    "医疗联合体",
    "预算资金",
    "招商项目",
    "防汛物资",
    "供热管道",
    "民营企业",
    "生物医药",
    "跨境贸易",
    "城市书房",
]
_VERBS = [
    "推进",
    "改造",
    "完善",
    "扩建",
    "监测",
    "整治",
    "升级",
    "规划",
    "验收",
    "评估",
    "培育",
    "检修",
    "公布",
    "统筹",
    "督办",
    "支持",
    "保障",
    "盘活",
    "调研",
    "优化",
    "启用",
    "核查",
    "试行",
    "复核",
]
_AIMS = [
    "缩短群众办事时间",
    "补齐基础设施短板",
    "带动周边村民增收",
    "降低企业用能成本",
    "提高汛期调度能力",
    "方便老年人就近就医",
    "减少重复建设",
    "守住耕地保护红线",
    "打通断头道路",
    "形成长效管护机制",
    "让数据多跑路",
    "改善候鸟栖息环境",
    "增强产业链韧性",
    "释放消费潜力",
    "稳定就业岗位",
    "压实属地责任",
    "缓解停车难题",
    "提升应急响应水平",
    "留住本地青年人才",
    "扩大优质学位供给",
]
_TIMES = [
    "今年以来",
    "上半年",
    "入汛之后",
    "去年年底",
    "本月中旬",
    "连日来",
    "近三年",
    "目前",
    "截至上周",
    "春耕期间",
    "节后第一周",
    "一季度",
    "凌晨四点",
    "傍晚时分",
]
_JUDGED = ["明显", "稳步", "持续", "逐步", "大幅", "初步", "全面", "有序", "按期", "显著"]
_RESULTS = ["好转", "增长", "见效", "落地", "铺开", "提速", "回升", "达标", "成形", "改观"]
_SAID = ["说", "表示", "介绍", "告诉记者", "坦言", "认为", "指出", "回忆", "补充道", "强调"]
_ASKED = [
    "怎么看",
    "难在哪里",
    "下一步有什么打算",
    "群众最关心什么",
    "资金从哪里来",
    "什么时候能见效",
    "和往年有什么不同",
]


class Chinese:
    """A writer with a seed; each call goes on with its stream."""

    def __init__(self, seed: int) -> None:
        self.by = Random(seed)

    def one(self, words: list[str]) -> str:
        return self.by.choice(words)

    def place(self) -> str:
        return self.one(_PLACES) + self.one(["市", "县", "区", "镇"])

    def unit(self) -> str:
        return self.place() + self.one(_UNITS)

    def person(self) -> str:
        return self.one(_NAMES) + self.one(_GIVEN)

    def thing(self) -> str:
        return self.one(_THINGS)

    def number(self) -> str:
        kinds = [
            lambda: f"{self.by.randint(2, 980)}.{self.by.randint(1, 99)}亿元",
            lambda: f"{self.by.randint(3, 99)}.{self.by.randint(1, 9)}%",
            lambda: f"{self.by.randint(2, 9000)}{self.one(['个', '户', '人', '公里', '亩', '家', '处'])}",
            lambda: f"{self.by.randint(2, 90)}万{self.one(['人次', '平方米', '吨', '千瓦'])}",
        ]
        return str(self.by.choice(kinds)())

    def date(self) -> str:
        return f"{self.by.randint(1, 12)}月{self.by.randint(1, 28)}日"

    def clause(self) -> str:
        forms = [
            lambda: f"{self.one(_TIMES)}{self.place()}{self.one(_VERBS)}{self.thing()}{self.number()}",
            lambda: f"{self.thing()}{self.one(_JUDGED)}{self.one(_RESULTS)}",
            lambda: f"累计{self.one(_VERBS)}{self.thing()}{self.number()}，同比增加{self.number()}",
            lambda: f"{self.unit()}{self.one(_VERBS)}{self.thing()}，{self.one(_AIMS)}",
            lambda: f"围绕{self.thing()}和{self.thing()}，{self.one(_AIMS)}",
            lambda: f"其中{self.thing()}占{self.number()}",
            lambda: f"由{self.unit()}牵头{self.one(_VERBS)}{self.thing()}",
            lambda: f"力争到{self.date()}{self.one(_VERBS)}{self.thing()}{self.number()}",
        ]
        return str(self.by.choice(forms)())

    def sentence(self) -> str:
        n = self.by.randint(1, 3)
        if self.by.random() < 0.12:
            return f"“{self.clause()}。”{self.person()}{self.one(_SAID)}，{self.clause()}。"
        if self.by.random() < 0.1:
            return f"{self.place()}{self.unit()[2:]}负责人{self.person()}{self.one(_SAID)}：“{self.clause()}；{self.clause()}。”"
        return "，".join(self.clause() for _ in range(n)) + "。"

    def paragraph(self, sentences: int = 0) -> str:
        return "".join(self.sentence() for _ in range(sentences or self.by.randint(1, 5)))

    def paragraphs(self, length: int) -> list[str]:
        """Paragraphs of about `length` characters together."""
        out: list[str] = []
        while sum(map(len, out)) < length:
            left = length - sum(map(len, out))
            out.append(self.paragraph(1 if left < 80 else 0))
        return out

    def subhead(self) -> str:
        return self.one(_VERBS) + self.thing() + self.one(_AIMS)

    def title(self) -> str:
        forms = [
            lambda: f"{self.place()}{self.one(_VERBS)}{self.thing()} {self.one(_AIMS)}",
            lambda: f"{self.unit()}关于{self.one(_VERBS)}{self.thing()}工作的通知",
            lambda: f"{self.thing()}如何{self.one(_AIMS)}？",
            lambda: f"{self.place()}：{self.one(_VERBS)}{self.thing()}{self.number()}",
        ]
        return str(self.by.choice(forms)())

    def question(self) -> str:
        return f"{self.one(_VERBS)}{self.thing()}，{self.one(_ASKED)}？"

    def comment(self) -> str:
        return (
            self.one(["支持！", "说得好，", "希望", "我们这里", "楼上说得对，", "建议"])
            + self.clause()
            + self.one(["。", "！", "", "……"])
        )

    def table(self, rows: int, columns: int) -> list[list[str]]:
        head = ["指标", *(self.thing()[:4] for _ in range(columns - 1))]
        return [
            head,
            *(
                [self.thing(), *(str(self.by.randint(10, 99999)) for _ in range(columns - 1))]
                for _ in range(rows)
            ),
        ]


_TRADITIONAL = [
    "市政府今日宣布推行新措施",
    "居民可於下月起遞交申請",
    "有關部門表示會加強監管",
    "經濟學家預計通脹將會回落",
    "學校須於開學前完成檢測",
    "運輸署呼籲市民提早出門",
    "議員質疑撥款安排欠缺透明度",
    "颱風逼近令多班渡輪停航",
    "旅遊業界期望訪客人次回升",
    "醫院管理局增設夜間門診",
    "環保團體促請保育濕地",
    "地產商推出首批單位",
    "科技園引入初創企業",
    "警方拘捕三名涉案男子",
    "法庭押後至下星期再審",
    "消防員救出被困長者",
]
_ENGLISH = [
    "The ministry said on Tuesday that the program would be extended to rural counties",
    "Officials reported that output rose by nearly nine percent in the first quarter",
    "Local farmers have begun to sell their harvest directly to city markets",
    "Researchers at the institute warned that groundwater levels were falling",
    "Under the new rules, companies must publish their emissions every year",
    "The bridge, which took four years to build, will open to traffic in May",
    "Analysts expect exports to recover once shipping costs return to normal",
    "More than two hundred volunteers helped to clear the riverbank over the weekend",
    "Hospitals in the province were told to keep emergency wards open at night",
    "A spokesman declined to comment on the size of the investment",
]


class Traditional(Chinese):
    """The same, in sentences of Hong Kong and Taiwan."""

    def sentence(self) -> str:
        return f"{self.one(_TRADITIONAL)}，{self.one(_TRADITIONAL)}，涉及{self.by.randint(2, 9000)}人。"

    def clause(self) -> str:
        return self.one(_TRADITIONAL)

    def title(self) -> str:
        return self.one(_TRADITIONAL) + str(self.by.randint(2, 99))


class English(Chinese):
    def sentence(self) -> str:
        return f"{self.one(_ENGLISH)}, {self.by.randint(2, 999)} in all. "

    def clause(self) -> str:
        return self.one(_ENGLISH).lower()

    def title(self) -> str:
        return self.one(_ENGLISH)[:60]

    def subhead(self) -> str:
        return self.one(_ENGLISH)[:30]

    def comment(self) -> str:
        return "I think " + self.clause() + "!"
