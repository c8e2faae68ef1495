"""Reads the translations and the phrases of a form's XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from officer_app.checklists.definitions import Formula
from officer_app.checklists.wordings import Phrase, Texts, Translations, Wording

_ITEXT: Final = re.compile(r"\s*jr:itext\(\s*(['\"])(.*?)\1\s*\)\s*")
_XFORMS: Final = "{http://www.w3.org/2002/xforms}"
# How a formula inside a text is made: source and the text's id, whose path tells the context.
FormulaMaker = Callable[[str, str], "Formula | None"]


def phrase_of(element: Any, make: FormulaMaker, where: str) -> Phrase:
    """The phrase of an element: its text, or pieces with the formulas of its `<output>`s between."""
    if len(element) == 0:
        return (element.text or "").strip()
    pieces: list[str | Formula] = [(element.text or "").lstrip()]
    for child in element:
        if child.tag == f"{_XFORMS}output":
            formula = make(child.get("value") or child.get("ref") or "''", where)
            if formula is not None:
                pieces.append(formula)
        elif isinstance(child.tag, str):
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    return tuple(piece for piece in pieces if piece != "")


def wording_of(element: Any | None, make: FormulaMaker, where: str) -> Wording:
    """What a `<label>` or `<hint>` says: an id of the translations or its own phrase."""
    if element is None:
        return Wording()
    found = _ITEXT.fullmatch(element.get("ref") or "")
    if found is not None:
        return Wording(identifier=found[2])
    if element.get("ref"):
        formula = make(element.get("ref"), where)
        return Wording(phrase=(formula,) if formula is not None else "")
    return Wording(phrase=phrase_of(element, make, where))


def message_of(text: str | None) -> Wording | None:
    """What a bind's message says."""
    if not text:
        return None
    found = _ITEXT.fullmatch(text)
    return Wording(identifier=found[2]) if found is not None else Wording(phrase=text)


def translations_of(
    itext: Any | None, taken: Mapping[Any, Mapping[str, Mapping[str, str]]], make: FormulaMaker
) -> tuple[Translations, str]:
    """All texts by language, and the default language; `taken` are the plain ones, by their element."""
    languages: dict[str, Texts] = {}
    default = ""
    for translation in () if itext is None else itext.iterchildren(f"{_XFORMS}translation"):
        language = translation.get("lang") or ""
        if translation.get("default") is not None:
            default = language
        by_form: dict[str, dict[str, Phrase]] = {
            form: dict(texts) for form, texts in taken.get(translation, {}).items()
        }
        for text in translation:
            _take(text, by_form, make)
        languages[language] = Texts(by_form)
    return languages, default or next(iter(languages), "")


def _take(text: Any, by_form: dict[str, dict[str, Phrase]], make: FormulaMaker) -> None:
    identifier = text.get("id") or ""
    for value in text:
        phrases = by_form.setdefault(value.get("form") or "", {})
        if identifier not in phrases:
            phrases[identifier] = phrase_of(value, make, identifier)
