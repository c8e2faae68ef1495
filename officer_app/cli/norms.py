"""The norm library by trade, and what a branch set otherwise."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from officer_app.base.files import read_limited
from officer_app.base.words import CHINESE, ENGLISH, N_, Message, say

if TYPE_CHECKING:
    from officer_app.base.canonical import Json
    from officer_app.credit.norms import Norm, Norms, Override


def register(app: typer.Typer) -> None:
    """Add `norms`."""
    app.command("norms")(_norms)


def _norms(
    trade: Annotated[str, typer.Option("--trade", help="Only this trade, by its name in the library.")] = "",
    branch: Annotated[Path | None, typer.Option("--branch", help="A branch's file, laid over the library.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="en or zh_CN.")] = ENGLISH,
) -> None:
    """List what is usual in each trade: charcoal, flour, water, feed, wages, with range and source."""
    if lang not in (ENGLISH, CHINESE):
        raise typer.BadParameter(lang, param_hint="--lang")
    library = _library(branch)
    if trade and trade not in library.trades:
        raise typer.BadParameter(", ".join(library.trades), param_hint="--trade")
    chosen = library.of_trade(trade) if trade else tuple(library.by_id.values())
    told = [override for override in library.overridden if override.id in {norm.id for norm in chosen}]
    if as_json:
        found: Json = {
            "norms": [_norm_json(norm, lang) for norm in chosen],
            "overridden": [_override_json(override) for override in told],
        }
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    for line in (*_lines(chosen, lang), *_told(told, lang)):
        sys.stdout.write(line + "\n")


def _library(branch: Path | None) -> Norms:
    from officer_app.casework.norms import laid_over, shipped_norms
    from officer_app.credit.norms import SIZE_LIMIT

    return shipped_norms() if branch is None else laid_over(read_limited(branch, SIZE_LIMIT))


def _lines(norms: tuple[Norm, ...], language: str) -> Iterator[str]:
    trade = ""
    for norm in norms:
        if norm.trade != trade:
            trade = norm.trade
            yield f"{norm.trade_label.spoken(language)}  [{trade}]"
        usual = Message(N_("usual {low} to {high}"), {"low": norm.low, "high": norm.high})
        made = f"{norm.consumed.spoken(language)} → {norm.output.spoken(language)}"
        yield (
            f"  {made}: {say(norm.measured(language), language)}; {say(usual, language)}; "
            f"{norm.source_spoken(language)}  [{norm.id}]"
        )


def _told(overridden: list[Override], language: str) -> Iterator[str]:
    if overridden:
        yield say(Message(N_("Set otherwise by the branch: {count:count}"), {"count": len(overridden)}), language)
    for override in overridden:
        yield f"  {override.id} {override.field}: {override.was or '—'} → {override.now}"


def _norm_json(norm: Norm, language: str) -> Json:
    return {
        "id": norm.id,
        "trade": norm.trade,
        "input": norm.input,
        "consumed": norm.consumed.spoken(language),
        "unit": norm.unit.spoken(language),
        "output": norm.output.spoken(language),
        "output_unit": norm.output_unit.spoken(language),
        "value": str(norm.value),
        "low": str(norm.low),
        "high": str(norm.high),
        "source": norm.source_spoken(language),
    }


def _override_json(override: Override) -> Json:
    return {"id": override.id, "field": override.field, "was": override.was, "now": override.now}
