"""The log of a sitting: times from an elapsed count, what is closed when, and ODK's table."""

from __future__ import annotations

from datetime import UTC, datetime

from officer_app.checklists.visitlog import COLUMNS, Event, LogEntry, Sitting, VisitLog, to_csv

BEGAN = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)


class Count:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 500.0

    def __call__(self) -> float:
        return self.now


def _log() -> tuple[VisitLog, Count]:
    count = Count()
    return VisitLog(BEGAN, count), count


def test_a_question_is_closed_when_the_next_is_entered() -> None:
    log, count = _log()
    log.entered("/data/a", "", 8)
    count.now += 4.5
    log.entered("/data/b", "5", 10)
    count.now += 1
    log.left()
    assert log.take() == (
        LogEntry(Event.START, "", 0, 0),
        LogEntry(Event.QUESTION, "/data/a", 0, 4500, "", "", 8),
        LogEntry(Event.QUESTION, "/data/b", 4500, 5500, "5", "5", 10),
    )
    assert log.take() == ()


def test_the_time_until_the_answer_is_told_apart_from_the_time_after_it() -> None:
    log, count = _log()
    log.entered("/data/a", "", 8)
    count.now += 6
    log.answered("/data/a", "", "800")
    count.now += 30
    log.left()
    first, answered, stayed = log.take()
    assert first.event is Event.START
    assert answered == LogEntry(Event.QUESTION, "/data/a", 0, 6000, "", "800", 8)
    assert stayed == LogEntry(Event.QUESTION, "/data/a", 6000, 36000, "800", "800", 8)
    assert (answered.changed, stayed.changed) == (True, False)


def test_an_answer_from_elsewhere_takes_no_time_and_leaves_where_one_stands() -> None:
    log, count = _log()
    log.entered("/data/a", "", 8)
    count.now += 2
    log.answered("/data/other", "1", "2")
    count.now += 1
    log.left()
    assert [(each.ref, each.start, each.end) for each in log.take()[1:]] == [
        ("/data/other", 2000, 2000),
        ("/data/a", 0, 3000),
    ]


def test_entering_the_same_question_again_changes_nothing() -> None:
    log, count = _log()
    log.entered("/data/a", "", 8)
    count.now += 2
    log.entered("/data/a", "", 8)
    log.left()
    assert len(log.take()) == 2


def test_what_could_not_be_kept_waits_again_in_order() -> None:
    log, _count = _log()
    taken = log.take()
    log.happened(Event.JUMP, "/data/b")
    log.put_back(taken)
    assert [each.event for each in log.take()] == [Event.START, Event.JUMP]


def test_the_table_is_odks_and_runs_nothing() -> None:
    entries = (
        LogEntry(Event.START, "", 0, 0),
        LogEntry(Event.QUESTION, "/data/a", 1000, 2500, "", '=cmd("x"),1', 8),
        LogEntry(Event.QUESTION, "/data/b", 2500, 3000, "5", "5", 8),
        LogEntry(Event.CONSTRAINT_ERROR, "/data/a", 3000, 3000),
    )
    lines = to_csv([Sitting(BEGAN, "李慧", entries)]).decode().splitlines()
    zero = 1791424800000  # 2026-10-08T02:00Z in milliseconds since 1970
    assert zero == int(BEGAN.timestamp() * 1000)
    assert lines == [
        ",".join(COLUMNS),
        f"form start,,{zero},,,,李慧",
        f'question,/data/a,{zero + 1000},{zero + 2500},,"\'=cmd(""x""),1",李慧',
        f"question,/data/b,{zero + 2500},{zero + 3000},,,李慧",
        f"constraint error,/data/a,{zero + 3000},,,,李慧",
    ]
