"""A good key in dishonest hands: whoever signs with a changed program gets past no rule that the core holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from officer_app.base.canonical import digest, encode
from officer_app.base.errors import Code, Fault
from officer_app.dossier import cosigning, fields
from officer_app.dossier.manifest import PartyRef, plain_name
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.dossier.notices import to_bytes as notice_bytes
from officer_app.dossier.records import Outcome
from officer_app.exchange.contents import check_against, verify, verify_decision, verify_dossier
from officer_app.exchange.parcels import Parcel, decision_parcel, dossier_parcel, notice_parcel
from officer_app.trust.certificates import Role, usable_name
from officer_app.trust.enrolment import request
from officer_app.trust.identities import new_keys
from officer_app.trust.signing import sign
from tests.support.institution import AT, BRANCH, a_cosign, a_decision, a_dossier, house

VISIT = "f" * 32


def _code(call: Callable[..., object], *arguments: object) -> Code:
    with pytest.raises(Fault) as caught:
        call(*arguments)
    return caught.value.code


# --- names ---------------------------------------------------------------------------------------------------------


def _file_that_names_the_manager() -> Parcel:
    """The guarantor of the file is the manager's own brother-in-law, who bears her name in it."""
    return a_dossier(house().officer, persons=("赵六", house().manager.person.name))


def test_a_related_manager_does_not_decide_under_another_name() -> None:
    file, person = _file_that_names_the_manager(), house().manager.person
    under_own = a_decision(house().manager, file)
    dossier = verify_dossier(file, house().root)
    assert _code(check_against, verify_decision(under_own, house().root), dossier) is Code.RELATED_TO_CASE
    alias = a_decision(house().manager, file, decided_by=PartyRef(person.id, "张三"))
    assert _code(verify_decision, alias, house().root) is Code.NAME_DIFFERS


def test_an_officer_hands_over_under_the_own_name_alone() -> None:
    """Under another name the second account of the same person would have two pairs of eyes."""
    officer = house().officer.person
    file = a_dossier(house().officer, officer=PartyRef(officer.id, "张三"))
    assert _code(verify_dossier, file, house().root) is Code.NAME_DIFFERS


UNSEEN = [
    "\u200b",
    "\u200d",
    "\u2060",
    "\u202e",
    "\ufeff",
    "\ufe0f",
    "\u00ad",
    "\u3164",
    "\u034f",
    "·",
    " ",
    "\u3000",
]


@pytest.mark.parametrize("sign_", UNSEEN)
def test_a_second_account_with_a_name_that_looks_the_same_is_the_same_person(sign_: str) -> None:
    alias = f"李{sign_}明"
    assert plain_name(alias) == plain_name("李明")
    second = replace(house().manager.person, name=alias)
    dossier = verify_dossier(a_dossier(house().officer), house().root)
    approval = verify_decision(a_decision(house().manager, a_dossier(house().officer)), house().root)
    decided = replace(
        approval,
        decision=replace(approval.decision, decided_by=PartyRef(second.id, alias), dossier=dossier.digest),
        signer=replace(approval.signer, person=second),
    )
    assert _code(check_against, decided, dossier) is Code.FOUR_EYES


@pytest.mark.parametrize("sign_", [one for one in UNSEEN if one not in {"·", " ", "\u3000"}])
def test_nobody_is_enrolled_under_a_name_with_something_unseen_in_it(sign_: str) -> None:
    assert _code(usable_name, f"李{sign_}明") is Code.NAME_UNUSABLE
    with pytest.raises(Fault):
        request(new_keys(), name=f"李{sign_}明", branch=BRANCH, role=Role.OFFICER)


def test_names_that_differ_stay_different() -> None:
    names = ["李明", "李鸣", "阿布都·热合曼", "阿布都·热合曼江", "Li Ming", "Li Min", "О'Коннор", "—"]
    assert len({plain_name(name) for name in names}) == len(names)
    assert plain_name("ＬＩ Ming") == plain_name("li ming")
    assert plain_name("—") == "—"
    assert plain_name("ſmith") == plain_name("SMITH")


# --- times ---------------------------------------------------------------------------------------------------------


LATER = AT + timedelta(days=1_500)  # no certificate of three years holds any more


def _decision_dated_later() -> Parcel:
    """An expired manager: the record says today, the signature a day on which the key held."""
    made = a_decision(house().manager, a_dossier(house().officer), decided_at=LATER)
    return decision_parcel(made.files["decision.json"], made.files["decision.sig"], made.files["memo-signed.pdf"])


def _dossier_dated_later() -> Parcel:
    file = a_dossier(house().officer, frozen_at=LATER)
    parts = {name[6:]: data for name, data in file.files.items() if name.startswith("parts/")}
    manifest = file.files["manifest.json"]
    return dossier_parcel(manifest, sign(manifest, house().officer, AT), parts)


def _notice_dated_later() -> Parcel:
    person = house().manager.person
    told = Notice(
        record_id="a" * 32,
        kind=NoticeKind.HOLD_LIFTED,
        dossier="d" * 64,
        case_id="c" * 32,
        case_number="2026-0417",
        by=PartyRef(person.id, person.name),
        at=LATER,
        words="案件已结",
    )
    data = notice_bytes(told)
    return notice_parcel(data, sign(data, house().manager, AT))


@pytest.mark.parametrize("make", [_decision_dated_later, _dossier_dated_later, _notice_dated_later])
def test_a_record_tells_the_time_of_its_signature(make: Callable[[], Parcel]) -> None:
    assert _code(verify, make(), house().root) is Code.TIME_DIFFERS


# --- a second officer ----------------------------------------------------------------------------------------------


def _cosigned(photos: tuple[bytes, ...], listed: dict[str, bytes], name: str | None = None) -> Parcel:
    """A visit with pictures, of which the second officer signed some."""
    second, officer = house().enrol("孙二", Role.SECOND_OFFICER), house().officer.person
    pictures = [
        {"part": part, "sha256": digest(data), "id": digest(data)[:32], "visit": VISIT}
        for part, data in listed.items()
    ]
    came = PartyRef(second.person.id, name or second.person.name)
    said = cosigning.to_bytes(
        cosigning.Cosign(
            visit=VISIT,
            case_id="c" * 32,
            form="business_visit",
            form_version="1",
            answers=cosigning.answers_digest({}),
            photos=tuple(sorted(digest(one) for one in photos)),
            officer=PartyRef(officer.id, officer.name),
            second=came,
            at=AT,
        )
    )
    more = {
        cosigning.statement_name(VISIT): said,
        cosigning.signature_name(VISIT): sign(said, second, AT),
        "photos.json": encode(list(pictures)),
        **listed,
    }
    return a_dossier(house().officer, more, second=came)


def test_a_second_officer_signs_under_the_own_name_alone() -> None:
    file = _cosigned((b"door",), {"photos/door.jpg": b"door"}, name="局长")
    assert _code(verify_dossier, file, house().root) is Code.NAME_DIFFERS


def test_the_officers_second_account_is_no_second_officer() -> None:
    """Enrolled twice under one name, with another id each: one pair of eyes."""
    again = house().enrol(house().officer.person.name, Role.OFFICER)
    second = PartyRef(again.person.id, again.person.name)
    file = a_dossier(house().officer, a_cosign(again, VISIT), second=second)
    assert _code(verify_dossier, file, house().root) is Code.COSIGN_SELF


# --- what a record may hold ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b'{"schema":"x/1","n":NaN}',
        b'{"schema":"x/1","n":1e400}',
        b'{"schema":"x/1","n":1.0}',
        b'{"schema":"x/1","n":9007199254740993}',
        b'{"n":1,"n":2,"schema":"x/1"}',
        b'{"schema":"x/1", "n":1}',
        b'{"schema":"x/1","n":"\\ud800"}',
        b'{"n":"\\u0041","schema":"x/1"}',
        b"[" * 300_000,
        b'{"a":' * 100_000,
        b"9" * 100_000,
        b"\xef\xbb\xbf{}",
        b'{"schema":"x/1"}\n',
    ],
)
def test_json_that_two_readers_could_read_differently_is_refused(body: bytes) -> None:
    with pytest.raises(Fault) as caught:
        fields.open_record(body, "x/1", 1_000_000, Code.RECORD_UNREADABLE).done()
    assert caught.value.code is Code.RECORD_UNREADABLE


def test_a_condition_stands_in_the_record_that_was_signed() -> None:
    """What is conditional and names none is no decision."""
    file = a_dossier(house().officer)
    made = a_decision(house().manager, file, outcome=Outcome.APPROVE_WITH_CONDITIONS, amount=Decimal(1))
    dossier = verify_dossier(file, house().root)
    assert _code(check_against, verify_decision(made, house().root), dossier) is Code.DECISION_INCOMPLETE
