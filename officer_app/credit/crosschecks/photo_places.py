"""Where the photos were taken, and whether one belongs to another case. Source: cases/README, section 5."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.geodesy import distance_km
from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.facts.onsite import Photos, PhotoTaken
from officer_app.credit.figures import ZERO, Figure, Missing, all_true, at_most, denied, greatest, known, lift
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

RADIUS: Final = decimal_key("photo_radius_km", "km")

ELSEWHERE: Final = FlagKind("PHOTO_LOCATION_MISMATCH", 150, 1, N_("a photo was taken too far from the premises"))
REUSED: Final = FlagKind("PHOTO_REUSED", 151, 1, N_("a photo also belongs to another case"))

_TITLE: Final = Message(N_("Distance of the photos from the premises, and reuse"))
_FORMULA: Final = Message(N_("great circle to the premises within the radius, and no photo from another case"))
_METRES: Final = Decimal(1000)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when every distance ≤ radius and no file is that of another case."""
    photos, radius = ground.facts.photos, ground.policy[RADIUS]
    if photos is None:
        ask = Message(N_("Take photos on the premises with the place switched on"))
        return (not_done("PHOTOS", _TITLE, _FORMULA, ask, "photos"),)
    items: tuple[PhotoTaken, ...] = () if isinstance(photos.items, Missing) else photos.items
    distances = tuple(_distance(photos, item) for item in items)
    farthest = photos.items if isinstance(photos.items, Missing) else _farthest(distances)
    own = all_true(denied(item.same_file_as_other_case) for item in items)
    return (
        judged(
            Finding(
                "PHOTOS",
                _TITLE,
                _FORMULA,
                Message(
                    N_("{count:count} photos with a place; the farthest was taken {found:metres} from the premises"),
                    {"count": len(items), "found": _in_metres(farthest)},
                ),
                all_true((at_most(farthest, radius), own)),
                Message(N_("Ask where these photos come from, and take new ones on the spot")),
                (photos.path,),
                found=farthest,
                tolerance=radius,
                unit=Unit.KM,
                deviation_unit=Unit.KM,
                fields=(Field("distances_km", distances, 3), Field("limit_km", radius)),
                causes=_causes(items, distances, radius),
            )
        ),
    )


def _distance(photos: Photos, item: PhotoTaken) -> Figure:
    return lift(distance_km, photos.premises_lat, photos.premises_lon, item.lat, item.lon)


def _farthest(distances: tuple[Figure, ...]) -> Figure:
    return greatest((ZERO, *distances), Missing(()))


def _in_metres(distance: Figure) -> Decimal | None:
    return known(distance * _METRES)


def _causes(items: tuple[PhotoTaken, ...], distances: tuple[Figure, ...], radius: Decimal) -> tuple[Cause, ...]:
    far = [
        Cause(
            ELSEWHERE,
            item.path,
            Message(
                N_("Photo {photo} was taken {found:metres} from the premises; the limit is {limit:metres}"),
                {"photo": _name(item, place), "found": _in_metres(distance), "limit": radius * _METRES},
            ),
            (item.path,),
        )
        for place, (item, distance) in enumerate(zip(items, distances, strict=True))
        if at_most(distance, radius) is False
    ]
    used = [
        Cause(
            REUSED,
            item.path,
            Message(N_("Photo {photo} also belongs to another case"), {"photo": _name(item, place)}),
            (item.path,),
        )
        for place, item in enumerate(items)
        if item.same_file_as_other_case is True
    ]
    return (*far, *used)


def _name(item: PhotoTaken, place: int) -> str:
    return item.id or str(place + 1)


CHECK: Final = Check(ELSEWHERE.order, (ELSEWHERE, REUSED), _examine)
