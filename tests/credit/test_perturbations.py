"""Every number of every case changed in turn: the program and the straight line still agree, or both refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.errors import Fault
from tests.support.sampling import sampled
from tests.support.straight_line import straight_line
from tests.support.worked import OWN_CASES, answer, changed, differences, leaves, load

NUMBER = re.compile(r"-?\d+(\.\d+)?")
# Texts that only look like numbers; and what the program bounds although the rules do not: a place on the earth, and
# a debt limit of the whole of the assets or more, under which the leverage cap divides by nothing or turns round.
SKIPPED = frozenset({"id", "name", "item", "start", "period", "book", "creditor"})
BOUNDED = frozenset({"premises_lat", "premises_lon", "lat", "lon", "debt_to_assets_after_loan_max_percent"})

CASES = ["hill_pigs", "borrowed_kiosk", "noodle_edge", "fruit_wholesale", "hairdresser"]


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    own = OWN_CASES / f"{request.param}.yaml"
    if own.is_file():
        return load(own)
    shared: Path = request.getfixturevalue("shared")
    return load(shared / "data" / "cases" / f"{request.param}.yaml")


def numbers(case: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for path, text in leaves({block: case[block] for block in ("policy", "application", "facts")}):
        if NUMBER.fullmatch(text) and path[-1] not in SKIPPED and "weights" not in path:
            yield path, text


def few(text: str) -> set[str]:
    value = Decimal(text)
    return {"0", str(value + 1)} if "." not in text else {"0", str(value * Decimal("1.1"))}


def many(text: str) -> set[str]:
    value = Decimal(text)
    found = {"0", "1", "2", str(value + 1), str(value * 2), str(value * 10), str(abs(value) // 2)}
    if "." in text:
        found |= {str(value * Decimal(factor)) for factor in ("0.5", "0.9", "0.99", "1.01", "1.1")}
    return found


def outcome(case: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return answer(case)
    except Fault:
        return None


def line(case: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return straight_line(case)
    except ZeroDivisionError:
        return None


def disagreements(case: dict[str, Any], path: tuple[str | int, ...], new: str) -> list[str]:
    if path[-1] in BOUNDED and not in_bounds(path, new):
        return []
    other = changed(case, path, new)
    found, wanted = outcome(other), line(other)
    if found is None or wanted is None:
        return [] if found is wanted else [f"{path} = {new}: only one of the two refuses"]
    return [f"{path} = {new}: {difference}" for difference in differences(found, wanted)]


def in_bounds(path: tuple[str | int, ...], new: str) -> bool:
    most = {"premises_lat": 90, "lat": 90, "premises_lon": 180, "lon": 180}.get(str(path[-1]), 99)
    return Decimal(new) <= most


def test_each_number_changed_alone(case: dict[str, Any]) -> None:
    wrong = [
        text for path, old in numbers(case) for new in sorted(few(old)) for text in disagreements(case, path, new)
    ]
    assert wrong == []


def test_each_number_changed_alone_in_many_ways(case: dict[str, Any], full: bool) -> None:
    some = sampled(numbers(case), "a worked case", full=full)
    wrong = [text for path, old in some for new in sorted(many(old)) for text in disagreements(case, path, new)]
    assert wrong == []


def test_weights_moved_from_one_part_to_another(case: dict[str, Any]) -> None:
    weights = case["policy"]["risk_index"]["weights"]
    names = list(weights)
    for giver, taker in zip(names, names[1:] + names[:1], strict=True):
        moved = weights | {giver: str(int(weights[giver]) - 7), taker: str(int(weights[taker]) + 7)}
        other = changed(case, ("policy", "risk_index", "weights"), moved)
        assert list(differences(answer(other), straight_line(other))) == []


def words(case: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    choices = {
        "cogs_timing": ("even", "with_sales"),
        "behaviour": ("fixed", "variable"),
        "kind": ("institution", "supplier"),
        "disclosed": ("yes", "no"),
        "verified": ("yes", "no"),
        "eligible": ("yes", "no"),
        "present": ("yes", "no"),
        "answer": ("yes", "no", "not_answered"),
        "good_answer": ("yes", "no"),
        "same_file_as_other_case": ("yes", "no"),
        "counterparty": ("individual", "institution"),
        "type": ("residential", "deposit", "stock"),
    }
    for path, _ in leaves({"facts": case["facts"]}):
        if "routes" not in path and "livestock_detail" not in path:
            for new in choices.get(str(path[-1]), ()):
                yield path, new


def test_each_choice_changed_alone(case: dict[str, Any]) -> None:
    wrong = [text for path, new in words(case) for text in disagreements(case, path, new)]
    assert wrong == []


HARD_OR_NOT = [
    "UNDISCLOSED_DEBT",
    "LOW_RESERVE",
    "STRESS_FAILED",
    "RATE_OVER_CAP",
    "EQUITY_CHECK_FAILED",
    "PHOTO_REUSED",
]


@pytest.mark.parametrize("code", HARD_OR_NOT)
def test_each_flag_may_be_hard(case: dict[str, Any], code: str) -> None:
    for path in (("policy", "hard_flags"), ("policy", "risk_index", "grade_ceilings", "B")):
        other = changed(case, path, [code])
        assert list(differences(answer(other), straight_line(other))) == []


OPTIONAL = [
    ("application", "upfront_fee_percent"),
    ("facts", "sales", "month_factors"),
    ("facts", "sales", "books"),
    ("facts", "sales", "cogs_timing"),
    ("facts", "sales", "largest_customer_share_percent"),
    ("facts", "assets", "vehicles"),
    ("facts", "assets", "receivables_total"),
    ("facts", "assets", "receivables_over_12_months"),
    ("facts", "unexplained_regular_outflows"),
    ("facts", "guarantees_given"),
    ("facts", "equity_history", "outside_injections"),
    ("facts", "equity_history", "outside_withdrawals"),
    ("facts", "equity_history", "appreciation"),
    ("facts", "turnover"),
    ("facts", "turnover", "declared_stock_days"),
    ("facts", "turnover", "declared_credit_days"),
    ("facts", "staff"),
    ("facts", "utilities"),
    ("facts", "peers"),
    ("facts", "photos"),
    ("facts", "straw_indicators"),
    ("facts", "traits_bankruptcy_prone"),
    ("facts", "purpose_plausible_max"),
    ("facts", "collateral"),
    ("facts", "guarantors"),
]


@pytest.mark.parametrize("path", OPTIONAL, ids=".".join)
def test_each_optional_fact_may_be_left_out(case: dict[str, Any], path: tuple[str, ...]) -> None:
    from tests.support.worked import without

    node: Any = case
    for part in path[:-1]:
        node = node.get(part, {})
    if path[-1] in node:
        other = without(case, path)
        assert list(differences(answer(other), straight_line(other))) == []


# Numbers in the looks alone, and weights, which are moved two by two above because they must stay the whole.
NEVER_CHANGED = {
    "borrower.resident_id",
    "borrower.years_in_business",
    "facts.equity_history.declared_surplus_by_period.period",
    "facts.equity_history.start",
    *(f"policy.risk_index.weights.{part}" for part in (
        "capacity", "willingness", "consistency", "leverage", "security", "industry",
    )),
}  # fmt: skip
# Changed, and nothing follows: how livestock was counted, types of pledge that no case has, a limit without facts.
MOVES_NOTHING = {
    "facts.livestock_detail.head",
    "facts.livestock_detail.unit_value",
    *(f"policy.collateral_ltv_percent.{kind}" for kind in ("deposit", "machinery", "receivables", "shop", "stock")),
    "policy.related_group_limit_percent",
}


def place(path: tuple[str | int, ...]) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def test_which_numbers_are_changed_and_which_move_nothing_is_written_down(shared: Path) -> None:
    """A number of the cases that no test changes, or that stops to count, shows here."""
    never, still, moving = set[str](), set[str](), set[str]()
    for name in CASES:
        own = OWN_CASES / f"{name}.yaml"
        case = load(own if own.is_file() else shared / "data" / "cases" / f"{name}.yaml")
        before, done = line(case), dict(numbers(case))
        blocks = {block: case[block] for block in ("policy", "application", "borrower", "facts")}
        never |= {place(path) for path, text in leaves(blocks) if NUMBER.fullmatch(text) and path not in done}
        for path, old in done.items():
            moved = any(line(changed(case, path, new)) != before for new in (*few(old), "1000000000"))
            (moving if moved else still).add(place(path))
    assert never == NEVER_CHANGED
    assert still - moving == MOVES_NOTHING
