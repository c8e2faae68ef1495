"""Appearances: unknown words, and those that a desktop shows as plain inputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.checklists.authoring.draft import Draft, Kind
from officer_app.checklists.lint.rule import Found, Rule, nearby
from officer_app.checklists.problems import Mark
from officer_app.checklists.repertoire import LOOK_NAMES, Standing, look_entry


def _words(draft: Draft) -> Iterator[tuple[int, str, str]]:
    for row in draft.rows:
        if row.kind in (Kind.QUESTION, Kind.BEGIN):
            header, text = row.cell("appearance")
            # An appearance may be chosen by an expression; its words are then no list.
            if text and "(" not in text and "${" not in text:
                yield from ((row.number, header, word) for word in text.split())


def _unknown(draft: Draft) -> Iterator[Found]:
    for number, header, word in _words(draft):
        if look_entry(word) is None:
            guess = nearby(word, LOOK_NAMES)
            yield Found(message(N_("There is no appearance {word}.{near}"), word=word, near=guess), number, header)


def _plain(draft: Draft) -> Iterator[Found]:
    for number, header, word in _words(draft):
        entry = look_entry(word)
        if entry is not None and entry.standing is not Standing.WORKS:
            sentence = message(
                N_("{word} looks different on a laptop: {asked}."), word=word, asked=Message(entry.asked)
            )
            yield Found(sentence, number, header)


RULES: Final = (
    Rule(
        Mark("APPEARANCE", N_("Correct the word or clear the cell. The question is asked without it.")),
        _unknown,
        fatal=False,
    ),
    Rule(
        Mark("APPEARANCE_PLAIN", N_("Nothing needs to be done. The question is asked all the same.")),
        _plain,
        fatal=False,
    ),
)
