"""One filling of a form: answers in, changes out; undo, redo, facts, and the view of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import cached_property
from typing import Final

from officer_app.base.clock import CHINA, Clock
from officer_app.base.errors import Code, Fault
from officer_app.checklists.again import stands
from officer_app.checklists.answers import Answer, below, document_of, found_at, grown, key_named, steps_of, with_refs
from officer_app.checklists.binding import BoundAnswer, FactTree, bound_answers, fact_tree
from officer_app.checklists.changes import Changes
from officer_app.checklists.choosing import ChoiceLabels
from officer_app.checklists.controls import QuestionType
from officer_app.checklists.definitions import Definition, Sort
from officer_app.checklists.entities import EntityChange, entity_changes
from officer_app.checklists.external import LAST_SAVED, saved_before
from officer_app.checklists.finishing import instance_xml
from officer_app.checklists.form import Form
from officer_app.checklists.hiding import Hidden, hidden
from officer_app.checklists.journal import Entry, Journal, Violation, is_readonly, kept_answers, violation_of
from officer_app.checklists.opening import preload, restore
from officer_app.checklists.places import PLACES, located
from officer_app.checklists.recalculation import Recalculation
from officer_app.checklists.showing import Chapter, KnownChoices, Showing, asked, chapters, counts
from officer_app.checklists.view import Choice, Counts, Problem, Question, Section, Unworded
from officer_app.checklists.wordings import NO_TEXTS
from officer_app.checklists.xpath.context import Context, Surroundings
from officer_app.checklists.xpath.dates import moment_text
from officer_app.checklists.xpath.nodes import Node, NodeKind

MAX_TEXT: Final = 100_000
_MAX_UNDO: Final = 1_000
_FIRST_LOAD: Final = frozenset({"odk-instance-first-load", "xforms-ready", "odk-instance-load"})
_NO_QUESTIONS: Final = frozenset({QuestionType.NOTE, QuestionType.IMAGE, QuestionType.GEOPOINT})
_EVERY_LOAD: Final = frozenset({"odk-instance-load"})


class FormSession:
    """A form being filled. Only one thread uses it."""

    def __init__(
        self,
        form: Form,
        clock: Clock,
        random_source: random.Random,
        answers: Mapping[str, str] | None = None,
        *,
        zone: tzinfo = CHINA,
        properties: Mapping[str, str] | None = None,
        last_saved: bytes | None = None,
        lists: Mapping[str, Node] | None = None,
    ) -> None:
        """Open for the first time (answers None: defaults run), or again with what `answers()` gave.

        `properties` are what metadata questions ask for: deviceid, username, phonenumber, email. `last_saved` is what
        `finalised()` gave the last time that this form was filled, for defaults that ask for it. `lists` stand for
        those of the form that have grown since it was written: entities.
        """
        self.form = form
        self._root = grown(form.seed)
        known = {**form.lists, **(lists or {})}
        if last_saved is not None:
            known[LAST_SAVED] = saved_before(last_saved)
        self._around = Surroundings(clock, random_source, zone, known, form.default_language)
        self._context = Context(document_of(self._root), self._root, self._around)
        self._labels = ChoiceLabels(form.top, form.translations)
        self._around.choice_label = lambda node, name, path: self._labels.label(node, name, path, self._context)
        self._around.translate = self._translated
        self._undo: list[list[Entry]] = []
        self._redo: list[list[Entry]] = []
        self._known_choices: KnownChoices = {}
        self.orphans: Mapping[str, str] = {}
        self._open(answers, properties or {})

    def _open(self, answers: Mapping[str, str] | None, properties: Mapping[str, str]) -> None:
        work = Recalculation(self._context, Journal())
        if answers is None:
            preload(self._root, self._around, properties)
        else:
            self.orphans = restore(self._root, answers)
        work.expect(below(self._root))
        work.settle()
        for action in self.form.actions:
            if action.events & (_FIRST_LOAD if answers is None else _EVERY_LOAD):
                work.act(action, self._root)
                work.settle()

    def _translated(self, identifier: str) -> list[Node]:
        phrase = self.form.translations.get(self._around.language, NO_TEXTS).phrase(identifier)
        return [Node(NodeKind.TEXT, "", phrase if isinstance(phrase, str) else "")]

    # --- changing ------------------------------------------------------------------------------------

    def set(self, ref: str, text: str) -> Changes:
        """Answer a question; "" clears it.

        The text is stored as it is. Errors: FORM_NO_SUCH_QUESTION, FORM_READ_ONLY, FORM_ANSWER_TOO_LONG.
        """
        return self.set_all({ref: text})

    def set_all(self, answers: Mapping[str, str]) -> Changes:
        """Answer several questions in one change, which is taken back as one; with an error none is answered.

        Errors: as `set`.
        """
        writes = [self._write(ref, text) for ref, text in answers.items()]

        def write(work: Recalculation) -> None:
            for node, text in writes:
                work.store(node, text)

        return self._change(write)

    def _write(self, ref: str, text: str) -> tuple[Answer, str]:
        node = self._question(ref)
        if is_readonly(node):
            raise Fault(Code.FORM_READ_ONLY, where=ref, ref=node.definition.name)
        if len(text) > MAX_TEXT:
            raise Fault(Code.FORM_ANSWER_TOO_LONG, where=ref, ref=node.definition.name, limit=MAX_TEXT)
        return node, located(text) if node.definition.bind.type in PLACES else text

    def is_reckoned(self, ref: str) -> bool:
        """Whether a question is filled by a calculation. Errors: FORM_NO_SUCH_QUESTION."""
        return self._question(ref).definition.bind.calculate is not None

    def add_repeat(self, ref: str, count: int = 1) -> Changes:
        """Append instances to a repeat: /data/asset. Errors: FORM_NO_SUCH_REPEAT, FORM_REPEAT_FIXED."""
        parent, definition = self._repeat(ref)

        def add(work: Recalculation) -> None:
            for _ in range(count):
                work.add(parent, definition)

        return self._change(add)

    def remove_repeat(self, ref: str, index: int) -> Changes:
        """Take out an instance, counted from 1. Errors: FORM_NO_SUCH_REPEAT, FORM_REPEAT_FIXED."""
        parent, definition = self._repeat(ref)
        family = parent.family(definition.key)
        if not 1 <= index <= len(family):
            raise Fault(Code.FORM_NO_SUCH_REPEAT, where=ref, ref=definition.name)
        return self._change(lambda work: work.remove(family[index - 1]))

    def enter(self, adds: Sequence[str], answers: Mapping[str, str]) -> Changes:
        """Lengthen lists by one each, then answer questions, the new ones too: one change, taken back as one.

        Errors: as `add_repeat` and `set`; then nothing is changed.
        """

        def write(work: Recalculation) -> None:
            for ref in adds:
                work.add(*self._repeat(ref))
            for ref, text in answers.items():
                work.store(*self._write(ref, text))

        return self._change(write)

    def speak(self, language: str) -> Changes:
        """Reckon texts that calculations take from choices in another language of the form."""
        self._around.language = self.form.language_for(language)
        return self._change(lambda work: work.expect(_speaking(self._root)))

    def _change(self, write: Callable[[Recalculation], None]) -> Changes:
        """Write and settle; a change that fails half-way is taken back whole."""
        journal = Journal()
        work = Recalculation(self._context, journal)
        try:
            write(work)
            work.settle()
        except BaseException:
            Recalculation(self._context, Journal()).replay(journal.entries, backwards=True)
            raise
        if journal.entries:
            self._undo.append(journal.entries)
            del self._undo[:-_MAX_UNDO]
            self._redo.clear()
        return journal.changes(self._root)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return bool(self._redo)

    def undo(self) -> Changes:
        """Take the last change back, exactly."""
        return self._replay(self._undo, self._redo, backwards=True)

    def redo(self) -> Changes:
        """Make the change again that was taken back last."""
        return self._replay(self._redo, self._undo, backwards=False)

    def _replay(self, source: list[list[Entry]], target: list[list[Entry]], *, backwards: bool) -> Changes:
        if not source:
            return Changes.empty()
        entries = source.pop()
        journal = Journal()
        Recalculation(self._context, journal).replay(entries, backwards=backwards)
        target.append(entries)
        return journal.changes(self._root)

    # --- finding -------------------------------------------------------------------------------------

    def _question(self, ref: str) -> Answer:
        node = found_at(self._root, steps_of(ref))
        if node is None or not node.definition.is_leaf:
            raise Fault(Code.FORM_NO_SUCH_QUESTION, where=ref, ref=ref)
        return node

    def _repeat(self, ref: str) -> tuple[Answer, Definition]:
        steps = steps_of(ref)
        parent = found_at(self._root, steps[:-1]) if len(steps) > 1 else None
        key = key_named(parent.definition, steps[-1][0]) if parent is not None else None
        definition = parent.definition.children[key] if parent is not None and key is not None else None
        if parent is None or definition is None or definition.sort is not Sort.REPEAT:
            raise Fault(Code.FORM_NO_SUCH_REPEAT, where=ref, ref=ref)
        if definition.count is not None:
            raise Fault(Code.FORM_REPEAT_FIXED, where=ref, ref=definition.name)
        return parent, definition

    def peek(self, ref: str) -> str | None:
        """What a question holds now, whether it is asked or not; None where there is no such question."""
        node = found_at(self._root, steps_of(ref))
        return node.stored if node is not None and node.definition.is_leaf else None

    def place_of(self, ref: str) -> str:
        """Where a question must be asked or seen: shop, home, desk, or "" where the form does not say."""
        node = found_at(self._root, steps_of(ref))
        return node.definition.place if node is not None else ""

    def may_stand(self, ref: str) -> bool:
        """Whether the form lets the answer of an earlier case stand here (`bind::again`).

        In a list that has no such row yet only what holds for every row counts.
        """
        return stands(self._root, steps_of(ref), self._context)

    def told(self) -> dict[str, str]:
        """What is asked now and answered by a person, ref -> text, in document order."""
        return {
            node.ref(): node.stored
            for chapter in self._chapters
            for _control, node in asked(chapter.parts, self._root)
            if node.stored and node.relevant and not is_readonly(node)
        }

    def questions(self) -> tuple[Unworded, ...]:
        """Every question that there is now, asked or not, in document order; cheaper than `sections`."""
        return tuple(
            Unworded(node.ref(), node.definition.name, node.definition.fact_path or None, node.stored, node.relevant)
            for chapter in self._chapters
            for _control, node in asked(chapter.parts, self._root)
        )

    def musts(self) -> tuple[str, ...]:
        """The refs of all questions that must be answered now, answered or not; pictures and positions are none."""
        return tuple(
            node.ref()
            for chapter in self._chapters
            for control, node in asked(chapter.parts, self._root)
            if node.relevant and node.required and control.type not in _NO_QUESTIONS
        )

    def pictures(self, language: str) -> tuple[Question, ...]:
        """Every picture that the form may ask for now, asked for or not, there or not."""
        showing = self._showing(language)
        return tuple(
            showing.question(control, node)
            for chapter in self._chapters
            for control, node in asked(chapter.parts, self._root)
            if control.type is QuestionType.IMAGE
        )

    def open_pictures(self, language: str) -> tuple[Question, ...]:
        """Those that are asked for now and not there, wanted or only useful."""
        return tuple(one for one in self.pictures(language) if one.relevant and not one.value)

    def count(self, ref: str) -> int:
        """How many entries a list has now; 0 where there is no such list."""
        steps = steps_of(ref)
        parent = found_at(self._root, steps[:-1]) if len(steps) > 1 else None
        key = key_named(parent.definition, steps[-1][0]) if parent is not None else None
        return len(parent.family(key)) if parent is not None and key is not None else 0

    def is_fixed(self, ref: str) -> bool:
        """Whether the form itself sets how long a list is."""
        steps = steps_of(ref)
        parent = found_at(self._root, steps[:-1]) if len(steps) > 1 else None
        key = key_named(parent.definition, steps[-1][0]) if parent is not None else None
        return parent is not None and key is not None and parent.definition.children[key].count is not None

    # --- keeping and giving --------------------------------------------------------------------------

    def answers(self) -> dict[str, str]:
        """Everything to keep: ref -> text, and for each repeat its own ref -> how often it repeats."""
        return kept_answers(self._root)

    def facts(self) -> FactTree:
        """The relevant, answered facts as a nested tree with text leaves."""
        return fact_tree(self._root)

    def bound_answers(self) -> tuple[BoundAnswer, ...]:
        """Each answer that is a fact, with its question."""
        return bound_answers(self._root)

    def entities(self) -> tuple[EntityChange, ...]:
        """What this filling makes of entities, by the form's own lists."""
        return entity_changes(self._root)

    def finalised(self) -> bytes:
        """The instance's XML without what is not relevant."""
        return instance_xml(self.form, self._root, moment_text(self._around.now()))

    # --- showing -------------------------------------------------------------------------------------

    @cached_property
    def _chapters(self) -> tuple[Chapter, ...]:
        return chapters(self.form)

    def _showing(self, language: str) -> Showing:
        return Showing(self.form, self._root, self._context, self.form.language_for(language), self._known_choices)

    def sections(self, language: str) -> tuple[Section, ...]:
        """The whole form in a language."""
        showing = self._showing(language)
        return tuple(showing.section(chapter) for chapter in self._chapters)

    def titles(self, language: str) -> dict[str, str]:
        """What each section is called, by its ref; cheaper than `sections`."""
        showing = self._showing(language)
        return {chapter.ref: showing.title(chapter) for chapter in self._chapters}

    def section(self, ref: str, language: str) -> Section:
        """One section. Errors: FORM_NO_SUCH_QUESTION."""
        chapter = next((each for each in self._chapters if each.ref == ref), None)
        if chapter is None:
            raise Fault(Code.FORM_NO_SUCH_QUESTION, where=ref, ref=ref)
        return self._showing(language).section(chapter)

    def hidden(self, section: str, language: str) -> tuple[Hidden, ...]:
        """What a section does not ask now, with the rules. Errors: FORM_NO_SUCH_QUESTION."""
        chapter = next((each for each in self._chapters if each.ref == section), None)
        if chapter is None:
            raise Fault(Code.FORM_NO_SUCH_QUESTION, where=section, ref=section)
        return hidden(chapter.parts, self._root, self._showing(language).name)

    def question(self, ref: str, language: str) -> Question:
        """One question. Errors: FORM_NO_SUCH_QUESTION, also for what is only reckoned and never asked."""
        node = self._question(ref)
        control = node.definition.control
        if control is None:
            raise Fault(Code.FORM_NO_SUCH_QUESTION, where=ref, ref=ref)
        return self._showing(language).question(control, node)

    def value(self, ref: str) -> str:
        """The answer to a question as it is kept, "" without one. Errors: FORM_NO_SUCH_QUESTION."""
        return self._question(ref).stored

    def is_refused(self, ref: str) -> bool:
        """Whether the answer to a question breaks its constraint. Errors: FORM_NO_SUCH_QUESTION."""
        return violation_of(self._question(ref)) is Violation.CONSTRAINT

    def choices(self, ref: str, language: str) -> tuple[Choice, ...]:
        """What a question offers now. Errors: FORM_NO_SUCH_QUESTION."""
        node = self._question(ref)
        control = node.definition.control
        return () if control is None else self._showing(language).choices(control, node)

    def counts(self) -> Mapping[str, Counts]:
        """How far each section is."""
        return {chapter.ref: counts(chapter, self._root) for chapter in self._chapters}

    def problems(self, language: str) -> tuple[Problem, ...]:
        """Every answer that is missing or not accepted, in document order."""
        showing = self._showing(language)
        found: list[Problem] = []
        for chapter in self._chapters:
            for _control, node in asked(chapter.parts, self._root):
                violation = showing.violation(node)
                if violation is not None:
                    found.append(Problem(node.ref(), chapter.ref, showing.label(node), violation))
        return tuple(found)

    def state(self) -> dict[str, tuple[str, bool, str | None]]:
        """Every node's value, relevance and violation by ref, groups included: for tests and the command line."""
        return {ref: (node.stored, node.relevant, _violation_name(node)) for ref, node in with_refs(self._root)}


def _violation_name(node: Answer) -> str | None:
    violation = violation_of(node) if node.definition.is_leaf else None
    return None if violation is None else violation.value


def _speaking(root: Answer) -> list[Answer]:
    """The answers whose calculation takes words from the form."""
    return [node for node in below(root) if _takes_words(node.definition)]


def _takes_words(definition: Definition) -> bool:
    calculate = definition.bind.calculate
    return calculate is not None and ("jr:choice-name" in calculate.source or "jr:itext" in calculate.source)
