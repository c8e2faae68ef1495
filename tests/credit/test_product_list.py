"""Head office's list of products: read strictly, written so that it is read the same, and its place in a policy."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, Bilingual, Message, say
from officer_app.credit.loans.fees import Fee, FeeKind
from officer_app.credit.policy import read_policy
from officer_app.credit.productlist import (
    MOST_PRODUCTS,
    SIZE_LIMIT,
    changed,
    changes,
    products_text,
    read_products,
    with_products,
)
from officer_app.credit.products import CLIENTS, METHODS, PRODUCTS, PURPOSES, Product, Span
from officer_app.credit.productwords import CLIENT_WORDS, FEE_WORDS, METHOD_WORDS, PURPOSE_WORDS
from tests.support.worked import SHIPPED_POLICY

POLICY = read_policy(SHIPPED_POLICY.read_text(encoding="utf-8"))
SHIPPED = POLICY[PRODUCTS]
BODY = products_text(SHIPPED).encode()
EXPECTED = {Code.PRODUCTS_NOT_TOML, Code.PRODUCTS_TOO_LARGE, Code.PRODUCTS_TOO_NEW, Code.PRODUCT_WRONG}
# Every column holds something, and its names hold what a text format stumbles over.
FULL = replace(
    SHIPPED[1],
    id="odd",
    name=Bilingual('Odd "quoted" \\ back', "带“引号”\t和\x7f制表"),
    fees=(
        Fee("手续费", FeeKind.UPFRONT, Decimal("12.50"), None, "Fee"),
        Fee("保险费", FeeKind.INSURANCE, None, Decimal("0.60"), "Insurance"),
    ),
    subsidised_share=Decimal(50),
    early_fee=Decimal("0.5"),
    early_free_after=12,
)


def refused(data: bytes) -> Fault:
    with pytest.raises(Fault) as found:
        read_products(data)
    return found.value


def test_what_is_written_is_read_the_same() -> None:
    assert read_products(BODY) == SHIPPED
    bare = replace(SHIPPED[0], id="bare", prices={}, unsecured_up_to=None, grace_most=0)
    assert read_products(products_text([FULL, bare]).encode()) == (FULL, bare)


def test_it_takes_the_place_of_the_table_and_of_nothing_else() -> None:
    other = with_products(POLICY, (FULL,))
    assert other[PRODUCTS] == (FULL,)
    assert {path for path in POLICY.values if POLICY.values[path] != other.values[path]} == {PRODUCTS.path}
    assert POLICY[PRODUCTS] == SHIPPED


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('id = "equipment"', 'id = "working_capital"', "products[1].id"),
        ("least = 5000", "least = 500000", "products[0].amount"),
        ('methods = ["revolving"]', 'methods = ["by hand"]', "products[3].methods[0]"),
        ('methods = ["revolving"]', "methods = []", "products[3].methods"),
        ("late_uplift_percent = 50", "late_uplift_percent = 80", "products[0].late_uplift_percent"),
        ("A = 10.8", "A = 30", "products[0].price_by_grade.A"),
        ('name_en = "Stall loan", ', "", "products[4].name_en"),
        ("schema_version = 1", "schema_version = true", "schema_version"),
        ("schema_version = 1", "rates = 1\nschema_version = 1", "rates"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(old: str, new: str, place: str) -> None:
    assert old in BODY.decode()
    fault = refused(BODY.decode().replace(old, new, 1).encode())
    assert (fault.code, fault.where) == (Code.PRODUCT_WRONG, place)
    assert all(say(fault.sentence, language) for language in (CHINESE, ENGLISH))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", Code.PRODUCTS_NOT_TOML),
        (b"products = [", Code.PRODUCTS_NOT_TOML),
        (b"a = " + b"[" * 5_000, Code.PRODUCTS_NOT_TOML),
        (b"", Code.PRODUCT_WRONG),
        (b"schema_version = 1\nproducts = []\n", Code.PRODUCT_WRONG),
        (b"schema_version = 1\nproducts = 3\n", Code.PRODUCT_WRONG),
        (b"schema_version = 2\nproducts = []\n", Code.PRODUCTS_TOO_NEW),
        (BODY + b"#" * SIZE_LIMIT, Code.PRODUCTS_TOO_LARGE),
    ],
)
def test_nonsense_is_refused_with_a_sentence(data: bytes, code: Code) -> None:
    fault = refused(data)
    assert fault.code is code
    assert all(say(what, one) for what in (fault.sentence, fault.remedy) for one in (CHINESE, ENGLISH))


def test_more_products_than_anybody_lends_are_refused() -> None:
    many = [replace(SHIPPED[0], id=f"p{number}") for number in range(MOST_PRODUCTS + 1)]
    assert refused(products_text(many).encode()).code is Code.PRODUCT_WRONG
    assert len(read_products(products_text(many[:-1]).encode())) == MOST_PRODUCTS


def test_broken_lists_are_read_or_refused_and_nothing_else() -> None:
    """A thousand damaged texts: bytes turned, cut, doubled and moved."""
    outcomes: set[Code | None] = set()
    chance = random.Random(20261122)  # noqa: S311  repeatable, not secret
    for _ in range(1_000):
        data = bytearray(BODY)
        for _turn in range(chance.randrange(1, 6)):
            at, length = chance.randrange(len(data)), chance.randrange(1, 40)
            match chance.randrange(4):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + length]
                case 2:
                    data[at:at] = data[at : at + length]
                case _:
                    data[at : at + length] = bytes(chance.choices(b'"[]{}=.,\n#019-', k=length))
        try:
            assert read_products(bytes(data))
            outcomes.add(None)
        except Fault as fault:
            outcomes.add(fault.code)
    assert outcomes <= EXPECTED | {None}
    assert {None, Code.PRODUCTS_NOT_TOML, Code.PRODUCT_WRONG} <= outcomes


# --- what changed ------------------------------------------------------------------------------------------------


def test_every_column_that_changes_is_told_in_both_languages() -> None:
    told = changes(SHIPPED[0], FULL)
    english, chinese = ([say(one, language) for one in told] for language in (ENGLISH, CHINESE))
    assert "Amount: 5,000 to 300,000 → 10,000 to 300,000" in english
    assert "Fees: none → Fee 12.50 (once at the payout), Insurance 0.6% (every year on the loan)" in english
    assert "费用：无 → 手续费12.50（放款时一次）、保险费0.6%（每年按贷款额）" in [
        one.replace(" ", "").replace("→", " → ").replace("(", "（").replace(")", "）") for one in chinese
    ]
    assert len(english) == len(chinese) == len(set(english))
    assert changes(FULL, FULL) == ()


def test_a_product_changed_withdrawn_or_never_there() -> None:
    dearer = replace(SHIPPED[0], rate=Span(Decimal(9), Decimal(20)))
    found = changed(SHIPPED, (dearer, *SHIPPED[1:]), "流动资金贷款")
    assert found is not None
    assert (found.product, found.withdrawn, len(found.changes)) == (SHIPPED[0], False, 1)
    both = changed(SHIPPED, (replace(dearer, prices={}), *SHIPPED[1:]), "流动资金贷款")
    assert both is not None
    assert say(both.told, ENGLISH) == (
        "Rate a year: 8% to 20% → 9% to 20%; Price by grade: A 10.8%, B 13.2%, C 16.8% → none"
    )
    gone = changed(SHIPPED, SHIPPED[1:], "working_capital")
    assert gone is not None
    assert gone.withdrawn
    assert changed(SHIPPED, (dearer,), "房贷") is None
    assert changed(SHIPPED, SHIPPED, "Working capital loan") is None


def test_a_product_that_was_renamed_is_the_same_by_its_code() -> None:
    renamed: tuple[Product, ...] = (replace(SHIPPED[0], name=Bilingual("Till loan", "周转贷")), *SHIPPED[1:])
    found = changed(SHIPPED, renamed, "流动资金贷款")
    assert found is not None
    assert [say(one, ENGLISH) for one in found.changes] == ["Name of the product: Working capital loan → Till loan"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [(CLIENT_WORDS, CLIENTS), (PURPOSE_WORDS, PURPOSES), (METHOD_WORDS, METHODS), (FEE_WORDS, tuple(FeeKind))],
)
def test_every_code_has_a_word_of_its_own_without_a_comma(words: dict[str, str], codes: tuple[str, ...]) -> None:
    """Commas part the words in a cell of the workbook."""
    assert set(words) == {str(code) for code in codes}
    for language in (CHINESE, ENGLISH):
        spoken = [say(Message(word), language) for word in words.values()]
        assert len(set(spoken)) == len(spoken)
        assert not any(comma in one for one in spoken for comma in ",，、;；\n")
