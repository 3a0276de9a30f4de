"""Collect (信息收集): a link or a file becomes a Capture: exchanges of the page, its requisites, a verdict.

`batch.capture_batch` captures many URLs with the http engine (httpcore through the egress gate), the browser
(`browser.engine`), or `auto`: http first, the browser where `choice.choose` says that a page needs it.
`sight` looks at a page once, for `choice` and for `verdict.judge`. `files.capture_file` takes a local file;
`urls` checks and compares addresses.

By http: `page` leads, `fetch` asks, `look` and `references` find what a page names, `gathering` brings it,
`shared` fetches each once in a batch. `connections` and `conditions` note what was observed.

Thin: the choice sees inline script only, so a page whose outer script replaces a text that is there already
is taken for static; cookies live along one chain of redirects (http); HTTP/1.1 only (http); headers that
break the standard end a fetch (browsers forgive more); pages are searched in a thread of this process,
bounded in bytes, not in a worker process.
"""
