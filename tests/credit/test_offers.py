"""Another amount or term, tried out: it agrees with what an assessment of that request would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from officer_app.base.paths import forms_folder
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, CashFlow
from officer_app.credit.figures import known
from officer_app.credit.offers import offer
from officer_app.credit.policy import read_policy
from officer_app.credit.reading import read_facts
from officer_app.training.demo_cases import FRUIT, SALON, read_demo_case


@pytest.fixture(params=[FRUIT, SALON])
def assessment(request: pytest.FixtureRequest) -> Assessment:
    case = read_demo_case(request.param, datetime(2026, 10, 8, tzinfo=UTC))
    return assess(read_facts(case.facts), read_policy((forms_folder() / "policy.toml").read_text(encoding="utf-8")))


def test_the_recommended_loan_offered_is_the_assessment_itself(assessment: Assessment) -> None:
    amount, months = known(assessment.sizing.recommended_max_loan), known(assessment.facts.application.term_months)
    assert amount
    assert months
    tried = offer(assessment, amount, int(months))
    assert tried.instalment == assessment.capacity.instalment
    assert isinstance(assessment.cash_flow, CashFlow)
    assert tried.lowest == assessment.cash_flow.lowest
    assert tried.above == ()
    assert "requested" not in tried.caps


@pytest.mark.parametrize("months", [6, 12, 24])
def test_a_smaller_request_over_another_term_agrees(assessment: Assessment, months: int) -> None:
    amount = Decimal(10_000)
    application = replace(assessment.facts.application, requested_amount=amount, term_months=Decimal(months))
    asked = assess(replace(assessment.facts, application=application), assessment.policy)
    tried = offer(assessment, amount, months)
    assert tried.instalment == asked.capacity.instalment_at_requested_amount
    assert {name: cap for name, cap in asked.sizing.caps.items() if name != "requested"} == dict(tried.caps)


def test_an_amount_above_its_caps_names_them_the_lowest_first(assessment: Assessment) -> None:
    months = known(assessment.facts.application.term_months)
    assert months
    tried = offer(assessment, Decimal(10**9), int(months))
    caps = [cap for name in tried.above if (cap := known(tried.caps[name])) is not None]
    assert len(caps) == 6
    assert caps == sorted(caps)


def test_more_money_leaves_less_in_the_lowest_month(assessment: Assessment) -> None:
    months = known(assessment.facts.application.term_months)
    assert months
    small, large = (offer(assessment, Decimal(amount), int(months)).lowest for amount in (10_000, 300_000))
    assert small is not None
    assert large is not None
    assert large.closing < small.closing + 300_000


def test_an_offer_says_what_an_assessment_of_that_request_says(assessment: Assessment) -> None:
    """Ratio, cover, break-even and lowest month: asked for in this form, the program says the same."""
    amount, months = Decimal(30_000), 18
    application = replace(assessment.facts.application, requested_amount=amount, term_months=Decimal(months))
    asked = assess(replace(assessment.facts, application=application), assessment.policy)
    assert asked.sizing.recommended_max_loan == amount
    tried = offer(assessment, amount, months)
    assert tried.to_disposable == asked.capacity.instalment_to_disposable
    assert tried.dscr == asked.capacity.dscr
    assert tried.break_even_percent == asked.stress.break_even_percent
    assert tried.flow == asked.cash_flow
    assert tried.within == tuple(name for name, _ in tried.limits)


def test_the_cap_that_decides_moves_with_the_term_and_is_rounded_as_the_policy_rounds(assessment: Assessment) -> None:
    short, long = offer(assessment, Decimal(10_000), 3), offer(assessment, Decimal(10_000), 36)
    assert short.binding == "repayment_capacity"
    assert short.most is not None
    assert long.most is not None
    assert short.most < long.most
    assert short.most % 1000 == 0
    assert offer(assessment, short.most, 3).above == ()
    assert offer(assessment, short.most + 1000, 3).above[0] == "repayment_capacity"
