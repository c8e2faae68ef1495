"""Our engine beside ODK's own on random answers: every value, rule, option and label, and the instance to be sent.

`pytest --full` plays 20 seeds of 150 steps on each form; else one short filling of each. How to install the peer
engine: tests/support/odk_peer.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from officer_app.checklists.form import read_form
from officer_app.checklists.replaying import Step
from officer_app.checklists.workbook import Workbook, xform_of
from tests.support.odk_peer import Comparison, compared, lacking, random_filling, replayed

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED_FORMS = (
    "childrens_survey_sw.xlsx",
    "fav_color.xlsx",
    "good_eats_multilang.xlsx",
    "new_cascading_select.xlsx",
    "odk_aggregate_example_form_v1_1.xlsx",
    "simple_repeat.xlsx",
    "testb.xlsx",
    "tutorial.xlsx",
)
SHIPPED_FORMS = tuple(sorted(path.name for path in (REPOSITORY / "forms").glob("*.md")))
# What may be left out for a reason, as a share of all nodes.
MOST_EXCUSED = 0.02


@pytest.fixture(autouse=True)
def _peer_at_hand() -> None:
    missing = lacking()
    if missing:
        pytest.skip(missing)


def _compiled(name: str, shared: Path, folder: Path) -> Path:
    source = REPOSITORY / "forms" / name if name in SHIPPED_FORMS else shared / "data" / "xlsforms" / name
    file = folder / "form.xml"
    file.write_bytes(xform_of(Workbook.read(source.read_bytes(), name))[0])
    return file


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [*SHARED_FORMS, *SHIPPED_FORMS])
def test_random_answers_leave_both_engines_alike(name: str, shared: Path, full: bool, tmp_path: Path) -> None:
    form = _compiled(name, shared, tmp_path)
    seeds, steps = (range(1, 21), 150) if full else (range(1, 2), 60)
    runs = [(seed, compared(form, random_filling(form, seed, steps, tmp_path))) for seed in seeds]
    _report(name, [run for _, run in runs])
    assert [(seed, each) for seed, run in runs for each in run.differences] == []
    assert sum(len(run.excused) for _, run in runs) <= MOST_EXCUSED * sum(run.nodes for _, run in runs)


def _report(name: str, runs: list[Comparison]) -> None:
    reasons = {(ref, reason) for run in runs for ref, reason in run.excused.items()}
    nodes, excused = sum(run.nodes for run in runs), sum(len(run.excused) for run in runs)
    print(f"{name}: {nodes} nodes in {len(runs)} fillings, {excused} left out ({excused / nodes:.2%})")
    for ref, reason in sorted(reasons):
        print(f"  left out: {ref}: {reason}")


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [*SHARED_FORMS, *SHIPPED_FORMS])
def test_every_language_says_the_same(name: str, shared: Path, full: bool, tmp_path: Path) -> None:
    """After a filling another language is spoken, without --full only the last one of the form."""
    form = _compiled(name, shared, tmp_path)
    languages = read_form(form.read_bytes()).languages
    filled = random_filling(form, 3, 40, tmp_path).steps
    for language in languages if full else languages[-1:]:
        if language != "default":
            spoken = replayed(form, [*filled, Step("lang", language, "", len(filled) + 1)], tmp_path)
            assert compared(form, spoken).differences == []
