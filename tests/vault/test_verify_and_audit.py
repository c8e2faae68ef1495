"""The audit log and the check of everything: whatever is done to a vault from outside is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.trust import chain
from officer_app.vault import audit, blobs, cases
from officer_app.vault.store import Vault
from officer_app.vault.verify import verify
from tests.support.vaults import StillClock, a_case, opened

UNGUARD = ("DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete")


def _log(vault: Vault, entries: int = 20) -> None:
    with vault.writing() as tx:
        for number in range(entries):
            audit.append(tx, "answer", "visit-1", {"n": number, "said": "是"})


def _tamper(vault: Vault, *statements: str) -> None:
    with vault.writing() as tx:
        for statement in (*UNGUARD, *statements):
            tx.sql.exec_driver_sql(statement)


def _named(vault: Vault) -> list[tuple[str, str]]:
    return [(problem.kind, problem.where) for problem in verify(vault).problems]


def test_an_entry_tells_who_what_and_when(vault: Vault, clock: StillClock) -> None:
    clock.pass_time(90)
    with vault.writing() as tx:
        event = audit.append(tx, "case.opened", "case-1", {"number": "2026-0001"})
    with vault.reading() as tx:
        assert audit.events(tx, "case-1") == (event,)
        assert audit.head(tx) == (event.number, event.digest)
    assert (event.user, event.at, event.elapsed) == (vault.user.id, clock.moment, 90_000)


def test_a_clock_set_back_shows_beside_the_count(vault: Vault, clock: StillClock) -> None:
    clock.pass_time(100)
    with vault.writing() as tx:
        first = audit.append(tx, "a", "x")
    clock.pass_time(10)
    clock.set_back(86_400)
    with vault.writing() as tx:
        second = audit.append(tx, "b", "x")
    assert second.at < first.at
    assert second.elapsed > first.elapsed


def test_newest_first_in_pages(vault: Vault) -> None:
    _log(vault)
    with vault.reading() as tx:
        page = audit.events(tx, "visit-1", offset=5, limit=3)
        number, _ = audit.head(tx)
    assert [event.number for event in page] == [number - 5, number - 6, number - 7]


@pytest.mark.parametrize("change", ["UPDATE audit_event SET kind = 'x'", "DELETE FROM audit_event WHERE number = 2"])
def test_the_database_itself_refuses_changes(vault: Vault, change: str) -> None:
    _log(vault)
    with pytest.raises(Exception, match="only ever added to"), vault.writing() as tx:
        tx.sql.exec_driver_sql(change)
    with vault.reading() as tx:
        assert audit.first_broken(tx) is None


@pytest.mark.parametrize(
    ("change", "bad"),
    [
        ("UPDATE audit_event SET detail = '{\"n\":999}' WHERE number = 9", 9),
        ("UPDATE audit_event SET at = '2020-01-01T00:00:00.000Z' WHERE number = 9", 9),
        ("UPDATE audit_event SET elapsed = 1 WHERE number = 9", 9),
        ("UPDATE audit_event SET user = 'somebody' WHERE number = 9", 9),
        ("UPDATE audit_event SET subject = 'else' WHERE number = 9", 9),
        ("UPDATE audit_event SET digest = 'ab' WHERE number = 9", 9),
        ("DELETE FROM audit_event WHERE number = 9", 9),
        ("DELETE FROM audit_event WHERE number <= 3", 1),
        ("UPDATE audit_event SET number = number + 100 WHERE number = 9", 9),
    ],
)
def test_a_changed_log_is_named(vault: Vault, change: str, bad: int) -> None:
    _log(vault)
    _tamper(vault, change)
    assert ("AUDIT_CHANGED", str(bad)) in _named(vault)


def test_a_cut_tail_shows_against_the_head_that_head_office_has(vault: Vault) -> None:
    _log(vault)
    with vault.reading() as tx:
        carried = audit.head(tx)
    _tamper(vault, "DELETE FROM audit_event WHERE number > 10")
    with vault.reading() as tx:
        assert audit.first_broken(tx) is None
        assert audit.head(tx) != carried
        assert audit.head(tx)[0] == 10


def test_an_empty_log_has_the_beginning_as_its_head(vault: Vault) -> None:
    _tamper(vault, "DELETE FROM audit_event")
    with vault.reading() as tx:
        assert audit.head(tx) == (0, chain.GENESIS)


def test_a_whole_vault_is_whole(vault: Vault) -> None:
    with vault.writing() as tx:
        cases.add(tx, a_case(vault.user.id))
        blobs.add(tx, b"one")
        blobs.add(tx, b"two")
    heard: list[tuple[int, int]] = []
    report = verify(vault, lambda done, total: heard.append((done, total)))
    assert report.ok
    assert (report.cases, report.blobs) == (1, 2)
    assert heard == [(0, 2), (1, 2), (2, 2)]


def test_every_kind_of_damage_is_named(vault: Vault) -> None:
    with vault.writing() as tx:
        gone, flipped, swapped = (blobs.add(tx, b"picture " * 100 + bytes([n])) for n in range(3))
        cases.add(tx, a_case(vault.user.id))
    vault.layout.blob(gone).unlink()
    box = bytearray(vault.layout.blob(flipped).read_bytes())
    box[50] ^= 1
    vault.layout.blob(flipped).write_bytes(bytes(box))
    _tamper(vault, f"UPDATE blob SET sha256 = 'ab' WHERE id = '{swapped}'", "DROP TABLE receipt")  # noqa: S608  ours
    vault.database.run("PRAGMA foreign_keys = OFF")
    _tamper_plain(
        vault,
        "INSERT INTO visit SELECT id, 'no case', '', '', officer, created, NULL, 'open', "
        "'', '', '', '', '', NULL FROM case_file",
    )
    assert {kind for kind, _ in _named(vault)} == {
        "BLOB_MISSING",
        "BLOB_BROKEN",
        "BLOB_OTHER",
        "TABLE_MISSING",
        "ROW_HANGING",
    }


def _tamper_plain(vault: Vault, statement: str) -> None:
    with vault.writing() as tx:
        tx.sql.exec_driver_sql(statement)


def test_a_page_changed_from_outside_is_named(folder: Path, clock: StillClock) -> None:
    """One flipped bit anywhere in the encrypted file."""
    with opened(folder) as vault:
        _log(vault, 200)
    path = folder / "vault.db"
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 4
    path.write_bytes(bytes(whole))
    try:
        with opened(folder, clock) as vault:
            assert "PAGE_CHANGED" in {kind for kind, _ in _named(vault)}
    except Fault as fault:
        assert fault.code is Code.VAULT_BROKEN  # noqa: PT017  the page was needed to open


def test_stopped_on_request(vault: Vault) -> None:
    with vault.writing() as tx:
        blobs.add(tx, b"one")
    with pytest.raises(Fault) as found:
        verify(vault, cancelled=lambda: True)
    assert found.value.code is Code.CANCELLED
