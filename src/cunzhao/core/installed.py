"""What `Core` tells of the installation's settings, and changes in their file for the next start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from cunzhao.access.access import Access
from cunzhao.egress.addresses import read_allow
from cunzhao.errors import CunzhaoError, SettingWrong
from cunzhao.settings import FILE, Setting, Settings, Source, every_setting, from_file, read_value

#: What an analyst sets on a page; the rest stands in the file or the environment alone.
EDITABLE = (
    "lang", "region", "model_address", "model_name", "model_key", "model_timeout_s", "model_piece_chars",
    "model_pieces", "allow_hosts", "browser", "browser_pages", "browser_timeout_s", "fetch_timeout_s",
    "max_body_bytes", "max_requisites", "pages_at_once", "connections_per_host", "host_delay_s", "next_pages",
    "attachments", "ocr_pages",
)  # fmt: skip
AT_LEAST_ONE = (
    "browser_pages", "pages_at_once", "connections_per_host", "fetch_timeout_s", "browser_timeout_s",
    "max_body_bytes", "model_timeout_s", "model_piece_chars",
)  # fmt: skip
LONGEST = 2000  # characters of a value typed on a page
_WRITING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """A setting as it holds now and after the next start; of a secret only whether there is one."""

    name: str
    key: str  # `table.key` of the file
    env: str
    value: str  # that holds, as text; "" of a secret
    default: str
    source: Source
    filed: str | None  # what the file says now; None where it says nothing
    given: bool  # it is not empty
    waits: bool  # another value holds after the next start
    editable: bool
    secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged:
    changed: tuple[str, ...]  # names; none where anything was wrong
    wrong: Mapping[str, CunzhaoError]  # by name; "" for the file as a whole


class Installed:
    settings: Settings
    access: Access

    def installation(self) -> tuple[SettingRow, ...]:
        """Every setting, in the order of `cunzhao.settings`. Raises SettingWrong where the file is broken."""
        filed = from_file(self.settings.home / FILE)
        return tuple(_row(one, self.settings, filed) for one in every_setting().values())

    def change_settings(self, typed: Mapping[str, str], *, forget: Collection[str] = ()) -> SettingsChanged:
        """Write what was typed into the file, all or nothing; it holds after the next start.

        By name; empty text is the default again. A secret left empty stays as it is, unless it is in
        `forget`. What the environment sets, and what has no place on the page, is left alone.
        """
        path = self.settings.home / FILE
        with _WRITING:
            try:
                filed = from_file(path)
                wanted, wrong = _wanted(typed, forget, self.settings, filed)
                wrong |= _together(wanted, self.settings)
                changed = {n: v for n, v in wanted.items() if v != filed.get(n)} if not wrong else {}
                if changed:
                    _write(path, changed)
            except (CunzhaoError, OSError, TOMLKitError) as exc:
                told = exc if isinstance(exc, CunzhaoError) else SettingWrong(str(path), detail=str(exc))
                return SettingsChanged(changed=(), wrong={"": told})
        for name, value in changed.items():
            self._note_setting(every_setting()[name], filed.get(name), value)
        return SettingsChanged(changed=tuple(changed), wrong=wrong)

    def _note_setting(self, one: Setting, before: Any, now: Any) -> None:
        """Into the audit log, with both values; hosts that may be reached under a name of their own."""
        told = "" if one.secret else f": {_text(before) or '-'} -> {_text(now) or '-'}"
        self.access.audit("hosts-allowed" if one.name == "allow_hosts" else "setting-set", one.key + told)


def _row(one: Setting, settings: Settings, filed: Mapping[str, Any]) -> SettingRow:
    value = getattr(settings, one.name)
    source = settings.sources.get(one.name, "default")
    fixed = source in ("environment", "flag")
    later = filed.get(one.name, one.default if one.name != "lang" else value)
    return SettingRow(
        name=one.name,
        key=one.key,
        env=one.env,
        value="" if one.secret else _text(value),
        default=_text(one.default),
        source=source,
        filed=None if one.name not in filed else "" if one.secret else _text(filed[one.name]),
        given=bool(value) if fixed else bool(later),
        waits=not fixed and value != later,
        editable=one.name in EDITABLE and not fixed,
        secret=one.secret,
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return (
        ", ".join(value)
        if isinstance(value, tuple)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def _wanted(
    typed: Mapping[str, str], forget: Collection[str], settings: Settings, filed: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, CunzhaoError]]:
    """What the file shall say of each setting (None: nothing), and what cannot be read."""
    wanted: dict[str, Any] = {}
    wrong: dict[str, CunzhaoError] = {}
    for name, one in every_setting().items():
        if name not in typed or not _row(one, settings, filed).editable:
            continue
        text = typed[name].strip()
        if one.secret and not text and name not in forget:
            continue
        try:
            wanted[name] = _read(one, text) if text else None
        except CunzhaoError as error:
            wrong[name] = error
    return wanted, wrong


def _read(one: Setting, text: str) -> Any:
    if len(text) > LONGEST or any(c < " " or c == "\x7f" for c in text):
        raise SettingWrong(
            one.key, detail="太长，或含有控制字符", detail_en="too long, or with control characters"
        )
    value = read_value(one.name, text)
    if one.name in AT_LEAST_ONE and not value:
        raise SettingWrong(one.key, detail="应大于 0", detail_en="more than 0 is wanted")
    return value


def _together(wanted: Mapping[str, Any], settings: Settings) -> dict[str, CunzhaoError]:
    """What can be read and is wrong all the same, as whoever uses it would say."""
    given = {name: value for name, value in wanted.items() if value}
    wrong: dict[str, CunzhaoError] = {}
    try:
        if "model_address" in given:
            from cunzhao.extract.model.client import allowing  # with all that a model is asked, which few ask

            allowing(replace(settings, model_address=given["model_address"]))
    except CunzhaoError as error:
        wrong["model_address"] = error
    try:
        read_allow(given.get("allow_hosts", ()))
    except CunzhaoError as error:
        wrong["allow_hosts"] = error
    if "browser" in given and not shutil.which(given["browser"]):
        detail = {"detail": "找不到这个程序", "detail_en": "there is no such program"}
        wrong["browser"] = SettingWrong(given["browser"][:200], **detail)
    return wrong


def _write(path: Path, changed: Mapping[str, Any]) -> None:
    """Comments and all else in the file stay; one that is new, or gets a secret, only its owner reads."""
    document = tomlkit.parse(path.read_text("utf-8")) if path.is_file() else tomlkit.document()
    for name, value in changed.items():
        table, _, key = every_setting()[name].key.partition(".")
        if table not in document:
            document[table] = tomlkit.table()
        entries = document[table]
        if not isinstance(entries, Table):
            raise SettingWrong(FILE, detail=f"{table}: [table] expected")
        if value is None:
            entries.pop(key, None)
        else:
            entries[key] = list(value) if isinstance(value, tuple) else value
    text = tomlkit.dumps(document)
    from_file(path, text)  # what would not be read at the next start is not written
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE}.new")
    secret = any(one.secret and one.name in changed for one in every_setting().values())
    mode = path.stat().st_mode & 0o777 if path.is_file() and not secret else 0o600
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
