"""Question types: unknown ones, those of other tools, and those that a desktop cannot give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.checklists.authoring.draft import Draft, Kind, Row
from officer_app.checklists.lint.rule import Found, Rule, near, nearby
from officer_app.checklists.problems import Mark
from officer_app.checklists.repertoire import DIALECTS, TYPE_NAMES, Entry, Standing, type_entry

_SELECTS: Final = ("select_one", "select_multiple", "rank")
_CONTROLS: Final = ("begin_group", "end_group", "begin_repeat", "end_repeat")
# A group of another tool that ends as it began.
_FOREIGN_ENDS: Final = ("end_score", "end_rank", "end_kobomatrix", "end score", "end rank", "end kobomatrix")


def entry_of(row: Row) -> Entry | None:
    """The type of a question; the file of a list is part of the type."""
    if row.select:
        word = row.type.split()[0]
        from_file = type_entry(word) if word == "select_one_external" or word.endswith("_file") else None
        return from_file or type_entry(row.select)
    return type_entry(row.type)


def _unknown(draft: Draft) -> Iterator[Found]:
    for row in draft.asked():
        if row.type and entry_of(row) is None:
            yield Found(_about(row.type), row.number, row.cell("type")[0])
    for row in draft.rows:
        if row.kind in (Kind.BEGIN, Kind.END) and row.type != row.type.lower():
            sentence = message(N_("{type} is written {near}."), type=row.type, near=row.type.lower())
            yield Found(sentence, row.number, row.cell("type")[0])


def _about(kind: str) -> Message:
    first = kind.split(maxsplit=1)[0]
    if kind in (*_SELECTS, "select one", "select multiple"):
        return message(N_("{type} lacks the name of its choice list."), type=kind)
    known = _in_other_tools(kind)
    if known is not None:
        return message(N_("{type} is a type of another tool. Here it is {near}."), type=kind, near=known)
    if _is_foreign(kind):
        return message(N_("{type} is a type of another tool. There is nothing like it here."), type=kind)
    if first in _SELECTS:
        return message(N_("The name of a choice list has no spaces: {type}"), type=kind)
    known_names = (*TYPE_NAMES, *_CONTROLS)
    guess: Message | Verbatim = nearby(kind, known_names) if near(kind, known_names) else nearby(first, known_names)
    return message(N_("There is no question type {type}.{near}"), type=kind, near=guess)


def _in_other_tools(kind: str) -> str | None:
    """The type here that is meant by one of another tool, or by one written in capitals."""
    plain = " ".join(kind.lower().split())
    for name in (plain, plain.replace(" ", "_"), plain.split()[0]):
        if name in DIALECTS:
            return DIALECTS[name]
        entry = type_entry(name)
        if entry is not None and name != kind and name == plain.replace(" ", "_" if "_" in name else " "):
            return entry.name
    return None


def _is_foreign(kind: str) -> bool:
    plain = " ".join(kind.lower().split())
    return plain in DIALECTS or plain in _FOREIGN_ENDS


def _poor(draft: Draft, standing: Standing) -> Iterator[tuple[Row, Entry]]:
    for row in draft.asked():
        entry = entry_of(row)
        if entry is not None and entry.standing is standing:
            yield row, entry


def _plain(draft: Draft) -> Iterator[Found]:
    for row, entry in _poor(draft, Standing.PLAIN):
        sentence = message(
            N_("{type} opens on a laptop as a plain input: {asked}."), type=entry.name, asked=Message(entry.asked)
        )
        yield Found(sentence, row.number, row.cell("type")[0])


def _absent(draft: Draft) -> Iterator[Found]:
    for row, entry in _poor(draft, Standing.ABSENT):
        sentence = message(N_("{type} is not given here: {asked}."), type=entry.name, asked=Message(entry.asked))
        yield Found(sentence, row.number, row.cell("type")[0])


RULES: Final = (
    Rule(
        Mark("TYPE", N_("Choose the type from the list of types. The starter workbook offers it in the cell.")),
        _unknown,
    ),
    Rule(
        Mark("TYPE_PLAIN", N_("Keep it if the officer can type the answer, or ask in another way.")),
        _plain,
        fatal=False,
    ),
    Rule(Mark("TYPE_ABSENT", N_("Leave the row out, or ask in another way.")), _absent, fatal=False),
)
