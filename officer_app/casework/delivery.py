"""One round of exchange: send what waits, take in what came, each thing once."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.casework import reasons, stores
from officer_app.casework.applying import Applied, Counts, apply
from officer_app.casework.desk import Desk, Institution, refresh
from officer_app.casework.newcomers import reach_newcomers
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.takeover import take_over
from officer_app.exchange import inbox
from officer_app.exchange.addresses import StoreKind, read_address
from officer_app.exchange.inbox import Arrival, Arrived, Cursor, Gap, NotForUs, Quarantined
from officer_app.exchange.outbox import Sealed, send
from officer_app.exchange.stores import Store
from officer_app.trust.certificates import Role
from officer_app.vault import audit, blobs, cases, delivery, settings
from officer_app.vault.deliveryrecords import InboxOutcome, InboxRecord, OutboxObject, OutboxRecord, ReaderCursor
from officer_app.vault.records import Delivery
from officer_app.vault.transactions import Writing

_SEARCH_AGAIN: Final = timedelta(days=1)
_LAST = "exchange-last"


@dataclass(slots=True)
class Round(Counts):
    """What one round did."""

    sent: int = 0
    objects: int = 0
    quarantined: list[Fault] = field(default_factory=list)
    gaps: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """What waits, what was sent without a receipt yet, what was received, what is in quarantine.

    `came` are deliveries taken in, the newest first; `missing` counts deliveries that others sent and that no store
    has shown whole yet; `numbers` names the cases among all these.
    """

    waiting: tuple[OutboxRecord, ...]
    waiting_bytes: int
    sent: int
    received: int
    quarantined: tuple[InboxRecord, ...]
    last: str
    deliveries: tuple[OutboxRecord, ...] = ()
    receipted: frozenset[str] = frozenset()
    came: tuple[InboxRecord, ...] = ()
    missing: int = 0
    conflicts: int = 0
    numbers: Mapping[CaseId, str] = field(default_factory=dict)


@allowed(*EVERYONE)
def status(desk: Desk) -> Status:
    """The state of delivery on this laptop."""
    with desk.vault.reading() as tx:
        waiting = delivery.unsent(tx)
        out = delivery.outbox(tx)
        receipted = frozenset(
            one.dossier_digest for one in out if one.dossier_digest and delivery.receipts(tx, one.dossier_digest)
        )
        last = settings.get(tx, _LAST)
        arrived = _newest_of_each(delivery.inbox(tx))
        named = (*(one.case for one in out), *(one.case for one in arrived))
        return Status(
            waiting=waiting,
            waiting_bytes=sum(part.size for one in waiting for part in one.objects),
            sent=sum(1 for one in out if one.sent is not None),
            received=sum(1 for one in out if one.dossier_digest in receipted),
            quarantined=tuple(one for one in arrived if one.outcome is InboxOutcome.QUARANTINED),
            last=last if isinstance(last, str) else "",
            deliveries=out,
            receipted=receipted,
            came=tuple(one for one in arrived if one.outcome is not InboxOutcome.QUARANTINED),
            missing=sum(len(cursor.gaps) for cursor in delivery.cursors(tx).values()),
            conflicts=sum(1 for one in arrived if one.outcome is InboxOutcome.CONFLICT),
            numbers={case: cases.get(tx, case).number for case in named if case is not None},
        )


def _newest_of_each(arrived: tuple[InboxRecord, ...]) -> tuple[InboxRecord, ...]:
    """What became of each delivery last: one that was tried again and held is no longer in quarantine."""
    newest: dict[tuple[str, int], InboxRecord] = {}
    for one in arrived:
        newest.setdefault((one.device, one.counter), one)
    return tuple(newest.values())


@allowed(*EVERYONE)
def last_store(desk: Desk) -> str:
    """Where this person exchanges: the store of the last round, or one that was chosen since; or nothing."""
    with desk.vault.reading() as tx:
        found = settings.get(tx, _store_key(desk))
    return found if isinstance(found, str) else ""


@allowed(*EVERYONE)
def exchange_through(desk: Desk, store: str) -> None:
    """From now on through this store: where the next round begins, whether or not it was asked once already."""
    with desk.vault.writing() as tx:
        settings.put(tx, _store_key(desk), store)


@allowed(*EVERYONE)
def ask_again(desk: Desk, aside: RecordId) -> None:
    """Let the next round fetch a delivery in quarantine again. Errors: RECORD_MISSING."""
    with desk.vault.writing() as tx:
        one = next((record for record in delivery.quarantined(tx) if record.id == aside), None)
        if one is None:
            raise Fault(Code.RECORD_MISSING, where="inbox", what="inbox")
        cursor = delivery.cursors(tx)[one.device]
        gaps = tuple(sorted({*cursor.gaps, one.counter}))
        delivery.set_cursor(tx, one.device, ReaderCursor(cursor.next, gaps))
        audit.append(tx, "parcel_asked_again", one.device, {"counter": one.counter})


def _store_key(desk: Desk) -> str:
    return f"exchange-store:{desk.user.id}"


@allowed(*EVERYONE)
def sync(
    desk: Desk, url: str, progress: Progress = silent, cancelled: Cancelled = never, *, thorough: bool | None = None
) -> Round:
    """One round with a store.

    `thorough` looks for holes in every device's numbers, which costs a whole listing; left out, it is done when the
    last such search in this store was a day ago. Errors: those of `open_store` and of `Store.put`, NOT_ENROLLED,
    CANCELLED. What was done before stays done; the next round goes on from there. With another laptop (`handover`)
    nothing counts as sent.
    """
    institution, _identity = desk.certified(*EVERYONE)
    done = Round()
    lent = read_address(url).kind is StoreKind.LAN
    searches = lent or (search_is_due(desk, url) if thorough is None else thorough)
    if Role.OFFICER in desk.roles:
        reach_newcomers(desk)
    with closing(stores.opened(desk, url, cancelled)) as store:
        conflict = None
        try:
            if lent:
                done.objects += offer_to(desk, store, progress, cancelled)
            else:
                _send(desk, store, done, progress, cancelled)
        except Fault as fault:
            if fault.code is not Code.STORE_CONFLICT:
                raise
            conflict = fault  # somebody's file stands in the way of ours: what others sent comes in all the same
        _receive(desk, institution, store, done, progress, cancelled, thorough=searches)
    refresh(desk)
    if conflict is not None:
        raise conflict
    if lent:
        return done
    note_round(desk, url, searched=searches)
    return done


@allowed(*EVERYONE)
def note_round(desk: Desk, url: str, *, searched: bool) -> None:
    """Remember that a round was made, where, and whether holes were looked for."""
    with desk.vault.writing() as tx:
        now = desk.clock.now()
        settings.put(tx, _LAST, now.isoformat())
        settings.put(tx, _store_key(desk), url)
        if searched:
            settings.put(tx, _searched_key(desk, url), now.isoformat())


@allowed(*EVERYONE)
def offer_to(desk: Desk, store: Store, progress: Progress = silent, cancelled: Cancelled = never) -> int:
    """Put everything that head office has not confirmed yet into a store that is not the institution's own.

    Nothing counts as sent by this; gives how many objects were not there. Errors: those of `Store.put`, CANCELLED.
    """
    objects = _objects(desk, everything=True)
    sealed = (Sealed(part.name, desk.vault.read_blob(part.blob)) for part in objects)
    return send(store, sealed, progress, cancelled, total=len(objects))


@allowed(*EVERYONE)
def lay_out(
    desk: Desk, store: Store, progress: Progress = silent, cancelled: Cancelled = never, *, everything: bool = False
) -> tuple[str, ...]:
    """Put what waits, or everything without a receipt, into a store that is only a stop on the way; their names."""
    objects = _objects(desk, everything=everything)
    sealed = (Sealed(part.name, desk.vault.read_blob(part.blob)) for part in objects)
    send(store, sealed, progress, cancelled, total=len(objects))
    return tuple(part.name for part in objects)


@allowed(*EVERYONE)
def mark_shown(desk: Desk, names: AbstractSet[str]) -> int:
    """Mark every delivery as sent whose index a store has shown; how many."""
    with desk.vault.reading() as tx:
        shown = [item for item in delivery.unsent(tx) if item.objects[-1].name in names]
    for item in shown:
        _mark_sent(desk, item)
    return len(shown)


def _objects(desk: Desk, *, everything: bool) -> list[OutboxObject]:
    with desk.vault.reading() as tx:
        out = delivery.outbox(tx) if everything else delivery.unsent(tx)
        wanted = [one for one in out if one.sent is None or not delivery.receipts(tx, one.dossier_digest)]
    return [part for item in wanted for part in item.objects]


@allowed(*EVERYONE)
def receive_from(desk: Desk, store: Store, progress: Progress = silent, cancelled: Cancelled = never) -> Round:
    """Take in what such a store holds. Errors: as `sync`."""
    institution, _ = desk.certified(*EVERYONE)
    done = Round()
    _receive(desk, institution, store, done, progress, cancelled, thorough=True)
    refresh(desk)
    return done


@allowed(*EVERYONE)
def send_again(desk: Desk) -> int:
    """Let the next round put everything once more that has no receipt: a stick was lost, a server was set back.

    What a store has already is not put twice. Gives how many deliveries.
    """
    with desk.vault.writing() as tx:
        lost = [one for one in delivery.outbox(tx) if one.sent and not delivery.receipts(tx, one.dossier_digest)]
        for one in lost:
            delivery.mark_unsent(tx, one.id)
        audit.append(tx, "parcels_again", desk.user.id, {"count": len(lost)})
    return len(lost)


@allowed(*EVERYONE)
def search_is_due(desk: Desk, url: str) -> bool:
    """Whether the last search for holes in this store was a day ago, or none was; a clock set back counts as such."""
    with desk.vault.reading() as tx:
        last = settings.get(tx, _searched_key(desk, url))
    if not isinstance(last, str):
        return True
    return not timedelta() <= desk.clock.now() - datetime.fromisoformat(last) < _SEARCH_AGAIN


def _searched_key(desk: Desk, url: str) -> str:
    return f"exchange-searched:{desk.user.id}:{digest(url.encode())[:16]}"


def _send(desk: Desk, store: Store, done: Round, progress: Progress, cancelled: Cancelled) -> None:
    """Everything that waits, in one stream; each delivery is marked as soon as the store shows its index."""
    with desk.vault.reading() as tx:
        waiting = delivery.unsent(tx)
    of_index = {item.objects[-1].name: item for item in waiting}

    def finished(name: str) -> None:
        if name in of_index:
            _mark_sent(desk, of_index[name])
            done.sent += 1

    objects = (part for item in waiting for part in item.objects)
    done.objects += send(
        store,
        (Sealed(part.name, desk.vault.read_blob(part.blob)) for part in objects),
        progress,
        cancelled,
        total=sum(len(item.objects) for item in waiting),
        finished=finished,
    )


def _mark_sent(desk: Desk, item: OutboxRecord) -> None:
    with desk.vault.writing() as tx:
        delivery.mark_sent(tx, item.id)
        if item.case is not None and cases.get(tx, item.case).delivery is Delivery.QUEUED:
            cases.set_delivery(tx, item.case, Delivery.SENT)
        audit.append(tx, "parcel_sent", item.id, {"counter": item.counter, "kind": item.kind})


def _receive(
    desk: Desk,
    institution: Institution,
    store: Store,
    done: Round,
    progress: Progress,
    cancelled: Cancelled,
    *,
    thorough: bool,
) -> None:
    _, identity = desk.certified(*EVERYONE)
    arrivals = inbox.fetch(
        store,
        identity.reader_secret,
        institution.root,
        cursors=cursors_of(desk),
        own_device=identity.person.device,
        revoked=institution.roster.withdrawn(desk.clock.now()),
        thorough=thorough,
        progress=progress,
        cancelled=cancelled,
    )
    for arrival in arrivals:
        with desk.vault.writing() as tx:
            _take_in(desk, institution, tx, arrival, done)
            after = arrival.cursor_after
            delivery.set_cursor(tx, arrival.device, ReaderCursor(after.next, after.gaps))
    if Role.OFFICER in desk.roles:
        take_over(desk, progress, cancelled, done.quarantined)


def _take_in(desk: Desk, institution: Institution, tx: Writing, arrival: Arrival, done: Round) -> None:
    match arrival:
        case Arrived():
            applied = apply(desk, institution, tx, arrival.content, done)
            if applied.fault is not None:
                done.quarantined.append(applied.fault)
            delivery.receive(tx, _row(tx, arrival, arrival.delivery, applied))
        case Quarantined():
            done.quarantined.append(arrival.reason)
            refused = Applied(InboxOutcome.QUARANTINED, reasons.kept(arrival.reason))
            delivery.receive(tx, _row(tx, arrival, "", replace(refused, blob=blobs.add(tx, arrival.data))))
            why = str(arrival.reason)
            audit.append(tx, "parcel_quarantined", arrival.device, {"counter": arrival.counter, "why": why})
        case Gap():
            done.gaps += 1
        case NotForUs():
            pass


def _row(tx: Writing, arrival: Arrived | Quarantined, delivered: str, applied: Applied) -> InboxRecord:
    return InboxRecord(
        id=RecordId(new_id()),
        device=arrival.device,
        counter=arrival.counter,
        digest=delivered,
        received=tx.clock.now(),
        outcome=applied.outcome,
        kind=type(arrival.content).__name__ if isinstance(arrival, Arrived) else "",
        reason=applied.reason,
        case=applied.case,
        blob=applied.blob,
    )


@allowed(*EVERYONE)
def cursors_of(desk: Desk) -> Mapping[str, Cursor]:
    with desk.vault.reading() as tx:
        return {device: Cursor(one.next, one.gaps) for device, one in delivery.cursors(tx).items()}
