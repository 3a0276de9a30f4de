"""Operations on users, shared collections and the audit log, and who one is. Each asks core once.

One's own password, logins and tokens are a matter of a login: they have pages, and no operation here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Body, Query
from pydantic import Strict
from starlette.responses import JSONResponse, Response

from cunzhao.access.types import Account, AuditFilter, AuditPage, NewShare, Person, Role, Token
from cunzhao.access.visiting import visitor
from cunzhao.api.clean import Whole
from cunzhao.api.keeping import Operation, add_operations
from cunzhao.api.shapes import plain
from cunzhao.core.values.sharing import SharesPage
from cunzhao.errors import LoginNeeded

if TYPE_CHECKING:
    from cunzhao.core import Core

LAST = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who asks. `role` is what may be done: of a token the lesser of its scope and its account's role."""

    name: str  # "" of the owner of the machine, who needs no account
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    name: str
    password: str
    role: Role = "viewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareWanted:
    collection: str  # its id
    days: Whole = 30


@dataclass(frozen=True, slots=True)
class People:
    core: Core

    def me(self) -> Response:
        """Who asks, and what he may do."""
        person = _visitor("/api/account")
        return JSONResponse(plain(Me(name=person.name, role=person.role)))

    def users(self) -> Response:
        """All accounts, those shut out too."""
        return JSONResponse(plain(self.core.access.accounts()))

    def add(self, new: NewAccount) -> Response:
        """Add a user. The first has to be an administrator."""
        return JSONResponse(plain(self.core.access.add_account(new.name, new.password, new.role)), 201)

    def role(self, name: str, role: Annotated[Role, Body()]) -> Response:
        """Set the role of a user; it holds from the next request on."""
        self.core.access.set_role(name, role)
        return Response(status_code=204)

    def password(self, name: str, password: Annotated[str, Body()]) -> Response:
        """Set another password for a user; all logins of that user end."""
        self.core.access.reset_password(name, password)
        return Response(status_code=204)

    def tokens(self) -> Response:
        """Tokens of everybody that still open something; never their secrets."""
        return JSONResponse(plain(self.core.access.all_tokens()))

    def revoke(self, token: str) -> Response:
        """Take a token back; it opens nothing from the next request on."""
        self.core.access.revoke_token(_visitor("/api/tokens"), token)
        return Response(status_code=204)

    def disabled(self, name: str, disabled: Annotated[bool, Body(), Strict()]) -> Response:
        """Shut a user out (his logins end, his tokens open nothing), or let him in again."""
        self.core.access.set_disabled(name, disabled=disabled)
        return Response(status_code=204)

    def audit(
        self, who: str = "", action: str = "", before: Annotated[int, Query(ge=0, le=LAST)] = 0
    ) -> Response:
        """Who did what, newest first, a page at a time; `next` is `before` of the following page."""
        wanted = AuditFilter(who=who, action=action, before=before)
        return JSONResponse(plain(self.core.access.audited(wanted)))

    def shares(self) -> Response:
        """What was shared, and the collections that may be."""
        return JSONResponse(plain(self.core.shares()))

    def share(self, wanted: ShareWanted) -> Response:
        """Share a collection to read; `secret` is shown this once: the address is `/shared/{secret}`."""
        return JSONResponse(plain(self.core.share(wanted.collection, days=wanted.days)), 201)

    def unshare(self, share: str) -> Response:
        """End the sharing of a collection."""
        self.core.access.revoke_share(share)
        return Response(status_code=204)


def _visitor(path: str) -> Person:
    person = visitor()
    if person is None:
        raise LoginNeeded(path)
    return person


def add_people(api: APIRouter, core: Core) -> None:
    do = People(core)
    operations: list[Operation] = [
        ("GET", "/account", do.me, "自己是谁、能做什么", 200, Me),
        ("GET", "/users", do.users, "用户", 200, list[Account]),
        ("POST", "/users", do.add, "添加用户", 201, Account),
        ("PUT", "/users/{name}/role", do.role, "设定用户的角色", 204, None),
        ("PUT", "/users/{name}/disabled", do.disabled, "停用或启用用户", 204, None),
        ("PUT", "/users/{name}/password", do.password, "为用户重设密码", 204, None),
        ("GET", "/tokens", do.tokens, "所有有效的令牌", 200, list[Token]),
        ("DELETE", "/tokens/{token}", do.revoke, "撤销令牌", 204, None),
        ("GET", "/audit", do.audit, "操作记录", 200, AuditPage),
        ("GET", "/shares", do.shares, "共享的专题", 200, SharesPage),
        ("POST", "/shares", do.share, "共享一个专题（只读，有期限）", 201, NewShare),
        ("DELETE", "/shares/{share}", do.unshare, "停止共享", 204, None),
    ]
    add_operations(api, operations)
