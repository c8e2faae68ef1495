"""Whatever an officer does, nothing raises, undo restores exactly, redo repeats exactly, reopening agrees."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officer_app.checklists.changes import Changes
from officer_app.checklists.session import FormSession
from tests.support.forms import asked_in, form_of, opened

FORM = form_of(
    """
    | type | name | label | relevant | calculation | constraint | required | repeat_count | choice_filter | default | trigger | bind::fact |
    | select_one yn | has | H | | | | | | | | | |
    | integer | n | N | | | . < 9 | yes | | | 2 | | |
    | select_one province | province | P | | | | | | | | | |
    | select_multiple county | county | C | | | | | | prov = ${province} | | | |
    | begin_group | g | G | ${has} = 'yes' | | | | | | | | |
    | begin_repeat | asset | A | | | | | | | | | liabilities[] |
    | decimal | qty | Q | | | . > 0 | ${n} > 3 | | | | | balance |
    | text | note | N | ${qty} > 5 | | | | | | ${n} + 1 | | name |
    | calculate | share | | | round(${qty} div ${total}, 2) | | | | | | | |
    | text | mark | M | | concat(${qty}, '/', position(..)) | | | | | | ${qty} | |
    | begin_repeat | inner | I | | | | | | | | | |
    | integer | deep | D | | | | | | | | | |
    | end_repeat | | | | | | | | | | | |
    | end_repeat | | | | | | | | | | | |
    | calculate | total | | | sum(${qty}[. != '']) | | | | | | | |
    | end_group | | | | | | | | | | | |
    | begin_repeat | row | R | | | | | ${n} | | | | |
    | text | said | S | | | | | | | | | |
    | end_repeat | | | | | | | | | | | |
    | calculate | once | | | once(random()) | | | | | | | |
    """,  # noqa: E501  a table is read best in one piece
    """
    | list_name | name | label | prov |
    | yn | yes | Yes | |
    | yn | no | No | |
    | province | p1 | P1 | |
    | province | p2 | P2 | |
    | county | c1 | C1 | p1 |
    | county | c2 | C2 | p2 |
    | county | c3 | C3 | p2 |
    """,
)
_TEXTS = {
    "has": ("yes", "no", ""),
    "n": ("", "0", "1", "3", "5", "-2", "abc"),
    "province": ("p1", "p2", ""),
    "county": ("c1", "c2 c3", "c2", ""),
    "qty": ("", "1", "2.50", "7", "-1", "x"),
}
_STEP = st.one_of(
    st.tuples(st.just("set"), st.integers(0, 10_000), st.integers(0, 100)),
    st.tuples(st.just("add"), st.integers(0, 10), st.just(0)),
    st.tuples(st.just("remove"), st.integers(0, 10), st.integers(0, 10)),
    st.tuples(st.just("undo"), st.just(0), st.just(0)),
    st.tuples(st.just("redo"), st.just(0), st.just(0)),
)


def _play(session: FormSession, verb: str, which: int, what: int) -> Changes:
    """One step on whatever the numbers point at now."""
    if verb == "undo":
        return session.undo()
    if verb == "redo":
        return session.redo()
    if verb == "set":
        return _set_some(session, which, what)
    repeats = [ref for ref in session.answers() if ref.endswith(("/asset", "/inner"))]
    if not repeats:
        return Changes.empty()
    ref = repeats[which % len(repeats)]
    count = int(session.answers()[ref])
    if verb == "add":
        return session.add_repeat(ref) if count < 4 else Changes.empty()
    return session.remove_repeat(ref, what % count + 1) if count else Changes.empty()


def _set_some(session: FormSession, which: int, what: int) -> Changes:
    refs = [question.ref for question in asked_in(session)]
    ref = refs[which % len(refs)]
    question = session.question(ref, "en")
    if question.readonly:
        return Changes.empty()
    texts = _TEXTS.get(question.name, ("", "a", "b c", "12"))
    return session.set(ref, texts[what % len(texts)])


def _whole(session: FormSession) -> object:
    return session.state(), session.answers(), session.facts(), session.sections("en")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_STEP, max_size=25))
def test_undo_restores_and_redo_repeats_exactly(steps: list[tuple[str, int, int]]) -> None:
    session = opened(FORM)
    before = [_whole(session)]
    for verb, which, what in steps:
        if verb in ("undo", "redo"):
            continue
        _play(session, verb, which, what)
        if session.state() != before[-1][0]:  # type: ignore[index]
            before.append(_whole(session))
    trail = [before[-1]]
    while session.can_undo:
        session.undo()
        now = _whole(session)
        if now[0] != trail[-1][0]:  # type: ignore[index]
            trail.append(now)
    assert trail == before[::-1]
    while session.can_redo:
        session.redo()
    assert _whole(session) == before[-1]


def _written(disk: dict[str, str], stored: Mapping[str, str | None]) -> None:
    for ref, text in stored.items():
        if text is None:
            disk.pop(ref, None)
        else:
            disk[ref] = text


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_STEP, max_size=30))
def test_what_changes_tell_to_store_is_what_answers_give(steps: list[tuple[str, int, int]]) -> None:
    """A disk that follows `stored` alone holds the same as `answers()`, and reopening from it shows the same form."""
    session = opened(FORM)
    disk = session.answers()
    for verb, which, what in steps:
        before = session.state()
        changes = _play(session, verb, which, what)
        _written(disk, changes.stored)
        assert disk == session.answers()
        _assert_told(before, session.state(), changes)
    again = opened(FORM, disk)
    assert again.orphans == {}
    assert again.state() == session.state()


def _assert_told(
    before: dict[str, tuple[str, bool, str | None]], after: dict[str, tuple[str, bool, str | None]], changes: Changes
) -> None:
    """Outside of repeats whose number changed, every difference is told and nothing else is."""
    moved = tuple(f"{ref}[" for ref in changes.repeats)
    fixed = [ref for ref in after if ref in before and not (moved and ref.startswith(moved))]
    for slot, told in enumerate((changes.values, changes.relevance, changes.violations)):
        differs = {ref for ref in fixed if before[ref][slot] != after[ref][slot]}
        assert differs == {ref for ref in told if ref in fixed}
