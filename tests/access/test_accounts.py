"""Accounts, logins, tokens and the audit log, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from cunzhao.access import auditing
from cunzhao.access.access import Access
from cunzhao.access.keys import Keys
from cunzhao.access.types import OWNER, AuditFilter, Credentials, Person
from cunzhao.errors import (
    LastAdministrator,
    LoginRefused,
    NameTaken,
    NotFound,
    PasswordWeak,
    ShareGone,
    TooManyAttempts,
    UsageWrong,
)
from cunzhao.storage.account_models import AccountRow, AttemptRow, AuditRow, LoginRow, ShareRow, TokenRow
from cunzhao.storage.acting import Actor, acting
from cunzhao.storage.database import Database
from tests.access.conftest import GOOD, OTHER, Clock


def person(access: Access, name: str = "李编辑") -> Person:
    return access.login(name, GOOD).person


def told(access: Access) -> list[tuple[str, str, str]]:
    return [(e.who, e.action, e.target) for e in reversed(access.audited(AuditFilter()).entries)]


# --- accounts -----------------------------------------------------------------------------------------


def test_without_an_account_whoever_asks_over_loopback_owns_the_machine_and_with_one_nobody_does(
    access: Access,
) -> None:
    assert access.who(Credentials(local=True)) == OWNER and access.who(Credentials()) is None
    access.add_account("陈静", GOOD, "administrator")
    assert access.who(Credentials(local=True)) is None


def test_the_first_account_is_an_administrator(access: Access) -> None:
    with pytest.raises(UsageWrong):
        access.add_account("李编辑", GOOD, "editor")
    assert not access.has_administrator() and access.accounts() == ()


def test_names_that_look_the_same_are_one(people: Access) -> None:
    people.add_account("Zhou Li", GOOD, "viewer")
    for same in ("zhou li", " ＺＨＯＵ  LI ", "Zhou  Li"):
        with pytest.raises(NameTaken):
            people.add_account(same, GOOD, "viewer")
    assert people.login("ｚｈｏｕ li", GOOD).person.name == "Zhou Li"


@pytest.mark.parametrize("name", ["", " ", "a\u202eb", "x" * 41, "<b>", "a\nb\0", "=1+1", "-x", "陈/静"])
def test_a_name_that_deceives_or_is_none_is_refused(access: Access, name: str) -> None:
    with pytest.raises(UsageWrong):
        access.add_account(name, GOOD, "administrator")


def test_the_last_administrator_stays(people: Access) -> None:
    for undo in (
        lambda: people.set_role("陈静", "editor"),
        lambda: people.set_disabled("陈静", disabled=True),
    ):
        with pytest.raises(LastAdministrator):
            undo()
    people.set_role("李编辑", "administrator")
    people.set_role("陈静", "viewer")
    assert {a.name: a.role for a in people.accounts()}["陈静"] == "viewer"


def test_a_role_holds_from_the_next_request_on(people: Access) -> None:
    opened = people.login("李编辑", GOOD)
    people.set_role("李编辑", "viewer")
    assert people.of_cookie(opened.cookie).role == "viewer"


def test_who_is_shut_out_is_out_at_once_with_his_tokens_and_may_be_let_in_again(people: Access) -> None:
    opened = people.login("李编辑", GOOD)
    token = people.add_token(opened.person.id, "脚本", "read").secret
    people.set_disabled("李编辑", disabled=True)
    assert people.of_cookie(opened.cookie) is None and people.of_token(token) is None
    with pytest.raises(LoginRefused):
        people.login("李编辑", GOOD)
    people.set_disabled("李编辑", disabled=False)
    assert people.login("李编辑", GOOD) and people.of_cookie(opened.cookie) is None


def test_nothing_that_opens_a_door_stands_in_the_database(people: Access, database: Database) -> None:
    opened = people.login("李编辑", GOOD)
    token, share = people.add_token(opened.person.id, "脚本", "read").secret, people.add_share("c").secret
    name = people._keys.value("login", opened.cookie)
    with database.reading() as session:
        rows = [
            str(vars(r))
            for t in (AccountRow, LoginRow, TokenRow, AttemptRow, AuditRow, ShareRow)
            for r in session.scalars(sa.select(t))
        ]
    assert len(rows) > 5
    for secret in (GOOD, opened.cookie, name, token, share, opened.person.csrf):
        assert secret not in "".join(rows)


# --- logins -------------------------------------------------------------------------------------------


def test_a_wrong_password_and_an_unknown_name_are_told_alike(people: Access) -> None:
    said = []
    for name, password in (("陈静", "wrong password!"), ("nobody", GOOD), ("", ""), ("陈静", "x" * 10_000)):
        with pytest.raises(LoginRefused) as caught:
            people.login(name, password)
        said.append(caught.value.text("zh"))
    assert len(set(said)) == 1


def test_every_login_has_a_name_of_its_own_and_one_that_a_browser_brings_along_ends(people: Access) -> None:
    first = people.login("陈静", GOOD)
    second = people.login("李编辑", GOOD, earlier=first.cookie)
    assert first.cookie != second.cookie and people.of_cookie(first.cookie) is None
    assert people.of_cookie(second.cookie).name == "李编辑"


@pytest.mark.parametrize("cookie", ["", "x", "x.y", "é", "a" * 5000, "..", "\0"])
def test_a_cookie_that_we_did_not_sign_opens_nothing(people: Access, cookie: str) -> None:
    assert people.of_cookie(cookie) is None


def test_a_cookie_signed_for_another_purpose_or_by_another_key_opens_nothing(people: Access) -> None:
    opened = people.login("陈静", GOOD)
    secret = people._keys.value("login", opened.cookie)
    assert people.of_cookie(people._keys.signed("device", secret)) is None
    assert people.of_cookie(Keys("another").signed("login", secret)) is None
    assert people.of_cookie(people._keys.signed("login", secret)) is not None


def test_a_login_ends_twelve_hours_after_its_last_use_and_after_a_week_in_any_case(
    people: Access, clock: Clock
) -> None:
    cookie = people.login("陈静", GOOD).cookie
    for _ in range(15):
        clock.later(hours=11)
        assert people.of_cookie(cookie)
    clock.later(hours=4)
    assert people.of_cookie(cookie) is None
    cookie = people.login("陈静", GOOD).cookie
    clock.later(hours=12, minutes=1)
    assert people.of_cookie(cookie) is None


def test_logout_ends_this_login_and_no_other(people: Access) -> None:
    one, other = people.login("陈静", GOOD), people.login("陈静", GOOD)
    people.logout(one.person)
    assert people.of_cookie(one.cookie) is None and people.of_cookie(other.cookie)


def test_a_new_password_ends_all_other_logins(people: Access) -> None:
    one, other = people.login("陈静", GOOD), people.login("陈静", GOOD)
    people.change_password(one.person.id, GOOD, OTHER, keep=one.person.login)
    assert people.of_cookie(one.cookie) and people.of_cookie(other.cookie) is None
    with pytest.raises(LoginRefused):
        people.login("陈静", GOOD)
    people.reset_password("陈静", GOOD)
    assert people.of_cookie(one.cookie) is None and people.login("陈静", GOOD)


def test_a_password_changes_only_with_the_old_one_and_to_a_good_one(people: Access) -> None:
    me = person(people)
    with pytest.raises(LoginRefused):
        people.change_password(me.id, OTHER, OTHER)
    with pytest.raises(PasswordWeak):
        people.change_password(me.id, GOOD, "1234567890")
    assert people.login("李编辑", GOOD)


def test_one_sees_and_ends_logins_of_ones_own_only(people: Access) -> None:
    mine, theirs = (
        people.login("陈静", GOOD, address="192.0.2.7", agent="Firefox\n\x1b"),
        people.login("李编辑", GOOD),
    )
    [row] = people.logins(mine.person)
    assert (row.address, row.agent, row.current) == ("192.0.2.7", "Firefox", True)
    with pytest.raises(NotFound):
        people.end_login(mine.person, theirs.person.login)
    people.end_login(mine.person, row.id)
    assert people.of_cookie(mine.cookie) is None and people.of_cookie(theirs.cookie)


def fail(access: Access, name: str, times: int = 1, **told: str) -> None:
    for _ in range(times):
        with pytest.raises(LoginRefused):
            access.login(name, "wrong password!", **told)


def test_after_five_failures_even_the_right_password_waits_and_then_it_is_taken(
    people: Access, clock: Clock
) -> None:
    fail(people, "陈静", 5, address="192.0.2.7")
    with pytest.raises(TooManyAttempts) as caught:
        people.login("陈静", GOOD, address="192.0.2.7")
    assert caught.value.values["minutes"] == 15
    assert people.login("陈静", GOOD, address="192.0.2.8") and people.login(
        "李编辑", GOOD, address="192.0.2.7"
    )
    clock.later(minutes=15)
    assert people.login("陈静", GOOD, address="192.0.2.7")


def test_whoever_logged_in_with_this_browser_before_is_not_shut_out_by_others(people: Access) -> None:
    device = people.login("陈静", GOOD, address="192.0.2.1").device
    for n in range(20):
        fail(people, "陈静", address=f"198.51.100.{n}")
    with pytest.raises(TooManyAttempts):
        people.login("陈静", GOOD, address="192.0.2.1")
    assert people.login("陈静", GOOD, address="192.0.2.1", device=device)
    with pytest.raises(TooManyAttempts):  # known for the one account, not for another
        fail(people, "李编辑", 6, address="192.0.2.1", device=device)


def test_a_login_that_succeeds_forgets_what_failed_before(people: Access) -> None:
    for _ in range(3):
        fail(people, "陈静", 4, address="192.0.2.7")
        people.login("陈静", GOOD, address="192.0.2.7")


# --- tokens -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "role"), [("read", "viewer"), ("write", "editor"), ("admin", "administrator")]
)
def test_a_token_opens_as_much_as_its_scope_and_no_more_than_its_account(people: Access, scope, role) -> None:
    for name, own in (("陈静", "administrator"), ("李编辑", "editor"), ("王看", "viewer")):
        made = people.add_token(person(people, name).id, "脚本", scope)
        opens = people.of_token(made.secret).role
        assert opens == min(role, own, key=("viewer", "editor", "administrator").index)
    people.set_role("陈静", "administrator")


def test_a_token_is_shown_once_and_ends_when_it_is_said_to_or_is_revoked(
    people: Access, clock: Clock
) -> None:
    me = person(people)
    made, other = (
        people.add_token(me.id, "脚本", "write", days=10),
        people.add_token(me.id, "表格", "read", days=10),
    )
    assert made.secret.startswith("cz_") and len(made.secret) > 40 and made.secret.startswith(made.token.hint)
    people.revoke_token(me, other.token.id)
    assert people.of_token(other.secret) is None and people.of_token(made.secret)
    clock.later(days=9, hours=23)
    assert people.of_token(made.secret)
    clock.later(hours=1)
    assert people.of_token(made.secret) is None
    assert [t.over for t in people.tokens(me.id)] == [True, True]


@pytest.mark.parametrize("secret", ["", "cz_", "cz_x", "x", "cz_" + "é" * 20])
def test_what_is_no_token_of_ours_opens_nothing(people: Access, secret: str) -> None:
    assert people.who(Credentials(bearer=secret)) is None


def test_a_token_that_is_sent_speaks_alone(people: Access) -> None:
    opened = people.login("陈静", GOOD)
    assert people.who(Credentials(cookie=opened.cookie, bearer="cz_wrong")) is None


def test_only_an_administrator_revokes_what_is_anothers(people: Access) -> None:
    token = people.add_token(person(people).id, "脚本", "read")
    with pytest.raises(NotFound):
        people.revoke_token(person(people, "王看"), token.token.id)
    people.revoke_token(person(people, "陈静"), token.token.id)
    assert people.of_token(token.secret) is None


@pytest.mark.parametrize("days", [0, -1, 367, 10**9])
def test_a_token_and_a_share_that_would_never_end_are_refused(people: Access, days: int) -> None:
    with pytest.raises(UsageWrong):
        people.add_token(person(people).id, "脚本", "read", days=days)
    with pytest.raises(UsageWrong):
        people.add_share("c", days=days)


# --- the audit log and shares -------------------------------------------------------------------------


def test_who_did_what_is_written_down_and_no_password_typed_for_a_name(access: Access) -> None:
    access.add_account("陈静", GOOD, "administrator")
    fail(access, "陈静", address="192.0.2.7")
    fail(access, GOOD)
    me = access.login("陈静", GOOD).person
    with acting(Actor(name=me.name, account=me.id, address="192.0.2.7", door="web")):
        access.add_account("王看", GOOD, "viewer")
        access.set_role("王看", "editor")
        access.audit("POST /links/{link}/remove", "/links/abc/remove\n\0")
    assert told(access) == [
        ("", "account-added", "陈静 administrator"),
        ("", "login-failed", "陈静"),
        ("", "login-failed", ""),
        ("陈静", "login", ""),
        ("陈静", "account-added", "王看 viewer"),
        ("陈静", "role-set", "王看 editor"),
        ("陈静", "POST /links/{link}/remove", "/links/abc/remove  "),
    ]


def test_the_log_is_paged_by_key_and_filtered(people: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "CHUNK", 46)  # 230 are five chunks, and nothing behind them
    for n in range(230):
        with acting(Actor(name="陈静" if n % 2 else "李编辑")):
            people.audit("act", str(n))
    page = people.audited(AuditFilter(action="act"))
    assert len(page.entries) == 100 and page.entries[0].target == "229"
    every = [int(e.target) for e in people.every_entry(AuditFilter(action="act"))]
    assert every == list(range(229, -1, -1))
    assert {e.who for e in people.every_entry(AuditFilter(who="陈静", action="act"))} == {"陈静"}


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_the_database_itself_keeps_the_log_as_it_is(
    people: Access, database: Database, statement: str
) -> None:
    before = told(people)
    with pytest.raises(DatabaseError), database.writing() as session:
        session.execute(sa.text(statement))
    assert told(people) == before and before


def test_a_share_opens_its_collection_until_it_ends_or_is_revoked(people: Access, clock: Clock) -> None:
    one, other = people.add_share("c1", days=3), people.add_share("c2", days=3)
    assert people.shared_collection(one.secret).collection == "c1"
    people.revoke_share(other.share.id)
    for secret in (
        other.secret,
        "",
        "x",
        one.secret[:-1],
        one.secret + "x",
        one.secret.swapcase(),
        one.share.id,
    ):
        with pytest.raises(ShareGone):
            people.shared_collection(secret)
    clock.later(days=3)
    with pytest.raises(ShareGone):
        people.shared_collection(one.secret)
    assert [s.over for s in people.shares()] == [True, True]
