"""Cross-checks as people meet them: titles, sentences, contradictions, and how a new one is added."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH, Verbatim, say
from officer_app.credit import crosschecks
from officer_app.credit.assess import assess
from officer_app.credit.assessment import CheckResult, Unit, Verdict
from officer_app.credit.contradictions import Cause, Severity, contradictions
from officer_app.credit.figures import total
from officer_app.credit.flagkinds import flag_kinds, known_codes
from officer_app.credit.policy import policy_from_tree, schema
from tests.support.worked import OWN_CASES, SHIPPED_POLICY, answer, assessed, changed, facts_of, load, shipped_policy

HILL = load(OWN_CASES / "hill_pigs.yaml")
KIOSK = load(OWN_CASES / "borrowed_kiosk.yaml")


def check_of(case: dict[str, object], name: str) -> CheckResult:
    return next(check for check in assessed(case).checks if check.id == name)


def test_a_sales_route_goes_by_its_own_name_and_says_told_and_found() -> None:
    route = check_of(KIOSK, "SALES_TILL")
    assert route.title == Verbatim("QR till")
    assert say(route.sentence, ENGLISH) == "Told 40,000 a month; QR till shows 35,000 (−12.5%)"
    assert (route.told, route.found, route.deviation, route.tolerance) == (40000, 35000, Decimal("-12.5"), 10)
    assert (route.unit, route.deviation_unit) == (Unit.MONEY, Unit.PERCENT)
    assert route.paths == ("sales.declared_monthly_sales", "sales.routes[0]")


@pytest.mark.parametrize(
    ("route", "shown"),
    [
        (0, "40 × 2 × 9 × 95% × 50 × 16.80 ÷ 12"),
        (4, "sum of 4 × 9,000, 26 × 500"),
        (5, "120 × 0.5 × 800.00 + 1,500"),
        (7, "18,000 ÷ (1 − 25%) ÷ 48%"),
    ],
)
def test_a_route_shows_its_formula_with_the_numbers(route: int, shown: str) -> None:
    assert say(assessed(HILL).routes[route].shown, ENGLISH) == shown


def test_an_optional_check_that_nobody_began_asks_and_is_not_counted() -> None:
    staff = check_of(HILL, "STAFF")
    assert staff.verdict is Verdict.NOT_DONE
    assert not staff.counted
    assert staff.ask_next is not None


def test_a_contradiction_names_both_numbers_once() -> None:
    """A failed check and its flags are one thing to explain, not two or three."""
    found = contradictions(assessed(KIOSK))
    equity = [item for item in found if item.subject == "EQUITY"]
    assert [item.code for item in equity] == ["EQUITY_CHECK_FAILED"]
    assert say(equity[0].sentence, ENGLISH) == (
        "The history explains a net worth of 48,000; as told there is −13,500 (−128.13%), after corrections −13,500"
    )
    assert len({(item.code, item.subject) for item in found}) == len(found)


def test_several_routes_that_fail_are_one_contradiction() -> None:
    """It is one figure that was told."""
    routes = [item for item in contradictions(assessed(KIOSK)) if item.code == "SALES_ROUTES_DEVIATE"]
    assert [item.subject for item in routes] == ["SALES"]
    assert say(routes[0].sentence, ENGLISH) == (
        "Told 40,000 a month; 2 routes show 30,000 to 35,000 (−12.5% to −25%)"
    )
    assert routes[0].paths == ("sales.declared_monthly_sales", "sales.routes[0]", "sales.routes[1]")


def test_each_hidden_debt_is_a_contradiction_of_its_own() -> None:
    found = [item for item in contradictions(assessed(HILL)) if item.code == "UNDISCLOSED_DEBT"]
    assert [item.subject for item in found] == [
        "liabilities[2]",
        "unexplained_regular_outflows[0]",
        "unexplained_regular_outflows[1]",
    ]
    assert say(found[1].sentence, ENGLISH) == (
        "200 a month goes out (same sum each 5th of the month) and nobody explained it: about 10,000 of debt"
    )


def test_hard_flags_stop_and_limits_are_told_apart_from_contradictions() -> None:
    found = {item.code: item for item in contradictions(assessed(KIOSK))}
    assert found["STRAW_BORROWER_SUSPECTED"].severity is Severity.STOP
    assert found["SALES_ROUTES_DEVIATE"].severity is Severity.LOOK
    assert found["SALES_ROUTES_DEVIATE"].cause is Cause.TOLD_AND_SEEN
    assert found["LOW_RESERVE"].cause is Cause.LIMIT


def test_every_failed_check_and_every_flag_is_among_the_contradictions() -> None:
    for case in (HILL, KIOSK):
        assessment = assessed(case)
        found = contradictions(assessment)
        failed = {code for check in assessment.checks if check.verdict is Verdict.FAILED for code in check.flags[:1]}
        assert failed <= {item.code for item in found}
        told = {item.code for item in found} | {"PAST_PROFIT_UNEXPLAINED"}
        assert {flag.code for flag in assessment.flags} <= told


def test_flags_keep_the_order_of_the_rules() -> None:
    order = [kind.code for kind in flag_kinds()]
    for case in (HILL, KIOSK):
        codes = [flag.code for flag in assessed(case).flags]
        assert codes == sorted(codes, key=order.index)


def test_no_two_flags_share_a_place_or_a_code() -> None:
    kinds = flag_kinds()
    assert len({kind.order for kind in kinds}) == len(kinds) == len(known_codes())


def test_the_waterfall_adds_up_to_the_index() -> None:
    index = assessed(HILL).risk_index
    assert total(part.points for part in index.parts) == pytest.approx(index.index, abs=Decimal("1e-20"))
    assert index.grade_before_limits == "B"
    assert (index.grade, index.limited_by) == ("C", ("UNDISCLOSED_DEBT", "EQUITY_CHECK_FAILED"))


def test_a_rate_that_is_exactly_the_cap_is_not_above_it() -> None:
    """The solver's last digits must not raise a flag: unrounded payments at 24 % cost 24 %."""
    case = changed(HILL, ("application", "annual_rate_percent"), "24")
    case = changed(case, ("application", "upfront_fee_percent"), "0")
    assessment = assessed(case)
    assert assessment.capacity.all_in_rate_percent == 24
    assert "RATE_OVER_CAP" not in {flag.code for flag in assessment.flags}


def test_numbers_passed_through_stay_plain_digits() -> None:
    case = changed(HILL, ("policy", "turnover_tolerance_percent"), "0.00000010")
    stock = next(item for item in answer(case)["cross_checks"] if item["id"] == "STOCK_DAYS")
    assert stock["tolerance_percent"] == "0.00000010"


PLANTED = """
from officer_app.base.words import Message
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.figures import at_most
from officer_app.credit.keys import decimal_key

LIMIT = decimal_key("planted_cash_limit", "money")
FLAG = FlagKind("PLANTED_TOO_MUCH_CASH", 155, 1, "too much cash in the till")


def _examine(ground):
    cash, sentence = ground.facts.assets.cash_on_hand, Message("cash")
    return (
        judged(
            Finding(
                "PLANTED_CASH", Message("Planted"), Message("cash ≤ limit"), sentence,
                at_most(cash, ground.policy[LIMIT]), Message("Ask"), ("assets.cash_on_hand",), found=cash,
                causes=failing(FLAG, "PLANTED_CASH", sentence, ("assets.cash_on_hand",)),
            )
        ),
    )


CHECK = Check(FLAG.order, (FLAG,), _examine)
"""


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One more module in the package of checks, as a later hand would add it."""
    (tmp_path / "planted_cash.py").write_text(PLANTED, encoding="utf-8")
    monkeypatch.setattr(crosschecks, "__path__", [*crosschecks.__path__, str(tmp_path)])
    _forget()
    yield
    sys.modules.pop(f"{crosschecks.__name__}.planted_cash", None)
    vars(crosschecks).pop("planted_cash", None)
    _forget()


def _forget() -> None:
    for remembered in (crosschecks.checks, schema, flag_kinds, known_codes):
        remembered.cache_clear()


@pytest.mark.usefixtures("planted")
def test_a_new_check_is_one_module_and_one_line_of_policy() -> None:
    tree = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)
    with pytest.raises(Fault) as caught:
        policy_from_tree(tree)
    assert (caught.value.code, caught.value.where) == (Code.POLICY_KEY_MISSING, "planted_cash_limit")
    policy = policy_from_tree(tree | {"planted_cash_limit": 1000, "hard_flags": ["PLANTED_TOO_MUCH_CASH"]})
    assessment = assess(facts_of(HILL), policy)
    counted = [check.id for check in assessment.checks if check.counted]
    assert counted[counted.index("PLANTED_CASH") + 1] == "STRAW"
    assert assessment.sizing.refused_by == ("PLANTED_TOO_MUCH_CASH",)
    assert "PLANTED_TOO_MUCH_CASH" in {item.code for item in contradictions(assessment)}


def test_the_shipped_policy_assesses_too() -> None:
    assert assess(facts_of(HILL), shipped_policy()).risk_index.grade == "C"
