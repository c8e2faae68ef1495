"""Who gets in, how long the others wait, and what a strange file is told."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from officer_app.base.canonical import encode
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import UserId
from officer_app.base.meanings import Kind
from officer_app.trust import passphrases
from officer_app.trust.passphrases import FLOOR
from officer_app.vault import audit, keyring, settings, users
from officer_app.vault.keyfile import logins
from officer_app.vault.store import NewUser, Vault
from tests.support.dying import command
from tests.support.vaults import LOGIN, PASSPHRASE, RECOVERY, StillClock, opened

MANAGER = NewUser("li", "Li Na", frozenset({"manager"}))
LI = "one more day's work"


def _refused(folder: Path, clock: StillClock, passphrase: str = PASSPHRASE, user: str = LOGIN) -> Fault:
    with pytest.raises(Fault) as found:
        Vault.open(folder, user, passphrase, clock)
    return found.value


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases changed on the way cost as little as the floor allows."""
    monkeypatch.setattr(keyring.Keyring.with_slot, "__defaults__", (FLOOR,))
    monkeypatch.setattr(keyring.Keyring.with_recovery, "__defaults__", (FLOOR,))
    return iter(())


# --- passwords ---------------------------------------------------------------------------------------


def test_twenty_wrong_passwords(folder: Path, clock: StillClock) -> None:
    """Three are free; then the wait grows to an hour; the right one always works after it, and nothing is wiped."""
    before = (folder / "vault.db").read_bytes()
    waits = []
    for _ in range(20):
        fault = _refused(folder, clock, "not the password")
        waited = 0
        while fault.code is Code.PASSPHRASE_WAIT:
            seconds = fault.parameters["seconds"]
            assert isinstance(seconds, int)
            assert _refused(folder, clock, PASSPHRASE).code is Code.PASSPHRASE_WAIT, "not even the right one"
            clock.pass_time(seconds)
            waited += seconds
            fault = _refused(folder, clock, "not the password")
        assert fault.code is Code.WRONG_PASSPHRASE
        waits.append(waited)
    assert waits == [0, 0, 0, 5, 10, 20, 40, 80, 160, 320, *[3600] * 10]
    assert (folder / "vault.db").read_bytes() == before
    clock.pass_time(3600)
    opened(folder, clock).close()
    assert _refused(folder, clock, "not the password").code is Code.WRONG_PASSPHRASE, "the count begins anew"


def test_a_clock_set_back_does_not_lengthen_the_wait(folder: Path, clock: StillClock) -> None:
    for _ in range(4):
        clock.pass_time(600)
        _refused(folder, clock, "not the password")
    clock.set_back(86_400 * 365)
    fault = _refused(folder, clock)
    assert fault.parameters["seconds"] == 10
    assert fault.code.value.kind is Kind.REFUSAL


def test_the_count_is_written_before_the_try(
    folder: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who kills the program during the check has used up a try all the same."""

    def killed(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
        patch.setattr(passphrases, "unwrap", killed)
        Vault.open(folder, LOGIN, "guess", clock)
    assert json.loads((folder / "attempts.json").read_bytes())[LOGIN][0] == 1


def test_unknown_names_are_told_the_same(folder: Path, clock: StillClock) -> None:
    assert _refused(folder, clock, PASSPHRASE, "nobody").code is Code.WRONG_PASSPHRASE


def test_each_name_waits_for_itself(folder: Path, clock: StillClock) -> None:
    for _ in range(3):
        _refused(folder, clock, "not the password", "nobody")
    assert _refused(folder, clock, "x", "nobody").code is Code.PASSPHRASE_WAIT
    opened(folder, clock).close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"zhang": 7}', b'{"zhang": ["x", "y"]}', b"\xff"])
def test_a_damaged_count_keeps_nobody_out(folder: Path, clock: StillClock, content: bytes) -> None:
    (folder / "attempts.json").write_bytes(content)
    opened(folder, clock).close()


def test_the_check_before_signing_counts_too(vault: Vault, clock: StillClock) -> None:
    vault.verify_passphrase(PASSPHRASE)
    for _ in range(3):
        with pytest.raises(Fault) as wrong:
            vault.verify_passphrase("not the password")
        assert wrong.value.code is Code.WRONG_PASSPHRASE
    with pytest.raises(Fault) as waits:
        vault.verify_passphrase(PASSPHRASE)
    assert waits.value.code is Code.PASSPHRASE_WAIT
    clock.pass_time(5)
    vault.verify_passphrase(PASSPHRASE)


@pytest.mark.usefixtures("quick")
def test_a_new_passphrase(folder: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        sealed = vault.private.seal("signing key", b"secret")
        with pytest.raises(Fault) as wrong:
            vault.change_passphrase("not the password", "a better password")
        with pytest.raises(Fault) as short:
            vault.change_passphrase(PASSPHRASE, "short")
        vault.change_passphrase(PASSPHRASE, "a better password")
    assert (wrong.value.code, short.value.code) == (Code.WRONG_PASSPHRASE, Code.PASSPHRASE_SHORT)
    assert _refused(folder, clock).code is Code.WRONG_PASSPHRASE
    with Vault.open(folder, LOGIN, "a better password", clock) as vault:
        assert vault.private.unseal("signing key", sealed) == b"secret"
        with vault.reading() as tx:
            assert "passphrase.changed" in {event.kind for event in audit.events(tx)}


# --- several people ----------------------------------------------------------------------------------


def test_two_people_on_one_laptop(folder: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        user = vault.add_user(MANAGER, LI, settings=FLOOR)
        with pytest.raises(Fault) as double:
            vault.add_user(MANAGER, LI, settings=FLOOR)
    assert double.value.code is Code.USER_EXISTS
    assert logins(folder) == ("li", LOGIN)
    with Vault.open(folder, " li ", LI, clock) as vault:
        assert vault.user == user
        assert vault.user.roles == {"manager"}
        with vault.reading() as tx:
            assert {one.login for one in users.all(tx)} == {"li", LOGIN}
            kinds = [(event.kind, event.user) for event in audit.events(tx, limit=2)]
    assert kinds[0] == ("vault.opened", user.id)


def test_private_secrets_open_for_their_owner_alone(folder: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        user = vault.add_user(MANAGER, LI, settings=FLOOR)
        box = vault.private_of("li", LI)
        with vault.writing() as tx:
            users.set_secret(tx, user.id, "signing key", b"first")
            users.set_secret(tx, user.id, "signing key", box.seal("signing key", b"the manager's key"))
            kept = users.secret(tx, user.id, "signing key")
            assert users.secret(tx, vault.user.id, "signing key") is None
        assert kept is not None
        with pytest.raises(Fault) as mine:
            vault.private.unseal("signing key", kept)
        with pytest.raises(Fault) as renamed:
            box.unseal("reading key", kept)
        with pytest.raises(Fault) as guessed:
            vault.private_of("li", PASSPHRASE)
    assert {mine.value.code, renamed.value.code} == {Code.BOX_BROKEN}
    assert guessed.value.code is Code.WRONG_PASSPHRASE
    with Vault.open(folder, "li", LI, clock) as vault:
        assert vault.private.unseal("signing key", kept) == b"the manager's key"


def test_a_disabled_user_stays_out_and_in_the_records(folder: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        user = vault.add_user(MANAGER, LI, settings=FLOOR)
        with vault.writing() as tx:
            users.set_secret(tx, user.id, "signing key", b"sealed")
        slot = json.loads((folder / "keyring.json").read_bytes())["slots"]["li"]
        vault.disable_user(user.id)
        with vault.reading() as tx:
            assert users.get(tx, user.id).disabled
            assert users.secret(tx, user.id, "signing key") is None
    assert _refused(folder, clock, LI, "li").code is Code.WRONG_PASSPHRASE
    ring = json.loads((folder / "keyring.json").read_bytes())
    ring["slots"]["li"] = slot  # put back by hand, from an old copy
    (folder / "keyring.json").write_bytes(encode(ring))
    assert _refused(folder, clock, LI, "li").code is Code.USER_DISABLED
    opened(folder, clock).close()


def test_a_slot_moved_to_another_name_does_not_open(folder: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        vault.add_user(MANAGER, LI, settings=FLOOR)
    ring = json.loads((folder / "keyring.json").read_bytes())
    ring["slots"][LOGIN], ring["slots"]["li"] = ring["slots"]["li"], ring["slots"][LOGIN]
    (folder / "keyring.json").write_bytes(encode(ring))
    assert _refused(folder, clock, LI, LOGIN).code is Code.WRONG_PASSPHRASE


# --- a lost password ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_recovery_gives_a_new_way_in_and_no_private_secrets(folder: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault, vault.writing() as tx:
        users.set_secret(tx, vault.user.id, "signing key", vault.private.seal("signing key", b"secret"))
        settings.put(tx, "kept", "yes")
    typed = RECOVERY.lower().replace("-", " ")
    with Vault.recover(folder, typed, LOGIN, "a brand-new password", clock) as vault, vault.reading() as tx:
        assert settings.get(tx, "kept") == "yes"
        assert users.secret(tx, vault.user.id, "signing key") is None
        assert audit.events(tx)[0].kind == "vault.recovered"
    assert _refused(folder, clock).code is Code.WRONG_PASSPHRASE
    Vault.open(folder, LOGIN, "a brand-new password", clock).close()


def test_wrong_recovery_codes_wait_as_well(folder: Path, clock: StillClock) -> None:
    for _ in range(3):
        with pytest.raises(Fault) as wrong:
            Vault.recover(folder, keyring.new_recovery_code(), LOGIN, "a brand-new password", clock)
        assert wrong.value.code is Code.RECOVERY_WRONG
    with pytest.raises(Fault) as waits:
        Vault.recover(folder, RECOVERY, LOGIN, "a brand-new password", clock)
    assert waits.value.code is Code.PASSPHRASE_WAIT
    opened(folder, clock).close()


@pytest.mark.usefixtures("quick")
def test_a_replaced_recovery_code_is_the_only_one(folder: Path, clock: StillClock) -> None:
    fresh = keyring.new_recovery_code()
    with opened(folder, clock) as vault:
        vault.replace_recovery_code(fresh)
    with pytest.raises(Fault) as old:
        Vault.recover(folder, RECOVERY, LOGIN, "a brand-new password", clock)
    assert old.value.code is Code.RECOVERY_WRONG
    Vault.recover(folder, fresh, LOGIN, "a brand-new password", clock).close()


def test_recovery_codes_are_long_and_unlike() -> None:
    codes = {keyring.new_recovery_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(len(keyring.normalise_code(code)) == 32 for code in codes)
    assert keyring.normalise_code("ab01 8-2c") == keyring.normalise_code("ABOIB2C")


# --- one process -------------------------------------------------------------------------------------


def test_a_second_opening_in_this_process(vault: Vault, clock: StillClock) -> None:
    assert _refused(vault.folder, clock).code is Code.VAULT_IN_USE
    vault.close()
    opened(vault.folder).close()


def test_another_process_holds_it_until_it_is_killed(folder: Path, clock: StillClock) -> None:
    with subprocess.Popen(command(folder, "sit"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline().startswith("open")
        assert _refused(folder, clock).code is Code.VAULT_IN_USE
        child.kill()
    assert (folder / "vault.lock").exists()
    opened(folder, clock).close()


def test_a_stale_lock_file_keeps_nobody_out(folder: Path, clock: StillClock) -> None:
    (folder / "vault.lock").write_bytes(b"open  left by somebody, pid 4711\n")
    opened(folder, clock).close()


def test_a_failed_sign_in_gives_the_folder_free(folder: Path, clock: StillClock) -> None:
    _refused(folder, clock, "not the password")
    opened(folder, clock).close()


def test_one_transaction_at_a_time_and_none_after_closing(vault: Vault) -> None:
    with vault.writing():
        for way in (vault.reading, vault.writing):
            with pytest.raises(RuntimeError, match="inside a transaction"), way():
                pass
    vault.close()
    vault.close()
    with pytest.raises(RuntimeError, match="closed"), vault.reading():
        pass


# --- beginning ---------------------------------------------------------------------------------------


def _create(folder: Path, clock: StillClock, passphrase: str = PASSPHRASE) -> None:
    first = NewUser(LOGIN, "Zhang Wei", frozenset({"officer"}))
    Vault.create(folder, first, passphrase, clock, recovery_code=RECOVERY, settings=FLOOR).close()


def test_a_folder_that_holds_data_is_not_founded_again(folder: Path, clock: StillClock) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(Fault) as found:
        _create(folder, clock)
    assert found.value.code is Code.VAULT_EXISTS
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_lone_keyring_is_kept(folder: Path, clock: StillClock) -> None:
    """It may be the only key to a database that is being brought back."""
    (folder / "vault.db").unlink()
    with pytest.raises(Fault) as found:
        _create(folder, clock)
    assert found.value.code is Code.VAULT_EXISTS


def test_a_founding_that_was_cut_is_done_again(folder: Path, clock: StillClock) -> None:
    (folder / "vault.db").rename(folder / "vault.db.new")
    _create(folder, clock)
    opened(folder, clock).close()
    assert not (folder / "vault.db.new").exists()


def test_a_short_passphrase_founds_nothing(tmp_path: Path, clock: StillClock) -> None:
    with pytest.raises(Fault) as found:
        _create(tmp_path / "new", clock, "short")
    assert found.value.code is Code.PASSPHRASE_SHORT
    assert not (tmp_path / "new").exists()


def test_only_the_owner_may_read_the_folder(folder: Path) -> None:
    for name in ("keyring.json", "vault.lock", "reserve"):
        assert (folder / name).stat().st_mode & 0o077 == 0, name


# --- strange files -----------------------------------------------------------------------------------


def test_no_folder(tmp_path: Path, clock: StillClock) -> None:
    assert _refused(tmp_path / "nowhere", clock).code is Code.VAULT_MISSING
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(Fault) as found:
        logins(tmp_path)
    assert found.value.code is Code.VAULT_MISSING


@pytest.mark.parametrize("kind", ["empty", "text", "plain sqlite", "cut", "first page", "another vault", "gone"])
def test_a_broken_or_foreign_database(
    folder: Path, clock: StillClock, tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Named as broken, left as it is, never shown as an empty vault; nothing on the console."""
    path = folder / "vault.db"
    whole = path.read_bytes()
    strange = {
        "empty": b"",
        "text": b"this is no database " * 1000,
        "plain sqlite": b"SQLite format 3\x00" + bytes(8176),
        "cut": whole[: len(whole) // 2],
        "first page": bytes(4096) + whole[4096:],
        "another vault": b"",
        "gone": b"",
    }[kind]
    path.write_bytes(strange)
    if kind == "another vault":
        _create(tmp_path / "other", clock)
        shutil.copy(tmp_path / "other" / "vault.db", path)
    if kind == "gone":
        path.unlink()
    before = path.read_bytes() if path.exists() else None
    if kind == "cut":
        # SQLite may open a cut file and notice when a page is missing: then the check must tell.
        try:
            with opened(folder, clock) as vault:
                from officer_app.vault.verify import verify

                assert not verify(vault).ok
        except Fault as fault:
            assert fault.code is Code.VAULT_BROKEN  # noqa: PT017  one of two answers
    else:
        fault = _refused(folder, clock)
        assert fault.code is Code.VAULT_BROKEN
        assert fault.parameters["file"] == "vault.db"
        assert (path.read_bytes() if path.exists() else None) == before
    told = capfd.readouterr()
    assert told.out == told.err == ""


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"v":1,"slots":[]}', b"\xff\xfe", b"[" * 100_000])
def test_a_broken_keyring(folder: Path, clock: StillClock, content: bytes) -> None:
    (folder / "keyring.json").write_bytes(content)
    assert _refused(folder, clock).code is Code.VAULT_BROKEN
    with pytest.raises(Fault) as found:
        logins(folder)
    assert found.value.code is Code.VAULT_BROKEN
    assert found.value.parameters["file"] == "keyring.json"


def test_a_keyring_of_a_newer_program(folder: Path, clock: StillClock) -> None:
    ring = json.loads((folder / "keyring.json").read_bytes())
    (folder / "keyring.json").write_bytes(encode(ring | {"v": 2}))
    assert _refused(folder, clock).code is Code.VAULT_NEWER


def test_a_lowered_keyring_is_refused(folder: Path, clock: StillClock) -> None:
    ring = json.loads((folder / "keyring.json").read_bytes())
    ring["slots"][LOGIN]["memory"] = 1024
    (folder / "keyring.json").write_bytes(encode(ring))
    assert _refused(folder, clock).code is Code.ENVELOPE_WEAK
    assert json.loads((folder / "attempts.json").read_bytes()) == {}, "that was nobody's typing"


def test_settings_of_every_kind(vault: Vault) -> None:
    values = ["text", 7, True, None, ["a", {"b": "c"}], {"x": []}]
    with vault.writing() as tx:
        for number, value in enumerate(values):
            settings.put(tx, f"s{number}", "before")
            settings.put(tx, f"s{number}", value)
    with vault.reading() as tx:
        assert [settings.get(tx, f"s{number}") for number in range(len(values))] == values
        assert settings.get(tx, "never set") is None
        with pytest.raises(Fault):
            users.get(tx, UserId("nobody"))
