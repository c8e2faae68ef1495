"""A case under the shipped policy computed a second time, top to bottom, in exact fractions, from the rules.

It shares no line with the program; of the program's files it reads the policy alone, as plain TOML. What it adds to
`straight_line`: lowest full route, imputed debts, the business alone, reserve after the payout, the unsecured limit
by dossier grade, products, and a cash flow to the last due date. Of the cross-checks it knows the equity check. A
ratio over nothing, and figures that do not fit together, are a ZeroDivisionError.
"""

from __future__ import annotations

import math
import tomllib
from datetime import date
from fractions import Fraction as Fr
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.support.straight_line import four, monthly_return, num, route_value, two

_POLICY: Final = Path(__file__).resolve().parents[2] / "forms" / "policy.toml"
ASSETS: Final = (
    "cash_on_hand", "deposits", "inventory_counted", "prepayments", "livestock", "machinery_equipment", "vehicles",
    "buildings", "other_assets", "receivables_total",
)  # fmt: skip


@cache
def _last_day(app: dict[str, Any], months: int) -> str:
    """The day of the payout so many months later, as text; the 28th stands for every later one."""
    begin = app.get("payout_date") or f"{app['first_month_of_cash_flow']}-01"
    year, month = divmod(int(begin[:4]) * 12 + int(begin[5:7]) - 1 + months, 12)
    return f"{year:04}-{month + 1:02}-{begin[8:]}"


def policy_tree() -> dict[str, Any]:
    """The shipped policy as a tree, every number exact."""
    tree: dict[str, Any] = _exact(tomllib.loads(_POLICY.read_text(encoding="utf-8"), parse_float=Fr))
    return tree


def _exact(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _exact(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_exact(value) for value in node]
    return Fr(node) if isinstance(node, int) else node


def newer_route(kind: str, x: dict[str, Any], facts: dict[str, Any], gm: Fr) -> Fr:  # noqa: PLR0911  one way out per kind
    """The kinds that came after the worked cases; the others as there."""

    def n(key: str) -> Fr:
        return num(x, key)

    other = num(x, "other_sales", "0")
    if kind == "crop":
        return n("area_mu") * n("yield_per_mu") * num(x, "harvests_per_year", "1") * n("price_per_kg") / 12
    if kind == "hand_book":
        return n("monthly_sales") * n("pages_readded") / n("pages_stated")
    if kind == "invoices":
        return n("invoiced_total") / n("months_covered")
    if kind == "recipe":
        made = n("quantity_per_month") * n("kg_per_unit") * n("yield_factor") / n("kg_per_output")
        return made * n("price_per_output") + other
    if kind == "meter":
        read = sum((num(m, "quantity_per_month") for m in facts["meters"] if m["kind"] == x["meter"]), Fr(0))
        working = max(Fr(0), read - num(x, "base_quantity", "0"))
        return working / n("quantity_per_output") * n("price_per_output") + other
    if kind == "capacity":
        day = n("seats") * n("turns_per_day") * n("average_ticket")
        return day * n("days_per_month") * n("occupancy_percent") / 100
    freight = (
        n("load_tonnes") * (n("outbound_yuan_per_tkm") + num(x, "return_yuan_per_tkm", "0")) if _hauls(kind) else 0
    )
    if kind == "trips":
        return n("quantity_per_month") * n("km_one_way") * freight + other
    if kind == "fuel":
        litres = n("fuel_paid") / n("diesel_price_per_litre")
        return litres / n("litres_per_100km") * 100 / 2 * freight + other
    return route_value(kind, x, gm)


def _hauls(kind: str) -> bool:
    return kind in ("trips", "fuel")


def source_of(asset: str) -> str:
    """The fact that says how an asset was found out."""
    first = {"inventory_counted": "inventory", "machinery_equipment": "machinery", "receivables_total": "receivables"}
    return f"{first.get(asset, asset)}_source"


def told_elsewhere(who: dict[str, Any], f: dict[str, Any]) -> int:
    """Answers outside the list that point at somebody else, as far as the six cases give them: one for each kind."""
    ours = {who["name"], f["household"].get("spouse", {}).get("name", "")}
    place, firm = f.get("premises", {}), f.get("business", {})
    papers = {firm.get("licence_holder", who["name"]), place.get("lease_holder", who["name"])} - ours
    return (
        (who.get("actual_user", who["name"]) not in ours)
        + bool(papers or place.get("sign_matches") == "no")
        + (place.get("borrower_knows_premises") == "no")
        + (place.get("rehearsed") == "yes")
    )


def month_number(text: str) -> int:
    year, month = text.split("-")[:2]
    return int(year) * 12 + int(month)


def shipped_line(case: dict[str, Any]) -> dict[str, str]:  # noqa: C901, PLR0912, PLR0915  one line from top to bottom
    """Every figure by name, rounded half up: money and per cent to 2 places, ratios to 4."""
    p, app, f, who = policy_tree(), case["application"], case["facts"], case["borrower"]
    sales, out = f["sales"], dict[str, str]()

    # the month
    if sum((num(x, "share_percent") for x in f["products"]), Fr(0)) != 100:
        raise ZeroDivisionError
    gm = sum(
        (
            num(x, "share_percent") * (num(x, "sale_price") - num(x, "unit_cost")) / num(x, "sale_price") / 100
            for x in f["products"]
        ),
        Fr(0),
    )
    routes = {r["id"]: newer_route(r["kind"], r["inputs"], f, gm) for r in sales["routes"]}
    full = [routes[r["id"]] for r in sales["routes"] if r["coverage"] == "full"]
    declared = num(sales, "declared_monthly_sales")
    s = min([declared, *full])
    c = s * (1 - gm)
    fixed = sum((num(x, "monthly_amount") for x in f["operating_costs"] if x["behaviour"] == "fixed"), Fr(0))
    variable = sum((num(x, "monthly_amount") for x in f["operating_costs"] if x["behaviour"] == "variable"), Fr(0))
    by_calendar = [Fr(x) for x in sales.get("calendar_factors", ["1"] * 12)]
    a = sum(by_calendar, Fr(0)) / 12
    profit = s * a * gm - fixed - variable * a
    out |= {f"route_{x}": two(v) for x, v in routes.items()}
    out |= {"adopted_sales": two(s), "gross_margin_percent": two(gm * 100), "cost_of_sales": two(c)}
    out |= {"spread_percent": two((max(full) - min(full)) / min(full) * 100), "fixed": two(fixed)}
    out |= {"variable": two(variable), "profit_average_month": two(profit), "average_factor": four(a)}
    out["net_margin_percent"] = two((s - c - fixed - variable) / s * 100)

    # the household and its debts; what has no plan is imputed
    home = f["household"]
    seen = [x.get("verified") == "yes" and x.get("proof") != "told" for x in home["other_income"]]
    incomes = [num(x, "monthly_amount") for x in home["other_income"]]
    o = sum((income for income, yes in zip(incomes, seen, strict=True) if yes), Fr(0))
    unverified = sum(incomes, Fr(0)) - o
    o += unverified * p["unverified_income_counted_percent"] / 100
    told = sum((num(x, "monthly_amount") for x in home["monthly_expenses"]), Fr(0))
    floor = p["household_expense_floor_per_person"] * num(home, "persons")
    h = max(told, floor)
    n = int(app["term_months"])
    monthly = p["imputed_debt_rate_percent_month"] / 100
    d = Fr(0)
    for x in f["liabilities"]:
        bullet, plan = num(x, "bullet_principal_due_in_term", "0"), x.get("plan")
        pay, deferred = num(x, "monthly_payment"), x.get("deferral_signed") == "yes"
        at_once = plan in ("at_maturity", "interest_only")
        unplanned = plan == "none" or (at_once and "due_date" not in x) or (plan == "instalments" and not pay)
        unplanned = unplanned or (plan is None and not pay and not bullet)
        trade = x["kind"] in ("supplier", "customer") and x["disclosed"] != "no"
        counted = bullet >= num(x, "balance")
        if at_once and not bullet and not deferred and x.get("due_date", "9999") <= _last_day(app, n):
            bullet = num(x, "balance")
        if unplanned and not trade and not counted and not deferred:
            pay = max(pay, num(x, "balance") * monthly / (1 - 1 / (1 + monthly) ** int(p["imputed_debt_months"])))
        d += pay + bullet / n
    outflows = f.get("unexplained_regular_outflows", [])
    d += sum((num(x, "monthly_amount") for x in outflows), Fr(0))
    y = profit + o - h - d
    out |= {"other_income": two(o), "household_told": two(told), "household_floor": two(floor)}
    out |= {"household_expenses": two(h), "debt_service": two(d), "disposable_income": two(y)}

    # the balance sheet, together and for the business alone
    assets = f["assets"]
    has = {x: num(assets, x, "0") for x in ASSETS}
    all_assets = sum(has.values(), Fr(0))
    debts = {
        (told_it, sphere): sum(
            (
                num(x, "balance")
                for x in f["liabilities"]
                if (x["disclosed"] == "yes") is told_it and (x.get("sphere") == "household") is (sphere == "home")
            ),
            Fr(0),
        )
        for told_it in (True, False)
        for sphere in ("home", "shop")
    }
    for x in outflows:
        if "assumed_monthly_rate_percent" in x:
            debts[False, "shop"] += num(x, "monthly_amount") / (num(x, "assumed_monthly_rate_percent") / 100)
        else:
            debts[False, "shop"] += num(x, "monthly_amount") * num(x, "remaining_months")
    declared_debts = debts[True, "home"] + debts[True, "shop"]
    found = debts[False, "home"] + debts[False, "shop"]
    old = num(assets, "receivables_over_12_months", "0") * (1 - p["receivable_over_12m_counted_percent"] / 100)
    others = min(num(assets, "borrowed_goods", "0"), has["inventory_counted"])
    money = num(assets, "household_cash", "0")
    private = {
        "deposits": min(money, has["deposits"]),
        "cash_on_hand": min(money - min(money, has["deposits"]), has["cash_on_hand"]),
        "vehicles": min(num(assets, "household_vehicles", "0"), has["vehicles"]),
        "buildings": min(num(assets, "home_value", "0"), has["buildings"]),
    }
    # what was only told counts by its share; what is off already is not taken off again
    off = {"receivables_total": old, "inventory_counted": others}
    uncounted = {x: 1 - p["told_assets_counted_percent"] / 100 for x in ASSETS if assets.get(source_of(x)) == "told"}
    only_told = sum(((has[x] - off.get(x, Fr(0))) * share for x, share in uncounted.items()), Fr(0))
    at_home = sum((amount * (1 - uncounted.get(x, Fr(0))) for x, amount in private.items()), Fr(0))
    big_a, big_l = all_assets - old - others - only_told, declared_debts + found
    shop_a, shop_l = big_a - at_home, debts[True, "shop"] + debts[False, "shop"]
    if assets.get("borrowed_goods_told") == "yes":
        all_assets -= others
    k = sum((num(x, "amount") for x in f.get("guarantees_given", [])), Fr(0))
    k *= p["contingent_liability_weight_percent"] / 100
    out |= {"assets": two(all_assets), "debts": two(declared_debts), "undisclosed_debt": two(found)}
    out |= {"assets_adjusted": two(big_a), "debts_adjusted": two(big_l), "contingent": two(k)}
    out |= {"business_assets": two(shop_a), "business_debts": two(shop_l)}

    # the equity check, as told and as found
    e = f["equity_history"]
    expected = num(e, "initial_equity") + num(e, "appreciation", "0") - num(e, "depreciation")
    expected += sum((num(x, "surplus") for x in e["declared_surplus_by_period"]), Fr(0))
    expected += sum((num(x, "amount") for x in e.get("outside_injections", [])), Fr(0))
    expected -= sum((num(x, "amount") for x in e.get("outside_withdrawals", [])), Fr(0))
    requested = num(app, "requested_amount")
    allowed = min(
        abs(expected) * p["equity_tolerance_percent"] / 100, requested * p["equity_tolerance_loan_percent"] / 100
    )
    apart = [all_assets - declared_debts - expected, big_a - big_l - expected]
    out |= {"equity_expected": two(expected), "equity_actual": two(all_assets - declared_debts)}
    out |= {"equity_found": two(big_a - big_l), "equity_allowed": two(allowed)}
    out["equity_passes"] = str(all(abs(x) <= allowed for x in apart))

    # pledges
    lendable = Fr(0)
    for item in f.get("collateral", []):
        v, worth = item["valuation"], list[Fr]()
        if "comparables" in v:
            worth.append(sum((Fr(x) for x in v["comparables"]), Fr(0)) / len(v["comparables"]))
        if "monthly_net_rent" in v:
            worth.append(num(v, "monthly_net_rent") * 12 / (num(v, "capitalisation_rate_percent") / 100))
        if "replacement_cost" in v:
            worth.append(num(v, "replacement_cost") * (1 - num(v, "depreciation_percent") / 100))
        if "counted_value" in v:
            worth.append(num(v, "counted_value"))
        carried = min(worth) * p["collateral_ltv_percent"][item["type"]] / 100 - num(item, "prior_lien")
        titled = item["type"] not in ("stock", "livestock", "machinery", "receivables")
        proven = "law_class" in item and (item.get("deed_seen") == "yes" or not titled)
        lendable += max(Fr(0), carried) if item["eligible"] == "yes" and proven else Fr(0)
    out["lendable"] = two(lendable)

    # the standing of the borrower, by history alone
    past = who.get("history_loans", [])
    report = f["credit_report"]
    late = [num(x, "worst_days_late") for x in past if "closed_on" in x and x.get("seen_in_books") == "yes"]
    owed = sum((num(x, "outstanding", x["amount"]) for x in past if "closed_on" not in x), Fr(0))
    kept_back = bool(outflows) or any(x["disclosed"] == "no" for x in f["liabilities"])
    clean = num(report, "worst_overdue_months") == 0 and num(report, "overdue_times_24m") == 0
    rules = p["dossier_grade"]
    if (
        kept_back
        or num(report, "overdue_now") > 0
        or any(num(x, "worst_days_late") > rules["days_late_c"] for x in past)
    ):
        standing = "D"
    elif not late:
        standing = "C"
    elif len(late) >= rules["loans_a"] and max(late) <= rules["days_late_a"] and clean:
        standing = "A"
    else:
        standing = "B" if max(late) <= rules["days_late_b"] else "C"
    out["dossier_grade"] = standing

    # terms
    i = num(app, "annual_rate_percent") / 100 / 12
    equal = app["repayment_method"] == "equal_instalment"
    shares = [Fr(1, n)] * n if equal else [Fr(x) for x in app["principal_share_by_month"]]
    if len(shares) != n or sum(shares) != 1:
        raise ZeroDivisionError
    before = [1 - sum(shares[:m], Fr(0)) for m in range(n)]
    t = sum(before, Fr(0)) * i
    annuity = Fr(n) / (1 + t) if not equal else Fr(n) if i == 0 else (1 - 1 / (1 + i) ** n) / i

    def instalment_for(loan: Fr) -> Fr:
        return Fr(two(loan / annuity))

    # caps
    m = p["debt_to_assets_after_loan_max_percent"] / 100
    most = p["instalment_to_disposable_max_percent"] / 100 * max(Fr(0), y)
    purpose = sum((num(x, "amount") for x in app["purpose_items"]), Fr(0))
    product = next((x for x in p["products"] if x["id"] == app.get("product")), None)
    limit = p["product_max_amount"]
    caps = {
        "requested": requested,
        "repayment_capacity": most * annuity,
        "leverage": max(Fr(0), (m * shop_a - shop_l - k) / (1 - m)),
        "security": lendable + max(Fr(0), p["unsecured_limit_by_grade"][standing] - owed),
        "purpose": min(
            purpose * (1 - p["own_contribution_min_percent"] / 100), num(f["purpose_plausible_max"], "amount")
        ),
        "product": limit if product is None else min(limit, product["amount"]["most"]),
        "single_borrower_limit": p["lender_net_assets_prior_year_end"] * p["single_borrower_limit_percent"] / 100
        - owed,
    }
    lowest = min(caps.values())
    straws = sum(x["present"] == "yes" for x in f["straw_indicators"]) + told_elsewhere(who, f)
    refused = straws >= p["straw_indicator_min"] or y <= 0
    rounded = Fr(math.floor(lowest / 1000) * 1000)
    recommended = Fr(0) if refused else rounded
    z = recommended if recommended != 0 else requested
    inst = instalment_for(z)
    out |= {f"cap_{x}": two(v) for x, v in caps.items()}
    out |= {"binding_cap": next(x for x in caps if caps[x] == lowest), "rounded_down": two(rounded)}
    out |= {"recommended": two(recommended), "tested_loan": two(z), "instalment": two(inst)}
    out["instalment_asked"] = two(instalment_for(requested))

    # ratios
    liquid = has["cash_on_hand"] + has["deposits"]
    own = max(Fr(0), purpose - z)
    fee = z * num(app, "upfront_fee_percent", "0") / 100
    dscr = (profit + o - h) / (d + inst)
    after = (shop_l + k + z) / (shop_a + z) * 100
    reserve = max(Fr(0), liquid - own - fee) / (h + fixed + d + inst)
    drop = p["stress_sales_drop_percent"] / 100
    stressed = s * a * (1 - drop) * gm - fixed - variable * a * (1 - drop) + o - h - d
    out |= {"dscr": four(dscr), "debt_to_assets_percent": two(after), "reserve_months": four(reserve)}
    out |= {"debt_to_assets_combined": two((big_l + k + z) / (big_a + z) * 100)}
    out |= {"reserve_before": four(liquid / (h + fixed + d)), "stressed_income": two(stressed)}
    people = f.get("guarantors", [])
    left = [
        num(x, "monthly_income") - num(x, "monthly_household_expenses") - num(x, "monthly_debt_service")
        for x in people
    ]
    group = sum(left, Fr(0)) / inst
    out |= {f"cover_{x['id']}": four(v / inst) for x, v in zip(people, left, strict=True)}

    # what is paid, and what it costs all in
    if equal:
        payments, balance = [], z
        for row in range(n):
            interest = Fr(two(balance * i))
            principal = balance if row == n - 1 else inst - interest
            payments.append(principal + interest)
            balance -= principal
    else:
        payments = [z * before[x] * i + z * shares[x] for x in range(n)]
    out["all_in_percent"] = two(monthly_return(z - fee, payments) * 12 * 100)

    # cash to the last due date, by calendar month
    if recommended > 0:
        first = month_number(app["first_month_of_cash_flow"])
        due = date.fromisoformat(app["first_due_date"]) if "first_due_date" in app else None
        waits = 0 if due is None else min(max(0, due.year * 12 + due.month - first), 12)
        closing = liquid - own - fee
        out["opening"] = two(closing)
        for place, paid in enumerate([Fr(0)] * waits + payments):
            pace = by_calendar[(first - 1 + place) % 12]
            net = pace * (s - c - variable) - fixed + o - h - d - paid
            closing += net
            out |= {f"net_{place + 1}": two(net), f"closing_{place + 1}": two(closing)}

    # the index without the cross-checks
    soft = f["soft_information"]
    good = sum(x["answer"] == x["good_answer"] for x in soft)
    index = p["risk_index"]

    def rising(table: dict[str, Any], value: Fr) -> Fr:
        return Fr(next((x["score"] for x in table["steps"] if value >= x["at_least"]), table["otherwise"]))

    def falling(table: dict[str, Any], value: Fr) -> Fr:
        bounds = [(m * 100 if x["at_most"] == "max" else x["at_most"], x["score"]) for x in table["steps"]]
        return Fr(next((score for bound, score in bounds if value <= bound), table["otherwise"]))

    security = rising(index["security_bands"], lendable / z)
    if security == index["security_bands"]["otherwise"] and people and group >= p["guarantor_cover_min"]:
        security = index["security_bands"]["guarantors"]
    scores = {
        "capacity": rising(index["capacity_bands"], dscr),
        "willingness": Fr(good, len(soft)) * 100,
        "leverage": falling(index["leverage_bands"], after),
        "security": security,
        "industry": index["industry"]["passed" if stressed >= inst else "failed"],
    }
    out |= {f"score_{x}": two(Fr(v)) for x, v in scores.items()}
    return out
