"""The installation's settings on their page: shown with where they come from, changed in the file alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from cunzhao import settings
from cunzhao.access.types import AuditFilter
from cunzhao.core import Core
from cunzhao.core.installed import EDITABLE
from cunzhao.web import app
from cunzhao.web.showing.setting_words import GROUPS, WORDS

FILE = '# 我们处的\n[collect]\nmax_requisites = 300 # 够用\n\n[model]\nkey = "s3cret-key"\n'


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    (tmp_path / "settings.toml").write_text(FILE, "utf-8")
    with Core.open(settings.load({"CUNZHAO_FETCH_TIMEOUT": "25"}, home=tmp_path)) as opened:
        yield opened


@pytest.fixture
def client(core: Core) -> TestClient:
    return TestClient(app(core), base_url="http://127.0.0.1", follow_redirects=False)


def post(client: TestClient, **typed: str) -> object:
    return client.post("/settings/installation", data=typed)


def test_every_setting_has_words_and_a_group() -> None:
    named = [name for _, names in GROUPS for name in names]
    assert sorted(named) == sorted(WORDS) == sorted(settings.every_setting())
    assert set(EDITABLE) < set(WORDS)


def test_values_stand_with_where_they_come_from_and_secrets_do_not_stand_at_all(client: TestClient) -> None:
    page = client.get("/settings")
    tree = html.fromstring(page.text)
    assert tree.xpath("string(//input[@name='max_requisites']/@value)") == "300"
    assert "CUNZHAO_FETCH_TIMEOUT" in page.text and not tree.xpath("//input[@name='fetch_timeout_s']")
    assert "s3cret" not in page.text and "已设置" in page.text
    assert "no-store" in page.headers["cache-control"]


def test_a_change_goes_into_the_file_beside_its_comments_and_into_the_audit_log(
    client: TestClient, core: Core, tmp_path: Path
) -> None:
    done = post(
        client,
        region="绍兴市",
        allow_hosts="oa.example.cn",
        max_requisites="",
        model_key="",
        fetch_timeout_s="9",
    )
    assert done.status_code == 303 and "region" in done.headers["location"]
    text = (tmp_path / "settings.toml").read_text("utf-8")
    assert (
        "# 我们处的" in text
        and "s3cret-key" in text
        and "max_requisites" not in text
        and "timeout" not in text
    )
    after = settings.load({}, home=tmp_path)
    assert (after.region, after.allow_hosts, after.max_requisites) == ("绍兴市", ("oa.example.cn",), 500)
    page = client.get("/settings?changed=region").text
    assert "下次启动后生效" in page and core.settings.region == ""
    told = {(entry.action, entry.target) for entry in core.access.audited(AuditFilter()).entries}
    assert ("hosts-allowed", "egress.allow: - -> oa.example.cn") in told
    assert post(client, model_key="other").status_code == 303
    told = [entry.target for entry in core.access.audited(AuditFilter()).entries]
    assert "model.key" in told and not any("other" in target for target in told)
    client.post("/settings/installation", data={"forget": "model_key", "model_key": ""})
    assert settings.load({}, home=tmp_path).model_key == ""


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_written(
    client: TestClient, tmp_path: Path
) -> None:
    wrong = {
        "next_pages": "-1", "pages_at_once": "0", "browser": "/no/such/program", "model_address": "ftp://x",
        "allow_hosts": "http://a/b", "lang": "fr", "max_body_bytes": "viel",
    }  # fmt: skip
    answer = post(client, region="绍兴市", **wrong)
    tree = html.fromstring(answer.text)
    assert answer.status_code == 422 and "有 7 项不对" in tree.text_content()
    assert {one.get("name") for one in tree.xpath("//*[@aria-invalid]")} == set(wrong)
    assert tree.xpath("string(//input[@name='region']/@value)") == "绍兴市"  # what was typed stays
    assert (tmp_path / "settings.toml").read_text("utf-8") == FILE

    (tmp_path / "settings.toml").write_text("[collect", "utf-8")
    broken = post(client, region="绍兴市")
    assert broken.status_code == 422 and "settings.toml" in broken.text
    assert client.get("/settings").status_code == 200
