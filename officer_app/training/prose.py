"""The sentences of a worked case's policy, read by a small strict grammar into the tables that a policy file has.

A sentence that is not understood whole is refused: a rule that is nearly known is not known.
Source: cases/README, section 1; the numbers of the band sentences are read, not assumed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from officer_app.base.errors import Code, Fault

Table: TypeAlias = Mapping[str, object]

_N: Final = r"(\d+(?:\.\d+)?)"


class _NotUnderstood(Exception):  # noqa: N818  never leaves this module
    """The sentence does not follow the grammar."""


def read_sentence(key: str, sentence: str) -> object:
    """The table or the name of the rule that a sentence says. Errors: CASE_SENTENCE_UNKNOWN."""
    try:
        return SENTENCES[key](" ".join(sentence.split()))
    except _NotUnderstood:
        raise Fault(
            Code.CASE_SENTENCE_UNKNOWN, where=f"policy.{key}", key=f"policy.{key}", sentence=sentence
        ) from None


def _only(sentence: str, rule: str) -> Callable[[str], object]:
    """A sentence that names the one rule there is."""

    def read(text: str) -> object:
        if text != sentence:
            raise _NotUnderstood
        return rule

    return read


def _match(pattern: str, text: str) -> tuple[str, ...]:
    found = re.fullmatch(pattern, text)
    if found is None:
        raise _NotUnderstood
    return tuple(str(part) for part in found.groups())


def _steps(text: str, step: str, bound: str) -> list[Table]:
    """`>=1.50:100, >=1.25:80` as steps."""
    return [dict(zip((bound, "score"), _match(step, part), strict=True)) for part in text.split(", ")]


def _capacity_bands(text: str) -> Table:
    steps, otherwise = _match(rf"DSCR (.+), else {_N}", text)
    return {"steps": _steps(steps, rf">={_N}:{_N}", "at_least"), "otherwise": otherwise}


def _leverage_bands(text: str) -> Table:
    steps, otherwise = _match(rf"debt/assets after loan (.+), else {_N}", text)
    return {
        "steps": [
            {**step, "at_most": str(step["at_most"]).removesuffix("%")}
            for step in _steps(steps, r"<=(\d+(?:\.\d+)?%|max):(\d+(?:\.\d+)?)", "at_most")
        ],
        "otherwise": otherwise,
    }


def _security_bands(text: str) -> Table:
    pattern = rf"collateral cover (.+), guarantor cover >=minimum:{_N}, else {_N}"
    steps, guarantors, otherwise = _match(pattern, text)
    return {
        "steps": _steps(steps, rf">={_N}:{_N}", "at_least"),
        "guarantors": guarantors,
        "otherwise": otherwise,
    }


def _industry(text: str) -> Table:
    passed, failed = _match(rf"stress passed:{_N}, failed:{_N}", text)
    return {"passed": passed, "failed": failed}


def _grades(text: str) -> Table:
    found = _match(rf"A >={_N}, B >={_N}, C >={_N}, D below or any hard flag", text)
    return dict(zip("ABC", found, strict=True))


def _loan_rounding(text: str) -> Table:
    direction, step = _match(rf"(down) to {_N}", text)
    return {"direction": direction, "step": step}


def _rounding(text: str) -> Table:
    """Half up, with the decimals of each kind; the tolerances for comparing say the same numbers again."""
    pattern = (
        r"intermediate values unrounded; reported amounts half-up to (0\.0*1), percentages to (0\.0*1), "
        r"ratios to (0\.0*1); compare amounts and percentages within (0\.0*1) and ratios within (0\.0*1)"
    )
    amounts, percents, ratios, _, _ = _match(pattern, text)
    return {
        "mode": "half_up",
        "amounts": _decimals(amounts),
        "percents": _decimals(percents),
        "ratios": _decimals(ratios),
    }


def _decimals(unit: str) -> str:
    return str(len(unit) - 2)


SENTENCES: Final[Mapping[str, Callable[[str], object]]] = {
    "sales_adopted": _only("lowest of the declared value and every route", "lowest_of_all"),
    "household_expense_adopted": _only("higher of reported and floor x persons", "higher_of_reported_and_floor"),
    "bullet_principal_of_other_debts": _only(
        "principal due inside the loan term is spread over the term in months", "spread_over_term"
    ),
    "loan_rounding": _loan_rounding,
    "collateral_value_adopted": _only("lowest of the valuation methods used", "lowest_method"),
    "collateral_lendable": _only("max(0, value x LTV - prior lien), 0 when not eligible", "after_ltv_and_prior_lien"),
    "rounding": _rounding,
    "risk_index.capacity_bands": _capacity_bands,
    "risk_index.consistency": _only("passed / counted cross-checks x 100", "passed_of_counted"),
    "risk_index.leverage_bands": _leverage_bands,
    "risk_index.security_bands": _security_bands,
    "risk_index.willingness": _only("yes answers / answered soft items x 100", "good_answers_of_answered"),
    "risk_index.industry": _industry,
    "risk_index.grades": _grades,
}
