"""Who appears in a case, by one form of each number, and what the screening makes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import CheckResult
from officer_app.credit.identity import inspect_identity
from officer_app.credit.links import KIND_LABELS, ROLE_LABELS, SOURCES, LinkKind, appearances, plain
from officer_app.credit.reading import read_facts
from officer_app.credit.vocabulary import VOCABULARY
from tests.support.worked import shipped_policy


def screened(**found: Any) -> dict[str, CheckResult]:
    facts = read_facts({"screening": {"numbers": [], "hits": [], "links": [], "rings": [], **found}})
    return {check.id: check for check in assess(facts, shipped_policy()).checks}


def flags_of(checks: dict[str, CheckResult], name: str) -> tuple[str, ...]:
    return checks[name].flags if name in checks else ()


def link(**told: str) -> dict[str, str]:
    base = {
        "of": "borrower.phone",
        "kind": "phone",
        "role": "borrower",
        "other_role": "borrower",
        "other_case": "2026-0007",
        "other_person": "王*",
        "other_live": "yes",
        "other_amount": "60000",
    }
    return base | told


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (LinkKind.PHONE, "138-0000 1234", "+86 13800001234"),
        (LinkKind.PHONE, "１３８００００１２３４", "13800001234"),
        (LinkKind.PLATE, "湘A·12345", "湘a 12345"),
        (LinkKind.ACCOUNT, "6222 0000 1111 2222", "6222000011112222"),
        (LinkKind.ADDRESS, "建设路 41 号，3 单元", "建设路41号3单元"),
        (LinkKind.RESIDENT_ID, "99010119681204917x", "990101 19681204 917X"),
    ],
)
def test_one_number_has_one_form(kind: LinkKind, left: str, right: str) -> None:
    assert plain(kind, left) == plain(kind, right) != ""


@given(st.sampled_from(list(LinkKind)), st.text(max_size=40))
def test_the_one_form_stays_what_it_is(kind: LinkKind, text: str) -> None:
    once = plain(kind, text)
    assert plain(kind, once) == once


@pytest.mark.parametrize(
    ("kind", "text"), [(LinkKind.PHONE, "12345"), (LinkKind.ADDRESS, "村口"), (LinkKind.ACCOUNT, "none")]
)
def test_what_is_too_short_says_nothing(kind: LinkKind, text: str) -> None:
    assert plain(kind, text) == ""


def test_every_place_that_is_read_is_a_fact() -> None:
    lists = {"guarantors", "joint_group.members", "vehicles", "related_persons"}
    for source in SOURCES:
        place = f"{source.place}[]" if source.place in lists else source.place
        names = [*source.numbers, source.name, *([] if source.role else ["role"])]
        assert {f"{place}.{name}" for name in names} <= set(VOCABULARY), source.place


def test_everybody_with_a_number_appears_once_for_each_role() -> None:
    found = appearances(
        {
            "borrower": {"name": "张三", "resident_id": "990101196812049178", "phone": "19900001234"},
            "guarantors": [{"id": "g1", "name": "李四", "resident_id": "990101197001010015", "phone": "1"}],
            "related_persons": [
                {"name": "王五", "role": "actual_user", "phone": "199 0000 1234"},
                {"name": "没有身份", "phone": "19900009999"},  # no role: nothing can be said
            ],
            "vehicles": [{"plate": "湘A12345", "registered_owner": "赵六"}],
        }
    )
    assert [(one.role, one.kind.value, one.path) for one in found] == [
        ("borrower", "resident_id", "borrower.resident_id"),
        ("borrower", "phone", "borrower.phone"),
        ("guarantor", "resident_id", "guarantors[0].resident_id"),
        ("vehicle", "plate", "vehicles[0].plate"),
        ("actual_user", "phone", "related_persons[0].phone"),
    ]
    assert {one.number for one in found if one.kind is LinkKind.PHONE} == {"19900001234"}
    assert next(one for one in found if one.role == "borrower").person == "990101196812049178"


def test_nothing_is_judged_that_was_not_looked_up() -> None:
    assert not {"IDENTITY", "LISTS", "LINKS"} & {
        check.id for check in assess(read_facts({}), shipped_policy()).checks
    }


def test_a_clean_screening_says_nothing_and_proves_nothing() -> None:
    """Not to be on a list is no passed cross-check: it would lift the share of those that were."""
    checks = screened(numbers=[{"of": "borrower.resident_id"}], links=[link(same_person="yes")])
    assert not {"IDENTITY", "LISTS", "LINKS"} & set(checks)


def test_a_wrong_number_is_named_with_its_reason() -> None:
    reason = inspect_identity("990101197002300015", date(2026, 10, 8)).reason
    assert reason == "BIRTH_DATE"
    check = screened(numbers=[{"of": "guarantors[0].resident_id", "reason": reason}])["IDENTITY"]
    assert check.flags == ("ID_INVALID",)
    assert check.causes[0].paths == ("guarantors[0].resident_id",)
    assert "不是" in say(check.sentence, CHINESE)


@pytest.mark.parametrize(
    ("which", "flags"),
    [("black", ("BLACKLISTED",)), ("grey", ("GREY_LISTED",)), ("staff", ("LISTED_AS_STAFF",)), ("good_payer", ())],
)
def test_each_list_has_its_consequence(which: str, flags: tuple[str, ...]) -> None:
    hit = {"of": "borrower.resident_id", "role": "borrower", "list": which, "reason": "失信", "since": "2026-01-02"}
    assert flags_of(screened(hits=[hit]), "LISTS") == flags


def test_the_blacklist_refuses_under_the_shipped_policy() -> None:
    hit = {"of": "borrower.resident_id", "role": "borrower", "list": "black", "reason": "失信", "since": "2026-01-02"}
    facts = read_facts({"screening": {"hits": [hit]}})
    assert "BLACKLISTED" in assess(facts, shipped_policy()).sizing.refused_by


@pytest.mark.parametrize(
    ("told", "flags"),
    [
        (link(), ("SHARED_CONTACT",)),
        (link(same_person="no"), ("SHARED_CONTACT",)),
        (link(same_person="yes"), ()),
        (link(kind="resident_id", of="borrower.resident_id", same_name="yes"), ("LOAN_STACKING",)),
        (link(kind="resident_id", of="borrower.resident_id", same_name="yes", other_live="no"), ()),
        (
            link(kind="resident_id", of="borrower.resident_id", same_name="no", other_live="no"),
            ("IMPERSONATION_SUSPECTED",),
        ),
        (link(kind="resident_id", of="related_persons[0].resident_id", role="actual_user"), ("LOAN_STACKING",)),
        (link(kind="resident_id", of="guarantors[0].resident_id", role="guarantor"), ()),
        (link(kind="resident_id", of="borrower.resident_id", other_role="guarantor"), ("GUARANTEE_NOT_TOLD",)),
    ],
)
def test_each_link_has_its_consequence(told: dict[str, str], flags: tuple[str, ...]) -> None:
    assert flags_of(screened(links=[told]), "LINKS") == flags


def test_a_guarantee_that_was_told_is_no_finding() -> None:
    told = link(kind="resident_id", of="borrower.resident_id", other_role="guarantor")
    facts = read_facts(
        {"screening": {"links": [told]}, "guarantees_given": [{"beneficiary": "王五", "amount": "60000"}]}
    )
    assert "LINKS" not in {one.id for one in assess(facts, shipped_policy()).checks}


def test_a_guarantor_may_stand_for_two_other_running_loans_and_not_for_three() -> None:
    def stands_for(count: int) -> tuple[str, ...]:
        path = {"of": "guarantors[0].resident_id", "kind": "resident_id", "role": "guarantor"}
        links = [link(**path, other_role="guarantor", other_case=f"2026-{n:04}") for n in range(count)]
        return flags_of(screened(links=links), "LINKS")

    assert stands_for(2) == ()
    assert stands_for(3) == ("GUARANTOR_OVERCOMMITTED",)


def test_a_circle_is_told_by_its_masked_people() -> None:
    check = screened(rings=[{"persons": ["张*", "李*", "张*"], "cases": ["2026-0001", "2026-0002"]}])["LINKS"]
    assert check.flags == ("GUARANTEE_RING",)
    assert "张*" in say(check.sentence, CHINESE)


def test_roles_and_kinds_have_their_words() -> None:
    for text in [*KIND_LABELS.values(), *ROLE_LABELS.values()]:
        assert say(_message(text), CHINESE) != say(_message(text), ENGLISH)


def _message(text: str) -> Any:
    from officer_app.base.words import Message

    return Message(text)
