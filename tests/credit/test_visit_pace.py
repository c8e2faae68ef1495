"""Signs of a visit that was not made, by the log of the checklist."""

from __future__ import annotations

import pytest

from tests.support.honest import Changes, assessed_with, checked, verdict

PACE = {"answers": "120", "seconds_per_answer": "9.5", "characters_per_second": "4.0", "minutes_from_pictures": "12"}
CHECKS = ("VISIT_QUICK", "VISIT_READ", "VISIT_FAR")


def _with(**changed: str) -> Changes:
    return {f"visit_pace.{name}": text for name, text in (PACE | changed).items()}


def test_a_visit_at_a_human_pace_is_not_mentioned() -> None:
    assert [verdict(name, _with()) for name in CHECKS] == ["none"] * 3


def test_a_file_without_a_log_is_not_judged() -> None:
    assert [verdict(name, {}) for name in CHECKS] == ["none"] * 3


# At the limit it passes, a tenth beyond it fails: 2 seconds, 40 characters a second, 180 minutes.
@pytest.mark.parametrize(
    ("check", "flag", "name", "at", "beyond"),
    [
        ("VISIT_QUICK", "VISIT_TOO_QUICK", "seconds_per_answer", "2.0", "1.9"),
        ("VISIT_READ", "QUESTIONS_NOT_READ", "characters_per_second", "40.0", "40.1"),
        ("VISIT_FAR", "FILLED_FAR_FROM_PICTURES", "minutes_from_pictures", "180.0", "180.1"),
    ],
)
def test_each_sign_has_its_limit(check: str, flag: str, name: str, at: str, beyond: str) -> None:
    assert verdict(check, _with(**{name: at})) == "none"
    assert verdict(check, _with(**{name: beyond})) == "failed"
    assert flag in {raised.code for raised in assessed_with(_with(**{name: beyond})).flags}
    assert checked(check, _with(**{name: beyond})).found is not None


def test_too_few_answers_tell_nothing() -> None:
    hurried = {"seconds_per_answer": "0.5", "characters_per_second": "90", "minutes_from_pictures": "900"}
    assert [verdict(name, _with(answers="39", **hurried)) for name in CHECKS] == ["none"] * 3
    assert [verdict(name, _with(answers="40", **hurried)) for name in CHECKS] == ["failed"] * 3


def test_a_policy_without_the_keys_judges_as_before() -> None:
    hurried = _with(seconds_per_answer="0.5")
    assert verdict("VISIT_QUICK", hurried, {"visit_seconds_per_answer_min": None}) == "none"
    assert verdict("VISIT_QUICK", hurried, {"visit_answers_judged_min": None}) == "none"
