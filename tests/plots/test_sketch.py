"""The sketch of a day: everything lies inside, distances are to scale, and what may not be named stays a point."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.words import CHINESE, ENGLISH, Verbatim, say
from officer_app.plots.ground import Address, Ground, Jump, Leg, Spot, Window, flat, grid_step, renumbered
from officer_app.plots.primitives import Band, Bar, Circle, Dot, Drawing, Line, Marker, Role, Text
from officer_app.plots.sketch import sketch

NINE = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)  # 9:00 in China
PER_METRE = 1 / 111_195


def spot(number: int, minute: float, north: float, east: float = 0.0, **more: object) -> Spot:
    lat, lon = 28.0 + north * PER_METRE, 121.0 + east * PER_METRE / 0.8829
    return Spot(number, NINE + timedelta(minutes=minute), lat, lon, source=f"p{number}", **more)  # type: ignore[arg-type]  # the fields of Spot


def day(*, odd: bool = False) -> Ground:
    spots = (
        spot(1, 2, 0, accuracy_m=8.0),
        spot(2, 9, 12, 6),
        spot(3, 65, 900, 400),
        spot(4, 66, 40_000 if odd else 920, 410, odd=odd),
        Spot(5, NINE + timedelta(minutes=70), None, None, source="p5"),
        spot(6, 130, -700, named=False),
    )
    return Ground(
        spots,
        (Leg(1, 2, 13.4, 0.1), Leg(2, 3, 970, 1.0), Leg(3, 4, 39_100 if odd else 22, 2346 if odd else 1, odd)),
        (Address(28.0, 121.0, Verbatim("果行")), Address(28.0081, 121.0041, Verbatim("理发店"))),
        (
            Window(NINE, NINE + timedelta(minutes=40), Verbatim("果行")),
            Window(NINE + timedelta(hours=2), NINE + timedelta(minutes=150), Verbatim("另一户"), named=False),
        ),
        (Jump(3, NINE + timedelta(minutes=65), -47),) if odd else (),
        100.0,
    )


def inside(drawing: Drawing) -> None:
    near = 0.01
    for item in drawing.items:
        match item:
            case Bar() | Band():
                assert -near <= item.x <= item.x + item.width <= drawing.width + near
                assert -near <= item.y <= item.y + item.height <= drawing.height + near
            case Line():
                assert all(-near <= x <= drawing.width + near for x in (item.x1, item.x2))
                assert all(-near <= y <= drawing.height + near for y in (item.y1, item.y2))
            case Dot() | Text():
                assert 0 <= item.x <= drawing.width
                assert 0 <= item.y <= drawing.height
            case Circle():
                assert item.radius <= item.x + near
                assert item.x + item.radius <= drawing.width + near


def drawn(ground: Ground, width: float = 600, height: float | None = None) -> Drawing:
    found = sketch(ground, width=width, em=11, height=height)
    assert found is not None
    inside(found)
    return found


def said(drawing: Drawing, language: str = ENGLISH) -> list[str]:
    return [say(item.words, language) for item in drawing.items if isinstance(item, Text)]


@pytest.mark.parametrize("width", [250.0, 600.0, 1100.0])
@pytest.mark.parametrize("height", [None, 230.0, 620.0])
@pytest.mark.parametrize("odd", [False, True])
def test_everything_lies_inside(width: float, height: float | None, odd: bool) -> None:
    assert drawn(day(odd=odd), width, height).height == (height or pytest.approx(width * 0.5 + 6.9 * 11))


def test_the_map_is_to_scale_and_north_is_up() -> None:
    ground = Ground((spot(1, 0, 0), spot(2, 1, 300), spot(3, 2, 0, 400)))
    laid = flat(ground, 10, 10, 400, 300)
    assert laid is not None
    at = [laid.at(one.lat or 0, one.lon or 0) for one in ground.spots]
    assert at[1][1] < at[0][1]
    assert at[2][0] > at[0][0]
    assert hypot(at[1][0] - at[2][0], at[1][1] - at[2][1]) == pytest.approx(500 * laid.per_metre, rel=2e-3)


@pytest.mark.parametrize(
    ("per_metre", "least", "step"), [(1.0, 55, 100), (0.1, 55, 1000), (3.0, 55, 20), (0.004, 60, 20_000)]
)
def test_the_grid_has_round_steps(per_metre: float, least: float, step: float) -> None:
    assert grid_step(per_metre, least) == pytest.approx(step)


def test_the_bar_is_as_long_as_it_says() -> None:
    ground = day()
    drawing = drawn(ground)
    bar = next(item for item in drawing.items if isinstance(item, Line) and item.width == 1.6)
    laid = flat(ground, 24.2, 24.2, 600 - 48.4, 300 - 48.4)
    assert laid is not None
    assert (bar.x2 - bar.x1) / laid.per_metre == pytest.approx(500)
    assert "500 m" in said(drawing)


def test_an_honest_day_has_no_red() -> None:
    drawing = drawn(day())
    assert not [item for item in drawing.items if item.role in (Role.STOP, Role.LOOK)]
    assert say(drawing.summary, ENGLISH) == "6 pictures, 5 with a place; 0 do not match."


def test_what_does_not_match_is_red_and_square_and_says_how_fast() -> None:
    drawing = drawn(day(odd=True))
    reds = [item for item in drawing.items if item.role is Role.STOP]
    assert {item.marker for item in reds if isinstance(item, Dot)} == {Marker.SQUARE}
    assert "39.1 km · 2,346 km/h" in said(drawing)
    assert "时钟慢 47 分钟" in said(drawing, CHINESE)
    assert {item.source for item in reds if isinstance(item, Dot)} == {"p4"}


def test_pictures_of_one_shop_stand_as_one_mark() -> None:
    shop = Ground(
        (*(spot(number, number, number * 2.0) for number in range(1, 6)), spot(6, 30, 5000), spot(7, 40, 3))
    )
    assert "1–5, 7" in said(drawn(shop))


def test_a_case_without_a_name_is_a_ring_that_leads_nowhere() -> None:
    drawing = drawn(Ground((spot(1, 0, 0), Spot(2, NINE, 28.01, 121.0, named=False))))
    rings = [item for item in drawing.items if isinstance(item, Dot) and item.marker is Marker.RING]
    assert len(rings) == 2
    assert not any(ring.source for ring in rings)
    assert "2" not in said(drawing)


def test_a_picture_of_another_day_stands_at_the_edge_with_its_date() -> None:
    window = (Window(NINE, NINE + timedelta(minutes=40), Verbatim("果行")),)
    drawing = drawn(Ground((spot(1, 5, 0), spot(2, -60 * 24 * 20, 5)), windows=window))
    assert "19 Sep 2026" in said(drawing)


def test_without_a_place_the_hours_remain_and_without_pictures_nothing() -> None:
    drawing = drawn(Ground((Spot(1, NINE, None, None),)))
    assert "No picture tells where it was taken." in said(drawing)
    assert any(isinstance(item, Dot) for item in drawing.items)
    assert sketch(Ground(()), width=400, em=10) is None


def test_numbers_can_be_those_of_the_memo() -> None:
    other = renumbered(day(odd=True), {1: 4, 2: 2, 3: 9, 4: 1, 5: 3, 6: 5})
    assert [one.number for one in other.spots] == [4, 2, 9, 1, 3, 5]
    assert [(leg.start, leg.end) for leg in other.legs] == [(4, 2), (2, 9), (9, 1)]
    assert other.jumps[0].number == 9


@given(
    st.lists(
        st.tuples(st.floats(-89, 89), st.floats(-180, 180), st.integers(-3000, 3000), st.floats(0, 200)),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([240.0, 700.0]),
)
def test_whatever_is_claimed_can_be_drawn(claims: list[tuple[float, float, int, float]], width: float) -> None:
    spots = tuple(
        Spot(number, NINE + timedelta(minutes=minute), lat, lon, doubt)
        for number, (lat, lon, minute, doubt) in enumerate(claims, start=1)
    )
    legs = tuple(Leg(number, number + 1, 1e7, 1e9, odd=True) for number in range(1, len(spots)))
    drawn(Ground(spots, legs, near_m=100.0), width)
