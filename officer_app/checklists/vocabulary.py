"""Whether the facts that a form binds exist, and whether its questions can give them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol, TypeAlias

from officer_app.base.words import N_, message
from officer_app.checklists.choosing import text_of
from officer_app.checklists.controls import Control, QuestionType
from officer_app.checklists.definitions import Definition, Formula, Sort
from officer_app.checklists.problems import Complaint, ProblemCode
from officer_app.checklists.xpath.syntax import Binary, Call, Expression, Negation


class FactLike(Protocol):
    """What is asked of a fact: which kind of value it has, and which values it may take."""

    @property
    def kind(self) -> str:
        """money, percent, number, int, yes/no, choice, label, month, date or list."""
        ...

    @property
    def choices(self) -> Sequence[str]:
        """The values of an enumeration, else nothing."""
        ...


Vocabulary: TypeAlias = "Mapping[str, FactLike]"

_NUMBERS: Final = frozenset({QuestionType.DECIMAL, QuestionType.INTEGER, QuestionType.RANGE})
_SELECTS: Final = frozenset({QuestionType.SELECT_ONE})
# A label takes any text. Calculations give any kind: their text is checked when facts are read.
_FITTING: Final[Mapping[str, frozenset[QuestionType]]] = {
    "money": _NUMBERS,
    "percent": _NUMBERS,
    "number": _NUMBERS,
    "int": frozenset({QuestionType.INTEGER, QuestionType.RANGE}),
    "yes/no": _SELECTS,
    "choice": _SELECTS,
    "month": frozenset({QuestionType.TEXT, QuestionType.DATE}),
    "date": frozenset({QuestionType.DATE}),
}
_DECIMALS: Final = frozenset({"money", "percent", "number"})
_WITH_TAIL: Final = frozenset({"sum", "pow", "sqrt", "exp", "log", "log10", "decimal-date-time", "random"})
_YES_NO: Final = ("yes", "no")


def fact_complaints(root: Definition, vocabulary: Vocabulary) -> Iterator[Complaint]:
    """What is wrong with the bindings of a form."""
    for definition in root.down():
        if definition.fact_path:
            yield from _complaints_about(definition, vocabulary)


def _complaints_about(definition: Definition, vocabulary: Vocabulary) -> Iterator[Complaint]:
    path = definition.fact_path
    if definition.sort is Sort.REPEAT:
        if path not in vocabulary and not any(each.startswith(path + ".") for each in vocabulary):
            yield _unknown(definition, vocabulary)
        return
    fact = vocabulary.get(path)
    if fact is None:
        yield _unknown(definition, vocabulary)
        return
    if str(fact.kind) in _DECIMALS and _leaves_a_tail(definition.bind.calculate):
        sentence = message(
            N_("{question}: the calculation may leave a tail of binary digits."), question=definition.name
        )
        yield Complaint(ProblemCode.ROUNDING, sentence, path=definition.path, attribute="calculate")
    control = definition.control
    if control is not None and definition.bind.calculate is None:
        kind = str(fact.kind)
        yield from (
            _list_complaints(definition, control)
            if kind == "list"
            else _kind_complaints(definition, control, kind, fact.choices)
        )


def _leaves_a_tail(formula: Formula | None) -> bool:
    """Whether a calculation can give 0.30000000000000004, which is no money."""
    return formula is not None and _reckons(formula.tree)


def _reckons(tree: Expression) -> bool:
    if isinstance(tree, Binary):
        return tree.operator in ("+", "-", "*", "div", "mod")
    if isinstance(tree, Negation):
        return _reckons(tree.operand)
    if isinstance(tree, Call):
        if tree.name in ("if", "coalesce", "once"):
            return any(_reckons(argument) for argument in tree.arguments[tree.name == "if" :])
        return tree.name in _WITH_TAIL
    return False


def _unknown(definition: Definition, vocabulary: Vocabulary) -> Complaint:
    path = definition.fact_path
    near = difflib.get_close_matches(path, vocabulary, n=3, cutoff=0.6)
    if near:
        sentence = message(
            N_("{question}: there is no fact {path}. Near it: {near}"),
            question=definition.name,
            path=path,
            near=", ".join(near),
        )
    else:
        sentence = message(N_("{question}: there is no fact {path}."), question=definition.name, path=path)
    return Complaint(ProblemCode.FACT_UNKNOWN, sentence, definition.path, "fact")


def _list_complaints(definition: Definition, control: Control) -> Iterator[Complaint]:
    """A question bound to a whole list says by `no` that the list is known and empty."""
    names = _names(control)
    if control.type is not QuestionType.SELECT_ONE or "no" not in names:
        yield _unfit(definition, control, "list")


def _kind_complaints(
    definition: Definition, control: Control, kind: str, choices: Sequence[str]
) -> Iterator[Complaint]:
    fitting = _FITTING.get(kind)
    if fitting is not None and control.type not in fitting:
        yield _unfit(definition, control, kind)
        return
    allowed = _YES_NO if kind == "yes/no" else tuple(choices)
    if control.type is QuestionType.SELECT_ONE and allowed:
        strange = [name for name in _names(control) if name not in allowed]
        if strange:
            sentence = message(
                N_("{question}: the choices {strange} are no values of the fact; it has {allowed}."),
                question=definition.name,
                strange=", ".join(strange),
                allowed=", ".join(allowed),
            )
            yield Complaint(ProblemCode.FACT_CHOICE, sentence, definition.path, "type")


def _unfit(definition: Definition, control: Control, kind: str) -> Complaint:
    sentence = message(
        N_("{question}: a question of type {type} cannot give a fact of kind {kind}."),
        question=definition.name,
        type=control.type.value,
        kind=kind,
    )
    return Complaint(ProblemCode.FACT_KIND, sentence, definition.path, "type")


def _names(control: Control) -> tuple[str, ...]:
    """All names that a select may ever offer."""
    static = [choice.name for choice in control.choices]
    if control.itemset is None:
        return tuple(static)
    return (*static, *(text_of(item, control.itemset.name) for item in control.listed))
