"""The worked cases computed a second time, top to bottom, in exact fractions, from the rules as written.

It shares no line with the program on purpose: the two can only agree by following the same rules. It knows
nothing of half-done visits, messages or policies in other forms. A ratio over nothing is a ZeroDivisionError.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction as Fr
from typing import Any

METHOD_VALUES = ("market", "income", "cost", "count")


def half_up(x: Fr, places: int) -> str:
    scaled = abs(x) * 10**places
    whole = math.floor(scaled + Fr(1, 2))
    digits = str(whole).rjust(places + 1, "0")
    text = digits if places == 0 else digits[:-places] + "." + digits[-places:]
    return "-" + text if x < 0 and whole else text


def two(x: Fr) -> str:
    return half_up(x, 2)


def four(x: Fr) -> str:
    return half_up(x, 4)


def num(node: dict[str, Any], key: str, default: str | None = None) -> Fr:
    return Fr(node[key] if default is None else node.get(key, default))


def route_value(kind: str, x: dict[str, Any], gm: Fr) -> Fr:  # noqa: C901, PLR0911, PLR0912  one branch per kind
    def n(key: str) -> Fr:
        return num(x, key)

    other = num(x, "other_sales", "0")
    if kind == "day_types":
        return sum((num(d, "days_per_month") * num(d, "average_sales_per_day") for d in x["day_types"]), Fr(0))
    if kind == "proxy":
        return n("quantity_per_month") * n("sales_per_unit") + other
    if kind == "output_proxy":
        return n("quantity_per_month") * n("output_per_unit") * n("price_per_output") + other
    if kind == "consumption_proxy":
        return n("quantity_per_month") / n("quantity_per_output") * n("price_per_output") + other
    if kind == "cashless":
        net = n("gross_inflow") - n("own_transfers") - num(x, "refunds", "0")
        return net / (n("cashless_share_percent") / 100)
    if kind == "bank_net":
        return n("gross_inflow") - n("own_transfers")
    if kind == "purchases":
        return (n("opening_stock") + n("monthly_purchases") - n("closing_stock")) / (1 - gm)
    if kind == "commission":
        return n("total_paid") / (n("rate_percent") / 100) + other
    if kind == "book":
        return n("monthly_sales")
    if kind == "units":
        return n("units_per_year") * n("average_price") / 12
    if kind == "herd":
        sold = n("sows") * n("litters_per_sow_year") * n("weaned_per_litter") * n("survival_percent") / 100
        return sold * n("sale_weight_kg") * n("price_per_kg") / 12
    if kind == "footfall":
        day = n("customers_counted") * n("average_ticket") / n("hours_counted") * n("opening_hours")
        return day * n("peak_correction") * n("days_per_month")
    if kind == "category":
        sold = n("monthly_purchases") / (1 - n("category_margin_percent") / 100)
        return sold / (n("category_share_percent") / 100)
    raise ValueError(kind)


def km_between(a: dict[str, Any], b: dict[str, Any]) -> Fr:
    la, lb = math.radians(float(a["premises_lat"])), math.radians(float(b["lat"]))
    dp, dl = lb - la, math.radians(float(b["lon"]) - float(a["premises_lon"]))
    h = math.sin(dp / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin(dl / 2) ** 2
    return Fr(2 * 6371.0088 * math.atan2(math.sqrt(h), math.sqrt(1 - h)))


def monthly_return(payout: Fr, payments: list[Fr]) -> Fr:
    """By halving: the discount v with sum of payment × v^k = payout."""
    if payout <= 0 or sum(payments) <= 0:
        raise ZeroDivisionError
    with localcontext() as context:
        context.prec = 60
        out = Decimal(payout.numerator) / Decimal(payout.denominator)
        paid = [Decimal(p.numerator) / Decimal(p.denominator) for p in payments]
        low, high = Decimal(0), Decimal(2)
        for _ in range(150):
            v, value = (low + high) / 2, Decimal(0)
            for p in reversed(paid):
                value = (value + p) * v
            low, high = (low, v) if value > out else (v, high)
        rate = 1 / ((low + high) / 2) - 1
        return Fr(rate.quantize(Decimal(10) ** -30))


def straight_line(case: dict[str, Any]) -> dict[str, Any]:  # noqa: C901, PLR0912, PLR0915  one line from top to bottom
    p, app, f = case["policy"], case["application"], case["facts"]
    sales = f["sales"]

    # section 4: margin, routes, month
    if sum((num(x, "share_percent") for x in f["products"]), Fr(0)) != 100:
        raise ZeroDivisionError
    gm = sum(
        (
            num(x, "share_percent") / 100 * (num(x, "sale_price") - num(x, "unit_cost")) / num(x, "sale_price")
            for x in f["products"]
        ),
        Fr(0),
    )
    declared = num(sales, "declared_monthly_sales")
    routes = [(r["id"], route_value(r["kind"], r["inputs"], gm)) for r in sales["routes"]]
    values = [v for _, v in routes]
    s = min([declared, *values])
    spread = (max(values) - min(values)) / min(values)
    c = s * (1 - gm)
    fixed = sum((num(x, "monthly_amount") for x in f["operating_costs"] if x["behaviour"] == "fixed"), Fr(0))
    variable = sum((num(x, "monthly_amount") for x in f["operating_costs"] if x["behaviour"] == "variable"), Fr(0))
    base_profit = s - c - fixed - variable
    factors = [Fr(x) for x in sales.get("month_factors", ["1"] * 12)]
    if len(factors) != 12:
        raise ZeroDivisionError
    a = sum(factors, Fr(0)) / 12
    even = sales.get("cogs_timing", "with_sales") == "even"

    def profit_at(x: Fr) -> Fr:
        return s * x - c - fixed - variable if even else s * x * gm - fixed - variable * x

    average_profit = profit_at(a)

    home = f["household"]
    unverified = num(p, "unverified_income_counted_percent") / 100
    o = sum(
        (num(x, "monthly_amount") * (1 if x.get("verified") == "yes" else unverified) for x in home["other_income"]),
        Fr(0),
    )
    reported = sum((num(x, "monthly_amount") for x in home["monthly_expenses"]), Fr(0))
    floor = num(p, "household_expense_floor_per_person") * num(home, "persons")
    h = max(reported, floor)
    n = int(app["term_months"])
    outflows = f.get("unexplained_regular_outflows", [])
    d = sum(
        (num(x, "monthly_payment") + num(x, "bullet_principal_due_in_term", "0") / n for x in f["liabilities"]), Fr(0)
    ) + sum((num(x, "monthly_amount") for x in outflows), Fr(0))
    y = average_profit + o - h - d

    fields = (
        "cash_on_hand", "deposits", "inventory_counted", "prepayments", "livestock", "machinery_equipment",
        "vehicles", "buildings", "other_assets",
    )  # fmt: skip
    assets = f["assets"]
    receivables, old = num(assets, "receivables_total", "0"), num(assets, "receivables_over_12_months", "0")
    declared_assets = sum((num(assets, x, "0") for x in fields), Fr(0)) + receivables
    declared_debts = sum((num(x, "balance") for x in f["liabilities"] if x["disclosed"] == "yes"), Fr(0))
    found = sum((num(x, "balance") for x in f["liabilities"] if x["disclosed"] == "no"), Fr(0))
    for x in outflows:
        if "assumed_monthly_rate_percent" in x:
            found += num(x, "monthly_amount") / (num(x, "assumed_monthly_rate_percent") / 100)
        else:
            found += num(x, "monthly_amount") * num(x, "remaining_months")
    written_down = old * (1 - num(p, "receivable_over_12m_counted_percent") / 100)
    big_a, big_l = declared_assets - written_down, declared_debts + found
    k = sum((num(x, "amount") for x in f.get("guarantees_given", [])), Fr(0))
    k *= num(p, "contingent_liability_weight_percent") / 100

    out: dict[str, Any] = {
        "balance_sheet": {
            "total_assets_declared": two(declared_assets),
            "total_liabilities_declared": two(declared_debts),
            "equity_declared": two(declared_assets - declared_debts),
            "undisclosed_debt_found": two(found),
            "receivables_written_down": two(written_down),
            "total_assets_adjusted": two(big_a),
            "total_liabilities_adjusted": two(big_l),
            "equity_adjusted": two(big_a - big_l),
        },
        "income_statement_month": {
            "adopted_monthly_sales": two(s),
            "spread_between_routes_percent": two(spread * 100),
            "weighted_gross_margin_percent": two(gm * 100),
            "cost_of_sales": two(c),
            "gross_profit": two(s - c),
            "fixed_costs": two(fixed),
            "variable_costs": two(variable),
            "net_business_profit_base_month": two(base_profit),
            "net_margin_percent": two(base_profit / s * 100),
            "average_month_factor": four(a),
            "net_business_profit_average_month": two(average_profit),
        },
        "household_month": {
            "other_income_counted": two(o),
            "expenses_adopted": two(h),
            "existing_debt_service": two(d),
            "disposable_income": two(y),
        },
    }

    # section 5
    checks: list[dict[str, Any]] = []
    verdict: dict[str, bool] = {}

    def check(name: str, good: bool, **shown: Any) -> None:
        checks.append({"id": name, "result": "pass" if good else "fail"} | shown)
        verdict[name] = good

    route_limit = num(p, "sales_route_tolerance_percent")
    sales_fail = False
    for name, value in routes:
        dev = (value - declared) / declared * 100
        good = abs(dev) <= route_limit
        sales_fail |= not good
        check(
            f"SALES_{name.upper()}",
            good,
            value=two(value),
            deviation_from_declared_percent=two(dev),
            tolerance_percent=p["sales_route_tolerance_percent"],
        )
    told_margin = num(sales, "declared_gross_margin_percent")
    check(
        "GROSS_MARGIN",
        abs(gm * 100 - told_margin) <= num(p, "gross_margin_tolerance_points"),
        value_percent=two(gm * 100),
        declared_percent=two(told_margin),
        difference_points=two(gm * 100 - told_margin),
        tolerance_points=p["gross_margin_tolerance_points"],
    )
    e = f["equity_history"]
    expected = num(e, "initial_equity") + num(e, "appreciation", "0") - num(e, "depreciation")
    expected += sum((num(x, "surplus") for x in e["declared_surplus_by_period"]), Fr(0))
    expected += sum((num(x, "amount") for x in e.get("outside_injections", [])), Fr(0))
    expected -= sum((num(x, "amount") for x in e.get("outside_withdrawals", [])), Fr(0))
    actual = declared_assets - declared_debts
    equity_dev = (actual - expected) / expected * 100
    check(
        "EQUITY",
        abs(equity_dev) <= num(p, "equity_tolerance_percent"),
        expected=two(expected),
        actual=two(actual),
        difference=two(actual - expected),
        deviation_percent=two(equity_dev),
        tolerance_percent=p["equity_tolerance_percent"],
    )
    check("HOUSEHOLD", reported >= floor, reported=two(reported), floor=two(floor), adopted=two(h))
    turnover, turn_limit = f.get("turnover", {}), num(p, "turnover_tolerance_percent")
    for name, key, top, monthly in (
        ("STOCK_DAYS", "declared_stock_days", num(assets, "inventory_counted"), c),
        ("RECEIVABLE_DAYS", "declared_credit_days", receivables, s),
    ):
        if key in turnover:
            days = top / (monthly / 30)
            dev = (days - num(turnover, key)) / num(turnover, key) * 100
            check(
                name,
                abs(dev) <= turn_limit,
                value_days=two(days),
                declared_days=turnover[key],
                deviation_percent=two(dev),
                tolerance_percent=p["turnover_tolerance_percent"],
            )
    if receivables != 0:
        share = old / receivables * 100
        check(
            "RECEIVABLE_AGE",
            share <= num(p, "receivable_over_12m_share_max_percent"),
            value_percent=two(share),
            limit_percent=p["receivable_over_12m_share_max_percent"],
        )
    if "staff" in f:
        three = [int(f["staff"][x]) for x in ("declared", "seen_on_site", "on_payroll")]
        check("STAFF", max(three) - min(three) <= 1, **{x: f["staff"][x] for x in f["staff"]})
    if "utilities" in f:
        arrears = sum((num(x, "arrears_amount") for x in f["utilities"]), Fr(0))
        check("UTILITIES", arrears == 0, arrears=two(arrears))
    if "peers" in f:
        daily = s / num(f["peers"], "days_per_month")
        low, high = num(f["peers"], "peer_sales_per_day_low"), num(f["peers"], "peer_sales_per_day_high")
        check("PEERS", low <= daily <= high, value=two(daily), low=two(low), high=two(high))
    if "largest_customer_share_percent" in sales:
        share = num(sales, "largest_customer_share_percent")
        check(
            "CONCENTRATION",
            share <= num(p, "customer_concentration_max_percent"),
            value_percent=two(share),
            limit_percent=p["customer_concentration_max_percent"],
        )
    lenders = sum(x["kind"] == "institution" for x in f["liabilities"])
    lenders += sum(x["counterparty"] == "institution" for x in outflows)
    check("LENDERS", lenders <= num(p, "lender_count_max"), value=str(lenders), limit=p["lender_count_max"])
    far = reused = False
    if "photos" in f:
        radius = num(p, "photo_radius_km")
        away = [km_between(f["photos"], x) for x in f["photos"]["items"]]
        far = any(x > radius for x in away)
        reused = any(x.get("same_file_as_other_case", "no") == "yes" for x in f["photos"]["items"])
        check(
            "PHOTOS",
            not far and not reused,
            distances_km=[half_up(x, 3) for x in away],
            limit_km=p["photo_radius_km"],
        )
    if "straw_indicators" in f:
        count = sum(x["present"] == "yes" for x in f["straw_indicators"])
        limit = p["straw_indicator_min"]
        check("STRAW", count < Fr(limit), value=str(count), limit=f"fewer than {limit}")
    if "books" in sales:
        books = [num(x, "monthly_sales") for x in sales["books"]]
        apart = (max(books) - min(books)) / min(books) * 100
        check(
            "BOOKS",
            apart <= route_limit,
            spread_percent=two(apart),
            tolerance_percent=p["sales_route_tolerance_percent"],
        )
    purpose = sum((num(x, "amount") for x in app["purpose_items"]), Fr(0))
    plausible = num(f["purpose_plausible_max"], "amount") if "purpose_plausible_max" in f else None
    if plausible is not None:
        excess = (purpose - plausible) / plausible * 100
        check(
            "PURPOSE",
            excess <= num(p, "purpose_tolerance_percent"),
            value=two(purpose),
            plausible=two(plausible),
            excess_percent=two(excess),
        )
    passed = sum(x["result"] == "pass" for x in checks)
    out["cross_checks"] = checks
    out["cross_checks_passed"] = str(passed)
    out["cross_checks_counted"] = str(len(checks))

    # section 6: collateral
    lendable = Fr(0)
    pledges = []
    for item in f.get("collateral", []):
        v = item["valuation"]
        worth: dict[str, Fr] = {}
        if v.get("comparables"):
            worth["market"] = sum((Fr(x) for x in v["comparables"]), Fr(0)) / len(v["comparables"])
        elif v.get("comparables_price_per_m2"):
            prices = [Fr(x) for x in v["comparables_price_per_m2"]]
            worth["market"] = sum(prices, Fr(0)) / len(prices) * num(v, "area_m2")
        if "monthly_net_rent" in v:
            worth["income"] = num(v, "monthly_net_rent") * 12 / (num(v, "capitalisation_rate_percent") / 100)
        if "replacement_cost" in v:
            worth["cost"] = num(v, "replacement_cost") * (1 - num(v, "depreciation_percent") / 100)
        if "counted_value" in v:
            worth["count"] = num(v, "counted_value")
        adopted = min(worth.values())
        ltv = p["collateral_ltv_percent"][item["type"]]
        lend = max(Fr(0), adopted * Fr(ltv) / 100 - num(item, "prior_lien"))
        lend = lend if item["eligible"] == "yes" else Fr(0)
        lendable += lend
        pledges.append(
            {
                "id": item["id"],
                "values": {x: two(worth[x]) for x in METHOD_VALUES if x in worth},
                "adopted_value": two(adopted),
                "ltv_percent": ltv,
                "eligible": item["eligible"],
                "lendable": two(lend),
            }
        )
    out["collateral"] = pledges
    out["collateral_lendable_total"] = two(lendable)

    # section 6: terms
    i = num(app, "annual_rate_percent") / 100 / 12
    equal = app["repayment_method"] == "equal_instalment"
    if equal:
        annuity = Fr(n) if i == 0 else (1 - 1 / (1 + i) ** n) / i
    else:
        shares = [Fr(x) for x in app["principal_share_by_month"]]
        if len(shares) != n or sum(shares) != 1:
            raise ZeroDivisionError
        before = [1 - sum(shares[:m], Fr(0)) for m in range(n)]
        t = sum(before, Fr(0)) * i

    def instalment_for(z: Fr) -> Fr:
        return Fr(two(z / annuity if equal else z * (1 + t) / n))

    # section 7, stage 1
    hard = p["hard_flags"]
    raised: list[str] = []

    def flag(code: str, when: bool) -> None:
        if when and code not in raised:
            raised.append(code)

    def failed(name: str) -> bool:
        return verdict.get(name) is False

    flag("SALES_ROUTES_DEVIATE", sales_fail)
    flag("GROSS_MARGIN_DEVIATES", failed("GROSS_MARGIN"))
    flag("UNDISCLOSED_DEBT", bool(outflows) or any(x["disclosed"] == "no" for x in f["liabilities"]))
    flag("EQUITY_CHECK_FAILED", failed("EQUITY"))
    flag("PAST_PROFIT_UNEXPLAINED", failed("EQUITY") and equity_dev < 0)
    flag("HOUSEHOLD_EXPENSE_UNDERSTATED", failed("HOUSEHOLD"))
    flag("NEGATIVE_DISPOSABLE_INCOME", y <= 0)
    flag("STOCK_TURNOVER_ABNORMAL", failed("STOCK_DAYS"))
    flag("RECEIVABLES_ABNORMAL", failed("RECEIVABLE_DAYS"))
    flag("RECEIVABLES_AGED", failed("RECEIVABLE_AGE"))
    flag("STAFF_COUNT_MISMATCH", failed("STAFF"))
    flag("UTILITY_ARREARS", failed("UTILITIES"))
    flag("PEER_DEVIATION", failed("PEERS"))
    flag("CONCENTRATION_CUSTOMER", failed("CONCENTRATION"))
    flag("MULTIPLE_LENDERS", failed("LENDERS"))
    flag("PHOTO_LOCATION_MISMATCH", far)
    flag("PHOTO_REUSED", reused)
    flag("STRAW_BORROWER_SUSPECTED", failed("STRAW"))
    flag("BOOKS_DISAGREE", failed("BOOKS"))
    flag("BANKRUPTCY_PRONE_TRAITS", len(f.get("traits_bankruptcy_prone", [])) >= num(p, "trait_min"))
    flag("PURPOSE_NOT_CREDIBLE", failed("PURPOSE"))
    flag("COLLATERAL_INELIGIBLE", any(x["eligible"] != "yes" for x in f.get("collateral", [])))
    refused_first = [x for x in raised if x in hard]

    # section 6: caps
    m = num(p, "debt_to_assets_after_loan_max_percent") / 100
    most = num(p, "instalment_to_disposable_max_percent") / 100 * max(Fr(0), y)
    own = num(p, "own_contribution_min_percent") / 100
    requested = num(app, "requested_amount")
    caps = {
        "requested": requested,
        "repayment_capacity": most * annuity if equal else most * n / (1 + t),
        "leverage": max(Fr(0), (m * big_a - big_l - k) / (1 - m)),
        "security": lendable + num(p, "unsecured_allowance"),
        "purpose": min(purpose * (1 - own), plausible) if plausible is not None else purpose * (1 - own),
        "product": num(p, "product_max_amount"),
        "single_borrower_limit": num(p, "lender_net_assets_prior_year_end")
        * num(p, "single_borrower_limit_percent")
        / 100,
    }
    lowest = min(caps.values())
    binding = next(x for x in caps if caps[x] == lowest)
    rounded = Fr(math.floor(lowest / 1000) * 1000)
    recommended = Fr(0) if refused_first else rounded
    z = recommended if recommended != 0 else requested
    inst = instalment_for(z)

    # section 6: ratios
    dscr = (average_profit + o - h) / (d + inst)
    reserve = (num(assets, "cash_on_hand") + num(assets, "deposits")) / (h + fixed + d)
    after = (big_l + k + z) / (big_a + z) * 100
    drop = num(p, "stress_sales_drop_percent") / 100
    stressed = profit_at(a * (1 - drop)) + o - h - d
    covered = stressed >= inst
    guards = f.get("guarantors", [])
    surplus = [
        num(x, "monthly_income") - num(x, "monthly_household_expenses") - num(x, "monthly_debt_service")
        for x in guards
    ]
    group = sum(surplus, Fr(0)) / inst if guards else Fr(0)
    out["guarantors"] = [{"id": x["id"], "cover": four(u / inst)} for x, u in zip(guards, surplus, strict=True)]

    if equal:
        payments, balance = [], z
        for row in range(n):
            interest = Fr(two(balance * i))
            principal = balance if row == n - 1 else inst - interest
            payments.append(principal + interest)
            balance -= principal
        due = [inst] * n
    else:
        payments = [z * before[x] * i + z * shares[x] for x in range(n)]
        due = payments
    fee = num(app, "upfront_fee_percent", "0") / 100
    rate = monthly_return(z * (1 - fee), payments) * 12 * 100

    # section 6: cash flow
    months = []
    negative = False
    if recommended > 0:
        closing = opening = num(assets, "cash_on_hand") + num(assets, "deposits") - max(Fr(0), purpose - z)
        for x in range(12):
            line = {
                "sales": s * factors[x],
                "cost_of_sales": c if even else c * factors[x],
                "fixed_costs": fixed,
                "variable_costs": variable if even else variable * factors[x],
                "other_income": o,
                "household": h,
                "existing_debt_service": d,
                "new_payment": due[x] if x < n else Fr(0),
            }
            net = line["sales"] + o - sum(v for key, v in line.items() if key not in ("sales", "other_income"))
            closing += net
            negative |= closing < 0
            shown = {key: two(v) for key, v in line.items()}
            months.append({"month": str(x + 1)} | shown | {"net": two(net), "closing_liquid_funds": two(closing)})

    # section 7, stage 2
    flag("LOW_RESERVE", reserve < num(p, "reserve_months_min"))
    flag("INSTALMENT_RATIO_OVER_LIMIT", inst > most)
    flag("DSCR_BELOW_MIN", dscr < num(p, "dscr_min"))
    flag("LEVERAGE_OVER_LIMIT", after > m * 100)
    flag("STRESS_FAILED", not covered)
    flag("GUARANTOR_WEAK", bool(guards) and group < num(p, "guarantor_cover_min"))
    flag("CASH_FLOW_NEGATIVE_MONTH", negative)
    refused = [x for x in raised if x in hard]

    out["loan_sizing"] = {
        "caps": {x: two(v) for x, v in caps.items()},
        "binding_cap": binding,
        "lowest_cap_rounded_down": two(rounded),
        "recommended_max_loan": two(recommended),
        "refused_by": refused,
    }
    out["capacity_at_tested_loan"] = {
        "tested_loan": two(z),
        "instalment_or_monthly_equivalent": two(inst),
        "instalment_at_requested_amount": two(instalment_for(requested)),
        "instalment_to_disposable_percent": two(inst / y * 100) if y > 0 else "not_defined",
        "dscr": four(dscr),
        "debt_to_assets_after_loan_percent": two(after),
        "debt_to_equity_before_loan": four(big_l / (big_a - big_l)) if big_a - big_l > 0 else "not_defined",
        "reserve_months": four(reserve),
        "all_in_apr_nominal_percent": two(rate),
    }
    out["stress"] = {
        "sales_drop_percent": p["stress_sales_drop_percent"],
        "disposable_income": two(stressed),
        "instalment_covered": "yes" if covered else "no",
    }

    # section 8
    soft = [x for x in f["soft_information"] if x["answer"] in ("yes", "no")]
    security = lendable / z
    scores = {
        "capacity": Fr(100 if dscr >= Fr("1.5") else 80 if dscr >= Fr("1.25") else 50 if dscr >= 1 else 0),
        "willingness": Fr(sum(x["answer"] == x["good_answer"] for x in soft), len(soft)) * 100,
        "consistency": Fr(passed, len(checks)) * 100,
        "leverage": Fr(100 if after <= 30 else 70 if after <= 50 else 40 if after <= m * 100 else 0),
        "security": Fr(
            100
            if security >= 1
            else 60
            if security >= Fr("0.5")
            else 50
            if guards and group >= num(p, "guarantor_cover_min")
            else 0
        ),
        "industry": Fr(100 if covered else 30),
    }
    weights = p["risk_index"]["weights"]
    index = sum((Fr(weights[x]) * scores[x] / 100 for x in scores), Fr(0))
    grade = "A" if index >= 80 else "B" if index >= 65 else "C" if index >= 50 else "D"
    for ceiling in ("B", "C"):
        if any(x in raised for x in p["risk_index"]["grade_ceilings"][ceiling]) and grade < ceiling:
            grade = ceiling
    out["risk_index"] = {
        "scores": {x: two(v) for x, v in scores.items()},
        "index": two(index),
        "grade": "D" if refused else grade,
    }
    flag("RATE_OVER_CAP", rate > num(p, "all_in_rate_cap_percent"))
    out["red_flags"] = [{"code": x} for x in raised]
    if recommended > 0:
        out["cash_flow_12_months"] = {
            "opening_liquid_funds_after_own_contribution": two(opening),
            "months": months,
        }
    return out
