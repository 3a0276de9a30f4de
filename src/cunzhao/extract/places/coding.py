"""Figures with the GB/T 2260 codes of their region."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from cunzhao.extract.places.codes import codes_of
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Fact

_codes = lru_cache(maxsize=4096)(codes_of)


def with_codes(fact: Fact, setting: Setting) -> Fact:
    """The figure with `region_codes` where its region is a division or a group; other facts as they are."""
    region = fact.fields.get("region") if fact.kind == "figure" else None
    if not region:
        return fact
    codes = _codes(region, setting.passage(setting.flat.find(fact.span.start)).own)
    return replace(fact, fields={**fact.fields, "region_codes": list(codes)}) if codes else fact
