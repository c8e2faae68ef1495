"""The commands `assess`, `facts` and `identity`: one JSON document, right exit codes, words for a reader."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from officer_app.credit.vocabulary import VOCABULARY
from tests.support.worked import OWN_CASES, differences, load, without_words

ROOT = Path(__file__).resolve().parents[2]
HILL = OWN_CASES / "hill_pigs.yaml"


def run(*words: str) -> tuple[int, str, str]:
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "officer_app", *words],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
    )
    return done.returncode, done.stdout, done.stderr


def printed(*words: str) -> tuple[int, Any]:
    code, out, _ = run(*words, "--json")
    return code, json.loads(out)


def test_assess_prints_the_content_of_expected() -> None:
    code, found = printed("assess", str(HILL))
    assert code == 0
    assert "expected" not in found
    assert list(differences(without_words(found), without_words(load(HILL)["expected"]))) == []


@pytest.mark.parametrize(("language", "word"), [("en", "Recommended loan"), ("zh_CN", "建议贷款金额")])
def test_assess_has_words_for_a_reader(language: str, word: str) -> None:
    code, out, _ = run("assess", str(HILL), "--lang", language)
    assert code == 0
    assert word in out
    assert "UNDISCLOSED_DEBT" in out


def test_a_case_with_a_hole_is_refused_with_its_place(tmp_path: Path) -> None:
    text = HILL.read_text(encoding="utf-8").replace("    cash_on_hand: '3000.00'\n", "")
    (tmp_path / "hole.yaml").write_text(text, encoding="utf-8")
    code, found = printed("assess", str(tmp_path / "hole.yaml"))
    assert code == 1
    assert found["error"]["code"] == "FACTS_MISSING"
    assert found["error"]["where"] == "assets.cash_on_hand"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    code, found = printed("assess", str(tmp_path / "none.yaml"))
    assert (code, found["error"]["code"]) == (1, "FILE_MISSING")


def test_facts_lists_the_vocabulary() -> None:
    code, found = printed("facts", "--lang", "zh_CN")
    assert code == 0
    assert [entry["path"] for entry in found] == list(VOCABULARY)
    persons = next(entry for entry in found if entry["path"] == "household.persons")
    assert persons == {"path": "household.persons", "type": "int", "unit": "persons", "label": "家庭人口"}
    assert run("facts")[0] == 0


def test_an_unknown_language_is_wrong_usage() -> None:
    assert run("facts", "--lang", "tlh")[0] == 2


def test_identity_judges_each_number() -> None:
    code, found = printed("identity", "450100196812049173", "91440100MA5YY90314", "--on", "2026-01-01")
    assert code == 0
    assert [(item["type"], item["valid"], item["reason"]) for item in found] == [
        ("resident_id", True, None),
        ("uscc", False, "CHECK_DIGIT"),
    ]
    assert found[0]["birth_date"] == "1968-12-04"
    assert found[0]["sex"] == "male"
    assert run("identity", "1", "--on", "yesterday")[0] == 2
