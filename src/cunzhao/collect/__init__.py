"""Collect (信息收集): a link or a file becomes a Capture: exchanges of the page, its requisites, a verdict.

`batch.capture_batch` captures many URLs with the http engine (httpcore through the egress gate);
`files.capture_file` takes a local file; `urls` checks and compares addresses.

Thin, for later issues: one engine (no browser, so nothing that script draws, and `auto` has no choice to
make); no login wall or soft 404 told apart; HTML meta refresh not followed; video and audio not fetched and
not counted as missing; cookies live along one chain of redirects only; `srcdoc` frames not looked into;
HTTP/1.1 only; headers that break the standard end a fetch (browsers forgive more); pages are searched for
references in a thread of this process, bounded in bytes, not in a worker process.
"""
