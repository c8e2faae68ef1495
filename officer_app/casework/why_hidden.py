"""Why a part of the checklist is not asked: its rule in words, and the question whose answer would open it.

Rules are put into words where they are simple: a choice, a comparison with a value, and these joined by and, or, not.
For any other the questions that it depends on are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os.path import commonprefix
from typing import Final

from officer_app.base.words import N_, Bilingual, Sayable, Verbatim, message
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Block, Item, Question
from officer_app.checklists.xpath.syntax import Binary, Call, Expression, Number, Path, Text, parts

_COMPARED: Final = {
    "=": N_("“{question}” is “{value}”"),
    "!=": N_("“{question}” is not “{value}”"),
    ">": N_("“{question}” is above {value}"),
    "<": N_("“{question}” is below {value}"),
    ">=": N_("“{question}” is {value} or more"),
    "<=": N_("“{question}” is {value} or less"),
}
_MOST_NAMES: Final = 4


@dataclass(frozen=True, slots=True)
class WhyHidden:
    """A closed part: what it asks, the sentence that says when, and the question to go to ("" for none)."""

    ref: str
    what: Sayable
    when: Sayable
    opener: str


def why_hidden(session: FormSession, section: str) -> tuple[WhyHidden, ...]:
    """Everything that a section does not ask now, in its order."""
    asking = _Asking(session)
    both = zip(session.hidden(section, "en"), session.hidden(section, "zh_CN"), strict=True)
    return tuple(
        WhyHidden(
            english.ref,
            _listed([Bilingual(*pair) for pair in zip(english.labels, chinese.labels, strict=True)]),
            asking.when(english.rule.tree, english.ref),
            asking.opener(english.rule.tree, english.ref),
        )
        for english, chinese in both
    )


class _Asking:
    """The questions of a checklist by their names, for rules to be said with."""

    def __init__(self, session: FormSession) -> None:
        self._session = session
        self._asked: dict[str, list[Question]] = {}
        for one in session.sections("en"):
            for question in _questions(one.items):
                self._asked.setdefault(question.name, []).append(question)

    def when(self, rule: Expression, ref: str) -> Sayable:
        """The sentence for a rule of the part at `ref`."""
        said = self._said(rule, ref)
        if said is not None:
            return message(N_("Asked when {condition}."), condition=said)
        named = [self._label(question) for question in self._named(rule, ref)]
        if not named:
            return message(N_("Asked only when the checklist needs it."))
        return message(N_("Depends on the answer to: {questions}"), questions=_listed(named))

    def opener(self, rule: Expression, ref: str) -> str:
        """The first question that the rule names and that is asked now."""
        return next((question.ref for question in self._named(rule, ref) if question.relevant), "")

    def _said(self, rule: Expression, ref: str) -> Sayable | None:  # noqa: PLR0911  one line a rule
        match rule:
            case Binary(operator="or") if (one_of := self._one_of(rule, ref)) is not None:
                return one_of
            case Binary(operator="and" | "or" as how, left=left, right=right):
                one, other = self._said(left, ref), self._said(right, ref)
                if one is None or other is None:
                    return None
                joined = N_("{one}, and {other}") if how == "and" else N_("{one}, or {other}")
                return message(joined, one=one, other=other)
            case Binary(operator=sign, left=Path() as left, right=Text() | Number() as right) if sign in _COMPARED:
                return self._compared(sign, self._question(left, ref), right)
            case Call(name="selected", arguments=(Path() as of, Text(value=choice))):
                return self._chosen(self._question(of, ref), choice, N_("“{question}” includes “{value}”"))
            case Call(name="not", arguments=(Call(name="selected", arguments=(Path() as of, Text(value=choice))),)):
                return self._chosen(self._question(of, ref), choice, N_("“{question}” does not include “{value}”"))
        return None

    def _one_of(self, rule: Expression, ref: str) -> Sayable | None:
        """Several choices of one question; None for any other alternative."""
        question, values = None, []
        for one in _alternatives(rule):
            match one:
                case Binary(operator="=", left=Path() as path, right=Text(value=choice)) if choice:
                    found = self._question(path, ref)
                case _:
                    return None
            if found is None or (question is not None and found.ref != question.ref):
                return None
            question = found
            values.append(self._choice(found, choice))
        if question is None:
            return None
        words = N_("“{question}” is one of: {values}")
        return message(words, question=self._label(question), values=tuple(values))

    def _compared(self, sign: str, question: Question | None, value: Text | Number) -> Sayable | None:
        if question is None:
            return None
        if isinstance(value, Number):
            return message(
                _COMPARED[sign],
                question=self._label(question),
                value=Verbatim(f"{value.value:f}".rstrip("0").rstrip(".")),
            )
        if value.value:
            return self._chosen(question, value.value, _COMPARED[sign]) if sign in ("=", "!=") else None
        empty = N_("“{question}” has no answer") if sign == "=" else N_("“{question}” is answered")
        return message(empty, question=self._label(question)) if sign in ("=", "!=") else None

    def _chosen(self, question: Question | None, choice: str, words: str) -> Sayable | None:
        if question is None:
            return None
        return message(words, question=self._label(question), value=self._choice(question, choice))

    def _choice(self, question: Question, choice: str) -> Bilingual:
        labels = [
            next((one.label for one in self._session.choices(question.ref, language) if one.name == choice), choice)
            for language in ("en", "zh_CN")
        ]
        return Bilingual(*labels)

    def _label(self, question: Question) -> Bilingual:
        return Bilingual(question.label, self._session.question(question.ref, "zh_CN").label)

    def _named(self, rule: Expression, ref: str) -> tuple[Question, ...]:
        found: Mapping[str, Question] = {
            question.ref: question
            for part in reversed(tuple(parts(rule)))
            if isinstance(part, Path) and (question := self._question(part, ref)) is not None
        }
        return tuple(found.values())

    def _question(self, path: Path, ref: str) -> Question | None:
        """The question that a path leads to: in a list, that of the same row."""
        named = [step.test.name for step in path.steps if step.test.kind == "name"]
        candidates = self._asked.get(named[-1], ()) if named else ()
        return max(candidates, key=lambda question: len(commonprefix([question.ref, ref])), default=None)


def _alternatives(rule: Expression) -> Iterator[Expression]:
    if isinstance(rule, Binary) and rule.operator == "or":
        yield from _alternatives(rule.left)
        yield from _alternatives(rule.right)
    else:
        yield rule


def _questions(items: tuple[Item, ...]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Block):
            yield from item.questions
        else:
            for instance in item.instances:
                yield from _questions(instance.items)


def _listed(labels: list[Bilingual]) -> Sayable:
    shown = tuple(labels[:_MOST_NAMES])
    left = len(labels) - len(shown)
    if left:
        return message(N_("{things} and {n:count} more"), things=shown, n=left)
    return shown[0] if len(shown) == 1 else message("{things}", things=shown)
