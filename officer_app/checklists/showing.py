"""Builds the view of a form from its body and the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from officer_app.checklists.answers import Answer, instances
from officer_app.checklists.choosing import called, items, text_of
from officer_app.checklists.controls import CHOOSING, Control, GroupPart, ItemSet, Part, QuestionType, RepeatPart
from officer_app.checklists.definitions import Definition
from officer_app.checklists.form import Form
from officer_app.checklists.journal import Violation as ViolationKind
from officer_app.checklists.journal import family_ref, is_readonly, violation_of
from officer_app.checklists.view import (
    Block,
    Choice,
    Counts,
    Instance,
    Item,
    Question,
    RepeatBlock,
    Section,
    Violation,
)
from officer_app.checklists.wordings import NO_TEXTS, Phrase, Wording, reworded, said
from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.nodes import Node

# Language, name and label of an item set -> its choices whose words never change.
KnownChoices: TypeAlias = "dict[tuple[str, str, str], dict[Node, Choice]]"
# What pyxform writes where a text or a translation lacks.
_BLANK: Final = frozenset({"", "-"})


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one section is made of."""

    ref: str
    parts: tuple[Part, ...]
    heading: GroupPart | RepeatPart | None


def chapters(form: Form) -> tuple[Chapter, ...]:
    """The sections of a form: its top-level groups and repeats; loose questions between them gathered in runs."""
    found: list[Chapter] = []
    loose: list[Part] = []
    runs = 0
    for part in form.body:
        if isinstance(part, Control):
            loose.append(part)
            continue
        if loose:
            runs += 1
            found.append(_loose(form, loose, runs))
            loose = []
        found.append(Chapter(_chapter_ref(part, len(found)), (part,), part))
    if loose:
        found.append(_loose(form, loose, runs + 1))
    return tuple(found)


def _loose(form: Form, parts: Sequence[Part], run: int) -> Chapter:
    return Chapter(form.root.path if run == 1 else f"{form.root.path}#{run}", tuple(parts), None)


def _chapter_ref(part: Part, place: int) -> str:
    path = part.definition.path
    return path if part.definition.depth > 1 else f"{path}#group{place}"


class Showing:
    """Looks at the answers in one language."""

    def __init__(self, form: Form, root: Answer, context: Context, language: str, known: KnownChoices) -> None:
        """`language` is the form's own name of it; `known` keeps the choices of lists, which never change."""
        self._known = known
        self._form = form
        self._root = root
        self._context = context
        self._texts = form.translations.get(language, NO_TEXTS)
        self._pictures = "image" in self._texts.by_form
        self._language = language

    # --- sections ------------------------------------------------------------------------------------

    def title(self, chapter: Chapter) -> str:
        """What a section is called, "" for loose questions."""
        heading = chapter.heading
        return "" if heading is None else self._said(heading.label, self._headed(heading) or self._root)

    def _headed(self, heading: GroupPart | RepeatPart) -> Answer | None:
        return self._root if heading.definition.depth <= 1 else _only(self._root, heading.definition)

    def section(self, chapter: Chapter) -> Section:
        """One section with all it holds."""
        if chapter.heading is None:
            shown = tuple(self._items(chapter.parts, self._root, spread=True))
            return Section(chapter.ref, "", relevant=True, items=shown, counts=counts(chapter, self._root))
        heading = chapter.heading
        node = self._headed(heading)
        if isinstance(heading, RepeatPart) or node is None:
            shown = tuple(self._items((heading,), self._root, spread=True))
            relevant = any(item.relevant for item in shown)
        else:
            together = "field-list" in heading.appearance
            shown = (
                (self._block(heading, node),)
                if together and all(isinstance(part, Control) for part in heading.parts)
                else tuple(self._items(heading.parts, node, spread=not together))
            )
            relevant = node.relevant
        return Section(chapter.ref, self.title(chapter), relevant, shown, counts(chapter, self._root))

    def _items(self, parts: Sequence[Part], around: Answer, *, spread: bool) -> Iterator[Item]:
        """Blocks and repeats of a list of parts; `spread` gives each question a block of its own."""
        run: list[Question] = []
        for part in parts:
            if isinstance(part, Control):
                question = self._of_control(part, around)
                if question is None:
                    continue
                if spread:
                    yield Block(question.ref, "", question.relevant, field_list=False, questions=(question,))
                else:
                    run.append(question)
                continue
            if run:
                yield Block(around.ref(), "", around.relevant, field_list=True, questions=tuple(run))
                run = []
            yield from self._item(part, around)
        if run:
            yield Block(around.ref(), "", around.relevant, field_list=True, questions=tuple(run))

    def _item(self, part: GroupPart | RepeatPart, around: Answer) -> Iterator[Item]:
        if isinstance(part, RepeatPart):
            for parent in _all(around, part.definition.parent):
                yield self._repeat(part, parent)
            return
        node = around if part.definition is around.definition else _only(around, part.definition)
        if node is None:
            return
        yield self._block(part, node)
        for inner in part.parts:
            if not isinstance(inner, Control):
                yield from self._item(inner, node)

    def _block(self, part: GroupPart, node: Answer) -> Block:
        questions = [self._of_control(inner, node) for inner in part.parts if isinstance(inner, Control)]
        return Block(
            node.ref(),
            self._said(part.label, node),
            node.relevant,
            "field-list" in part.appearance,
            tuple(question for question in questions if question is not None),
        )

    def _repeat(self, part: RepeatPart, parent: Answer) -> RepeatBlock:
        definition = part.definition
        family = parent.family(definition.key)
        return RepeatBlock(
            family_ref(parent, definition.key),
            self._said(part.label, parent),
            any(node.relevant for node in family) if family else parent.relevant,
            definition.count is not None,
            part.appearance,
            tuple(self._instance(part, node) for node in family),
            definition.fact_path or None,
        )

    def _instance(self, part: RepeatPart, node: Answer) -> Instance:
        spread = "field-list" not in part.appearance
        shown = tuple(self._items(part.parts, node, spread=spread))
        label = reworded(self._texts.of(part.label), part.inside)
        return Instance(node.ref(), node.number, self._phrase(label, node), node.relevant, shown)

    # --- questions -----------------------------------------------------------------------------------

    def _of_control(self, control: Control, around: Answer) -> Question | None:
        node = _only(around, control.definition)
        return None if node is None else self.question(control, node)

    def question(self, control: Control, node: Answer) -> Question:
        """One question as it stands."""
        definition = control.definition
        bind = definition.bind
        return Question(
            ref=node.ref(),
            name=definition.name,
            type=control.type,
            label=self._said(control.label, node),
            hint=self._said(control.hint, node),
            guidance=_told(self._phrase(self._texts.phrase(control.hint.identifier, "guidance"), node)),
            image=_picture(self._phrase(self._texts.phrase(control.label.identifier, "image"), node)),
            value=node.stored,
            choices=self.choices(control, node) if control.type in CHOOSING else (),
            relevant=node.relevant,
            readonly=is_readonly(node),
            required=node.required,
            violation=self.violation(node),
            appearance=control.appearance,
            fact=definition.fact_path or None,
            parameters={**bind.parameters, **control.parameters},
        )

    def choices(self, control: Control, node: Answer) -> tuple[Choice, ...]:
        """What can be chosen now."""
        static = [Choice(choice.name, self._said(choice.label, node)) for choice in control.choices]
        if control.itemset is None:
            return tuple(static)
        itemset = control.itemset
        known = self._known.setdefault((self._language, itemset.name, itemset.label), {})
        found = items(itemset, node, self._context)
        static.extend([known.get(item) or self._choice(item, itemset, node, known) for item in found])
        return tuple(static)

    def _choice(self, item: Node, itemset: ItemSet, node: Answer, known: dict[Node, Choice]) -> Choice:
        label = called(item, itemset, self._texts)
        image = called(item, itemset, self._texts, "image") if self._pictures else ""
        name = text_of(item, itemset.name)
        if image or not isinstance(label, str) or type(item) is not Node:
            picture = _picture(self._phrase(image, node)) if image else None
            return Choice(name, self._phrase(label, node) or name, picture)
        choice = known[item] = Choice(name, name if label in _BLANK else label)
        return choice

    def violation(self, node: Answer) -> Violation | None:
        """What is wrong with an answer, in the form's words."""
        kind = violation_of(node)
        if kind is None:
            return None
        bind = node.definition.bind
        wording = bind.required_message if kind is ViolationKind.REQUIRED else bind.constraint_message
        return Violation(kind, "" if wording is None else self._said(wording, node))

    def label(self, node: Answer) -> str:
        """What a question is called, or its name."""
        control = node.definition.control
        return (self._said(control.label, node) if control is not None else "") or node.definition.name

    def name(self, part: Part, node: Answer) -> str:
        """What a part of the body is called, "" for one without a heading."""
        return self._said(part.label, node)

    # --- words ---------------------------------------------------------------------------------------

    def _said(self, wording: Wording, node: Answer) -> str:
        return self._phrase(self._texts.of(wording), node)

    def _phrase(self, phrase: Phrase, node: Answer) -> str:
        if isinstance(phrase, str):
            return "" if phrase in _BLANK else phrase
        self._context.current = node
        return said(phrase, node, self._context)


def _told(text: str) -> str:
    return "" if text in _BLANK else text


def _picture(text: str) -> str | None:
    """The file behind jr://images/a.png."""
    return text.rpartition("/")[2] or None


def _way(start: Definition, end: Definition | None) -> tuple[str, ...] | None:
    keys: list[str] = []
    node = end
    while node is not None and node is not start:
        keys.append(node.key)
        node = node.parent
    return None if node is None else tuple(reversed(keys))


def _all(around: Answer, definition: Definition | None) -> list[Answer]:
    way = _way(around.definition, definition)
    if way is None:
        return []
    return instances(around, way)


def _only(around: Answer, definition: Definition) -> Answer | None:
    beside = definition.parent is around.definition  # nearly always, and this is asked for every question on show
    found = around.family(definition.key) if beside else _all(around, definition)
    return found[0] if found else None


def nodes_of(part: Part, around: Answer) -> tuple[Answer, ...]:
    """The answers of a part of the body: of a list every entry, else one or none."""
    if isinstance(part, RepeatPart):
        parents = _all(around, part.definition.parent)
        return tuple(one for parent in parents for one in parent.family(part.definition.key))
    if part.definition is around.definition:
        return (around,)
    node = _only(around, part.definition)
    return () if node is None else (node,)


def asked(parts: Sequence[Part], around: Answer) -> list[tuple[Control, Answer]]:
    """Every question below some parts with its answer, in document order."""
    found: list[tuple[Control, Answer]] = []
    _ask(parts, around, found)
    return found


def _ask(parts: Sequence[Part], around: Answer, found: list[tuple[Control, Answer]]) -> None:
    for part in parts:
        if isinstance(part, Control):
            node = _only(around, part.definition)
            if node is not None:
                found.append((part, node))
        elif isinstance(part, RepeatPart):
            for parent in _all(around, part.definition.parent):
                for instance in parent.family(part.definition.key):
                    _ask(part.parts, instance, found)
        else:
            inner = around if part.definition is around.definition else _only(around, part.definition)
            if inner is not None:
                _ask(part.parts, inner, found)


def counts(chapter: Chapter, root: Answer) -> Counts:
    """How far a section is."""
    answered = required = missing = total = violations = 0
    for control, node in asked(chapter.parts, root):
        if not node.relevant or control.type is QuestionType.NOTE:
            continue
        blank = node.stored == ""
        total += 1
        answered += not blank
        required += node.required
        missing += node.required and blank
        violations += violation_of(node) is not None
    return Counts(answered, required, missing, total, violations)
