"""A picture asked for by a question on something elsewhere has no distance; every other one keeps it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from officer_app.base.ids import CaseId, PhotoId, UserId
from officer_app.casework.facts import with_photos
from officer_app.casework.photos import JudgedPhoto
from officer_app.evidence.tags import Tags
from officer_app.vault.records import BlobId, PhotoRecord
from tests.support.visits import business_visit

SHOTS = [node for node in business_visit().root.down() if node.name.startswith("shot_")]
ELSEWHERE = {"shot_elsewhere", "shot_collateral", "shot_collateral_paper"}


def judged(ref: str) -> JudgedPhoto:
    now = datetime(2026, 8, 11, 2, tzinfo=UTC)
    record = PhotoRecord(
        PhotoId("p1"), CaseId("c1"), UserId("u1"), "1.jpg", "0" * 64, 1, now, BlobId("0" * 64), ref=ref
    )
    return JudgedPhoto(record, Tags(lat=Decimal("28.3784"), lon=Decimal("121.3842")), ())


def told_of(ref: str) -> Any:
    tree: Any = with_photos({"photos": {"premises_lat": "28.37", "premises_lon": "121.38"}}, [judged(ref)])
    return tree["photos"]["items"][0]["elsewhere"]


@pytest.mark.parametrize("shot", [node.name for node in SHOTS])
def test_only_questions_on_other_places_take_the_distance_away(shot: str) -> None:
    assert told_of(f"/data/shots/place/{shot}") == ("yes" if shot in ELSEWHERE else "no")


def test_a_picture_without_a_question_is_one_of_the_premises() -> None:
    assert told_of("") == "no"


def test_no_picture_that_is_required_may_be_of_another_place() -> None:
    """Else a whole visit could be photographed anywhere."""
    required = {node.name for node in SHOTS if node.bind.required is not None}
    assert required
    assert not required & ELSEWHERE
    assert {node.name for node in SHOTS} >= ELSEWHERE
