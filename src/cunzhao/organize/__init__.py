"""分类整理: tags, full-text search that finds every literal occurrence, and reposts (转载).

`index` keeps tantivy's files, `entries` says what stands in them, `questions` what is asked of them, `search`
asks: documents, facets, titles, facts. `fold` says what counts as the same character, `aliases` what counts
as the same name, `query` reads what was typed, `filters` what an address narrows by, `pinyin` how a title
sounds.
`places` finds the hits' characters in a text and cuts snippets around them, `tags` checks what users type.
`sketch` makes of a text what can be compared, `alike` finds the texts that are the same in whole or in large
part, `reposts` groups them and proposes the original, `changes` tells what a copy changed.

`names` checks titles and notes, `suggesting` reads tags out of a document, `addresses` tells which links are
most likely one page.

Thin, for later issues: no dead-link checks; facts are not narrowed by tag or source; no misspelt words.
"""
