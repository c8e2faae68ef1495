"""`officer-app dossier verify` names the first thing that is wrong with a bundle, whichever byte was touched."""

from __future__ import annotations

import json
import random
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from officer_app.cli.main import run
from tests.support.stages import APPROVED, Stage

SAMPLE, WHOLE = 50, 500


@pytest.fixture
def bundle(decided: Stage) -> Path:
    return decided.bundle


@pytest.fixture
def root(decided: Stage, tmp_path: Path) -> Path:
    """The institution's root as a stranger has it: not from the bundle."""
    file = tmp_path / "root.pem"
    file.write_bytes(decided.root_pem)
    return file


class Asked:
    """The command line, asked for its verdict as scripts do."""

    def __init__(self, bundle: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._words = ["dossier", "verify", str(bundle), "--root", str(root), "--json"]
        self._capsys = capsys

    def verdict(self) -> tuple[int, dict[str, object]]:
        """Exit code and document."""
        code = run(self._words)
        said = json.loads(self._capsys.readouterr().out)
        assert isinstance(said, dict)
        return code, said

    def blamed(self) -> tuple[str, str]:
        """File and code of the first thing wrong; everything is told to be wrong in the same way."""
        code, said = self.verdict()
        assert (code, said["ok"]) == (1, False), said
        error = said["error"]
        assert isinstance(error, dict)
        assert error["message"]
        return error["where"], error["code"]


@pytest.fixture
def asked(bundle: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    return Asked(bundle, root, capsys)


def _files(bundle: Path) -> list[Path]:
    return sorted(path for path in bundle.rglob("*") if path.is_file())


def _name(bundle: Path, file: Path) -> str:
    return file.relative_to(bundle).as_posix()


def test_a_whole_bundle_holds(bundle: Path, root: Path) -> None:
    """Through a process of its own, as a stranger runs it."""
    words = [sys.executable, "-m", "officer_app", "dossier", "verify", str(bundle), "--root", str(root), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr + done.stdout
    said = json.loads(done.stdout)
    assert said["ok"]
    assert said["amount"] == str(APPROVED)
    assert said["files"] == len(_files(bundle))


@pytest.mark.timeout(1800)
def test_any_byte(bundle: Path, asked: Asked, full: bool) -> None:
    """One changed byte, anywhere: refused, and the changed file named, every file at least once."""
    seed = secrets.randbelow(10**9)
    chance = random.Random(seed)  # noqa: S311  picks bytes
    files = _files(bundle)
    chosen = files + [chance.choice(files) for _ in range((WHOLE if full else SAMPLE) - len(files))]
    wrong = []
    for file in chosen:
        whole = file.read_bytes()
        place = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        file.write_bytes(changed)
        where, code = asked.blamed()
        file.write_bytes(whole)
        if where != _name(bundle, file):
            wrong.append(f"{_name(bundle, file)} at {place}: {code} blamed on {where}")
    assert asked.verdict()[0] == 0
    print(f"seed {seed}: {len(chosen)} bytes in {len(files)} files")
    assert wrong == []


@pytest.mark.timeout(1800)
def test_any_end(bundle: Path, asked: Asked, full: bool) -> None:
    """Cut short, emptied or grown by a byte: the file is named."""
    seed = secrets.randbelow(10**9)
    chance = random.Random(seed)  # noqa: S311  picks places
    files = _files(bundle)
    for file in files if full else chance.sample(files, 8):
        whole = file.read_bytes()
        for other in (whole[: chance.randrange(len(whole))], b"", whole + b"\n"):
            file.write_bytes(other)
            assert asked.blamed()[0] == _name(bundle, file), (seed, len(whole), len(other))
        file.write_bytes(whole)
    assert asked.verdict()[0] == 0


def test_a_missing_file(bundle: Path, asked: Asked) -> None:
    for file in _files(bundle):
        whole = file.read_bytes()
        file.unlink()
        assert asked.blamed() == (_name(bundle, file), "BUNDLE_FILE_MISSING")
        file.write_bytes(whole)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("parts/note.txt", "BUNDLE_FILE_EXTRA"),
        ("decision-2.json", "BUNDLE_FILE_MISSING"),
        ("approved.pdf", "BUNDLE_FILE_EXTRA"),
        ("certificates/0123456789abcdef.pem", "BUNDLE_FILE_EXTRA"),
        ("manifest.json.bak", "BUNDLE_FILE_EXTRA"),
    ],
)
def test_a_file_too_many(bundle: Path, asked: Asked, name: str, code: str) -> None:
    """A record that came alone lacks its signature; anything else has no place there."""
    (bundle / name).write_bytes(b"{}")
    where, found = asked.blamed()
    assert found == code
    assert where == (name if code == "BUNDLE_FILE_EXTRA" else "decision-2.sig")


def test_a_link_instead_of_a_file(bundle: Path, asked: Asked, tmp_path: Path) -> None:
    file = bundle / "parts" / "facts.json"
    (tmp_path / "elsewhere.json").write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere.json")
    assert asked.blamed() == ("parts/facts.json", "BUNDLE_FILE_ODD")


def test_two_parts_changed_places(bundle: Path, asked: Asked) -> None:
    first, second = sorted((bundle / "parts" / "photos").iterdir())[:2]
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    assert asked.blamed()[0] == _name(bundle, first)
