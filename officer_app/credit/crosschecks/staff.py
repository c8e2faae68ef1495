"""How many work here: as told, seen, and on the payroll. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.figures import ONE, absorbed, at_most, greatest, known, least
from officer_app.credit.ground import Ground

FLAG: Final = FlagKind("STAFF_COUNT_MISMATCH", 100, 1, N_("staff told, seen and paid are not the same people"))

_TITLE: Final = Message(N_("Staff told, seen and on the payroll"))
_FORMULA: Final = Message(N_("highest − lowest of the three at most 1"))
_MOST_APART: Final = ONE


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when the highest and the lowest of the three are at most one person apart."""
    staff = ground.facts.staff
    if staff is None:
        return (not_done("STAFF", _TITLE, _FORMULA, Message(N_("Count the staff and ask for the payroll")), "staff"),)
    three = (staff.declared, staff.seen_on_site, staff.on_payroll)
    apart = greatest(three, absorbed(*three)) - least(three, absorbed(*three))
    sentence = Message(
        N_("Told {told:count} staff; {seen:count} seen on site, {paid:count} on the payroll"),
        {"told": known(staff.declared), "seen": known(staff.seen_on_site), "paid": known(staff.on_payroll)},
    )
    paths = (staff.at("declared"), staff.at("seen_on_site"), staff.at("on_payroll"))
    return (
        judged(
            Finding(
                "STAFF",
                _TITLE,
                _FORMULA,
                sentence,
                at_most(apart, _MOST_APART),
                Message(N_("Ask each person seen what they do and who pays them")),
                paths,
                staff.declared,
                staff.seen_on_site,
                apart,
                _MOST_APART,
                Unit.COUNT,
                Unit.COUNT,
                fields=(
                    Field("declared", staff.declared),
                    Field("seen_on_site", staff.seen_on_site),
                    Field("on_payroll", staff.on_payroll),
                ),
                causes=failing(FLAG, "STAFF", sentence, paths),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
