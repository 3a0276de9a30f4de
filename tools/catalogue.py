"""Keep the catalogue of the interface's texts. usage: catalogue.py [FILE.json …] | --missing

Gathers every text from templates and code (`_`, `tr`, `N_`, and the tables of codes in words), takes
translations from the files (`{"中文": "English"}`), and writes the catalogue anew: sorted by text, without
what nobody says any more. What has no translation yet is listed; `--missing` only lists.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "cunzhao"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("web/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"web/templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {"_": None, "gettext": None, "tr": None, "N_": None}


def said() -> Iterator[str]:
    """Every text of the interface, in Chinese, some of them more than once."""
    from cunzhao.web.showing.show import TOLD

    for _, _, text, _, _ in extract_from_dir(SOURCE, METHODS, OPTIONS, KEYWORDS):
        assert isinstance(text, str), text
        yield text
    for codes in TOLD.values():
        yield from (text for text in codes.values() if text)


def translated() -> dict[str, str]:
    if not PO.exists():
        return {}
    with PO.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


def write(known: dict[str, str]) -> list[str]:
    """Returns what has no translation."""
    catalogue = Catalog(locale="en", project="Cunzhao", charset="utf-8", fuzzy=False)
    wanted = sorted(set(said()))
    for text in wanted:
        catalogue.add(text, known.get(text, ""))
    with PO.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=True, sort_output=False)
    return [text for text in wanted if not known.get(text)]


def main(files: list[str]) -> None:
    known = translated()
    if files == ["--missing"]:
        missing = sorted({text for text in said() if not known.get(text)})
    else:
        for name in files:
            known |= json.loads(Path(name).read_text("utf-8"))
        missing = write(known)
    print("\n".join(missing))
    print(f"{len(missing)} missing", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
