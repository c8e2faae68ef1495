"""The shot list of a visit: frames to fill, which of them a file must not come without, and why one is empty.

A picture question of the checklist is a frame with its own rule; the list (forms/shots.toml, or head office's own)
adds what product, trade and amount ask for. What the list requires may be missing for a reason; what the checklist
insists on may not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from officer_app.base.ids import PhotoId
from officer_app.base.words import CHINESE, ENGLISH, N_, Bilingual, message, say
from officer_app.casework import notes
from officer_app.casework.findings import Findings
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.visits import Visit
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Question
from officer_app.credit.figures import known
from officer_app.credit.wordsaid import says_something
from officer_app.evidence.shotlists import PlaceOfShot, Shot
from officer_app.evidence.spots import shipped_spots

# Where a shot stands that no question of the visit asks for.
OWN: Final = "/shots:"
_DRAWN: Final = N_("drawn for this visit when it began")


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the sheet: what is to be photographed, and what there is.

    `ref` is the picture question, or `/shots:ID` where none asks; `must` is set where the checklist itself insists,
    so that no reason will do. `photos` are the pictures of this visit filed here, the answer of the question first;
    `before` tells that an earlier visit has one.
    """

    ref: str
    shot: str
    label: Bilingual
    hint: Bilingual
    place: PlaceOfShot
    required: bool
    must: bool
    photos: tuple[PhotoId, ...] = ()
    before: bool = False
    reason: str = ""

    @property
    def is_question(self) -> bool:
        """Whether the checklist asks for it."""
        return not self.ref.startswith(OWN)

    @property
    def lacking(self) -> bool:
        """Whether it is required and neither there nor given a reason that counts."""
        if not self.required or self.photos:
            return False
        return self.must or not (self.before or says_something(self.reason))


def frames(visit: Visit, findings: Findings) -> tuple[Frame, ...]:
    """Every frame of a visit, in the order of its checklist; what no question asks for comes after."""
    listed = visit.shots
    facts = findings.facts
    trade = facts.business.trade if facts.business is not None else ""
    wanted = {
        one.shot.id: one
        for one in listed.wanted(facts.application.product, trade, known(facts.application.requested_amount))
    }
    here = [photo for photo in findings.photos if photo.record.visit == visit.record.id]
    earlier = {photo.record.shot for photo in findings.photos if photo.record.visit != visit.record.id}
    earlier |= {_name(photo.record.ref) for photo in findings.photos if photo.record.visit != visit.record.id}
    asked = tuple(_picture_questions(visit.session))
    found = []
    for question, chinese in asked:
        shot = listed.shot_of(question.name)
        by_list = shot is not None and shot.id in wanted and wanted[shot.id].required
        found.append(
            Frame(
                question.ref,
                shot.id if shot is not None else question.name.removeprefix("shot_"),
                Bilingual(question.label, chinese.label),
                Bilingual(question.hint, chinese.hint),
                _place(visit.session, question.ref, shot),
                question.required or by_list,
                question.required,
                _pictures(here, question.ref, question.value),
                shot is not None and _is_in(shot, earlier),
                _reason(visit, question.ref),
            )
        )
    taken = {name for question, _ in asked for name in (question.name,)}
    for one in wanted.values():
        shot = one.shot
        if taken & set(shot.questions) or not _stands_alone(visit.session, shot):
            continue
        own = _own(visit, here, earlier, shot, required=one.required)
        if own.required or own.photos:
            found.append(own)
    return (*found, *_besides(visit, findings, here, earlier, found))


def _besides(
    visit: Visit, findings: Findings, here: list[JudgedPhoto], earlier: set[str], found: list[Frame]
) -> Iterator[Frame]:
    """What was drawn for the visit where its checklist is about a place at all, and what was asked for again."""
    facts = findings.facts
    trade = facts.business.trade if facts.business is not None else ""
    asked = known(facts.application.requested_amount)
    for shot in shipped_spots().drawn(visit.case, visit.record.id, trade, asked):
        if any(frame.place is shot.place for frame in found):
            yield replace(_own(visit, here, set(), shot, required=True), hint=_in_both(_DRAWN))
    for one in findings.requests:
        shot = Shot(one.shot, PlaceOfShot.ELSEWHERE, (), one.label)
        hint = _in_both(N_("{name} asks for it"), name=one.asked_by)
        yield replace(_own(visit, here, earlier, shot, required=True), hint=hint)


def _own(visit: Visit, here: list[JudgedPhoto], earlier: set[str], shot: Shot, *, required: bool) -> Frame:
    """A frame that no question asks for."""
    ref = f"{OWN}{shot.id}"
    photos = tuple(photo.record.id for photo in here if photo.record.shot == shot.id and not photo.record.ref)
    return Frame(
        ref,
        shot.id,
        shot.label,
        Bilingual("", ""),
        shot.place,
        required,
        must=False,
        photos=photos,
        before=_is_in(shot, earlier),
        reason=_reason(visit, ref),
    )


def _in_both(text: str, **values: str) -> Bilingual:
    told = message(text, **values)
    return Bilingual(say(told, ENGLISH), say(told, CHINESE))


def filed_as(frame: Frame | None) -> tuple[str, str]:
    """Question and shot that a picture bears which is put into a frame; both empty for the tray."""
    if frame is None:
        return "", ""
    return (frame.ref, frame.ref.rpartition("/")[2]) if frame.is_question else ("", frame.shot)


def missing(visit: Visit, findings: Findings) -> tuple[Frame, ...]:
    """What the list requires and the visit lacks without a reason; the checklist's own musts are not among them."""
    return tuple(frame for frame in frames(visit, findings) if frame.lacking and not frame.must)


def excused(visit: Visit, findings: Findings) -> tuple[Frame, ...]:
    """Required shots that are not there, with the reason that was given."""
    return tuple(
        frame
        for frame in frames(visit, findings)
        if frame.required and not frame.photos and not frame.before and frame.reason and not frame.lacking
    )


def loose(findings: Findings, shown: Iterable[Frame]) -> tuple[JudgedPhoto, ...]:
    """Pictures that stand in no frame: the tray to be filed, and those of earlier visits."""
    placed = {photo for frame in shown for photo in frame.photos}
    return tuple(photo for photo in findings.photos if photo.record.id not in placed)


def _stands_alone(session: FormSession, shot: Shot) -> bool:
    """Whether a shot gets a frame of its own: no question of this checklist is meant for it, asked or hidden."""
    return not any(_name(ref) in shot.questions for ref in session.answers())


def _pictures(here: Iterable[JudgedPhoto], ref: str, answer: str) -> tuple[PhotoId, ...]:
    found = [photo.record.id for photo in here if photo.record.ref == ref]
    return tuple(sorted(found, key=lambda photo: photo != answer))


def _place(session: FormSession, ref: str, shot: Shot | None) -> PlaceOfShot:
    if shot is not None:
        return shot.place
    return PlaceOfShot.HOME if session.place_of(ref) == "home" else PlaceOfShot.ELSEWHERE


def _is_in(shot: Shot, names: set[str]) -> bool:
    return shot.id in names or bool(names & set(shot.questions))


def _reason(visit: Visit, ref: str) -> str:
    note = notes.note_on(visit, ref)
    return note.seen if note is not None and note.verdict == notes.NOT_SEEN else ""


def _name(ref: str) -> str:
    return ref.rpartition("/")[2].partition("[")[0]


def _picture_questions(session: FormSession) -> Iterator[tuple[Question, Question]]:
    for both in zip(session.pictures("en"), session.pictures("zh_CN"), strict=True):
        if both[0].relevant:
            yield both
