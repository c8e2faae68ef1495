"""What comes signed with a good key by a changed program: head office believes no more of it than it proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest

from officer_app.base.canonical import decode, digest, encode
from officer_app.dossier.auditlog import AUDIT
from officer_app.dossier.manifest import FACTS, PartyRef, to_bytes
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.dossier.notices import to_bytes as notice_bytes
from officer_app.dossier.records import Outcome
from officer_app.exchange.contents import verify_dossier
from officer_app.exchange.layout import frame_index, index_name
from officer_app.exchange.parcels import Parcel, dossier_parcel, notice_parcel
from officer_app.headoffice.asides import Aside, ask_again
from officer_app.headoffice.enrolling import enrol
from officer_app.headoffice.journal import Said
from officer_app.headoffice.notices import standing_holds
from officer_app.headoffice.sweeping import sweep
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.certificates import Role, read_person
from officer_app.trust.enrolment import Enrolment, request
from officer_app.trust.identities import new_keys
from officer_app.trust.signing import sign
from tests.headoffice.test_head_office import Town, decision_of, dossier_of, founded, join, town
from tests.support.institution import AT, BRANCH, a_decision, a_dossier, a_manifest, dossier_parts, officers_memo

__all__ = ["founded", "town"]

DEEP = b"[" * 200_000


def _unlike(name: str, data: bytes) -> dict[str, bytes]:
    return {name: data}


BROKEN = {
    "a log that is no log": _unlike(AUDIT, b"{}"),
    "a log that is no JSON": _unlike(AUDIT, b"\xff\xfe"),
    "a log without end": _unlike(AUDIT, DEEP),
    "a log that begins beyond every number": _unlike(
        AUDIT,
        encode(
            {"schema": "firsthand/audit/1", "log": "a" * 64, "first": 10**12, "previous": "a" * 64, "entries": []}
        ),
    ),
    "facts that are no JSON": _unlike(FACTS, b"NaN"),
    "facts with a key twice": _unlike(FACTS, b'{"a":"1","a":"2"}'),
    "facts with a huge number": _unlike(FACTS, b"1e400"),
    "facts without end": _unlike(FACTS, DEEP),
    "half a sign": _unlike(FACTS, b'{"a":"\\ud800"}'),
}


def _second(town: Town, name: str = "赵强", role: Role = Role.OFFICER, limit: int = 0) -> Enrolment:
    return join(town.desk, town.clock, name, role, limit)


def _own(who: Enrolment, more: dict[str, bytes] | None = None, **changes: Any) -> Parcel:
    """A dossier of somebody else than the officer of the town, about a case of their own."""
    mark = digest(who.identity.person.key_id.encode())[:32]
    told = {"dossier_id": mark, "case_id": mark, "case_number": "2026-9001"}
    identity = who.identity
    parts = {**dossier_parts(officers_memo(identity)), **(more or {})}
    manifest = a_manifest(identity, parts, **(told | changes))
    data = to_bytes(manifest)
    return dossier_parcel(data, sign(data, identity, manifest.frozen_at), parts)


@pytest.mark.parametrize("what", BROKEN)
def test_one_bad_file_keeps_nobody_elses_from_coming_in(town: Town, what: str) -> None:
    bad = _second(town)
    town.send(_own(bad, BROKEN[what]), bad)
    town.send(dossier_of(town), town.officer)
    done = town.ingest()
    assert (done.dossiers, done.quarantined) == (1, 1)
    assert town.rows("SELECT officer FROM case_file") == [("李明",)]
    assert town.rows("SELECT code FROM quarantine")[0][0] in ("DOSSIER_UNREADABLE", "DOSSIER_UNTRUSTED")
    assert town.ingest().quarantined == 0, "read once"


def test_nobody_writes_over_a_colleagues_case(town: Town) -> None:
    """Every laptop knows the ids of cases: they stand in the lists of photos."""
    bad = _second(town)
    town.send(dossier_of(town), town.officer)
    town.send(decision_of(town), town.manager)
    town.ingest()
    before = town.rows("SELECT * FROM case_file")
    first = digest(dossier_of(town).files["manifest.json"])
    told = {"case_id": "c" * 32, "case_number": "2026-0417", "version": 2, "previous": first, "applicant": "孙七"}
    town.send(_own(bad, **told), bad)
    assert town.ingest().quarantined == 1
    assert town.rows("SELECT * FROM case_file") == before
    assert town.rows("SELECT code FROM quarantine") == [("CASE_OF_ANOTHER",)]


def test_a_refused_case_does_not_come_back_as_its_next_version(town: Town) -> None:
    town.send(dossier_of(town), town.officer)
    refusal = {"outcome": Outcome.REFUSE, "amount": None, "term_months": None}
    town.send(a_decision(town.manager.identity, dossier_of(town), **refusal), town.manager)
    town.ingest()
    first = digest(dossier_of(town).files["manifest.json"])
    again = a_dossier(town.officer.identity, version=2, previous=first, dossier_id="9" * 32)
    town.send(again, town.officer, 2)
    assert town.ingest().quarantined == 1
    assert town.state() == "refused"
    assert town.rows("SELECT code FROM quarantine") == [("CASE_REFUSED_BEFORE",)]


# --- notices -------------------------------------------------------------------------------------------------------


def _notice(town: Town, who: Enrolment, kind: NoticeKind, record_id: str, **changes: Any) -> Parcel:
    person = who.identity.person
    notice = Notice(
        record_id=record_id,
        kind=kind,
        dossier=verify_dossier(dossier_of(town), town.desk.root_pem).digest,
        case_id="c" * 32,
        case_number="2026-0417",
        by=PartyRef(person.id, person.name),
        at=AT,
        words="法院来函",
    )
    data = notice_bytes(replace(notice, **changes))
    return notice_parcel(data, sign(data, who.identity, changes.get("at", AT)))


def _held(town: Town) -> frozenset[str]:
    with Warehouse(town.warehouse) as warehouse, warehouse.transaction() as connection:
        return frozenset(standing_holds(connection))


def test_a_hold_comes_in_though_somebody_took_its_id(town: Town) -> None:
    """The officer sees the manager's hold, and sends a word of his own under the same id, which is read first."""
    town.send(dossier_of(town), town.officer)
    town.send(_notice(town, town.officer, NoticeKind.ANSWER, "a" * 32, about="b" * 32), town.officer, 2)
    town.ingest()
    town.send(_notice(town, town.manager, NoticeKind.HOLD, "a" * 32), town.manager)
    town.ingest()
    assert _held(town) == {"c" * 32}
    assert len(town.rows("SELECT record_id FROM notice")) == 2
    town.ingest()
    assert len(town.rows("SELECT record_id FROM notice")) == 2


def test_a_hold_is_not_lifted_by_a_word_from_the_future(town: Town) -> None:
    bad = _second(town, "钱多", Role.MANAGER, 100)
    town.send(dossier_of(town), town.officer)
    town.send(_notice(town, bad, NoticeKind.HOLD_LIFTED, "b" * 32, at=AT + timedelta(days=900)), bad)
    town.ingest()
    town.clock.forward(days=1)
    town.send(_notice(town, town.manager, NoticeKind.HOLD, "a" * 32, at=town.clock.now()), town.manager)
    town.ingest()
    assert _held(town) == {"c" * 32}


def test_whoever_made_a_file_does_not_lift_its_hold(town: Town) -> None:
    """A manager's own file: the manager may lift holds, but not on it."""
    own = a_dossier(town.manager.identity)
    found = verify_dossier(own, town.desk.root_pem).digest
    other = _second(town, "钱多", Role.MANAGER, 100)
    town.send(own, town.manager)
    town.send(_notice(town, other, NoticeKind.HOLD, "a" * 32, dossier=found), other)
    lifted = _notice(town, town.manager, NoticeKind.HOLD_LIFTED, "b" * 32, dossier=found, at=AT + timedelta(hours=1))
    town.send(lifted, town.manager, 2)
    town.clock.forward(hours=2)
    town.ingest()
    assert _held(town) == {"c" * 32}


def test_the_place_of_a_fault_is_no_word_of_the_sender(town: Town) -> None:
    """A field's own name with a nought in it: PostgreSQL keeps no such text, and each run would end there."""
    told = decode(_notice(town, town.manager, NoticeKind.HOLD, "a" * 32).files["notice.json"])
    assert isinstance(told, dict)
    data = encode({**told, "nought\0": "x"})
    town.send(notice_parcel(data, sign(data, town.manager.identity, AT)), town.manager)
    assert town.ingest().quarantined == 1
    assert town.rows("SELECT code, place FROM quarantine") == [("RECORD_UNREADABLE", "nought")]


# --- decisions -----------------------------------------------------------------------------------------------------


def test_the_later_of_two_decisions_waits_for_the_one_it_replaces(town: Town) -> None:
    """Whoever holds back the first must not have the second refused."""
    other = _second(town, "钱多", Role.MANAGER, 300_000)
    first = decision_of(town)
    later = a_decision(
        other.identity,
        dossier_of(town),
        AT + timedelta(hours=2),
        record_id="f" * 32,
        supersedes="e" * 32,
        outcome=Outcome.REFUSE,
        amount=None,
        term_months=None,
    )
    town.send(dossier_of(town), town.officer)
    town.send(later, other)
    done = town.ingest()
    assert (done.quarantined, done.waiting) == (0, 1)
    town.send(first, town.manager)
    done = town.ingest()
    assert (done.quarantined, done.waiting) == (0, 0)
    assert town.state() == "refused"


def test_asking_again_for_a_decision_that_waited_and_was_refused(town: Town) -> None:
    """It came before its file and was refused with it: asked for again it is refused again, and nothing breaks."""
    over = a_decision(town.manager.identity, dossier_of(town), amount=Decimal(400_000))
    town.send(over, town.manager)
    assert town.ingest().waiting == 1
    town.send(dossier_of(town), town.officer)
    assert town.ingest().quarantined == 1
    device, counter = town.rows("SELECT device, counter FROM quarantine")[0]
    said = Said("陈总", "再看一次")
    aside = Aside(device, counter)
    assert not ask_again(town.desk, town.store, town.warehouse, aside, clock=town.clock, said=said)
    assert town.rows("SELECT code FROM quarantine") == [("ABOVE_LIMIT",)]


def test_what_is_written_over_in_the_store_voids_no_decision(town: Town) -> None:
    """A thief of the store puts something else where the approval lay: it is named, and the approval stands."""
    town.send(dossier_of(town), town.officer)
    town.send(decision_of(town), town.manager)
    town.ingest()
    place = town.folder / "exchange" / index_name(town.manager.identity.person.device, 1)
    place.write_bytes(frame_index(b"sealed for nobody"))
    swept = sweep(town.desk, town.store, town.warehouse, clock=town.clock)
    assert (swept.held, swept.failed) == (1, 1)
    assert town.rows("SELECT code FROM quarantine") == [("DELIVERY_REPLACED",)]
    assert (town.state(), town.rows("SELECT standing FROM decision")) == ("approved", [("accepted",)])


# --- people --------------------------------------------------------------------------------------------------------


def test_nobody_becomes_somebody_else_by_asking_with_their_reading_key(town: Town) -> None:
    """A request proves the signing key alone; whose reading key it names is in everybody's certificate."""
    victim, keys = town.manager.identity.person, new_keys()
    with mock.patch("officer_app.trust.enrolment.public_of", return_value=victim.reader):
        asked = request(keys, name="新来", branch=BRANCH, role=Role.OFFICER)
    enrol(town.desk, asked, role=Role.OFFICER, branch=BRANCH, approval_limit=Decimal(0), clock=town.clock)
    people = [read_person(pem) for pem in town.desk.roster.certificates]
    (new,) = [one for one in people if one.key_id == keys.key_id]
    assert new.id != victim.id
