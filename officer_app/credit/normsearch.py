"""Finding a norm: the trade as the customer calls it, and what an officer types to look for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from officer_app.base.pinyin import spellings
from officer_app.credit.norms import Norm, Norms, Words

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
_WORD: Final = re.compile(r"[a-z]{3,}")


def trades_like(norms: Norms, said: str) -> frozenset[str]:
    """The trades of the library that a free text names best: "牛肉面馆" is a noodle shop; none when nothing fits.

    Chinese is compared by pairs of characters, English by words; the trades that share most are given.
    """
    wanted = set(_pieces(said))
    shared = {trade: len(wanted & set(_pieces(f"{label.zh} {label.en}"))) for trade, label in norms.trades.items()}
    best = max(shared.values(), default=0)
    return frozenset(trade for trade, count in shared.items() if best and count == best)


def norms_like(norms: Iterable[Norm], sought: str) -> tuple[Norm, ...]:
    """The norms with each word sought in their trade, in what is used or made, in both languages, or in pinyin."""
    words = sought.lower().split()
    return tuple(norm for norm in norms if all(_fits(word, norm) for word in words))


def _fits(word: str, norm: Norm) -> bool:
    return any(_named(word, label) for label in (norm.trade_label, norm.consumed, norm.output))


def _named(word: str, label: Words) -> bool:
    if word in label.en.lower() or word in label.zh:
        return True
    full, initials = spellings(label.zh)
    return word.isascii() and (word in full or initials.startswith(word))


def _pieces(text: str) -> Iterator[str]:
    for run in _CHINESE.findall(text):
        yield from (run[place : place + 2] for place in range(len(run) - 1))
    yield from _WORD.findall(text.lower())
