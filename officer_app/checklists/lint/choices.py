"""Choice lists: missing, unused, doubled, with spaces in their values; filters that name no column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.authoring.columns import column_of
from officer_app.checklists.authoring.draft import Choice, Draft
from officer_app.checklists.lint.rule import CHOICES, Found, Rule, nearby
from officer_app.checklists.lint.types import entry_of
from officer_app.checklists.problems import Mark
from officer_app.checklists.repertoire import Standing
from officer_app.checklists.xpath.syntax import Expression, Path, parts

_FILES: Final = (".csv", ".xml", ".geojson")


def _own_list(name: str) -> bool:
    """Whether a select takes its choices from the choices sheet: not from a file, not from a repeat."""
    return not name.startswith("${") and not name.lower().endswith(_FILES)


def _missing(draft: Draft) -> Iterator[Found]:
    for row in draft.asked():
        entry = entry_of(row)
        from_file = entry is not None and entry.standing is Standing.ABSENT
        if row.list_name and not from_file and _own_list(row.list_name) and row.list_name not in draft.choices:
            sentence = message(
                N_("There is no choice list {list}.{near}"),
                list=row.list_name,
                near=nearby(row.list_name, draft.choices),
            )
            yield Found(sentence, row.number, row.cell("type")[0])


def _unused(draft: Draft) -> Iterator[Found]:
    used = {row.list_name for row in draft.rows if row.list_name}
    whole = " ".join(text for row in draft.rows for text in row.cells.values() if "(" in text or "=" in text)
    for name, choices in draft.choices.items():
        if name not in used and f"'{name}'" not in whole and f"={name}" not in whole and f"{name})" not in whole:
            sentence = message(N_("No question uses the choice list {list}."), list=name)
            yield Found(sentence, choices[0].number, _header(choices[0], "list_name"), CHOICES)


def _header(choice: Choice, name: str) -> str:
    return next((header for header in choice.cells if column_of(header).name == name), name)


def _loose(draft: Draft) -> Iterator[Found]:
    for choice in draft.loose_choices:
        sentence = message(N_("The choice {name} belongs to no list."), name=choice.name)
        yield Found(sentence, choice.number, "list_name", CHOICES)


def _nameless(draft: Draft) -> Iterator[Found]:
    for name, choices in draft.choices.items():
        for choice in choices:
            if not choice.name:
                sentence = message(N_("A choice of the list {list} has no name."), list=name)
                yield Found(sentence, choice.number, "name", CHOICES)


def _doubles_allowed(draft: Draft) -> bool:
    settings = draft.book.grids.get("settings")
    first = settings.rows[0] if settings is not None and settings.rows else {}
    said = {column_of(header).name: text for header, text in first.items()}
    return said.get("allow_choice_duplicates", "").lower() in ("yes", "true")


def _twice(draft: Draft) -> Iterator[Found]:
    for name, choices in () if _doubles_allowed(draft) else draft.choices.items():
        seen: dict[str, int] = {}
        for choice in choices:
            first = seen.setdefault(choice.name, choice.number) if choice.name else choice.number
            if first != choice.number:
                sentence = message(
                    N_("The list {list} has {name} already in row {row}."), list=name, name=choice.name, row=first
                )
                yield Found(sentence, choice.number, _header(choice, "name"), CHOICES)


def _spaces(draft: Draft, *, several: bool) -> Iterator[Found]:
    several_of = {row.list_name for row in draft.rows if row.select in ("select_multiple", "rank")}
    for name, choices in draft.choices.items():
        if (name in several_of) is not several:
            continue
        for choice in choices:
            if len(choice.name.split()) > 1:
                sentence = message(N_("The value {name} has a space in it."), name=choice.name)
                yield Found(sentence, choice.number, _header(choice, "name"), CHOICES)


def _spaces_among_several(draft: Draft) -> Iterator[Found]:
    return _spaces(draft, several=True)


def _spaces_in_one(draft: Draft) -> Iterator[Found]:
    return _spaces(draft, several=False)


def _filters(draft: Draft) -> Iterator[Found]:
    for written in draft.written("choice_filter"):
        row = written.row
        if row.list_name not in draft.choices:
            continue
        columns = draft.choice_columns(row.list_name)
        known = {"name", "label", *columns, *(column_of(header).name for header in columns)}
        for name in dict.fromkeys(_bare_names(written.tree)):
            if name not in known:
                sentence = message(
                    N_("The sheet choices has no column {column}.{near}"), column=name, near=nearby(name, known)
                )
                yield Found(sentence, row.number, written.column.header)


def _bare_names(tree: Expression) -> Iterator[str]:
    """Names in a filter that stand for columns of the list: paths of one step that begin at the choice."""
    for part in parts(tree):
        if isinstance(part, Path) and not part.absolute and part.start is None and len(part.steps) == 1:
            step = part.steps[0]
            if step.axis == "child" and step.test.kind == "name" and step.test.name != "*":
                yield step.test.name


def _no_filter(draft: Draft) -> Iterator[Found]:
    for row in draft.asked():
        header, text = row.cell("choice_filter")
        if text and not row.select:
            sentence = message(N_("{question} chooses nothing, so its filter does nothing."), question=row.name)
            yield Found(sentence, row.number, header)


_ONE_WORD: Final = N_("Join the words with an underscore. Officers see the label, not the value.")
RULES: Final = (
    Rule(Mark("LIST_MISSING", N_("Write the list on the sheet choices, or correct its name.")), _missing),
    Rule(
        Mark("LIST_UNUSED", N_("Delete the list, or correct the name in the question that needs it.")),
        _unused,
        fatal=False,
    ),
    Rule(Mark("CHOICE_LOOSE", N_("Write the name of its list into the column list_name.")), _loose),
    Rule(Mark("CHOICE_NAMELESS", N_("Give the choice a short value of Latin letters and digits.")), _nameless),
    Rule(Mark("CHOICE_TWICE", N_("Give one of the two another value, or delete it.")), _twice),
    Rule(Mark("CHOICE_SPACE", _ONE_WORD), _spaces_among_several),
    Rule(Mark("CHOICE_SPACE", _ONE_WORD), _spaces_in_one, fatal=False),
    Rule(
        Mark("FILTER_COLUMN", N_("Add the column to the sheet choices, or correct its name in the filter.")), _filters
    ),
    Rule(
        Mark("FILTER_IDLE", N_("Move the filter to the question that chooses, or clear the cell.")),
        _no_filter,
        fatal=False,
    ),
)
