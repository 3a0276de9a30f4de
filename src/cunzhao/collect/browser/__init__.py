"""Capture with a browser: the system's Chromium, driven by Playwright, recorded over CDP.

`engine` captures one page; `chromium` keeps the browser of a batch (`program` finds it, `temporary` is its
folder). `visit` goes there, `behaviour` reads the page to its end, `renditions` makes DOM (`dom`), text,
picture and print (`pictures`) of it. `recorder` and `hearing` listen, an `asking` is one request with its
redirects, `recording` makes exchanges of them; `reuse` gives what the batch has already, `rest` fetches what
the page names and the browser did not ask for. Why so: docs/decisions/0008 and 0013.

Thin: the browser lives as long as a batch, so one link asked for alone pays for its start; bodies that are
coded or of unknown length are held in memory up to the limit; what stands below 60,000 pixels is not
scrolled to; nothing is clicked but folded parts are opened; WebSockets, event streams and service workers
are named as missing.
"""
