"""What the policy says of photos: how far from the visit, its place and its clock a picture may stand.

The rules themselves stand in the package that reads pictures; a policy that leaves a key out keeps their own limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from officer_app.credit.keys import Key, decimal_key, whole_key
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


def photo_limits(policy: Policy) -> Mapping[str, Decimal]:
    """The limits that a policy sets, by path, each in the unit its key names."""
    told = {key.path: policy.get(key, None) for key in _ALL}
    return {path: value for path, value in told.items() if value is not None}
