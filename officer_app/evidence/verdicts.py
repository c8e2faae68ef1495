"""What a check on a photo can say, and how strictly. It matches, it does not match, or nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Final

from officer_app.base.words import Message


class Verdict(Enum):
    """What to do about it. Never a refusal: `stop` asks for an explanation."""

    PASS = "pass"  # noqa: S105  a verdict, no password
    CANNOT_TELL = "cannot_tell"
    LOOK_CLOSER = "look_closer"
    STOP = "stop"


class FindingCode(StrEnum):
    """Which check spoke; the name is what scripts see."""

    DAMAGED = "DAMAGED"
    FOREIGN_DATA = "FOREIGN_DATA"
    SEVERAL_PICTURES = "SEVERAL_PICTURES"
    HOSTILE_TEXT = "HOSTILE_TEXT"
    TAGS_MISSING = "TAGS_MISSING"
    EDITED = "EDITED"
    OUTSIDE_VISIT = "OUTSIDE_VISIT"
    CLOCK_MISMATCH = "CLOCK_MISMATCH"
    LAPTOP_CLOCK = "LAPTOP_CLOCK"
    FAR_FROM_PREMISES = "FAR_FROM_PREMISES"
    IMPOSSIBLE_POSITION = "IMPOSSIBLE_POSITION"
    IMPOSSIBLE_SPEED = "IMPOSSIBLE_SPEED"
    REPEATED_POSITION = "REPEATED_POSITION"
    DEVICE_UNKNOWN = "DEVICE_UNKNOWN"
    SAME_FILE = "SAME_FILE"
    SIMILAR_PHOTO = "SIMILAR_PHOTO"
    VISIT_CODE = "VISIT_CODE"
    WATERMARK_TIME = "WATERMARK_TIME"
    WATERMARK_PLACE = "WATERMARK_PLACE"
    PAPER_EXPIRED = "PAPER_EXPIRED"
    SHARED_PLACE = "SHARED_PLACE"
    PLACE_AGAIN = "PLACE_AGAIN"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says of one photo: a verdict and a sentence with its values.

    `other_photo` is the photo it was compared with, `metres` the distance that was measured.
    """

    code: FindingCode
    verdict: Verdict
    sentence: Message
    other_photo: str | None = None
    metres: Decimal | None = None


_ORDER: Final = (Verdict.PASS, Verdict.CANNOT_TELL, Verdict.LOOK_CLOSER, Verdict.STOP)


def worst(findings: Iterable[Finding]) -> Verdict:
    """The gravest verdict among findings; `pass` when there are none."""
    return max((finding.verdict for finding in findings), key=_ORDER.index, default=Verdict.PASS)


def is_raised(finding: Finding) -> bool:
    """Whether a person has to look: neither passed nor beyond telling."""
    return finding.verdict in {Verdict.LOOK_CLOSER, Verdict.STOP}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How strict the checks are. The defaults are the table of the evidence rules; a policy may set its own.

    `visit_margin` around the visit; `clock_*` camera against satellite, `laptop_*` against the laptop;
    `distance_*` metres to the premises, the first plus the phone's own accuracy; `speed_kmh` between two shots,
    counted above `speed_slack_m` only, since a phone's place jumps by that much; `repeated_positions` shots at
    one coordinate; `shared_device` how long another officer's use of a device counts; `received_slack` for a
    laptop clock behind the camera's; `watermark_*` a watermark's clock against the camera's; `neighbour_m`
    between the pictures of two borrowers, `fixed` for which a phone may go on writing one and the same coordinate
    after it was carried next door.
    """

    visit_margin: timedelta = timedelta(minutes=15)
    clock_pass: timedelta = timedelta(minutes=2)
    clock_look: timedelta = timedelta(minutes=15)
    laptop_pass: timedelta = timedelta(minutes=5)
    laptop_look: timedelta = timedelta(minutes=60)
    distance_pass_m: Decimal = Decimal(100)
    distance_look_m: Decimal = Decimal(500)
    accuracy_counted_m: Decimal = Decimal(200)
    speed_kmh: Decimal = Decimal(120)
    speed_slack_m: Decimal = Decimal(200)
    repeated_positions: int = 3
    shared_device: timedelta = timedelta(days=7)
    received_slack: timedelta = timedelta(minutes=5)
    watermark_pass: timedelta = timedelta(minutes=2)
    watermark_look: timedelta = timedelta(minutes=15)
    neighbour_m: Decimal = Decimal(5)
    fixed: timedelta = timedelta(minutes=15)


DEFAULTS: Final = Thresholds()
