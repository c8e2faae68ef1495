"""Head office's own shot list: from its first day on, for visits that begin then; those under way keep theirs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from officer_app.base.paths import forms_folder
from officer_app.casework import delivery, packs, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.gate import Lacking, gaps
from officer_app.casework.shots import OWN, frames
from officer_app.casework.visits import Visit
from officer_app.dossier.records import PackKind
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.publishing import publish
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage

TOMORROW = date(2026, 10, 9)
CELLAR = """
[[lists]]
required = ["cellar"]
"""
SHOT = '{ id = "cellar", place = "shop", questions = [], zh = "地下室", en = "The cellar" },'


def _own() -> bytes:
    shipped = (forms_folder() / "shots.toml").read_text(encoding="utf-8")
    assert "shots = [" in shipped
    return (shipped.replace("shots = [", f"shots = [\n{SHOT}", 1) + CELLAR).encode()


def _publish(demo: Demo, clock: HandClock, content: bytes, first: date | None = None) -> None:
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    publish(
        office,
        demo.store,
        kind=PackKind.SHOTS,
        name=packs.SHOTS,
        content=content,
        clock=clock,
        effective_from=first,
    )


def _asks(desk: Desk, visit: Visit) -> bool:
    return any(one.ref == f"{OWN}cellar" for one in frames(visit, findings_of(desk, visit.case, visit)))


def _begun(desk: Desk, name: str) -> Visit:
    return visits.begin_visit(desk, open_case(desk, NewCase(name)).id)


def test_a_list_holds_from_its_day_for_the_visits_that_begin_then(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        before = _begun(officer, "甲")
        _publish(demo, clock, _own(), TOMORROW)
        assert delivery.sync(officer, demo.store).packs >= 1
        assert not _asks(officer, _begun(officer, "乙")), "its day has not come"
        clock.move(days=1)
        after = _begun(officer, "丙")
        assert _asks(officer, after)
        gap = [
            one for one in gaps(officer, after, findings_of(officer, after.case, after)) if one.ref == f"{OWN}cellar"
        ]
        assert [one.kind for one in gap] == [Lacking.PICTURE]
        assert not _asks(officer, visits.resume_visit(officer, before.record.id))
        _publish(demo, clock, _own().replace("地下室".encode(), "地窖".encode()))
        assert delivery.sync(officer, demo.store).packs == 1
        kept = frames(visits.resume_visit(officer, after.record.id), findings_of(officer, after.case))
        assert next(one for one in kept if one.ref == f"{OWN}cellar").label.chinese == "地下室"
        newest = _begun(officer, "丁")
        shown = frames(newest, findings_of(officer, newest.case, newest))
        assert next(one for one in shown if one.ref == f"{OWN}cellar").label.chinese == "地窖"


@pytest.mark.parametrize("content", [b"", b"schema = 9", CELLAR.encode()])
def test_a_list_that_nobody_understands_is_put_aside(demo: Demo, clock: HandClock, content: bytes) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        delivery.sync(officer, demo.store)
        _publish(demo, clock, content)
        done = delivery.sync(officer, demo.store)
        assert (done.packs, [fault.code.name for fault in done.quarantined]) == (0, ["SHOT_LIST_WRONG"])
        assert not _asks(officer, _begun(officer, "甲"))


def test_a_further_visit_goes_by_the_newer_list_and_the_first_keeps_its_own(
    ready_once: Stage, tmp_path: Path
) -> None:
    stage = ready_once.copy(tmp_path / "demo")
    clock = stage.clock
    with desk_of(stage.demo, Role.OFFICER, clock) as officer:
        _publish(stage.demo, clock, _own())
        delivery.sync(officer, stage.demo.store)
        second = visits.begin_visit(officer, stage.case, form_name="second_visit")
        assert _asks(officer, second)
        assert second.earlier[0].shots.named("cellar") is None
        shops = {one.listed.named("cellar") for one in findings_of(officer, stage.case, second).photos}
        assert shops == {None}, "the pictures of the first visit are judged by its list"
