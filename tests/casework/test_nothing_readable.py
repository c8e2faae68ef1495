"""Whoever takes the folders of a whole case finds no word and no piece of a picture in them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from officer_app.casework import cases, correspondence, keeping, photos, visits
from officer_app.casework.desk import Desk
from officer_app.training.institution import PASSPHRASE, PEOPLE
from officer_app.trust.certificates import Role
from officer_app.vault import answers
from tests.support.demo import desk_of
from tests.support.stages import Stage

# What nobody may read: said by people, or about them. None of it is a sign-in name, which the keyring shows.
SAID = (
    "欧阳秀兰测试",
    "司马建国测试",
    "990101197203040014",
    "13999990001",
    "15899990002",
    "沙河镇新华路甲七十七号院",
    "欧阳五金日杂商行",
    "还弟弟的六万块没有说",
    "打牌输了两万八",
    "the landlord says two months are unpaid",
    "账本第三页撕掉了",
    "一个红色三轮车停在后院",
    "供货商电话打不通",
    "水表读数零零四七一二",
    "二〇一九年八月开的张",
    "隔壁说上月关了九天门",
)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
SLICE = 64


def _plant(desk: Desk) -> None:
    """Every way in which words of people reach the store: line of the case, answers, exits, notes, half a form."""
    case = cases.open_case(
        desk,
        cases.NewCase(
            SAID[0], resident_id=SAID[2], phone=SAID[3], business=SAID[6], address=SAID[5], purpose=SAID[7]
        ),
    )
    visit = visits.begin_visit(desk, case.id, purpose=SAID[13], place=SAID[5])
    for ref, text in (
        ("/data/application/purpose/purpose_declared", SAID[9]),
        ("/data/costs/operating_cost[1]/cost_item", SAID[8]),
        ("/data/person/household_expense[1]/household_expense_item", SAID[11]),
        ("/data/person/household_expense[1]/household_expense_item", SAID[14]),
    ):
        visits.answer(desk, visit, ref, text)
    visits.undo(desk, visit)
    cases.set_note(desk, case.id, SAID[10])
    keeping.keep_unfinished(desk, "new_case", {"applicant": SAID[1], "phone": SAID[4], "note": SAID[12]})
    correspondence.withdraw_case(desk, case.id, SAID[15])


def _words(desk: Desk, stage: Stage) -> Iterator[str]:
    """What was planted, and what the case itself holds in words: 30 and more."""
    yield from SAID
    yield PASSPHRASE
    case = cases.read_case(desk, stage.case)
    yield from (case.applicant, case.resident_id, case.phone, case.business, case.address, case.purpose, case.number)
    with desk.vault.reading() as tx:
        told = answers.all(tx, stage.visit)
    yield from (text for text in told.values() if len(text) > 5 and not text.isascii())
    yield "三条途径对得上"
    yield "问了两次，说“那是去年的数”。"


def _pieces(desk: Desk, stage: Stage) -> Iterator[tuple[str, bytes]]:
    """Slices of every picture as it came, of its view and of its thumbnail."""
    for judged in photos.photos_of(desk, stage.case, None):
        for kind, data in (
            ("original", photos.original(desk, judged.record)),
            ("view", photos.view(desk, judged.record)),
            ("thumbnail", photos.thumbnail(desk, judged.record)),
        ):
            for part in (0, 1, 2, 3):
                start = part * (len(data) - SLICE) // 3
                piece = data[start : start + SLICE]
                assert len(set(piece)) > 8, "a slice that would be found anywhere proves nothing"
                yield f"{kind} of {judged.record.file_name} at {start}", piece


def _traces(desk: Desk, stage: Stage) -> dict[str, bytes]:
    words = dict.fromkeys(_words(desk, stage))
    assert len(words) >= 30
    people = {person.login for person in PEOPLE}
    assert not any(login in word for login in people for word in words if word != PASSPHRASE)
    spelt = {f"{word} in {how}": word.encode(how) for word in words for how in ENCODINGS}
    return spelt | dict(_pieces(desk, stage))


def _found(folder: Path, traces: dict[str, bytes]) -> list[str]:
    return [
        f"{what} in {path.relative_to(folder)}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for data in (path.read_bytes() + os.fsencode(str(path.relative_to(folder))),)
        for what, trace in traces.items()
        if trace in data
    ]


def _folders(stage: Stage) -> list[Path]:
    """All that lies on the three laptops and between them. The note with the demo's passphrase is left out: it says
    what opens a throw-away institution."""
    laptops = [stage.demo.data(person.role) for person in PEOPLE]
    return [*laptops, stage.demo.folder / "exchange", stage.demo.head_office]


@pytest.mark.timeout(300)
def test_nothing_can_be_read(decided: Stage, tmp_path: Path) -> None:
    """Closed, open with its log, and as a crash leaves it: on the officer's laptop, the manager's and in between."""
    with desk_of(decided.demo, Role.OFFICER, decided.clock) as desk:
        _plant(desk)
        traces = _traces(desk, decided)
        laptop = desk.vault.folder
        assert (laptop / "vault.db-wal").stat().st_size > 10_000, "the log is among what is searched"
        shutil.copytree(laptop, tmp_path / "open")
    closed = [found for folder in _folders(decided) for found in _found(folder, traces)]
    assert closed == []
    assert _found(tmp_path / "open", traces) == []
    files = sum(1 for folder in _folders(decided) for path in folder.rglob("*") if path.is_file())
    print(f"{len(traces)} traces in {files} files: none")


def test_the_search_would_find_it(decided: Stage) -> None:
    """A word or a piece of a picture in any file, whatever its name."""
    with desk_of(decided.demo, Role.OFFICER, decided.clock) as desk:
        traces = _traces(desk, decided)
        picture = photos.photos_of(desk, decided.case, None)[0].record
        data = photos.view(desk, picture)
    laptop = decided.demo.data(Role.OFFICER)
    (laptop / "leak.tmp").write_bytes(b"..." + SAID[0].encode("utf-16-le") + data)
    (laptop / f"{SAID[3]}.part").write_bytes(b"")
    found = {line.split(" in ")[-1] for line in _found(laptop, traces)}
    assert found == {"leak.tmp", f"{SAID[3]}.part"}
