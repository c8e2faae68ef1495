"""Lies, the same words in three files, two visits that disagree, and the gate that lets none of them through."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.casework import delivery, explanations, gate, papers, review, submission, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Contradiction, Findings, Standing, findings_of
from officer_app.casework.visits import Visit
from officer_app.credit.figures import known
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import audit
from officer_app.vault.records import LieTold
from tests.support.demo import HandClock, desk_of, visited
from tests.support.files import settle

SAID = "年关最后一周的数，平常月份见磅单。"
LIE = LieTold("水电费都交清了", "欠三个月电费 3900 元")


def look(desk: Desk, visit: Visit) -> Findings:
    """The list as it stands when the officer looks at it."""
    explanations.record(desk, visit.case, findings_of(desk, visit.case, visit))
    return findings_of(desk, visit.case, visit)


def named(found: Findings, start: str) -> Contradiction:
    return next(one for one in found.contradictions if one.key.startswith(start))


def willingness(found: Findings) -> object:
    return known(next(part.score for part in found.assessment.risk_index.parts if part.name == "willingness"))


def ref(visit: Visit, path: str) -> str:
    return visits.ref_of_fact(visit.session, path) or ""


def again(desk: Desk, case: CaseId, clock: HandClock, **told: str) -> Visit:
    """A second visit, three days later, with a few answers."""
    clock.move(days=3)
    visit = visits.begin_visit(desk, case)
    for path, text in told.items():
        visits.answer(desk, visit, ref(visit, path.replace("__", ".")), text)
    return visit


# --- a lie ------------------------------------------------------------------------------------------------------


def test_a_lie_marked_at_an_exit_caps_willingness_and_stands_in_the_memo(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock)
        before = look(officer, visit)
        one = before.open[0]
        explanations.let_stand(officer, visit.case, one, "问了三遍不吭声", LIE)
        after = findings_of(officer, visit.case, visit)
        assert [(lie.said, lie.found, lie.contradiction) for lie in after.facts.lies] == [
            (LIE.said, LIE.found, one.key)
        ]
        assert willingness(before) != willingness(after) == 40
        assert "PROVEN_LIE" in {flag.code for flag in after.assessment.flags}
        assert not any(found.key.startswith("PROVEN_LIE") for found in after.contradictions)
        settle(officer, visit)
        memo = papers.preview(officer, visit, findings_of(officer, visit.case, visit), CHINESE)
        pages = ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(memo)).pages]
        assert LIE.said in pages[0]
        assert "查实说谎" in pages[0]
        assert any("须再次实地调查" in page and "放款前" in page for page in pages[1:])
        explanations.reopen(officer, visit.case, named(after, one.key))
        assert findings_of(officer, visit.case, visit).facts.lies == ()
        with officer.vault.reading() as tx:
            assert audit.first_broken(tx) is None


@pytest.mark.parametrize("lie", [LieTold("", "真的"), LieTold("说的", "  ")])
def test_a_lie_needs_both_its_sentences(demo: Demo, clock: HandClock, lie: LieTold) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock, photos=False)
        one = look(officer, visit).open[0]
        with pytest.raises(Fault) as refused:
            explanations.correct(officer, visit.case, one, "看错了", lie)
        assert refused.value.code is Code.REASON_NEEDED
        assert named(findings_of(officer, visit.case, visit), one.key).standing is Standing.OPEN


def test_no_answer_can_take_a_lie_away_and_a_submitted_one_is_frozen(demo: Demo, clock: HandClock) -> None:
    """Corrected, the contradiction is gone, and what was said knowingly wrong stays."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock)
        arrears = named(look(officer, visit), "UTILITY")
        explanations.correct(officer, visit.case, arrears, "缴费单是真的", LIE)
        bill = next(a.ref for a in visit.session.bound_answers() if a.path == "utilities[0].arrears_amount")
        visits.answer(officer, visit, bill, "0")
        found = findings_of(officer, visit.case, visit)
        assert named(found, arrears.key).standing is Standing.CORRECTED
        assert len(found.facts.lies) == 1
        settle(officer, visit)
        with pytest.raises(Fault) as refused:  # who lied is visited again first
            submission.submit(officer, visit, PASSPHRASE)
        assert refused.value.code is Code.CASE_INCOMPLETE
        again = visits.begin_visit(officer, visit.case, form_name="second_visit")
        visits.answer(officer, again, ref(again, "staff.seen_on_site"), "3")
        settle(officer, again)
        sent = submission.submit(officer, again, PASSPHRASE)
        parts = {part.path: officer.vault.read_blob(part.blob) for part in sent.parts}
        assert LIE.found in parts["facts.json"].decode()
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        told = next(one for one in view.contradictions if one.key == arrears.key)
        assert (told.lie_said, told.lie_found) == (LIE.said, LIE.found)
        assert "PROVEN_LIE" in {flag.code for flag in view.assessment.flags}


# --- an explanation of money needs proof --------------------------------------------------------------------------


def test_money_apart_is_explained_by_proof_and_never_by_a_sentence_alone(demo: Demo, clock: HandClock) -> None:
    """The brother's 60,000 are above what the equity check allows to be apart."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock)
        debt = named(look(officer, visit), "UNDISCLOSED_DEBT")
        assert debt.apart == 60_000
        for proof in ("", "-", "没有凭据"):
            with pytest.raises(Fault) as refused:
                explanations.explain(officer, visit.case, debt, SAID, proof=proof)
            assert refused.value.code is Code.PROOF_NEEDED
        with pytest.raises(Fault) as refused:
            explanations.explain(officer, visit.case, debt, "无", proof="借条")
        assert refused.value.code is Code.REASON_NEEDED
        explanations.explain(officer, visit.case, debt, SAID, proof="借条原件，弟弟 139 0000 0000")
        kept = named(findings_of(officer, visit.case, visit), debt.key)
        assert kept.standing is Standing.EXPLAINED
        assert kept.record is not None
        assert kept.record.proof == "借条原件，弟弟 139 0000 0000"
        settle(officer, visit)
        memo = papers.preview(officer, visit, findings_of(officer, visit.case, visit), CHINESE)
        assert any("借条原件" in "".join(page.extract_text().split()) for page in PdfReader(BytesIO(memo)).pages)
        submission.submit(officer, visit, PASSPHRASE)
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        assert next(one for one in view.contradictions if one.key == debt.key).proof == kept.record.proof


def test_a_little_money_and_people_need_a_sentence_alone(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock, photos=False)
        arrears = named(look(officer, visit), "UTILITY")
        assert arrears.apart is None
        explanations.explain(officer, visit.case, arrears, SAID)
        assert named(findings_of(officer, visit.case, visit), arrears.key).standing is Standing.EXPLAINED


def test_more_money_apart_than_was_explained_opens_it_again(demo: Demo, clock: HandClock) -> None:
    """A few thousand need a sentence; once 60,000 are found, it closes nothing any more and the gate says so."""
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock, photos=False)
        owed = next(a.ref for a in visit.session.bound_answers() if a.path == "liabilities[2].balance")
        visits.answer(officer, visit, owed, "2000")
        debt = named(look(officer, visit), "UNDISCLOSED_DEBT")
        assert debt.apart is None
        explanations.explain(officer, visit.case, debt, SAID)
        visits.answer(officer, visit, owed, "60000")
        found = findings_of(officer, visit.case, visit)
        assert named(found, debt.key).standing is Standing.OPEN
        assert debt.key in {gap.ref for gap in gate.gaps(officer, visit, found)}


# --- what stands raises the tier ---------------------------------------------------------------------------------


def test_what_stands_is_counted_and_raises_the_tier(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "fruit", clock, photos=False)
        found = look(officer, visit)
        assert (found.standing, found.tiers_raised) == (0, 0)
        first, second, *_ = found.open
        explanations.let_stand(officer, visit.case, first, "说不清")
        explanations.let_stand(officer, visit.case, second, "不愿说")
        found = findings_of(officer, visit.case, visit)
        assert (found.standing, found.tiers_raised) == (2, 1)


# --- the same explanation in three files -------------------------------------------------------------------------


def _explained(desk: Desk, name: str, clock: HandClock, words: str) -> Visit:
    _, visit = visited(desk, name, clock, photos=False)
    explanations.explain(desk, visit.case, look(desk, visit).open[0], words, proof="磅单存根")
    return visit


def test_the_third_file_with_the_same_explanation_is_a_finding(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        first = _explained(officer, "fruit", clock, SAID)
        second = _explained(officer, "fruit", clock, "年关最后 1 周的数,平常月份见磅单")
        assert not _same(officer, first)
        third = _explained(officer, "fruit", clock, "  年关最后一周的数；平常月份，见磅单！！ 2025")
        assert not _same(officer, second), "one sign differs: another sentence"
        fourth = _explained(officer, "fruit", clock, SAID)
        for visit in (first, third, fourth):
            (finding,) = _same(officer, visit)
            assert finding.standing is Standing.OPEN
            assert not finding.severe
        english = say(_same(officer, fourth)[0].sentence, ENGLISH)
        assert "stands in 3 files of this officer" in english
        assert say(_same(officer, fourth)[0].sentence, CHINESE) != english
        look(officer, fourth)
        gaps = gate.gaps(officer, fourth, findings_of(officer, fourth.case, fourth))
        assert any(gap.ref.startswith("SAME_EXPLANATION:") for gap in gaps)
        explanations.let_stand(officer, fourth.case, _same(officer, fourth)[0], "三家都在同一条街，同一天停电")
        assert _same(officer, fourth)[0].standing is Standing.STANDS


def _same(desk: Desk, visit: Visit) -> list[Contradiction]:
    found = findings_of(desk, visit.case, visit).contradictions
    return [one for one in found if one.key.startswith("SAME_EXPLANATION:")]


# --- two visits ---------------------------------------------------------------------------------------------------


def test_two_visits_that_disagree_are_a_contradiction_with_both_values_and_days(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试丁"))
        first = visits.begin_visit(officer, case.id)
        visits.answer(officer, first, ref(first, "sales.declared_monthly_sales"), "65000")
        visits.answer(officer, first, ref(first, "household.persons"), "4")
        second = again(officer, case.id, clock, sales__declared_monthly_sales="42000", household__persons="4")
        found = look(officer, second)
        told = named(found, "TOLD_TWICE:")
        assert told.key == "TOLD_TWICE:sales.declared_monthly_sales"
        assert told.paths == ("sales.declared_monthly_sales",)
        assert [one.key for one in found.contradictions if one.key.startswith("TOLD_TWICE")] == [told.key]
        english = say(told.sentence, ENGLISH)
        assert "65,000 on the visit of 8 Oct 2026, 42,000 on the visit of 11 Oct 2026" in english
        assert "65,000" in say(told.sentence, CHINESE)
        assert known(found.facts.sales.declared_monthly_sales) == 42000
        kept = visits.resume_visit(officer, first.record.id).session
        assert kept.question(ref(first, "sales.declared_monthly_sales"), "en").value == "65000"
        explanations.correct(officer, case.id, told, "头一回把年关的数当成平月说了")
        after = named(findings_of(officer, case.id, second), "TOLD_TWICE:")
        assert (after.standing, after.found) == (Standing.CORRECTED, False)
        third = again(officer, case.id, clock, sales__declared_monthly_sales="50000")
        back = named(findings_of(officer, case.id, third), "TOLD_TWICE:")
        assert (back.standing, back.found) == (Standing.OPEN, True)


def test_another_way_to_write_a_number_is_no_other_answer(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试戊"))
        first = visits.begin_visit(officer, case.id)
        visits.answer(officer, first, ref(first, "sales.declared_monthly_sales"), "65000")
        second = again(officer, case.id, clock, sales__declared_monthly_sales="65000.00")
        assert not any("TOLD_TWICE" in one.key for one in findings_of(officer, case.id, second).contradictions)


def test_a_lie_told_on_two_visits_can_be_marked(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试己"))
        first = visits.begin_visit(officer, case.id)
        visits.answer(officer, first, ref(first, "sales.declared_monthly_sales"), "65000")
        second = again(officer, case.id, clock, sales__declared_monthly_sales="42000")
        told = named(look(officer, second), "TOLD_TWICE:")
        explanations.correct(officer, case.id, told, "过磅单只有六张", LieTold("一个月十二趟", "六趟"))
        assert findings_of(officer, case.id, second).facts.lies[0].found == "六趟"


# --- the gate -----------------------------------------------------------------------------------------------------


def test_nothing_is_submitted_while_two_visits_disagree(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _, visit = visited(officer, "salon", clock)
        settle(officer, visit)
        before = known(findings_of(officer, visit.case, visit).facts.household.persons)
        assert before is not None
        second = again(officer, visit.case, clock, household__persons=f"{before + 1:f}")
        with pytest.raises(Fault) as refused:
            submission.submit(officer, second, PASSPHRASE)
        assert refused.value.code is Code.CASE_INCOMPLETE
        gaps = gate.gaps(officer, visit, findings_of(officer, visit.case, second))
        assert "TOLD_TWICE:household.persons" in {gap.ref for gap in gaps}
