"""A round in three steps: the vault is held only before and after the line; whatever ends it, nothing is lost."""

from __future__ import annotations

import errno
import secrets
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import carrying, delivery
from officer_app.casework.delivery import Round
from officer_app.casework.desk import seat
from officer_app.exchange.folders import FolderStore
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import audit, cases
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.records import Delivery
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage


@pytest.fixture
def stage(submitted_once: Stage, tmp_path: Path) -> Stage:
    """A case handed over that no store has seen."""
    return submitted_once.copy(tmp_path / "demo")


def _carried(stage: Stage, role: Role, store: str = "") -> Round:
    """One round with the vault closed while the line is busy."""
    with desk_of(stage.demo, role, stage.clock) as desk:
        load = carrying.load(desk, store or stage.demo.store)
    carrying.carry(load)
    with desk_of(stage.demo, role, stage.clock) as desk:
        return carrying.unload(desk, load)


def _sent_once(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer, officer.vault.reading() as tx:
        assert cases.get(tx, stage.case).delivery is Delivery.SENT
        assert sum(event.kind == "parcel_sent" for event in audit.events(tx, limit=10_000)) == 1
        assert audit.first_broken(tx) is None


def test_three_steps_are_one_round(stage: Stage) -> None:
    """Sent and fetched once, with the vault closed while the line is busy; the next round has nothing to do."""
    first = _carried(stage, Role.OFFICER)
    assert (first.sent, first.quarantined, first.gaps) == (1, [], 0)
    assert first.objects > 1
    _sent_once(stage)
    got = _carried(stage, Role.MANAGER)
    assert (got.dossiers, got.quarantined, got.gaps) == (1, [], 0)
    for role in (Role.OFFICER, Role.MANAGER):
        idle = _carried(stage, role)
        assert (idle.sent, idle.objects, idle.dossiers, idle.already) == (0, 0, 0, 0)
        assert not (stage.demo.data(role) / "carried").exists()
        with desk_of(stage.demo, role, stage.clock) as desk:
            assert delivery.last_store(desk) == stage.demo.store


def test_a_stick_pulled_at_every_put_loses_and_doubles_nothing(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    """One of the first puts in a usual run; with --full every one until the round comes through."""
    real = FolderStore.put
    for at in range(1, 100) if full else [secrets.choice((1, 2, 3))]:
        other = stage.copy(tmp_path / str(at))
        puts = [0]

        def pulled(
            self: FolderStore,
            name: str,
            data: bytes,
            *,
            puts: list[int] = puts,
            at: int = at,
            place: Path = Path(other.demo.store),
        ) -> bool:
            puts[0] += self._root == place
            if self._root == place and puts[0] == at:
                raise Fault(Code.STORE_GONE, where=str(place), store=str(place))
            return real(self, name, data)

        with monkeypatch.context() as patched:
            patched.setattr(FolderStore, "put", pulled)
            ended = _ends(other)
        done = _carried(other, Role.OFFICER)
        assert done.sent == (0 if ended else 1)
        _sent_once(other)
        if ended or not full:
            assert _carried(other, Role.MANAGER).dossiers == 1
            print(f"pulled at the first {at} puts" if full else f"pulled at put {at}")
            assert at > 3 or not full, "too few puts to have been at every one"
            return
    pytest.fail("the round never ended")


def _ends(stage: Stage) -> bool:
    """Whether a round comes through; else the fault that ended it is told, after what was done is kept."""
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        load = carrying.carry(carrying.load(officer, stage.demo.store))
        if load.fault is None:
            assert carrying.unload(officer, load).sent == 1
            return True
        with pytest.raises(Fault) as caught:
            carrying.unload(officer, load)
        assert caught.value.code is Code.STORE_GONE
        assert not load.folder.exists()
    return False


def test_stopped_on_the_way_keeps_what_was_done(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        load = carrying.load(officer, stage.demo.store)
        carrying.carry(load, cancelled=lambda: True)
        with pytest.raises(Fault) as caught:
            carrying.unload(officer, load)
        assert caught.value.code is Code.CANCELLED
        assert delivery.status(officer).sent == 0
    assert _carried(stage, Role.OFFICER).sent == 1


def test_what_a_killed_program_left_is_laid_out_anew(stage: Stage) -> None:
    """A folder from the round before, with strange things in it, is emptied; nothing of it reaches the store."""
    left = stage.demo.data(Role.OFFICER) / "carried"
    (left / "o" / "aa").mkdir(parents=True)
    (left / "o" / "aa" / "half.part").write_bytes(b"x")
    (left / "notes.txt").write_text("x")
    assert _carried(stage, Role.OFFICER).sent == 1
    assert not [path for path in Path(stage.demo.store).rglob("*") if path.name in {"notes.txt", "half.part"}]


def test_a_damaged_delivery_is_missing_until_it_comes_whole(stage: Stage) -> None:
    _carried(stage, Role.OFFICER)
    store = Path(stage.demo.store)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        device = officer.certified(Role.OFFICER)[1].person.device
    (index,) = (store / "i" / device).iterdir()
    whole = index.read_bytes()
    index.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert _carried(stage, Role.MANAGER).dossiers == 0
    index.write_bytes(whole)
    assert _carried(stage, Role.MANAGER).dossiers == 1


@pytest.mark.parametrize(
    ("url", "code"),
    [("nonsense://x", Code.STORE_UNKNOWN), ("s3://u:p@example.org/b", Code.STORE_SECRET_IN_ADDRESS)],
)
def test_an_address_that_is_none_lays_nothing_out(stage: Stage, url: str, code: Code) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        with pytest.raises(Fault) as caught:
            carrying.load(officer, url)
        assert caught.value.code is code
        assert not (officer.vault.folder / "carried").exists()


def test_a_stick_that_is_not_there_is_told_after_the_vault_is_in_order(stage: Stage) -> None:
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        load = carrying.carry(carrying.load(officer, str(stage.demo.folder / "nowhere")))
        with pytest.raises(Fault) as caught:
            carrying.unload(officer, load)
        assert caught.value.code is Code.STORE_GONE
        assert not load.folder.exists()


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, Code.DISK_FULL), (errno.EROFS, Code.FOLDER_READ_ONLY)])
def test_a_laptop_that_cannot_take_the_folder(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, number: int, code: Code
) -> None:
    """Full or read-only: a sentence, and what waits still waits."""
    real = Path.mkdir

    def refused(self: Path, *args: object, **named: object) -> None:
        if self.name == "carried":
            raise OSError(number, "refused", str(self))
        real(self, *args, **named)  # type: ignore[arg-type]

    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "mkdir", refused)
            with pytest.raises(Fault) as caught:
                carrying.load(officer, stage.demo.store)
        assert caught.value.code is code
    assert _carried(stage, Role.OFFICER).sent == 1


def test_nobody_carries_without_a_certificate(tmp_path: Path, clock: HandClock) -> None:
    person = NewUser("new", "新人", frozenset({Role.OFFICER.value}))
    vault = Vault.create(tmp_path / "new", person, PASSPHRASE, clock, recovery_code=new_recovery_code())
    desk = seat(vault, clock)
    try:
        with pytest.raises(Fault) as caught:
            carrying.load(desk, str(tmp_path))
    finally:
        desk.close()
    assert caught.value.code is Code.NOT_ENROLLED
