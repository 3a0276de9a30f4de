"""Pages for administrators: users, and the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from cunzhao.access.types import AuditEntry, AuditFilter, Person, Role
from cunzhao.access.visiting import visitor
from cunzhao.errors import AccessError, LoginNeeded, UsageWrong
from cunzhao.language import N_, either, tr
from cunzhao.web.door.rights import DEEDS, ROLE_WORDS, deed_words
from cunzhao.web.pages.entering import SECRET
from cunzhao.web.showing.safe import plain
from cunzhao.web.showing.sheetfiles import sheet_file
from cunzhao.web.showing.show import Show, query
from cunzhao.web.showing.words import utc

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]
LAST = 2**31 - 1
CSV_HEAD = (
    N_("时间（UTC）"), N_("用户"), N_("操作"), N_("代码"), N_("对象"), N_("来源地址"), N_("入口"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeoplePages:
    core: Core
    show: Show

    def users(self, did: str = "", name: str = "") -> Response:
        return self._users(did=did, name=plain(name))

    def add(self, name: Text = "", password: Text = "", role: Annotated[Role, Form()] = "viewer") -> Response:
        try:
            made = self.core.access.add_account(name, password, role)
        except (AccessError, UsageWrong) as error:
            return self._users(error=error, name=plain(name), role=role)
        return RedirectResponse(f"/users{query(did='added', name=made.name)}", 303)

    def role(self, name: str, role: Annotated[Role, Form()]) -> Response:
        try:
            self.core.access.set_role(name, role)
        except AccessError as error:
            return self._users(error=error)
        return RedirectResponse(f"/users{query(did='role', name=name)}", 303)

    def password(self, name: str, password: Text = "") -> Response:
        try:
            self.core.access.reset_password(name, password)
        except AccessError as error:
            return self._users(error=error)
        return RedirectResponse(f"/users{query(did='password', name=name)}", 303)

    def disabled(self, name: str, on: Text = "1") -> Response:
        try:
            self.core.access.set_disabled(name, disabled=on == "1")
        except AccessError as error:
            return self._users(error=error)
        return RedirectResponse(f"/users{query(did='disabled' if on == '1' else 'enabled', name=name)}", 303)

    def revoke(self, token: str) -> Response:
        self.core.access.revoke_token(_administrator(), token)
        return RedirectResponse(f"/users{query(did='revoked')}", 303)

    def _users(
        self,
        *,
        did: str = "",
        name: str = "",
        role: Role = "viewer",
        error: AccessError | UsageWrong | None = None,
    ) -> Response:
        access = self.core.access
        response = self.show.html(
            "users.html",
            422 if error else 200,
            accounts=access.accounts(),
            tokens=access.all_tokens(),
            roles=ROLE_WORDS,
            did=did,
            name=name,
            role=role,
            error=self.show.words_of(error) if error else None,
        )
        response.headers.update(SECRET)
        return response

    def audit(self, who: str = "", action: str = "", before: int = 0) -> Response:
        page = self.core.access.audited(_asked(who, action, before))
        return self.show.html(
            "audit.html", page=page, deed=lambda code: either(*deed_words(code)), deeds=DEEDS
        )

    def audit_csv(self, who: str = "", action: str = "") -> Response:
        """All entries that match, for spreadsheets (UTF-8 with a mark, formulas defused)."""
        rows = map(csv_row, self.core.access.every_entry(_asked(who, action, 0)))
        answer = sheet_file(tr("操作记录"), tuple(map(tr, CSV_HEAD)), rows, "csv")
        answer.headers.update(SECRET)
        return answer

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/users", self.users)
        routes.add_api_route("/users", self.add, methods=["POST"])
        routes.add_api_route("/users/{name}/role", self.role, methods=["POST"])
        routes.add_api_route("/users/{name}/password", self.password, methods=["POST"])
        routes.add_api_route("/users/{name}/disabled", self.disabled, methods=["POST"])
        routes.add_api_route("/users/tokens/{token}/revoke", self.revoke, methods=["POST"])
        routes.add_api_route("/audit", self.audit)
        routes.add_api_route("/audit.csv", self.audit_csv)
        return routes


def csv_row(entry: AuditEntry) -> tuple[str, ...]:
    return (
        utc(entry.at), entry.who, either(*deed_words(entry.action)), entry.action, entry.target,
        entry.address, entry.door,
    )  # fmt: skip


def _asked(who: str, action: str, before: int) -> AuditFilter:
    return AuditFilter(who=plain(who), action=plain(action), before=min(max(before, 0), LAST))


def _administrator() -> Person:
    me = visitor()
    if me is None:
        raise LoginNeeded("/users")
    return me
