"""Operations on agreements, projects, people and bodies. Each asks core once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from cunzhao.api.keeping import add_operations, json
from cunzhao.core.values.filed import (
    AgreementFilter,
    AgreementsPage,
    NameFilter,
    NamesPage,
    ProjectFilter,
    ProjectsPage,
)

if TYPE_CHECKING:
    from cunzhao.core import Core


@dataclass(frozen=True, slots=True)
class Filed:
    core: Core

    def agreements(self, wanted: Annotated[AgreementFilter, Depends()]) -> Response:
        """Agreements, newest first, each with its quote; `network`: places with agreements between them."""
        return json(self.core.agreements(wanted))

    def projects(self, wanted: Annotated[ProjectFilter, Depends()]) -> Response:
        """Projects, the largest amount first, each with its quote; sums by stage and by place."""
        return json(self.core.projects(wanted))

    def names(self, wanted: Annotated[NameFilter, Depends()]) -> Response:
        """People or bodies, those in most documents first; with `name` the places where it is named."""
        return json(self.core.names(wanted))


def add_filed(api: APIRouter, core: Core) -> None:
    do = Filed(core)
    add_operations(
        api,
        [
            ("GET", "/agreements", do.agreements, "协议，和地区之间的网络", 200, AgreementsPage),
            ("GET", "/projects", do.projects, "项目和投资额", 200, ProjectsPage),
            ("GET", "/names", do.names, "人物和机构", 200, NamesPage),
        ],
    )
