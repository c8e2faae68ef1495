"""Two laptops and no store: what is lent reaches the other once, nothing counts as sent, strangers bring nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import delivery, handover
from officer_app.casework.desk import seat
from officer_app.exchange import remote
from officer_app.exchange.layout import index_name, object_name
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import cases
from officer_app.vault import delivery as kept_delivery
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.records import Delivery
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock, desk_of
from tests.support.lending import lent
from tests.support.stages import Stage


@pytest.fixture
def stage(submitted_once: Stage, tmp_path: Path) -> Stage:
    """A case handed over that no store has seen."""
    return submitted_once.copy(tmp_path / "demo")


def test_a_case_reaches_the_manager_and_still_waits_for_the_store(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        folder = handover.offer(officer)
        with officer.vault.reading() as tx:
            waiting = {part.name for one in kept_delivery.unsent(tx) for part in one.objects}
        offered = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert waiting <= offered
        assert folder.stat().st_mode & 0o077 == 0, "only its owner reads it"
        with lent(folder) as address, desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
            store = delivery.last_store(manager)
            got = delivery.sync(manager, address)
            assert (got.dossiers, got.sent, got.quarantined) == (1, 0, [])
            assert delivery.last_store(manager) == store != address, "a laptop is no store to go to again"
            assert delivery.sync(manager, address).dossiers == 0
        done = handover.take(officer, folder)
        assert (done.quarantined, done.sent) == ([], 0)
        assert not folder.exists()
        with officer.vault.reading() as tx:
            assert cases.get(tx, stage.case).delivery is Delivery.QUEUED
        assert delivery.sync(officer, stage.demo.store).sent == 1


def test_the_guest_may_give_as_well(stage: Stage) -> None:
    """The manager lends, the officer exchanges: the case comes in when the lender takes what was left."""
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        folder = handover.offer(manager)
        with lent(folder) as address, desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
            assert delivery.sync(officer, address).objects > 1
        assert handover.take(manager, folder).dossiers == 1
        assert handover.take(manager, handover.offer(manager)).dossiers == 0


def test_a_line_that_ends_early_leaves_nothing_half(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lender closes the lid while the guest fetches; the next time it is there, once."""
    monkeypatch.setattr(remote, "PAUSES", ())
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        folder = handover.offer(officer)
        with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
            with lent(folder) as address:
                pass
            with pytest.raises(Fault) as caught:
                delivery.sync(manager, address)
            assert caught.value.code is Code.STORE_UNREACHED
            again = handover.offer(officer)
            assert again == folder, "what an earlier time left is laid out anew"
            with lent(again) as address:
                assert delivery.sync(manager, address).dossiers == 1


def test_what_a_stranger_left_in_the_folder_is_put_aside(stage: Stage) -> None:
    """Noise under good names, a link and other files: no value of them comes in, the rest does."""
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        folder = handover.offer(officer)
        noise = os.urandom(500)
        for name in (object_name(noise), index_name("ab" * 8, 1)):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(noise)
        (folder / "autorun.inf").write_text("x")
        (folder / "i" / "secret").symlink_to("/etc/passwd")
        done = handover.take(officer, folder)
        assert (done.dossiers, done.decisions, done.packs, done.gaps) == (0, 0, 0, 1)
        assert not folder.exists()
        assert Path("/etc/passwd").exists()


def test_a_folder_that_is_gone_is_told(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        folder = handover.offer(officer)
        away = folder.rename(folder.with_name("away"))
        with pytest.raises(Fault) as caught:
            handover.take(officer, folder)
        assert caught.value.code is Code.STORE_GONE
        away.rename(folder)
        assert handover.take(officer, folder).quarantined == []


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, Code.DISK_FULL), (errno.EROFS, Code.FOLDER_READ_ONLY)])
def test_a_laptop_that_cannot_lend(stage: Stage, monkeypatch: pytest.MonkeyPatch, number: int, code: Code) -> None:
    real = Path.mkdir

    def refused(self: Path, *args: object, **named: object) -> None:
        if self.name == "handover":
            raise OSError(number, "refused", str(self))
        real(self, *args, **named)  # type: ignore[arg-type]

    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer, monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", refused)
        with pytest.raises(Fault) as caught:
            handover.offer(officer)
    assert caught.value.code is code


def test_stopped_while_it_is_laid_out(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        with pytest.raises(Fault) as caught:
            handover.offer(officer, cancelled=lambda: True)
        assert caught.value.code is Code.CANCELLED
        assert delivery.status(officer).sent == 0


def test_nobody_lends_without_a_certificate(tmp_path: Path, clock: HandClock) -> None:
    person = NewUser("new", "新人", frozenset({Role.OFFICER.value}))
    vault = Vault.create(tmp_path / "new", person, PASSPHRASE, clock, recovery_code=new_recovery_code())
    desk = seat(vault, clock)
    try:
        with pytest.raises(Fault) as caught:
            handover.offer(desk)
    finally:
        desk.close()
    assert caught.value.code is Code.NOT_ENROLLED
    assert not (tmp_path / "new" / "handover").exists()
