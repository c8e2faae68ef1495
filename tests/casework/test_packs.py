"""Packs down: from their first day, never back, unsigned never; a draft keeps the checklist it began with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.paths import forms_folder
from officer_app.casework import delivery, packs, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.dossier.officerecords import PackNote, pack_to_bytes, parse_pack
from officer_app.dossier.records import PackKind
from officer_app.exchange.contents import verify_pack
from officer_app.exchange.parcels import pack_parcel
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.publishing import keep_pack, publish
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.trust.signing import sign
from officer_app.vault import packs as kept
from tests.support.demo import BEGIN, HandClock, desk_of

TOMORROW = date(2026, 10, 9)


def _newer_form(body: bytes) -> bytes:
    """The same checklist under another title: enough to be another version."""
    text = body.decode()
    assert "<h:title>" in text
    return text.replace("<h:title>", "<h:title>新", 1).encode()


def test_a_pack_waits_for_its_day_and_a_draft_keeps_its_form(demo: Demo, clock: HandClock) -> None:
    office = open_desk(demo.head_office, PASSPHRASE)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        first = packs.newest(officer, packs.FORM, packs.BUSINESS_VISIT)
        begun = visits.begin_visit(officer, open_case(officer, NewCase("甲")).id)
        publish(
            office,
            demo.store,
            kind=PackKind.FORM,
            name=packs.BUSINESS_VISIT,
            content=_newer_form(first.body),
            clock=clock,
            effective_from=TOMORROW,
        )
        assert delivery.sync(officer, demo.store).packs >= 1
        assert packs.newest(officer, packs.FORM, packs.BUSINESS_VISIT).digest == first.digest
        clock.move(days=1)
        newer = packs.newest(officer, packs.FORM, packs.BUSINESS_VISIT)
        assert (newer.version, newer.effective) == (first.version + 1, "2026-10-09")
        assert visits.resume_visit(officer, begun.record.id).record.form_pack == first.id
        fresh = visits.begin_visit(officer, open_case(officer, NewCase("乙")).id)
        assert fresh.record.form_pack == newer.id


def test_a_downgrade_is_refused_whatever_its_date(demo: Demo, clock: HandClock) -> None:
    """A lower number with a newer date, the same number with another content, another kind's signature."""
    office = open_desk(demo.head_office, PASSPHRASE)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        here = packs.newest(officer, packs.FORM, packs.BUSINESS_VISIT)
        with officer.vault.writing() as tx:
            packs.add(tx, packs.FORM, packs.BUSINESS_VISIT, 7, here.body + b"\n", effective=TOMORROW)
        for version, code in ((3, Code.PACK_OLDER), (7, Code.RECORD_EXISTS)):
            with pytest.raises(Fault) as refused, officer.vault.writing() as tx:
                packs.add(tx, packs.FORM, packs.BUSINESS_VISIT, version, here.body + b" ", effective=date(2027, 1, 1))
            assert refused.value.code is code
        assert officer.identity is not None
        note = pack_to_bytes(PackNote(PackKind.FORM, "x", 9, digest(b"y"), clock.now(), TOMORROW))
        forged = pack_parcel(note, sign(note, officer.identity, clock.now()), b"y")
        with pytest.raises(Fault) as refused:
            verify_pack(forged, office.root_pem)
        assert refused.value.code is Code.SIGNER_NOT_ENTITLED


def test_both_forms_of_a_note_are_read() -> None:
    plain = PackNote(PackKind.POLICY, "default", 2, "a" * 64, BEGIN)
    assert b'"firsthand/pack/1"' in pack_to_bytes(plain)
    assert parse_pack(pack_to_bytes(plain)) == plain
    dated = PackNote(PackKind.POLICY, "default", 3, "a" * 64, BEGIN, TOMORROW)
    assert b'"firsthand/pack/2"' in pack_to_bytes(dated)
    assert parse_pack(pack_to_bytes(dated)) == dated


def test_the_same_content_from_another_day_is_another_version(demo: Demo, clock: HandClock) -> None:
    office = open_desk(demo.head_office, PASSPHRASE)
    norms = Path(forms_folder() / "policy.toml").read_bytes()
    first = keep_pack(office, PackKind.NORMS, "norms", norms, clock.now())
    assert keep_pack(office, PackKind.NORMS, "norms", norms, clock.now()) == first
    assert keep_pack(office, PackKind.NORMS, "norms", norms, clock.now(), TOMORROW) == first + 1


def test_nothing_in_force_yet_means_the_oldest(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        with officer.vault.writing() as tx:
            packs.add(tx, packs.NORMS, "later", 1, b"a", effective=date(2027, 1, 1))
            packs.add(tx, packs.NORMS, "later", 2, b"b", effective=date(2027, 2, 1))
        with officer.vault.reading() as tx:
            days = (date(2026, 12, 1), date(2027, 1, 15), date(2027, 3, 1))
            found = [kept.in_force(tx, packs.NORMS, "later", day) for day in days]
        assert [one.version for one in found if one is not None] == [1, 1, 2]
