"""The pages: server-rendered on core's values, Chinese first and in English, whole without script; the API
beside them.

Each page renders one dataclass of `cunzhao.core.values`. Script (`static/*.js`) is for comfort only: live
progress, a growing box, scrolling to a fact without loading again.

`wishes` is what a browser asked for (language, colours, keys), `rights` what each route needs, `show` the
templates with their words.

Thin: tasks are read and not edited, two snapshots are compared by their text alone, no thumbnails.
"""

from cunzhao.web.application import app

__all__ = ["app"]
