"""Loan files: kept whole, and found by what people type."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, UserId, new_id
from officer_app.vault import cases
from officer_app.vault.records import CaseOrder, CasePage, CaseQuery, CaseState, Delivery, Origin
from officer_app.vault.store import Vault
from tests.support.vaults import START, StillClock, a_case

PEOPLE = (
    # number, applicant, business, phone, identity number
    ("2026-0001", "张桂芬", "桂芬早餐店", "13800138000", "11010119900307123X"),
    ("2026-0002", "王伟", "伟业五金批发部", "13912345678", "320102198505061234"),
    ("2026-0003", "李桂香", "老李豆腐坊", "15987654321", "440103197712250017"),
    ("2026-0004", "𠮷田𤋮", "Blue Sky Café", "+86 138-0013-8001", "110101199003071230"),
    ("2025-0417", "欧阳娜娜", "娜娜美甲", "18611112222", "510104199912310029"),
)


def _filled(vault: Vault) -> None:
    with vault.writing() as tx:
        for number, applicant, business, phone, identity in PEOPLE:
            case = a_case(
                vault.user.id,
                number,
                applicant=applicant,
                business=business,
                phone=phone,
                resident_id=identity,
                updated=START + timedelta(minutes=int(number[-1])),
            )
            cases.add(tx, case)


def _find(vault: Vault, text: str = "", **more: object) -> CasePage:
    with vault.reading() as tx:
        return cases.find(tx, CaseQuery(text=text, **more))  # type: ignore[arg-type]  # fields of the query


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张桂芬", {"0001"}),
        ("桂芬", {"0001"}),
        ("桂", {"0001", "0003"}),
        ("芬桂", set()),
        ("早餐", {"0001"}),
        ("zhangguifen", {"0001"}),
        ("ZhangGui", {"0001"}),
        ("guifen", {"0001"}),
        ("zgf", {"0001"}),
        ("lgx", {"0003"}),
        ("wy", {"0002"}),
        ("ouyang", {"0417"}),
        ("𠮷田", {"0004"}),
        ("𤋮", {"0004"}),
        ("blue", {"0004"}),
        ("sky caf", {"0004"}),
        ("CAFÉ", {"0004"}),
        ("8000", {"0001"}),
        ("５６７８", {"0002"}),
        ("13912", {"0002"}),
        ("86138", {"0004"}),
        ("123x", {"0001"}),
        ("1234", {"0002"}),
        ("11010119900307123X", {"0001"}),
        ("110101 19900307 123x", {"0001"}),
        ("320102198505061235", set()),
        ("2026-0002", {"0002"}),
        ("0417", {"0417"}),
        ("2026", {"0001", "0002", "0003", "0004"}),
        ("桂 8000", {"0001"}),
        ("桂 4321", {"0003"}),
        ("张桂芬 5678", set()),
        ("nobody", set()),
        ('"', set()),
        ("'; DROP TABLE case_file --", set()),
        ("names:*", set()),
        ("NEAR(", set()),
        ("*", set()),
        ("  ", {"0001", "0002", "0003", "0004", "0417"}),
    ],
)
def test_found_by(vault: Vault, typed: str, found: set[str]) -> None:
    _filled(vault)
    page = _find(vault, typed)
    assert {item.number[-4:] for item in page.items} == found
    assert page.total == len(found)


def test_a_corrected_name_is_found_by_the_new_one_alone(vault: Vault) -> None:
    _filled(vault)
    with vault.writing() as tx:
        case = cases.of_number(tx, "2026-0002", vault.user.id)
        assert case is not None
        cases.save(tx, replace(case, applicant="汪薇", phone="13000000009"))
    assert _find(vault, "王伟").total == 0
    assert _find(vault, "5678").total == 0
    assert _find(vault, "汪薇").total == 1
    assert _find(vault, "0009").total == 1


def test_the_list_shows_numbers_masked(vault: Vault) -> None:
    _filled(vault)
    item = _find(vault, "王伟").items[0]
    assert (item.resident_id, item.phone) == ("3201**********1234", "139****5678")


def test_order_and_pages(vault: Vault) -> None:
    _filled(vault)
    newest = [item.number for item in _find(vault, limit=3).items]
    assert newest == ["2025-0417", "2026-0004", "2026-0003"]
    rest = [item.number for item in _find(vault, offset=3, limit=3).items]
    assert rest == ["2026-0002", "2026-0001"]
    by_name = [item.applicant for item in _find(vault, order=CaseOrder.APPLICANT, descending=False).items]
    assert by_name == ["李桂香", "欧阳娜娜", "𠮷田𤋮", "王伟", "张桂芬"]
    assert _find(vault, limit=2).total == len(PEOPLE)


def test_by_amount_in_yuan_not_in_letters(vault: Vault) -> None:
    with vault.writing() as tx:
        for number, amount in enumerate(("900", "10000", "55350.50", "8000.01")):
            cases.add(tx, a_case(vault.user.id, f"n{number}", requested_amount=Decimal(amount)))
    asked = _find(vault, order=CaseOrder.AMOUNT).items
    assert [str(item.requested_amount) for item in asked] == ["55350.50", "10000", "8000.01", "900"]


def test_filters_narrow_the_search(vault: Vault) -> None:
    _filled(vault)
    with vault.writing() as tx:
        case = cases.of_number(tx, "2026-0003", vault.user.id)
        assert case is not None
        cases.save(tx, replace(case, state=CaseState.SUBMITTED, officer=UserId("somebody else")))
    assert {i.number for i in _find(vault, "桂", states=frozenset({CaseState.SUBMITTED})).items} == {"2026-0003"}
    assert {i.number for i in _find(vault, "桂", officer=vault.user.id).items} == {"2026-0001"}
    assert _find(vault, states=frozenset({CaseState.DRAFT})).total == 4
    assert _find(vault, states=frozenset({CaseState.CLOSED})).total == 0


def test_many_matches_are_walked_in_order(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other way to fetch, taken above a number of matches, gives the same page."""
    _filled(vault)
    few = _find(vault, "2026", limit=2)
    monkeypatch.setattr(cases, "_MANY", 1)
    assert _find(vault, "2026", limit=2) == few
    assert [item.number for item in few.items] == ["2026-0004", "2026-0003"]


def test_everything_is_kept(vault: Vault) -> None:
    case = a_case(
        vault.user.id,
        lat=Decimal("39.9041999"),
        lon=Decimal("-116.4073963"),
        grade="B",
        state=CaseState.APPROVED,
        delivery=Delivery.SENT,
        expires=START,
        note="旁边是\n学校 <b>",
        origin=Origin.RECEIVED,
        supported_amount=Decimal(50000),
        trade="breakfast",
        lane="full",
    )
    with vault.writing() as tx:
        cases.add(tx, case)
    with vault.reading() as tx:
        assert cases.get(tx, case.id) == case


def test_doubles_and_strangers(vault: Vault) -> None:
    case = a_case(vault.user.id)
    with vault.writing() as tx:
        cases.add(tx, case)
        with pytest.raises(Fault) as same:
            cases.add(tx, a_case(vault.user.id, case.number))
        cases.add(tx, a_case("another officer", case.number))  # two laptops count each for itself
        with pytest.raises(Fault) as gone:
            cases.save(tx, a_case(vault.user.id, "2026-0777"))
        with pytest.raises(Fault) as unknown:
            cases.get(tx, CaseId(new_id()))
    assert same.value.code is Code.RECORD_EXISTS
    assert gone.value.code is Code.RECORD_MISSING
    assert unknown.value.code is Code.RECORD_MISSING


def test_a_state_moves_only_from_where_it_is_thought_to_be(vault: Vault, clock: StillClock) -> None:
    case = a_case(vault.user.id)
    with vault.writing() as tx:
        cases.add(tx, case)
    clock.pass_time(60)
    with vault.writing() as tx:
        moved = cases.set_state(tx, case.id, CaseState.SUBMITTED, expected=frozenset({CaseState.DRAFT}))
    assert moved.updated == START + timedelta(seconds=60)
    with vault.writing() as tx, pytest.raises(Fault) as found:
        cases.set_state(tx, case.id, CaseState.SUBMITTED, expected=frozenset({CaseState.DRAFT}))
    assert found.value.code is Code.CASE_STATE_CHANGED
    assert found.value.parameters["state"] == "submitted"


def test_numbers_count_up_within_a_year(vault: Vault) -> None:
    with vault.writing() as tx:
        assert [cases.next_number(tx, 2026) for _ in range(3)] == ["2026-0001", "2026-0002", "2026-0003"]
        assert cases.next_number(tx, 2027) == "2027-0001"
        cases.add(tx, a_case(vault.user.id, "2026-0004"))
        assert cases.next_number(tx, 2026) == "2026-0005"


def test_a_number_given_in_a_transaction_that_fails_is_given_again(vault: Vault) -> None:
    with pytest.raises(RuntimeError, match="window closed"), vault.writing() as tx:  # noqa: PT012  all one transaction
        cases.next_number(tx, 2026)
        raise RuntimeError("window closed")
    with vault.writing() as tx:
        assert cases.next_number(tx, 2026) == "2026-0001"


def test_counts_by_state(vault: Vault) -> None:
    _filled(vault)
    with vault.writing() as tx:
        cases.add(tx, a_case("another", "2026-0900", state=CaseState.REFUSED))
    with vault.reading() as tx:
        assert cases.counts(tx) == {CaseState.DRAFT: 5, CaseState.REFUSED: 1}
        assert cases.counts(tx, vault.user.id) == {CaseState.DRAFT: 5}


def test_the_same_person_in_several_files(vault: Vault) -> None:
    _filled(vault)
    with vault.writing() as tx:
        cases.add(tx, a_case("another", "2026-0900", resident_id="11010119900307123x"))
    with vault.reading() as tx:
        found = cases.same_person(tx, " 110101 19900307 123X")
        assert {item.number for item in found} == {"2026-0001", "2026-0900"}
        assert cases.same_person(tx, "440103197712250018") == ()


def test_delivery_is_a_column_of_its_own(vault: Vault) -> None:
    case = a_case(vault.user.id, state=CaseState.SUBMITTED)
    with vault.writing() as tx:
        cases.add(tx, case)
        cases.set_delivery(tx, case.id, Delivery.QUEUED)
        assert cases.get(tx, case.id) == replace(case, delivery=Delivery.QUEUED)
        with pytest.raises(Fault):
            cases.set_delivery(tx, CaseId(new_id()), Delivery.SENT)
