"""People over the years: renewed, promoted, gone with a date, back with a new key; laptops follow the roster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import correspondence, delivery, review
from officer_app.headoffice import enrolling
from officer_app.headoffice.desk import Desk, open_desk
from officer_app.headoffice.founding import found
from officer_app.headoffice.overview import Standing, people
from officer_app.headoffice.publishing import send_waiting
from officer_app.training.institution import PASSPHRASE
from officer_app.trust import signing
from officer_app.trust.certificates import Person, Role, fingerprint, read_person
from officer_app.trust.enrolment import accept, request
from officer_app.trust.identities import Identity, Keys, new_keys
from tests.support.demo import HandClock, desk_of, founded
from tests.support.files import hand_over
from tests.support.institution import AT, BRANCH, FixedClock

YEAR = timedelta(days=365)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(AT)


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Desk:
    return found(
        tmp_path / "office", "安信村镇银行", "correct horse battery", clock=clock, policy=b"v = 1\n", forms={}
    )


def _enrol(
    office: Desk, clock: FixedClock, name: str, role: Role, limit: int = 0, **more: str
) -> tuple[Keys, Identity]:
    keys = new_keys()
    asked = request(keys, name=name, branch=BRANCH, role=role)
    told = enrolling.enrol(
        office, asked, role=role, branch=BRANCH, approval_limit=Decimal(limit), clock=clock, **more
    )
    return keys, accept(told, keys, clock.now()).identity


def _holding(office: Desk, clock: FixedClock) -> dict[str, Person]:
    return {one.name: one for one in office.roster.people(office.root_pem, clock.now())}


def test_every_role_is_enrolled_and_only_those_who_approve_have_a_limit(office: Desk, clock: FixedClock) -> None:
    for role in Role:
        _keys, identity = _enrol(office, clock, f"某{role.value}", role)
        assert identity.person.role is role
    for role in set(Role) - enrolling.APPROVERS:
        with pytest.raises(Fault) as refused:
            _enrol(office, clock, "某人", role, 1)
        assert refused.value.code is Code.LIMIT_UNFIT


def test_what_ends_soon_is_renewed_for_the_same_person_and_key(office: Desk, clock: FixedClock) -> None:
    keys, first = _enrol(office, clock, "王芳", Role.MANAGER, 300_000)
    assert enrolling.renew(office, clock=clock) == ()
    clock.at += 3 * YEAR - timedelta(days=60)
    renewed = {one.name: one for one in enrolling.renew(office, clock=clock)}
    assert renewed["王芳"].id == first.person.id
    assert renewed["王芳"].valid_to > first.person.valid_to + 2 * YEAR
    assert (renewed["王芳"].key_id, renewed["王芳"].approval_limit) == (keys.key_id, Decimal(300_000))
    clock.at += timedelta(days=90)
    assert _holding(office, clock)["王芳"].valid_to == renewed["王芳"].valid_to
    assert open_desk(office.folder, "correct horse battery").roster == office.roster


def test_asking_again_with_a_known_key_makes_no_second_person(office: Desk, clock: FixedClock) -> None:
    keys, first = _enrol(office, clock, "王芳", Role.MANAGER, 300_000)
    clock.at += YEAR
    asked = request(keys, name="王芳", branch="城西支行", role=Role.MANAGER)
    told = enrolling.enrol(
        office, asked, role=Role.MANAGER, branch="城西支行", approval_limit=Decimal(300_000), clock=clock
    )
    assert accept(told, keys, clock.now()).identity.person.id == first.person.id


def test_a_lowered_limit_counts_at_once_and_the_old_certificate_no_longer(office: Desk, clock: FixedClock) -> None:
    keys, first = _enrol(office, clock, "王芳", Role.MANAGER, 300_000)
    clock.at += timedelta(days=10)
    changed = enrolling.change(
        office, keys.key_id, clock=clock, role=Role.MANAGER, branch=BRANCH, approval_limit=Decimal(50_000)
    )
    assert changed.approval_limit == Decimal(50_000)
    assert _holding(office, clock)["王芳"].approval_limit == Decimal(50_000)
    newest = office.roster.newest_of(keys.key_id)
    assert newest is not None
    withdrawn = office.roster.withdrawn(clock.now())
    assert fingerprint(first.certificate) in withdrawn
    signed = signing.sign(b"yes", Identity(keys, newest, office.root_pem), clock.now())
    assert signing.verify(b"yes", signed, office.root_pem, withdrawn).person.approval_limit == Decimal(50_000)
    backdated = signing.sign(b"yes", first, clock.now() - timedelta(days=5))
    with pytest.raises(Fault) as refused:
        signing.verify(b"yes", backdated, office.root_pem, withdrawn)
    assert refused.value.code is Code.CERTIFICATE_REVOKED


def test_what_was_signed_before_a_branch_was_merged_or_a_limit_raised_still_comes_in(
    office: Desk, clock: FixedClock
) -> None:
    """Until something is taken away: then every certificate that allowed more goes, not the newest alone."""
    keys, first = _enrol(office, clock, "王芳", Role.MANAGER, 300_000)
    clock.at += timedelta(days=10)
    on_its_way = signing.sign(b"yes", first, clock.now())
    for branch, limit in (("城北网点", 300_000), ("城北网点", 500_000)):
        enrolling.change(
            office, keys.key_id, clock=clock, role=Role.MANAGER, branch=branch, approval_limit=Decimal(limit)
        )
        withdrawn = office.roster.withdrawn(clock.now())
        assert signing.verify(b"yes", on_its_way, office.root_pem, withdrawn).person.approval_limit == 300_000
        held = _holding(office, clock)["王芳"]
        assert (held.branch, held.approval_limit) == (branch, limit)
    enrolling.change(
        office, keys.key_id, clock=clock, role=Role.MANAGER, branch=BRANCH, approval_limit=Decimal(400_000)
    )
    withdrawn = office.roster.withdrawn(clock.now())
    assert signing.verify(b"yes", on_its_way, office.root_pem, withdrawn)
    enrolling.change(office, keys.key_id, clock=clock, role=Role.OFFICER, branch=BRANCH, approval_limit=Decimal(0))
    with pytest.raises(Fault) as refused:
        signing.verify(b"yes", on_its_way, office.root_pem, office.roster.withdrawn(clock.now()))
    assert refused.value.code is Code.CERTIFICATE_REVOKED


def test_a_key_goes_on_its_last_day_and_no_day_is_moved_back(office: Desk, clock: FixedClock) -> None:
    keys, identity = _enrol(office, clock, "李明", Role.OFFICER)
    last = clock.now() + timedelta(days=30)
    assert enrolling.revoke(office, keys.key_id, clock=clock, since=last) == last
    assert "李明" in _holding(office, clock)
    assert {one.person.name: one.standing for one in people(office, clock.now())}["李明"] is Standing.LEAVING
    assert enrolling.revoke(office, keys.key_id, clock=clock, since=last + YEAR) == last
    signed = signing.sign(b"memo", identity, clock.now())
    assert signing.verify(b"memo", signed, office.root_pem, office.roster.withdrawn(clock.now()))
    clock.at = last
    assert "李明" not in _holding(office, clock)
    assert {one.person.name: one.standing for one in people(office, clock.now())}["李明"] is Standing.REVOKED
    with pytest.raises(Fault) as refused:
        signing.verify(b"memo", signed, office.root_pem, office.roster.withdrawn(clock.now()))
    assert refused.value.code is Code.CERTIFICATE_REVOKED
    with pytest.raises(Fault) as refused:
        enrolling.revoke(office, "0" * 64, clock=clock)
    assert refused.value.code is Code.PERSON_UNKNOWN


def test_who_lost_the_passphrase_is_the_same_person_with_a_new_key(office: Desk, clock: FixedClock) -> None:
    """The branch's recovery code opens the vault, not the keys: they are made anew and take the old ones' place."""
    keys, first = _enrol(office, clock, "李明", Role.OFFICER)
    again, second = _enrol(office, clock, "李明", Role.OFFICER, replaces=keys.key_id)
    assert second.person.id == first.person.id
    assert again.key_id != keys.key_id
    assert set(office.roster.withdrawn(clock.now())) == {keys.key_id}
    assert _holding(office, clock)["李明"].key_id == again.key_id


# --- on the laptops ------------------------------------------------------------------------------------------------


@pytest.fixture
def hand_clock() -> Iterator[HandClock]:
    return HandClock()


def test_laptops_take_the_new_limit_from_the_roster_and_a_leavers_file_stays(
    tmp_path: Path, hand_clock: HandClock
) -> None:
    """No file is carried: the manager's own certificate changes with the exchange. The officer's key goes, the file
    that came before stays readable and decidable, and what the officer sends afterwards is refused."""
    demo = founded(tmp_path, hand_clock)
    hand_over(demo, hand_clock, "salon")
    office = open_desk(demo.head_office, PASSPHRASE)
    by_role = {person.role: person for person in map(read_person, office.roster.certificates)}
    manager_key, officer_key = by_role[Role.MANAGER].key_id, by_role[Role.OFFICER].key_id
    branch = by_role[Role.MANAGER].branch
    hand_clock.move(days=1)
    enrolling.change(
        office,
        manager_key,
        clock=hand_clock,
        role=Role.MANAGER,
        branch=branch,
        approval_limit=Decimal(30_000),
    )
    enrolling.revoke(office, officer_key, clock=hand_clock)
    send_waiting(office, demo.store, clock=hand_clock)
    with desk_of(demo, Role.MANAGER, hand_clock) as manager:
        delivery.sync(manager, demo.store)
        assert manager.identity is not None
        assert manager.identity.person.approval_limit == Decimal(30_000)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        assert view.manifest.officer.name == by_role[Role.OFFICER].name
    with desk_of(demo, Role.OFFICER, hand_clock) as officer:
        correspondence.withdraw_case(officer, view.record.case, "日期往前填")
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, hand_clock) as manager:
        got = delivery.sync(manager, demo.store)
        assert [fault.code for fault in got.quarantined] == [Code.CERTIFICATE_REVOKED]
        assert len(review.queue(manager)) == 1
