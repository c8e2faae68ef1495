"""A picture that meets hundreds of others: told within reason, and the case can be handed over and read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from officer_app.base.ids import PhotoId, new_id
from officer_app.base.words import ENGLISH, say
from officer_app.casework import delivery, photos, review, submission, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.evidence.findings import FindingCode
from officer_app.evidence.reuse import MOST_TOLD
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import photos as kept
from tests.support.demo import desk_of
from tests.support.files import settle
from tests.support.stages import Stage

ALIKE = 120


def test_a_picture_like_hundreds_is_handed_over_with_its_case(ready_once: Stage, tmp_path: Path) -> None:
    stage = ready_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
        other = open_case(desk, NewCase("照片很像的一户"))
        visit = visits.resume_visit(desk, stage.visit)
        with desk.vault.writing() as tx:
            first = kept.of_visit(tx, stage.visit)[0]
            for number in range(ALIKE):
                record = replace(first, id=PhotoId(new_id()), case=other.id, visit=None, sha256=f"{number:064x}")
                kept.add(tx, record)
        desk.library = None
        (judged,) = [one for one in photos.photos_of(desk, stage.case, None) if one.record.id == first.id]
        *_, rest = [one for one in judged.findings if one.code is FindingCode.SIMILAR_PHOTO]
        assert str(ALIKE - MOST_TOLD) in say(rest.sentence, ENGLISH)
        settle(desk, visit)
        record = submission.submit(desk, visit, PASSPHRASE)
        delivery.sync(desk, stage.demo.store)
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        assert delivery.sync(manager, stage.demo.store).dossiers == 1
        view = review.open_dossier(manager, record.id)
        (shown,) = [one for one in view.photos if one.id == first.id]
        assert say(rest.sentence, ENGLISH) in {say(words, ENGLISH) for _, _, words in shown.findings}
