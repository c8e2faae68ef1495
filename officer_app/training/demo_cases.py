"""The two customers of the demo, as their files in `resources/demo` tell them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Final

import yaml

from officer_app.base.clock import local_date, local_time
from officer_app.base.paths import resource_folder
from officer_app.casework.cases import NewCase
from officer_app.credit.reading import FactNode, FactTree
from officer_app.training.exif import with_tags

SALON: Final = "salon"
FRUIT: Final = "fruit"
_PHONE: Final = ("Demo", "Sample Phone 8")
_DAY: Final = re.compile(r"\{day(?P<days>[+-]\d+)?\}")
_METRES_PER_DEGREE: Final = Decimal(111_195)


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One customer: what is known before the visit, and everything the visit finds.

    `said` answers questions that bear no fact, by name: his own words. `seen` is what the drawn pictures show, by
    shot.
    """

    name: str
    known: NewCase
    facts: FactTree
    lat: Decimal
    lon: Decimal
    said: Mapping[str, str]
    seen: Mapping[str, str]

    @property
    def purpose(self) -> str:
        """What the money is for, as the customer says it."""
        application = self.facts["application"]
        return str(application["purpose_declared"]) if isinstance(application, Mapping) else ""

    def picture(self, shot: str) -> Path:
        """The drawn picture of a shot, without camera tags."""
        return resource_folder() / "demo" / f"{self.name}_{shot}.jpg"

    def tagged_picture(self, shot: str, taken: datetime, *, metres_north: int = 0) -> bytes:
        """The picture as a phone would have written it at the premises, or some way off."""
        north = Decimal(metres_north) / _METRES_PER_DEGREE
        make, model = _PHONE
        data = self.picture(shot).read_bytes()
        return with_tags(data, taken=local_time(taken), lat=self.lat + north, lon=self.lon, make=make, model=model)


def read_demo_case(name: str, now: datetime) -> DemoCase:
    """A demo customer; the first month of the cash flow is the one after `now`, and days count from it ({day-3})."""
    text = (resource_folder() / "demo" / f"{name}.yaml").read_text(encoding="utf-8")
    today = local_date(now)
    told = yaml.safe_load(_DAY.sub(partial(_day, today), text.replace("{next_month}", _next_month(today))))
    case, facts = told["case"], told["facts"]
    tree = {**facts, "application": told["application"], "borrower": told["borrower"]}
    tree["photos"] = {"premises_lat": case["lat"], "premises_lon": case["lon"]}
    known = NewCase(
        applicant=case["applicant"],
        resident_id=case["resident_id"],
        phone=case["phone"],
        business=case["business"],
        trade=case["trade"],
        address=case["address"],
        product=case["product"],
        requested_amount=Decimal(told["application"]["requested_amount"]),
        term_months=int(told["application"]["term_months"]),
        purpose=told["application"]["purpose_declared"],
    )
    return DemoCase(name, known, _tree(tree), Decimal(case["lat"]), Decimal(case["lon"]), told["said"], told["seen"])


def _day(today: date, told: re.Match[str]) -> str:
    return (today + timedelta(days=int(told["days"] or 0))).isoformat()


def _next_month(day: date) -> str:
    return (day.replace(day=1) + timedelta(days=32)).strftime("%Y-%m")


def _tree(node: Mapping[str, object]) -> FactTree:
    return {key: _node(below) for key, below in node.items()}


def _node(value: object) -> FactNode:
    if isinstance(value, Mapping):
        return _tree(value)
    if isinstance(value, list):
        return [_node(below) for below in value]
    return str(value)
