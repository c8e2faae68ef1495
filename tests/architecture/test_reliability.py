"""The list of promises names tests that exist, and every promise has some."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS / "reliability.md"
PROMISES = [*map(str, range(1, 28)), "month"]
_ROW = re.compile(r"^\| (\w+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def _rows() -> dict[str, str]:
    return {number: held for number, _, held in _ROW.findall(PAGE.read_text(encoding="utf-8"))}


@cache
def _tests_of(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def test_every_promise_has_its_row() -> None:
    assert list(_rows()) == PROMISES


@pytest.mark.parametrize("number", PROMISES)
def test_the_tests_named_for_a_promise_exist(number: str) -> None:
    named = _TEST.findall(_rows()[number])
    assert named, "a promise that nothing holds"
    assert len(set(named)) == len(named), "named twice"
    assert [f"{file}::{test}" for file, test in named if test not in _tests_of(file)] == []
    rest = _TEST.sub("", _rows()[number]).strip()
    assert rest == "", f"no test's name: {rest}"
