"""What was looked up about the people of a case, as rows of tables; Enter on a row leads to the number's question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import Assessment, Verdict
from officer_app.credit.facts.screening import ListHit, NumberJudged, Screening, SharedLink
from officer_app.credit.figures import Missing
from officer_app.credit.identity import reason_sentence
from officer_app.credit.links import KIND_LABELS, ROLE_LABELS
from officer_app.credit.vocabulary import label_of
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, Row

LINKS: Final = (
    Column("what", message(N_("What is shared")), width=116),
    Column("here", message(N_("Here")), width=84),
    Column("there", message(N_("There")), width=84),
    Column("case", message(N_("Other case")), width=92),
    Column("person", message(N_("Name, masked")), width=72),
    Column("verdict", message(N_("What it means")), stretch=True),
)
LISTED: Final = (
    Column("who", message(N_("Whom it names")), width=128),
    Column("list", message(N_("List")), width=104),
    Column("since", message(N_("Since")), width=124),
    Column("until", message(N_("Until")), width=124),
    Column("reason", message(N_("Reason")), stretch=True),
)
NUMBERS: Final = (
    Column("what", message(N_("Which number")), stretch=True),
    Column("verdict", message(N_("Check digit, date, form")), width=320),
)
RINGS: Final = (
    Column("people", message(N_("Who guarantees for whom")), stretch=True),
    Column("cases", message(N_("In the cases")), width=240),
)
_LISTS: Final[Mapping[str, tuple[str, State]]] = {
    "black": (N_("Blacklist"), State.STOP),
    "grey": (N_("Watch list"), State.LOOK),
    "staff": (N_("Our own staff"), State.STOP),
    "good_payer": (N_("Good payer"), State.PASSED),
}


def link_rows(screening: Screening, it: Assessment) -> tuple[Row, ...]:
    """One row for each link, those that want an explanation with their reason."""
    reasons = _reasons(it)
    return tuple(
        _link(link, reasons.get(f"{link.of}:{link.other_case}:{link.other_role}")) for link in screening.links
    )


def _reasons(it: Assessment) -> Mapping[str, Sayable]:
    check = next((check for check in it.checks if check.id == "LINKS"), None)
    found: dict[str, tuple[Sayable, ...]] = {}
    for cause in check.causes if check is not None else ():
        found[cause.subject] = (*found.get(cause.subject, ()), cause.sentence)
    return {subject: message("{reasons}", reasons=sentences) for subject, sentences in found.items()}


def _link(link: SharedLink, reason: Sayable | None) -> Row:
    words = reason if reason is not None else message(N_("Nothing to explain"))
    return Row(
        link.of,
        (
            Cell(_word(KIND_LABELS, link.kind)),
            Cell(_word(ROLE_LABELS, link.role)),
            Cell(_word(ROLE_LABELS, link.other_role)),
            Cell(Verbatim(link.other_case), muted=link.other_live is not True),
            Cell(Verbatim(link.other_person)),
            Cell(words, tip=words) if reason is None else Cell(words, tip=words, strong=True),
        ),
    )


def hit_rows(screening: Screening) -> tuple[Row, ...]:
    """One row for each entry of head office's lists."""
    return tuple(_hit(hit) for hit in screening.hits)


def _hit(hit: ListHit) -> Row:
    words, state = _LISTS[hit.list] if isinstance(hit.list, str) else (N_("Watch list"), State.LOOK)
    return Row(
        hit.of,
        (
            Cell(_word(ROLE_LABELS, hit.role)),
            Cell(message(words), state=state),
            Cell(_day(hit.since)),
            Cell(_day(hit.until)),
            Cell(Verbatim(hit.reason), tip=Verbatim(hit.reason)),
        ),
    )


def number_rows(screening: Screening) -> tuple[Row, ...]:
    """One row for each identity number and licence code."""
    return tuple(_number(number) for number in screening.numbers)


def _number(number: NumberJudged) -> Row:
    if number.reason:
        verdict = Cell(reason_sentence(number.reason), state=State.STOP)
    elif number.notice:
        verdict = Cell(reason_sentence(number.notice), state=State.LOOK)
    else:
        verdict = Cell(message(N_("can be right")), state=State.PASSED)
    return Row(number.of, (Cell(label_of(number.of)), verdict))


def ring_rows(screening: Screening) -> tuple[Row, ...]:
    """One row for each circle of guarantees."""
    return tuple(
        Row(
            "guarantors",
            (Cell(Verbatim(" → ".join(ring.persons)), strong=True), Cell(Verbatim(" · ".join(ring.cases)))),
        )
        for ring in screening.rings
    )


def wanted(it: Assessment) -> int:
    """How many things about the people want an explanation."""
    ids = {"IDENTITY", "LISTS", "LINKS"}
    return sum(len(check.causes) for check in it.checks if check.id in ids and check.verdict is Verdict.FAILED)


def _word(labels: Mapping[str, str], word: str | Missing) -> Sayable:
    return message(labels[word]) if isinstance(word, str) else message("—")


def _day(day: date | None) -> Sayable:
    return message("{day:date}", day=day) if day is not None else message("—")
