"""The pages at the door: login and logout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cunzhao.access.visiting import visitor
from cunzhao.errors import AccessError, FormStale, LoginRefused, TooManyAttempts
from cunzhao.web.door import cookies
from cunzhao.web.door.cookies import DEVICE, FORM, LOGIN
from cunzhao.web.showing.safe import local_path
from cunzhao.web.showing.show import Show

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]
SECRET = {"Cache-Control": "no-store"}  # of pages with something that no cache and no history may keep


@dataclass(frozen=True, slots=True)
class EntryPages:
    core: Core
    show: Show

    def form(self, request: Request, back: str = "/") -> Response:
        if visitor():
            return RedirectResponse(local_path(back), 303)
        return self._form(request, back)

    def login(
        self, request: Request, name: Text = "", password: Text = "", back: Text = "/", csrf: Text = ""
    ) -> Response:
        """Only to a path of our own after it, whatever the form says."""
        access = self.core.access
        ours = visitor() or access.form_is_ours(cookies.read(request, FORM), csrf)  # of a visitor: checked
        if not ours:
            return self._form(request, back, name=name, error=FormStale("登录"), code=403)
        try:
            opened = access.login(
                name,
                password,
                address=request.client.host if request.client else "",
                agent=request.headers.get("user-agent", ""),
                device=cookies.read(request, DEVICE),
                earlier=cookies.read(request, LOGIN),
            )
        except LoginRefused as error:
            return self._form(request, back, name=name, error=error, code=401)
        except TooManyAttempts as error:
            return self._form(request, back, name=name, error=error, code=429)
        response = RedirectResponse(local_path(back), 303, SECRET)
        cookies.keep(request, response, LOGIN, opened.cookie)
        cookies.keep(request, response, DEVICE, opened.device)
        cookies.drop(request, response, FORM)
        return response

    def logout(self, request: Request) -> Response:
        person = visitor()
        if person and person.by == "session":
            self.core.access.logout(person)
        response = RedirectResponse("/login", 303, SECRET)
        cookies.drop(request, response, LOGIN)
        return response

    def _form(
        self,
        request: Request,
        back: str,
        *,
        name: str = "",
        error: AccessError | None = None,
        code: int = 200,
    ) -> Response:
        cookie, word = self.core.access.form_word(cookies.read(request, FORM))
        response = self.show.html(
            "login.html",
            code,
            back=local_path(back),
            name=name[:80],
            word=word,
            nobody=not self.core.access.any_account(),
            error=self.show.words_of(error) if error else None,
        )
        response.headers.update(SECRET)
        cookies.keep(request, response, FORM, cookie)
        return response

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/login", self.form)
        routes.add_api_route("/login", self.login, methods=["POST"])
        routes.add_api_route("/logout", self.logout, methods=["POST"])
        return routes
