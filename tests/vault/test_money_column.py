"""Values come out of the database exactly as they went in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officer_app.base.ids import CaseId
from officer_app.vault import cases
from officer_app.vault.columns import exact_text
from officer_app.vault.store import Vault
from tests.support.vaults import a_case

MONEY = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda value: -40 < value.adjusted() < 39 and value.as_tuple().exponent > -40  # type: ignore[operator]  # finite
)


@given(
    value=st.decimals(min_value=-(10**16), max_value=10**16, places=2)
    | MONEY.filter(lambda v: len(v.as_tuple().digits) < 20)
)
def test_text_is_exact(value: Decimal) -> None:
    try:
        text = exact_text(value)
    except ValueError:
        _, digits, exponent = value.as_tuple()
        assert isinstance(exponent, int)
        assert len(digits) + max(exponent, 0) > 40 or -exponent > 40
        return
    assert Decimal(text) == value
    assert "E" not in text.upper()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amount=st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=4))
def test_money_through_the_encrypted_database(vault: Vault, amount: Decimal) -> None:
    case = a_case(vault.user.id, id=CaseId("c" * 32), requested_amount=amount)
    with vault.writing() as tx:
        known = cases.of_number(tx, case.number, case.officer)
        (cases.save if known else cases.add)(tx, case)
        found = cases.get(tx, case.id).requested_amount
        stored = tx.sql.exec_driver_sql("SELECT typeof(requested_amount) FROM case_file").scalar()
    assert found is not None
    assert found.as_tuple() == amount.as_tuple()
    assert stored == "text"


def test_scale_is_kept(vault: Vault) -> None:
    """0.1 + 0.2 is 0.3, and 100.50 is not 100.5 on paper."""
    case = a_case(vault.user.id, requested_amount=Decimal("0.1") + Decimal("0.2"), supported_amount=Decimal("100.50"))
    with vault.writing() as tx:
        cases.add(tx, case)
    with vault.reading() as tx:
        found = cases.get(tx, case.id)
    assert (str(found.requested_amount), str(found.supported_amount)) == ("0.3", "100.50")


@pytest.mark.parametrize("wrong", [0.1, 5, "12.50", True])
def test_other_types_are_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        exact_text(wrong)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "-Infinity", "sNaN", "1E+400000", "1E-400000"])
def test_what_is_no_amount_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"digits|number"):
        exact_text(Decimal(wrong))


def test_moments_come_back_in_utc_to_the_millisecond(vault: Vault) -> None:
    local = datetime(2026, 10, 8, 10, 40, 0, 123_456, tzinfo=timezone(timedelta(hours=8)))
    case = a_case(vault.user.id, expires=local)
    with vault.writing() as tx:
        cases.add(tx, case)
        assert cases.get(tx, case.id).expires == datetime(2026, 10, 8, 2, 40, 0, 123_000, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused(vault: Vault) -> None:
    naive = datetime(2026, 10, 8)  # noqa: DTZ001  that is the test
    with vault.writing() as tx:
        with pytest.raises(Exception, match="without a zone"):
            cases.add(tx, a_case(vault.user.id, expires=naive))
        cases.add(tx, replace(a_case(vault.user.id), expires=None))
