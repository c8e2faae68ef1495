"""An evidence bundle proves itself to a stranger, or the first thing that is wrong is named."""

from __future__ import annotations

import os
import random
import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.dossier.manifest import PartyRef
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.dossier.notices import to_bytes as notice_to_bytes
from officer_app.dossier.officerecords import Receipt, receipt_to_bytes
from officer_app.dossier.records import Outcome, RecordKind
from officer_app.exchange.bundle import BundleVerdict, verify_bundle, write_bundle
from officer_app.exchange.contents import NoticeContent, verify_notice
from officer_app.exchange.inbox import verify_decision, verify_dossier, verify_receipt
from officer_app.exchange.parcels import Parcel, notice_parcel, receipt_parcel
from officer_app.trust.identities import Identity
from officer_app.trust.signing import sign
from tests.support.institution import AT, a_decision, a_dossier, house, new_house


@cache
def dossier() -> Parcel:
    return a_dossier(house().officer, {"photos/big.jpg": bytes(range(256)) * 200})


@cache
def decision() -> Parcel:
    return a_decision(house().manager, dossier())


def write(folder: Path, *, decided: bool = True, received: bool = True) -> Path:
    content = verify_dossier(dossier(), house().root)
    record = receipt_to_bytes(Receipt("1" * 32, RecordKind.DOSSIER, content.digest, "c" * 32, AT, "a" * 16, 1))
    receipt = receipt_parcel(record, sign(record, house().head_office, AT))
    write_bundle(
        folder,
        content,
        [verify_decision(decision(), house().root)] if decided else [],
        [verify_receipt(receipt, house().root)] if received else [],
        root_pem=house().root,
    )
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write(tmp_path / "bundle")


def verdict(folder: Path) -> BundleVerdict:
    return verify_bundle(folder, house().root)


def wrong(folder: Path) -> tuple[str, Code]:
    found = verdict(folder).wrong
    assert found is not None
    return found.file, found.fault.code


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_whole_bundle_tells_what_was_decided_and_by_whom(bundle: Path) -> None:
    found = verdict(bundle)
    assert found.ok
    assert (found.case_number, found.version, found.outcomes) == ("2026-0417", 1, (Outcome.APPROVE,))
    assert [signer.person.name for signer in found.signers] == ["李明", "王芳", "总部"]
    assert found.dossier == digest(dossier().files["manifest.json"])
    assert found.files == len(files_of(bundle)) == 17


def test_a_bundle_before_its_decision_is_whole_too(tmp_path: Path) -> None:
    found = verdict(write(tmp_path / "b", decided=False, received=False))
    assert found.ok
    assert found.outcomes == ()


def test_random_changed_bits_are_each_named_by_their_file(bundle: Path, *, full: bool) -> None:
    """50 places (500 in a full run), drawn over all bytes and then over all files alike."""
    chance = random.Random(20261008)  # noqa: S311  a repeatable draw
    files = files_of(bundle)
    weights = [path.stat().st_size for path in files]
    for number in range(500 if full else 50):
        path = chance.choice(files) if number % 2 else chance.choices(files, weights)[0]
        data = path.read_bytes()
        place, bit = chance.randrange(len(data)), chance.randrange(8)
        changed = bytearray(data)
        changed[place] ^= 1 << bit
        path.write_bytes(bytes(changed))
        name, _ = wrong(bundle)
        assert name == path.relative_to(bundle).as_posix(), (place, bit)
        path.write_bytes(data)
    assert verdict(bundle).ok


def test_truncations_are_each_named_by_their_file(bundle: Path, *, full: bool) -> None:
    chance = random.Random(20261009)  # noqa: S311  a repeatable draw
    for _ in range(100 if full else 20):
        path = chance.choice(files_of(bundle))
        data = path.read_bytes()
        path.write_bytes(data[: chance.randrange(len(data))])
        assert wrong(bundle)[0] == path.relative_to(bundle).as_posix()
        path.write_bytes(data)
    assert verdict(bundle).ok


def test_every_missing_file_is_named(bundle: Path) -> None:
    for path in files_of(bundle):
        name = path.relative_to(bundle).as_posix()
        data = path.read_bytes()
        path.unlink()
        assert wrong(bundle) == (name, Code.BUNDLE_FILE_MISSING)
        path.write_bytes(data)


def test_expected_and_found_are_told(bundle: Path) -> None:
    part = bundle / "parts" / "facts.json"
    part.write_bytes(part.read_bytes().replace("赵六".encode(), "赵七".encode()))
    found = verdict(bundle).wrong
    assert found is not None
    assert (found.file, found.fault.code) == ("parts/facts.json", Code.BUNDLE_FILE_CHANGED)
    assert found.expected == digest(dossier().files["parts/facts.json"])
    assert found.found == digest(part.read_bytes())


@pytest.mark.parametrize(
    "name",
    ["parts/more.jpg", "note.txt", "decision-3.json", "certificates/other.pem", "parts/photos/x/y/z.jpg", ".x"],
)
def test_a_file_too_many_is_named(bundle: Path, name: str) -> None:
    path = bundle / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    assert wrong(bundle) == (name, Code.BUNDLE_FILE_EXTRA)


def test_links_and_devices_are_named_and_not_followed(bundle: Path, tmp_path: Path) -> None:
    part = bundle / "parts" / "facts.json"
    (tmp_path / "true.json").write_bytes(part.read_bytes())
    part.unlink()
    part.symlink_to(tmp_path / "true.json")
    assert wrong(bundle) == ("parts/facts.json", Code.BUNDLE_FILE_ODD)
    part.unlink()
    os.mkfifo(part)
    assert wrong(bundle) == ("parts/facts.json", Code.BUNDLE_FILE_ODD)
    part.unlink()
    (bundle / "loop").symlink_to(bundle, target_is_directory=True)
    assert wrong(bundle)[1] is Code.BUNDLE_FILE_ODD


def test_a_flood_of_files_ends_soon(bundle: Path) -> None:
    for number in range(2_200):
        (bundle / f"x{number}").touch()
    assert wrong(bundle)[1] is Code.BUNDLE_FILE_EXTRA


def test_a_huge_file_is_not_read_whole(bundle: Path) -> None:
    with (bundle / "manifest.json").open("r+b") as file:
        file.truncate(30 << 30)
    assert wrong(bundle) == ("manifest.json", Code.FILE_TOO_LARGE)


def test_another_root_is_named_whatever_lies_in_the_bundle(bundle: Path) -> None:
    other = new_house()
    found = verify_bundle(bundle, other.root).wrong
    assert found is not None
    assert (found.file, found.fault.code) == ("certificates/root.pem", Code.BUNDLE_FILE_CHANGED)
    (bundle / "certificates" / "root.pem").write_bytes(other.root)
    found = verify_bundle(bundle, other.root).wrong
    assert found is not None
    assert (found.file, found.fault.code) == ("manifest.sig", Code.CERTIFICATE_FOREIGN)


def test_a_self_made_institution_of_the_same_name_convinces_nobody(tmp_path: Path) -> None:
    other = new_house()
    content = verify_dossier(a_dossier(other.officer), other.root)
    write_bundle(tmp_path / "b", content, root_pem=other.root)
    assert verify_bundle(tmp_path / "b", other.root).ok
    (tmp_path / "b" / "certificates" / "root.pem").write_bytes(house().root)
    assert wrong(tmp_path / "b") == ("manifest.sig", Code.CERTIFICATE_FOREIGN)


def test_the_decision_of_another_case_is_named(bundle: Path) -> None:
    other = a_dossier(house().officer, grade="C")
    decided = a_decision(house().manager, other)
    for name, data in decided.files.items():
        (bundle / name).write_bytes(data)
    assert wrong(bundle) == ("decision.json", Code.DECISION_OTHER_DOSSIER)


def test_a_stripped_signature_is_named(bundle: Path) -> None:
    (bundle / "decision.sig").unlink()
    assert wrong(bundle) == ("decision.sig", Code.BUNDLE_FILE_MISSING)
    (bundle / "decision.sig").write_bytes(b"")
    assert wrong(bundle)[0] == "decision.sig"
    (bundle / "decision.sig").write_bytes((bundle / "manifest.sig").read_bytes())
    assert wrong(bundle) == ("decision.json", Code.BUNDLE_FILE_CHANGED)


def test_a_decision_taken_away_whole_leaves_a_bundle_that_says_so(bundle: Path) -> None:
    """Nobody can tell a decision that is not shown; the verdict names none, and its certificate is left over."""
    for name in ("decision.json", "decision.sig", "memo-signed.pdf"):
        (bundle / name).unlink()
    manager = f"certificates/{house().manager.person.device}.pem"
    assert wrong(bundle) == (manager, Code.BUNDLE_FILE_EXTRA)
    (bundle / manager).unlink()
    assert verdict(bundle).outcomes == ()


def test_the_receipt_of_something_else_is_named(bundle: Path) -> None:
    record = receipt_to_bytes(Receipt("1" * 32, RecordKind.DOSSIER, "5" * 64, "c" * 32, AT, "a" * 16, 1))
    (bundle / "receipt.json").write_bytes(record)
    (bundle / "receipt.sig").write_bytes(sign(record, house().head_office, AT))
    assert wrong(bundle) == ("receipt.json", Code.DECISION_OTHER_DOSSIER)


def test_a_folder_that_is_none_or_empty(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        verdict(tmp_path / "nowhere")
    assert caught.value.code is Code.BUNDLE_MISSING
    assert wrong(tmp_path) == ("manifest.json", Code.BUNDLE_FILE_MISSING)


def test_a_bundle_is_written_into_an_empty_folder_alone(bundle: Path) -> None:
    with pytest.raises(Fault) as caught:
        write(bundle)
    assert caught.value.code is Code.BUNDLE_FOLDER_NOT_EMPTY
    assert verdict(bundle).ok


def test_half_a_bundle_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from officer_app.exchange import bundle as module

    real = module.write_whole
    for at in range(1, 18):
        count = [0]

        def cut(path: Path, data: bytes, *, count: list[int] = count, at: int = at) -> None:
            count[0] += 1
            if count[0] == at:
                raise KeyboardInterrupt
            real(path, data)

        monkeypatch.setattr(module, "write_whole", cut)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path / "b")
        assert wrong(tmp_path / "b")[1] is Code.BUNDLE_FILE_MISSING
        shutil.rmtree(tmp_path / "b")


# --- what people told each other ------------------------------------------------------------------------------------


def a_notice(kind: NoticeKind, by: Identity, minutes: int, **changes: Any) -> NoticeContent:
    content = verify_dossier(dossier(), house().root)
    fields: dict[str, Any] = {
        "record_id": f"{minutes:032x}",
        "kind": kind,
        "dossier": content.digest,
        "case_id": content.manifest.case_id,
        "case_number": content.manifest.case_number,
        "by": PartyRef(by.person.id, by.person.name),
        "at": AT + timedelta(minutes=minutes),
        "words": "续租吗？",
    }
    told = Notice(**(fields | changes))
    body = notice_to_bytes(told)
    return verify_notice(notice_parcel(body, sign(body, by, told.at)), house().root)


def talked(folder: Path, *said: NoticeContent) -> Path:
    write_bundle(folder, verify_dossier(dossier(), house().root), [], [], said, root_pem=house().root)
    return folder


def question_and_answer() -> tuple[NoticeContent, NoticeContent]:
    asked = a_notice(NoticeKind.QUESTION, house().manager, 1)
    return asked, a_notice(NoticeKind.ANSWER, house().officer, 2, about=asked.notice.record_id, words="续到后年")


def test_notices_are_in_the_bundle_and_proven(tmp_path: Path) -> None:
    folder = talked(tmp_path / "b", *question_and_answer())
    assert {path.name for path in folder.glob("notice*")} == {
        "notice.json",
        "notice.sig",
        "notice-2.json",
        "notice-2.sig",
    }
    found = verdict(folder)
    assert found.ok
    assert found.notices == 2
    assert {signer.person.name for signer in found.signers} == {
        house().officer.person.name,
        house().manager.person.name,
    }


def test_a_changed_notice_is_named(tmp_path: Path) -> None:
    folder = talked(tmp_path / "b", *question_and_answer())
    path = folder / "notice-2.json"
    path.write_bytes(path.read_bytes().replace("后年".encode(), "明年".encode()))
    assert wrong(folder) == ("notice-2.json", Code.BUNDLE_FILE_CHANGED)


def test_a_notice_without_its_signature_is_named(tmp_path: Path) -> None:
    folder = talked(tmp_path / "b", *question_and_answer())
    (folder / "notice-2.sig").unlink()
    assert wrong(folder) == ("notice-2.sig", Code.BUNDLE_FILE_MISSING)


def test_a_notice_on_another_dossier_is_refused(tmp_path: Path) -> None:
    foreign = a_notice(NoticeKind.QUESTION, house().manager, 1, dossier="0" * 64)
    with pytest.raises(Fault) as refused:
        talked(tmp_path / "b", foreign)
    assert refused.value.code is Code.DECISION_OTHER_DOSSIER
    folder = talked(tmp_path / "c", *question_and_answer())
    for name, data in (("notice.json", foreign.record_bytes), ("notice.sig", foreign.signature)):
        (folder / name).write_bytes(data)
    assert wrong(folder) == ("notice.json", Code.DECISION_OTHER_DOSSIER)


def test_a_withdrawal_is_the_officers_or_whose_the_case_became(tmp_path: Path) -> None:
    """Without a hand-over to the manager the manager's withdrawal is nobody's word; with one it stands."""
    by_other = a_notice(NoticeKind.WITHDRAWAL, house().manager, 3, words="不贷了")
    with pytest.raises(Fault) as refused:
        talked(tmp_path / "b", by_other)
    assert refused.value.code is Code.SIGNER_NOT_ENTITLED
    to = PartyRef(house().manager.person.id, house().manager.person.name)
    handed = a_notice(NoticeKind.HAND_OVER, house().head_office, 5, to=to, words="离职")
    assert verdict(talked(tmp_path / "c", by_other, handed)).ok, "also where the clocks of the two say otherwise"
