"""Papers and watermarks in a picture: read on this laptop, suggested field by field, kept on the officer's word.

Reading fills nothing in. A suggestion stands beside the question that its fact is bound to and beside what was
answered there; one that differs becomes a contradiction only when the officer says that the paper really says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Final

from officer_app.base.ids import PhotoId
from officer_app.base.progress import Cancelled, never
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.fact_places import FactPlaces
from officer_app.casework.kept_readings import CARD_UNTIL, OnPaper, Readings, code_of, paper_row, watermark_row
from officer_app.casework.on_paper import is_same
from officer_app.casework.openings import Opening
from officer_app.casework.permissions import allowed
from officer_app.casework.photos import view
from officer_app.checklists.session import FormSession
from officer_app.credit.identity import RESIDENT_ID, USCC, Identity, inspect_identity, reason_sentence
from officer_app.evidence.reading.lines import Line
from officer_app.evidence.reading.papers import Entry, Field, Paper, PaperKind, papers_in
from officer_app.evidence.reading.reader import must_be_installed, read_page
from officer_app.evidence.reading.watermark import Watermark, watermark_in
from officer_app.trust.certificates import Role
from officer_app.vault import audit, cases, photos
from officer_app.vault.records import PhotoRecord
from officer_app.vault.transactions import Writing


class Owner(Enum):
    """Whose identity card it is."""

    BORROWER = "borrower"
    SPOUSE = "spouse"
    GUARANTOR = "guarantor"


OWNERS: Final[Mapping[Owner, Sayable]] = {
    Owner.BORROWER: message(N_("The borrower's")),
    Owner.SPOUSE: message(N_("The spouse's")),
    Owner.GUARANTOR: message(N_("The guarantor's")),
}

_OF_CARD: Final[Mapping[Owner, Mapping[Field, str]]] = {
    Owner.BORROWER: {
        Field.NAME: "borrower.name",
        Field.NUMBER: "borrower.resident_id",
        Field.ADDRESS: "borrower.address",
        Field.VALID_UNTIL: CARD_UNTIL,
    },
    Owner.SPOUSE: {Field.NAME: "household.spouse.name", Field.NUMBER: "household.spouse.resident_id"},
    Owner.GUARANTOR: {Field.NAME: "guarantors[0].name", Field.NUMBER: "guarantors[0].resident_id"},
}
_OF_LICENCE: Final[Mapping[Field, str]] = {
    Field.CODE: "borrower.business_licence_uscc",
    Field.FIRM: "business.name",
    Field.FORM: "business.form",
    Field.HOLDER: "business.licence_holder",
    Field.SINCE: "business.licence_since",
    Field.UNTIL: "business.licence_until",
    Field.PLACE: "premises.address",
}
# One lives elsewhere than registered, and a sign says another name than the licence: that is told, no contradiction.
_MAY_DIFFER: Final = frozenset({Field.ADDRESS, Field.FIRM, Field.PLACE})
FIELDS: Final[Mapping[Field, Sayable]] = {
    Field.NAME: message(N_("Name")),
    Field.SEX: message(N_("Sex")),
    Field.BORN: message(N_("Born on")),
    Field.ADDRESS: message(N_("Registered address")),
    Field.NUMBER: message(N_("Resident ID number")),
    Field.OFFICE: message(N_("Issued by")),
    Field.VALID_FROM: message(N_("Valid from")),
    Field.VALID_UNTIL: message(N_("Valid until")),
    Field.CODE: message(N_("Unified social credit code of the business")),
    Field.FIRM: message(N_("Name on the licence")),
    Field.FORM: message(N_("Legal form")),
    Field.HOLDER: message(N_("Holder of the licence")),
    Field.SINCE: message(N_("Licence issued on")),
    Field.UNTIL: message(N_("Licence valid until")),
    Field.PLACE: message(N_("Address on the licence")),
}
PAPERS: Final[Mapping[PaperKind, Sayable]] = {
    PaperKind.ID_FRONT: message(N_("Identity card, the side with the portrait")),
    PaperKind.ID_BACK: message(N_("Identity card, the side with the emblem")),
    PaperKind.LICENCE: message(N_("Business licence")),
}
_DAYS: Final = frozenset({Field.BORN, Field.VALID_FROM, Field.VALID_UNTIL, Field.SINCE, Field.UNTIL})
_SEXES: Final = {"male": message(N_("male")), "female": message(N_("female"))}
_NOT_OF_NUMBER: Final = N_(
    "Does not fit the number on the card: one of the two was misread, or the card is not right."
)
_WRONG_KIND: Final = N_("This is no number of that kind. Read it digit by digit and type it.")
_EXPIRED: Final = N_("Ran out before the day of the visit.")


class Standing(Enum):
    """How a suggestion stands to the checklist."""

    FREE = "free"  # the question has no answer
    SAME = "same"
    DIFFERS = "differs"
    MAY_DIFFER = "may_differ"  # another answer, and that is nothing out of the way
    CLOSED = "closed"  # its question stands in a part that is not open
    FITS = "fits"  # no question, but the number on the card says the same
    UNASKED = "unasked"  # shown alone: no question of this checklist asks for it
    KEPT = "kept"  # no question, but worth keeping: the end of a card
    WRONG = "wrong"  # does not hold in itself: not to be taken


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One field of a paper beside its question.

    `value` as the checklist stores it, `shown` for people; `said` is the answer there now; `opening` what opens a
    closed question; `confirmed` when the officer said before that this picture says so.
    """

    field: Field
    label: Sayable
    value: str
    shown: Sayable
    lines: tuple[Line, ...]
    quarters: int
    sure: int
    standing: Standing
    fact: str = ""
    ref: str = ""
    said: Sayable | None = None
    problem: Sayable | None = None
    opening: Opening | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one picture: the bytes that were looked at, its papers and its watermark."""

    photo: PhotoId
    picture: bytes
    papers: tuple[Paper, ...]
    watermark: Watermark | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it is a paper or a watermark: nobody can tell then."""
        return not self.papers and self.watermark is None


@allowed(Role.OFFICER)
def read_texts(desk: Desk, record: PhotoRecord, cancelled: Cancelled = never) -> Reading:
    """Read a picture as it is shown: what was cut away or blurred is not read. Writes nothing; for the free lane.

    Errors: READING_MISSING, PHOTO_BROKEN, WORKER_LIMIT, CANCELLED, BLOB_MISSING, BLOB_BROKEN.
    """
    must_be_installed()
    picture = view(desk, record)
    page = read_page(picture, desk.reader, record.file_name, cancelled)
    return Reading(record.id, picture, papers_in(page), watermark_in(page))


@allowed(Role.OFFICER)
def keep_paper(desk: Desk, photo: PhotoId, told: OnPaper) -> None:
    """The officer looked and says: the paper in this picture says so. Errors: NOT_ALLOWED, CASE_NOT_OPEN."""
    with desk.vault.writing() as tx:
        _must_be_open(desk, tx, photo)
        photos.put_finding(tx, paper_row(photo, told))
        audit.append(tx, "paper_read", photo, {"fact": told.fact})


@allowed(Role.OFFICER)
def keep_watermark(desk: Desk, photo: PhotoId, told: Watermark) -> None:
    """The officer looked and says: the watermark says so. Errors: NOT_ALLOWED, CASE_NOT_OPEN."""
    with desk.vault.writing() as tx:
        _must_be_open(desk, tx, photo)
        photos.put_finding(tx, watermark_row(photo, told))
        audit.append(tx, "watermark_read", photo, {})


@allowed(Role.OFFICER)
def let_go(desk: Desk, photo: PhotoId, fact: str = "") -> None:
    """Take a confirmed value back; without a fact, the watermark. Errors: NOT_ALLOWED, CASE_NOT_OPEN."""
    with desk.vault.writing() as tx:
        _must_be_open(desk, tx, photo)
        photos.drop_finding(tx, photo, code_of(fact))
        audit.append(tx, "reading_taken_back", photo, {"fact": fact})


def _must_be_open(desk: Desk, tx: Writing, photo: PhotoId) -> None:
    case = cases.get(tx, photos.get(tx, photo).case)
    must_be_own(desk, case)
    must_be_open(case)


# --- suggestions -----------------------------------------------------------------------------------


def owners_asked(session: FormSession) -> tuple[Owner, ...]:
    """Whose card the checklist has questions for, the borrower first."""
    places = FactPlaces(session)
    found = [owner for owner, facts in _OF_CARD.items() if places.asked(facts[Field.NAME])[0]]
    return tuple(found) or (Owner.BORROWER,)


def suggestions(
    session: FormSession, reading: Reading, owner: Owner, on: date, language: str, kept: Readings
) -> tuple[Suggestion, ...]:
    """Every field read, in the papers' order, judged as of a day. Touches memory alone."""
    places = FactPlaces(session)
    judge = _Judge(session, places, on, language, kept)
    return tuple(judge.suggestion(paper, entry, owner) for paper in reading.papers for entry in paper.entries)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Holds what every suggestion of one look is judged by."""

    session: FormSession
    places: FactPlaces
    on: date
    language: str
    kept: Readings

    def suggestion(self, paper: Paper, entry: Entry, owner: Owner) -> Suggestion:
        fact = (_OF_LICENCE if paper.kind is PaperKind.LICENCE else _OF_CARD[owner]).get(entry.field, "")
        ref, opening = self._place(fact)
        problem = problem_of(paper, entry, self.on)
        alone = Standing.FITS if fits_number(paper, entry, self.on) else Standing.UNASKED
        bare = Suggestion(
            field=entry.field,
            label=FIELDS[entry.field],
            value=entry.value,
            shown=self._shown(entry, ref if opening is None else ""),
            lines=entry.lines,
            quarters=paper.quarters,
            sure=entry.sure,
            standing=alone if problem is None or entry.field not in _CHECKED else Standing.WRONG,
            fact=fact,
            ref=ref,
            problem=problem,
            opening=opening,
            confirmed=bool(fact) and self.kept.value(fact) == entry.value,
        )
        return bare if bare.standing is Standing.WRONG else self._beside_answer(bare)

    def _place(self, fact: str) -> tuple[str, Opening | None]:
        return self.places.asked(fact) if fact and fact != CARD_UNTIL else ("", None)

    def _beside_answer(self, one: Suggestion) -> Suggestion:
        if one.fact == CARD_UNTIL and one.value:
            return replace(one, standing=Standing.KEPT)
        if not one.ref or not one.value:
            return one
        if one.opening is not None:
            return replace(one, standing=Standing.CLOSED)
        question = self.session.question(one.ref, self.language)
        labels = {choice.name: choice.label for choice in question.choices}
        if question.readonly or (labels and one.value not in labels):
            return one
        said = _as_day(one.field, question.value) or Verbatim(labels.get(question.value, question.value))
        return replace(one, standing=_standing(one, question.value), said=said if question.value else None)

    def _shown(self, entry: Entry, ref: str) -> Sayable:
        if not entry.value:
            return message(N_("without an end"))
        if entry.field is Field.SEX:
            return _SEXES[entry.value]
        if entry.field is Field.FORM:
            choices = self.session.question(ref, self.language).choices if ref else ()
            label = next((one.label for one in choices if one.name == entry.value), "")
            return Verbatim(label) if label else Verbatim(entry.lines[-1].text)
        return _as_day(entry.field, entry.value) or Verbatim(entry.value)


def _standing(one: Suggestion, answer: str) -> Standing:
    """How a value stands to the answer of its question, which is asked now."""
    if not answer:
        return Standing.FREE
    if is_same(answer, one.value):
        return Standing.SAME
    return Standing.MAY_DIFFER if one.field in _MAY_DIFFER else Standing.DIFFERS


_CHECKED: Final = frozenset({Field.NUMBER, Field.CODE, Field.BORN, Field.SEX})


def _as_day(field: Field, value: str) -> Sayable | None:
    try:
        return message("{day:date}", day=date.fromisoformat(value)) if field in _DAYS and value else None
    except ValueError:
        return None


def problem_of(paper: Paper, entry: Entry, on: date) -> Sayable | None:
    """What does not hold in a field as of a day: check digits, a day that is over, what the number says otherwise."""
    match entry.field:
        case Field.NUMBER:
            return _number_problem(inspect_identity(entry.value, on), RESIDENT_ID)
        case Field.CODE:
            return _number_problem(inspect_identity(entry.value, on), USCC)
        case Field.BORN | Field.SEX:
            return _not_of_number(paper, entry, on)
        case Field.VALID_UNTIL | Field.UNTIL:
            ran_out = bool(entry.value) and date.fromisoformat(entry.value) < on
            return message(_EXPIRED) if ran_out else None
        case _:
            return None


def _number_problem(told: Identity, kind: str) -> Sayable | None:
    if told.type != kind:
        return message(_WRONG_KIND)
    return reason_sentence(told.reason) if told.reason is not None else None


def _not_of_number(paper: Paper, entry: Entry, on: date) -> Sayable | None:
    return message(_NOT_OF_NUMBER) if fits_number(paper, entry, on) is False else None


def fits_number(paper: Paper, entry: Entry, on: date) -> bool | None:
    """Whether birth date or sex as printed are those that the number tells; None where nothing is to be compared."""
    number = paper.value(Field.NUMBER)
    told = inspect_identity(number, on) if number else None
    if told is None or not told.valid or told.birth_date is None or entry.field not in {Field.BORN, Field.SEX}:
        return None
    return entry.value == (told.sex if entry.field is Field.SEX else told.birth_date.isoformat())


# --- closed parts ----------------------------------------------------------------------------------


def opened_by(session: FormSession, opening: Opening) -> str | None:
    """The answer that opens a part beside what was answered there; None where several would do."""
    if opening.choice is None:
        return None
    question = session.question(opening.ref, "en")
    name = next((one.name for one in question.choices if one.label == opening.choice.english), None)
    return None if name is None else " ".join((*question.value.split(), name)).strip()
