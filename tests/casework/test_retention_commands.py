"""Keeping and deleting from the command line: a script lists, deletes, exports, and a stranger verifies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.confirmed import note_time
from officer_app.casework.visits import begin_visit
from officer_app.cli.main import run
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of

NAME = "欧阳秀兰测试"


@pytest.fixture
def access(tmp_path: Path, demo: Demo, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A draft whose time has come, by head office's word too."""
    monkeypatch.setattr("officer_app.cli.opening.SystemClock", lambda: clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        begin_visit(desk, open_case(desk, NewCase(NAME)).id)
        login = desk.user.login
        assert desk.institution is not None
        (tmp_path / "root.pem").write_bytes(desk.institution.root)
        clock.move(days=200)
        with desk.vault.writing() as tx:
            note_time(tx, clock.now())
    (tmp_path / "password").write_text(PASSPHRASE + "\n", encoding="utf-8")
    return ["--data", str(demo.data(Role.OFFICER)), "--user", login, "--passphrase-file", str(tmp_path / "password")]


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_listed_deleted_exported_verified(
    access: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (before,) = said(capsys, "vault", "retention", "list", *access)["cases"]
    assert (before["class"], before["state"]) == ("draft", "draft")
    assert before["standing"] == "due", before
    (gone,) = said(capsys, "vault", "retention", "run", *access)["deleted"]
    assert (gone["number"], gone["class"]) == (before["number"], "draft")
    after = said(capsys, "vault", "retention", "list", *access)
    assert after["cases"] == []
    assert [one["certificate"] for one in after["deleted"]] == [gone["certificate"]]
    (path,) = said(capsys, "vault", "retention", "export", str(tmp_path / "proofs"), *access)["files"]
    (told,) = said(capsys, "vault", "retention", "verify", path, "--root", str(tmp_path / "root.pem"))["certificates"]
    assert (told["case_number"], told["class"]) == (gone["number"], "draft")
    assert NAME not in json.dumps(told, ensure_ascii=False)
    assert said(capsys, "vault", "verify", *access)["ok"]
    assert said(capsys, "vault", "retention", "reapply", path, *access) == {"deleted": []}
    Path(path).write_bytes(Path(path).read_bytes().replace(b'"draft"', b'"loan"'))
    refused = said(capsys, "vault", "retention", "verify", path, "--root", str(tmp_path / "root.pem"), code=1)
    assert refused["error"]["code"] == "SIGNATURE_OTHER_DATA"


def test_an_officer_holds_nothing_and_a_case_that_is_not_here_is_said(
    access: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (case,) = said(capsys, "vault", "retention", "list", *access)["cases"]
    words = ("vault", "retention", "hold", case["number"], "--reason", "法院调取", *access)
    assert said(capsys, *words, code=1)["error"]["code"] == "NOT_ALLOWED"
    assert run(["vault", "retention", "run", "--case", "1999-0001", *access]) == 2
