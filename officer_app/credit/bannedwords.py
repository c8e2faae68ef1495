"""Words that a purpose may not name, and where the same words mean something honest. DOMAIN b.

"首付" for a lorry is a part of its price, a lottery shop pays rent like any shop. Exceptions are rows of the policy;
without them a word is looked for as it stands, as older policies did.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from officer_app.credit.facts.application import Application, PurposeItem
from officer_app.credit.figures import Missing
from officer_app.credit.keys import Key
from officer_app.credit.namelists import names_key
from officer_app.credit.policy import Policy
from officer_app.credit.rowkeys import Column, rows_key, some_of, text, texts
from officer_app.credit.wordsaid import plain

BANNED: Final = names_key("banned_purposes")
KINDS: Final = (
    *("stock", "equipment", "vehicle", "premises", "fitting_out", "livestock", "inputs", "working_cash"),
    *("repay_debt", "household", "other"),
)


@dataclass(frozen=True, slots=True)
class Honest:
    """Where a banned word is honest: inside one of `phrases`, beside one of `beside`, in an item of one of `kinds`.

    Never where one of `unless` stands in the same words.
    """

    word: str
    phrases: tuple[str, ...]
    beside: tuple[str, ...]
    kinds: tuple[str, ...]
    unless: tuple[str, ...]


_COLUMNS: Final[Mapping[str, Column]] = {
    "word": Column(text),
    "phrases": Column(texts, ()),
    "beside": Column(texts, ()),
    "kinds": Column(some_of(*KINDS), ()),
    "unless": Column(texts, ()),
}
EXCEPTIONS: Final[Key[tuple[Honest, ...]]] = rows_key("banned_purpose_exceptions", _COLUMNS, Honest)


def banned_words(application: Application, policy: Policy) -> tuple[str, ...]:
    """The banned words that the purpose names, in the order of the policy; exceptions taken out."""
    words, exceptions = policy.get(BANNED, ()), policy.get(EXCEPTIONS, None)
    told = tuple(_told(application))
    if exceptions is None:
        whole = "\n".join(said for said, _ in told).lower()
        return tuple(word for word in words if word.lower() in whole)
    return tuple(word for word in words if any(_names(word, said, kinds, exceptions) for said, kinds in told))


def _told(application: Application) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text of the purpose with the kinds it is about: the purpose as told is about all items."""
    items = () if isinstance(application.purpose_items, Missing) else application.purpose_items
    yield application.purpose_declared, tuple(_kind(item) for item in items)
    for item in items:
        yield item.item, (_kind(item),)


def _kind(item: PurposeItem) -> str:
    return "" if isinstance(item.kind, Missing) else item.kind


def _names(word: str, said: str, kinds: tuple[str, ...], exceptions: tuple[Honest, ...]) -> bool:
    told = _letters(said)
    if _letters(word) not in told:
        return False
    for one in exceptions:
        if one.word == word and not any(_letters(other) in told for other in one.unless):
            if any(_letters(other) in told for other in one.beside) or (kinds and set(kinds) <= set(one.kinds)):
                return False
            for phrase in one.phrases:
                told = told.replace(_letters(phrase), " ")
    return _letters(word) in told


def _letters(text: str) -> str:
    """Without blanks and signs, full-width signs made narrow: 股 票 and 股.票 are read as 股票."""
    return "".join(sign for sign in plain(text) if unicodedata.category(sign)[0] in "LN")
