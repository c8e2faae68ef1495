"""The next questions are those whose answers move the amount most, whatever is known so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.asknext import LIMIT, Question, ask_next, candidates, situation_of
from officer_app.credit.assess import assess
from officer_app.credit.changing import changed
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import known
from officer_app.credit.reading import read_facts
from officer_app.credit.vocabulary import spec_of
from tests.support.worked import OWN_CASES, facts_of, leaves, load, shipped_policy, without

POLICY: Final = shipped_policy()
OWN: Final = sorted(OWN_CASES.glob("*.yaml"))
VISITS: Final = Path(__file__).resolve().parents[1] / "visits"


def words(questions: tuple[Question, ...]) -> list[str]:
    return [say(question.ask, ENGLISH) for question in questions]


def pigs() -> CaseFacts:
    return facts_of(load(OWN_CASES / "hill_pigs.yaml"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_three_at_most_the_dearest_first_each_with_its_yuan_and_a_place(path: Path) -> None:
    questions = ask_next(facts_of(load(path)), POLICY)
    assert 0 < len(questions) <= LIMIT
    assert [one.worth for one in questions] == sorted((one.worth for one in questions), reverse=True)
    for one in questions:
        assert all(spec_of(place) is not None for place in one.paths), one.paths
        assert say(one.ask, ENGLISH) != say(one.ask, CHINESE)
        if one.worth:
            assert f"{one.worth:,}" in say(one.reason, ENGLISH)


def test_income_seen_on_paper_is_worth_what_it_adds_to_the_loan() -> None:
    """Eggs bring 800 a month, not counted. Seen, 70 % of 800 = 560 more a month carry a larger loan."""
    facts = pigs()
    asked = next(one for one in ask_next(facts, POLICY, limit=20) if "eggs" in say(one.ask, ENGLISH))
    seen = changed(facts, "household.other_income[1].verified", value=True)
    now, then = assess(facts, POLICY).sizing, assess(seen, POLICY).sizing
    low, high = known(now.recommended_max_loan), known(then.recommended_max_loan)
    assert low is not None
    assert high is not None
    assert asked.worth == high - low > 0
    assert asked.paths[0] == "household.other_income[1].verified"


def test_a_bullet_due_in_the_term_is_asked_for() -> None:
    """18,000 fall due inside 24 months: 750 a month less for a new instalment."""
    asked = next(one for one in ask_next(pigs(), POLICY, limit=20) if "bullet_principal" in one.paths[0])
    assert asked.worth > 0
    assert "18,000" in say(asked.ask, ENGLISH)


def test_nothing_known_asks_for_what_everything_hangs_on() -> None:
    questions = ask_next(read_facts({}), POLICY)
    assert len(questions) == LIMIT
    assert all(one.worth > 0 for one in questions)


def test_where_no_single_answer_moves_the_amount_what_is_left_each_month_ranks() -> None:
    """The kiosk loses money every month: no answer alone makes it carry a loan, yet some come nearer."""
    facts = facts_of(load(OWN_CASES / "borrowed_kiosk.yaml"))
    questions = ask_next(facts, POLICY)
    assert known(assess(facts, POLICY).sizing.recommended_max_loan) == 0
    assert [one.worth for one in questions] == [0, 0, 0]
    assert questions[0].monthly > 0
    assert [one.monthly for one in questions] == sorted((one.monthly for one in questions), reverse=True)


def test_a_sign_of_a_straw_borrower_is_worth_the_whole_loan() -> None:
    """Three signs refuse the loan; without them the lowest cap stands."""
    signs = [{"indicator": name, "present": "yes"} for name in ("a", "b", "c")]
    plain = load(OWN_CASES / "hill_pigs.yaml")
    plain["facts"]["straw_indicators"] = signs
    facts = facts_of(plain)
    free = assess(changed(facts, "straw_indicators", ()), POLICY).sizing.recommended_max_loan
    first = ask_next(facts, POLICY)[0]
    assert first.paths[0] == "straw_indicators"
    assert first.worth == free


def test_facts_are_changed_at_their_place_alone() -> None:
    facts = pigs()
    there = changed(facts, "liabilities[1].balance", Decimal(7))
    assert changed(there, "liabilities[1].balance", facts.liabilities[1].balance) == facts  # type: ignore[index]  # the case has debts
    begun = changed(facts, "household.home.value", Decimal(5))
    assert begun.household.home is not None
    assert begun.household.home.value == 5
    with pytest.raises(KeyError):
        changed(facts, "household.palace", Decimal(5))


LEAVES: Final = {path.stem: [at for at, _ in leaves(load(path)["facts"])] for path in OWN}


@settings(deadline=None, max_examples=40)  # a slow machine asks no worse
@given(data=st.data())
def test_half_done_visits_are_asked_on_without_fail(data: st.DataObject) -> None:
    """Whatever is missing, there are questions, they rank, and asking again asks the same."""
    name = data.draw(st.sampled_from(sorted(LEAVES)))
    case = load(OWN_CASES / f"{name}.yaml")
    for place in data.draw(st.lists(st.sampled_from(LEAVES[name]), unique=True, max_size=12)):
        case = _without_leaf(case, ("facts", *place))
    facts = facts_of(case)
    questions = ask_next(facts, POLICY)
    assert len(questions) <= LIMIT
    assert all(one.worth >= 0 for one in questions)
    assert questions == ask_next(facts, POLICY, assess(facts, POLICY))
    assert len({one.paths[0] for one in questions}) == len(questions)


def _without_leaf(case: dict[str, Any], place: tuple[str | int, ...]) -> dict[str, Any]:
    """A text is emptied; an item of a plain list stays, since a list of texts has no gaps."""
    if isinstance(place[-1], int):
        return case
    return without(case, place)


@settings(deadline=None, max_examples=40)
@given(seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed: Any) -> None:
    case = load(OWN_CASES / "hill_pigs.yaml")
    before = [(say(one.ask, ENGLISH), one.worth) for one in ask_next(facts_of(case), POLICY, limit=9)]
    for rows in (
        case["facts"]["liabilities"],
        case["facts"]["household"]["other_income"],
        case["facts"]["unexplained_regular_outflows"],
        case["facts"]["collateral"],
        case["application"]["purpose_items"],
    ):
        seed.shuffle(rows)
    assert [(say(one.ask, ENGLISH), one.worth) for one in ask_next(facts_of(case), POLICY, limit=9)] == before


# --- the two visits as they were spoken -------------------------------------------------------------------------

# Where the notes name a fact otherwise than the vocabulary does.
_RENAMED: Final = {
    "transport.trucks[0].registered_owner": "vehicles[0].registered_owner",
    "transport.trucks[0].affiliated": "vehicles[0].affiliated",
}
# What was plain to everybody in the room, and is no capture.
_PLAIN: Final[Mapping[str, Mapping[str, str]]] = {
    "noodle_shop": {
        "site_visit.visited_on": "2026-09-15",
        "application.purpose_items[1].kind": "fitting_out",
        "liabilities[0].kind": "institution",
        # They named every one of these debts themselves.
        **{f"liabilities[{place}].disclosed": "yes" for place in range(5)},
    },
    "transport": {
        "liabilities[1].disclosed": "no",
        "liabilities[1].kind": "individual",
        **{f"straw_indicators[{place}].present": "yes" for place in range(3)},
    },
}
# The subjects of the three questions that the officers noted at the end, in their order.
_SUBJECTS: Final = {
    "noodle_shop": ("premises.lease_until", "liabilities[0].bullet_principal_due_in_term", "project.units_per_year"),
    "transport": ("liabilities[1]", "vehicles[0].registered_owner", "application.purpose_items[0].quotation_seen"),
}


@pytest.mark.parametrize("name", sorted(_SUBJECTS))
def test_the_questions_of_a_spoken_visit_are_among_those_proposed(name: str) -> None:
    facts = _spoken(name)
    asked = yaml.safe_load((VISITS / f"{name}.yaml").read_text("utf-8"))["ask_next"]
    assert len(asked) == len(_SUBJECTS[name])
    open_places = [one.paths[0] for one in candidates(situation_of(facts, POLICY))]
    assert set(_SUBJECTS[name]) <= set(open_places)
    ranked = [one.paths[0] for one in ask_next(facts, POLICY, limit=40)]
    assert set(_SUBJECTS[name]) & set(ranked[: 2 * LIMIT]), ranked


def _spoken(name: str) -> CaseFacts:
    """What the two officers had heard and seen at the end, the latest word on each fact."""
    notes = yaml.safe_load((VISITS / f"{name}.yaml").read_text("utf-8"))
    latest: dict[str, str] = {}
    for capture in notes["captures"]:
        path = _RENAMED.get(capture["fact"], capture["fact"])
        if spec_of(path) is not None:
            latest[path] = str(capture["value"])
    tree: dict[str, Any] = {}
    for path, value in {**latest, **_PLAIN[name]}.items():
        _put(tree, re.findall(r"[a-z_0-9]+|\[\d+\]", path), value)
    return read_facts(_rows(tree))


def _put(node: dict[str, Any], steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        node = node.setdefault(step, {})
    node[steps[-1]] = value


def _rows(node: Any) -> Any:
    """Maps of `[0]`, `[1]` … as lists, gaps filled with empty rows."""
    if not isinstance(node, dict):
        return node
    if not all(key.startswith("[") for key in node):
        return {key: _rows(below) for key, below in node.items()}
    found = {int(key[1:-1]): _rows(below) for key, below in node.items()}
    return [found.get(place, {}) for place in range(max(found) + 1)]


def pledges(*told: tuple[str, str, str]) -> list[str]:
    """What is asked about the deeds of pledges, each told as mark, kind and owner."""
    rows = [
        {"id": mark, "type": kind, "owner": owner, "eligible": "yes", "prior_lien": "0"} for mark, kind, owner in told
    ]
    case = situation_of(read_facts({"collateral": rows}), POLICY)
    asked = (say(one.ask, CHINESE) for one in candidates(case))
    return sorted(one.partition("的权属证书")[0] for one in asked if "权属证书" in one)


def test_a_pledge_is_named_by_what_it_is_and_not_by_its_mark() -> None:
    assert pledges(("p1", "vehicle", "borrower"), ("p2", "residential", "borrower")) == ["看住宅", "看车辆"]


def test_two_pledges_of_a_kind_are_told_apart_by_owner_or_else_by_mark() -> None:
    assert pledges(("p1", "vehicle", "borrower"), ("p2", "vehicle", "王建国")) == ["看王建国的车辆", "看车辆（p1）"]
    assert pledges(("p1", "vehicle", "王建国"), ("p2", "vehicle", "王建国")) == ["看车辆（p1）", "看车辆（p2）"]
