"""Question type to field, in one table. Every type of the checklists stands here; a test walks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from officer_app.base.words import N_, Message, Sayable, Verbatim
from officer_app.checklists.view import Question, QuestionType
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.acknowledge import AcknowledgeField
from officer_app.desktop.questions.noting import Noted
from officer_app.desktop.questions.pictures import PictureField
from officer_app.desktop.questions.places import PlaceField
from officer_app.desktop.widgets.choice import FEW, ChoiceCombo, ChoiceList, MultiChoice
from officer_app.desktop.widgets.date_field import DateField
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.number_field import Flow, NumberField
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.text_field import LineField, TextArea

# Longer labels read better below each other.
_LONG_LABEL: Final = 16
_TYPED_LISTS: Final = frozenset({"minimal", "search", "autocomplete", "quick"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What fields need to know beside their question: the day, and which facts are amounts of money.

    `flow` says the unit of a fact, for numbers as people say them; `said` what was said for an answer (ref, value),
    `noted` what was noted at a question.
    """

    today: date
    is_money: Callable[[str], bool]
    flow: Callable[[str], Flow | None] = lambda _fact: None
    said: Callable[[str, str], Sayable | None] = lambda _ref, _value: None
    noted: Callable[[str], Noted | None] = lambda _ref: None


Make = Callable[[Speech, Question, Surroundings], "Field | None"]


def _text(speech: Speech, question: Question, _around: Surroundings) -> Field:
    return TextArea(speech) if "multiline" in question.appearance else LineField(speech)


def _integer(speech: Speech, question: Question, around: Surroundings) -> Field:
    kind = NumberKind.MONEY if _is_amount(question, around) else NumberKind.INTEGER
    return NumberField(speech, kind, flow=_flow(question, around))


def _decimal(speech: Speech, question: Question, around: Surroundings) -> Field:
    kind = NumberKind.MONEY if _is_amount(question, around) else NumberKind.DECIMAL
    return NumberField(speech, kind, flow=_flow(question, around))


def _flow(question: Question, around: Surroundings) -> Flow | None:
    return around.flow(question.fact) if question.fact else None


def _is_amount(question: Question, around: Surroundings) -> bool:
    by_fact = question.fact is not None and around.is_money(question.fact)
    return by_fact or "thousands-sep" in question.appearance


def _date(speech: Speech, question: Question, around: Surroundings) -> Field:
    return DateField(speech, around.today, months="month-year" in question.appearance)


def _one(speech: Speech, question: Question, _around: Surroundings) -> Field:
    return ChoiceCombo(speech) if typed(question) else ChoiceList(speech, stacked=_stacked(question))


def _several(speech: Speech, question: Question, _around: Surroundings) -> Field:
    return MultiChoice(speech, stacked=_stacked(question))


def _picture(speech: Speech, _question: Question, _around: Surroundings) -> Field:
    return PictureField(speech)


def _place(speech: Speech, _question: Question, _around: Surroundings) -> Field:
    return PlaceField(speech)


def _acknowledge(speech: Speech, _question: Question, _around: Surroundings) -> Field:
    return AcknowledgeField(speech)


def _note(_speech: Speech, _question: Question, _around: Surroundings) -> None:
    return None


def _as_text(speech: Speech, _question: Question, _around: Surroundings) -> Field:
    return LineField(speech)


WIDGETS: Final[Mapping[QuestionType, Make]] = {
    QuestionType.TEXT: _text,
    QuestionType.INTEGER: _integer,
    QuestionType.DECIMAL: _decimal,
    QuestionType.RANGE: _decimal,
    QuestionType.DATE: _date,
    QuestionType.SELECT_ONE: _one,
    QuestionType.SELECT_MULTIPLE: _several,
    QuestionType.NOTE: _note,
    QuestionType.IMAGE: _picture,
    QuestionType.GEOPOINT: _place,
    QuestionType.ACKNOWLEDGE: _acknowledge,
    QuestionType.BARCODE: _as_text,
    QuestionType.TIME: _as_text,
    QuestionType.DATE_TIME: _as_text,
    QuestionType.RANK: _as_text,
    QuestionType.AUDIO: _as_text,
    QuestionType.VIDEO: _as_text,
    QuestionType.FILE: _as_text,
    QuestionType.GEOTRACE: _as_text,
    QuestionType.GEOSHAPE: _as_text,
}

# Types that have no field of their own here: their answers are typed as XForms writes them, and the row says so.
NOTICES: Final[Mapping[QuestionType, Message]] = {
    QuestionType.TIME: Message(N_("Type a time, such as 09:40.")),
    QuestionType.DATE_TIME: Message(N_("Type date and time, such as 2026-10-08T09:40.")),
    QuestionType.RANK: Message(N_("Type the names in order, with a space between.")),
    QuestionType.AUDIO: Message(N_("Recordings are made elsewhere: type the name of the file.")),
    QuestionType.VIDEO: Message(N_("Films are made elsewhere: type the name of the file.")),
    QuestionType.FILE: Message(N_("Type the name of the file.")),
    QuestionType.GEOTRACE: Message(N_("Type the points as latitude and longitude, with a semicolon between.")),
    QuestionType.GEOSHAPE: Message(N_("Type the points as latitude and longitude, with a semicolon between.")),
}


def typed(question: Question) -> bool:
    """Whether one finds the choice by typing rather than by reading all."""
    looks = {look.split("-")[0] for look in question.appearance}
    return len(question.choices) > FEW or bool(looks & _TYPED_LISTS)


def options(question: Question) -> tuple[Option, ...]:
    """The choices in the form's own words."""
    return tuple(Option(choice.name, Verbatim(choice.label)) for choice in question.choices)


def kin(question: Question) -> tuple[object, ...]:
    """Questions with the same kin can share one field, one after the other."""
    choice_list = question.type is QuestionType.SELECT_ONE and typed(question)
    return (question.type, question.appearance, choice_list, _stacked(question), question.fact)


def _stacked(question: Question) -> bool:
    return any(len(choice.label) > _LONG_LABEL for choice in question.choices)
