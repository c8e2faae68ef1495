"""Labels, hints and messages: by language, with answers inside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from officer_app.checklists.definitions import Formula
from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.values import to_text

# A text, or pieces of text with expressions between them.
Phrase: TypeAlias = "str | tuple[str | Formula, ...]"
# language -> id -> form ("" is the text itself; image, audio, video, guidance …) -> phrase
Translations: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Phrase]]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Something said to the person: a text id of the translations, or the phrase itself."""

    identifier: str = ""
    phrase: Phrase = ""


def said(phrase: Phrase, node: Node, context: Context) -> str:
    """The phrase with its answers put in; what cannot be reckoned stays out."""
    if isinstance(phrase, str):
        return phrase
    return "".join(part if isinstance(part, str) else _put_in(part, node, context) for part in phrase).strip()


def reworded(phrase: Phrase, formulas: Mapping[str, Formula]) -> Phrase:
    """The phrase with some of its formulas replaced, by their text."""
    if isinstance(phrase, str) or not formulas:
        return phrase
    return tuple(part if isinstance(part, str) else formulas.get(part.source, part) for part in phrase)


def _put_in(formula: Formula, node: Node, context: Context) -> str:
    try:
        return to_text(formula.run(node, context))
    except XPathError:
        return ""


def formulas_in(phrase: Phrase) -> tuple[Formula, ...]:
    """The expressions of a phrase."""
    return () if isinstance(phrase, str) else tuple(part for part in phrase if isinstance(part, Formula))
