"""The norm library: what ships is whole, a branch's file lies over it and is told, strangers' files are refused."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import norms_folder
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.cli.main import run
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Verdict
from officer_app.credit.norms import (
    CONVENTION,
    NORMED,
    SIZE_LIMIT,
    Norms,
    Override,
    Words,
    norm_inputs,
    norms_with,
    read_norms,
)
from officer_app.credit.reading import read_facts
from tests.support.worked import shipped_policy

CJK = re.compile(r"[\u4e00-\u9fff]")

FLOUR = """
trade = "noodle_shop"
label = { en = "Noodle shop", zh = "面馆" }

[[norms]]
id = "noodle_shop.flour"
input = "output_per_unit"
consumed = { en = "flour", zh = "面粉" }
unit = { en = "bag of 25 kg", zh = "袋（25 公斤）" }
output = { en = "bowls of noodles", zh = "面条" }
output_unit = { en = "bowl", zh = "碗" }
value = 155
low = 120
high = 185.5
source = "local convention"
"""
OWN = """
[[norms]]
id = "noodle_shop.beef"
trade = "noodle_shop"
input = "output_per_unit"
consumed = { en = "cooked beef", zh = "熟牛肉" }
unit = { en = "kg", zh = "公斤" }
output = { en = "bowls of beef noodles", zh = "牛肉面" }
output_unit = { en = "bowl", zh = "碗" }
value = 20
low = 16
high = 25
source = "local convention"
"""


def library() -> Norms:
    return read_norms({file.name: file.read_text(encoding="utf-8") for file in sorted(norms_folder().glob("*.toml"))})


def one() -> Norms:
    return read_norms({"noodle_shop.toml": FLOUR})


def refused(text: str) -> Fault:
    with pytest.raises(Fault) as caught:
        read_norms({"odd.toml": text})
    for language in (ENGLISH, CHINESE):
        assert say(caught.value.sentence, language)
        assert say(caught.value.remedy, language)
    return caught.value


def test_the_shipped_library_covers_the_trades() -> None:
    shipped = library()
    assert len(shipped.trades) >= 30
    assert len(shipped.by_id) >= 120
    assert {norm.input for norm in shipped.by_id.values()} == NORMED
    for wanted in ("barbecue.charcoal", "stone_works.saw_blade", "noodle_shop.flour", "hair_salon.water",
                   "pig_fattening.feed", "noodle_shop.gas"):  # fmt: skip
        assert wanted in shipped.by_id


def test_every_shipped_norm_speaks_both_languages_and_names_its_source() -> None:
    for norm in library().by_id.values():
        labels = (norm.trade_label, norm.consumed, norm.unit, norm.output, norm.output_unit)
        for words in labels:
            assert not CJK.search(words.en), norm.id
        for words in labels:
            assert CJK.search(words.zh), norm.id
        assert norm.id.startswith(f"{norm.trade}.")
        assert norm.low < norm.high, f"{norm.id}: a norm without a range would flag every honest figure"
        for language in (ENGLISH, CHINESE):
            assert norm.source_spoken(language)
            assert say(norm.measured(language), language)


def test_a_file_holds_the_trade_it_is_named_after() -> None:
    for file in norms_folder().glob("*.toml"):
        assert set(read_norms({file.name: file.read_text(encoding="utf-8")}).trades) == {file.stem}


def test_a_norm_is_read_digit_by_digit() -> None:
    norm = one().by_id["noodle_shop.flour"]
    assert (norm.value, norm.low, norm.high) == (Decimal(155), Decimal(120), Decimal("185.5"))
    assert norm.source is None
    assert norm.source_spoken(CHINESE) == "本地经验值"
    assert say(norm.measured(ENGLISH), ENGLISH) == "155 bowl per bag of 25 kg"
    assert one().bounding("output_per_unit") == one().of_trade("noodle_shop") == (norm,)


WRONG = [
    ("value = 155", "value = 119", "norms[0].value"),
    ("low = 120", "low = 0", "norms[0].value"),
    ("low = 120", "low = -1", "norms[0].low"),
    ("low = 120", 'low = "many"', "norms[0].low"),
    ("low = 120", "low = nan", "norms[0].low"),
    ("low = 120", "low = 1e30", "norms[0].low"),
    ("low = 120", "low = true", "norms[0].low"),
    ("low = 120\n", "", "norms[0].low"),
    ("low = 120", "low = 120\nlower = 1", "norms[0].lower"),
    ('zh = "面粉"', 'de = "Mehl"', "norms[0].consumed.zh"),
    ('{ en = "flour", zh = "面粉" }', '"flour"', "norms[0].consumed"),
    ('zh = "面粉"', 'zh = " "', "norms[0].consumed.zh"),
    ('zh = "面粉"', 'zh = "面\\u0000粉"', "norms[0].consumed.zh"),
    ('zh = "面粉"', f'zh = "{"面" * 201}"', "norms[0].consumed.zh"),
    ('"output_per_unit"', '"sales"', "norms[0].input"),
    ('"noodle_shop.flour"', '"Noodle Shop"', "norms[0].id"),
    ('"noodle_shop.flour"', '"noodle_shop"', "norms[0].id"),
    ('source = "local convention"', 'source = "somebody"', "norms[0].source"),
    ('trade = "noodle_shop"', 'trade = "面馆"', "trade"),
    ('trade = "noodle_shop"', "", "trade"),
    ("[[norms]]", "[norms]", "norms"),
]


@pytest.mark.parametrize(("old", "new", "where"), WRONG, ids=[f"{place}" for place in range(len(WRONG))])
def test_what_is_wrong_is_refused_at_its_place(old: str, new: str, where: str) -> None:
    assert FLOUR.count(old) == 1
    fault = refused(FLOUR.replace(old, new))
    assert (fault.code, fault.where) == (Code.NORM_WRONG, f"odd.toml: {where}")


def test_an_id_is_given_once_in_all_files() -> None:
    with pytest.raises(Fault) as caught:
        read_norms({"one.toml": FLOUR, "two.toml": FLOUR})
    assert (caught.value.code, caught.value.where) == (Code.NORM_WRONG, "two.toml: norms[0].id")


@pytest.mark.parametrize("text", ["norms = ", "a = " + "9" * 5000, "a = " + "[" * 20_000, 'trade = "\ufffd\x00"'])
def test_what_is_no_toml_is_refused(text: str) -> None:
    assert refused(text).code is Code.NORMS_NOT_TOML


def test_a_file_without_end_is_refused_before_it_is_read() -> None:
    assert refused("#" * (SIZE_LIMIT + 1)).code is Code.NORMS_TOO_LARGE


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_damage_is_read_or_refused_and_never_raises(data: st.DataObject) -> None:
    text = FLOUR
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(st.text(max_size=8)) + text[end:]
    for read in (lambda: read_norms({"odd.toml": text}), lambda: norms_with(one(), text)):
        try:
            norms = read()
        except Fault as fault:
            assert fault.code in (Code.NORM_WRONG, Code.NORMS_NOT_TOML)  # noqa: PT017  a property, not one error
        else:
            assert all(0 < norm.low <= norm.value <= norm.high for norm in norms.by_id.values())


def test_a_branch_sets_only_what_differs_and_it_is_told() -> None:
    laid = norms_with(
        one(), '[[norms]]\nid = "noodle_shop.flour"\nvalue = 165\nlow = 120\nconsumed = {en="flour",zh="富强粉"}'
    )
    norm = laid.by_id["noodle_shop.flour"]
    assert (norm.value, norm.low, norm.high) == (165, 120, Decimal("185.5"))
    assert laid.overridden == (
        Override(norm.id, "consumed", "flour / 面粉", "flour / 富强粉"),
        Override(norm.id, "value", "155", "165"),
    )
    assert one().overridden == ()


def test_a_branch_may_have_norms_and_trades_of_its_own() -> None:
    laid = norms_with(one(), OWN)
    assert list(laid.by_id) == ["noodle_shop.flour", "noodle_shop.beef"]
    assert all(each.was == "" for each in laid.overridden)
    assert Override("noodle_shop.beef", "source", "", CONVENTION) in laid.overridden
    abroad = OWN.replace('trade = "noodle_shop"', 'trade = "ferry"\nlabel = { en = "Ferry", zh = "渡船" }')
    assert norms_with(one(), abroad).trades["ferry"] == Words("Ferry", "渡船")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[[norms]]\nid = "noodle_shop.flour"\nvalue = 1', "norms[0].value"),
        ('[[norms]]\nid = "noodle_shop.flour"\ntrade = "bakery"', "norms[0].trade"),
        ('[[norms]]\nid = "noodle_shop.salt"\nvalue = 1', "norms[0].input"),
        ("[[norms]]\nvalue = 1", "norms[0].id"),
        (OWN + OWN, "norms[1].id"),
        (OWN.replace('trade = "noodle_shop"', 'trade = "ferry"'), "norms[0].label"),
        (FLOUR, "trade"),
    ],
)
def test_a_branch_file_is_read_as_strictly(text: str, where: str) -> None:
    with pytest.raises(Fault) as caught:
        norms_with(one(), text)
    assert (caught.value.code, caught.value.where) == (Code.NORM_WRONG, where)


def test_the_example_in_the_folder_is_a_branch_file() -> None:
    text = (norms_folder() / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert found is not None
    laid = norms_with(library(), found.group(1))
    assert {"noodle_shop.flour", "noodle_shop.beef"} == {override.id for override in laid.overridden}


@pytest.mark.parametrize(("bowls", "verdict"), [("155", Verdict.PASSED), ("260", Verdict.FAILED)])
def test_a_norm_frozen_into_a_route_is_checked_without_the_library(bowls: str, verdict: Verdict) -> None:
    """Flour: 120 to 185 bowls a bag; 260 is no noodle shop's."""
    frozen = norm_inputs(library().by_id["noodle_shop.flour"], CHINESE)
    inputs = {"quantity_per_month": "36", "price_per_output": "12.5", "output_per_unit": bowls, **frozen}
    tree = {"sales": {"routes": [{"id": "flour", "kind": "output_proxy", "inputs": inputs}]}}
    found = {check.id: check for check in assess(read_facts(tree), shipped_policy()).checks}
    assert found["NORM_FLOUR"].verdict is verdict


def test_the_list_by_trade_and_what_the_branch_set_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "branch.toml"
    file.write_text('[[norms]]\nid = "noodle_shop.flour"\nvalue = 160\n', encoding="utf-8")
    assert run(["norms", "--trade", "noodle_shop", "--branch", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {norm["trade"] for norm in found["norms"]} == {"noodle_shop"}
    assert found["norms"][0]["value"] == "160"
    assert found["overridden"] == [{"id": "noodle_shop.flour", "field": "value", "was": "155", "now": "160"}]
    assert run(["norms", "--trade", "noodle_shop", "--branch", str(file), "--lang", "zh_CN"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "面馆  [noodle_shop]"
    assert lines[1] == "  面粉 → 面条: 160 碗/袋（25 公斤）; 常见 120 至 185; 本地经验值  [noodle_shop.flour]"
    assert lines[-2:] == ["网点改动：1 处", "  noodle_shop.flour value: 155 → 160"]


def test_wrong_usage_and_odd_files_end_with_their_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["norms", "--trade", "whaling"]) == 2
    (tmp_path / "odd.toml").write_bytes(b'[[norms]]\nid = "\xff"\n')
    assert run(["norms", "--branch", str(tmp_path / "odd.toml")]) == 1
    assert "NORMS_NOT_TOML" in capsys.readouterr().err
