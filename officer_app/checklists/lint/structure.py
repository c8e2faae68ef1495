"""Sheets, groups and names: what must stand before anything else can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.authoring.columns import columns_named
from officer_app.checklists.authoring.draft import Draft, Kind, Row
from officer_app.checklists.documents import MAX_DEPTH
from officer_app.checklists.lint.rule import SURVEY, Found, Rule, nearby
from officer_app.checklists.problems import Mark

# What XML allows as a name, as the compiler sees it.
_NAME: Final = re.compile(
    r"[A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]"
    r"[-.0-9A-Za-z_\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]*"
)
# Words that the form itself uses below its root.
_TAKEN: Final = frozenset({"meta"})
# Questions that need no name of their own.
_NAMELESS: Final = frozenset({"note", "audit"})
# Groups of groups below the root that XML may nest; the root and the question itself count too.
MAX_NESTING: Final = MAX_DEPTH - 4


def _sheets(draft: Draft) -> Iterator[Found]:
    if SURVEY not in draft.book.grids:
        others = nearby(SURVEY, draft.book.titles)
        yield Found(message(N_("There is no sheet survey.{near}"), near=others), None, "", SURVEY)
    elif not columns_named(draft.survey.headers, "type"):
        heads = nearby("type", draft.survey.headers)
        yield Found(message(N_("The sheet survey has no column type in row 1.{near}"), near=heads), 1, "type")
    elif not any(row.kind is Kind.QUESTION for row in draft.rows):
        yield Found(message(N_("The sheet survey asks nothing.")), None, "type")


def _without_type(draft: Draft) -> Iterator[Found]:
    if columns_named(draft.survey.headers, "type"):
        for row in draft.asked():
            if not row.type:
                yield Found(message(N_("The row has a name or a label, but no type.")), row.number, "type")


def _named(draft: Draft) -> Iterator[Row]:
    return (row for row in draft.rows if row.kind in (Kind.QUESTION, Kind.BEGIN) and row.type)


def _nameless(draft: Draft) -> Iterator[Found]:
    for row in _named(draft):
        if not row.name and row.type not in _NAMELESS:
            sentence = message(N_("The row of type {type} has no name."), type=row.type)
            yield Found(sentence, row.number, "name")


def _forms(draft: Draft) -> Iterator[Found]:
    for row in _named(draft):
        if row.name and (not _NAME.fullmatch(row.name) or row.name in _TAKEN):
            sentence = message(N_("{name} cannot be the name of a question."), name=row.name)
            yield Found(sentence, row.number, row.cell("name")[0])


def _twice(draft: Draft) -> Iterator[Found]:
    seen: dict[tuple[str, str], int] = {}
    for row in _named(draft):
        if not row.name:
            continue
        around = row.around[-1].number if row.around else 0
        for key in ((str(around), row.name), *((("repeat", row.name),) if row.repeats else ())):
            first = seen.setdefault(key, row.number)
            if first != row.number:
                sentence = message(N_("{name} is already the name of row {row}."), name=row.name, row=first)
                yield Found(sentence, row.number, row.cell("name")[0])
                break


def _unbalanced(draft: Draft) -> Iterator[Found]:
    for row in draft.unbalanced:
        if row.kind is Kind.BEGIN:
            sentence = message(N_("{name} begins here and never ends."), name=row.name or row.type)
        else:
            sentence = message(N_("{type} ends something that does not begin before it."), type=row.type)
        yield Found(sentence, row.number, row.cell("type")[0])


def _nesting(draft: Draft) -> Iterator[Found]:
    for row in draft.rows:
        if len(row.around) == MAX_NESTING and row.kind is Kind.BEGIN:
            sentence = message(N_("Groups are nested more than {limit} deep."), limit=MAX_NESTING)
            yield Found(sentence, row.number, row.cell("type")[0])


RULES: Final = (
    Rule(
        Mark("SHEET_MISSING", N_("Take the starter workbook and copy your rows into it.")),
        _sheets,
    ),
    Rule(
        Mark("TYPE_MISSING", N_("Write the type of the question, such as text, integer or select_one.")),
        _without_type,
    ),
    Rule(Mark("NAME_MISSING", N_("Give the row a short name of Latin letters, digits and underscores.")), _nameless),
    Rule(
        Mark(
            "NAME_FORM",
            N_("Begin with a letter, go on with letters, digits and underscores. The word meta is taken."),
        ),
        _forms,
    ),
    Rule(Mark("NAME_TWICE", N_("Give one of the two another name, and change what refers to it.")), _twice),
    Rule(Mark("GROUP_OPEN", N_("Each begin_group and begin_repeat needs its own end, in turn.")), _unbalanced),
    Rule(Mark("NESTING", N_("Put the inner groups beside each other.")), _nesting),
)
