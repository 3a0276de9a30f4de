"""The charset is what the bytes are; a label is believed only where it can be true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.charset import decode, known

LONG = "渡口改造完工，全市新增公交线路十二条，居民出行更加方便。"


@pytest.mark.parametrize(
    ("data", "declared", "charset"),
    [
        ("渡口改造".encode(), "gbk", "utf-8"),  # mislabelled by the server
        ("渡口改造".encode("gbk"), "utf-8", "gb18030"),
        ("渡口改造完工，陈喆摄。".encode("gb18030"), "gb2312", "gb18030"),
        ("渡口".encode("gbk"), "iso-8859-1", "gb18030"),
        ("渡口".encode("gbk"), "", "gb18030"),
        ("图".encode("gbk"), "gb2312", "gb18030"),  # CD BC is valid UTF-8, too
        (
            "渡口改造工程已經全部完成，民眾出行更加方便，市政府將繼續推動。".encode("big5"),
            "big5",
            "big5hkscs",
        ),
        ("渡口改造工程已經全部完成，民眾出行更加方便，市政府將繼續推動。".encode("big5"), "", "big5hkscs"),
        ("\ufeff渡口".encode("utf-16-le"), "", "utf-16-le"),
        ("\ufeff渡口".encode(), "gbk", "utf-8"),
        ("渡口".encode("utf-16-be"), "utf-16be", "utf-16-be"),
        ("café à".encode("latin-1"), "iso-8859-1", "iso8859-1"),
        ("привет".encode("cp1251"), "windows-1251", "cp1251"),
        ("привет".encode(), "windows-1251", "utf-8"),
        ("絵文字".encode("iso2022_jp"), "iso-2022-jp", "iso2022_jp"),
        (LONG.encode() * 20 + b"\xe7\xbb", "", "utf-8"),  # cut inside a character
        (b"<meta charset=rot13>plain", "", "utf-8"),
        (b"<meta charset='utf-16'>plain", "", "utf-8"),  # it could be read as ASCII, so it is not UTF-16
        ("<meta http-equiv=x content='text/html; charset=gb2312'>图".encode("gbk"), "", "gb18030"),
        ("@charset \"gbk\"; a { content: '图' }".encode("gbk"), "", "gb18030"),
        (b"", "", "utf-8"),
    ],
)
def test_the_charset_is_what_the_bytes_are(data: bytes, declared: str, charset: str) -> None:
    found = decode(data, declared)
    assert found.charset == charset
    if charset != "utf-8":
        assert found.text == data.decode(charset).lstrip("\ufeff") and not found.guessed


@pytest.mark.parametrize("data", [LONG.encode() * 20 + b"\xff\xfe\xff", b"\x81\xff\x00\xfe" * 9])
def test_what_no_charset_explains_is_marked_as_guessed(data: bytes) -> None:
    assert decode(data).guessed


SIMPLIFIED = "石门坎遗址文物保护工程竣工验收公告。浦江县岩头镇滑坡治理项目中标候选人公示（第三批）。瓯海区水库除险加固。"
TRADITIONAL = "石門坎遺址文物保護工程竣工驗收公告。新北市烏來區溫泉飯店噴漆塗鴉案，警方依毀損罪嫌函送法辦。臺東縣飛魚季。"
CANTONESE = "佢哋嘅嘢喺邊度啫，唔該晒，香港特別行政區政府今日公布最新嘅運輸安排。"
TEXTS = (("utf-8", SIMPLIFIED), ("gbk", SIMPLIFIED), ("gb18030", SIMPLIFIED + "𠮷㐀"), ("big5", TRADITIONAL),
         ("big5hkscs", CANTONESE), ("utf-8", TRADITIONAL))  # fmt: skip


def page(title: str, label: str = "") -> str:
    return (
        f"<html><head>{label and f'<meta charset={label}>'}<title>{title}</title></head><body></body></html>"
    )


@pytest.mark.parametrize("label", ["", "utf-8", "gb2312", "big5", "iso-8859-1"])
@pytest.mark.parametrize(("charset", "text"), TEXTS, ids=lambda value: value[:9])
@pytest.mark.parametrize("length", [6, 12, 40])
def test_a_short_title_is_read_whatever_its_page_is_labelled(
    charset: str, text: str, label: str, length: int
) -> None:
    wrong = []
    for at in range(0, len(text) - length + 1, 5):
        title = text[at : at + length]
        for header, told in ((label, ""), ("", label)):
            if decode(page(title, told).encode(charset), header).text != page(title, told):
                wrong.append(title)
    assert wrong == []


@pytest.mark.parametrize(("charset", "text"), TEXTS, ids=lambda value: value[:9])
@given(at=st.integers(0, 10_000), byte=st.integers(0x80, 0xFF), declared=st.booleans())
def test_a_broken_byte_does_not_turn_the_page(
    charset: str, text: str, at: int, byte: int, declared: bool
) -> None:
    text = "<br>".join(text[n : n + 9] for n in range(0, len(text), 9))  # a broken pair ends at the next tag
    data = bytearray(page(text).encode(charset))
    begin, end = data.index(b"<title>") + 7, data.index(b"</title>")
    data[begin + at % (end - begin)] = byte
    found = decode(bytes(data), charset if declared else "")
    assert found.charset.startswith(charset[:2])
    assert sum(a in found.text for a in text.split("<br>")) >= text.count("<br>") - 1


@pytest.mark.parametrize(("charset", "text"), TEXTS, ids=lambda value: value[:9])
def test_a_text_cut_in_a_character_is_read(charset: str, text: str) -> None:
    for length in (6, 12, 30):
        data = text[: length + 1].encode(charset)[:-1]
        assert decode(data).text.startswith(text[: length - 1])


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_first_tag(charset: str) -> None:
    assert decode(page(SIMPLIFIED).encode(charset)).text == page(SIMPLIFIED)


@pytest.mark.parametrize("text", ["привет", "Ελλάδα", "naïve café", "Ærø", "שלום", "سلام"])
def test_short_words_of_other_scripts_stay_utf_8(text: str) -> None:
    assert decode(text.encode()).text == text


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_with_any_label_are_some_text(data: bytes, label: str) -> None:
    found = decode(data, label)
    assert found.text.encode("utf-8", "surrogatepass") is not None and found.charset


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=8))
def test_chinese_text_comes_back_from_utf_8_and_from_labelled_gb18030(text: str) -> None:
    assert decode(text.encode()).text == text
    assert decode(text.encode("gb18030"), "gb2312").text in (
        text,
        text.encode("gb18030").decode("big5hkscs", "replace"),
    )


def test_only_charsets_of_documents_are_known() -> None:
    assert [known(n) for n in ("GB2312", "x-gbk", "rot13", "", "nonsense", " utf8 ")] == [
        "gb18030", "", "", "", "", "utf-8"
    ]  # fmt: skip
