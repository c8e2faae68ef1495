"""The laptop's clock is moved during a visit and before signing: seen, recorded, asked about, told in the memo."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from officer_app.base.clock import local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.numerals import show
from officer_app.base.words import CHINESE, LANGUAGES, say
from officer_app.casework import delivery, explanations, submission, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.clockjumps import CLOCK_JUMPED
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Contradiction, findings_of
from officer_app.casework.gate import Lacking, gaps
from officer_app.dossier import auditlog
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage

FORWARD, BACK, ZONE = {"days": 365}, {"days": -1}, {"hours": 7}
CASH = "/data/stock/liquid/cash_on_hand"


def _jumps(desk: Desk, visit: visits.Visit) -> list[Contradiction]:
    found = findings_of(desk, visit.case, visit).contradictions
    return [one for one in found if one.key.startswith(CLOCK_JUMPED)]


@pytest.mark.parametrize("moved", [FORWARD, BACK, ZONE], ids=["a year on", "a day back", "another zone"])
def test_a_jump_during_a_visit_is_recorded_and_waits_for_a_word(
    demo: Demo, clock: HandClock, moved: dict[str, int]
) -> None:
    """What was answered keeps its order, by its number and by the count that the clock does not bend."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visits.begin_visit(desk, open_case(desk, NewCase("周德旺")).id)
        visits.answer(desk, visit, CASH, "100")
        clock.move(minutes=25)
        visits.answer(desk, visit, CASH, "200")
        assert _jumps(desk, visit) == [], "an answer that takes its time is no jump"
        before = clock.time
        clock.set(**moved)
        visits.answer(desk, visit, CASH, "300")
        (found,) = _jumps(desk, visit)
        assert found.severe
        for language in LANGUAGES:
            told = say(found.sentence, language)
            for moment in (before, before + timedelta(**moved)):
                assert show(local_time(moment), "moment", language) in told
        kinds = [gap.kind for gap in gaps(desk, visit, findings_of(desk, visit.case, visit)) if gap.ref == found.key]
        assert kinds == [Lacking.CONTRADICTION]
        with desk.vault.reading() as tx:
            written = [event.new for event in answers.history(tx, visit.record.id) if event.ref == CASH]
            log = audit.events(tx, limit=1_000)[::-1]
            assert audit.first_broken(tx) is None
        assert written == ["100", "200", "300"]
        since = max(place for place, event in enumerate(log) if event.kind == audit.OPENED)
        counts = [event.elapsed for event in log[since:]]
        assert counts == sorted(counts), "the count begins anew when the vault is opened, and then only grows"
        assert sum(event.kind == audit.JUMPED for event in log) == 1


def test_closed_for_a_night_or_a_month_is_no_jump_and_set_back_meanwhile_is(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visits.begin_visit(desk, open_case(desk, NewCase("周德旺")).id)
    for days in (1, 30):
        clock.set(days=days)
        with desk_of(demo, Role.OFFICER, clock) as desk:
            assert _jumps(desk, visits.resume_visit(desk, visit.record.id)) == []
    clock.set(days=-2)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        again = visits.resume_visit(desk, visit.record.id)
        assert len(_jumps(desk, again)) == 1
        later = open_case(desk, NewCase("后来的"))
        assert _jumps(desk, visits.begin_visit(desk, later.id)) == [], "it was before this case was opened"


def test_it_keeps_from_signing_until_a_reason_stands_and_the_memo_tells(ready_once: Stage, tmp_path: Path) -> None:
    """A day back just before signing: refused, then signed with the reason, which the memo and the log carry."""
    stage = ready_once.copy(tmp_path / "demo")
    clock = stage.clock
    with desk_of(stage.demo, Role.OFFICER, clock) as desk:
        visit = visits.resume_visit(desk, stage.visit)
        before = clock.time
        clock.set(**BACK)
        visits.answer(desk, visit, visits.ref_of_fact(visit.session, "borrower.role") or "", "老板娘")
        with pytest.raises(Fault) as refused:
            submission.submit(desk, visit, PASSPHRASE)
        assert refused.value.code is Code.CASE_INCOMPLETE
        (found,) = _jumps(desk, visit)
        reason = "电池没电，开机后时间退回一天"
        explanations.explain(desk, stage.case, found, reason)
        for one in findings_of(desk, stage.case, visit).open:
            explanations.let_stand(desk, stage.case, one, "客户答不上来")
        record = submission.submit(desk, visit, PASSPHRASE)
        parts = {part.path: desk.vault.read_blob(part.blob) for part in record.parts}
        delivery.sync(desk, stage.demo.store)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(parts["memo.pdf"])).pages)
    flat = "".join(text.split())
    assert reason in flat
    assert "".join(show(local_time(before), "moment", CHINESE).split()) in flat
    piece = auditlog.parse(parts[auditlog.AUDIT])
    assert audit.JUMPED in {entry["kind"] for entry in piece.entries}
