"""The archive: WARC files as the one store of evidence, their index, and the frozen view of what they hold.

`store.Archive` writes captures (ISO 28500:2017, WARC 1.1), finds and reads them, sweeps up after a crash and
takes foreign WARC files in; `view` shows a kept page without script; `verify` looks for damage; `cdxj` writes
the index for other programs. Bytes are never rewritten in the store, only on their way to a browser; a purge
takes whole records out (`compaction`).

To write: `writing`, `records`, `warcfile`, `heads`, `pageinfo`, `conditions`, `postquery`, `remembered`. To
find and read: `index`, `surt`, `stored`, `reading`, `completeness`. To show: `view`, `frozen_*`, `linking`,
`holding`, `emitting`. After a crash, a move or a purge: `recovery`, `restoring`, `journal`, `compaction`,
`needs`. Files of others: `adoption`, `finding`, `checking`.

Thin, for later issues:
- `Set-Cookie` of stored responses is kept as received; sealing belongs to the export (WACZ), still missing.
- WACZ, Memento (TimeGate, TimeMap) and S3 are missing; a WARC file is a local file.
- What a purge leaves in a file that another process writes is taken out at a later start only.
- PDF, Word and media are offered as a download, not shown.
- The frozen view parses HTML in the calling process: bounded in bytes, not in time and memory.
- `adopt` reads `.warc`, and `.warc.gz` with one gzip member a record; no ARC, `.warc.zst`, segmented records.
"""
