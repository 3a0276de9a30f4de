"""Accounts: made, given a role, given a password, shut out and let in again. Never deleted."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.access.auditing import note
from cunzhao.access.keys import Keys, new_secret
from cunzhao.access.naming import check_name, folded
from cunzhao.access.passwords import Hashing, check_password
from cunzhao.access.types import ROLES, Account, Role
from cunzhao.errors import LastAdministrator, LoginRefused, NameTaken, NotFound, UsageWrong
from cunzhao.storage.account_models import AccountRow, LoginRow, SecretRow
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.upsert import insert_new

_SIGNING = "signing"


class Accounts:
    _database: Database
    _hashing: Hashing
    _some: bool  # there is an account, and so there will always be one

    def any_account(self) -> bool:
        """Whether anybody has to log in at all."""
        if not self._some:
            with self._database.reading() as session:
                self._some = session.scalar(sa.select(AccountRow.id).limit(1)) is not None
        return self._some

    def has_administrator(self) -> bool:
        with self._database.reading() as session:
            return bool(_administrators(session))

    def accounts(self) -> tuple[Account, ...]:
        seen = (
            sa.select(LoginRow.account_id, sa.func.max(LoginRow.seen).label("seen"))
            .group_by(LoginRow.account_id)
            .subquery()
        )
        query = sa.select(AccountRow, seen.c.seen).outerjoin(seen, seen.c.account_id == AccountRow.id)
        with self._database.reading() as session:
            found = session.execute(query.order_by(AccountRow.created, AccountRow.id)).all()
            return tuple(account_of(row, seen=at) for row, at in found)

    def account_named(self, name: str) -> Account:
        """Raises NotFound."""
        with self._database.reading() as session:
            return account_of(_named(session, name))

    def add_account(self, name: str, password: str, role: Role) -> Account:
        """Raises UsageWrong, PasswordWeak, NameTaken. The first account has to be an administrator's."""
        clean = check_name(name)
        check_role(role)
        check_password(password, clean)
        kept, now = self._hashing.hash(password), now_utc()
        with self._database.writing() as session:
            hold(session)
            if session.scalar(sa.select(AccountRow.id).where(AccountRow.folded == folded(clean))):
                raise NameTaken(clean)
            if role != "administrator" and not _administrators(session):
                _first(clean)
            row = AccountRow(
                id=secrets.token_hex(8),
                name=clean,
                folded=folded(clean),
                role=role,
                password=kept,
                disabled=False,
                created=now,
                changed=now,
            )
            session.add(row)
            note(session, "account-added", f"{clean} {role}")
        return account_of(row)

    def set_role(self, name: str, role: Role) -> None:
        """Raises NotFound, LastAdministrator. It holds from the next request on."""
        check_role(role)
        with self._database.writing() as session:
            row = _held(session, name)
            if role != "administrator":
                _leave_one(session, row)
            row.role = role
            note(session, "role-set", f"{row.name} {role}")

    def set_disabled(self, name: str, *, disabled: bool) -> None:
        """Shut out: no login, no token, and what is open is closed. Or let in again."""
        with self._database.writing() as session:
            row = _held(session, name)
            if disabled:
                _leave_one(session, row)
                session.execute(sa.delete(LoginRow).where(LoginRow.account_id == row.id))
            row.disabled = disabled
            note(session, "account-disabled" if disabled else "account-enabled", row.name)

    def reset_password(self, name: str, password: str) -> None:
        """An administrator gives a new password; all logins of the account end. Raises PasswordWeak."""
        with self._database.reading() as session:
            row = _named(session, name)
        check_password(password, row.name)
        self._give(row.id, password, "password-reset", keep="")

    def change_password(self, account: str, old: str, new: str, *, keep: str = "") -> None:
        """The person's own; all its logins end but `keep`. Raises LoginRefused, PasswordWeak."""
        with self._database.reading() as session:
            row = session.get(AccountRow, account)
        if not self._hashing.right(row.password if row else None, old) or row is None:
            raise LoginRefused(row.name if row else account)
        check_password(new, row.name)
        self._give(row.id, new, "password-changed", keep=keep)

    def _give(self, account: str, password: str, action: str, *, keep: str) -> None:
        kept = self._hashing.hash(password)
        with self._database.writing() as session:
            row = session.get_one(AccountRow, account)
            row.password, row.changed = kept, now_utc()
            ended = sa.delete(LoginRow).where(LoginRow.account_id == row.id, LoginRow.id != keep)
            session.execute(ended)
            note(session, action, row.name)

    # --- the installation's key -----------------------------------------------------------------------

    def _load_keys(self) -> Keys:
        with self._database.writing() as session:
            session.execute(insert_new(session, SecretRow), [{"name": _SIGNING, "value": new_secret()}])
            return Keys(session.get_one(SecretRow, _SIGNING).value)


def hold(session: Session) -> None:
    """One after another, on PostgreSQL too, where two transactions may count at once."""
    session.execute(sa.select(SecretRow).where(SecretRow.name == _SIGNING).with_for_update())


def account_of(row: AccountRow, seen: datetime | None = None) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        role=role_of(row),
        disabled=row.disabled,
        created=row.created,
        changed=row.changed,
        seen=seen,
    )


def role_of(row: AccountRow) -> Role:
    return row.role if row.role in ROLES else "viewer"


def check_role(role: str) -> None:
    if role not in ROLES:
        known = "、".join(ROLES)
        detail = {"detail": "没有这个角色", "detail_en": "there is no such role"}
        raise UsageWrong(role, **detail, mend=f"可选：{known}。", mend_en=f"Use one of {', '.join(ROLES)}.")


def _administrators(session: Session) -> list[str]:
    query = sa.select(AccountRow.id).where(AccountRow.role == "administrator", AccountRow.disabled.is_(False))
    return list(session.scalars(query))


def _named(session: Session, name: str) -> AccountRow:
    row = session.scalar(sa.select(AccountRow).where(AccountRow.folded == folded(name.strip())))
    if row is None:
        raise NotFound(name, what="用户", what_en="user")
    return row


def _held(session: Session, name: str) -> AccountRow:
    hold(session)
    return _named(session, name)


def _leave_one(session: Session, row: AccountRow) -> None:
    if _administrators(session) == [row.id]:
        raise LastAdministrator(row.name)


def _first(name: str) -> None:
    raise UsageWrong(
        name,
        detail="第一个用户须是管理员",
        detail_en="the first user has to be an administrator",
        mend="请先添加一位管理员。",
        mend_en="Add an administrator first.",
    )
