"""A stolen folder tells nothing: not closed, not open, not after a crash, not in its copies."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from officer_app.base.ids import RecordId, new_id
from officer_app.vault import answers, audit, blobs, cases, explanations, notes, photos, settings, users
from officer_app.vault.backups import backup
from officer_app.vault.records import ContradictionRecord, NoteRecord
from officer_app.vault.store import Vault
from tests.support.vaults import PASSPHRASE, RECOVERY, START, a_case, a_photo, a_visit, opened

NAMES = ("张桂芬测试", "欧阳娜娜测试", "王伟五金测试", "Margarethe Quisenberry")
NUMBERS = ("110101199003071299", "44010319771225999X", "13800137777", "15987650000")
TEXTS = (
    "沙河镇新华路甲七十七号院",
    "隐瞒了一笔民间借贷",
    "欠弟弟六万没有说",
    "the landlord says two months are unpaid",
    "IMG_20261008_104500_SECRET.jpg",
    "39.9041999777",
    "116.4073963777",
    "55350.777",
    "SERIAL-KX77-0042",
    "二〇一九年开业至今",
    "供货商电话打不通",
    "水表读数零零四七一二",
    "a red scooter behind the shop",
)
PICTURE = bytes(range(256)) * 300


@dataclass(frozen=True)
class Planted:
    """What was put in, in every spelling in which it could lie on a disk."""

    words: tuple[str, ...]

    def traces(self) -> dict[str, bytes]:
        spelt = {
            f"{word} {how}": word.encode(how) for word in self.words for how in ("utf-8", "utf-16-le", "gb18030")
        }
        pieces = {f"picture at {at}": PICTURE[at : at + 48] for at in (0, 1000, 40_000)}
        return spelt | pieces | {"key": b"signing key of a person"}


def _fill(vault: Vault) -> Planted:
    used: list[str] = [PASSPHRASE, RECOVERY, RECOVERY.replace("-", "")]
    with vault.writing() as tx:
        for number, (name, identity) in enumerate(zip(NAMES, NUMBERS, strict=True)):
            case = a_case(
                vault.user.id,
                f"2026-77{number:02d}",
                applicant=name,
                business=name + "商行",
                resident_id=identity,
                phone=NUMBERS[2],
                address=TEXTS[0],
                note=TEXTS[1],
            )
            visit = a_visit(case)
            cases.add(tx, case)
            answers.add_visit(tx, visit)
            answers.store(tx, visit.id, {f"/data/q{n}": text for n, text in enumerate(TEXTS)})
            answers.store(tx, visit.id, {f"/data/q{n}": None for n in range(4)})
            notes.add(tx, NoteRecord(RecordId(new_id()), case.id, vault.user.id, START, TEXTS[2], said=TEXTS[3]))
            explanations.put(
                tx, ContradictionRecord(RecordId(new_id()), case.id, "SALES", START, explanation=TEXTS[2])
            )
            photo = a_photo(case, blobs.add(tx, PICTURE), file_name=TEXTS[4], device=TEXTS[8], taken_text=TEXTS[5])
            photos.add(tx, photo)
            used += [case.number, name, identity, photo.caption or name]
        audit.append(tx, "note", TEXTS[2], {"said": TEXTS[3]})
        settings.put(tx, "last", TEXTS[6])
        users.set_secret(tx, vault.user.id, "key", vault.private.seal("key", b"signing key of a person"))
    return Planted((*dict.fromkeys((*used, *NUMBERS, *TEXTS, "business_visit", "/data/q1")),))


def _found(folder: Path, planted: Planted) -> list[str]:
    traces = planted.traces()
    return [
        f"{what} in {path.name}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for what, bare in traces.items()
        if bare in path.read_bytes() or bare in os.fsencode(str(path))
    ]


def test_nothing_can_be_read(folder: Path, tmp_path: Path) -> None:
    """More than thirty words in three encodings, picture bytes, the password, a key: none, anywhere, at any time."""
    with opened(folder) as vault:
        planted = _fill(vault)
        assert len(planted.words) >= 30
        backup(vault, tmp_path / "backups")
        assert (folder / "vault.db-wal").stat().st_size > 10_000, "the log is among what is searched"
        shutil.copytree(folder, tmp_path / "while-open")
    assert _found(folder, planted) == []
    assert _found(tmp_path / "while-open", planted) == []
    assert _found(tmp_path / "backups", planted) == []
    assert len(planted.traces()) > 90


def test_the_search_would_find_something(folder: Path) -> None:
    with opened(folder) as vault:
        planted = _fill(vault)
    (folder / "leak.tmp").write_bytes(b"..." + NUMBERS[0].encode() + PICTURE[1000:2000])
    assert {line.split(" in ")[1] for line in _found(folder, planted)} == {"leak.tmp"}


def test_the_database_starts_like_noise(folder: Path) -> None:
    assert not (folder / "vault.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("name", ["vault.db", "keyring.json"])
def test_the_key_is_not_beside_the_data(folder: Path, name: str) -> None:
    with opened(folder) as vault:
        keys = vault._open().keys
    for secret in (keys.vault, keys.personal):
        data = (folder / name).read_bytes()
        assert secret not in data
        assert secret.hex().encode() not in data
