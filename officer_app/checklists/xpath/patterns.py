"""Regular expressions of form authors, kept from running away.

Python's matcher tries every way through a pattern like (a+)+b. So patterns are turned into states that are all
walked at once: the work is at most the length of the text times the length of the pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.automata import Automaton, Unsupported, automaton_of
from officer_app.checklists.xpath.failure import XPathError

MAX_PATTERN: Final = 2_000
MAX_TEXT: Final = 20_000
# Look-around and back-references have no automaton; they run in Python's matcher on short texts alone.
_SHORT_PATTERN: Final = 200
_SHORT_TEXT: Final = 64


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text matches (ODK: regex()). Errors: XPathError for a pattern that cannot be used."""
    compiled = _compiled(pattern)
    if isinstance(compiled, Automaton):
        return compiled.matches(text[:MAX_TEXT]) if len(text) <= MAX_TEXT else False
    return len(text) <= _SHORT_TEXT and compiled.fullmatch(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Automaton | re.Pattern[str]:
    if len(pattern) > MAX_PATTERN:
        raise _refused(pattern)
    try:
        return automaton_of(pattern)
    except Unsupported:
        return _by_python(pattern)
    except (re.error, RecursionError, OverflowError):
        raise _refused(pattern) from None


_NESTED: Final = re.compile(r"[*+}]\)?[*+{]|\([^)]*[*+}][^)]*\)[*+{]")


def _by_python(pattern: str) -> re.Pattern[str]:
    if len(pattern) > _SHORT_PATTERN or _NESTED.search(pattern):
        raise _refused(pattern)
    return re.compile(pattern)


def _refused(pattern: str) -> XPathError:
    return XPathError(message(N_("The pattern {pattern} cannot be used."), pattern=pattern[:60]))
