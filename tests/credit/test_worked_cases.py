"""The worked cases come out as they were worked out, in every value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.routes import WORKED as WORKED_BY_HAND
from tests.support.straight_line import straight_line
from tests.support.worked import OWN_CASES, answer, assessed, differences, facts_of, load, policy_of, without_words

OWN = sorted(path.stem for path in OWN_CASES.glob("*.yaml"))


@pytest.fixture(params=["fruit_wholesale", "hairdresser"])
def shared_case(request: pytest.FixtureRequest, shared: Path) -> Path:
    return shared / "data" / "cases" / f"{request.param}.yaml"


def test_a_shared_case_comes_out_as_expected(shared_case: Path) -> None:
    case = load(shared_case)
    assert list(differences(answer(case), without_words(case["expected"]))) == []


def test_the_straight_line_agrees_with_a_shared_case(shared_case: Path) -> None:
    """The second calculation is worth nothing unless it gives the published answers too."""
    case = load(shared_case)
    assert list(differences(straight_line(case), without_words(case["expected"]))) == []


@pytest.mark.parametrize("name", OWN)
def test_an_own_case_comes_out_as_worked_by_hand(name: str) -> None:
    case = load(OWN_CASES / f"{name}.yaml")
    assert list(differences(answer(case), without_words(case["expected"]))) == []


def test_own_and_shared_cases_use_every_route_check_and_flag(shared: Path) -> None:
    """What no case uses, no case proves."""
    from officer_app.credit.crosschecks import checks as every_check
    from officer_app.credit.facts.routes import RouteKind
    from officer_app.credit.flagkinds import known_codes
    from officer_app.credit.ground import ground_of

    paths = [*OWN_CASES.glob("*.yaml"), *(shared / "data" / "cases").glob("*.yaml")]
    cases = [load(path) for path in paths]
    kinds = {route["kind"] for case in cases for route in case["facts"]["sales"]["routes"]}
    assert kinds == set(RouteKind) - set(WORKED_BY_HAND)
    found = [assessed(case) for case in cases]
    checks = {(check.id, check.verdict.value) for assessment in found for check in assessment.checks}
    named = {check for check, _ in checks if not check.startswith("SALES_")}
    assert {(check, verdict) for check in named for verdict in ("passed", "failed")} <= checks
    flags = {flag.code for assessment in found for flag in assessment.flags}
    grounds = [ground_of(facts_of(case), policy_of(case)) for case in cases]
    newer = {kind.code for check in every_check() if not any(map(check.examine, grounds)) for kind in check.flags}
    assert flags == known_codes() - newer - {"BLACKLISTED", "ID_INVALID"}


@pytest.mark.parametrize("name", OWN)
def test_an_own_case_gives_the_hand_worked_numbers_its_comments_name(name: str) -> None:
    """The grade, the recommendation and the index stand in the comments above each case."""
    wanted = {
        "hill_pigs": ("39000", "C", "67.43"),
        "borrowed_kiosk": ("0", "D", "9.82"),
        "noodle_edge": ("13000", "B", "92"),
    }
    assessment = assessed(load(OWN_CASES / f"{name}.yaml"))
    recommended, grade, index = wanted[name]
    assert f"{assessment.sizing.recommended_max_loan:f}" == recommended
    assert assessment.risk_index.grade == grade
    assert f"{assessment.risk_index.index:.2f}".removesuffix(".00") == index
