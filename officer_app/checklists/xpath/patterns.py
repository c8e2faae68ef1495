"""Regular expressions of form authors, kept from running away.

Python's matcher tries every way through a pattern like (a+)+b. So patterns are turned into states that are all
walked at once: the work is at most the length of the text times the length of the pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.automata import Automaton, TooLargeError, automaton_of
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.pattern_syntax import PatternError, UnsupportedPattern

MAX_PATTERN: Final = 2_000
# Longer texts match nothing: no pattern of a form is about texts of this length.
MAX_TEXT: Final = 20_000
# Look-around and back-references have no automaton; they run in Python's matcher on short texts alone.
_SHORT_PATTERN: Final = 200
_SHORT_TEXT: Final = 64


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text matches (ODK: regex()). Errors: XPathError for a pattern that cannot be used."""
    compiled = compiled_pattern(pattern)
    if isinstance(compiled, Automaton):
        return len(text) <= MAX_TEXT and compiled.matches(text)
    return len(text) <= _SHORT_TEXT and compiled.fullmatch(text) is not None


@lru_cache(maxsize=512)
def compiled_pattern(pattern: str) -> Automaton | re.Pattern[str]:
    """A pattern ready to match. Errors: XPathError."""
    if len(pattern) > MAX_PATTERN:
        raise _refused(pattern)
    try:
        return automaton_of(pattern)
    except UnsupportedPattern:
        return _by_python(pattern)
    except (PatternError, TooLargeError):
        raise _refused(pattern) from None


_NESTED: Final = re.compile(r"[*+}]\)?[*+{]|\([^)]*[*+}][^)]*\)[*+{]")


def _by_python(pattern: str) -> re.Pattern[str]:
    if len(pattern) > _SHORT_PATTERN or _NESTED.search(pattern):
        raise _refused(pattern)
    try:
        return re.compile(pattern)
    except re.error:
        raise _refused(pattern) from None


def _refused(pattern: str) -> XPathError:
    return XPathError(message(N_("The pattern {pattern} cannot be used."), pattern=pattern[:60]))
