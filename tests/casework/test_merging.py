"""Facts of several visits: what merges, what stays apart, what disagrees."""

from __future__ import annotations

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.casework import visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Findings, findings_of
from officer_app.casework.merging import overlay
from officer_app.casework.visits import Visit
from officer_app.credit.figures import known
from officer_app.credit.nodes import FactTree
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of

BANK = {"kind": "institution", "creditor": "青石 农商行", "balance": "30000"}
BROTHER = {"kind": "individual", "creditor": "弟弟", "balance": "60000"}


def debts(*rows: dict[str, str]) -> FactTree:
    return {"liabilities": rows}


def test_every_key_names_members_of_its_list() -> None:
    keyed = [spec for spec in VOCABULARY.values() if spec.key]
    assert len(keyed) >= 15
    assert all(f"{spec.path}.{name}" in VOCABULARY for spec in keyed for name in spec.key)


def test_equal_keys_merge_and_what_one_visit_names_stays() -> None:
    later = {"kind": "institution", "creditor": "青石农商行", "monthly_payment": "1500"}
    merged = overlay(debts(BANK, BROTHER), debts(later))
    assert merged["liabilities"] == ({**BANK, **later}, BROTHER)


def test_two_loans_of_one_bank_stay_two() -> None:
    second = {**BANK, "balance": "8000"}
    assert overlay(debts(BANK, second), debts({**BANK, "balance": "29000"}))["liabilities"] == (
        {**BANK, "balance": "29000"},
        second,
    )


def test_a_list_without_key_is_taken_whole_from_the_latest_visit() -> None:
    first = {"operating_costs": ({"item": "房租", "monthly_amount": "9800"},)}
    second = {"operating_costs": ({"item": "租金", "monthly_amount": "9800"},)}
    assert overlay(first, second) == second


def test_an_empty_list_takes_nothing_away_that_was_named_before() -> None:
    assert overlay(debts(BROTHER), debts())["liabilities"] == (BROTHER,)


def test_pledges_numbered_alike_on_two_visits_keep_marks_of_their_own() -> None:
    flat = {"id": "pledge1", "type": "residential", "owner": "罗建民"}
    truck = {"id": "pledge1", "type": "vehicle", "owner": "罗建民"}
    again = {"id": "pledge2", "type": "residential", "owner": "罗建民", "prior_lien": "0"}
    merged = overlay(overlay({"collateral": (flat,)}, {"collateral": (truck,)}), {"collateral": (again,)})
    assert merged["collateral"] == ({**flat, "prior_lien": "0"}, {**truck, "id": "pledge1_2"})


# --- through the vault ------------------------------------------------------------------------------------------


def _with_debt(desk: Desk, visit: Visit, creditor: str, balance: str) -> None:
    session = visit.session
    visits.answer(desk, visit, "/data/debts/has_debts", "yes")
    if not any("/data/debts/debt[1]/" in ref for ref in session.answers()):
        visits.add_repeat(desk, visit, "/data/debts/debt")
    for name, text in (("debt_creditor", creditor), ("debt_kind", "individual"), ("debt_balance", balance)):
        visits.answer(desk, visit, f"/data/debts/debt[1]/{name}", text)


def _twice(found: Findings) -> list[str]:
    return [say(one.sentence, ENGLISH) for one in found.contradictions if one.key.startswith("TOLD_TWICE:")]


def test_one_debt_with_two_balances_is_told_with_its_creditor_and_no_name_in_its_key(
    demo: Demo, clock: HandClock
) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试辛"))
        first = visits.begin_visit(officer, case.id)
        _with_debt(officer, first, "弟弟", "60000")
        clock.move(days=3)
        second = visits.begin_visit(officer, case.id)
        _with_debt(officer, second, "弟弟", "45000")
        found = findings_of(officer, case.id, second)
        assert _twice(found) == [
            "Debts, 弟弟: Balance owed: 60,000 on the visit of 8 Oct 2026, 45,000 on the visit of 11 Oct 2026"
        ]
        one = next(one for one in found.contradictions if one.key.startswith("TOLD_TWICE:"))
        assert one.key.startswith("TOLD_TWICE:liabilities[].balance:")
        assert "弟弟" not in one.key
        assert "弟弟" in say(one.sentence, CHINESE)
        assert isinstance(found.facts.liabilities, tuple)
        assert [known(debt.balance) for debt in found.facts.liabilities] == [45000]


def test_a_second_debt_joins_the_first(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试壬"))
        first = visits.begin_visit(officer, case.id)
        _with_debt(officer, first, "弟弟", "60000")
        second = visits.begin_visit(officer, case.id)
        _with_debt(officer, second, "表哥", "20000")
        found = findings_of(officer, case.id, second)
        assert not _twice(found)
        assert isinstance(found.facts.liabilities, tuple)
        assert [debt.creditor for debt in found.facts.liabilities] == ["弟弟", "表哥"]
