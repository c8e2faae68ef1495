"""Who may do what is head office's word in a certificate, and nothing else's."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.canonical import decode, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import UserId
from officer_app.trust.certificates import Claims, Role, fingerprint, issue, read_person, usable_name, verify_chain
from officer_app.trust.enrolment import Offer, accept, answer, offer, read_request, request
from officer_app.trust.identities import Keys, new_keys
from officer_app.trust.roster import Roster, encode_roster, readers_for_dossier
from officer_app.trust.sealing import public_of
from officer_app.trust.signing import sign
from tests.support.institution import AT, BANK, BRANCH, house, new_house


def refusal(code: Code, *arguments: object, call: object, **named: object) -> Fault:
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)  # type: ignore[operator]
    assert caught.value.code is code
    return caught.value


def test_a_certificate_tells_who_may_do_what() -> None:
    person = verify_chain(house().manager.certificate, house().root, AT)
    assert (person.name, person.role, person.branch, person.institution) == ("王芳", Role.MANAGER, BRANCH, BANK)
    assert person.approval_limit == Decimal(300000)
    assert person.reader == public_of(house().manager.keys.reader)
    assert person.device == person.key_id[:16]


def test_another_institutions_certificate_is_foreign_even_under_our_name() -> None:
    other = new_house()
    refusal(Code.CERTIFICATE_FOREIGN, other.officer.certificate, house().root, AT, call=verify_chain)


def test_a_person_cannot_issue_certificates() -> None:
    manager = house().manager
    forged = issue(
        manager.keys.private(),
        manager.certificate,
        new_keys().private().public_key(),
        "假经理",
        Claims("f" * 32, Role.MANAGER, BRANCH, Decimal(10**9), manager.person.reader),
        AT,
    )
    refusal(Code.CERTIFICATE_FOREIGN, forged, house().root, AT, call=verify_chain)
    refusal(Code.CERTIFICATE_FOREIGN, forged, manager.certificate, AT, call=verify_chain)


def test_the_root_itself_is_nobody() -> None:
    refusal(Code.CERTIFICATE_FOREIGN, house().root, house().root, AT, call=verify_chain)


@pytest.mark.parametrize("days", [-2, 3 * 365 + 1])
def test_a_certificate_holds_in_its_time_alone(days: int) -> None:
    at = AT + timedelta(days=days)
    refusal(Code.CERTIFICATE_EXPIRED, house().officer.certificate, house().root, at, call=verify_chain)


def test_a_revoked_key_is_refused_whatever_time_is_claimed() -> None:
    person = house().officer.person
    revoked = {person.key_id: AT + timedelta(days=5)}
    refusal(Code.CERTIFICATE_REVOKED, house().officer.certificate, house().root, AT, revoked, call=verify_chain)


def test_every_changed_byte_of_a_certificate_is_refused() -> None:
    pem = house().officer.certificate
    for place in range(len(pem)):
        for bit in (0, 3, 6):
            changed = bytearray(pem)
            changed[place] ^= 1 << bit
            with pytest.raises(Fault):
                verify_chain(bytes(changed), house().root, AT)


@given(st.binary(max_size=2000))
def test_no_bytes_are_a_certificate_by_chance(data: bytes) -> None:
    refusal(Code.CERTIFICATE_UNREADABLE, data, call=read_person)


@pytest.mark.parametrize("name", ["", " 李明", "李\n明", "a" * 65, "李\u2029明", "李\x00明"])
def test_names_with_hidden_signs_are_refused(name: str) -> None:
    refusal(Code.NAME_UNUSABLE, name, call=usable_name)


def test_rare_names_are_kept_whole() -> None:
    keys = new_keys()
    assert read_request(request(keys, name="𠮷野·买买提 O'Neil", branch=BRANCH, role=Role.OFFICER)).name


def test_openssl_reads_the_request_and_the_chain(tmp_path: Path, openssl: str) -> None:
    keys = new_keys()
    (tmp_path / "request.pem").write_bytes(request(keys, name="李明", branch=BRANCH, role=Role.OFFICER))
    (tmp_path / "root.pem").write_bytes(house().root)
    (tmp_path / "officer.pem").write_bytes(house().officer.certificate)
    asked = subprocess.run([openssl, "req", "-verify", "-noout", "-in", tmp_path / "request.pem"], check=False)
    command = [openssl, "verify", "-attime", str(int(AT.timestamp())), "-CAfile", tmp_path / "root.pem"]
    chain = subprocess.run([*command, tmp_path / "officer.pem"], check=False)
    assert (asked.returncode, chain.returncode) == (0, 0)


def test_a_changed_request_is_refused() -> None:
    data = request(new_keys(), name="李明", branch=BRANCH, role=Role.OFFICER)
    for place in range(30, len(data) - 30, 7):
        changed = bytearray(data)
        changed[place] ^= 1
        refusal(Code.REQUEST_UNREADABLE, bytes(changed), call=read_request)


def _answer_for(keys: Keys) -> bytes:
    identity = house().enrol("新人", Role.OFFICER, keys=keys)
    roster = encode_roster(Roster(1, AT, (identity.certificate,), {}))
    return answer(identity.certificate, house().root, roster, sign(roster, house().head_office, AT))


def test_an_answer_makes_an_identity_and_fits_no_other_keys() -> None:
    keys = new_keys()
    taken = accept(_answer_for(keys), keys, AT)
    assert taken.identity.person.name == "新人"
    assert taken.institution == BANK
    assert fingerprint(taken.identity.root) == fingerprint(house().root)
    refusal(Code.ANSWER_FOR_OTHER_KEYS, _answer_for(keys), new_keys(), AT, call=accept)
    mixed = Keys(keys.signing, new_keys().reader)
    refusal(Code.ANSWER_FOR_OTHER_KEYS, _answer_for(keys), mixed, AT, call=accept)


PLACE = "davs://dav.example.org/exchange"


def _offering(keys: Keys, offered: Offer) -> bytes:
    identity = house().enrol("新人", Role.OFFICER, keys=keys)
    roster = encode_roster(Roster(1, AT, (identity.certificate,), {}))
    signature = sign(roster, house().head_office, AT)
    return answer(identity.certificate, house().root, roster, signature, offered)


def test_an_answer_may_tell_where_to_exchange_and_head_office_alone_says_so() -> None:
    keys = new_keys()
    true = offer(PLACE, house().head_office, AT)
    assert accept(_offering(keys, true), keys, AT).store == PLACE
    assert accept(_answer_for(keys), keys, AT).store == ""
    elsewhere = replace(true, store="davs://dav.example.com/exchange")
    refusal(Code.SIGNATURE_OTHER_DATA, _offering(keys, elsewhere), keys, AT, call=accept)
    officers = offer(PLACE, house().officer, AT)
    refusal(Code.SIGNER_NOT_ENTITLED, _offering(keys, officers), keys, AT, call=accept)
    strangers = offer(PLACE, new_house().head_office, AT)
    refusal(Code.CERTIFICATE_FOREIGN, _offering(keys, strangers), keys, AT, call=accept)
    refusal(Code.SIGNATURE_BROKEN, _offering(keys, replace(true, signature=b"")), keys, AT, call=accept)


def test_an_address_without_its_signature_is_no_answer() -> None:
    keys = new_keys()
    told = decode(_offering(keys, offer(PLACE, house().head_office, AT)))
    assert isinstance(told, dict)
    for part in ("store", "store_signature"):
        less = encode({key: value for key, value in told.items() if key != part})
        refusal(Code.ANSWER_UNREADABLE, less, keys, AT, call=accept)
    refusal(Code.ANSWER_UNREADABLE, encode({**told, "more": "x"}), keys, AT, call=accept)
    refusal(Code.ANSWER_UNREADABLE, encode({**told, "store_signature": "?"}), keys, AT, call=accept)


@given(st.text(max_size=80), st.binary(max_size=80))
def test_no_words_are_an_offer_by_chance(store: str, signature: bytes) -> None:
    keys = house().officer.keys
    told = _offering(keys, Offer(store, signature))
    refusal(Code.SIGNATURE_BROKEN, told, keys, AT, call=accept)


@given(st.binary(max_size=500))
def test_no_bytes_are_an_answer_by_chance(data: bytes) -> None:
    refusal(Code.ANSWER_UNREADABLE, data, house().officer.keys, AT, call=accept)


def test_keys_come_back_as_they_were_and_show_nothing() -> None:
    keys = new_keys()
    assert Keys.from_bytes(keys.to_bytes()) == keys
    assert keys.reader not in repr(keys)
    refusal(Code.ANSWER_FOR_OTHER_KEYS, b"{}", call=Keys.from_bytes)


def test_the_roster_tells_readers_and_leaves_out_who_left() -> None:
    at_home, leaver = house(), house().enrol("离职", Role.MANAGER, "1000")
    pems = (
        at_home.officer.certificate,
        at_home.manager.certificate,
        leaver.certificate,
        at_home.head_office.certificate,
    )
    roster = Roster(3, AT, pems, {leaver.person.key_id: AT})
    expected = {at_home.manager.person.reader, at_home.head_office.person.reader}
    assert set(readers_for_dossier(roster, at_home.root, BRANCH, AT)) == expected
    assert readers_for_dossier(roster, at_home.root, "别处", AT) == (at_home.head_office.person.reader,)
    assert roster.person(at_home.root, AT, at_home.officer.person.id) == at_home.officer.person
    assert roster.person(at_home.root, AT, UserId("0" * 32)) is None


def test_a_certificate_that_is_not_ours_does_not_pass_in_a_roster() -> None:
    roster = Roster(1, AT, (new_house().officer.certificate,), {})
    refusal(Code.CERTIFICATE_FOREIGN, house().root, AT, call=roster.people)
