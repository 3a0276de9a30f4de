"""Values about people that the doors show and ask for."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["viewer", "editor", "administrator"]
Scope = Literal["read", "write", "admin", "feed"]
By = Literal["local", "session", "token"]

#: Each may do all that those before it may.
ROLES: tuple[Role, ...] = ("viewer", "editor", "administrator")
#: A token opens as much as the role of the same place, and no more than its account's.
SCOPES: tuple[Scope, ...] = ("read", "write", "admin")
#: A token that opens feeds and nothing else: it stands in an address, which others may come to see.
FEED: Scope = "feed"
EVERY_SCOPE = (*SCOPES, FEED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asks, as far as this request is concerned."""

    id: str  # of the account; "" of the owner of this machine, who needs none
    name: str
    role: Role  # what may be done: of a token the lesser of its scope and the account's role
    by: By
    csrf: str = ""  # what a form must carry; "" where no cookie speaks for the person
    login: str = ""  # the id of the login's row

    def may(self, needed: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(needed)

    def word_is(self, given: str) -> bool:
        """Whether a form carried the word that it must; compared in a time that tells nothing."""
        wanted = self.csrf.encode()
        return bool(wanted) and hmac.compare_digest(wanted, given.encode("utf-8", "replace"))


#: Served on loopback alone and without any account, whoever asks owns this machine.
OWNER = Person(id="", name="", role="administrator", by="local")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a request brings to say who asks."""

    cookie: str = ""
    bearer: str = ""
    feed: str = ""  # a token in the address of a feed
    local: bool = False  # it came over loopback, to a server that listens nowhere else


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A login that was opened: what the browser shall keep."""

    cookie: str
    device: str  # tells this browser again, for the limits of failed logins
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    id: str
    name: str
    role: Role
    disabled: bool
    created: datetime
    changed: datetime  # the password
    seen: datetime | None = None  # last used, by a login that is still open


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    id: str
    created: datetime
    seen: datetime
    address: str
    agent: str
    current: bool  # the one that asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    id: str
    name: str
    hint: str  # how it begins
    scope: Scope
    created: datetime
    ends: datetime
    used: datetime | None
    revoked: datetime | None
    over: bool  # ended or revoked
    account: str = ""  # the name of whose it is


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """Shown once."""

    secret: str
    token: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    who: str = ""
    action: str = ""
    before: int = 0  # only entries of a smaller id; 0: the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    id: int
    at: datetime
    who: str  # "" of the owner of this machine
    action: str
    target: str
    address: str
    door: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    entries: tuple[AuditEntry, ...]
    filter: AuditFilter
    next: int | None  # `before` of the following page
    names: tuple[str, ...]  # of accounts, to choose from


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    id: str
    collection: str  # its id
    who: str
    created: datetime
    ends: datetime
    revoked: datetime | None
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShare:
    """Shown once: `secret` is what the address ends with."""

    secret: str
    share: Share
