"""What an officer confirmed that a picture says: values of papers and watermarks, kept beside the photo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Final

from officer_app.base.canonical import Json
from officer_app.base.ids import PhotoId
from officer_app.base.words import N_, message
from officer_app.evidence.reading.watermark import Watermark
from officer_app.evidence.verdicts import Finding, FindingCode, Verdict
from officer_app.vault.photorecords import PhotoFinding

CARD_UNTIL: Final = "id_card.valid_until"  # no fact: no checklist asks for it
_PAPER: Final = "PAPER:"
_WATERMARK: Final = "WATERMARK"
_READ: Final = "read"  # stands where rules have their verdict: a reading is none
_EXPIRED: Final = N_("The identity card in this picture ran out on {day:date}.")
_VALID: Final = N_("The identity card in this picture is valid until {day:date}.")


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A value that stands on a paper, by the fact it is about."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything that was confirmed of one picture."""

    papers: tuple[OnPaper, ...] = ()
    watermark: Watermark | None = None

    def value(self, fact: str) -> str | None:
        """What its paper says of a fact, None where nobody confirmed anything."""
        return next((one.value for one in self.papers if one.fact == fact), None)


NOTHING: Final = Readings()


def paper_row(photo: PhotoId, told: OnPaper) -> PhotoFinding:
    """A value of a paper as it is kept."""
    return PhotoFinding(photo, code_of(told.fact), _READ, {"value": told.value})


def code_of(fact: str) -> str:
    """The code that a value of a paper is kept under; without a fact, that of the watermark."""
    return f"{_PAPER}{fact}" if fact else _WATERMARK


def watermark_row(photo: PhotoId, told: Watermark) -> PhotoFinding:
    """A watermark as it is kept; its lines stay in the picture."""
    detail: dict[str, Json] = {
        "day": told.day.isoformat() if told.day is not None else None,
        "hour": told.hour.isoformat() if told.hour is not None else None,
        "lat": str(told.lat) if told.lat is not None else None,
        "lon": str(told.lon) if told.lon is not None else None,
        "place": told.place,
    }
    return PhotoFinding(photo, _WATERMARK, _READ, detail)


def readings_in(kept: Iterable[PhotoFinding]) -> Readings:
    """What was confirmed, out of everything that is kept beside one photo."""
    papers: list[OnPaper] = []
    watermark = None
    for row in kept:
        detail = row.detail if isinstance(row.detail, dict) else {}
        if row.code.startswith(_PAPER):
            papers.append(OnPaper(row.code.removeprefix(_PAPER), str(detail.get("value", ""))))
        elif row.code == _WATERMARK:
            watermark = _watermark(detail)
    return Readings(tuple(papers), watermark)


def _watermark(detail: dict[str, Json]) -> Watermark:
    day, hour, lat, lon = (detail.get(name) for name in ("day", "hour", "lat", "lon"))
    return Watermark(
        day=date.fromisoformat(str(day)) if day else None,
        hour=time.fromisoformat(str(hour)) if hour else None,
        lat=Decimal(str(lat)) if lat else None,
        lon=Decimal(str(lon)) if lon else None,
        place=str(detail.get("place", "")),
    )


def card_finding(told: Readings, on: date) -> tuple[Finding, ...]:
    """Whether the identity card in a picture was valid on a day; nothing where nobody confirmed its end."""
    until = told.value(CARD_UNTIL)
    if not until:
        return ()
    day = date.fromisoformat(until)
    verdict, words = (Verdict.LOOK_CLOSER, _EXPIRED) if day < on else (Verdict.PASS, _VALID)
    return (Finding(FindingCode.PAPER_EXPIRED, verdict, message(words, day=day)),)
