"""What a Word paragraph says: its text as it would be printed, inserted text too, deleted text not.

Offsets into a paragraph count the code points of `printed`: a tab is one space, a typed line break one line
end; numbers that Word makes, marks of notes, comments, hidden text and page numbers are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = f"{W}txbxContent"
_SILENT = frozenset((f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}del", f"{W}moveFrom", f"{W}rt", _FALLBACK))
_MARKS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{_M}den": "/",  # a fraction is read as it is said on one line
    f"{_M}sup": "^",
}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_OFF = ("0", "false", "off", "none")
_OF_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)
_LONGEST = 200  # characters of a field's instruction that are looked at
_DEEPEST = 20  # fields in one another, as in Word itself
_CONTENTS = re.compile(r"\s*PAGEREF\s+_Toc", re.IGNORECASE)
#: Pictures of Wingdings as characters that every font has; of other symbol fonts nothing can be said.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x76: "❖", 0xA7: "▪", 0xA8: "□", 0xD8: "➢",
    0xE0: "→", 0xFB: "×", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x30: "□"}


def printed(paragraph: Any) -> str:
    """The text of a w:p, as the offsets of places count it."""
    return "".join(_parts(paragraph))


def boxes_of(paragraph: Any) -> list[Any]:
    """The contents (w:txbxContent) of the text boxes that are anchored in a paragraph."""
    if next(paragraph.iter(BOX), None) is None:
        return []
    return [element for element in _walk(paragraph) if element.tag == BOX]


def notes_of(paragraph: Any) -> list[tuple[str, str]]:
    """("footnotes" or "endnotes", id) of the notes that a paragraph refers to."""
    if next(paragraph.iter(*_NOTES), None) is None:
        return []
    found = (element for element in _walk(paragraph) if element.tag in _NOTES)
    return [(_NOTES[element.tag], element.get(f"{W}id", "")) for element in found]


def is_contents_entry(paragraph: Any) -> bool:
    """Whether a paragraph is a line of a table of contents that Word made."""
    if any((link.get(f"{W}anchor") or "").startswith("_Toc") for link in paragraph.iter(f"{W}hyperlink")):
        return True
    return any(_CONTENTS.match(element.text or "") for element in paragraph.iter(f"{W}instrText"))


def is_on(holder: Any, name: str) -> bool:
    """Whether a property (`vanish`, `tblHeader`) is set in a w:rPr, w:trPr …; None has none."""
    found = holder.find(f"{W}{name}") if holder is not None else None
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def _parts(paragraph: Any) -> Iterator[str]:
    fields: list[list[str]] = []  # of each open field: its instruction, then "" once its result has begun
    for element in _walk(paragraph):
        if element.tag == f"{W}fldChar":
            _step(fields, element.get(f"{W}fldCharType", ""))
        elif element.tag == f"{W}instrText" and fields:
            fields[-1][0] = (fields[-1][0] + (element.text or ""))[:_LONGEST]
        elif any(len(field) > 1 and _OF_PAGES.match(field[0]) for field in fields[:_DEEPEST]):
            continue
        elif element.tag in (f"{W}t", f"{_M}t"):
            if (before := element.getprevious()) is None or before.tag not in _NOTES:  # a mark of one's own
                yield (element.text or "").replace("\n", " ")
        elif element.tag == f"{W}sym":
            yield _symbol(element)
        else:
            yield _MARKS.get(element.tag, "")


def _step(fields: list[list[str]], kind: str) -> None:
    if kind == "begin":
        fields.append([""])
    elif kind == "separate" and fields:
        fields[-1].append("")
    elif kind == "end" and fields:
        fields.pop()


def _symbol(element: Any) -> str:
    told = element.get(f"{W}char") or ""
    code = int(told, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", told) else 0
    font = (element.get(f"{W}font") or "").lower()
    if 0xF000 <= code <= 0xF0FF or code < 0x100:
        table = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}.get(font, {})
        return table.get(code & 0xFF, "")
    return chr(code) if code < 0xD800 else ""


def _walk(root: Any) -> Iterator[Any]:
    """Elements in document order, without what is not printed; of a text box its frame only."""
    todo = [root]
    while todo:
        element = todo.pop()
        yield element
        if element.tag != BOX:
            todo += [child for child in reversed(element) if not _is_silent(child)]


def _is_silent(element: Any) -> bool:
    if element.tag in _SILENT or not isinstance(element.tag, str):
        return True
    if element.tag == f"{W}sdt":
        return element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    if element.tag == f"{W}fldSimple":
        return bool(_OF_PAGES.match(element.get(f"{W}instr") or ""))
    if element.tag != f"{W}r":
        return False
    properties = element.find(f"{W}rPr")
    return is_on(properties, "vanish") and not is_on(properties, "specVanish")
