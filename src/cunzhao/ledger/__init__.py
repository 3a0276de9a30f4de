"""归口执行: figures become observations that can be compared, plans become tables of tasks.

`observations` normalises indicator, area and unit of figure facts; `tasks` gathers a plan's items with the
figures stated in them.

How they are made comparable stands in `docs/observations.md`.

Thin, for later issues: the lexicon of indicators has no definitions and no change of definition over the
years; kilograms of one thing and hectares of another are only told apart by their indicator; no status of
tasks, no evidence, no responsible department proposed, no links between targets and observations over time.
"""

from cunzhao.ledger.observations import observations
from cunzhao.ledger.tasks import tasks

__all__ = ["observations", "tasks"]
