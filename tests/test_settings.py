"""Settings come from defaults < file < environment < flags; an unknown or wrong one is named."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from cunzhao import settings
from cunzhao.errors import SettingUnknown, SettingWrong
from cunzhao.settings import Settings, load


def write(home: Path, text: str) -> None:
    (home / "settings.toml").write_text(text, "utf-8")


def test_each_source_wins_over_the_one_before(tmp_path: Path) -> None:
    assert load({}, home=tmp_path).fetch_timeout_s == 30
    write(tmp_path, "[collect]\ntimeout = 20")
    assert load({}, home=tmp_path).fetch_timeout_s == 20
    assert load({"CUNZHAO_FETCH_TIMEOUT": "2.5"}, home=tmp_path).fetch_timeout_s == 2.5
    assert load({"CUNZHAO_FETCH_TIMEOUT": "2.5"}, home=tmp_path, fetch_timeout_s=1.0).fetch_timeout_s == 1


def test_the_allow_list_may_come_from_file_or_environment(tmp_path: Path) -> None:
    write(tmp_path, '[egress]\nallow = ["oa.example", "127.0.0.1:8099"]')
    assert load({}, home=tmp_path).allow_hosts == ("oa.example", "127.0.0.1:8099")
    given = {"CUNZHAO_ALLOW_HOSTS": "127.0.0.1:8099, intranet.example"}
    assert load(given, home=tmp_path).allow_hosts == ("127.0.0.1:8099", "intranet.example")


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("en_US.UTF-8", "en"), ("en", "en"), ("zh_CN.UTF-8", "zh"), ("C", "zh"), ("", "zh"), ("de_DE", "zh")],
)
def test_only_an_english_locale_asks_for_english(locale: str, lang: str, tmp_path: Path) -> None:
    assert load({"LANG": locale}, home=tmp_path).lang == lang


def test_an_unknown_key_is_refused_and_the_known_ones_named(tmp_path: Path) -> None:
    write(tmp_path, "[collect]\ntimeuot = 20")
    with pytest.raises(SettingUnknown) as caught:
        load({}, home=tmp_path)
    assert "collect.timeuot" in caught.value.text("en") and "collect.timeout" in caught.value.text("en")


@pytest.mark.parametrize(
    "text", ["[collect]\ntimeout = 'soon'", "[collect]\ntimeout = true", "no toml at all"]
)
def test_a_wrong_value_is_refused(text: str, tmp_path: Path) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingWrong):
        load({}, home=tmp_path)


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs/settings.md").read_text("utf-8")
    for field in dataclasses.fields(Settings):
        if field.metadata:
            assert field.metadata["key"] in page and field.metadata["env"] in page, field.name


def test_the_settings_page_is_what_the_table_says() -> None:
    assert (Path(__file__).parent.parent / "docs/settings.md").read_text("utf-8") == settings.described()
