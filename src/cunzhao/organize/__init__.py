"""分类整理: tags, and full-text search that finds every literal occurrence.

`search` keeps the index (tantivy over character bigrams; `fold` says what counts as the same character),
`places` finds the hits' characters in a text and cuts snippets around them, `tags` checks what users type.

Thin, for later issues: no collections beyond a name on the link, no tag hierarchy (`/` is allowed in a tag,
nothing reads it yet), no reposts (转载), no dead-link checks; search has no field filters but one tag, no
sorting by date, no synonyms and no simplified/traditional folding.
"""
