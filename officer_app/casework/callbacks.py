"""The blind call-back: somebody who was not there calls the customer and types three answers, not knowing the file's.

Which three is drawn by the dossier's own digest, so nobody can choose them. What was heard is kept before anything of
the file is shown, and is not changed afterwards: only so the comparison proves that somebody really called.
Source: DOMAIN e 19.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Final

from officer_app.base import canonical
from officer_app.base.canonical import Json
from officer_app.base.clock import from_text, local_date, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.masking import mask_phone
from officer_app.base.numerals import show
from officer_app.base.spoken.dates import day_in
from officer_app.base.words import CHINESE, N_, Message, message
from officer_app.casework import agreeing
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.review import Review
from officer_app.credit.figures import Figure, Missing, known
from officer_app.dossier.records import Agreement, CallBack, Heard
from officer_app.trust.certificates import Role
from officer_app.vault import audit, settings
from officer_app.vault.transactions import Reading

DRAWN: Final = 3
# These stand at the head of the page that everybody has read: asked only where the file holds little else.
_ON_THE_PAGE: Final = frozenset({"application.requested_amount", "application.term_months"})
_LONGEST: Final = 400
QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application.requested_amount": N_("How much do you want to borrow?"),
        "premises.monthly_rent": N_("What is the rent of the shop a month?"),
        "sales.declared_monthly_sales": N_("About how much do you sell in a month?"),
        "liabilities": N_("How much do you owe others altogether, the house included?"),
        "application.term_months": N_("For how long do you want the loan?"),
        "staff.declared": N_("How many people work for you?"),
        "household.persons": N_("How many people live in your household?"),
        "site_visit.officer_a": N_("What is the name of the officer who visited you?"),
        "site_visit.visited_on": N_("On which day did we visit you?"),
    }
)
_TITLES: Final = ("经理", "主任", "老师", "先生", "女士", "小姐", "信贷员")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question for the call: the fact it is about and the words to say. What the file says is not in it."""

    path: str
    question: Message


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: str
    told: str
    compare: Callable[[str], Agreement]


def phone_of(review: Review) -> str:
    """The number to call, as the case has it or as the customer gave it on the visit; "" where nobody wrote it."""
    return (review.known.get("phone", "") or review.facts.borrower.phone).strip()


@allowed(Role.MANAGER, Role.REVIEWER)
def reveal_phone(desk: Desk, review: Review) -> str:
    """The whole number, to be called; that it was shown stands in the log."""
    with desk.vault.writing() as tx:
        audit.append(tx, "phone_revealed", review.record.case, {"why": "call back"})
    return phone_of(review)


def drawn(review: Review) -> tuple[Asked, ...]:
    """The questions of this file's call, at most three: only of what the file really holds."""
    ranked = sorted(_candidates(review), key=lambda one: (one.path in _ON_THE_PAGE, _lot(review, one.path)))
    return tuple(Asked(one.path, question_of(one.path)) for one in ranked[:DRAWN])


def _lot(review: Review, path: str) -> str:
    """Its place in the draw: nobody can choose a dossier's digest."""
    return canonical.digest(f"{review.record.digest}{path}".encode())


@allowed(Role.MANAGER, Role.REVIEWER)
def call_back_of(desk: Desk, review: Review) -> CallBack | None:
    """What was heard on this file's call, with what the file says; None while nobody called."""
    with desk.vault.reading() as tx:
        return _kept(tx, review)


@allowed(Role.MANAGER, Role.REVIEWER)
def note_call(desk: Desk, review: Review, by: str, heard: Mapping[str, str]) -> CallBack:
    """Keep what was heard, by fact, and only then say what the file has. `by`: who called, "" for oneself.

    Errors: CALL_BACK_DONE when it was noted before, DECISION_INCOMPLETE when an answer is missing.
    """
    asked = drawn(review)
    if not all(heard.get(one.path, "").strip() for one in asked):
        raise Fault(Code.DECISION_INCOMPLETE, what=message(N_("an answer of the call")))
    told = {one.path: one for one in _candidates(review)}
    now = desk.clock.now()
    answers = tuple(_heard(told[one.path], heard[one.path].strip()[:_LONGEST]) for one in asked)
    call = CallBack(by.strip()[:100] or desk.user.full_name, mask_phone(phone_of(review)), now, answers)
    with desk.vault.writing() as tx:
        if _kept(tx, review) is not None:
            raise Fault(Code.CALL_BACK_DONE)
        settings.put(tx, _key(review), _as_json(call))
        differing = sum(one.agreement is Agreement.DIFFERS for one in answers)
        audit.append(tx, "call_back_noted", review.record.case, {"asked": len(answers), "differing": differing})
    return call


def _heard(candidate: _Candidate, answer: str) -> Heard:
    return Heard(candidate.path, answer, candidate.told, candidate.compare(answer))


def question_of(path: str) -> Message:
    """What is asked on the phone about a fact."""
    return message(QUESTIONS.get(path, path))


def _candidates(review: Review) -> Iterator[_Candidate]:
    facts = review.facts
    amounts: tuple[tuple[str, Figure | None, str, int], ...] = (
        ("application.requested_amount", review.manifest.requested_amount, "money", 5),
        ("premises.monthly_rent", facts.premises.monthly_rent if facts.premises else None, "money/month", 10),
        ("sales.declared_monthly_sales", facts.sales.declared_monthly_sales, "money/month", 20),
        ("liabilities", _debts(review), "money", 20),
        ("application.term_months", facts.application.term_months, "months", 0),
        ("staff.declared", facts.staff.declared if facts.staff else None, "persons", 0),
        ("household.persons", facts.household.persons, "persons", 0),
    )
    for path, figure, unit, tolerance in amounts:
        told = known(figure) if figure is not None else None
        if told is not None and told > 0:
            yield _number(path, told, unit, Decimal(tolerance))
    yield from _of_visit(review)


def _of_visit(review: Review) -> Iterator[_Candidate]:
    """Who came and when: what an officer who never went cannot arrange."""
    officer, visit = review.manifest.officer.name, review.facts.site_visit
    yield _Candidate(
        "site_visit.officer_a",
        officer,
        lambda answer: Agreement.AGREES if _titled(answer, officer) else agreeing.of_name(answer, (officer,)),
    )
    if visit is not None and visit.visited_on is not None:
        yield _Candidate(
            "site_visit.visited_on",
            show(visit.visited_on, "date", CHINESE),
            partial(_on_day, day=visit.visited_on, today=local_date(review.record.at)),
        )


def _on_day(answer: str, *, day: date, today: date) -> Agreement:
    """The day of the visit, named as people name one; yesterday is reckoned from the hand-over."""
    said = day_in(answer, today)
    return Agreement.AGREES if said is not None and said.day == day else Agreement.DIFFERS


def _titled(answer: str, officer: str) -> bool:
    """People say 李经理 or 小李: the surname is enough when it comes so."""
    surname = officer[:1]
    return any(f"{surname}{title}" in answer for title in _TITLES) or f"小{surname}" in answer


def _number(path: str, told: Decimal, unit: str, tolerance: Decimal) -> _Candidate:
    shown = show(told, "money" if unit.startswith("money") else "count", CHINESE)
    return _Candidate(path, shown, lambda answer: agreeing.of_number(answer, told, unit, tolerance))


def _debts(review: Review) -> Decimal | None:
    debts = review.facts.liabilities
    balances = [] if isinstance(debts, Missing) else [known(one.balance) for one in debts]
    return sum((one for one in balances if one is not None), Decimal(0)) if balances else None


def _key(review: Review) -> str:
    return f"call-back:{review.record.digest}"


def _kept(tx: Reading, review: Review) -> CallBack | None:
    found = settings.get(tx, _key(review))
    return _from_json(found) if isinstance(found, dict) else None


def _as_json(call: CallBack) -> Json:
    return {
        "by": call.by,
        "phone": call.phone,
        "at": to_text(call.at),
        "answers": [[one.path, one.heard, one.told, one.agreement.value] for one in call.answers],
    }


def _from_json(found: Mapping[str, Json]) -> CallBack:
    listed = found["answers"]
    rows = (
        [[str(cell) for cell in row] for row in listed if isinstance(row, list)] if isinstance(listed, list) else []
    )
    answers = tuple(Heard(path, heard, told, Agreement(agreement)) for path, heard, told, agreement in rows)
    return CallBack(str(found["by"]), str(found["phone"]), _moment(found["at"]), answers)


def _moment(value: Json) -> datetime:
    return from_text(str(value))
