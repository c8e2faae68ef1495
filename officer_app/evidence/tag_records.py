"""Tags as they are kept: plain JSON of texts, so that photos can be judged again without decoding them again."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from officer_app.base.canonical import Json
from officer_app.base.clock import from_text, to_text
from officer_app.evidence.datum import Datum
from officer_app.evidence.tags import EditSign, Tags


def tags_to_json(tags: Tags) -> Json:
    """Every claim that is there."""
    told: dict[str, Json] = {
        "taken_local": tags.taken_local.isoformat() if tags.taken_local else None,
        "offset": int(tags.offset.total_seconds()) if tags.offset is not None else None,
        "satellite_at": to_text(tags.satellite_at) if tags.satellite_at else None,
        "lat": _plain(tags.lat),
        "lon": _plain(tags.lon),
        "accuracy_m": _plain(tags.accuracy_m),
        "orientation": tags.orientation,
        "make": tags.make,
        "model": tags.model,
        "serial": tags.serial,
        "software": tags.software,
        "datum": tags.datum.value if tags.datum else None,
        "modified_local": tags.modified_local.isoformat() if tags.modified_local else None,
        "told_size": list(tags.told_size) if tags.told_size else None,
        "programs": list(tags.programs) or None,
        "signs": [sign.value for sign in tags.signs] or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def tags_from_json(kept: Json) -> Tags:
    """What `tags_to_json` wrote; nothing gives no tags. Errors: ValueError for a record that it did not write."""
    told = kept if isinstance(kept, dict) else {}

    def text(name: str) -> str | None:
        value = told.get(name)
        return value if isinstance(value, str) else None

    def number(name: str) -> Decimal | None:
        value = text(name)
        return Decimal(value) if value is not None else None

    def texts(name: str) -> tuple[str, ...]:
        value = told.get(name)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    modified, datum, size = text("modified_local"), text("datum"), told.get("told_size")
    offset, orientation = told.get("offset"), told.get("orientation")
    local, satellite = text("taken_local"), text("satellite_at")
    return Tags(
        taken_local=datetime.fromisoformat(local) if local else None,
        offset=timedelta(seconds=offset) if isinstance(offset, int) else None,
        satellite_at=from_text(satellite) if satellite else None,
        lat=number("lat"),
        lon=number("lon"),
        accuracy_m=number("accuracy_m"),
        orientation=orientation if isinstance(orientation, int) else None,
        make=text("make"),
        model=text("model"),
        serial=text("serial"),
        software=text("software"),
        datum=Datum(datum) if datum else None,
        modified_local=datetime.fromisoformat(modified) if modified else None,
        told_size=_size(size),
        programs=texts("programs"),
        signs=tuple(EditSign(sign) for sign in texts("signs")),
    )


def _size(kept: Json) -> tuple[int, int] | None:
    match kept:
        case [int(wide), int(high)]:
            return wide, high
        case _:
            return None


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
