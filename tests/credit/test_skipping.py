"""Skipping does not pay under the shipped policy, and two common lies are told by other facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from officer_app.base.words import CHINESE, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.contradictions import NOT_CHECKED, contradictions
from officer_app.credit.figures import known
from officer_app.credit.reading import read_facts
from officer_app.training.demo_cases import FRUIT, SALON, read_demo_case
from tests.support.worked import OWN_CASES, assessed, load, shipped_policy


def told(name: str, **changes: Any) -> Assessment:
    facts: dict[str, Any] = dict(read_demo_case(name, datetime(2026, 10, 8, tzinfo=UTC)).facts)
    del facts["photos"]  # pictures come from the visit, not from the demo's file
    for key, value in changes.items():
        facts[key] = {**facts[key], **value} if isinstance(value, Mapping) else value
        if value is None:
            del facts[key]
    return assess(read_facts(facts), shipped_policy())


def codes(assessment: Assessment) -> set[str]:
    return {item.code for item in contradictions(assessment)}


def index(assessment: Assessment) -> Decimal:
    found = known(assessment.risk_index.index)
    assert found is not None
    return found


@pytest.mark.parametrize("block", ["staff", "utilities", "peers"])
def test_a_check_that_was_passed_and_is_left_out_costs(block: str) -> None:
    assert index(told(SALON, **{block: None})) < index(told(SALON))


def test_a_soft_question_without_an_answer_costs() -> None:
    soft = read_demo_case(SALON, datetime(2026, 10, 8, tzinfo=UTC)).facts["soft_information"]
    assert isinstance(soft, list)
    unasked = [soft[0], *({**item, "answer": "not_answered"} for item in soft[1:])]
    # 1 good of 12 asked: 8.33 of 100; before, 1 of 1.
    score = told(SALON, soft_information=unasked).risk_index.parts[1].score
    assert known(score) == pytest.approx(Decimal(100) / 12)


def test_what_was_skipped_wants_an_explanation() -> None:
    found = [item for item in contradictions(told(SALON, peers=None)) if item.code == NOT_CHECKED]
    assert "PEERS" in {item.subject for item in found}
    assert "日销售额与邻铺、同业比较：没有核实" in {say(item.sentence, CHINESE) for item in found}


def test_months_that_are_all_better_than_usual_are_a_contradiction() -> None:
    """1.3 in each month is a mean of 130 %, 30 above; the shop's own factors have a mean of exactly 1."""
    assert "SEASONS_UNBALANCED" not in codes(told(SALON))
    assert "SEASONS_UNBALANCED" in codes(told(SALON, sales={"month_factors": ["1.3"] * 12}))


def test_a_margin_that_the_delivery_notes_deny_is_a_contradiction() -> None:
    """Goods of 82,000 + 386,000 − 76,000 = 392,000 on adopted sales of 427,900 leave 8.39 %, not 20 %."""
    assert "PURCHASES_DENY_MARGIN" not in codes(told(FRUIT))
    one = [{"name": "混合", "share_percent": "100", "sale_price": "100", "unit_cost": "80"}]
    lie = told(FRUIT, products=one, sales={"declared_gross_margin_percent": "20"})
    assert "PURCHASES_DENY_MARGIN" in codes(lie)


def test_a_worked_case_keeps_its_own_simpler_rules() -> None:
    for path in OWN_CASES.glob("*.yaml"):
        assessment = assessed(load(path))
        assert assessment.skipped == ()
        assert {"SEASONS", "PURCHASE_MARGIN"}.isdisjoint(check.id for check in assessment.checks)
