"""What a memo is made of: frozen values, gathered by whoever keeps the file. Times are aware UTC.

A plain `str` is what a person typed and is printed as it is; our own texts come as Sayable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from officer_app.base.words import Sayable
from officer_app.credit.assessment import Assessment
from officer_app.credit.facts.case import CaseFacts
from officer_app.plots.ground import Ground


class Standing(Enum):
    """How a finding stands: passed, look closer, stop until explained, cannot tell."""

    PASSED = "passed"
    LOOK = "look"
    STOP = "stop"
    UNKNOWN = "unknown"


class Exit(Enum):
    """How a contradiction was left: not yet, explained with evidence, corrected, or it stands unexplained."""

    OPEN = "open"
    EXPLAINED = "explained"
    CORRECTED = "corrected"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks. Identity and phone come masked; `consent` says when the use of personal data was agreed to."""

    name: str
    masked_id: str
    masked_phone: str = ""
    role: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Business:
    """What is done, where, since when."""

    name: str
    trade: str = ""
    years: str = ""
    address: str = ""
    licence: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Investigator:
    """Who was there."""

    name: str
    role: Sayable
    key_id: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: times are the laptop's claim."""

    number: int
    purpose: Sayable
    started: datetime | None
    ended: datetime | None
    place: str = ""
    distance_m: Decimal | None = None
    investigators: tuple[str, ...] = ()
    visit_code: str = ""
    cosigned: Sayable | None = None  # who signed besides the officer, when, with which key
    from_paper: Sayable | None = None  # that answers were typed later, from the paper field sheet, and when

    @property
    def minutes(self) -> int | None:
        """Time on site."""
        if self.started is None or self.ended is None:
            return None
        return int((self.ended - self.started).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class PhotoFinding:
    """One thing that a photo's checks say."""

    words: Sayable
    standing: Standing


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo with what is known of it. `jpeg` is the derived view, upright; the original's digest is `sha256`."""

    code: str
    shot: Sayable
    jpeg: bytes
    sha256: str
    taken_at: datetime | None = None
    distance_m: Decimal | None = None
    findings: tuple[PhotoFinding, ...] = ()
    explanation: str = ""
    front: bool = False
    code_seen: Sayable | None = None  # what the picture shows of the visit code; None where nobody searched
    came_by: Sayable | None = None


@dataclass(frozen=True, slots=True)
class ShotList:
    """How the shot list stands: the visit code place by place, and required shots that lack, each with its reason."""

    codes: tuple[PhotoFinding, ...] = ()
    excused: tuple[tuple[Sayable, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lie:
    """What was said knowingly wrong, and what is true."""

    said: str
    found: str


@dataclass(frozen=True, slots=True)
class ContradictionEntry:
    """A contradiction and its exit; `lie` when it was told knowingly."""

    code: str
    sentence: Sayable
    stop: bool
    exit: Exit
    explanation: str = ""
    evidence: tuple[str, ...] = ()
    closed_by: str = ""
    closed_at: datetime | None = None
    lie: Lie | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something heard or seen: of a person, of the trade, of a check."""

    subject: str | Sayable
    said: str = ""
    seen: str | Sayable = ""
    evidence: str = ""
    verdict: str = ""
    author: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """A public register that was searched."""

    register: Sayable
    on: date | None
    words_searched: str
    result: Sayable
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold before the money is paid out, or after."""

    words: Sayable
    before_payout: bool
    due: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierLoan:
    """A loan this person had here before."""

    number: str
    amount: Decimal
    paid_out: date
    closed: date | None
    worst_days_overdue: int | None


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers that bear no fact: kept and printed."""

    title: Sayable
    rows: tuple[tuple[Sayable, Sayable], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said, from which an answer was made: the words, and how they were read."""

    asked: Sayable
    answer: Sayable
    words: str
    read: Sayable | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The officer's own words: how much, how long, why, and who pays what is missing."""

    amount: Decimal
    term_months: int
    words: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature that the paper has room for; `field` is unique and plain ASCII."""

    field: str
    role: Sayable
    name: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the paper comes from and what it can be checked against."""

    program_version: str
    policy_version: str
    form_versions: tuple[tuple[str, str], ...]
    digests: tuple[tuple[Sayable, str], ...]
    log_head: str
    root_fingerprint: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MemoInputs:
    """Everything a memo says."""

    institution: str
    branch: str
    case_number: str
    version: int
    submitted_at: datetime | None
    applicant: Applicant
    business: Business
    investigators: tuple[Investigator, ...]
    visits: tuple[Visit, ...]
    assessment: Assessment
    contradictions: tuple[ContradictionEntry, ...]
    photos: tuple[Photo, ...]
    signers: tuple[Signer, ...]
    provenance: Provenance
    recommendation: Recommendation | None = None
    shots: ShotList = ShotList()
    notes: tuple[Note, ...] = ()
    lookups: tuple[LookUp, ...] = ()
    conditions: tuple[Condition, ...] = ()
    history: tuple[EarlierLoan, ...] = ()
    further_answers: tuple[AnswerGroup, ...] = ()
    currency: str = "CNY"
    tiers_raised: int = 0  # by how many levels the approval rises for what stands unexplained
    lane: Sayable | None = None
    level: Sayable | None = None  # who decides, and why
    pages: int | None = None
    drawn: Sayable | None = None  # the questions that were drawn for the visits, and which were not put
    brief: bool = False  # without the words to checks that agree
    said: tuple[Said, ...] = ()
    as_last_time: tuple[Sayable, ...] = ()  # how many answers stand from which earlier file
    ground: Ground | None = None  # where the pictures of the newest visit that has some were taken

    @property
    def facts(self) -> CaseFacts:
        """The facts that the assessment was made from."""
        return self.assessment.facts

    @property
    def unexplained(self) -> tuple[ContradictionEntry, ...]:
        """Contradictions that stand or are still open, those that stop first."""
        left = [entry for entry in self.contradictions if entry.exit in (Exit.STANDS, Exit.OPEN)]
        return tuple(sorted(left, key=lambda entry: not entry.stop))

    @property
    def lies(self) -> tuple[Lie, ...]:
        """What was said knowingly wrong."""
        return tuple(entry.lie for entry in self.contradictions if entry.lie is not None)

    @property
    def front(self) -> Photo | None:
        """The shop front, or the first photo."""
        return next((photo for photo in self.photos if photo.front), self.photos[0] if self.photos else None)
