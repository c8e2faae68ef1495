"""The data folder from the command line: answers on stdout, exit codes as scripts expect them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from officer_app.cli.main import run
from officer_app.vault.store import Vault
from tests.support.vaults import LOGIN, PASSPHRASE, opened


@pytest.fixture
def access(folder: Path, tmp_path: Path) -> list[str]:
    secret = tmp_path / "password.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return ["--data", str(folder), "--user", LOGIN, "--passphrase-file", str(secret), "--json"]


def _said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_verify(access: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["vault", "verify", *access]) == 0
    said = _said(capsys)
    assert (said["ok"], said["problems"]) == (True, [])


def test_verify_names_what_is_wrong(folder: Path, access: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from officer_app.vault import blobs

    with opened(folder) as vault:
        with vault.writing() as tx:
            blob = blobs.add(tx, b"picture")
        vault.layout.blob(blob).unlink()
    assert run(["vault", "verify", *access]) == 1
    said = _said(capsys)
    assert said["ok"] is False
    assert said["problems"] == [
        {"kind": "BLOB_MISSING", "where": blob, "message": "A stored file is no longer in the data folder."}
    ]
    assert run(["vault", "verify", *access[:-1]]) == 1
    assert f"BLOB_MISSING [{blob}]" in capsys.readouterr().out


def test_backup_and_restore(
    folder: Path, tmp_path: Path, access: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["vault", "backup", str(tmp_path / "stick"), *access]) == 0
    assert Path(str(_said(capsys)["folder"])).parent == tmp_path / "stick"
    assert run(["vault", "restore", str(tmp_path / "stick"), *access]) == 0
    assert _said(capsys) == {
        "folder": str(folder),
        "former": f"{folder}.before-restore",
        "deleted_again": 0,
    }


def test_upgrade(access: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["vault", "upgrade", *access]) == 0
    assert _said(capsys)["upgraded"] is False


def test_create(tmp_path: Path, access: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    fresh = ["--data", str(tmp_path / "new"), *access[2:]]
    assert run(["vault", "create", *fresh, "--role", "manager", "--full-name", "Li Na"]) == 0
    assert len(str(_said(capsys)["recovery_code"])) == 39
    assert run(["vault", "create", *fresh]) == 1
    error = _said(capsys)["error"]
    assert isinstance(error, dict)
    assert error["code"] == "VAULT_EXISTS"


def test_the_password_from_stdin(
    access: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASSPHRASE.encode() + b"\r\n")))
    assert run(["vault", "verify", *access[:4], "--passphrase-file", "-", "--json"]) == 0
    assert _said(capsys)["ok"] is True


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"--user": "nobody"}, "WRONG_PASSPHRASE"),
        ({"--data": "/nowhere/at/all"}, "VAULT_MISSING"),
        ({"--passphrase-file": "/nowhere/password"}, "FILE_MISSING"),
    ],
)
def test_refusals_are_one_json_document(
    access: list[str], capsys: pytest.CaptureFixture[str], change: dict[str, str], code: str
) -> None:
    words = [change.get(access[at - 1], word) if at else word for at, word in enumerate(access)]
    assert run(["vault", "verify", *words]) == 1
    error = _said(capsys)["error"]
    assert isinstance(error, dict)
    assert error["code"] == code


def test_a_vault_that_is_open_elsewhere(vault: Vault, access: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert vault.user.login == LOGIN
    assert run(["vault", "verify", *access]) == 1
    error = _said(capsys)["error"]
    assert isinstance(error, dict)
    assert error["code"] == "VAULT_IN_USE"


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["vault", "backup"]) == 2
    assert run(["vault", "nonsense"]) == 2
    assert capsys.readouterr().out == ""
