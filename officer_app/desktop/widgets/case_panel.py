"""The findings panel of an open case: what it says follows the analysis."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from officer_app.base.words import ENGLISH, Verbatim, say
from officer_app.casework.findings import Contradiction, Findings
from officer_app.credit.asknext import Question
from officer_app.credit.assessment import Verdict
from officer_app.credit.figures import known
from officer_app.desktop.kit import case_words
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.contradictions import ContradictionItem
from officer_app.desktop.widgets.findings import AskNext, FindingsPanel, Recommendation, Tally
from officer_app.desktop.widgets.states import State
from officer_app.evidence.findings import Verdict as PhotoVerdict


class CasePanel(FindingsPanel):
    """`question_wanted(path)`: the fact whose question should be asked next."""

    question_wanted = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self._paths: dict[str, str] = {}
        self.next_chosen.connect(lambda key: self.question_wanted.emit(self._paths.get(key, "")))

    def show_findings(self, now: Findings, before: Findings | None) -> None:
        """Show where the case stands."""
        self.show_recommendation(
            Recommendation(
                asked=known(now.facts.application.requested_amount),
                supported=now.supported,
                was=before.supported if before is not None else None,
                why=case_words.why_moved(before, now),
                beside=case_words.moved_beside(before, now),
            )
        )
        self.show_contradictions(tuple(contradiction_item(one) for one in now.contradictions))
        self.show_tally(tally_of(now))

    def show_questions(self, questions: tuple[Question, ...]) -> None:
        """Show what to ask next, with what hangs on each answer."""
        keyed = {say(one.ask, ENGLISH): one for one in questions}
        self._paths = {key: one.paths[0] if one.paths else "" for key, one in keyed.items()}
        self.show_next(
            tuple(AskNext(key, one.ask, case_words.worth_of(one), one.reason) for key, one in keyed.items())
        )


def contradiction_item(one: Contradiction) -> ContradictionItem:
    """A contradiction as a card."""
    note = Verbatim(one.record.explanation) if one.record is not None and one.record.explanation else None
    return ContradictionItem(
        key=one.key,
        state=State.STOP if one.severe else State.LOOK,
        sentence=one.sentence,
        exit=case_words.exit_word(one),
        note=note,
    )


def tally_of(now: Findings) -> Tally:
    """All checks counted: pictures that need a closer look count as such."""
    verdicts = [check.verdict for check in now.assessment.checks]
    look = sum(1 for photo in now.photos if photo.verdict is PhotoVerdict.LOOK_CLOSER)
    return Tally(
        passed=verdicts.count(Verdict.PASSED),
        look=look,
        stop=verdicts.count(Verdict.FAILED),
        cannot_tell=verdicts.count(Verdict.MISSING),
    )
