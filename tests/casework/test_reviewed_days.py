"""The officer's day as the manager sees it: over every sealed file here, with what crosses borrowers and officers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base import canonical
from officer_app.base.canonical import Json
from officer_app.base.clock import CHINA, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import UserId, new_id
from officer_app.base.words import ENGLISH, say
from officer_app.casework import dossiers, review
from officer_app.casework.desk import Desk
from officer_app.casework.review import Review
from officer_app.casework.reviewed_days import day_of_review
from officer_app.casework.submission import keep_dossier
from officer_app.dossier import manifest as manifests
from officer_app.dossier.manifest import Manifest, PackRef, PartyRef
from officer_app.evidence.findings import Verdict
from officer_app.trust.certificates import Role
from officer_app.vault import cases
from officer_app.vault.records import CaseState, DossierRecord, Origin
from tests.support.demo import desk_of
from tests.support.stages import Stage
from tests.support.vaults import a_case
from tests.support.walks import place

NINE = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
LI, SUN = PartyRef("1" * 32, "李慧"), PartyRef("2" * 32, "孙莉")


@dataclass
class Files:
    """The manager's laptop, to which sealed versions are brought as their parts say."""

    desk: Desk
    seen: Review
    count: int = 0

    def bring(self, name: str, officer: PartyRef, pictures: list[dict[str, Json]]) -> tuple[DossierRecord, Manifest]:
        """A file with these pictures, the newest of its case."""
        self.count += 1
        number = f"2026-90{self.count:02d}"
        visit = {"started": to_text(NINE), "ended": to_text(NINE + timedelta(hours=1))}
        parts = {
            dossiers.FACTS: canonical.encode({"photos": {"premises_lat": "28.3784", "premises_lon": "121.3842"}}),
            dossiers.KNOWN: canonical.encode({"business": f"{name}的店"}),
            dossiers.PHOTOS: canonical.encode(list(pictures)),
            manifests.SUMMARY: b"{}",
            manifests.MEMO: b"%PDF",
            f"answers/{new_id()}.json": canonical.encode(dict(visit)),
        }
        made = [manifests.part_of(part, dossiers.media_type(part), data) for part, data in sorted(parts.items())]
        with self.desk.vault.writing() as tx:
            case = replace(
                a_case(UserId(officer.id), number, state=CaseState.SUBMITTED), applicant=name, business=name
            )
            case = replace(case, resident_id="", phone="", address="")
            cases.add(tx, case)
            frozen = Manifest(
                dossier_id=new_id(), case_id=case.id, case_number=number, version=1, previous=None, institution="甲",
                branch="城东", officer=officer, second=None, applicant=name, product="", lane="standard",
                requested_amount=Decimal(50_000), recommended_amount=None, term_months=12, grade="C",
                policy=PackRef("default", "1", "0" * 64), forms=(), program="0", audit_head="0" * 64,
                frozen_at=NINE, parts=tuple(made),
            )  # fmt: skip
            record = keep_dossier(tx, frozen, manifests.to_bytes(frozen), b"", parts, Origin.RECEIVED)
        return record, frozen

    def read(self, brought: tuple[DossierRecord, Manifest]) -> Review:
        """The file as it is open on the desk."""
        return replace(self.seen, record=brought[0], manifest=brought[1])


def picture(minute: int, east: int, north: int, serial: str = "SN-1", **more: Json) -> dict[str, Json]:
    lat, lon = place(east, north)
    taken = (NINE + timedelta(minutes=minute)).astimezone(CHINA)
    return {
        "id": new_id(), "shot": "门牌", "shot_en": "Door plate", "question": "", "taken_at": taken.isoformat(),
        "lat": str(lat), "lon": str(lon), "device": "Testphone T1", "serial": serial, "accuracy_m": "6", **more,
    }  # fmt: skip


@pytest.fixture
def files(fetched_once: Stage, tmp_path: Path) -> Iterator[Files]:
    stage = fetched_once.copy(tmp_path / "demo")
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as desk:
        yield Files(desk, review.open_dossier(desk, stage.dossier))


def told(files: Files, brought: tuple[DossierRecord, Manifest]) -> dict[Verdict, list[str]]:
    day = day_of_review(files.desk, files.read(brought))
    assert day is not None
    found: dict[Verdict, list[str]] = {}
    for one in day.told:
        found.setdefault(one.verdict, []).append(say(one.sentence, ENGLISH))
    return found


def test_an_honest_day_over_two_files(files: Files) -> None:
    first = files.bring("老罗", LI, [picture(1, 0, 0), picture(5, 6, 4)])
    files.bring("阿芳", LI, [picture(60, 700, 300)])
    files.bring("别人", SUN, [picture(2, 9000, 0, "SN-2")])
    assert told(files, first) == {Verdict.PASS: ["The ways between the pictures match their times."]}
    day = day_of_review(files.desk, files.read(first))
    assert day is not None
    assert say(day.title, ENGLISH) == "李慧, 9 Oct 2026: 3 pictures of 2 cases"
    assert round(day.ground.legs[0].metres) == 7
    assert {say(one.words, ENGLISH) for one in day.ground.addresses} == {"老罗的店", "阿芳的店"}


def test_what_crosses_files_is_named(files: Files) -> None:
    own = files.bring("老罗", LI, [picture(1, 0, 0), picture(5, 6, 4)])
    files.bring("远客", LI, [picture(9, 150_000, 0)])
    files.bring("借店", SUN, [picture(3000, 0, 0, "SN-2"), picture(3001, 6, 3, "SN-2")])
    files.bring("同机", SUN, [picture(200, 8000, 0, "SN-1")])
    found = told(files, own)
    way, same, phone = found[Verdict.STOP]
    assert "150" in way
    assert same == "The very coordinate of a picture of 2026-9003 借店, another borrower: does not match."
    assert phone.startswith("孙莉 took pictures with this very phone (Testphone T1)")
    assert Verdict.LOOK_CLOSER not in found


def test_nearness_asks_for_a_look_and_the_same_person_for_nothing(files: Files) -> None:
    own = files.bring("老罗", LI, [picture(1, 0, 0)])
    files.bring("老罗", LI, [picture(4000, 0, 0)])
    files.bring("隔壁", LI, [picture(50, 4, 0)])
    assert [words[:3] for words in told(files, own)[Verdict.LOOK_CLOSER]] == ["4 m"]


def test_a_phone_a_month_later_is_no_shared_phone(files: Files) -> None:
    own = files.bring("老罗", LI, [picture(1, 0, 0)])
    files.bring("同机", SUN, [picture(60 * 24 * 30, 8000, 0)])
    assert Verdict.STOP not in told(files, own)


def test_without_a_time_there_is_no_day(files: Files) -> None:
    assert day_of_review(files.desk, files.read(files.bring("老罗", LI, [picture(1, 0, 0, taken_at=None)]))) is None


def test_parts_that_say_nonsense_are_refused(files: Files) -> None:
    for wrong in (
        {"lat": "north"},
        {"accuracy_m": "six"},
        {"taken_at": "noon"},
        {"lat": "NaN"},
        {"accuracy_m": "NaN"},
    ):
        brought = files.bring("老罗", LI, [picture(1, 0, 0) | wrong])
        with pytest.raises(Fault) as caught:
            day_of_review(files.desk, files.read(brought))
        assert caught.value.code is Code.DOSSIER_UNTRUSTED, wrong
