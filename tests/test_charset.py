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
