"""Keeping and deleting at head office without a window: what is due, holds, the deletion, and its certificates."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from officer_app.base.clock import SystemClock, to_text
from officer_app.cli.opening import JsonOption, PassphraseOption, passphrase, tell_progress

if TYPE_CHECKING:
    from officer_app.headoffice.desk import Desk
    from officer_app.headoffice.journal import Said
    from officer_app.headoffice.retention import KeptCase


def register(group: typer.Typer) -> None:
    """Add `retention` to head office's commands."""
    group.command("retention")(_retention)


def _retention(
    folder: Annotated[Path, typer.Option("--folder", help="Head office's own folder.")],
    into: Annotated[str, typer.Option("--into", help="The warehouse: sqlite:///PATH or postgresql+psycopg://…")],
    passphrase_file: PassphraseOption,
    certificates: Annotated[
        Path | None, typer.Option("--certificates", help="Write every certificate of a deletion into this folder.")
    ] = None,
    purge: Annotated[
        bool, typer.Option("--purge", help="Delete for good what is due and not held, from warehouse and stores.")
    ] = False,
    hold: Annotated[str, typer.Option("--hold", help="Keep the case of this number from being deleted.")] = "",
    release: Annotated[str, typer.Option("--release", help="Lift head office's hold on this case.")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason; needed to delete, to hold and to release.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who orders it; stands on the certificate.")] = "",
    number: Annotated[
        list[str] | None, typer.Option("--case", help="With --purge: only this case; repeatable.")
    ] = None,
    store: Annotated[
        list[str] | None,
        typer.Option("--store", help="With --purge: a store besides those head office keeps; repeatable."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """When each case of the warehouse is due, what is held, what was deleted with proof; or delete what is due."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.journal import Said

    if sum((purge, bool(hold), bool(release))) > 1:
        raise typer.BadParameter("one of --purge, --hold and --release at a time")
    if not purge and (number or store):
        raise typer.BadParameter("--case and --store go with --purge")
    desk, said = open_desk(folder, passphrase(passphrase_file), issuing=False), Said(by, why)
    told: dict[str, Any] = {}
    if hold or release:
        _say(desk, into, hold, release, said)
    if purge:
        told["purged"] = _purge(desk, into, store or [], number, said)
    _tell(_read(desk, into, certificates) | told, as_json=as_json)


def _say(desk: Desk, into: str, hold: str, release: str, said: Said) -> None:
    from officer_app.headoffice.holds import lift_hold, set_hold

    verb = set_hold if hold else lift_hold
    (case,) = _ids(into, [hold or release])
    verb(desk, into, case, clock=SystemClock(), said=said)


def _purge(desk: Desk, into: str, stores: list[str], numbers: list[str] | None, said: Said) -> dict[str, Any]:
    from officer_app.headoffice.purging import purge

    wanted = None if numbers is None else _ids(into, numbers)
    done = purge(desk, into, stores, clock=SystemClock(), said=said, wanted=wanted, progress=tell_progress)
    return {"certificates": list(done.certificates), "pieces": done.cleared.pieces, "away": list(done.cleared.away)}


def _ids(into: str, numbers: list[str]) -> tuple[str, ...]:
    from officer_app.headoffice.retention import case_ids
    from officer_app.headoffice.warehouse import Warehouse

    with Warehouse(into) as warehouse, warehouse.transaction() as connection:
        found = case_ids(connection, numbers)
    missing = next((one for one in numbers if one not in found), None)
    if missing is not None:
        raise typer.BadParameter(f"no case {missing} is in the warehouse")
    return tuple(found[one] for one in numbers)


def _read(desk: Desk, into: str, certificates: Path | None) -> dict[str, Any]:
    from officer_app.headoffice import retention
    from officer_app.headoffice.warehouse import Warehouse

    with Warehouse(into) as warehouse:
        with warehouse.transaction() as connection:
            judge = retention.judge_of(desk, connection, SystemClock().now())
            cases = retention.kept_cases(connection, judge)
        deleted = retention.certificates(warehouse)
        written = retention.write_certificates(warehouse, certificates) if certificates is not None else 0
    return {
        "judged_on": judge.day.isoformat(),
        "cases": [_case_told(one) for one in cases],
        "deletions": [{**asdict(one), "at": to_text(one.at)} for one in deleted],
        "written": written,
    }


def _case_told(one: KeptCase) -> dict[str, Any]:
    hold = one.hold
    said = {"by": hold.by, "at": to_text(hold.at), "reason": hold.words, "office": hold.office} if hold else None
    days = (("counted_from", one.counted_from), ("due_on", one.due_on))
    return {**asdict(one), **{name: day.isoformat() if day else None for name, day in days}, "hold": said}


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    lines = [
        f"{one['number']}\t{one['branch']}\t{one['record_class'] or '-'}\t{one['due_on'] or '-'}\t{_standing(one)}"
        for one in told["cases"]
    ]
    lines += [
        f"{one['case_number']}\t{one['ordered_by'] or one['by']}\t{one['record_class']}\tdeleted {one['at']}"
        for one in told["deletions"]
    ]
    purged = told.get("purged")
    if purged is not None:
        lines.append(f"{len(purged['certificates'])} cases deleted, {purged['pieces']} sealed pieces removed")
        lines += [f"not reached, run again: {one}" for one in purged["away"]]
    sys.stdout.write("\n".join(lines) + "\n")


def _standing(one: dict[str, Any]) -> str:
    if one["held"]:
        return "held"
    return "due" if one["is_due"] else "unconfirmed" if one["unconfirmed"] else ""
