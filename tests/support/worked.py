"""Worked cases in tests: read with PyYAML directly, changed in one place, assessed by the program."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.expected import expected_block
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.policy import Policy, read_policy
from officer_app.credit.reading import read_facts
from officer_app.training.worked_cases import read_policy_prose

OWN_CASES = Path(__file__).resolve().parents[1] / "data" / "cases"
SHIPPED_POLICY = Path(__file__).resolve().parents[2] / "forms" / "policy.toml"

# Words for people, not compared (cases/README, section 9).
_AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2}")
_WORDS = frozenset({"name", "formula", "why"})


def load(path: Path) -> dict[str, Any]:
    """A case file as plain dictionaries of texts."""
    case: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader builds texts alone
    return case


def facts_of(case: dict[str, Any]) -> CaseFacts:
    """The typed facts of a case."""
    return read_facts({"application": case["application"], "borrower": case["borrower"], **case["facts"]})


def policy_of(case: dict[str, Any]) -> Policy:
    """The policy of a case, its sentences understood."""
    return read_policy_prose(case["policy"], case["case_id"], "", "case.yaml")


def assessed(case: dict[str, Any]) -> Assessment:
    """The assessment of a case."""
    return assess(facts_of(case), policy_of(case))


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """What the program prints for a case, without the words for people, all leaves as text."""
    found = without_words(expected_block(assessed(case)))
    assert isinstance(found, dict)
    return found


def without_words(block: Any) -> Any:
    """A block with names, formulas and reasons taken out."""
    if isinstance(block, dict):
        return {key: without_words(value) for key, value in block.items() if key not in _WORDS}
    if isinstance(block, list):
        return [without_words(value) for value in block]
    return str(block)


def shipped_policy() -> Policy:
    """The policy that comes with the program."""
    return read_policy(SHIPPED_POLICY.read_text(encoding="utf-8"))


def leaves(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a tree with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from leaves(value, (*path, place))
    else:
        yield path, str(node)


def changed(case: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A copy of a case with one thing put in another's place."""
    new = copy.deepcopy(case)
    node: Any = new
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value
    return new


def without(case: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    """A copy of a case with one thing taken out."""
    new = copy.deepcopy(case)
    node: Any = new
    for part in path[:-1]:
        node = node[part]
    del node[path[-1]]
    return new


def differences(found: Any, wanted: Any, path: str = "") -> Iterator[str]:
    """Where two blocks differ, place by place; a last digit may fall either way on a half, as the rules allow."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        for key in sorted(found.keys() | wanted.keys()):
            yield from differences(found.get(key), wanted.get(key), f"{path}.{key}")
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        for place, (one, other) in enumerate(zip(found, wanted, strict=True)):
            yield from differences(one, other, f"{path}[{place}]")
    elif found != wanted and not _half_fell_otherwise(found, wanted):
        yield f"{path}: {found} instead of {wanted}"


def _half_fell_otherwise(found: Any, wanted: Any) -> bool:
    """Forty digits and exact fractions may round the same half to two neighbours (cases/README, section 9)."""
    if not (
        isinstance(found, str) and isinstance(wanted, str) and _AMOUNT.fullmatch(found) and _AMOUNT.fullmatch(wanted)
    ):
        return False
    return abs(Decimal(found) - Decimal(wanted)) == Decimal("0.01")
