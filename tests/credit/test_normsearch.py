"""A norm is found by the customer's word for the trade, by words of both languages and by pinyin."""

from __future__ import annotations

import pytest

from officer_app.casework.norms import shipped_norms
from officer_app.credit.normsearch import norms_like, trades_like


@pytest.mark.parametrize(
    ("said", "trades"),
    [
        ("理发", {"hair_salon"}),
        ("美发店", {"hair_salon"}),
        ("水果批发", {"fruit_wholesale"}),
        ("铝合金门窗", {"windows"}),
        ("Noodle shop", {"noodle_shop"}),
        ("", set()),
        ("寿衣", set()),
    ],
)
def test_the_trade_in_the_customers_words(said: str, trades: set[str]) -> None:
    assert trades_like(shipped_norms(), said) == trades


@pytest.mark.parametrize("sought", ["面馆 面粉", "noodle flour", "mianguan mianfen", "mg mf"])
def test_words_and_pinyin_find_the_same_norm(sought: str) -> None:
    found = norms_like(shipped_norms().by_id.values(), sought)
    assert "noodle_shop.flour" in {norm.id for norm in found}
    assert {norm.trade for norm in found} <= {"noodle_shop"}


def test_nothing_sought_finds_all_and_nonsense_finds_none() -> None:
    every = tuple(shipped_norms().by_id.values())
    assert norms_like(every, "  ") == every
    assert norms_like(every, "qqq") == ()
