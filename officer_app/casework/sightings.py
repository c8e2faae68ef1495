"""What a manager saw in the sampled pictures, held against what the file says of the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.casework import agreeing
from officer_app.casework.review import Review, ReviewedPhoto
from officer_app.dossier.records import Agreement, PhotoView

_ASKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "door_plate": N_("Which number is on the door plate?"),
        "street_left": N_("What is the next shop to the left called?"),
        "street_right": N_("What is the next shop to the right called?"),
        "front": N_("What does the sign say?"),
        "inside": N_("What stands nearest to the camera?"),
        "stock": N_("What is there most of?"),
        "equipment": N_("Which machine is it, and what does its plate say?"),
        "meter": N_("What does the meter read?"),
        "book_page": N_("Which is the last entry that can be read?"),
        "borrower_in_place": N_("What is the borrower doing?"),
        "officer_and_borrower": N_("What behind the two shows that it is this shop?"),
        "collateral": N_("What marks it out: plate, number, colour?"),
        "collateral_paper": N_("Whose name is on the paper?"),
    }
)
SHOTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "door_plate": N_("Door plate"),
        "street_left": N_("Street to the left"),
        "street_right": N_("Street to the right"),
        "front": N_("Front and sign"),
        "inside": N_("Inside"),
        "stock": N_("Stock"),
        "equipment": N_("Equipment"),
        "meter": N_("Meter"),
        "book_page": N_("Page of the book"),
        "borrower_in_place": N_("Borrower at work"),
        "officer_and_borrower": N_("Officer and borrower"),
        "collateral": N_("Pledge"),
        "collateral_paper": N_("Paper of the pledge"),
    }
)
_ANY: Final = N_("What can be seen that belongs to this business?")
_LONGEST: Final = 400


def shot_of(ref: str) -> str:
    """The shot that a checklist's question asks for: door_plate for /data/…/shot_door_plate, also in a repeat."""
    return ref.rpartition("/")[2].partition("[")[0].removeprefix("shot_")


def question_about(shot: str) -> Message:
    """What a manager is asked about a picture: something that only looking at it answers."""
    return message(_ASKED.get(shot, _ANY))


def looked_at(review: Review, photo: ReviewedPhoto, answer: str, remark: str = "") -> PhotoView:
    """An answer about a picture with what came of holding it against the file."""
    shot = shot_of(photo.question)
    told, compare = _told(review, shot)
    agreement = compare(answer, told) if compare is not None else Agreement.UNTOLD
    shown = "；".join(told)[:_LONGEST] if agreement is not Agreement.UNTOLD else ""
    return PhotoView(photo.part, answer, shot, shown, agreement, remark)


_Compare = Callable[[str, Iterable[str]], Agreement]


def _told(review: Review, shot: str) -> tuple[tuple[str, ...], _Compare | None]:
    facts, known = review.facts, review.known
    business = facts.business.name if facts.business is not None else ""
    match shot:
        case "door_plate":
            premises = facts.premises.address if facts.premises is not None else ""
            return _some(premises, known.get("address", "")), agreeing.of_plate
        case "front":
            return _some(business, known.get("business", "")), agreeing.of_name
        case "collateral_paper":
            return _some(*(one.owner for one in facts.collateral)), agreeing.of_name
        case "collateral":
            return _some(*(one.plate for one in facts.vehicles)), agreeing.of_name
        case _:
            return (), None


def _some(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
