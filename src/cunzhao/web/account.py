"""The page of one's own account: password, tokens for programs, where one is logged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from cunzhao.access.types import NewToken, Person, Scope
from cunzhao.access.visiting import visitor
from cunzhao.errors import CunzhaoError, LoginNeeded, LoginRefused, PasswordWeak, UsageWrong
from cunzhao.web.entering import SECRET
from cunzhao.web.show import Show, query

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]
PATH = "/account"


@dataclass(frozen=True, slots=True)
class AccountPages:
    core: Core
    show: Show

    def account(self, did: str = "") -> Response:
        return self._page(did=did)

    def password(self, old: Text = "", new: Text = "", again: Text = "") -> Response:
        me = _me()
        if new != again:
            different = {"detail": "两次输入的新密码不同", "detail_en": "the two new passwords differ"}
            return self._page(error=PasswordWeak("密码", **different))
        try:
            self.core.access.change_password(me.id, old, new, keep=me.login)
        except (LoginRefused, PasswordWeak) as error:
            return self._page(error=error)
        return RedirectResponse(PATH + query(did="password"), 303)

    def token(
        self, name: Text = "", scope: Annotated[Scope, Form()] = "read", days: Annotated[int, Form()] = 90
    ) -> Response:
        """Shows the token, this once."""
        try:
            made = self.core.access.add_token(_me().id, name, scope, days=days)
        except UsageWrong as error:
            return self._page(error=error)
        return self._page(made=made)

    def revoke(self, token: str) -> Response:
        self.core.access.revoke_token(_me(), token)
        return RedirectResponse(PATH + query(did="revoked"), 303)

    def end(self, login: str) -> Response:
        self.core.access.end_login(_me(), login)
        return RedirectResponse(PATH + query(did="ended"), 303)

    def _page(
        self, *, did: str = "", made: NewToken | None = None, error: CunzhaoError | None = None
    ) -> Response:
        me, access = visitor(), self.core.access
        own = me is not None and me.by == "session"
        response = self.show.html(
            "account.html",
            422 if error else 200,
            me=me,
            did=did,
            made=made,
            logins=access.logins(me) if me and own else (),
            tokens=access.tokens(me.id) if me and own else (),
            error=self.show.words_of(error) if error else None,
        )
        response.headers.update(SECRET)
        return response

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route(PATH, self.account)
        routes.add_api_route(f"{PATH}/password", self.password, methods=["POST"])
        routes.add_api_route(f"{PATH}/tokens", self.token, methods=["POST"])
        routes.add_api_route(f"{PATH}/tokens/{{token}}/revoke", self.revoke, methods=["POST"])
        routes.add_api_route(f"{PATH}/logins/{{login}}/end", self.end, methods=["POST"])
        return routes


def _me() -> Person:
    """Who has an account; the owner of the machine, without any, has nothing to change."""
    me = visitor()
    if me is None or me.by != "session":
        raise LoginNeeded(PATH)
    return me
