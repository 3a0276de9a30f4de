"""Operations on the names of indicators. Each asks core once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from cunzhao.api.keeping import Operation, add_operations
from cunzhao.api.shapes import plain
from cunzhao.core.values.indicators import IndicatorAlias, IndicatorFilter, IndicatorsPage, NewAlias

if TYPE_CHECKING:
    from cunzhao.core import Core


def asked(wanted: Annotated[IndicatorFilter, Depends()]) -> IndicatorFilter:
    """What was typed, without white space at its ends."""
    return replace(wanted, q=wanted.q.strip())


Asked = Annotated[IndicatorFilter, Depends(asked)]


@dataclass(frozen=True, slots=True)
class Indicators:
    core: Core

    def listed(self, wanted: Asked) -> Response:
        """Indicators of the archive's figures, what documents call them, and the names that users added."""
        return JSONResponse(plain(self.core.indicators(wanted)))

    def name(self, new: NewAlias) -> Response:
        """Put figures called `alias`, or the indicator of that name, under another indicator."""
        return JSONResponse(plain(self.core.name_indicator(new.alias, new.name)), 201)

    def unname(self, alias: str) -> Response:
        """Take a name that a user added back."""
        self.core.unname_indicator(alias)
        return Response(status_code=204)


def add_indicators(api: APIRouter, core: Core) -> None:
    do = Indicators(core)
    operations: list[Operation] = [
        (
            "GET",
            "/indicators",
            do.listed,
            "指标名称：有哪些指标、文中的写法、用户的归并",
            200,
            IndicatorsPage,
        ),
        ("POST", "/indicators/aliases", do.name, "给指标加一个别名，或把两个指标归并", 201, IndicatorAlias),
        ("DELETE", "/indicators/aliases/{alias:path}", do.unname, "撤销一个别名或归并", 204, None),
    ]
    add_operations(api, operations)
