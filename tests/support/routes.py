"""The kinds of sales routes that no worked case uses: inputs, and what they give, worked by hand."""

from __future__ import annotations

from collections.abc import Mapping

from officer_app.credit.facts.routes import RouteKind

# Each new kind with its inputs and what they give, worked by hand; where a quotient has no end, to the cent.
WORKED: Mapping[RouteKind, tuple[Mapping[str, str], str]] = {
    # (900 − 80 − 20 − 300) / 0.8 + 250 = 500 / 0.8 + 250 = 625 + 250
    RouteKind.CASHLESS_CARDS: (
        {
            "gross_inflow": "900", "own_transfers": "80", "refunds": "20", "prepaid_sold": "300",
            "prepaid_consumed": "250", "cashless_share_percent": "80",
        },
        "875.00",
    ),
    # (20 × 185 + 8 × 265) × 12.50 = (3 700 + 2 120) × 12.50 = 5 820 × 12.50
    RouteKind.DAY_COUNTS: (
        {
            "weekdays_per_month": "20", "quantity_per_weekday": "185", "weekend_days_per_month": "8",
            "quantity_per_weekend_day": "265", "price_per_output": "12.5",
        },
        "72750.00",
    ),
    # 36 bags × 25 kg × 1.4 = 1 260 kg wet, / 0.2 = 6 300 bowls, × 12.50 = 78 750, + 1 250 of drinks
    RouteKind.RECIPE: (
        {
            "quantity_per_month": "36", "kg_per_unit": "25", "yield_factor": "1.4", "kg_per_output": "0.2",
            "price_per_output": "12.5", "other_sales": "1250",
        },
        "80000.00",
    ),
    # (66 − 6) m³ / 0.05 m³ a head = 1 200 heads, × 35
    RouteKind.METER: (
        {
            "quantity_per_month": "66", "base_quantity": "6", "quantity_per_output": "0.05", "price_per_output": "35",
        },
        "42000.00",
    ),
    # 40 seats × 4 turns × 25 = 4 000 a day, × 30 = 120 000, × 80 %
    RouteKind.CAPACITY: (
        {
            "seats": "40", "turns_per_day": "4", "average_ticket": "25", "days_per_month": "30",
            "occupancy_percent": "80",
        },
        "96000.00",
    ),
    # 12 000 / 20 %
    RouteKind.PAYROLL: ({"wages_paid": "12000", "wage_share_percent": "20"}, "60000.00"),
    # 9 000 / 3 = 3 000 pieces, × 20
    RouteKind.PIECE_WAGES: ({"piece_total": "9000", "piece_rate": "3", "price_per_output": "20"}, "60000.00"),
    # 540 000 / 12
    RouteKind.INVOICES: ({"invoiced_total": "540000", "months_covered": "12"}, "45000.00"),
    # 72 000 × 11 900 / 12 000 = 72 000 × 0.991666… = 71 400
    RouteKind.HAND_BOOK: (
        {"monthly_sales": "72000", "pages_stated": "12000", "pages_readded": "11900"},
        "71400.00",
    ),
    # 2 300 × 28
    RouteKind.PEERS: ({"peer_sales_per_day": "2300", "days_per_month": "28"}, "64400.00"),
    # 6 × 480 km × 30 t = 86 400 tkm out and as many back, × (0.26 + 0.15) = 86 400 × 0.41
    RouteKind.TRIPS: (
        {
            "quantity_per_month": "6", "km_one_way": "480", "load_tonnes": "30", "outbound_yuan_per_tkm": "0.26",
            "return_yuan_per_tkm": "0.15",
        },
        "35424.00",
    ),
    # 1 600 l / 32 × 100 = 5 000 km, half outward 2 500 km × 30 t × 0.41 = 30 750
    RouteKind.FUEL: (
        {
            "quantity_per_month": "1600", "litres_per_100km": "32", "load_tonnes": "30",
            "outbound_yuan_per_tkm": "0.26", "return_yuan_per_tkm": "0.15",
        },
        "30750.00",
    ),
    # 60 mu × 500 kg × 2 harvests = 60 000 kg, × 2.40 = 144 000 a year
    RouteKind.CROP: (
        {"area_mu": "60", "yield_per_mu": "500", "harvests_per_year": "2", "price_per_kg": "2.4"},
        "12000.00",
    ),
}  # fmt: skip
