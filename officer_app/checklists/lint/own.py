"""The columns that this program adds to XLSForm: where a question is asked, and whether its answer may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.authoring.columns import column_of
from officer_app.checklists.authoring.draft import Draft
from officer_app.checklists.definitions import ASKED_AT
from officer_app.checklists.lint.rule import Found, Rule, near, nearby
from officer_app.checklists.problems import Mark

# One word without a bracket or a sign: as a condition it would ask for a question of that name below this one.
_WORD: Final = re.compile(r"['\"]?[^\W\d][\w-]*['\"]?|\d+")
_BIND: Final = "bind::"
_OWN: Final = ("fact", "place", "again")


def _places(draft: Draft) -> Iterator[Found]:
    for row in draft.rows:
        header, text = row.cell("bind::place")
        if text and text not in ASKED_AT:
            sentence = message(
                N_("{question}: {word} is no place where something is asked.{near}"),
                question=row.name,
                word=text,
                near=nearby(text, ASKED_AT),
            )
            yield Found(sentence, row.number, header)


def _standing(draft: Draft) -> Iterator[Found]:
    for row in draft.rows:
        header, text = row.cell("bind::again")
        if _WORD.fullmatch(text):
            sentence = message(
                N_("{question}: {word} is no condition, so the answer would never stand."),
                question=row.name,
                word=text,
            )
            yield Found(sentence, row.number, header)


def _misspelt(draft: Draft) -> Iterator[Found]:
    """Columns that begin with bind:: are passed through unread: one that looks like ours is a slip."""
    for header in draft.survey.headers:
        name = column_of(header).name
        own = name.removeprefix(_BIND)
        if name.startswith(_BIND) and ":" not in own and own not in _OWN and near(own, _OWN):
            meant = nearby(name, [f"{_BIND}{each}" for each in near(own, _OWN)])
            yield Found(message(N_("No column is called {header}.{near}"), header=header, near=meant), 1, header)


RULES: Final = (
    Rule(
        Mark("PLACE", N_("Write shop, home or desk, or clear the cell: then the place of the group holds.")), _places
    ),
    Rule(
        Mark("AGAIN", N_("Write true(), false() or a condition such as ${trade} = 'food', or clear the cell.")),
        _standing,
    ),
    Rule(
        Mark("OWN_COLUMN", N_("Correct the header in row 1, for example bind::fact. As it is, nothing reads it.")),
        _misspelt,
        fatal=False,
    ),
)
