"""归口执行: figures become observations that can be compared, plans become tables of tasks.

`observations` normalises indicator, area and unit of figure facts; `tasks` gathers a plan's items with the
figures stated in them.

Thin, for later issues: areas are compared by name, not by GB/T 2260 code; the lexicon of indicators is
general (no sector lists, no definitions, no change of definition over the years); 亩 is not converted (no
exact decimal); cumulative and monthly values are told apart only by their period; no status of tasks, no
evidence, no responsible department proposed, no links between targets and observations over time.
"""

from cunzhao.ledger.observations import observations
from cunzhao.ledger.tasks import tasks

__all__ = ["observations", "tasks"]
