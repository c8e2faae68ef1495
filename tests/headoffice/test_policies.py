"""The next policy: checked, numbered upwards, kept beside the earlier ones, and never before its time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.policytext import removed, replaced
from officer_app.headoffice import founding
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.policies import Standing, following, publish_policy, versions
from tests.support.institution import AT, BANK, FixedClock
from tests.support.worked import SHIPPED_POLICY

TOML = SHIPPED_POLICY.read_text(encoding="utf-8")
PASSPHRASE = "correct horse battery"
TODAY = date(2026, 11, 1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(AT)


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Desk:
    return founding.found(
        tmp_path / "office", BANK, PASSPHRASE, clock=clock, policy=TOML.encode(), forms={"visit": b"<h:html/>"}
    )


def next_one(version: str, first: str) -> str:
    return replaced(replaced(TOML, "version", f'"{version}"'), "effective_from", first)


def refused(desk: Desk, text: str, clock: FixedClock) -> Fault:
    with pytest.raises(Fault) as caught:
        publish_policy(desk, text, clock)
    assert len(versions(desk, TODAY)) == 1
    for language in (ENGLISH, CHINESE):
        assert say(caught.value.sentence, language)
        assert say(caught.value.remedy, language)
    return caught.value


def test_the_next_version_waits_for_its_first_day(desk: Desk, clock: FixedClock) -> None:
    assert publish_policy(desk, next_one("2026.2", "2027-01-01"), clock) == 2
    before, after = date(2026, 12, 31), date(2027, 1, 1)
    assert [one.standing for one in versions(desk, before)] == [Standing.COMING, Standing.IN_FORCE]
    assert [one.standing for one in versions(desk, after)] == [Standing.IN_FORCE, Standing.PAST]
    assert [one.policy.version for one in versions(desk, after)] == ["2026.2", "2026.1"]
    assert versions(desk, after)[1].text == TOML


@pytest.mark.parametrize(
    ("version", "first"),
    [("2026.1", "2027-01-01"), ("2025.12", "2027-01-01"), ("2026.2", "2026-01-01"), ("2026.2", "2025-12-31")],
)
def test_number_and_first_day_must_both_rise(desk: Desk, clock: FixedClock, version: str, first: str) -> None:
    assert refused(desk, next_one(version, first), clock).code is Code.POLICY_NOT_LATER


def test_ten_comes_after_nine(desk: Desk, clock: FixedClock) -> None:
    publish_policy(desk, next_one("2026.9", "2026-12-01"), clock)
    assert publish_policy(desk, next_one("2026.10", "2026-12-02"), clock) == 3
    assert following("2026.9") == "2026.10"
    assert following("v") == "v.1"


def test_a_tolerance_of_ten_in_letters_is_refused_at_its_place(desk: Desk, clock: FixedClock) -> None:
    text = replaced(next_one("2026.2", "2027-01-01"), "equity_tolerance_percent", '"ten"')
    fault = refused(desk, text, clock)
    assert (fault.code, fault.where) == (Code.POLICY_VALUE_WRONG, "equity_tolerance_percent")


def test_a_missing_key_is_refused_by_name(desk: Desk, clock: FixedClock) -> None:
    fault = refused(desk, removed(next_one("2026.2", "2027-01-01"), "dscr_min"), clock)
    assert (fault.code, fault.where) == (Code.POLICY_KEY_MISSING, "dscr_min")
