"""Is it the same place again? The same shop from a step aside is found, another is not, and neither ever stops."""

from __future__ import annotations

from functools import cache

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.evidence.derived import Look, Looked
from officer_app.evidence.findings import Verdict
from officer_app.evidence.placeagain import Earlier, place_again
from officer_app.evidence.secondlook import look
from tests.support.drawn import jpeg, scene, stepped_aside


@cache
def pair(seed: int, other: int) -> Look:
    """A picture, and one from a step aside of the same or of another place, with other things at its edge."""
    (seen,) = look(jpeg(scene(seed)), (jpeg(stepped_aside(scene(other), scene(other + 100))),))
    return seen


def verdict(seen: Look | None) -> Verdict:
    found = place_again([Earlier("p1", "门口.jpg", seen)])
    assert found is not None
    assert found.other_photo == "p1"
    return found.verdict


def test_the_same_place_from_a_step_beside() -> None:
    """Not every time: what is not found again asks for a look."""
    seen = [verdict(pair(seed, seed)) for seed in range(8)]
    assert seen.count(Verdict.PASS) >= 4
    assert set(seen) <= {Verdict.PASS, Verdict.LOOK_CLOSER}


def test_another_place_asks_for_a_look() -> None:
    assert {verdict(pair(seed, seed + 4)) for seed in range(4)} == {Verdict.LOOK_CLOSER}


def test_what_the_numbers_mean() -> None:
    lies = ((0, 0), (900, 0), (900, 900), (0, 900))
    assert verdict(Look(Looked.DIFFERENT, 15, 300, region=lies)) is Verdict.PASS
    assert verdict(Look(Looked.DIFFERENT, 14, 300, region=lies)) is Verdict.LOOK_CLOSER
    assert verdict(Look(Looked.DIFFERENT, 40)) is Verdict.LOOK_CLOSER  # no movement that a camera makes
    assert verdict(Look(Looked.COPY, 400, 980, region=lies)) is Verdict.LOOK_CLOSER  # made from the earlier one
    assert verdict(None) is Verdict.CANNOT_TELL
    assert place_again([]) is None


def test_the_likest_of_several_speaks_and_is_never_called_genuine() -> None:
    lies = ((0, 0), (900, 0), (900, 900), (0, 900))
    found = place_again(
        [
            Earlier("a", "a.jpg", Look(Looked.DIFFERENT, 4)),
            Earlier("b", "b.jpg", Look(Looked.DIFFERENT, 52, region=lies)),
        ]
    )
    assert found is not None
    assert found.other_photo == "b"
    assert "Looks like the same place" in say(found.sentence, ENGLISH)
    assert "52" in say(found.sentence, CHINESE)
