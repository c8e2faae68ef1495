"""Workbooks made to do harm are refused with their reasons, or accepted, and none keeps the program.

They are judged in a process of their own, which is ended when it hangs; the seconds are printed, not asserted: a
busy machine would make them lie. On a quiet one each is below two.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from officer_app.checklists import compile as compiling
from officer_app.checklists.problems import FormRefused
from tests.support.excel import Rows, workbook
from tests.support.hostile import HOSTILE

# Two seconds for each on a quiet machine, and room for one that is ten times slower.
_HANGS: int = 20 * len(HOSTILE)
REFUSED = {
    "functions of another tool": {"FUNCTION", "TYPE", "OPERATOR"},
    "an old workbook under a new name": {"FILE"},
    "an entity bomb": {"FILE"},
    "a zip bomb": {"SIZE"},
    "a pattern too large to compile": {"EXPRESSION"},
    "a hundred thousand choices": {"SIZE"},
    "a cycle through a thousand": {"CYCLE"},
    "a thousand groups within each other": {"NESTING"},
    "a large survey with many mistakes": {"COMPILER", "CYCLE", "MISSING_QUESTION"},
}


@pytest.mark.timeout(_HANGS + 30)
def test_each_is_refused_with_its_reasons_or_accepted_and_none_hangs() -> None:
    command = [sys.executable, "-m", "tests.support.hostile"]
    root = Path(__file__).resolve().parents[2]
    played = subprocess.run(command, cwd=root, capture_output=True, check=True, timeout=_HANGS)
    found: dict[str, Any] = json.loads(played.stdout)
    for name, told in found.items():
        print(f"{told['seconds']:6.2f} s  {'refused' if told['refused'] else 'accepted'}  {name}: {told['problems']}")
    assert set(found) == set(HOSTILE)
    assert {name for name, told in found.items() if told["refused"]} == set(REFUSED)
    assert found["a thousand groups within each other"]["codes"] == ["NESTING"], "and nothing of ends without a begin"
    unsaid = {name: codes - set(found[name]["codes"]) for name, codes in REFUSED.items()}
    assert not any(unsaid.values()), unsaid


def test_all_that_the_compiler_refuses_is_told_with_two_compilations(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops at its first word: what else it has to say is heard while it reads the rows."""
    counted: list[int] = []
    whole = compiling.xform_of_sheets

    def counting(*given: Any) -> Any:
        counted.append(1)
        return whole(*given)

    monkeypatch.setattr(compiling, "xform_of_sheets", counting)
    rows: Rows = (
        ("type", "name", "label", "parameters", "relevant"),
        *((("range", f"r{at}", "R", "start=a end=b")) for at in range(12)),
        ("text", "t", "T", None, "${nobody} = 1"),
    )
    with pytest.raises(FormRefused) as refused:
        compiling.compile_form(workbook(rows), "visit.xlsx", {})
    told = [(problem.code.name, problem.row) for problem in refused.value.problems]
    assert told == [*(("COMPILER", at + 2) for at in range(12)), ("MISSING_QUESTION", 14)]
    assert len(counted) == 2


def test_a_compiler_without_end_is_cut_short_and_says_so() -> None:
    rows: Rows = (
        ("type", "name", "label", "parameters"),
        *((("range", f"r{at}", "R", "start=a end=b")) for at in range(60)),
    )
    with pytest.raises(FormRefused) as refused:
        compiling.compile_form(workbook(rows), "visit.xlsx", {})
    assert len(refused.value.problems) > 20
    assert any("still more" in problem.sentence.text for problem in refused.value.problems)
