"""Pages by which users correct facts: forms, undo, what is checked, and the list of it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cunzhao.core.corrections.fields import FIELDS
from cunzhao.core.corrections.opened import fact_key
from cunzhao.core.values.corrections import CorrectionFilter, FactForm, Found
from cunzhao.errors import FactChanged, FieldsWrong, InputError, QuoteMissing, UsageWrong
from cunzhao.extract.types import Kind
from cunzhao.language import tr
from cunzhao.web.showing.safe import attachment, local_path, plain
from cunzhao.web.showing.segments import place_of
from cunzhao.web.showing.show import Show, place, query

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]


async def _typed(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(_typed)]


def _see(path: str) -> Response:
    return RedirectResponse(path, 303)


@dataclass(frozen=True, slots=True)
class CorrectionPages:
    core: Core
    show: Show

    def form(self, snapshot: str, fact: str) -> Response:
        return self._form(self.core.fact_form(snapshot, fact))

    def correct(self, snapshot: str, fact: str, typed: Typed) -> Response:
        try:
            made = self.core.correct(snapshot, fact, typed, note=typed.get("note", ""))
        except (FieldsWrong, UsageWrong) as error:
            return self._form(self.core.fact_form(snapshot, fact), error, typed)
        except FactChanged as error:
            now = self._there_now(snapshot, typed)
            if now is None:
                raise
            return self._form(now, error, typed)
        return self._done(snapshot, (made.span.start, made.span.end), made.id)

    def _there_now(self, snapshot: str, typed: Mapping[str, str]) -> FactForm | None:
        """The form of the fact that stands where a form was opened, if one does: somebody was quicker."""
        for fact in self.core.snapshot(snapshot).facts:
            if (fact.kind, (fact.span.start, fact.span.end)) == (
                typed.get("kind"),
                place_of(typed.get("at", "")),
            ):
                return self.core.fact_form(snapshot, fact_key(fact))
        return None

    def reject(self, snapshot: str, fact: str) -> Response:
        made = self.core.reject(snapshot, fact)
        return self._done(snapshot, (made.span.start, made.span.end), made.id)

    def missing(self, snapshot: str, kind: str = "", at: str = "", quote: str = "") -> Response:
        """Asks for the words first, then for the kind, then for the fields."""
        page = self.core.snapshot(snapshot).snapshot
        named, error = place_of(at), None
        places: tuple[Found, ...] = ()
        if named is None and quote.strip():
            try:
                places = self.core.places_of(snapshot, quote)
                named = (places[0].start, places[0].end) if len(places) == 1 else None
            except QuoteMissing as exc:
                error = exc
        if named and kind in FIELDS:
            return self._form(self.core.missing_form(snapshot, _kind(kind), *named))
        return self.show.html(
            "missing.html",
            422 if error else 200,
            page=page,
            kind=kind if kind in FIELDS else "",
            at="-".join(map(str, named)) if named else "",
            quote=quote,
            places=places if named is None else (),
            error=self.show.words_of(error) if error else None,
        )

    def add(self, snapshot: str, kind: Text, at: Text, typed: Typed) -> Response:
        named = place_of(at)
        if named is None:
            raise QuoteMissing(at)
        try:
            made = self.core.add_fact(snapshot, _kind(kind), *named, typed, note=typed.get("note", ""))
        except FieldsWrong as error:
            return self._form(self.core.missing_form(snapshot, _kind(kind), *named), error, typed)
        return self._done(snapshot, named, made.id)

    def undo(self, correction: str, back: Text = "") -> Response:
        made = self.core.undo(correction)
        if back:
            return _see(local_path(back))
        return self._done(made.snapshot, (made.span.start, made.span.end), "undone")

    def check(self, snapshot: str, kind: Text, on: Text = "1", back: Text = "") -> Response:
        (self.core.check if on == "1" else self.core.uncheck)(snapshot, _kind(kind))
        return _see(local_path(back) if back else f"/snapshot/{snapshot}{query(pane='text')}#facts-{kind}")

    def listed(self, kind: str = "", snapshot: str = "", state: str = "", after: str = "") -> Response:
        wanted = CorrectionFilter(kind=plain(kind), snapshot=plain(snapshot), state=plain(state), after=after)
        return self.show.html("corrections.html", page=self.core.corrections(wanted))

    def gold(self, snapshot: str = "") -> Response:
        """Checked facts in the form of the annotation guide, each line with its snapshot."""
        name = f"{tr('已核对')}-{snapshot or tr('全部')}.jsonl"
        headers = {"Content-Disposition": attachment(name)}
        return Response(
            "".join(file.lines for file in self.core.gold(snapshot)),
            media_type="application/jsonl",
            headers=headers,
        )

    def _done(self, snapshot: str, at: tuple[int, int], did: str) -> Response:
        path, mark, anchor = place(snapshot, *at, pane="text").partition("#")
        return _see(f"{path}&{query(did=did)[1:]}{mark}{anchor}")

    def _form(
        self, form: FactForm, error: InputError | None = None, typed: Mapping[str, str] | None = None
    ) -> Response:
        now = form.values if isinstance(error, FactChanged) else {}
        if typed is not None:  # what was typed stays in the form
            values = {name: typed.get(name, "") for name in form.values}
            form = replace(form, values=values, note=typed.get("note", ""))
        wrong: Mapping[str, Any] = error.values.get("fields", {}) if error else {}
        said = self.show.words_of(error) if error else None
        code = 409 if now else 422 if error else 200
        return self.show.html("fact_form.html", code, form=form, wrong=wrong, error=said, now=now)

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/snapshot/{snapshot}/facts/{fact}", self.form)
        routes.add_api_route("/snapshot/{snapshot}/facts/{fact}", self.correct, methods=["POST"])
        routes.add_api_route("/snapshot/{snapshot}/facts/{fact}/reject", self.reject, methods=["POST"])
        routes.add_api_route("/snapshot/{snapshot}/missing", self.missing)
        routes.add_api_route("/snapshot/{snapshot}/missing", self.add, methods=["POST"])
        routes.add_api_route("/snapshot/{snapshot}/checked", self.check, methods=["POST"])
        routes.add_api_route("/corrections", self.listed)
        routes.add_api_route("/corrections.jsonl", self.gold)
        routes.add_api_route("/corrections/{correction}/undo", self.undo, methods=["POST"])
        return routes


def _kind(kind: str) -> Kind:
    """Core refuses what is none."""
    return kind  # type: ignore[return-value]
