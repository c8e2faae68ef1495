"""What the policy says of photos: how far from the visit, its place and its clock a picture may stand.

The rules themselves stand in the package that reads pictures; a policy that leaves a key out keeps their own limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from officer_app.credit.keys import Key, choice_key, decimal_key, whole_key
from officer_app.credit.policy import Policy

VISIT_MARGIN_MINUTES: Final = decimal_key("photo_visit_margin_minutes", "minutes", optional=True)
CLOCK_PASS_MINUTES: Final = decimal_key("photo_clock_pass_minutes", "minutes", optional=True)
CLOCK_LOOK_MINUTES: Final = decimal_key("photo_clock_look_minutes", "minutes", optional=True)
LAPTOP_CLOCK_PASS_MINUTES: Final = decimal_key("photo_laptop_clock_pass_minutes", "minutes", optional=True)
LAPTOP_CLOCK_LOOK_MINUTES: Final = decimal_key("photo_laptop_clock_look_minutes", "minutes", optional=True)
DISTANCE_PASS_METRES: Final = decimal_key("photo_distance_pass_metres", "metres", optional=True)
DISTANCE_LOOK_METRES: Final = decimal_key("photo_distance_look_metres", "metres", optional=True)
SPEED_MAX_KMH: Final = decimal_key("photo_speed_max_kmh", "km/h", optional=True)
SAME_PLACE_COUNT: Final = whole_key("photo_same_place_count", "photos", optional=True)
WATERMARK_PASS_MINUTES: Final = decimal_key("photo_watermark_pass_minutes", "minutes", optional=True)
WATERMARK_LOOK_MINUTES: Final = decimal_key("photo_watermark_look_minutes", "minutes", optional=True)
SHARED_CAMERA_DAYS: Final = whole_key("photo_shared_camera_days", "days", optional=True)
NEIGHBOUR_METRES: Final = decimal_key("photo_neighbour_metres", "metres", optional=True)
NEIGHBOUR_MINUTES: Final = decimal_key("photo_neighbour_minutes", "minutes", optional=True)
CODE: Final = replace(choice_key("photo_visit_code", "explained", "shown", "not_asked"), optional=True)
CODE_AMOUNT_FROM: Final = decimal_key("photo_visit_code_amount_from", "yuan", optional=True)
CODE_LEAST: Final = whole_key("photo_visit_code_least", "photos", optional=True)
CODE_HOURS: Final = whole_key("photo_visit_code_hours", "hours", optional=True)

_ALL: Final[tuple[Key[Decimal], ...]] = (
    VISIT_MARGIN_MINUTES,
    CLOCK_PASS_MINUTES,
    CLOCK_LOOK_MINUTES,
    LAPTOP_CLOCK_PASS_MINUTES,
    LAPTOP_CLOCK_LOOK_MINUTES,
    DISTANCE_PASS_METRES,
    DISTANCE_LOOK_METRES,
    SPEED_MAX_KMH,
    SAME_PLACE_COUNT,
    WATERMARK_PASS_MINUTES,
    WATERMARK_LOOK_MINUTES,
    SHARED_CAMERA_DAYS,
    NEIGHBOUR_METRES,
    NEIGHBOUR_MINUTES,
)


@dataclass(frozen=True, slots=True)
class CodeRule:
    """What the pictures of each place owe to the visit code.

    `shown`: whether it is judged at all; `explained`: whether a place without it must be explained, from so many yuan
    asked for on; `least`: in so many pictures it must be; `hours`: so long after the visit began it counts.
    """

    shown: bool = True
    explained: bool = False
    amount_from: Decimal = Decimal(0)
    least: int = 1
    hours: int | None = None

    def asks(self, amount: Decimal | None) -> bool:
        """Whether a place without the code must be explained in a case of this amount; one not known yet counts."""
        return self.shown and self.explained and (amount is None or amount >= self.amount_from)


def code_rule(policy: Policy) -> CodeRule:
    """What a policy says of it; one that says nothing has it shown and asks for nothing."""
    how, hours = policy.get(CODE, "shown"), policy.get(CODE_HOURS, None)
    return CodeRule(
        shown=how != "not_asked",
        explained=how == "explained",
        amount_from=policy.get(CODE_AMOUNT_FROM, Decimal(0)),
        least=max(1, int(policy.get(CODE_LEAST, Decimal(1)))),
        hours=None if hours is None else int(hours),
    )


def photo_limits(policy: Policy) -> Mapping[str, Decimal]:
    """The limits that a policy sets, by path, each in the unit its key names."""
    told = {key.path: policy.get(key, None) for key in _ALL}
    return {path: value for path, value in told.items() if value is not None}
