"""Routes by money that left a trace: QR codes, bank, books, invoices, goods bought.

Source: cases/README, section 3, and DOMAIN e.3. Products come before quotients, so that what is exact stays exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.facts.routes import Coverage, Mouth, RouteInputs, RouteKind
from officer_app.credit.figures import HUNDRED, Figure, ratio
from officer_app.credit.routekinds.rule import RouteRule


def _cashless(x: RouteInputs, _: Figure) -> Figure:
    """(Gross inflow − own transfers − refunds) / cashless share."""
    net = x.gross_inflow - x.own_transfers - x.refunds
    return ratio(net * HUNDRED, x.cashless_share_percent, x.at("cashless_share_percent"))


def _cashless_cards(x: RouteInputs, margin: Figure) -> Figure:
    """(Gross inflow − own transfers − refunds − cards sold) / cashless share + used up from cards.

    A card sold is money for work not done yet; the share is that of sales paid on the spot, cards left out.
    A hair salon: (900 − 80 − 20 − 300) / 0.8 + 250 = 625 + 250 = 875.
    """
    sold = ratio(x.prepaid_sold * HUNDRED, x.cashless_share_percent, x.at("cashless_share_percent"))
    return _cashless(x, margin) - sold + x.prepaid_consumed


def _bank_net(x: RouteInputs, _: Figure) -> Figure:
    """Gross inflow − own transfers."""
    return x.gross_inflow - x.own_transfers


def _purchases(x: RouteInputs, margin: Figure) -> Figure:
    """(Opening stock + purchases − closing stock) / (1 − weighted gross margin)."""
    return ratio(x.opening_stock + x.monthly_purchases - x.closing_stock, 1 - margin, "products")


def _book(x: RouteInputs, _: Figure) -> Figure:
    """The sales of a hand-written book as they stand there."""
    return x.monthly_sales


def _hand_book(x: RouteInputs, _: Figure) -> Figure:
    """Total of the book × pages re-added / the same pages as written: the book with its slips of adding taken out.

    71 900 × 11 900 / 11 984 = 71 396.03: the page says 11 984, its entries add up to 11 900.
    """
    return ratio(x.monthly_sales * x.pages_readded, x.pages_stated, x.at("pages_stated"))


def _invoices(x: RouteInputs, _: Figure) -> Figure:
    """Total / months: 540 000 of invoices in 12 months are 45 000 a month. Usually low, so a floor."""
    return ratio(x.invoiced_total, x.months_covered, x.at("months_covered"))


def _category(x: RouteInputs, _: Figure) -> Figure:
    """Purchases / (1 − margin of the category) / share of the category in sales."""
    share = (HUNDRED - x.category_margin_percent) * x.category_share_percent
    culprits = x.at("category_margin_percent"), x.at("category_share_percent")
    return ratio(x.monthly_purchases * HUNDRED * HUNDRED, share, *culprits)


RULES: Final[Mapping[RouteKind, RouteRule]] = {
    RouteKind.CASHLESS: RouteRule(
        ("gross_inflow", "own_transfers", "cashless_share_percent"),
        _cashless,
        N_("(gross inflow − own transfers − refunds) ÷ cashless share"),
        N_("({gross_inflow:money} − {own_transfers:money} − {refunds:money}) ÷ {cashless_share_percent:percent}"),
    ),
    RouteKind.CASHLESS_CARDS: RouteRule(
        ("gross_inflow", "own_transfers", "cashless_share_percent", "prepaid_sold", "prepaid_consumed"),
        _cashless_cards,
        N_("(gross inflow − own transfers − refunds − cards sold) ÷ cashless share + used up from cards"),
        N_(
            "({gross_inflow:money} − {own_transfers:money} − {refunds:money} − {prepaid_sold:money}) "
            "÷ {cashless_share_percent:percent} + {prepaid_consumed:money}"
        ),
    ),
    RouteKind.BANK_NET: RouteRule(
        ("gross_inflow", "own_transfers"),
        _bank_net,
        N_("gross inflow − own transfers"),
        N_("{gross_inflow:money} − {own_transfers:money}"),
    ),
    RouteKind.PURCHASES: RouteRule(
        ("opening_stock", "monthly_purchases", "closing_stock"),
        _purchases,
        N_("(opening stock + purchases − closing stock) ÷ (1 − weighted gross margin)"),
        N_("({opening_stock:money} + {monthly_purchases:money} − {closing_stock:money}) ÷ (1 − {margin:percent})"),
    ),
    RouteKind.BOOK: RouteRule(
        ("monthly_sales",),
        _book,
        N_("sales as the book has them"),
        N_("{monthly_sales:money}"),
        mouth=Mouth.BORROWER,
    ),
    RouteKind.HAND_BOOK: RouteRule(
        ("monthly_sales", "pages_stated", "pages_readded"),
        _hand_book,
        N_("sales as the book has them × entries re-added ÷ the same pages as written"),
        N_("{monthly_sales:money} × {pages_readded:money} ÷ {pages_stated:money}"),
    ),
    RouteKind.INVOICES: RouteRule(
        ("invoiced_total", "months_covered"),
        _invoices,
        N_("total of the invoices or tax returns ÷ months; usually low"),
        N_("{invoiced_total:money} ÷ {months_covered}"),
        coverage=Coverage.FLOOR,
    ),
    RouteKind.CATEGORY: RouteRule(
        ("monthly_purchases", "category_margin_percent", "category_share_percent"),
        _category,
        N_("purchases of the category ÷ (1 − margin of the category) ÷ its share of sales"),
        N_("{monthly_purchases:money} ÷ (1 − {category_margin_percent:percent}) ÷ {category_share_percent:percent}"),
    ),
}
