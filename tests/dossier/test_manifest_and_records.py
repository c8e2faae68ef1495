"""What is signed reads back the same; what is not as it must be is refused and the field named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.canonical import digest, encode
from officer_app.base.errors import Code, Fault
from officer_app.dossier import deletion, officerecords, records, summary
from officer_app.dossier import manifest as manifests
from officer_app.dossier.clockwords import ClockWord
from officer_app.dossier.judgedby import judged_by
from officer_app.dossier.manifest import Part, PartyRef, check_parts, is_part_name, part_of
from officer_app.dossier.officerecords import PackNote, Receipt
from officer_app.dossier.records import Decision, Outcome, PackKind, PhotoView, RecordKind, check_decision
from tests.support.institution import AT, a_manifest, a_summary, dossier_parts, house

PARTS = dossier_parts(b"%PDF-1.7 memo")
MANIFEST = a_manifest(house().officer, PARTS)
_PRODUCTS = part_of(manifests.PRODUCTS, "application/toml", b"products")
LISTED = replace(
    MANIFEST,
    schema=manifests.WITH_PRODUCTS,
    products=manifests.PackRef("products", "4", _PRODUCTS.sha256),
    parts=tuple(sorted((*MANIFEST.parts, _PRODUCTS), key=lambda part: part.name)),
)
DECISION = Decision(
    record_id="e" * 32,
    dossier="9" * 64,
    case_id="c" * 32,
    case_number="2026-0417",
    outcome=Outcome.APPROVE_WITH_CONDITIONS,
    amount=Decimal("80000.50"),
    term_months=12,
    annual_rate=Decimal("0.12"),
    conditions=("追加担保",),
    reason="经营稳定",
    questions=(),
    decided_by=PartyRef("b" * 32, "王芳"),
    decided_at=AT,
    minutes_open=9,
    photos_viewed=(PhotoView("photos/0f3a.jpg", "门头"),),
    memo_sha256="8" * 64,
)


def code_of(call: Any, *arguments: Any, **named: Any) -> tuple[Code, str]:
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value.code, caught.value.where


def changed(data: bytes, **fields: Any) -> bytes:
    return encode(json.loads(data) | fields)


def test_a_manifest_reads_back_the_same_and_its_digest_is_of_its_bytes() -> None:
    data = manifests.to_bytes(MANIFEST)
    assert manifests.parse(data) == MANIFEST
    assert manifests.to_bytes(replace(MANIFEST, grade="C")) != data
    assert len(digest(data)) == 64


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
amounts = st.decimals(min_value=0, max_value=10**12, places=2)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001  bounds are naive by hypothesis' rule
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)


@given(applicant=texts, requested_amount=amounts, recommended_amount=st.none() | amounts, frozen_at=moments)
def test_any_words_amounts_and_moments_survive(**fields: Any) -> None:
    manifest = replace(MANIFEST, **fields)
    assert manifests.parse(manifests.to_bytes(manifest)) == manifest


@given(
    reason=texts, amount=st.none() | amounts, decided_at=moments, conditions=st.lists(texts, max_size=5).map(tuple)
)
def test_any_decision_survives(**fields: Any) -> None:
    decision = replace(DECISION, **fields)
    assert records.parse_decision(records.decision_to_bytes(decision)) == decision


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dossier_id", "D" * 32),
        ("dossier_id", "d" * 31),
        ("case_number", 7),
        ("version", 0),
        ("version", True),
        ("version", "1"),
        ("previous", "1" * 64),
        ("officer", {"id": "a" * 32}),
        ("officer", {"id": "a" * 32, "name": "李明", "role": "manager"}),
        ("requested_amount", "1e5"),
        ("requested_amount", "-1"),
        ("requested_amount", "0100"),
        ("requested_amount", "１００"),
        ("requested_amount", 100000),
        ("audit_head", "a" * 63 + "A"),
        ("frozen_at", "2026-10-08T02:40:00Z"),
        ("frozen_at", "2026-10-08T10:40:00.000+08:00"),
        ("frozen_at", "yesterday"),
        ("applicant", "六" * 201),
        ("parts", {}),
        ("parts", []),
    ],
)
def test_a_field_out_of_form_is_named(field: str, value: Any) -> None:
    code, where = code_of(manifests.parse, changed(manifests.to_bytes(MANIFEST), **{field: value}))
    assert code is Code.DOSSIER_UNREADABLE
    assert where.startswith(field)


def test_a_field_too_many_or_too_few_is_named() -> None:
    data = manifests.to_bytes(MANIFEST)
    assert code_of(manifests.parse, changed(data, approved="yes")) == (Code.DOSSIER_UNREADABLE, "approved")
    less = json.loads(data)
    del less["audit_head"]
    assert code_of(manifests.parse, encode(less)) == (Code.DOSSIER_UNREADABLE, "audit_head")


def test_a_newer_form_asks_for_a_newer_program() -> None:
    data = manifests.to_bytes(MANIFEST)
    assert code_of(manifests.parse, changed(data, schema="firsthand/dossier/4"))[0] is Code.DOSSIER_TOO_NEW
    for schema in ("firsthand/dossier/0", "firsthand/decision/1", "firsthand/dossier/x"):
        assert code_of(manifests.parse, changed(data, schema=schema))[0] is Code.DOSSIER_UNREADABLE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema":"firsthand/dossier/1"}',
        b'{"a":1,"a":2}',
        b'{"schema":"\\ud800"}',
        b'{"a":1e999}',
        b"1" * 5000,
        b" " + b"{}",
        b"0" * 2_000_000,
    ],
)
def test_hostile_bytes_are_refused(data: bytes) -> None:
    parsers = (
        manifests.parse,
        records.parse_decision,
        officerecords.parse_receipt,
        officerecords.parse_pack,
        summary.parse,
    )
    for parse in (*parsers, deletion.parse):
        code, _ = code_of(parse, data)
        assert code in {Code.DOSSIER_UNREADABLE, Code.RECORD_UNREADABLE}


@given(st.binary(max_size=400))
def test_no_bytes_are_a_manifest_by_chance(data: bytes) -> None:
    assert code_of(manifests.parse, data)[0] is Code.DOSSIER_UNREADABLE


def test_every_changed_byte_of_a_manifest_gives_another_digest_or_none() -> None:
    data = manifests.to_bytes(MANIFEST)
    for place in range(len(data)):
        other = bytearray(data)
        other[place] ^= 1
        assert digest(bytes(other)) != digest(data)


@pytest.mark.parametrize(
    "name",
    [
        "../memo.pdf",
        "/etc/passwd",
        "a//b",
        "a/",
        ".hidden",
        "Memo.pdf",
        "a\\b",
        "c:memo.pdf",
        "memo.pdf ",
        "memo.",
        "nul",
        "nul.txt",
        "photos/con.jpg",
        "备忘.pdf",
        "a\x00b",
        "a/b/c/d/e",
        "x" * 101,
        "",
        "memo.pdf\n",
    ],
)
def test_names_that_some_system_would_misread_are_refused(name: str) -> None:
    assert not is_part_name(name)
    assert code_of(part_of, name, "x", b"")[0] is Code.DOSSIER_UNREADABLE


def test_the_names_in_use_are_good() -> None:
    assert all(
        is_part_name(name) for name in (*PARTS, "answers/0a1b.json", "forms/business_visit.xml", "memo.en.pdf")
    )


def _with_parts(*parts: Part) -> bytes:
    told = [{"name": p.name, "media_type": p.media_type, "size": p.size, "sha256": p.sha256} for p in parts]
    return changed(manifests.to_bytes(MANIFEST), parts=told)


def test_parts_are_sorted_once_each_and_no_file_is_a_folder() -> None:
    parts = MANIFEST.parts
    assert code_of(manifests.parse, _with_parts(*reversed(parts)))[1] == "parts"
    assert code_of(manifests.parse, _with_parts(*parts, parts[-1]))[1] == "parts"
    nested = sorted((*parts, part_of("photos", "x", b"")), key=lambda part: part.name)
    assert code_of(manifests.parse, _with_parts(*nested))[1] == "parts"
    heavy = [replace(part, size=manifests.LARGEST_PART + 1) for part in parts[:1]]
    assert code_of(manifests.parse, _with_parts(*heavy, *parts[1:]))[1] == "parts[0].size"
    assert code_of(manifests.parse, _with_parts(*parts[1:]))[1] == "parts"


def test_each_part_is_checked_and_named() -> None:
    check_parts(MANIFEST, PARTS)
    assert code_of(check_parts, MANIFEST, PARTS | {"photos/0f3a.jpg": b"jpEg"}) == (
        Code.DOSSIER_PART_CHANGED,
        "photos/0f3a.jpg",
    )
    assert code_of(check_parts, MANIFEST, PARTS | {"extra.txt": b""}) == (Code.DOSSIER_PART_EXTRA, "extra.txt")
    less = {name: data for name, data in PARTS.items() if name != "facts.json"}
    assert code_of(check_parts, MANIFEST, less) == (Code.DOSSIER_PART_MISSING, "facts.json")


def test_what_could_not_be_read_back_is_not_written() -> None:
    assert code_of(manifests.to_bytes, replace(MANIFEST, version=2))[0] is Code.DOSSIER_UNREADABLE
    assert code_of(manifests.to_bytes, replace(MANIFEST, parts=MANIFEST.parts[:1]))[0] is Code.DOSSIER_UNREADABLE
    assert code_of(records.decision_to_bytes, replace(DECISION, memo_sha256=""))[0] is Code.RECORD_UNREADABLE


def test_the_other_records_read_back_the_same() -> None:
    receipt = Receipt("1" * 32, RecordKind.DECISION, "2" * 64, "c" * 32, AT, "0123456789abcdef", 7)
    note = PackNote(PackKind.POLICY, "default", 3, "4" * 64, AT)
    assert officerecords.parse_receipt(officerecords.receipt_to_bytes(receipt)) == receipt
    assert officerecords.parse_pack(officerecords.pack_to_bytes(note)) == note
    told = replace(
        a_summary(), contradictions=(summary.ContradictionRow("EQUITY", "A gap", "差额", "explained", "家中装修"),)
    )
    assert summary.parse(summary.to_bytes(told)) == told


def test_a_summary_names_each_row_once() -> None:
    row = a_summary().figures[0]
    code, where = code_of(summary.to_bytes, replace(a_summary(), figures=(row, row)))
    assert (code, where) == (Code.DOSSIER_UNREADABLE, "figures")


def decided(limit: str = "300000", decider: str = "b" * 32, **fields: Any) -> Code | None:
    decision = replace(DECISION, **fields)
    try:
        check_decision(decision, MANIFEST, "9" * 64, decider_id=decider, limit=Decimal(limit))
    except Fault as fault:
        return fault.code
    return None


def test_four_eyes_limit_and_the_very_dossier() -> None:
    officer = MANIFEST.officer.id
    assert decided() is None
    assert decided(dossier="7" * 64) is Code.DECISION_OTHER_DOSSIER
    assert decided(case_id="7" * 32) is Code.DECISION_OTHER_DOSSIER
    assert decided(decider="a" * 32) is Code.SIGNER_NOT_ENTITLED
    assert decided(decider=officer, decided_by=PartyRef(officer, "李明")) is Code.FOUR_EYES
    assert decided(limit="80000.49") is Code.ABOVE_LIMIT
    assert decided(limit="80000.50") is None
    assert decided(limit="0", outcome=Outcome.REFUSE) is None
    assert decided(limit="0", outcome=Outcome.ESCALATE) is None


def test_a_list_of_products_is_named_beside_the_policy_and_is_the_part_itself() -> None:
    """Form 3, written only where there is a list; the decision repeats both versions, or is on another file."""
    assert manifests.parse(manifests.to_bytes(LISTED)) == LISTED
    assert json.loads(manifests.to_bytes(MANIFEST))["schema"] == "firsthand/dossier/2"
    other = manifests.PackRef("products", "4", "7" * 64)
    for wrong in (
        replace(LISTED, products=other),
        replace(LISTED, parts=MANIFEST.parts),
        replace(LISTED, products=None),
    ):
        with pytest.raises(Fault) as refused:
            manifests.to_bytes(wrong)
        assert refused.value.code is Code.DOSSIER_UNREADABLE
    told = replace(DECISION, judged_by=judged_by(LISTED))
    data = records.decision_to_bytes(told)
    assert json.loads(data)["schema"] == "firsthand/decision/4"
    assert records.parse_decision(data) == replace(told, terms=records.parse_decision(data).terms)
    limits = {"decider_id": told.decided_by.id, "limit": Decimal(100_000)}
    check_decision(told, LISTED, told.dossier, **limits)
    for decision, manifest in ((told, MANIFEST), (DECISION, LISTED)):
        assert code_of(check_decision, decision, manifest, told.dossier, **limits)[0] is Code.DECISION_OTHER_DOSSIER


def test_the_second_investigator_cannot_decide_either() -> None:
    manifest = replace(MANIFEST, second=PartyRef("b" * 32, "王芳"))
    with pytest.raises(Fault) as caught:
        check_decision(DECISION, manifest, "9" * 64, decider_id="b" * 32, limit=Decimal(10**6))
    assert caught.value.code is Code.FOUR_EYES


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": None},
        {"amount": Decimal(0)},
        {"term_months": None},
        {"conditions": ()},
        {"reason": "  "},
        {"outcome": Outcome.RETURN},
    ],
)
def test_a_decision_is_whole(fields: dict[str, Any]) -> None:
    assert decided(**fields) is Code.DECISION_INCOMPLETE


OVERRIDE = records.Override("cap:purpose", "beyond the purpose", "超出用途", "老客户")
DATED = replace(
    DECISION,
    terms=(records.ConditionTerm(records.When.AFTER, 30, "use_receipts"),),
    overrides=(OVERRIDE,),
    tier="reviewer",
)


def test_a_decision_that_says_nothing_new_is_written_as_before() -> None:
    """Whoever has not got the new program reads it all the same."""
    data = records.decision_to_bytes(replace(DECISION, terms=(records.PLAIN_TERM,)))
    told = json.loads(data)
    assert told["schema"] == "firsthand/decision/1"
    assert not {"terms", "overrides", "tier"} & set(told)
    assert records.parse_decision(data) == DECISION
    assert DECISION.dated_conditions == (("追加担保", records.PLAIN_TERM),)


def test_times_of_conditions_rules_set_aside_and_level_are_signed_too() -> None:
    data = records.decision_to_bytes(DATED)
    assert json.loads(data)["schema"] == "firsthand/decision/2"
    assert records.parse_decision(data) == DATED
    assert DATED.dated_conditions == (("追加担保", DATED.terms[0]),)
    assert code_of(records.parse_decision, changed(data, schema="firsthand/decision/5"))[0] is Code.DOSSIER_TOO_NEW


def test_a_word_on_the_deciders_clock_is_signed_and_wanted() -> None:
    word = ClockWord(AT, AT, "moved", "跳过", "换了电池")
    data = records.decision_to_bytes(replace(DATED, clock=word))
    assert json.loads(data)["schema"] == "firsthand/decision/4"
    assert records.parse_decision(data).clock == word
    assert code_of(records.parse_decision, changed(data, clock=None))[0] is Code.RECORD_UNREADABLE
    cut = changed(data, clock={"before": "2026", "after": "2026"})
    assert code_of(records.parse_decision, cut) == (Code.RECORD_UNREADABLE, "clock.before")
    assert decided(clock=replace(word, reason=" ")) is Code.DECISION_INCOMPLETE


def test_a_time_without_its_condition_is_refused() -> None:
    data = records.decision_to_bytes(DATED)
    two = [{"when": "after_payout", "due_days": 30, "code": ""}] * 2
    assert code_of(records.parse_decision, changed(data, terms=two)) == (Code.RECORD_UNREADABLE, "terms")
    assert code_of(records.parse_decision, changed(data, tier=7)) == (Code.RECORD_UNREADABLE, "tier")


def test_a_rule_set_aside_without_a_reason_is_refused() -> None:
    silent = replace(DATED, dossier="9" * 64, overrides=(replace(OVERRIDE, reason=" "),))
    refused = code_of(
        check_decision, silent, replace(MANIFEST, case_id=silent.case_id), "9" * 64, decider_id="b" * 32,
        limit=Decimal(10**6),
    )  # fmt: skip
    assert refused[0] is Code.DECISION_INCOMPLETE
