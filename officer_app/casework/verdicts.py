"""What the check of an evidence bundle found, in words: for the command line and for whoever is handed the folder."""

from __future__ import annotations

from collections.abc import Iterator

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.decisions import OUTCOMES
from officer_app.casework.permissions import ROLES
from officer_app.exchange.bundle import BundleVerdict


def verdict_lines(verdict: BundleVerdict) -> Iterator[Sayable]:
    """The verdict in lines: what holds and who signed, or the first thing that is wrong and what to do."""
    wrong = verdict.wrong
    if wrong is None:
        yield from _holds(verdict)
        return
    where, code = Verbatim(wrong.file), Verbatim(wrong.fault.code.name)
    yield message(N_("WRONG {file}: {code}: {why}"), file=where, code=code, why=wrong.fault.sentence)
    if wrong.expected or wrong.found:
        yield message(N_("  expected {digest}"), digest=Verbatim(wrong.expected))
        yield message(N_("  found    {digest}"), digest=Verbatim(wrong.found))
    yield wrong.fault.remedy


def _holds(verdict: BundleVerdict) -> Iterator[Message]:
    number = Verbatim(verdict.case_number)
    yield message(
        N_("Holds: case {number}, version {version:count}, {files:count} files"),
        number=number,
        version=verdict.version,
        files=verdict.files,
    )
    yield message(N_("  digest of the dossier: {digest}"), digest=Verbatim(verdict.dossier))
    for signer in verdict.signers:
        name, key = Verbatim(signer.person.name), Verbatim(signer.key_id[:16])
        role = message(ROLES[signer.person.role])
        at = local_time(signer.claimed_at)
        yield message(
            N_("  signed by {name} ({role}) at {at:moment}, key {key}"), name=name, role=role, at=at, key=key
        )
    for outcome in verdict.outcomes:
        yield message(N_("  decided: {outcome}"), outcome=message(OUTCOMES[outcome]))
    if verdict.amount is not None:
        yield message(N_("  amount: {amount:money}"), amount=verdict.amount)
    yield message(N_("  receipts of head office: {receipts:count}"), receipts=verdict.receipts)
    if verdict.notices:
        yield message(N_("  questions, answers and other notices: {notices:count}"), notices=verdict.notices)
