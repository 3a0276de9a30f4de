"""Logins: opened with a password, known again by a signed cookie and a row, ended by whoever it concerns.

The cookie holds a random name under our signature; the row is found by its SHA-256, so that neither a guessed
cookie nor a stolen database opens a login. Every login makes a new name (no fixation).
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.access.accounts import hold, role_of
from cunzhao.access.auditing import note
from cunzhao.access.keys import Keys, digest, new_secret, same
from cunzhao.access.limits import WINDOW, Attempt, neighbourhood, wait
from cunzhao.access.naming import folded
from cunzhao.access.passwords import Hashing
from cunzhao.access.types import Login, Opened, Person
from cunzhao.errors import LoginRefused, NotFound, TooManyAttempts
from cunzhao.storage.account_models import AccountRow, AttemptRow, LoginRow
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database

IDLE = timedelta(hours=12)  # without a request
LONGEST = timedelta(days=7)  # however often it is used
TOUCH = timedelta(minutes=5)  # how exactly `seen` is kept
AGENT_CHARS = 200


class Logins:
    _database: Database
    _hashing: Hashing
    _keys: Keys

    def login(
        self,
        name: str,
        password: str,
        *,
        address: str = "",
        agent: str = "",
        device: str = "",
        earlier: str = "",
    ) -> Opened:
        """`device` and `earlier` are the cookies the browser sent: of a login before, and of one still open.

        Raises LoginRefused, TooManyAttempts.
        """
        attempt = self._begin(name, address, device)
        with self._database.reading() as session:
            row = session.scalar(sa.select(AccountRow).where(AccountRow.folded == folded(name.strip())))
        right = self._hashing.right(row.password if row else None, password)
        if row is None or not right or row.disabled:
            with self._database.writing() as session:
                note(session, "login-failed", row.name if row else "", who="", account="")
            raise LoginRefused("登录")
        fresh = self._hashing.hash(password) if self._hashing.outdated(row.password) else ""
        return self._open(row, attempt, address=address, agent=agent, earlier=earlier, fresh=fresh)

    def _begin(self, name: str, address: str, device: str) -> AttemptRow:
        """The attempt counts as failed until it has succeeded: many at once gain nothing."""
        account, now = digest(folded(name.strip())), now_utc()
        known = self._keys.value("device", device) or ""
        own = digest(known) if known.startswith(f"{account}.") else ""
        near = digest(neighbourhood(address))
        with self._database.writing() as session:
            hold(session)
            session.execute(sa.delete(AttemptRow).where(AttemptRow.at < now - WINDOW))
            query = sa.select(AttemptRow).where(
                sa.or_(AttemptRow.account == account, AttemptRow.address == near)
            )
            failed = [
                Attempt(at=row.at, account=row.account, address=row.address, device=row.device)
                for row in session.scalars(query)
            ]
            new = Attempt(at=now, account=account, address=near, device=own)
            left = wait(failed, new)
            if left > timedelta():
                raise TooManyAttempts("登录", minutes=max(1, -(-int(left.total_seconds()) // 60)))
            row = AttemptRow(at=now, account=account, address=near, device=own)
            session.add(row)
        return row

    def _open(
        self, account: AccountRow, attempt: AttemptRow, *, address: str, agent: str, earlier: str, fresh: str
    ) -> Opened:
        secret, now = new_secret(), now_utc()
        with self._database.writing() as session:
            theirs = sa.or_(AttemptRow.device == attempt.device, AttemptRow.address == attempt.address)
            session.execute(sa.delete(AttemptRow).where(AttemptRow.account == attempt.account, theirs))
            session.execute(sa.delete(LoginRow).where(LoginRow.created < now - LONGEST))
            if named := self._keys.value("login", earlier):
                session.execute(sa.delete(LoginRow).where(LoginRow.id == digest(named)))
            now_kept = session.get_one(AccountRow, account.id, with_for_update=True)
            if now_kept.password != account.password or now_kept.disabled:  # changed while we were checking
                raise LoginRefused("登录")
            if fresh:
                now_kept.password = fresh
            row = LoginRow(
                id=digest(secret),
                account_id=account.id,
                created=now,
                seen=now,
                address=address[:64],
                agent="".join(c for c in agent if c.isprintable())[:AGENT_CHARS],
            )
            session.add(row)
            note(session, "login", who=account.name, account=account.id)
        device = self._keys.signed("device", f"{digest(account.folded)}.{new_secret()}")
        cookie = self._keys.signed("login", secret)
        return Opened(cookie=cookie, device=device, person=self._person(account, row, secret))

    def of_cookie(self, cookie: str) -> Person | None:
        """Whose open login a cookie is; None of one that is forged, ended or too old."""
        secret = self._keys.value("login", cookie)
        if secret is None:
            return None
        with self._database.reading() as session:
            found = _open_row(session, digest(secret))
        if found is None:
            return None
        row, account = found
        if now_utc() - row.seen > TOUCH:
            with self._database.writing() as session:
                session.execute(sa.update(LoginRow).where(LoginRow.id == row.id).values(seen=now_utc()))
        return self._person(account, row, secret)

    def logout(self, person: Person) -> None:
        with self._database.writing() as session:
            session.execute(sa.delete(LoginRow).where(LoginRow.id == person.login))
            note(session, "logout")

    def logins(self, person: Person) -> tuple[Login, ...]:
        """Those of this person that are open, the last used first."""
        now = now_utc()
        query = (
            sa.select(LoginRow)
            .where(
                LoginRow.account_id == person.id, LoginRow.seen > now - IDLE, LoginRow.created > now - LONGEST
            )
            .order_by(LoginRow.seen.desc())
        )
        with self._database.reading() as session:
            return tuple(
                Login(
                    id=row.id,
                    created=row.created,
                    seen=row.seen,
                    address=row.address,
                    agent=row.agent,
                    current=row.id == person.login,
                )
                for row in session.scalars(query)
            )

    def end_login(self, person: Person, login: str) -> None:
        """One of the person's own. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(LoginRow, login)
            if row is None or row.account_id != person.id:
                raise NotFound(login[:16], what="登录", what_en="login")
            session.delete(row)
            note(session, "login-ended")

    def _person(self, account: AccountRow, row: LoginRow, secret: str) -> Person:
        return Person(
            id=account.id,
            name=account.name,
            role=role_of(account),
            by="session",
            csrf=self._keys.csrf(secret),
            login=row.id,
        )

    # --- the login form, before there is a login ------------------------------------------------------

    def form_word(self, cookie: str) -> tuple[str, str]:
        """The cookie of whoever sees the login form, new where the browser has none of ours, and the word
        that its form must carry."""
        nonce = self._keys.value("form", cookie) or new_secret()
        return self._keys.signed("form", nonce), self._keys.csrf(f"form.{nonce}")

    def form_is_ours(self, cookie: str, word: str) -> bool:
        """Whether a login form came from a page that we gave to this very browser."""
        nonce = self._keys.value("form", cookie)
        return bool(nonce) and same(word, self._keys.csrf(f"form.{nonce}"))


def _open_row(session: Session, login: str) -> tuple[LoginRow, AccountRow] | None:
    now = now_utc()
    found = session.execute(
        sa.select(LoginRow, AccountRow)
        .join(AccountRow, AccountRow.id == LoginRow.account_id)
        .where(
            LoginRow.id == login,
            LoginRow.seen > now - IDLE,
            LoginRow.created > now - LONGEST,
            AccountRow.disabled.is_(False),
        )
    ).one_or_none()
    return (found[0], found[1]) if found else None
