"""Conditions of an approval: before or after payout, with their days; and the standard ones that a policy offers.

Source: DOMAIN a 98, 99; glossary `condition_precedent`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Bilingual
from officer_app.credit.keys import Key
from officer_app.credit.policy import Policy
from officer_app.credit.rowkeys import Column, one_of, rows_key, text, whole


class When(StrEnum):
    """Whether the money waits for it."""

    BEFORE = "before_payout"
    AFTER = "after_payout"


WHEN_LABELS: Final[Mapping[When, str]] = MappingProxyType(
    {When.BEFORE: N_("Before payout"), When.AFTER: N_("After payout")}
)


@dataclass(frozen=True, slots=True)
class StandardCondition:
    """One of the library: its code, its wording in both languages, when, and days from approval or from payout."""

    code: str
    words: Bilingual
    when: When
    days: int | None


def _made(code: str, text_zh: str, text_en: str, when: str, days: int | None) -> StandardCondition:
    return StandardCondition(code, Bilingual(text_en, text_zh), When(when), days)


STANDARD: Final[Key[tuple[StandardCondition, ...]]] = rows_key(
    "approval.conditions",
    {
        "code": Column(text),
        "text_zh": Column(text),
        "text_en": Column(text),
        "when": Column(one_of(*(one.value for one in When))),
        "days": Column(whole, None),
    },
    _made,
)


def standard_conditions(policy: Policy) -> tuple[StandardCondition, ...]:
    """What the policy offers to choose from; nothing under an older one."""
    return policy.get(STANDARD, ())
