"""Labels, hints and messages: by language, with answers inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from officer_app.checklists.definitions import Formula
from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.values import to_text

# A text, or pieces of text with expressions between them.
Phrase: TypeAlias = "str | tuple[str | Formula, ...]"


@dataclass(frozen=True, slots=True)
class Wording:
    """Something said to the person: a text id of the translations, or the phrase itself."""

    identifier: str = ""
    phrase: Phrase = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language: by form ("" is the text itself; image, audio, video, guidance …), then by id.

    One table for a form and not one for each text: a list of ten thousand names would be ten thousand tables.
    """

    by_form: Mapping[str, Mapping[str, Phrase]]

    def phrase(self, identifier: str, form: str = "", otherwise: Phrase = "") -> Phrase:
        """The phrase of an id in a form, `otherwise` where there is none."""
        return self.by_form.get(form, _NO_PHRASES).get(identifier, otherwise) if identifier else otherwise

    def of(self, wording: Wording) -> Phrase:
        """What a wording says in this language."""
        return self.phrase(wording.identifier, "", wording.phrase)

    def every(self, identifier: str) -> Iterator[Phrase]:
        """The phrases of an id in all its forms."""
        return (phrases[identifier] for phrases in self.by_form.values() if identifier in phrases)


_NO_PHRASES: Final[Mapping[str, Phrase]] = MappingProxyType({})
NO_TEXTS: Final = Texts(MappingProxyType({}))
# By language, in the form's order.
Translations: TypeAlias = Mapping[str, Texts]


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
