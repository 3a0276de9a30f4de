"""Tokens for programs: shown once, kept by their SHA-256, with a scope and an end, taken back at any time."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from cunzhao.access.accounts import role_of
from cunzhao.access.auditing import note
from cunzhao.access.keys import TOKEN_MARK, digest, new_secret, same
from cunzhao.access.logins import TOUCH
from cunzhao.access.types import EVERY_SCOPE, FEED, ROLES, SCOPES, NewToken, Person, Role, Scope, Token
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.storage.account_models import AccountRow, TokenRow
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database

DAYS = 90  # where nothing else is asked for
LONGEST_DAYS = 366
HINT = 8  # characters that are kept to tell tokens apart
NAME_CHARS = 80


class Tokens:
    _database: Database

    def add_token(self, account: str, name: str, scope: Scope, *, days: int = DAYS) -> NewToken:
        """For the account of this id. Raises UsageWrong, NotFound."""
        clean = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:NAME_CHARS]
        if scope not in EVERY_SCOPE:
            known = ", ".join(EVERY_SCOPE)
            _wrong(
                scope, "没有这个范围", "there is no such scope", f"可选：{known}。", f"Use one of {known}."
            )
        check_days(days)
        if not clean:
            _wrong(
                "令牌", "没有写用途", "what it is for is missing", "请写明用在哪里。", "Say where it is used."
            )
        secret, now = TOKEN_MARK + new_secret(), now_utc()
        with self._database.writing() as session:
            whose = session.get(AccountRow, account)
            if whose is None or whose.disabled:
                raise NotFound(account, what="用户", what_en="user")
            row = TokenRow(
                id=secrets.token_hex(8),
                account_id=whose.id,
                name=clean,
                digest=digest(secret),
                hint=secret[:HINT],
                scope=scope,
                created=now,
                ends=now + timedelta(days=days),
                used=None,
                revoked=None,
            )
            session.add(row)
            note(session, "token-added", f"{whose.name} {clean} {scope}")
        return NewToken(secret=secret, token=_token(row, now))

    def tokens(self, account: str) -> tuple[Token, ...]:
        """Of one account, the newest first, those that are over too."""
        now = now_utc()
        query = sa.select(TokenRow).where(TokenRow.account_id == account)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(TokenRow.created.desc(), TokenRow.id))
            return tuple(_token(row, now) for row in rows)

    def all_tokens(self) -> tuple[Token, ...]:
        """Of everybody, that still open something."""
        now = now_utc()
        query = (
            sa.select(TokenRow, AccountRow.name)
            .join(AccountRow, AccountRow.id == TokenRow.account_id)
            .where(TokenRow.revoked.is_(None), TokenRow.ends > now)
            .order_by(AccountRow.name, TokenRow.created.desc())
        )
        with self._database.reading() as session:
            return tuple(_token(row, now, name) for row, name in session.execute(query).all())

    def revoke_token(self, person: Person, token: str) -> None:
        """One's own; an administrator anybody's. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(TokenRow, token)
            if row is None or not (row.account_id == person.id or person.may("administrator")):
                raise NotFound(token[:16], what="令牌", what_en="token")
            if row.revoked is None:
                row.revoked = now_utc()
                whose = session.get_one(AccountRow, row.account_id)
                note(session, "token-revoked", f"{whose.name} {row.name}")

    def of_token(self, secret: str, *, feed: bool = False) -> Person | None:
        """Whose token it is, with what it opens; None of one that is unknown, over, or of one shut out.

        In the address of a feed (`feed`) it is one of that scope, elsewhere never.
        """
        if not secret.startswith(TOKEN_MARK):
            return None
        now, wanted = now_utc(), digest(secret)
        query = (
            sa.select(TokenRow, AccountRow)
            .join(AccountRow, AccountRow.id == TokenRow.account_id)
            .where(
                TokenRow.digest == wanted,
                (TokenRow.scope == FEED) if feed else (TokenRow.scope != FEED),
                TokenRow.revoked.is_(None),
                TokenRow.ends > now,
                AccountRow.disabled.is_(False),
            )
        )
        with self._database.reading() as session:
            found = session.execute(query).one_or_none()
        if found is None or not same(found[0].digest, wanted):
            return None
        row, account = found
        if row.used is None or now - row.used > TOUCH:
            with self._database.writing() as session:
                session.execute(sa.update(TokenRow).where(TokenRow.id == row.id).values(used=now))
        return Person(id=account.id, name=account.name, role=_lesser(role_of(account), row.scope), by="token")


def check_days(days: int) -> None:
    if not 1 <= days <= LONGEST_DAYS:
        _wrong(
            str(days)[:20],
            f"期限须为 1 至 {LONGEST_DAYS} 天",
            f"it may last 1 to {LONGEST_DAYS} days",
            "请换一个天数。",
            "Choose another number of days.",
        )


def _lesser(role: Role, scope: str) -> Role:
    opens = SCOPES.index(scope) if scope in SCOPES else 0
    return ROLES[min(ROLES.index(role), opens)]


def _token(row: TokenRow, now: datetime, account: str = "") -> Token:
    return Token(
        id=row.id,
        name=row.name,
        hint=row.hint,
        scope=row.scope,  # type: ignore[arg-type]  # only ever written by add_token
        created=row.created,
        ends=row.ends,
        used=row.used,
        revoked=row.revoked,
        over=row.revoked is not None or row.ends <= now,
        account=account,
    )


def _wrong(said: str, detail: str, detail_en: str, mend: str, mend_en: str) -> None:
    raise UsageWrong(said, detail=detail, detail_en=detail_en, mend=mend, mend_en=mend_en)
