"""A rough word for a new passphrase: what a guesser gets for nothing does not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.trust.strength import Strength, strength

ORDER = list(Strength)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", Strength.SHORT),
        ("lihui88", Strength.SHORT),
        ("12345678", Strength.WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("qwertyuiop", Strength.WEAK),
        ("password", Strength.WEAK),
        ("lihui123456", Strength.WEAK),
        ("an honest day", Strength.FAIR),
        ("purple tractor sings at dawn", Strength.GOOD),
        ("晴天的早晨去看老罗果行", Strength.GOOD),
    ],
)
def test_words_for_passphrases(text: str, word: Strength) -> None:
    assert strength(text, ("lihui", "李慧")) is word


@given(st.text(max_size=40), st.text(max_size=10))
def test_more_is_never_weaker_and_names_never_help(text: str, more: str) -> None:
    assert ORDER.index(strength(text + more)) >= ORDER.index(strength(text)) or more == ""
    assert ORDER.index(strength(text, (text,))) <= ORDER.index(strength(text))
