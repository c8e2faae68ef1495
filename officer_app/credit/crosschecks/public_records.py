"""Public registers: each one searched, still valid at the visit, and what was found. Source: DOMAIN e.12."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.facts.consents import PublicRecord
from officer_app.credit.figures import YEAR, ZERO, Missing, Truth, all_true, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import whole_key
from officer_app.credit.namelists import names_key

_LABELS: Final = {
    "enforcement": N_("court enforcement"),
    "dishonesty": N_("list of dishonest debtors"),
    "licence": N_("licence registry"),
    "movables": N_("registry of movables"),
    "land": N_("land registry"),
    "tax": N_("tax arrears"),
    "court": N_("court judgments"),
}
REQUIRED: Final = names_key("registers_required", *_LABELS)
VALID_DAYS: Final = whole_key("register_valid_days", "days", optional=True)
# However long a search is noted to hold, no longer than this.
VALID_MOST: Final = whole_key("register_valid_days_max", "days", optional=True)

# In these an entry speaks against the borrower; in the licence registry the lack of one does.
_ENTRY_IS_BAD: Final = frozenset({"enforcement", "dishonesty", "movables", "tax", "court"})
_LACK_IS_BAD: Final = frozenset({"licence"})

_SMALL_ONLINE: Final = Decimal(100_000)  # yuan a year, by the rules on online trade

SEARCHED: Final = Rule(
    "PUBLIC_RECORDS",
    FlagKind("PUBLIC_RECORDS_OPEN", 64, 1, N_("public registers were not searched, or too long ago")),
    Message(N_("Public registers searched")),
    Message(N_("each register of the policy searched, and the search still valid on the day of the visit")),
    Message(N_("Search the public registers: enforcement, dishonest debtors, licence, movables")),
    Message(N_("Search the registers that are missing or out of date, and keep a picture of each")),
)
FOUND: Final = Rule(
    "PUBLIC_RECORDS_FOUND",
    FlagKind("PUBLIC_RECORDS_ADVERSE", 65, 1, N_("a public register speaks against the borrower")),
    Message(N_("What the public registers say")),
    Message(N_("no entry on enforcement, dishonesty, movables, tax or court; an entry in the licence registry")),
    Message(N_("Note for each register whether something was found")),
    Message(N_("Ask about the entry and for the paper that closes it")),
)


def _searched(ground: Ground) -> Results:
    """Pass when each register of the policy was searched so that it holds on the day of the visit."""
    required, records, visit = ground.policy.get(REQUIRED, None), ground.facts.public_records, ground.facts.site_visit
    if required is None:
        return ()
    if not records:
        return SEARCHED.not_begun("public_records")
    visited = None if visit is None else visit.visited_on
    days, most = ground.policy.get(VALID_DAYS, None), ground.policy.get(VALID_MOST, _LIFETIME)
    holding = {name for name in required if any(_holds(record, name, visited, days, most) for record in records)}
    open_ones = tuple(Message(_LABELS[name]) for name in required if name not in holding)
    sentence = (
        Message(N_("Not searched, or no longer valid: {names}"), {"names": open_ones})
        if open_ones
        else Message(N_("All {count:count} registers were searched and hold"), {"count": len(required)})
    )
    numbers = Numbers(found=Decimal(len(open_ones)), limit=ZERO, unit=Unit.COUNT)
    return SEARCHED.result(not open_ones, sentence, ("public_records", "site_visit.visited_on"), numbers)


def _holds(record: PublicRecord, name: str, visited: date | None, usual_days: Decimal | None, most: Decimal) -> bool:
    if record.register != name or record.searched_on is None:
        return False
    days = known(record.valid_days) if known(record.valid_days) is not None else usual_days
    if visited is None or days is None:
        return True
    # Nothing holds longer than a lifetime; the bound keeps an absurd number of days inside the calendar.
    return record.searched_on + timedelta(days=int(min(days, most, _LIFETIME))) >= visited


_LIFETIME: Final = Decimal(36_500)


def _found(ground: Ground) -> Results:
    """Pass when nothing speaks against the borrower, in any register that was searched.

    The licence registry is silent on a farm household and on a stall that the law exempts.
    """
    records = ground.facts.public_records
    if ground.policy.get(REQUIRED, None) is None:
        return ()
    if not records:
        return FOUND.not_begun("public_records")
    free = _needs_no_licence(ground)
    clean = tuple(_clean(record, free=free) for record in records)
    against = tuple(_entry(record) for record, fine in zip(records, clean, strict=True) if fine is False)
    sentence = (
        Message(N_("The registers speak against the borrower: {entries}"), {"entries": against})
        if against
        else Message(N_("The registers searched say nothing against the borrower"))
    )
    return FOUND.result(all_true(clean), sentence, tuple(record.path for record in records))


def _needs_no_licence(ground: Ground) -> bool:
    """A household that sells what it grows, or whom the law exempts, needs no licence: its lack says nothing."""
    farmer = ground.facts.business is not None and ground.facts.business.form == "farm_household"
    return farmer or is_exempt(ground)


def is_exempt(ground: Ground) -> bool:
    """Whether the law asks this trader for no licence, and the officer saw what shows it.

    Source: State Council decree 684 (2017), art. 3: farm products and daily goods at a place and time set by the
    county, and handy labour that needs no permit, are no unlicensed trade; Food Safety Law, art. 36, with the
    provinces' rules on recorded food stalls; E-Commerce Law, art. 10, with the rules on online trade (2021), art. 8:
    small deals of at most 100 000 yuan a year. A liar needs the kind and its proof: the record card, the set place or
    the platform's own figures; one who is registered, or sells more online, is not exempt.
    """
    business = ground.facts.business
    if business is None or business.form != "unregistered" or business.exemption_seen is not True:
        return False
    if business.licence_exemption == "small_online":
        year = ground.income.adopted_monthly_sales * ground.income.average_month_factor * YEAR
        return at_most(year, _SMALL_ONLINE) is True
    return isinstance(business.licence_exemption, str)


def _clean(record: PublicRecord, *, free: bool) -> Truth:
    if isinstance(record.register, Missing):
        return record.register
    if free and record.register in _LACK_IS_BAD:
        return True
    if record.register in _ENTRY_IS_BAD:
        return record.found if isinstance(record.found, Missing) else not record.found
    return record.found if record.register in _LACK_IS_BAD else True


def _entry(record: PublicRecord) -> Message:
    name = "court" if isinstance(record.register, Missing) else record.register
    note = Verbatim(record.note) if record.note.strip() else Message(N_("no note"))
    return Message(N_("{register} ({note})"), {"register": Message(_LABELS[name]), "note": note})


CHECKS: Final = (SEARCHED.check(_searched), FOUND.check(_found))
