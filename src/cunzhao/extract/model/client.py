"""An OpenAI-compatible service (`POST /chat/completions`), asked within limits and through the gate."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from cunzhao.egress.asking import Question, Reply, ask
from cunzhao.egress.gate import Gate
from cunzhao.errors import BodyTooLarge, CunzhaoError, FetchError, FetchTimeout, ModelFailed, SettingWrong
from cunzhao.settings import Settings

WAITS_S = (0.5, 2.0)  # before a question is put again: twice at most
MOST_BYTES = 1_000_000  # of an answer
MOST_FACTS = 300  # of one piece
_PASSING = (408, 409, 425, 429, 500, 502, 503, 504)  # statuses that may go by
_FENCE = re.compile(r"```[a-z]*\s")
_FORM = {
    "detail": "应写成 http://主机:端口/v1；密钥另填（model.key）",
    "detail_en": "http://host:port/v1 expected; the key is model.key",
}
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


def allowing(settings: Settings) -> Settings:
    """The settings of a gate that lets the model's address through, and what the allow-list names.

    It is a gate of its own: a page that is captured must not reach the model. Raises SettingWrong.
    """
    try:
        parts = urlsplit(settings.model_address)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        host = parts.hostname or ""
    except (ValueError, KeyError) as exc:
        raise SettingWrong("model.address", **_FORM) from exc
    if not host or parts.username is not None:
        raise SettingWrong("model.address", **_FORM)
    named = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return replace(settings, allow_hosts=(*settings.allow_hosts, named))


class Service:
    """One document's questions to the service. The key goes into a header and nowhere else."""

    def __init__(self, settings: Settings, gate: Gate) -> None:
        self._settings = settings
        self._gate = gate
        self._plain = False  # the service does not know `response_format`

    def facts(self, messages: Sequence[dict[str, str]]) -> list[object]:
        """What the model says, unchecked, at most MOST_FACTS. Raises ModelFailed, AddressRefused.

        ModelFailed with `final` where asking on is of no use: the key or the name is wrong.
        """
        failure = ModelFailed(self._settings.model_address, detail="-")
        for wait_s in (0.0, *WAITS_S):
            time.sleep(wait_s)
            try:
                return said_in(self._reply(messages).body)
            except ValueError as exc:
                failure = self._failed(f"{exc}")
            except FetchTimeout as exc:
                raise self._failed(f"{exc.values['limit']} s") from exc  # slow today is slow again
            except ModelFailed as exc:
                failure = exc
                if not exc.values.get("passing"):
                    raise
        raise failure

    def told(self, error: CunzhaoError) -> str:
        """In the language of the settings."""
        return error.text(self._settings.lang)

    def reachable(self) -> None:
        """Raises ModelFailed where the service does not answer, or refuses the key."""
        try:
            reply = ask(self._gate, self._question("/models"))
        except FetchError as exc:
            raise self._failed(exc.message("en")) from exc
        if reply.status in (401, 403) or reply.status >= 500:
            raise self._failed(f"HTTP {reply.status}", final=True)

    def _reply(self, messages: Sequence[dict[str, str]]) -> Reply:
        body: dict[str, Any] = {"model": self._settings.model_name, "messages": messages, "temperature": 0}
        if not self._plain:
            body["response_format"] = {"type": "json_object"}
        try:
            reply = ask(self._gate, self._question("/chat/completions", json.dumps(body).encode()))
        except (FetchTimeout, BodyTooLarge) as exc:
            raise exc if isinstance(exc, FetchTimeout) else self._failed("too long an answer") from exc
        except FetchError as exc:
            raise self._failed(type(exc).__name__, passing=exc.code == "server-broke") from exc
        if reply.status in (400, 422) and not self._plain:
            self._plain = True
            raise self._failed(f"HTTP {reply.status}", passing=True)
        if reply.status != 200:
            passing = reply.status in _PASSING
            raise self._failed(f"HTTP {reply.status}", passing=passing, final=not passing)
        return reply

    def _question(self, path: str, body: bytes = b"") -> Question:
        headers = {"Content-Type": "application/json"}
        if self._settings.model_key:
            headers["Authorization"] = f"Bearer {self._settings.model_key}"
        return Question(
            url=self._settings.model_address.rstrip("/") + path,
            method="POST" if body else "GET",
            headers=headers,
            body=body,
            limit_s=self._settings.model_timeout_s,
            limit_bytes=MOST_BYTES,
        )

    def _failed(self, detail: str, **values: bool) -> ModelFailed:
        return ModelFailed(self._settings.model_address, detail=detail, **values)


def said_in(body: bytes) -> list[object]:
    """The facts in the body of an answer. Raises ValueError with a word on what is wrong."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as exc:
        raise ValueError("no answer of a chat") from exc
    if not isinstance(content, str):
        raise ValueError("an answer without words")
    content = _THOUGHT.sub("", content).strip()
    if (fence := _FENCE.match(content)) and content.endswith("```"):
        content = content[fence.end() : -3]
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as exc:
        raise ValueError("words that are no JSON") from exc
    facts = told.get("facts") if isinstance(told, dict) else told
    if not isinstance(facts, list):
        raise ValueError("JSON without facts")
    return facts[:MOST_FACTS]


def check_service(settings: Settings) -> None:
    """Raises ModelFailed where the service does not answer or refuses the key, SettingWrong."""
    with Gate(allowing(settings)) as gate:
        Service(settings, gate).reachable()
