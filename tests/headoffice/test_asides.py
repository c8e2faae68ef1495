"""What was put aside at head office: again, to support, or given up; and the journal of the desk."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.qr import series_of
from officer_app.dossier.records import PackKind
from officer_app.exchange.addresses import Credentials, read_address
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.layout import index_name
from officer_app.headoffice import asides, enrolling, publishing
from officer_app.headoffice.asides import Aside
from officer_app.headoffice.journal import JOURNAL, Act, Said, journal, note
from officer_app.headoffice.stores import credentials, forget_store, keep_store, known_stores
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import accept, request
from officer_app.trust.identities import new_keys
from tests.headoffice.test_head_office import Town, dossier_of, founded, town
from tests.support.institution import BRANCH, a_decision

__all__ = ["founded", "town"]
SAID = Said("陈总", "补齐后再收")


def _refused(town: Town) -> Aside:
    """A dossier of an officer whose key head office has withdrawn by mistake."""
    enrolling.revoke(town.desk, town.officer.identity.person.key_id, clock=town.clock)
    town.send(dossier_of(town), town.officer)
    assert town.ingest().quarantined == 1
    device, counter = town.rows("SELECT device, counter FROM quarantine")[0]
    return Aside(device, counter)


def _again(town: Town, aside: Aside) -> bool:
    return asides.ask_again(town.desk, town.store, town.warehouse, aside, clock=town.clock, said=SAID)


def test_what_does_not_hold_stays_aside(town: Town) -> None:
    aside = _refused(town)
    assert not _again(town, aside)
    assert town.rows("SELECT device, counter, code FROM quarantine") == [
        (aside.device, aside.counter, "CERTIFICATE_REVOKED")
    ]
    assert (journal(town.desk.folder)[0].act, journal(town.desk.folder)[0].detail) == ("asked_again", "")


def test_what_holds_by_now_is_taken_in_once(town: Town) -> None:
    aside = _refused(town)
    town.desk.roster = type(town.desk.roster)(9, town.clock.now(), town.desk.roster.certificates, {})
    before = town.rows("SELECT next, gaps FROM device_cursor")
    assert _again(town, aside)
    assert town.rows("SELECT * FROM quarantine") == []
    assert town.rows("SELECT next, gaps FROM device_cursor") == before
    assert town.state() == "submitted"
    with pytest.raises(Fault) as refused:
        _again(town, aside)
    assert refused.value.code is Code.ASIDE_GONE
    assert (journal(town.desk.folder)[0].by, journal(town.desk.folder)[0].detail) == ("陈总", "held")


def test_a_refused_decision_is_judged_again_and_stays_refused(town: Town) -> None:
    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.ingest()
    town.send(a_decision(town.manager.identity, dossier, amount=Decimal(300_001)), town.manager)
    town.ingest()
    device, counter = town.rows("SELECT device, counter FROM quarantine")[0]
    assert not _again(town, Aside(device, counter))
    assert town.rows("SELECT standing, refused_for FROM decision") == [("refused", "ABOVE_LIMIT")]
    assert town.rows("SELECT count(*) FROM quarantine") == [(1,)]
    files = asides.export_aside(town.warehouse, Aside(device, counter), town.folder)
    assert [file.suffix for file in files] == [".json"], "a record that was opened stays at head office"


def test_a_store_that_no_longer_has_it_says_so_and_nothing_is_lost(town: Town) -> None:
    aside = _refused(town)
    shutil.rmtree(Path(town.store) / "i" / aside.device)
    with pytest.raises(Fault) as refused:
        _again(town, aside)
    assert refused.value.code is Code.ASIDE_AWAY
    assert town.rows("SELECT count(*) FROM quarantine") == [(1,)]


def test_support_gets_the_reason_and_the_sealed_index(town: Town, tmp_path: Path) -> None:
    aside = _refused(town)
    out = tmp_path / "support"
    out.mkdir()
    why, index = asides.export_aside(town.warehouse, aside, out)
    told = json.loads(why.read_bytes())
    assert (told["code"], told["counter"]) == ("CERTIFICATE_REVOKED", aside.counter)
    store = FolderStore(Path(town.store))
    assert index.read_bytes() == store.get(index_name(aside.device, aside.counter))
    assert "张桂芬".encode() not in why.read_bytes()


def test_giving_up_needs_a_reason_and_is_noted(town: Town) -> None:
    aside = _refused(town)
    with pytest.raises(Fault) as refused:
        asides.give_up(town.desk, town.warehouse, aside, clock=town.clock, said=Said("陈总", "  "))
    assert refused.value.code is Code.WHY_MISSING
    assert town.rows("SELECT count(*) FROM quarantine") == [(1,)]
    asides.give_up(town.desk, town.warehouse, aside, clock=town.clock, said=Said("陈总", "人已离职，重报"))
    assert town.rows("SELECT count(*) FROM quarantine") == [(0,)]
    last = journal(town.desk.folder)[0]
    assert (last.act, last.why, last.detail) == ("given_up", "人已离职，重报", "CERTIFICATE_REVOKED")
    assert town.ingest().quarantined == 0, "it is not asked for again"


def test_the_journal_tells_of_people_packs_and_stores(town: Town) -> None:
    key = town.manager.identity.person.key_id
    enrolling.renew(town.desk, clock=town.clock, key_id=key, said=SAID)
    publishing.keep_pack(town.desk, PackKind.POLICY, "default", b"x = 1\n", town.clock.now(), None, SAID)
    told = Credentials("office", "geheim", "a key", "a host's key", "an authority")
    address = keep_store(town.desk, "sftp://office@host.example/x", told, clock=town.clock, said=SAID)
    assert [one.address for one in known_stores(town.desk)] == [address]
    assert b"geheim" not in b"".join(path.read_bytes() for path in town.desk.folder.rglob("*") if path.is_file())
    assert credentials(town.desk, read_address(address)) == told, "nothing of it is lost"
    forget_store(town.desk, address, clock=town.clock, said=SAID)
    assert known_stores(town.desk) == ()
    noted = [(one.act, one.by) for one in journal(town.desk.folder)[:4]]
    assert noted == [(act, "陈总") for act in ("store_forgotten", "store_kept", "published", "renewed")]


def test_a_journal_that_was_changed_or_cut_in_the_middle_is_seen(town: Town) -> None:
    path = town.desk.folder / JOURNAL
    for about in ("甲", "乙", "丙"):
        note(town.desk.folder, Act.REVOKED, about, SAID, town.clock.now())
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for broken in (whole.replace("乙".encode(), "丁".encode()), b"".join(lines[:-2] + lines[-1:]), b"[]\n"):
        path.write_bytes(broken)
        with pytest.raises(Fault) as refused:
            journal(town.desk.folder)
        assert refused.value.code is Code.DESK_BROKEN


def test_half_a_line_of_a_kill_is_no_line(town: Town) -> None:
    path = town.desk.folder / JOURNAL
    note(town.desk.folder, Act.REVOKED, "甲", SAID, town.clock.now())
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"digest": "ab')
    assert journal(town.desk.folder)[0].about == "甲"
    note(town.desk.folder, Act.REVOKED, "乙", SAID, town.clock.now())
    assert [one.about for one in journal(town.desk.folder)[:2]] == ["乙", "甲"]


def test_an_answer_for_a_screen_holds_the_few_that_are_needed(town: Town) -> None:
    for number in range(6):
        asked = request(new_keys(), name=f"别人{number}", branch="别处", role=Role.MANAGER)
        enrolling.enrol(
            town.desk, asked, role=Role.MANAGER, branch="别处", approval_limit=Decimal(1), clock=town.clock
        )
    keys = new_keys()
    asked = request(keys, name="李新", branch=BRANCH, role=Role.OFFICER)
    whole = enrolling.enrol(
        town.desk,
        asked,
        role=Role.OFFICER,
        branch=BRANCH,
        approval_limit=Decimal(0),
        clock=town.clock,
        store="s3://s3.example.org/branch",
    )
    small = enrolling.for_screen(town.desk, whole, town.clock)
    taken = accept(small, keys, town.clock.now())
    assert taken.store == "s3://s3.example.org/branch"
    assert taken.roster.version == town.desk.roster.version - 1, (
        "the whole one takes its place with the first exchange"
    )
    here = {one.name for one in taken.roster.people(town.desk.root_pem, town.clock.now())}
    assert {"李新", "王芳"} <= here
    assert not any(name.startswith("别人") for name in here)
    assert len(series_of(small)) <= 12
    assert len(small) < len(whole) * 3 // 5
