"""Who may do what: accounts and roles, logins, tokens for programs, the audit log, shared collections.

`types` has the values the doors may know; `naming`, `passwords`, `limits` and `keys` are rules without a
database; `accounts`, `logins`, `tokens`, `auditing` and `shares` keep what is said in it; `access` is all of
it as one.

Nothing of this stands in the archive folder, which is copied and handed on: `rebuild` neither loses nor
brings back an account. Names stay in the journal, as `who`. Thin: no second factor, no OIDC, no groups;
whoever may read the data folder needs no login.
"""
