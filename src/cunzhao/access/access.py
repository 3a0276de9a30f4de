"""All that is asked about people, as one."""

from __future__ import annotations

from functools import cached_property

from cunzhao.access.accounts import Accounts
from cunzhao.access.auditing import Auditing
from cunzhao.access.keys import Keys
from cunzhao.access.logins import Logins
from cunzhao.access.passwords import Hashing
from cunzhao.access.shares import Shares
from cunzhao.access.tokens import Tokens
from cunzhao.access.types import OWNER, Credentials, Person
from cunzhao.storage.database import Database


class Access(Accounts, Logins, Tokens, Auditing, Shares):
    def __init__(self, database: Database, hashing: Hashing | None = None) -> None:
        self._database = database
        self._given = hashing
        self._some = False

    @cached_property
    def _hashing(self) -> Hashing:  # type: ignore[override]  # made when it is first needed
        return self._given or Hashing()

    @cached_property
    def _keys(self) -> Keys:  # type: ignore[override]
        return self._load_keys()

    def who(self, given: Credentials) -> Person | None:
        """Who asks. A token that is sent speaks alone, whatever cookies come with it."""
        if given.local and not self.any_account():
            return OWNER
        if given.bearer:
            return self.of_token(given.bearer)
        if given.feed:
            return self.of_token(given.feed, feed=True)
        return self.of_cookie(given.cookie) if given.cookie else None
