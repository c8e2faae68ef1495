"""A policy is read strictly: what is missing, unknown or no number is refused, with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.policy import policy_from_tree, read_policy, schema
from officer_app.credit.riskindex import NAMES
from tests.support.worked import SHIPPED_POLICY, shipped_policy

TOML = SHIPPED_POLICY.read_text(encoding="utf-8")


def tree() -> dict[str, Any]:
    return tomllib.loads(TOML, parse_float=Decimal)


def refused(changed: Mapping[str, Any]) -> Fault:
    with pytest.raises(Fault) as caught:
        policy_from_tree(changed)
    for language in (ENGLISH, CHINESE):
        assert say(caught.value.sentence, language)
        assert say(caught.value.remedy, language)
    return caught.value


def test_the_shipped_policy_is_whole() -> None:
    policy = shipped_policy()
    assert policy.name
    assert policy.version == "2026.1"
    assert policy.effective_from is not None
    assert {key.path for key in schema()} == set(policy.values)


@pytest.mark.parametrize("path", sorted(key.path for key in schema() if not key.optional))
def test_a_missing_key_is_refused_by_name(path: str) -> None:
    changed: dict[str, Any] = tree()
    table = changed
    for part in path.split(".")[:-1]:
        table = table[part]
    del table[path.rsplit(".", maxsplit=1)[-1]]
    fault = refused(changed)
    assert (fault.code, fault.where) == (Code.POLICY_KEY_MISSING, path)


@pytest.mark.parametrize("path", ["equity_tolerence_percent", "risk_index.weight", "surprise"])
def test_an_unknown_key_is_refused_by_name(path: str) -> None:
    changed = tree()
    table = changed["risk_index"] if path.startswith("risk_index.") else changed
    table[path.rsplit(".", maxsplit=1)[-1]] = 1
    fault = refused(changed)
    assert (fault.code, fault.where) == (Code.POLICY_KEY_UNKNOWN, path)


WRONG: list[tuple[str, Any, str]] = [
    ("equity_tolerance_percent", "ten", "equity_tolerance_percent"),
    ("equity_tolerance_percent", -1, "equity_tolerance_percent"),
    ("equity_tolerance_percent", True, "equity_tolerance_percent"),
    ("equity_tolerance_percent", "1e3", "equity_tolerance_percent"),
    ("equity_tolerance_percent", "NaN", "equity_tolerance_percent"),
    ("lender_count_max", "1.5", "lender_count_max"),
    ("debt_to_assets_after_loan_max_percent", 100, "debt_to_assets_after_loan_max_percent"),
    ("sales_adopted", "highest", "sales_adopted"),
    ("hard_flags", ["STRAW_BORROWER_SUSPECTED", "NO_SUCH_FLAG"], "hard_flags[1]"),
    ("hard_flags", "STRAW_BORROWER_SUSPECTED", "hard_flags"),
    ("loan_rounding", {"direction": "up", "step": 1000}, "loan_rounding"),
    ("loan_rounding", {"direction": "down", "step": 0}, "loan_rounding"),
    ("rounding", {"mode": "half_even", "amounts": 2, "percents": 2, "ratios": 4}, "rounding.mode"),
    ("collateral_ltv_percent", {"residential": 70}, "collateral_ltv_percent.deposit"),
    ("effective_from", "some day", "effective_from"),
    ("name", " ", "name"),
    ("risk_index.weights", dict.fromkeys(NAMES, 16), "risk_index.weights"),
    ("risk_index.capacity_bands", {"steps": [], "otherwise": 0}, "risk_index.capacity_bands.steps"),
    ("risk_index.capacity_bands", {"steps": [{"at_least": "max", "score": 1}], "otherwise": 0},
     "risk_index.capacity_bands.steps[0]"),
    ("risk_index.leverage_bands", {"steps": [{"at_least": 1, "score": 1}], "otherwise": 0},
     "risk_index.leverage_bands.steps[0].at_least"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "where"), WRONG, ids=[f"{path}-{place}" for place, (path, _, _) in enumerate(WRONG)]
)
def test_a_wrong_value_is_refused_at_its_place(path: str, value: Any, where: str) -> None:
    changed = tree()
    table = changed
    for part in path.split(".")[:-1]:
        table = table[part]
    table[path.rsplit(".", maxsplit=1)[-1]] = value
    fault = refused(changed)
    assert (fault.code, fault.where) == (Code.POLICY_VALUE_WRONG, where)


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(Fault) as caught:
        read_policy("name = \n")
    assert caught.value.code is Code.POLICY_NOT_TOML
    assert "line 1" in caught.value.where


BOMBS = {
    "lists within lists": "a = " + "[" * 100_000,
    "closed ones": "a = " + "[" * 5_000 + "]" * 5_000,
    "tables within tables": "a = " + "{b = " * 50_000,
    "a key of a hundred thousand parts": ".".join(["a"] * 100_000) + " = 1",
    "a table of as many": "[" + ".".join(["a"] * 100_000) + "]",
    "three megabytes": "a = '" + "x" * 3_000_000 + "'",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_no_policy(bomb: str) -> None:
    """Each of them ended the reading library, or the program, where nobody looked at it first."""
    with pytest.raises(Fault) as caught:
        read_policy(BOMBS[bomb])
    assert caught.value.code is Code.POLICY_NOT_TOML


def test_a_policy_for_another_program_is_refused() -> None:
    assert refused(tree() | {"schema_version": 2}).code is Code.POLICY_TOO_NEW


def test_numbers_and_texts_say_the_same() -> None:
    """A worked case brings texts, a policy file brings numbers: one policy comes of both."""

    def as_text(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: as_text(value) for key, value in node.items()}
        if isinstance(node, list):
            return [as_text(value) for value in node]
        return str(node)

    assert policy_from_tree(as_text(tree())) == policy_from_tree(tree())


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [
        ("banned_purposes", "股票", "banned_purposes"),
        ("banned_purposes", ["股票", " "], "banned_purposes[1]"),
        ("registers_required", ["enforcement", "moon"], "registers_required[1]"),
        ("registers_required", [3], "registers_required[0]"),
    ],
)
def test_a_list_of_names_is_read_strictly(key: str, value: object, where: str) -> None:
    fault = refused(tree() | {key: value})
    assert (fault.code, fault.where) == (Code.POLICY_VALUE_WRONG, where)
