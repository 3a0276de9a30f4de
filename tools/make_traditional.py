"""Make `src/cunzhao/organize/lexicon/traditional.tsv` from OpenCC's TSCharacters.txt (Apache License 2.0).

    pip download --no-deps opencc-python-reimplemented && unzip opencc_python_reimplemented-*.whl
    python tools/make_traditional.py opencc/dictionary/TSCharacters.txt

One line for each simplified character: it, and the traditional ones that are written so. Where OpenCC offers
several simplified forms (乾: 干, 乾) the first counts: for finding, one too many is better than one too few.
"""

import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/cunzhao/organize/lexicon/traditional.tsv"


def main(source: Path) -> None:
    lines = (line.split("\t") for line in source.read_text("utf-8").splitlines() if "\t" in line)
    simplified = {old: new.split()[0] for old, new in lines}
    written: dict[str, str] = defaultdict(str)
    for old, new in sorted(simplified.items()):
        while simplified.get(new, new) != new:  # a simplified form that is itself simplified further
            new = simplified[new]
        if old != new:
            written[new] += old
    head = "# 简体字与写作它的繁体字；由 tools/make_traditional.py 从 OpenCC 的 TSCharacters.txt 生成\n"
    OUT.write_text(head + "".join(f"{new}\t{old}\n" for new, old in sorted(written.items())), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
