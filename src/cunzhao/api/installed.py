"""Operations on the installation's settings. They hold after the next start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from cunzhao.api.keeping import add_operations, json
from cunzhao.core.installed import SettingRow

if TYPE_CHECKING:
    from cunzhao.core import Core


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSettings:
    """By name, as text: "" is the default again. A secret left empty stays, unless it is in `forget`."""

    values: dict[str, str] = field(default_factory=dict)
    forget: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Installation:
    core: Core

    def settings(self) -> Response:
        """Every setting as it holds, where it comes from, and whether another waits for the next start."""
        return json(self.core.installation())

    def change(self, new: NewSettings) -> Response:
        """Write settings into the file, all or none; what the environment sets is left alone."""
        done = self.core.change_settings(new.values, forget=new.forget)
        for error in done.wrong.values():
            raise error
        return json(self.core.installation())


def add_settings(api: APIRouter, core: Core) -> None:
    do = Installation(core)
    add_operations(
        api,
        [
            ("GET", "/settings", do.settings, "本机的设置", 200, list[SettingRow]),
            ("PUT", "/settings", do.change, "修改设置（下次启动生效）", 200, list[SettingRow]),
        ],
    )
