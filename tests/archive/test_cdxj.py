"""Index lines that other archives read: SURT keys, byte order, and back again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.archive.cdxj import CdxLine, cdxj, parse
from cunzhao.archive.surt import same_page, urlkey
from cunzhao.archive.types import RecordRef


def ref(url: str, **told: object) -> RecordRef:
    facts: dict[str, object] = {
        "id": "1", "type": "response", "url": url, "urlkey": urlkey(url), "status": 200, "mime": "text/html",
        "timestamp": datetime(2026, 3, 1, 8, 30, 15, 999999, UTC), "digest": "sha256:00", "length": 5,
        "file": "a.warc.gz", "offset": 0, "size": 10,
    }  # fmt: skip
    return RecordRef(**(facts | told))  # type: ignore[arg-type]


# The keys that `surt` 0.3.1, which pywb uses, gives for the same URLs.
@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.example.com/", "com,example)/"),
        ("https://Example.com:443/A/B/?b=2&a=1", "com,example)/a/b?a=1&b=2"),
        ("http://127.0.0.1:8080/x/", "1,0,0,127:8080)/x"),
        ("http://e.com", "com,e)/"),
        ("http://www2.e.com:8080/a?x=%E4%BD%A0", "com,e:8080)/a?x=%e4%bd%a0"),
        ("http://e.com/你.html?q=好", "com,e)/%e4%bd%a0.html?q=%e5%a5%bd"),
        ("urn:pageinfo:http://e.com/A", "urn:pageinfo:http://e.com/a"),
        ("http://e.com/a?", "com,e)/a"),
        ("http://[::1]:80/a", "::1)/a"),
        ("http://e.com/a?b&a=", "com,e)/a?a=&b"),
        ("http://user:p@e.com/", "com,e)/"),
        ("http://例子.中国/路", "xn--fiqs8s,xn--fsqu00a)/%e8%b7%af"),
    ],
)
def test_the_key_is_the_one_pywb_makes(url: str, key: str) -> None:
    assert urlkey(url) == key


def test_a_line_is_told_as_cdxj_tells_it() -> None:
    (line,) = cdxj([ref("http://www.gov.example/A?b=1")])
    assert line == (
        'example,gov)/a?b=1 20260301083015 {"url": "http://www.gov.example/A?b=1", "digest": "sha256:00", '
        '"mime": "text/html", "filename": "a.warc.gz", "offset": "0", "length": "10", "status": "200"}'
    )


def test_a_revisit_is_marked_and_a_resource_has_no_status() -> None:
    revisit, resource = ref("http://e.com/1", type="revisit"), ref("http://e.com/2", status=None)
    assert [parse(line).mime for line in cdxj([revisit])] == ["warc/revisit"]
    assert [parse(line).status for line in cdxj([resource])] == [None]


def test_lines_are_sorted_by_their_bytes() -> None:
    urls = ["http://b.example/", "http://a.example/é", "http://a.example/z", "http://a.example/Z?", "urn:x"]
    lines = list(cdxj(ref(url) for url in urls))
    assert lines == sorted(lines, key=str.encode)


@given(
    url=st.text(min_size=1).map(lambda t: "http://e.example/" + t),
    mime=st.text(),
    status=st.none() | st.integers(100, 599),
    numbers=st.tuples(st.integers(0, 2**40), st.integers(0, 2**40)),
)
def test_a_line_reads_back_as_it_was(
    url: str, mime: str, status: int | None, numbers: tuple[int, int]
) -> None:
    line = CdxLine(
        urlkey=urlkey(url),
        timestamp="20260301083015",
        url=url,
        digest="sha256:00",
        mime=mime,
        filename="a.warc.gz",
        offset=numbers[0],
        length=numbers[1],
        status=status,
    )
    assert parse(str(line)) == line
    assert str(line).isascii() and len(str(line).splitlines()) == 1


@given(st.text())
def test_any_text_has_a_key_without_white_space(url: str) -> None:
    for key in (urlkey(url), urlkey("http://" + url), urlkey("http://e.com/" + url)):
        assert key.isascii() and not any(c.isspace() for c in key)
    same_page(url)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://e.com/a#b", "https://e.com:443/a", True),
        ("http://e.com/%e5%9b%be.png", "http://E.com/图.png", True),
        ("http://e.com/", "http://e.com", True),
        ("http://e.com/a?x=1", "http://e.com/a?x=2", False),
        ("http://e.com/A", "http://e.com/a", False),
        ("http://e.com/a%2Fb", "http://e.com/a/b", False),
    ],
)
def test_two_spellings_of_a_url_are_one_page(one: str, other: str, same: bool) -> None:
    assert (same_page(one) == same_page(other)) is same


@pytest.mark.parametrize("wrong", ["", "a b", "a 1 {}", 'a 1 {"url": "x"}', "a 1 []"])
def test_what_is_no_line_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        parse(wrong)
