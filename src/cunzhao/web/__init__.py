"""The pages: server-rendered Chinese pages on core's values, whole without script; the API beside them.

Each page renders one dataclass of `cunzhao.core.pages`. Script (`static/*.js`) is for comfort only: live
progress, a growing box, scrolling to a fact without loading again.

Thin: no accounts (whoever reaches the port may write), one language, figures and tasks are read and not
mended by hand, no comparison of two snapshots, no charts, no thumbnails, no dark colours.
"""

from cunzhao.web.application import app

__all__ = ["app"]
