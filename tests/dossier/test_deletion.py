"""The certificate of a deletion: what was written is read, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.canonical import encode
from officer_app.base.errors import Code, Fault
from officer_app.credit.retention import RecordClass
from officer_app.dossier import deletion
from officer_app.dossier.deletion import Counts, Deletion
from officer_app.dossier.manifest import PackRef, PartyRef
from officer_app.exchange.contents import verify_deletion
from officer_app.exchange.parcels import deletion_parcel
from officer_app.trust.signing import sign
from tests.support.institution import AT as SIGNED
from tests.support.institution import house

AT = datetime(2028, 10, 9, 2, 40, tzinfo=UTC)
GONE = Deletion(
    record_id="a" * 32,
    case_id="b" * 32,
    case_number="2026-0001",
    record_class=RecordClass.REFUSED,
    counted_from=date(2026, 10, 8),
    due_on=date(2028, 10, 8),
    policy=PackRef("default", "3", "c" * 64),
    dossiers=("d" * 64,),
    decisions=(),
    keys=("f" * 32,),
    counts=Counts(12, 1, 200, 90, 50_000_000),
    by=PartyRef("e" * 32, "李慧"),
    device="0123456789abcdef",
    at=AT,
    confirmed_at=AT,
    elapsed=1_000,
    log_number=400,
    log_head="1" * 64,
)


def refused(data: bytes) -> Code:
    with pytest.raises(Fault) as caught:
        deletion.parse(data)
    return caught.value.code


@given(
    number=st.text(max_size=60),
    counts=st.builds(Counts, *[st.integers(0, 10**9)] * 5),
    kind=st.sampled_from(RecordClass),
    days=st.integers(0, 5_000),
)
def test_what_is_written_is_read(number: str, counts: Counts, kind: RecordClass, days: int) -> None:
    due = date.fromordinal(GONE.counted_from.toordinal() + days)
    told = replace(GONE, case_number=number, counts=counts, record_class=kind, due_on=due)
    assert deletion.parse(deletion.to_bytes(told)) == told


@pytest.mark.parametrize("field", sorted(json.loads(deletion.to_bytes(GONE))))
@pytest.mark.parametrize(
    "value", [None, -1, "x" * 300_000, [], {}, True, "../..", [1]], ids=lambda value: str(value)[:8]
)
def test_a_hostile_value_in_any_field_is_refused(field: str, value: object) -> None:
    told = json.loads(deletion.to_bytes(GONE))
    if told[field] == value:
        return
    data = encode({**told, field: value})
    if field == "decisions" and value == []:
        return
    if field in {"dossiers", "keys"} and value == []:
        assert deletion.parse(data) == replace(GONE, **{field: ()})
        return
    if field in {"case_number", "device"} and value == "../..":
        assert getattr(deletion.parse(data), field) == value, "a text like any other: nothing opens a file by it"
        return
    assert refused(data) in {Code.RECORD_UNREADABLE, Code.DOSSIER_TOO_NEW}


@given(st.binary(max_size=400))
def test_no_bytes_are_a_certificate_by_chance(data: bytes) -> None:
    assert refused(data) is Code.RECORD_UNREADABLE


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    data = deletion.to_bytes(GONE).replace(b"2028-10-08", b"2025-10-08")
    assert refused(data) is Code.RECORD_UNREADABLE


def test_more_than_there_may_be_is_refused() -> None:
    with pytest.raises(Fault) as caught:
        deletion.to_bytes(replace(GONE, dossiers=("d" * 64,) * 501))
    assert caught.value.code is Code.RECORD_UNREADABLE


def test_who_ordered_it_has_a_form_of_its_own() -> None:
    data = deletion.to_bytes(replace(GONE, ordered_by="周敏"))
    assert json.loads(data)["schema"] == "firsthand/deletion/2"
    assert deletion.parse(data).ordered_by == "周敏"
    assert json.loads(deletion.to_bytes(GONE))["schema"] == "firsthand/deletion/1"
    assert refused(data.replace("周敏".encode(), b"")) is Code.RECORD_UNREADABLE
    assert refused(data.replace(b"firsthand/deletion/2", b"firsthand/deletion/1")) is Code.RECORD_UNREADABLE


def test_nobody_but_head_office_signs_who_ordered_it() -> None:
    for who, wanted in ((house().head_office, None), (house().officer, Code.SIGNER_NOT_ENTITLED)):
        by = PartyRef(who.person.id, who.person.name)
        body = deletion.to_bytes(replace(GONE, ordered_by="周敏", by=by, device=who.person.device, at=SIGNED))
        parcel = deletion_parcel(body, sign(body, who, SIGNED))
        if wanted is None:
            assert verify_deletion(parcel, house().root).deletion.ordered_by == "周敏"
            continue
        with pytest.raises(Fault) as caught:
            verify_deletion(parcel, house().root)
        assert caught.value.code is wanted
