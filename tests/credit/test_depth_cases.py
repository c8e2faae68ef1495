"""Six cases of our own, whole files under the shipped policy: every lie is found, the honest raise nothing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from officer_app.credit.assessment import Assessment, CheckResult, Verdict
from tests.support.depth import DEPTH, DEPTH_CASES, HONEST, LYING, assessed_in_depth, depth_case, figures_of
from tests.support.honest import said_in_both

FEWEST_LIES = 20  # different checks that each lying file must trip


def failed(found: Assessment) -> dict[str, CheckResult]:
    return {check.id: check for check in found.checks if check.verdict is Verdict.FAILED}


def test_the_folder_holds_the_six_cases_and_no_other() -> None:
    assert {path.stem for path in DEPTH_CASES.glob("*.yaml")} == set(DEPTH)
    assert {name for name in DEPTH if depth_case(name)["honest"] == "yes"} == set(HONEST)


@pytest.mark.parametrize("name", DEPTH)
def test_the_figures_are_those_worked_out_by_hand(name: str) -> None:
    case = depth_case(name)
    found = figures_of(assessed_in_depth(case))
    assert {key: found[key] for key in case["worked"]} == case["worked"]


@pytest.mark.parametrize("name", DEPTH)
def test_nothing_is_left_to_ask_for_what_is_counted(name: str) -> None:
    found = assessed_in_depth(depth_case(name))
    assert [(check.id, check.missing) for check in found.checks if check.verdict is Verdict.MISSING] == []
    assert found.undecided == ()
    assert found.skipped == ()
    for check in found.checks:
        said_in_both(check)


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_case_raises_no_flag_and_fails_no_check(name: str) -> None:
    found = assessed_in_depth(depth_case(name))
    assert [(check.id, check.sentence) for check in failed(found).values()] == []
    assert [flag.code for flag in found.flags] == []
    assert found.sizing.recommended_max_loan == found.facts.application.requested_amount


@pytest.mark.parametrize("name", LYING)
def test_every_planted_lie_is_found_with_its_number(name: str) -> None:
    case = depth_case(name)
    found = assessed_in_depth(case)
    checks, flags = failed(found), {flag.code for flag in found.flags}
    missed = [lie for lie in case["planted"] if not caught(lie, checks, flags, found)]
    assert missed == []


def caught(lie: dict[str, Any], checks: dict[str, CheckResult], flags: set[str], found: Assessment) -> bool:
    """The check named fails, names the fact, shows the number and raises the flag."""
    if lie["flag"] not in flags:
        return False
    if not lie["check"]:
        paths = [path for cause in found.causes if cause.kind.code == lie["flag"] for path in cause.paths]
        return any(touches(path, lie["fact"]) for path in paths)
    check = checks.get(lie["check"])
    if check is None or lie["flag"] not in check.flags:
        return False
    paths = [*check.paths, *(path for cause in check.causes for path in cause.paths)]
    return any(touches(path, lie["fact"]) for path in paths) and lie["found"] in ("", shown(check.found))


def touches(path: str, fact: str) -> bool:
    """The same fact, or one inside the other."""
    longer, shorter = sorted((path, fact), key=len, reverse=True)
    return longer == shorter or longer.startswith((f"{shorter}.", f"{shorter}["))


def shown(number: Decimal | None) -> str:
    return "" if number is None else f"{number.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"


@pytest.mark.parametrize("name", LYING)
def test_nothing_fails_but_what_was_planted(name: str) -> None:
    """So that a check which would flag everybody is found out here too."""
    case = depth_case(name)
    found = assessed_in_depth(case)
    planted = case["planted"]
    assert set(failed(found)) == {lie["check"] for lie in planted} - {""}
    assert {flag.code for flag in found.flags} == {lie["flag"] for lie in planted} | set(case["follows"])


@pytest.mark.parametrize("name", LYING)
def test_a_lying_case_is_refused_or_gets_nothing(name: str) -> None:
    found = assessed_in_depth(depth_case(name))
    assert len(failed(found)) >= FEWEST_LIES
    assert found.sizing.recommended_max_loan == 0
    assert found.risk_index.grade == "D"


def test_the_lies_are_of_different_kinds() -> None:
    kinds = {name: {lie["check"] for lie in depth_case(name)["planted"]} for name in LYING}
    for name, checks in kinds.items():
        others = set().union(*(kinds[other] for other in LYING if other != name))
        assert len(checks - others) >= 10, name
