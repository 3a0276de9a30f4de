"""The words for the codes of captures, for every door."""

from cunzhao.evaluate.capture.words import (
    ENGINES,
    REASONS,
    ROLES,
    VERDICT_HELP,
    VERDICTS,
    engine_reason,
    reason,
)

__all__ = ["ENGINES", "REASONS", "ROLES", "VERDICTS", "VERDICT_HELP", "engine_reason", "reason"]
