"""The page of one's own account: password, tokens for programs, where one is logged in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cunzhao.access.types import NewToken, Person, Scope
from cunzhao.access.visiting import visitor
from cunzhao.errors import CunzhaoError, LoginNeeded, LoginRefused, PasswordWeak, UsageWrong
from cunzhao.language import tr
from cunzhao.web.pages.entering import SECRET
from cunzhao.web.showing.show import Show, query

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]
PATH = "/account"
FEEDS = 12  # tags and collections whose addresses are shown


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
        self,
        request: Request,
        name: Text = "",
        scope: Annotated[Scope, Form()] = "read",
        days: Annotated[int, Form()] = 90,
    ) -> Response:
        """Shows the token, this once; one for feeds in their addresses."""
        try:
            made = self.core.access.add_token(_me().id, name, scope, days=days)
        except UsageWrong as error:
            return self._page(error=error)
        feeds = self._feeds(str(request.base_url), made.secret) if scope == "feed" else ()
        return self._page(made=made, feeds=feeds)

    def _feeds(self, base: str, secret: str) -> tuple[tuple[str, str], ...]:
        """What can be subscribed to, by name and address."""
        links = f"{base}feeds/links.atom"
        tags = sorted(self.core.tags().tags, key=lambda tag: -(tag.all or tag.links))[:FEEDS]
        return (
            (tr("全部新链接"), links + query(token=secret)),
            (tr("新矛盾"), f"{base}feeds/contradictions.atom{query(token=secret)}"),
            *(
                (tr("标签：%(name)s", name=tag.name), links + query(tag=tag.name, token=secret))
                for tag in tags
            ),
            *(
                (tr("专题：%(title)s", title=one.title), links + query(collection=one.id, token=secret))
                for one in self.core.collection_names()[:FEEDS]
            ),
        )

    def revoke(self, token: str) -> Response:
        self.core.access.revoke_token(_me(), token)
        return RedirectResponse(PATH + query(did="revoked"), 303)

    def end(self, login: str) -> Response:
        self.core.access.end_login(_me(), login)
        return RedirectResponse(PATH + query(did="ended"), 303)

    def _page(
        self,
        *,
        did: str = "",
        made: NewToken | None = None,
        feeds: Sequence[tuple[str, str]] = (),
        error: CunzhaoError | None = None,
    ) -> Response:
        me, access = visitor(), self.core.access
        own = me is not None and me.by == "session"
        response = self.show.html(
            "account.html",
            422 if error else 200,
            me=me,
            did=did,
            made=made,
            feeds=feeds,
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
