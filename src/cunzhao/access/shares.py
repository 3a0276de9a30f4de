"""Shared collections: an address that nobody guesses opens one of them to read, until it ends."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from cunzhao.access.auditing import note
from cunzhao.access.keys import digest, new_secret, same
from cunzhao.access.tokens import check_days
from cunzhao.access.types import NewShare, Share
from cunzhao.errors import NotFound, ShareGone
from cunzhao.storage.account_models import ShareRow
from cunzhao.storage.acting import actor
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database

DAYS = 30  # where nothing else is asked for


class Shares:
    _database: Database

    def add_share(self, collection: str, *, days: int = DAYS) -> NewShare:
        """Of the collection of this id, which is there. Raises UsageWrong."""
        check_days(days)
        secret, now = new_secret(), now_utc()
        row = ShareRow(
            id=secrets.token_hex(8),
            digest=digest(secret),
            collection=collection,
            who=actor().name,
            created=now,
            ends=now + timedelta(days=days),
            revoked=None,
        )
        with self._database.writing() as session:
            session.add(row)
            note(session, "share-added", f"{collection} {days}")
        return NewShare(secret=secret, share=_share(row, now))

    def shares(self) -> tuple[Share, ...]:
        """The newest first, those that are over too."""
        now, query = now_utc(), sa.select(ShareRow).order_by(ShareRow.created.desc(), ShareRow.id)
        with self._database.reading() as session:
            return tuple(_share(row, now) for row in session.scalars(query))

    def revoke_share(self, share: str) -> None:
        """Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(ShareRow, share)
            if row is None:
                raise NotFound(share[:16], what="共享链接", what_en="shared link")
            if row.revoked is None:
                row.revoked = now_utc()
                note(session, "share-revoked", row.collection)

    def shared_collection(self, secret: str) -> Share:
        """What the address opens. Raises ShareGone, the same for one that never was and one that is over."""
        wanted = digest(secret)
        with self._database.reading() as session:
            row = session.scalar(sa.select(ShareRow).where(ShareRow.digest == wanted))
        if row is None or not same(row.digest, wanted) or _share(row, now_utc()).over:
            raise ShareGone("共享链接")
        return _share(row, now_utc())


def _share(row: ShareRow, now: datetime) -> Share:
    return Share(
        id=row.id,
        collection=row.collection,
        who=row.who,
        created=row.created,
        ends=row.ends,
        revoked=row.revoked,
        over=row.revoked is not None or row.ends <= now,
    )
