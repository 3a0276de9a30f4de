"""Every setting, in one typed place: name, default, unit, help.

A `Settings` is built once, from defaults < settings file < environment < flags, and passed down. Nothing
else reads `os.environ` or the file. Units stand in the names (`_s` seconds, `_bytes`).
"""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import platformdirs

from cunzhao.errors import SettingUnknown, SettingWrong

Lang = str  # "zh" or "en"
Source = Literal["default", "file", "environment", "flag"]
FILE = "settings.toml"
_CHOICES = {"lang": ("zh", "en")}


def _setting(default: Any, key: str, env: str, help_text: str, *, secret: bool = False) -> Any:
    """A field with where it stands in the settings file (`table.key`) and in the environment.

    What is secret stands in no `repr`, and so in no log.
    """
    told = {"key": key, "env": env, "help": help_text, "secret": secret}
    return field(default=default, repr=not secret, metadata=told)


@dataclass(frozen=True, slots=True)
class Setting:
    """What there is to know of a setting, beside its value."""

    name: str  # the field of `Settings`
    key: str  # `table.key` of the file
    env: str
    default: Any
    help: str
    secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    home: Path  # the data folder: database, archive/, index/, settings.toml
    lang: Lang = _setting("zh", "interface.language", "CUNZHAO_LANG", "language of messages: zh or en")
    database: str = _setting(
        "", "storage.database", "CUNZHAO_DATABASE", "database URL; empty: SQLite in the data folder"
    )
    allow_hosts: tuple[str, ...] = _setting(
        (), "egress.allow", "CUNZHAO_ALLOW_HOSTS", "host[:port] that may be reached although not public"
    )
    fetch_timeout_s: float = _setting(
        30.0, "collect.timeout", "CUNZHAO_FETCH_TIMEOUT", "seconds one fetch may take, its body included"
    )
    max_body_bytes: int = _setting(
        50_000_000, "collect.max_body", "CUNZHAO_MAX_BODY", "largest body kept, in bytes as sent"
    )
    max_decoded_bytes: int = _setting(
        200_000_000, "read.max_decoded", "CUNZHAO_MAX_DECODED", "largest body after decompression, in bytes"
    )
    max_redirects: int = _setting(
        10, "collect.max_redirects", "CUNZHAO_MAX_REDIRECTS", "redirects followed before giving up"
    )
    max_requisites: int = _setting(
        500, "collect.max_requisites", "CUNZHAO_MAX_REQUISITES", "requisites fetched for one page"
    )
    pages_at_once: int = _setting(
        4, "collect.pages_at_once", "CUNZHAO_PAGES_AT_ONCE", "pages captured at the same time"
    )
    connections_per_host: int = _setting(
        6, "collect.connections_per_host", "CUNZHAO_CONNECTIONS_PER_HOST", "connections open to one host"
    )
    host_delay_s: float = _setting(
        0.0, "collect.host_delay", "CUNZHAO_HOST_DELAY", "seconds between two requests to one host"
    )
    user_agent: str = _setting(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
        "Safari/537.36 Cunzhao/0.1",
        "collect.user_agent",
        "CUNZHAO_USER_AGENT",
        "User-Agent sent with every fetch",
    )
    browser: str = _setting(
        "", "collect.browser", "CUNZHAO_BROWSER", "program of Chromium, Chrome or Edge; empty: looked for"
    )
    browser_pages: int = _setting(
        3, "collect.browser_pages", "CUNZHAO_BROWSER_PAGES", "pages open in the browser at the same time"
    )
    browser_timeout_s: float = _setting(
        60.0, "collect.browser_timeout", "CUNZHAO_BROWSER_TIMEOUT", "seconds a page may take in the browser"
    )
    browser_quiet_s: float = _setting(
        0.5,
        "collect.browser_quiet",
        "CUNZHAO_BROWSER_QUIET",
        "seconds without traffic after which a page rests",
    )
    renditions: tuple[str, ...] = _setting(
        ("screenshot", "pdf", "dom", "text"),
        "collect.renditions",
        "CUNZHAO_RENDITIONS",
        "what the browser keeps beside what was sent: screenshot, pdf, dom, text; `none` for nothing",
    )
    warc_max_bytes: int = _setting(
        1_000_000_000, "archive.warc_max", "CUNZHAO_WARC_MAX", "size at which a new WARC file is begun"
    )
    parse_timeout_s: float = _setting(
        60.0, "read.timeout", "CUNZHAO_PARSE_TIMEOUT", "seconds one document may take to read"
    )
    parse_memory_bytes: int = _setting(
        2_000_000_000, "read.memory", "CUNZHAO_PARSE_MEMORY", "memory a reading worker may take, in bytes"
    )
    office: str = _setting(
        "",
        "read.office",
        "CUNZHAO_OFFICE",
        "program of LibreOffice (soffice), for .doc and .wps; empty: looked for",
    )
    ocr_pages: int = _setting(
        30,
        "read.ocr_pages",
        "CUNZHAO_OCR_PAGES",
        "scanned pages read by OCR in one file, where it is installed",
    )
    next_pages: int = _setting(
        20,
        "collect.next_pages",
        "CUNZHAO_NEXT_PAGES",
        "further pages (下一页) of an article captured with it",
    )
    attachments: int = _setting(
        20, "collect.attachments", "CUNZHAO_ATTACHMENTS", "attached files of a page captured with it"
    )
    region: str = _setting(
        "", "extract.region", "CUNZHAO_REGION", "own area, where a document does not tell its own"
    )
    model_address: str = _setting(
        "",
        "model.address",
        "CUNZHAO_MODEL_ADDRESS",
        "base address of an OpenAI-compatible service (http://127.0.0.1:8000/v1), which may so be reached "
        "although not public; empty: no model is asked",
    )
    model_name: str = _setting(
        "", "model.name", "CUNZHAO_MODEL_NAME", "name of the model, as the service has it"
    )
    model_key: str = _setting(
        "",
        "model.key",
        "CUNZHAO_MODEL_KEY",
        "key of the service, where it wants one; never logged",
        secret=True,
    )
    model_timeout_s: float = _setting(
        60.0, "model.timeout", "CUNZHAO_MODEL_TIMEOUT", "seconds one question to the model may take"
    )
    model_piece_chars: int = _setting(
        1500, "model.piece", "CUNZHAO_MODEL_PIECE", "characters of a document sent in one question"
    )
    model_pieces: int = _setting(
        40,
        "model.pieces",
        "CUNZHAO_MODEL_PIECES",
        "questions asked of one document at most; the rest is not sent",
    )
    #: Where the values come from; what is not in it is a default.
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False, compare=False)

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL; the embedded default is `cunzhao.db` in the data folder."""
        return self.database or f"sqlite:///{self.home / 'cunzhao.db'}"

    @property
    def archive_folder(self) -> Path:
        return self.home / "archive"

    @property
    def index_folder(self) -> Path:
        return self.home / "index"


def load(environ: Mapping[str, str], *, home: Path | None = None, **flags: Any) -> Settings:
    """Build the settings. `home` and `flags` win over `environ`, which wins over `HOME/settings.toml`.

    Raises SettingUnknown for a key that no setting has, SettingWrong for a value of the wrong kind.
    """
    folder = home or Path(environ.get("CUNZHAO_HOME") or platformdirs.user_data_dir("cunzhao", False))
    layers: dict[Source, dict[str, Any]] = {
        "file": from_file(folder / FILE),
        "environment": _from_environment(environ),
        "flag": {k: v for k, v in flags.items() if v is not None},
    }
    values: dict[str, Any] = {"lang": _language(environ)}
    sources: dict[str, Source] = {}
    for source, given in layers.items():
        values |= given
        sources |= dict.fromkeys(given, source)
    return Settings(home=folder.expanduser().absolute(), sources=sources, **values)


def every_setting() -> Mapping[str, Setting]:
    """All there are, by name, in their order."""
    described = [f for f in dataclasses.fields(Settings) if f.metadata]
    return {f.name: Setting(name=f.name, default=f.default, **f.metadata) for f in described}


def read_value(name: str, text: str) -> Any:
    """The value of a setting as typed on a page. Raises SettingWrong."""
    one = every_setting()[name]
    return _typed(one, text, one.key)


def from_file(path: Path, text: str | None = None) -> dict[str, Any]:
    """The values by name of a settings file, or of the text that is to become one.

    Raises SettingUnknown, SettingWrong.
    """
    if text is None and not path.is_file():
        return {}
    try:
        tree = tomllib.loads(path.read_text("utf-8") if text is None else text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as exc:
        raise SettingWrong(str(path), detail=str(exc)) from exc
    by_key = {one.key: one for one in every_setting().values()}
    found = {}
    for table, entries in tree.items():
        for key, value in (entries if isinstance(entries, dict) else {"": entries}).items():
            dotted = f"{table}.{key}" if key else table
            if dotted not in by_key:
                raise SettingUnknown(f"{path}: {dotted}", known=", ".join(sorted(by_key)))
            found[by_key[dotted].name] = _typed(by_key[dotted], value, f"{path}: {dotted}")
    return found


def language(environ: Mapping[str, str]) -> Lang:
    """The language where no settings could be loaded: for telling why."""
    return environ.get("CUNZHAO_LANG") or _language(environ)


def _language(environ: Mapping[str, str]) -> Lang:
    """`LANG=en…` asks for English; anything else is answered in Chinese."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "zh"


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    given = [one for one in every_setting().values() if environ.get(one.env)]
    return {one.name: _typed(one, environ[one.env], one.env) for one in given}


_WANTED = {
    int: ("不小于 0 的整数", "whole number from 0 on"),
    float: ("不小于 0 的数", "number from 0 on"),
    str: ("文字", "text"),
    tuple: ("列表", "list"),
}


def _typed(one: Setting, value: Any, where: str) -> Any:
    """The value in the type of the setting's default, numbers from 0 on; lists may be written as `a,b`."""
    kind: Any = type(one.default)
    try:
        if kind is tuple:
            items = value.split(",") if isinstance(value, str) else value
            return tuple(str(item).strip() for item in items if str(item).strip())
        if isinstance(value, bool | list | dict):
            raise ValueError(value)
        read = kind(value)
        if kind is not str and not 0 <= read < math.inf:
            raise ValueError(value)
    except (ValueError, TypeError, OverflowError) as exc:
        zh, en = _WANTED[kind]
        raise SettingWrong(where, detail=f"{value!r} 不是{zh}", detail_en=f"{value!r} is no {en}") from exc
    if read not in _CHOICES.get(one.name, (read,)):
        listed = " / ".join(_CHOICES[one.name])
        raise SettingWrong(where, detail=f"{read!r}，可用 {listed}", detail_en=f"{read!r}, use {listed}")
    return read


def described() -> str:
    """The page `docs/settings.md`: every setting with its key, variable, default and meaning."""
    lines = [
        "# Settings",
        "",
        "In `settings.toml` in the data folder (`[table]`, `key`), or by environment variable, which wins.",
        "",
        "| key | variable | default | meaning |",
        "|---|---|---|---|",
    ]
    for one in every_setting().values():
        default = ", ".join(one.default) if isinstance(one.default, tuple) else str(one.default)
        lines.append(f"| `{one.key}` | `{one.env}` | {default.replace('|', '/')} | {one.help} |")
    return "\n".join(lines) + "\n"
