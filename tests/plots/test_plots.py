"""Plots say the assessment's own numbers, mark what decides, and never draw what is not known."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, CashFlow
from officer_app.credit.figures import known
from officer_app.credit.reading import read_facts
from officer_app.plots.balance import balance
from officer_app.plots.caps import caps
from officer_app.plots.cashflow import cash_flow
from officer_app.plots.deviations import sales_deviations
from officer_app.plots.primitives import Band, Bar, Dot, Drawing, Line, Marker, Role, Text
from officer_app.plots.riskindex import risk_index
from officer_app.training.worked_cases import read_worked_case
from tests.support.memo_cases import assessed, policy

PLOTS: tuple[Callable[..., Drawing | None], ...] = (sales_deviations, caps, cash_flow, risk_index, balance)


def _drawn(plot: Callable[..., Drawing | None], assessment: Assessment, width: float = 500) -> Drawing:
    drawing = plot(assessment, width=width, em=10)
    assert drawing is not None
    return drawing


def _said(drawing: Drawing, language: str = ENGLISH) -> list[str]:
    return [say(item.words, language) for item in drawing.items if isinstance(item, Text)]


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("width", [240.0, 511.0, 900.0])
def test_everything_lies_inside(plot: Callable[..., Drawing | None], width: float) -> None:
    drawing = _drawn(plot, assessed(), width)
    for item in drawing.items:
        match item:
            case Bar() | Band():
                assert -0.01 <= item.x <= item.x + item.width <= width + 0.01
                assert -0.01 <= item.y <= item.y + item.height <= drawing.height + 0.01
            case Line():
                assert all(-0.01 <= x <= width + 0.01 for x in (item.x1, item.x2))
                assert all(-0.01 <= y <= drawing.height + 0.01 for y in (item.y1, item.y2))
            case Dot() | Text():
                assert 0 <= item.x <= width
                assert 0 <= item.y <= drawing.height


@pytest.mark.parametrize("plot", PLOTS)
def test_what_is_not_known_is_not_drawn(plot: Callable[..., Drawing | None]) -> None:
    empty = assess(read_facts({}), policy())
    drawing = plot(empty, width=500, em=10)
    if plot is caps:
        assert drawing is not None, "the policy's own caps are known before anything is asked"
        assert _said(drawing).count("not known yet") == 4
    elif plot is risk_index:
        assert drawing is None or "not known" in say(drawing.summary, ENGLISH)
    else:
        assert drawing is None


def test_routes_outside_the_band_are_red_squares() -> None:
    drawing = _drawn(sales_deviations, assessed())
    dots = {item.source: item for item in drawing.items if isinstance(item, Dot)}
    band = next(item for item in drawing.items if isinstance(item, Band))
    assert set(dots) == {"SALES_CHARCOAL", "SALES_SKEWERS", "SALES_QR"}
    for dot in dots.values():
        assert (dot.role, dot.marker) == (Role.STOP, Marker.SQUARE)
        assert dot.x < band.x
    assert dots["SALES_CHARCOAL"].x < dots["SALES_QR"].x < dots["SALES_SKEWERS"].x
    assert "−32.5%" in _said(drawing)
    assert say(drawing.summary, CHINESE) == "3 条途径中有 3 条超出自述 82,000 元的容差范围。"


def test_band_is_the_tolerance_around_the_declared_sales() -> None:
    drawing = _drawn(sales_deviations, assessed())
    band = next(item for item in drawing.items if isinstance(item, Band))
    declared = next(item for item in drawing.items if isinstance(item, Line) and item.source == "declared")
    charcoal = next(item for item in drawing.items if isinstance(item, Dot) and item.source == "SALES_CHARCOAL")
    assert declared.x1 == pytest.approx(band.x + band.width / 2)
    yuan = band.width / 16_400  # 10 % of 82,000 to both sides
    assert declared.x1 - charcoal.x == pytest.approx((82_000 - 55_350) * yuan)
    assert "declared 82,000 ±10%" in _said(drawing)


def test_routes_inside_the_band_are_green_dots(shared: Path) -> None:
    case = read_worked_case((shared / "data/cases/hairdresser.yaml").read_bytes(), "hairdresser")
    drawing = _drawn(sales_deviations, assess(read_facts(case.facts), case.policy))
    band = next(item for item in drawing.items if isinstance(item, Band))
    for dot in (item for item in drawing.items if isinstance(item, Dot)):
        assert (dot.role, dot.marker) == (Role.PASSED, Marker.DOT)
        assert band.x <= dot.x <= band.x + band.width


def test_the_binding_cap_is_named_and_the_shortest() -> None:
    drawing = _drawn(caps, assessed())
    bars = {item.source: item for item in drawing.items if isinstance(item, Bar)}
    binding = assessed().sizing.binding_cap
    assert binding == "requested"
    assert [name for name, bar in bars.items() if bar.role is Role.ACCENT] == [binding]
    assert min(bars.values(), key=lambda bar: bar.width) is bars[str(binding)]
    assert "55,000 · binds" in _said(drawing)
    assert any("55,000 · 约束" in text for text in _said(drawing, CHINESE))


def test_a_huge_cap_does_not_hide_the_others() -> None:
    """The limit for one borrower is 55 times the request: its bar ends at three, with a break."""
    drawing = _drawn(caps, assessed())
    bars = {item.source: item for item in drawing.items if isinstance(item, Bar)}
    assert bars["single_borrower_limit"].width == pytest.approx(bars["requested"].width * 3)
    assert any(isinstance(item, Line) and item.role is Role.SURFACE for item in drawing.items)
    assert "3,000,000" in _said(drawing)


def test_the_lowest_month_is_marked() -> None:
    flow = assessed().cash_flow
    assert isinstance(flow, CashFlow)
    drawing = _drawn(cash_flow, assessed())
    bars = {item.source: item for item in drawing.items if isinstance(item, Bar)}
    assert len(bars) == 12
    below = {f"month:{month.number}" for month in flow.months if month.closing < 0}
    assert {source for source, bar in bars.items() if bar.role is Role.STOP} == below == {"month:5", "month:6"}
    assert "Feb 2027: lowest, −3,810" in _said(drawing)
    assert "2027年2月最低，−3,810" in _said(drawing, CHINESE)
    zero = next(item for item in drawing.items if isinstance(item, Line))
    assert bars["month:5"].y == pytest.approx(zero.y1), "below zero hangs down"
    assert bars["month:4"].y + bars["month:4"].height == pytest.approx(zero.y1), "above zero stands"


def test_bars_are_as_long_as_their_amounts() -> None:
    flow = assessed().cash_flow
    assert isinstance(flow, CashFlow)
    bars = [item for item in _drawn(cash_flow, assessed()).items if isinstance(item, Bar)]
    scale = bars[-1].height / float(flow.months[-1].closing)
    for bar, month in zip(bars, flow.months, strict=True):
        assert bar.height == pytest.approx(max(abs(float(month.closing)) * scale, 0.5))


def test_risk_points_add_up_to_the_index() -> None:
    index = assessed().risk_index
    drawing = _drawn(risk_index, assessed())
    total = known(index.index)
    assert total is not None
    reached = [item for item in drawing.items if isinstance(item, Bar) and item.role is not Role.LINE]
    parts, whole = reached[:-1], reached[-1]
    assert whole.source == "index"
    assert sum(bar.width for bar in parts) == pytest.approx(whole.width)
    for before, after in pairwise(parts):
        assert after.x == pytest.approx(before.x + before.width)
    assert f"{total.quantize(Decimal('0.01'))}".rstrip("0") in say(drawing.summary, ENGLISH)


def test_balance_shows_the_debt_that_was_not_told() -> None:
    drawing = _drawn(balance, assessed())
    debts = [item for item in drawing.items if isinstance(item, Bar) and item.source == "debts"]
    assert debts[1].width == pytest.approx(debts[0].width * 84_000 / 24_000)
    assert _said(drawing)[1:3] == ["debts 24,000", "own funds 163,400"]


def test_own_funds_below_zero_are_red() -> None:
    poor = assess(
        read_facts(
            {
                "assets": {"cash_on_hand": "100", "deposits": "0", "inventory_counted": "0"},
                "liabilities": [
                    {
                        "creditor": "x",
                        "kind": "supplier",
                        "balance": "900",
                        "monthly_payment": "0",
                        "disclosed": "yes",
                    }
                ],
            }
        ),
        policy(),
    )
    drawing = _drawn(balance, poor)
    assert {item.role for item in drawing.items if isinstance(item, Bar) and item.source == "own"} == {Role.STOP}


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_every_text_can_be_said(plot: Callable[..., Drawing | None], language: str) -> None:
    drawing = _drawn(plot, assessed())
    for text in [*_said(drawing, language), say(drawing.title, language), say(drawing.summary, language)]:
        assert text
        assert "{" not in text
