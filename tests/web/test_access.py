"""Who may open what: every route of the application is walked, as nobody and in every role."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import APIRouter
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from cunzhao.access.access import Access
from cunzhao.access.passwords import Hashing
from cunzhao.access.types import AuditFilter
from cunzhao.errors import NotFound
from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database
from cunzhao.web import app
from cunzhao.web.door.admission import Door, doors_of
from cunzhao.web.door.rights import RIGHTS, deed_words
from tests.web.fake_core import FakeCore
from tests.web.site import site

HERE = "http://127.0.0.1"
GOOD, OTHER = "竹林里的七把雨伞 lamp", "seven umbrellas 竹林 wind"
NAMES = {"viewer": "王看", "editor": "李编辑", "administrator": "陈静"}
RANK = {"viewer": 0, "editor": 1, "administrator": 2}
LOGIN = "cunzhao_login"


class Nowhere:
    """A core in which nothing is found: whatever gets to it has been let in."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.settings = Settings(home=Path("/nonexistent"))

    def __getattr__(self, name: str) -> Any:
        def missing(*_: object, **__: object) -> None:
            raise NotFound(name, what="东西", what_en="thing")

        return missing


def opened(home: Path) -> tuple[Access, Database]:
    """What stands in this folder; the database is to be closed."""
    database = open_database(Settings(home=home))
    return Access(database, Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))), database


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one account of each role, made once and copied for each test."""
    home = tmp_path_factory.mktemp("furnished")
    made, database = opened(home)
    for role in reversed(NAMES):
        made.add_account(NAMES[role], GOOD, role)
    database.close()
    return home / "cunzhao.db"


@pytest.fixture
def access(tmp_path: Path, furnished: Path) -> Iterator[Access]:
    shutil.copy(furnished, tmp_path)
    made, database = opened(tmp_path)
    yield made
    database.close()


@pytest.fixture
def core(access: Access) -> FakeCore:
    made = FakeCore()
    made.access = access
    return made


def browser(core: Any, *, base_url: str = HERE, **how: Any) -> TestClient:
    return TestClient(
        site(core, **how), base_url=base_url, follow_redirects=False, raise_server_exceptions=False
    )


def word(page: str) -> str:
    return re.search(r'name="csrf" value="(\w+)"', page)[1]


def log_in(
    client: TestClient, name: str = "陈静", password: str = GOOD, back: str = "/", **headers: str
) -> Any:
    form = {"name": name, "password": password, "back": back, "csrf": word(client.get("/login").text)}
    return client.post("/login", data=form, headers=headers)


@cache
def doors() -> list[Door]:
    return site(FakeCore()).state.doors


def address(door: Door) -> str:
    fill = {"page": "1", "kind": "pdf", "name": "王看"}
    path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: fill.get(m[1], "x"), door.path)
    return "/static/style.css" if door.method == "MOUNT" else path


def refused(answer: Any) -> bool:
    to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login?back=")
    return to_login or answer.status_code == 401 or (answer.status_code == 403 and "权限" in answer.text)


# --- the table ----------------------------------------------------------------------------------------


def test_every_route_of_the_application_stands_in_the_table_and_every_line_is_a_route() -> None:
    assert {door.key for door in doors()} == set(RIGHTS)


def test_the_doors_are_all_there_are(core: FakeCore) -> None:
    """Asked another way: what OpenAPI describes, and what the routers of the pages hold."""
    made = app(core)
    keys = {door.key for door in made.state.doors}
    described = {f"{m.upper()} {p}" for p, ms in made.openapi()["paths"].items() for m in ms}
    assert len(described) > 25 and described <= {re.sub(r":path\}", "}", key) for key in keys}
    assert len(keys) > 80 and "POST /links" in keys and "MOUNT /static" in keys


def test_what_changes_something_is_told_in_words_or_told_by_access_itself() -> None:
    silent = {key for key, right in RIGHTS.items() if not key.startswith(("GET", "MOUNT")) and not right.zh}
    by_access = re.compile(r"(POST|PUT|DELETE) (/api)?/(login|logout|account|users|shares|tokens|settings)")
    told = {"POST /brief", "POST /api/brief", "POST /mcp"}
    assert {key for key in silent if not by_access.match(key)} == told
    assert all(right.en.isascii() for right in RIGHTS.values())


def test_nothing_that_changes_something_is_open_to_viewers_or_to_all() -> None:
    lenient = {
        k for k, r in RIGHTS.items() if r.need in ("anyone", "viewer") and not k.startswith(("GET", "MOUNT"))
    }
    reading = {"POST /login", "POST /mcp", "POST /brief", "POST /api/brief", "POST /settings/look"}
    assert lenient == reading


def test_a_route_that_nobody_thought_about_opens_to_administrators_alone(access: Access) -> None:
    [door] = doors_of([SimpleNamespace(path="/new", methods={"GET"}, endpoint=None)])
    assert door.right.need == "administrator"


def test_a_route_that_was_included_behind_the_tables_back_is_not_served(core: FakeCore) -> None:
    made, behind = app(core), APIRouter()
    behind.add_api_route("/behind", lambda: "open")
    made.include_router(behind)
    client = TestClient(made, base_url=HERE, raise_server_exceptions=False)
    log_in(client)
    assert client.get("/behind").status_code == 500


def walk(client: TestClient, **headers: str) -> dict[str, bool]:
    """Of each route whether it was opened. The form's word goes along: forged requests have tests of their own."""
    found = {}
    for door in doors():
        if door.path in ("/login", "/logout"):
            continue
        method = "GET" if door.method == "MOUNT" else door.method
        found[door.key] = not refused(client.request(method, address(door), headers=headers))
    return found


def expected(level: int, *, person: bool) -> dict[str, bool]:
    opens = {}
    for door in doors():
        if door.path not in ("/login", "/logout"):
            need = door.right.need
            opens[door.key] = need == "anyone" or (person if need == "person" else level >= RANK.get(need, 3))
    return opens


def test_nobody_opens_what_is_not_for_everybody(access: Access) -> None:
    opened = walk(browser(Nowhere(access)))
    assert opened == expected(-1, person=False)
    own = {key for key, is_open in opened.items() if is_open and "/shared/" not in key}
    assert own == {"MOUNT /static", "POST /settings/look"}


@pytest.mark.parametrize("role", RANK)
def test_a_role_opens_its_routes_and_no_other(access: Access, role: str) -> None:
    client = browser(Nowhere(access))
    log_in(client, NAMES[role])
    person = access.of_cookie(client.cookies[LOGIN])
    opened = walk(client, **{"X-CSRF-Token": person.csrf})
    access.set_disabled("王看", disabled=False)
    assert opened == expected(RANK[role], person=True)


@pytest.mark.parametrize(("scope", "level"), [("read", 0), ("write", 1), ("admin", 2)])
def test_a_token_opens_the_routes_of_its_scope_and_no_page_of_the_persons_own(
    access: Access, scope: Any, level: int
) -> None:
    token = access.add_token(access.account_named("陈静").id, "脚本", scope).secret
    opened = walk(browser(Nowhere(access)), Authorization=f"Bearer {token}")
    assert opened == expected(level, person=False)


@pytest.mark.parametrize("told", ["Bearer cz_wrong", "Bearer ", "Basic x", "bearer\tx", "Bearer cz_é"])
def test_a_token_that_is_none_is_answered_with_401_and_how_to_send_one(access: Access, told: str) -> None:
    answer = browser(Nowhere(access)).get("/api/links", headers={"Authorization": told.encode("utf-8")})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "login-needed")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_in_the_address_is_no_token(access: Access) -> None:
    token = access.add_token(access.account_named("陈静").id, "脚本", "admin").secret
    assert browser(Nowhere(access)).get(f"/api/links?token={token}&access_token={token}").status_code == 401


# --- this machine -------------------------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[FakeCore]:
    made = FakeCore()
    made.access, database = opened(tmp_path)
    yield made
    database.close()


def test_the_first_start_on_loopback_needs_no_login_and_the_first_user_ends_that(fresh: FakeCore) -> None:
    client = browser(fresh)
    assert client.get("/").status_code == client.get("/users").status_code == 200
    assert client.get("/account").status_code == 200 and "不需要登录" in client.get("/account").text
    made = client.post("/users", data={"name": "陈静", "password": GOOD, "role": "administrator"})
    assert made.status_code == 303 and client.get("/").headers["location"] == "/login?back=%2F"
    assert log_in(client).status_code == 303 and client.get("/").status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host"])
def test_what_came_through_another_server_is_not_the_owner_of_this_machine(
    fresh: FakeCore, header: str
) -> None:
    assert refused(browser(fresh).get("/", headers={header: "192.0.2.1"}))


def test_beyond_loopback_nobody_is_the_owner(fresh: FakeCore) -> None:
    client = browser(fresh, local=False)
    assert refused(client.get("/")) and "cunzhao user add" in client.get("/login").text


def test_beyond_loopback_every_ip_address_is_ours_and_no_other_name_but_those_named(core: FakeCore) -> None:
    client = browser(core, local=False, hosts=["cunzhao.example"])
    for host, code in (
        ("192.0.2.9:8749", 200),
        ("[2001:db8::1]", 200),
        ("cunzhao.example", 200),
        ("evil.example", 421),
    ):
        assert client.get("/login", headers={"Host": host}).status_code == code
    assert browser(core).get("/login", headers={"Host": "192.0.2.9"}).status_code == 421


# --- logging in ---------------------------------------------------------------------------------------


def test_a_login_leads_back_to_where_one_wanted_to_go(core: FakeCore) -> None:
    client = browser(core)
    sent = client.get("/search?q=清江&tag=a")
    page = client.get(sent.headers["location"])
    back = re.search(r'name="back" value="([^"]+)"', page.text)[1].replace("&amp;", "&")
    assert back == "/search?q=%E6%B8%85%E6%B1%9F&tag=a"
    assert log_in(client, back=back).headers["location"] == back


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/\t/evil.example", "evil.example", "", "/%0d%0aSet-Cookie: a\r\n"],
)  # fmt: skip
def test_no_login_leads_to_another_site(core: FakeCore, back: str) -> None:
    client = browser(core)
    where = log_in(client, back=back).headers["location"]
    assert where == "/" and "evil" not in client.get("/login", params={"back": back}).headers.get(
        "location", ""
    )


def test_the_cookie_of_a_login_is_guarded(core: FakeCore) -> None:
    kept = log_in(browser(core)).headers.get_list("set-cookie")
    [login] = [one for one in kept if one.startswith(f"{LOGIN}=") and "Max-Age=0" not in one]
    parts = {part.strip().lower() for part in login.split(";")[1:]}
    assert (
        {"httponly", "samesite=lax", "path=/"} <= parts
        and "domain" not in login.lower()
        and "secure" not in parts
    )
    assert all("httponly" in one.lower() for one in kept)


def test_over_https_cookies_are_secure_and_bound_to_the_host_by_their_name(core: FakeCore) -> None:
    client = browser(core, base_url="https://127.0.0.1")
    kept = log_in(client).headers.get_list("set-cookie")
    assert kept and all(one.startswith("__Host-") and "secure" in one.lower() for one in kept)
    assert client.get("/").status_code == 200


def test_a_cookie_planted_before_the_login_is_none_after_it(core: FakeCore, access: Access) -> None:
    """Session fixation: neither a made up cookie nor a real one of the attacker's becomes the victim's."""
    attacker = access.login("王看", GOOD)
    for planted in ("planted", attacker.cookie):
        victim = browser(core)
        victim.cookies.set(LOGIN, planted, domain="127.0.0.1")
        if planted == attacker.cookie:
            victim.post("/logout", headers={"X-CSRF-Token": attacker.person.csrf})
            victim.cookies.set(LOGIN, planted, domain="127.0.0.1")
        log_in(victim)
        mine = {cookie.value for cookie in victim.cookies.jar if cookie.name == LOGIN}
        assert planted not in mine or access.of_cookie(planted) is None
    assert access.of_cookie(attacker.cookie) is None


def test_logging_in_over_an_open_login_ends_that_one(core: FakeCore, access: Access) -> None:
    client = browser(core)
    log_in(client, "王看")
    first = client.cookies[LOGIN]
    form = {"name": "陈静", "password": GOOD, "csrf": access.of_cookie(first).csrf}
    assert client.post("/login", data=form).status_code == 303
    assert client.cookies[LOGIN] != first and access.of_cookie(first) is None


def test_logging_out_ends_the_login_on_the_server_too(core: FakeCore, access: Access) -> None:
    client = browser(core)
    log_in(client)
    stolen, csrf = client.cookies[LOGIN], word(client.get("/").text)
    assert client.post("/logout", data={"csrf": csrf}).headers["location"] == "/login"
    thief = browser(core)
    thief.cookies.set(LOGIN, stolen, domain="127.0.0.1")
    assert refused(thief.get("/")) and refused(client.get("/"))


@pytest.mark.parametrize("csrf", ["", "x", "0" * 64])
def test_a_login_form_that_is_not_ours_is_refused(core: FakeCore, csrf: str) -> None:
    """Login CSRF: nobody is logged in as somebody else by a page of another site."""
    client = browser(core)
    client.get("/login")
    answer = client.post("/login", data={"name": "陈静", "password": GOOD, "csrf": csrf})
    assert answer.status_code == 403 and LOGIN not in client.cookies
    stranger = browser(core)  # the word of another browser's form
    answer = stranger.post(
        "/login", data={"name": "陈静", "password": GOOD, "csrf": word(client.get("/login").text)}
    )
    assert answer.status_code == 403 and LOGIN not in stranger.cookies


def test_failed_logins_are_told_alike_and_then_have_to_wait(core: FakeCore) -> None:
    client = browser(core)
    known, unknown = log_in(client, "陈静", "wrong"), log_in(client, "没有此人", "wrong")
    assert known.status_code == unknown.status_code == 401
    same = [re.sub(r'value="[^"]*"', "", page.text) for page in (known, unknown)]
    assert same[0] == same[1] and "wrong" not in known.text
    for _ in range(4):
        log_in(client, "陈静", "wrong")
    late = log_in(client, "陈静", GOOD)
    assert (
        late.status_code == 429 and "分钟后" in late.text and log_in(client, "王看", GOOD).status_code == 303
    )


def test_pages_with_secrets_are_kept_by_nobody(core: FakeCore) -> None:
    client = browser(core)
    assert client.get("/login").headers["cache-control"] == "no-store"
    log_in(client)
    for path in ("/account", "/users"):
        assert client.get(path).headers["cache-control"] == "no-store"
    assert client.get("/").headers["cache-control"] == "private, no-cache"


# --- forged requests ----------------------------------------------------------------------------------

CHANGES = [door for door in doors() if door.method not in ("GET", "MOUNT") and door.path != "/login"]


@pytest.mark.parametrize(
    "csrf", [None, "x", *(pytest.param(word, marks=pytest.mark.long) for word in ("", "0" * 64))]
)
def test_no_route_changes_anything_for_a_cookie_without_the_forms_word(
    core: FakeCore, access: Access, csrf: str | None
) -> None:
    client = browser(Nowhere(access))
    log_in(client)
    before = len(list(access.every_entry(AuditFilter())))
    for door in CHANGES:
        form = {} if csrf is None else {"csrf": csrf}
        answers = [client.request(door.method, address(door), data=form)]
        if csrf is not None:
            answers.append(
                client.request(door.method, address(door), json={}, headers={"X-CSRF-Token": csrf})
            )
        for answer in answers:
            assert answer.status_code == 403 and "已过期" in answer.text, door.key
    assert len(list(access.every_entry(AuditFilter()))) == before


def test_the_word_of_another_login_is_wrong(core: FakeCore, access: Access) -> None:
    client = browser(core)
    log_in(client)
    other = access.login("陈静", GOOD).person.csrf
    assert client.post("/links/Ls-news/remove", data={"csrf": other}).status_code == 403
    assert core.calls == []


def test_every_form_of_every_page_carries_the_word_and_no_get_form_does(core: FakeCore) -> None:
    client = browser(core)
    log_in(client)
    forms = 0
    for path in ("/", "/snapshot/s-news", "/trash", "/brief", "/account", "/users", "/audit", "/about"):
        page = client.get(path).text
        for form in re.findall(r"<form\b[^>]*>.*?</form>", page, re.DOTALL):
            post = 'method="post"' in form.split(">")[0]
            assert post == ('name="csrf"' in form), form
            forms += post
    assert forms > 15


def test_with_the_word_a_form_and_a_script_may_change_things(core: FakeCore, access: Access) -> None:
    client = browser(core)
    log_in(client, "李编辑")
    csrf = word(client.get("/").text)
    assert client.post("/links/Ls-news/tags", data={"tags": "甲", "csrf": csrf}).status_code == 303
    answer = client.put("/api/links/Ls-news/tags", json=["乙"], headers={"X-CSRF-Token": csrf})
    assert answer.status_code == 204
    files = {"files": ("a.txt", b"text"), "csrf": (None, csrf)}
    assert client.post("/import", files=files).status_code == 200
    told = [(e.who, deed_words(e.action)[0], e.target) for e in access.every_entry(AuditFilter(who="李编辑"))]
    assert told[:3] == [
        ("李编辑", "导入文件", "/import"),
        ("李编辑", "设定标签", "/api/links/Ls-news/tags"),
        ("李编辑", "设定标签", "/links/Ls-news/tags"),
    ]


def test_a_token_needs_no_word_and_a_cookie_beside_it_gives_it_no_more(
    core: FakeCore, access: Access
) -> None:
    client = browser(core)
    log_in(client)
    read = access.add_token(access.account_named("陈静").id, "脚本", "read").secret
    write = access.add_token(access.account_named("陈静").id, "脚本", "write").secret
    change = {"url": "/api/links/Ls-news/tags", "json": ["乙"]}
    assert client.put(**change, headers={"Authorization": f"Bearer {read}"}).status_code == 403
    assert client.put(**change, headers={"Authorization": f"Bearer {write}"}).status_code == 204


# --- the pages ----------------------------------------------------------------------------------------


def test_the_page_of_ones_own_account(core: FakeCore, access: Access) -> None:
    client, other = browser(core), access.login("李编辑", GOOD)
    log_in(client, "李编辑")
    csrf = word(client.get("/account").text)
    made = client.post("/account/tokens", data={"name": "<b>表格", "scope": "write", "days": 5, "csrf": csrf})
    secret = re.search(r"cz_[\w-]{43}", made.text)[0]
    assert access.of_token(secret).role == "editor" and "&lt;b&gt;表格" in made.text
    assert secret not in client.get("/account").text
    assert client.post("/account/tokens", data={"name": "", "csrf": csrf}).status_code == 422
    client.post(f"/account/tokens/{access.tokens(other.person.id)[0].id}/revoke", data={"csrf": csrf})
    assert access.of_token(secret) is None
    feeds = client.post("/account/tokens", data={"name": "订阅", "scope": "feed", "csrf": csrf}).text
    addresses = [html.unescape(one) for one in re.findall(r"<dd><code[^>]*>(.*?)</code>", feeds)]
    tokens = {one.partition("token=")[2] for one in addresses}
    assert len(addresses) > 2 and [access.of_token(one, feed=True).name for one in tokens] == ["李编辑"]
    assert (
        addresses[0].startswith("http://127.0.0.1/feeds/links.atom?token=")
        and "?collection=c1" in addresses[2]
    )
    for form, code in (({"old": GOOD, "new": OTHER, "again": GOOD}, 422), ({"old": "x", "new": OTHER, "again": OTHER}, 422),
                       ({"old": GOOD, "new": "1234567890", "again": "1234567890"}, 422), ({"old": GOOD, "new": OTHER, "again": OTHER}, 303)):  # fmt: skip
        assert client.post("/account/password", data={**form, "csrf": csrf}).status_code == code
    assert access.of_cookie(other.cookie) is None and client.get("/account").status_code == 200


def test_the_page_of_users(core: FakeCore, access: Access) -> None:
    client = browser(core)
    log_in(client)
    csrf = word(client.get("/users").text)

    def post(path: str, **form: str) -> int:
        return client.post(f"/users{path}", data={**form, "csrf": csrf}).status_code

    assert post("", name="周 力", password=GOOD, role="viewer") == 303
    assert post("", name="周 力", password=GOOD, role="viewer") == 422
    assert post("", name="x", password="short", role="viewer") == 422
    assert post("/周 力/role", role="editor") == 303 and access.account_named("周 力").role == "editor"
    assert post("/周 力/role", role="king") == 422 and post("/陈静/role", role="viewer") == 422
    assert post("/周 力/password", password=OTHER) == 303 and access.login("周 力", OTHER)
    assert post("/周 力/disabled", on="1") == 303 and "已停用" in client.get("/users").text
    assert post("/周 力/disabled", on="0") == 303 and access.login("周 力", OTHER)
    token = access.add_token(access.account_named("周 力").id, "脚本", "read")
    assert "脚本" in client.get("/users").text and post(f"/tokens/{token.token.id}/revoke") == 303
    assert access.of_token(token.secret) is None


def test_the_audit_log_is_shown_and_exported_without_formulas(core: FakeCore, access: Access) -> None:
    client = browser(core)
    log_in(client)
    access.audit('=HYPERLINK("http://evil.example")', "+1\r\n<script>")
    page, table = client.get("/audit").text, client.get("/audit.csv")
    assert "<script>" not in page and "陈静" in page and "登录" in page
    assert (
        table.headers["content-type"].startswith("text/csv")
        and "attachment" in table.headers["content-disposition"]
    )
    assert (
        "\"'=HYPERLINK" in table.text
        and "'+1" in table.text
        and "\n=" not in table.text
        and ",=" not in table.text
    )
    only = client.get("/audit", params={"action": "account-added", "before": "99999999999999999999"})
    assert only.status_code == 200 and "王看 viewer" in only.text


def test_an_operation_tells_who_asks_and_keeps_users(core: FakeCore, access: Access) -> None:
    client = browser(core)
    token = access.add_token(access.account_named("陈静").id, "脚本", "admin").secret
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/account", headers=headers).json() == {"name": "陈静", "role": "administrator"}
    new = {"name": "周力", "password": GOOD, "role": "viewer"}
    made = client.post("/api/users", json=new, headers=headers)
    assert made.status_code == 201 and "password" not in made.json()
    assert client.post("/api/users", json=new, headers=headers).status_code == 409
    assert client.put("/api/users/周力/role", json="editor", headers=headers).status_code == 204
    assert (
        client.put("/api/users/陈静/disabled", json=True, headers=headers).json()["error"]["code"]
        == "last-administrator"
    )
    assert [u["name"] for u in client.get("/api/users", headers=headers).json()] == [
        "陈静",
        "李编辑",
        "王看",
        "周力",
    ]
    entry = client.get("/api/audit", headers=headers).json()["entries"][0]
    assert (entry["who"], entry["action"], entry["target"], entry["door"]) == (
        "陈静",
        "role-set",
        "周力 editor",
        "api",
    )


def test_in_english_too(access: Access) -> None:
    core = FakeCore()
    core.access, core.settings = access, Settings(home=Path("/nonexistent"), lang="en")
    client = browser(core)
    assert "Log in" in client.get("/login").text
    log_in(client)
    for path, words in (("/account", "My account"), ("/users", "Add a user"), ("/audit", "Audit log")):
        assert words in client.get(path).text


def test_nobody_gets_in_by_a_web_socket(core: FakeCore) -> None:
    with pytest.raises(WebSocketDisconnect), browser(core).websocket_connect("/api/links"):
        pass
