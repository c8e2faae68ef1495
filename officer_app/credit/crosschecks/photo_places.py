"""Where the photos were taken, and whether one belongs to another case. Source: cases/README, section 5."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.geodesy import distance_km
from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.facts.onsite import Photos, PhotoTaken
from officer_app.credit.figures import ZERO, Figure, Missing, absent, all_true, at_most, denied, greatest, known, lift
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

RADIUS: Final = decimal_key("photo_radius_km", "km")

ELSEWHERE: Final = FlagKind("PHOTO_LOCATION_MISMATCH", 150, 1, N_("a photo was taken too far from the premises"))
REUSED: Final = FlagKind("PHOTO_REUSED", 151, 1, N_("a photo also belongs to another case"))

_TITLE: Final = Message(N_("Distance of the photos from the premises, and reuse"))
_FORMULA: Final = Message(N_("great circle to the premises within the radius, and no photo from another case"))
_METRES: Final = Decimal(1000)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when every distance ≤ radius and no file is that of another case.

    A picture of something that is elsewhere, a pledged flat or the parcels handed in, is no picture of the premises
    and has no distance; at least one must be of them, so that nobody is spared by calling every place another.
    """
    photos, radius = ground.facts.photos, ground.policy[RADIUS]
    if photos is None:
        ask = Message(N_("Take photos on the premises with the place switched on"))
        return (not_done("PHOTOS", _TITLE, _FORMULA, ask, "photos"),)
    items: tuple[PhotoTaken, ...] = () if isinstance(photos.items, Missing) else photos.items
    here = tuple(item for item in items if item.elsewhere is not True)
    distances = tuple(_distance(photos, item) for item in here)
    farthest = photos.items if isinstance(photos.items, Missing) else _farthest(distances)
    if items and not here:
        farthest = absent("photos.items")
    own = all_true(denied(item.same_file_as_other_case) for item in items)
    return (
        judged(
            Finding(
                "PHOTOS",
                _TITLE,
                _FORMULA,
                Message(
                    N_("{count:count} photos with a place; the farthest was taken {found:metres} from the premises"),
                    {"count": len(here), "found": _in_metres(farthest)},
                ),
                all_true((at_most(farthest, radius), own)),
                Message(N_("Ask where these photos come from, and take new ones on the spot")),
                (photos.path,),
                found=farthest,
                tolerance=radius,
                unit=Unit.KM,
                deviation_unit=Unit.KM,
                fields=(Field("distances_km", distances, 3), Field("limit_km", radius)),
                causes=_causes(items, here, distances, radius),
            )
        ),
    )


def _distance(photos: Photos, item: PhotoTaken) -> Figure:
    return lift(distance_km, photos.premises_lat, photos.premises_lon, item.lat, item.lon)


def _farthest(distances: tuple[Figure, ...]) -> Figure:
    return greatest((ZERO, *distances), Missing(()))


def _in_metres(distance: Figure) -> Decimal | None:
    return known(distance * _METRES)


def _causes(
    items: tuple[PhotoTaken, ...], here: tuple[PhotoTaken, ...], distances: tuple[Figure, ...], radius: Decimal
) -> tuple[Cause, ...]:
    far = [
        Cause(
            ELSEWHERE,
            item.path,
            Message(
                N_("Photo {photo} was taken {found:metres} from the premises; the limit is {limit:metres}"),
                {"photo": _name(item, items.index(item)), "found": _in_metres(distance), "limit": radius * _METRES},
            ),
            (item.path,),
        )
        for item, distance in zip(here, distances, strict=True)
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
    return item.note or item.id or str(place + 1)


CHECK: Final = Check(ELSEWHERE.order, (ELSEWHERE, REUSED), _examine)
