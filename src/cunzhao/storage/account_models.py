"""The tables of accounts, and of what is given out in their name.

Nothing of it stands in the archive folder: no rebuild touches it, and none brings it back.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cunzhao.storage.models import Base, UtcTime


class SecretRow(Base):
    """Keys that this installation made for itself."""

    __tablename__ = "secret"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


class AccountRow(Base):
    """Never deleted, so that what was done keeps its name; `disabled` shuts it out."""

    __tablename__ = "account"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(160), unique=True)  # access.naming.folded
    role: Mapped[str] = mapped_column(String(16))  # viewer, editor, administrator
    password: Mapped[str] = mapped_column(String(200))  # Argon2id
    disabled: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime] = mapped_column(UtcTime)
    changed: Mapped[datetime] = mapped_column(UtcTime)  # the password


class LoginRow(Base):
    """A login that is open. The cookie holds the name of which `id` is the SHA-256."""

    __tablename__ = "login"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime] = mapped_column(UtcTime)
    seen: Mapped[datetime] = mapped_column(UtcTime)
    address: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(200))


class TokenRow(Base):
    """A token for programs; only its SHA-256 is kept."""

    __tablename__ = "token"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(12))  # how it begins
    scope: Mapped[str] = mapped_column(String(8))  # read, write, admin
    created: Mapped[datetime] = mapped_column(UtcTime)
    ends: Mapped[datetime] = mapped_column(UtcTime)
    used: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked: Mapped[datetime | None] = mapped_column(UtcTime)


class AttemptRow(Base):
    """A login that was tried and has not succeeded; all three by SHA-256, as a password may stand in the
    wrong field."""

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    account: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    device: Mapped[str] = mapped_column(String(64), index=True)  # "" of one never seen


class AuditRow(Base):
    """Who did what. Rows are only added: triggers refuse anything else."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    who: Mapped[str] = mapped_column(String(80), index=True)
    account_id: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(120), index=True)
    target: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(64))
    door: Mapped[str] = mapped_column(String(8))


class ShareRow(Base):
    """A collection that whoever has the address may read until it ends; only its SHA-256 is kept."""

    __tablename__ = "share"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    collection: Mapped[str] = mapped_column(String(200), index=True)
    who: Mapped[str] = mapped_column(String(80))
    created: Mapped[datetime] = mapped_column(UtcTime)
    ends: Mapped[datetime] = mapped_column(UtcTime)
    revoked: Mapped[datetime | None] = mapped_column(UtcTime)
