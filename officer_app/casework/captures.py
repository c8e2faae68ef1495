"""Lines as they were said: proposed, filed under a question, or kept in the tray of the visit until they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from officer_app.base.canonical import Json
from officer_app.base.ids import CaseId, RecordId, UserId, new_id
from officer_app.base.paths import resource_folder
from officer_app.base.spoken.converting import DAYS_PER_MONTH, Side
from officer_app.base.words import Bilingual, Sayable
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.visits import Visit
from officer_app.checklists.capturing.lexicon import Lexicon, read_lexicon
from officer_app.checklists.capturing.places import FormWords
from officer_app.checklists.capturing.proposing import Asking, names_in
from officer_app.checklists.capturing.several import Part, parts
from officer_app.credit.vocabulary import spec_of
from officer_app.trust.certificates import Role
from officer_app.vault import captures, cases
from officer_app.vault.records import CaptureRecord, CaptureState


@cache
def lexicon() -> Lexicon:
    """The shipped words of the trades."""
    return read_lexicon((resource_folder() / "capture" / "words.toml").read_text("utf-8"))


def _words_of(visit: Visit) -> FormWords:
    """The searchable words of the visit's checklist, made when the first line is read."""
    if visit.words is None:
        visit.words = FormWords(visit.session.form)
    return visit.words


def unit_of(fact: str) -> str:
    """The unit of a fact, "" where it has none."""
    spec = spec_of(fact) if fact else None
    return spec.unit if spec is not None else ""


def side_of(fact: str) -> Side:
    """Which end of a range is careful: the lower of what comes in or is there, the higher of what goes out."""
    return Side.LOWER if fact.startswith(lexicon().income) else Side.HIGHER


def proposed(
    visit: Visit,
    words: str,
    today: date,
    language: str,
    *,
    last: str = "",
    days: int = DAYS_PER_MONTH,
    chosen: Sequence[int] = (),
) -> tuple[Part, ...]:
    """The parts of a line with at most five questions that each may answer, the likeliest first.

    A line that says one thing is one part. `chosen` says which question is meant of each. Touches memory alone.
    """
    names = names_in(visit.session.answers().values())
    asking = Asking(_words_of(visit), lexicon(), unit_of, today, last, days, language, names)
    return parts(visit.session, words, asking, chosen)


def waiting(visit: Visit) -> tuple[CaptureRecord, ...]:
    """The tray: lines that are not filed, kept as notes or dropped."""
    return tuple(one for one in visit.captures.values() if one.state is CaptureState.WAITING)


def said_of(visit: Visit, ref: str, value: str) -> CaptureRecord | None:
    """What was said for an answer, while the answer is still what was made of it."""
    found = [
        one
        for one in visit.captures.values()
        if one.state is CaptureState.FILED and one.ref == ref and one.value == value
    ]
    return found[-1] if found else None


def behind_answers(visit: Visit) -> tuple[CaptureRecord, ...]:
    """The newest words for each answer that is still what was made of them, but for what stands as last time."""
    found = {one.ref: one for one in visit.captures.values() if _stands(visit, one) and source_of(one) is None}
    return tuple(found.values())


def _stands(visit: Visit, line: CaptureRecord) -> bool:
    return line.state is CaptureState.FILED and visit.session.peek(line.ref) == line.value


def reading_of(line: CaptureRecord) -> Sayable | None:
    """How the words were read, None where they say the answer as it is."""
    read = line.read_as
    return Bilingual(str(read["en"]), str(read["zh_CN"])) if isinstance(read, dict) and "zh_CN" in read else None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer was confirmed that stands as it was last time: the file's number, and the day of the visit."""

    case: str
    on: date

    def to_json(self) -> dict[str, Json]:
        """As it is kept beside the answer."""
        return {"last_time": {"case": self.case, "on": self.on.isoformat()}}


def source_of(line: CaptureRecord) -> Source | None:
    """Where the answer beside a line was confirmed, None for what was said on this visit."""
    told = line.read_as.get("last_time") if isinstance(line.read_as, dict) else None
    return Source(str(told["case"]), date.fromisoformat(str(told["on"]))) if isinstance(told, dict) else None


def captured(visit: Visit, words: str, officer: UserId, now: datetime) -> CaptureRecord:
    """A new line in the tray, in memory; `keep` makes it durable."""
    record = CaptureRecord(RecordId(new_id()), visit.record.id, officer, now, words.strip(), CaptureState.WAITING)
    visit.captures[record.id] = record
    return record


@allowed(Role.OFFICER)
def keep(desk: Desk, case_id: CaseId, *lines: CaptureRecord) -> None:
    """Make lines durable, or what has become of them. Errors: CASE_NOT_OPEN, NOT_ALLOWED."""
    with desk.vault.writing() as tx:
        case = cases.get(tx, case_id)
        must_be_own(desk, case)
        must_be_open(case)
        for line in lines:
            captures.put(tx, line)


def as_json(visit: Visit) -> Json:
    """The lines of a visit that belong to its file: what was said for an answer that stands, and the notes."""
    return [
        {"at": one.at.isoformat(), "words": one.words, "state": one.state.value, "ref": one.ref, "value": one.value}
        | (source.to_json() if (source := source_of(one)) is not None else {})
        for one in visit.captures.values()
        if one.state is CaptureState.NOTED or _stands(visit, one)
    ]
