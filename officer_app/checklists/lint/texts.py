"""What officers and customers read: both languages, a label for each question, a word for each refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.checklists.authoring.columns import SPOKEN, column_of, columns_named, language_code
from officer_app.checklists.authoring.draft import Draft, Kind, Row
from officer_app.checklists.lint.rule import CHOICES, SETTINGS, SURVEY, Found, Rule
from officer_app.checklists.lint.types import entry_of
from officer_app.checklists.problems import Mark

_LANGUAGES: Final = {"zh": N_("Chinese"), "en": N_("English")}
_SILENT_TYPES: Final = frozenset(
    {
        "calculate",
        "hidden",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "simserial",
        "subscriberid",
        "audit",
        "background-audio",
        "background-geopoint",
        "start-geopoint",
        "csv-external",
        "xml-external",
    }
)


def _spoken(draft: Draft) -> dict[str, str]:
    """Code to language of all that the survey speaks."""
    return {language_code(language): language for language in draft.languages}


def _languages(draft: Draft) -> Iterator[Found]:
    spoken = _spoken(draft)
    header = next((each.header for each in columns_named(draft.survey.headers, "label")), "label")
    for code, name in _LANGUAGES.items():
        if code not in spoken and draft.rows:
            sentence = message(N_("The checklist has no texts in {language}."), language=Message(name))
            yield Found(sentence, 1, header)


def _missing(draft: Draft) -> Iterator[Found]:
    spoken = _spoken(draft)
    for row in draft.rows:
        for column in SPOKEN:
            yield from _gaps(row.name or row.type, column, row.spoken(column), spoken, row.number, SURVEY)
    for name, choices in draft.choices.items():
        for choice in choices:
            said = {
                column_of(header).language: text
                for header, text in choice.cells.items()
                if column_of(header).name == "label"
            }
            yield from _gaps(f"{name} {choice.name}", "label", said, spoken, choice.number, CHOICES)


def _gaps(
    name: str, column: str, said: dict[str, str], spoken: dict[str, str], number: int, sheet: str
) -> Iterator[Found]:
    if not said or "" in said:
        return
    codes = {language_code(language) for language, text in said.items() if text}
    for code, label in _LANGUAGES.items():
        if code in spoken and code not in codes:
            sentence = message(
                N_("{name}: the {column} is missing in {language}."),
                name=name,
                column=column,
                language=Message(label),
            )
            yield Found(sentence, number, f"{column}::{spoken[code]}", sheet)


def _unlabelled(draft: Draft) -> Iterator[Found]:
    for row in draft.asked():
        if _is_seen(row) and not any(row.spoken(column) for column in ("label", "image", "audio", "video", "hint")):
            sentence = message(N_("{question} asks nothing: it has no label."), question=row.name or row.type)
            yield Found(sentence, row.number, "label")
    for name, choices in draft.choices.items():
        for choice in choices:
            if choice.name and not any(
                column_of(header).name in ("label", "image", "audio") for header in choice.cells
            ):
                sentence = message(
                    N_("The choice {name} of the list {list} has no label."), name=choice.name, list=name
                )
                yield Found(sentence, choice.number, "label", CHOICES)


def _is_seen(row: Row) -> bool:
    entry = entry_of(row)
    return entry is not None and entry.name not in _SILENT_TYPES and not row.text("calculation")


def _silent_refusals(draft: Draft) -> Iterator[Found]:
    for row in draft.asked():
        header, text = row.cell("constraint")
        if text and not row.spoken("constraint_message"):
            sentence = message(N_("{question} refuses answers without saying why."), question=row.name)
            yield Found(sentence, row.number, header)


def _idle_messages(draft: Draft) -> Iterator[Found]:
    for row in draft.rows:
        header, text = row.cell("constraint_message")
        if text and not row.text("constraint") and row.kind is Kind.QUESTION:
            sentence = message(N_("{question} has a message for a constraint, but no constraint."), question=row.name)
            yield Found(sentence, row.number, header)


def _settings(draft: Draft) -> dict[str, tuple[str, str]]:
    grid = draft.book.grids.get(SETTINGS)
    first = grid.rows[0] if grid is not None and grid.rows else {}
    return {column_of(header).name: (header, text) for header, text in first.items()}


def _identity(draft: Draft) -> Iterator[Found]:
    said = _settings(draft)
    for name in ("form_id", "version"):
        if name not in said:
            sentence = message(N_("The sheet settings does not say the {column} of the checklist."), column=name)
            yield Found(sentence, 2, name, SETTINGS)


def _default_language(draft: Draft) -> Iterator[Found]:
    header, text = _settings(draft).get("default_language", ("", ""))
    if text and draft.languages and text not in draft.languages:
        sentence = message(
            N_("The default language {language} is none of the checklist's: {known}."),
            language=text,
            known=", ".join(draft.languages),
        )
        yield Found(sentence, 2, header, SETTINGS)


_BOTH: Final = N_("Add the columns label::中文 (zh) and label::English (en), for hints and messages too.")
RULES: Final = (
    Rule(Mark("LANGUAGE", _BOTH), _languages, fatal=False),
    Rule(Mark("TRANSLATION", N_("Write the text in this language too.")), _missing, fatal=False),
    Rule(Mark("LABEL", N_("Write what the officer is to read.")), _unlabelled, fatal=False),
    Rule(
        Mark("CONSTRAINT_SILENT", N_("Say in constraint_message which answers are allowed.")),
        _silent_refusals,
        fatal=False,
    ),
    Rule(Mark("MESSAGE_IDLE", N_("Write the constraint, or clear the message.")), _idle_messages, fatal=False),
    Rule(
        Mark("SETTINGS", N_("Write it into row 2. Every change needs a new version, so that drafts keep theirs.")),
        _identity,
        fatal=False,
    ),
    Rule(
        Mark("DEFAULT_LANGUAGE", N_("Write the language as it stands behind label::.")),
        _default_language,
        fatal=False,
    ),
)
