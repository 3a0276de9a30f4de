"""事后评估: contradictions between observations, sourced briefs, capture records.

`check` finds pairs of printed values that cannot both be right, `explain` says why in words, `brief` writes
chosen snapshots' key figures with their sources as a Word file; `capture` lays out what was observed of one
capture (取证记录).

Thin, for later issues: of the differences between two values only slips of a power of ten are told apart
from the rest; revisions (快报, 公报, 年鉴), scopes (全市/市区, 累计/当月) and derived values (value, base and
growth) are not yet recognised and may stand among the `real` ones; targets are not set against actuals;
values without a period are compared for slips only, within one document; no reports but these two.
"""

from cunzhao.evaluate.brief import brief, key_figures
from cunzhao.evaluate.contradictions import check, explain, order

__all__ = ["brief", "check", "explain", "key_figures", "order"]
