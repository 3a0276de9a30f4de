"""分类整理: tags, full-text search that finds every literal occurrence, and reposts (转载).

`search` keeps the index (tantivy over character bigrams; `fold` says what counts as the same character),
`places` finds the hits' characters in a text and cuts snippets around them, `tags` checks what users type.
`sketch` makes of a text what can be compared, `alike` finds the texts that are the same in whole or in large
part, `reposts` groups them and proposes the original, `changes` tells what a copy changed.

`names` checks titles and notes, `suggesting` reads tags out of a document, `addresses` tells which links are
most likely one page.

Thin, for later issues: no dead-link checks; search has no field filters but one tag, no
sorting by date, no synonyms and no simplified/traditional folding.
"""
