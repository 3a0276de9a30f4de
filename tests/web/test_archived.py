"""Archived bytes leave only in a sandbox."""

from __future__ import annotations

import pytest

from cunzhao.core import VIEW_HEADERS
from tests.web.fake_core import HOSTILE

ROUTES = ["/view/s-news", "/view/s-news/r?u=https%3A%2F%2Fa.example%2Fx.svg", "/icon/s-news?u=https%3A%2F%2Fa.example%2Fi",
          "/view/s-news/screenshot", "/view/s-news/pdf", "/view/s-news/text", "/record/r-1", "/download/s-news"]  # fmt: skip


@pytest.mark.parametrize("path", ROUTES)
def test_every_route_of_archived_bytes_sends_the_archives_headers_and_not_ours(reader, path):
    answer = reader.get(path)
    assert answer.status_code == 200
    for name, value in VIEW_HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox;") and "allow-" not in policy
    assert len(answer.headers.get_list("content-security-policy")) == 1
    assert "set-cookie" not in answer.headers


def test_the_view_keeps_its_type_and_the_download_shows_nothing(reader):
    assert reader.get("/view/s-news").headers["content-type"] == "text/html; charset=utf-8"
    assert reader.get("/icon/s-news?u=x").headers["content-type"] == "image/svg+xml"
    download = reader.get("/download/s-news")
    assert download.headers["content-type"] == "application/octet-stream"
    assert download.content == "<p>字</p>".encode()


def test_print_and_record_are_files_and_never_shown(reader):
    for path in ("/view/s-news/pdf", "/record/r-1"):
        assert reader.get(path).headers["content-disposition"].startswith("attachment;")
    assert reader.get("/record/r-1").headers["content-type"] == "application/octet-stream"
    assert reader.get("/record/none").status_code == 404
    assert reader.get("/view/s-news/dom").status_code == 422


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=4-", 206, slice(4, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-999999", 206, slice(0, None)),
        ("bytes=999999-", 416, slice(0, 0)),
        ("bytes=5-2", 416, slice(0, 0)),
        ("bytes=0-1,3-4", 200, slice(0, None)),
        ("bytes=-", 200, slice(0, None)),
        ("lines=0-1", 200, slice(0, None)),
    ],
)
def test_a_part_of_film_or_sound_can_be_asked_for(reader, asked, status, part):
    path = "/view/s-news/r?u=https%3A%2F%2Fa.example%2Fx.svg"
    whole = reader.get(path).content
    answer = reader.get(path, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, whole[part])
    assert answer.headers["content-security-policy"] == VIEW_HEADERS["Content-Security-Policy"]
    if status == 206:
        first, last = range(len(whole))[part][0], range(len(whole))[part][-1]
        assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(whole)}"


def test_a_hostile_title_becomes_a_harmless_file_name(reader):
    name = reader.get("/download/s-evil").headers["content-disposition"]
    assert name.startswith("attachment; filename=") and "filename*=UTF-8''" in name
    assert "<" not in name and "/" not in name and HOSTILE not in name


def test_what_was_not_kept_is_not_found(reader):
    assert reader.get("/view/none").status_code == 404
    assert reader.get("/view/s-news/r?u=https%3A%2F%2Fa.example%2Fgone").status_code == 404
    assert reader.get("/view/s-news/r").status_code == 422


def test_an_error_of_the_view_may_stand_in_the_frame_that_asked(reader):
    answer = reader.get("/view/none")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "没有这个快照" in answer.text and "<nav" not in answer.text
