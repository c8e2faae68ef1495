"""Worked-case files from strangers: read as text, understood whole, or refused with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.policy import schema
from officer_app.training.prose import SENTENCES
from officer_app.training.worked_cases import SIZE_LIMIT, read_worked_case
from officer_app.training.yaml_text import read_yaml
from tests.support.worked import OWN_CASES, shipped_policy

CASE = (OWN_CASES / "hill_pigs.yaml").read_text(encoding="utf-8")


def refused(text: str) -> Fault:
    with pytest.raises(Fault) as caught:
        read_worked_case(text.encode(), "case.yaml")
    assert all(say(caught.value.sentence, language) for language in (ENGLISH, CHINESE))
    return caught.value


def put(old: str, new: str) -> str:
    assert old in CASE
    return CASE.replace(old, new, 1)


def test_a_case_gives_labels_facts_and_policy() -> None:
    case = read_worked_case(CASE.encode(), "hill_pigs.yaml")
    assert (case.case_id, case.currency, case.title_zh) == ("hill_pigs", "CNY", "山区养猪户")
    assert case.policy.name == "hill_pigs"
    assert isinstance(case.facts["application"], dict)
    assert case.expected


def test_the_sentences_say_the_same_rules_as_the_shipped_policy() -> None:
    case, shipped = read_worked_case(CASE.encode(), "hill_pigs.yaml").policy, shipped_policy()
    # A worked case leaves out what was skipped and adopts the lowest of all; the shipped policy does not (DOMAIN e).
    for path in SENTENCES.keys() - {"risk_index.willingness", "risk_index.consistency", "sales_adopted"}:
        assert case.values[path] == shipped.values[path], path


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (
            "lowest of the declared value and every route",
            "lowest of the declared value and most routes",
            "sales_adopted",
        ),
        ("DSCR >=1.50:100, >=1.25:80", "DSCR >=1.50:100; >=1.25:80", "risk_index.capacity_bands"),
        ("DSCR >=1.50:100", "DSCR >1.50:100", "risk_index.capacity_bands"),
        ("<=max:40, else 0", "<=max:40", "risk_index.leverage_bands"),
        ("A >=80, B >=65", "A >=80, B >=sixty", "risk_index.grades"),
        ("down to 1000", "up to 1000", "loan_rounding"),
        ("stress passed:100, failed:30", "stress passed:100, failed:30, unknown:50", "risk_index.industry"),
        ("guarantor cover >=minimum:50", "guarantor cover >=1:50", "risk_index.security_bands"),
    ],
)
def test_a_rule_that_is_nearly_known_is_refused(old: str, new: str, key: str) -> None:
    fault = refused(put(old, new))
    assert (fault.code, fault.where) == (Code.CASE_SENTENCE_UNKNOWN, f"policy.{key}")


def test_the_numbers_of_a_band_are_read_and_not_assumed() -> None:
    text = put("DSCR >=1.50:100, >=1.25:80, >=1.00:50, else 0", "DSCR >=1.6:90, >=1.2:70, else 10")
    assert read_worked_case(text.encode(), "case.yaml").policy != read_worked_case(CASE.encode(), "case.yaml").policy


@pytest.mark.parametrize("key", [key for key in SENTENCES if "." not in key])
def test_a_rule_that_is_not_said_is_refused(key: str) -> None:
    lines = CASE.split("\n")
    start = next(place for place, line in enumerate(lines) if line.startswith(f"  {key}:"))
    rest = start + 1
    while lines[rest].startswith("    "):
        rest += 1
    fault = refused("\n".join(lines[:start] + lines[rest:]))
    assert (fault.code, fault.where) == (Code.CASE_KEY_MISSING, f"policy.{key}")


def test_policy_keys_are_as_strict_as_in_a_policy_file() -> None:
    assert refused(put("  dscr_min: '1.25'\n", "")).code is Code.POLICY_KEY_MISSING
    assert refused(put("  dscr_min: '1.25'\n", "  dscr_min: about one\n")).where == "dscr_min"
    assert (
        refused(put("  dscr_min: '1.25'\n", "  dscr_min: '1.25'\n  dscr_max: '9'\n")).code is Code.POLICY_KEY_UNKNOWN
    )
    assert refused(put("      capacity: '30'", "      capacity: '31'")).where == "risk_index.weights"


@pytest.mark.parametrize("block", ["policy", "application", "borrower", "facts"])
def test_a_block_that_is_gone_is_named(block: str) -> None:
    fault = refused(CASE.replace(f"\n{block}:", "\nx_block:", 1))
    assert (fault.code, fault.where) == (Code.CASE_KEY_MISSING, block)


def test_a_key_at_the_top_that_nobody_knows_is_refused() -> None:
    fault = refused("surprise: 1\n" + CASE)
    assert (fault.code, fault.where) == (Code.CASE_KEY_UNKNOWN, "surprise")


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("a: 1\na: 2\n", Code.CASE_KEY_DOUBLED, "line 2"),
        ("a: &x [1]\nb: *x\n", Code.CASE_NOT_YAML, "line 1"),
        ("a: !!python/object/apply:os.system [ls]\n", Code.CASE_NOT_YAML, "line 1"),
        ("a: [1\nb: 2\n", Code.CASE_NOT_YAML, "line 2"),
        ("a: 1\n--- \nb: 2\n", Code.CASE_NOT_YAML, ""),
        ("", Code.CASE_NOT_YAML, ""),
        ("{[1]: 2}", Code.CASE_NOT_YAML, "line 1"),
        ("[" * 50 + "]" * 50, Code.CASE_NOT_YAML, "line 1"),
    ],
)
def test_odd_yaml_is_refused_with_its_line(text: str, code: Code, where: str) -> None:
    with pytest.raises(Fault) as caught:
        read_yaml(text.encode(), "case.yaml")
    assert (caught.value.code, caught.value.where) == (code, where)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Fault) as caught:
        read_yaml(b"a: \xff\xfe\n", "case.yaml")
    assert caught.value.code is Code.CASE_NOT_YAML


def test_texts_stay_as_written_and_a_bare_null_is_nothing() -> None:
    assert read_yaml(b"a: 12.50\nb: no\nc: ~\nd: ''\ne: 'null'\nf: 2025-07-01\n", "x") == {
        "a": "12.50",
        "b": "no",
        "c": "",
        "d": "",
        "e": "null",
        "f": "2025-07-01",
    }


def test_a_list_at_the_top_is_no_case() -> None:
    assert refused("- 1\n").code is Code.CASE_NOT_YAML


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(Fault) as caught:
        read_worked_case(b" " * (SIZE_LIMIT + 1), "case.yaml")
    assert caught.value.code is Code.FILE_TOO_LARGE


def test_facts_cannot_smuggle_in_a_second_application() -> None:
    fault = refused(put("\nfacts:\n", "\nfacts:\n  application: {requested_amount: '1'}\n"))
    assert (fault.code, fault.where) == (Code.CASE_KEY_UNKNOWN, "facts.application")


def test_shared_cases_are_read(shared: Path) -> None:
    for path in sorted((shared / "data" / "cases").glob("*.yaml")):
        assert read_worked_case(path.read_bytes(), path.name).case_id == path.stem


def test_a_policy_of_sentences_is_one_of_tables() -> None:
    policy = read_worked_case(CASE.encode(), "case.yaml").policy
    needed = {key.path for key in schema() if not key.optional}
    assert needed <= policy.values.keys() <= shipped_policy().values.keys()
