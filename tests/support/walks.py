"""An officer's way through a day: cases opened, visits begun, pictures taken where and when the test says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from officer_app.base.clock import CHINA
from officer_app.casework import photos, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import Visit
from officer_app.vault.records import PhotoRecord
from tests.support.demo import HandClock
from tests.support.drawn import jpeg, scene, tags

# A point in a county town, and how many degrees a metre is there.
TOWN: Final = (Decimal("28.3784000"), Decimal("121.3842000"))
NORTH: Final = Decimal(1) / Decimal(111_195)
EAST: Final = Decimal(1) / Decimal(97_830)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: minutes after the visit began, metres east and north of the shop, which shot it is for."""

    minute: float
    east: int = 0
    north: int = 0
    shot: str = "inside"
    serial: str = "SN-1"
    clock_ahead: int = 0  # minutes of the camera's clock before the satellite's
    accuracy: str = "6"


HONEST: Final = (
    Shot(2, -4, 3, "front"),
    Shot(4, 3, -5, "door_plate"),
    Shot(9, 6, 4, "inside"),
    Shot(21, 2, 9, "stock"),
)


def place(east: int, north: int) -> tuple[Decimal, Decimal]:
    """So many metres from the middle of the town."""
    return TOWN[0] + NORTH * north, TOWN[1] + EAST * east


@dataclass
class Walker:
    """One officer with a clock; each picture is another drawing."""

    desk: Desk
    clock: HandClock
    seed: int = 1
    size: tuple[int, int] = (320, 240)

    def visit(
        self, name: str, at: datetime, east: int, north: int, shots: Iterable[Shot] = HONEST, minutes: int = 40
    ) -> Visit:
        """A case of its own, opened the day before, its visit at that time and place, and its pictures."""
        self.clock.time = at - timedelta(days=1)
        case = open_case(self.desk, NewCase(name, business=f"{name}的店"))
        self.clock.time = at
        visit = visits.begin_visit(self.desk, case.id)
        self.clock.time = at + timedelta(minutes=minutes)
        for shot in shots:
            self.take(visit, at, east, north, shot)
        return visit

    def take(self, visit: Visit, at: datetime, east: int, north: int, shot: Shot) -> PhotoRecord:
        """One picture for a frame of its own."""
        moment = (at + timedelta(minutes=shot.minute)).astimezone(CHINA)
        lat, lon = place(east + shot.east, north + shot.north)
        exif = tags(
            taken=(moment + timedelta(minutes=shot.clock_ahead)).replace(tzinfo=None),
            offset="+08:00",
            satellite=moment.astimezone(UTC),
            place=(f"{lat:.7f}", f"{lon:.7f}"),
            accuracy=shot.accuracy,
            serial=shot.serial,
        )
        self.seed += 1
        data = jpeg(scene(self.seed, self.size), exif=exif)
        reading = photos.read_picture(self.desk, data, f"{self.seed}.jpg")
        return photos.attach_photo(self.desk, visit.record, data, reading, name=f"{self.seed}.jpg", shot=shot.shot)
