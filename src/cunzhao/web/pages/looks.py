"""The settings page: language, colours and keys for this browser, and what is set for this installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cunzhao.core.installed import SettingRow
from cunzhao.errors import CunzhaoError
from cunzhao.language import LANGUAGES, Told
from cunzhao.web.door import cookies
from cunzhao.web.pages.entering import SECRET
from cunzhao.web.showing import safe
from cunzhao.web.showing.setting_words import GROUPS, SOURCES, WORDS
from cunzhao.web.showing.show import Show, may, query
from cunzhao.web.showing.wishes import KEYS, THEMES

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class LookPages:
    core: Core
    show: Show

    def settings(self, changed: str = "") -> Response:
        return self._page(changed=changed)

    def _page(
        self,
        *,
        changed: str = "",
        typed: Mapping[str, str] | None = None,
        wrong: Mapping[str, CunzhaoError] | None = None,
    ) -> Response:
        """With what holds for all of us, for administrators; what was typed stays beside what is wrong."""
        rows: dict[str, SettingRow] = {}
        wrong = dict(wrong or {})
        if may("administrator"):
            try:
                rows = {row.name: row for row in self.core.installation()}
            except CunzhaoError as error:
                wrong[""] = error
        named = [name for name in changed.split(",") if name in WORDS]
        response = self.show.html(
            "settings.html",
            422 if typed is not None else 200,
            groups=[(title, [rows[name] for name in names]) for title, names in GROUPS] if rows else [],
            setting_words=WORDS,
            setting_sources=Told(SOURCES),
            changed=named,
            typed=typed or {},
            wrong={name: self.show.words_of(error) for name, error in wrong.items()},
        )
        if rows:
            response.headers.update(SECRET)
        return response

    async def change(self, request: Request) -> Response:
        """Of every setting its field, of a secret a box that forgets it too."""
        form = await request.form()
        typed = {name: str(form[name]) for name in WORDS if name in form}
        forget = [str(name) for name in form.getlist("forget")]
        done = await to_thread.run_sync(lambda: self.core.change_settings(typed, forget=forget))
        if done.wrong:
            shown = {name: "" if name == "model_key" else text for name, text in typed.items()}
            return await to_thread.run_sync(lambda: self._page(typed=shown, wrong=done.wrong))
        return RedirectResponse(
            f"/settings{query(changed=','.join(done.changed) or 'none')}#installation", 303
        )

    def look(self, request: Request, lang: Text = "", theme: Text = "", keys: Text = "") -> Response:
        """Keeps what is asked for; back to the page it was asked from."""
        came = urlsplit(request.headers.get("referer", ""))
        back = safe.local_path(came.path + (f"?{came.query}" if came.query else ""))
        response = RedirectResponse(back, 303)
        if lang in LANGUAGES:
            cookies.keep(request, response, cookies.LANG, lang)
        if theme in THEMES:
            cookies.keep(request, response, cookies.THEME, theme)
        if keys in KEYS:
            cookies.keep(request, response, cookies.KEYS, keys)
        return response

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/settings", self.settings)
        routes.add_api_route("/settings/installation", self.change, methods=["POST"])
        routes.add_api_route("/settings/look", self.look, methods=["POST"])
        return routes
