"""What an officer changed since the version of a case before this one, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from officer_app.casework import dossiers
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.review import Review
from officer_app.credit.reading import FactNode
from officer_app.trust.certificates import Role
from officer_app.vault import decisions
from officer_app.vault import dossiers as kept
from officer_app.vault.records import DecisionRecord, DossierRecord


@dataclass(frozen=True, slots=True)
class Change:
    """One fact: its path, and what stood there before and stands there now ("" = nothing)."""

    path: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class History:
    """The version before the one under review: what was decided on it, and what changed since."""

    version: int
    decision: DecisionRecord | None
    changes: tuple[Change, ...]


@allowed(Role.MANAGER, Role.REVIEWER)
def history_of(desk: Desk, review: Review) -> History | None:
    """The version before, when it is on this laptop; None for a first version. Errors: BLOB_BROKEN."""
    with desk.vault.reading() as tx:
        earlier = [one for one in kept.of_case(tx, review.record.case) if one.version < review.record.version]
        if not earlier:
            return None
        former = earlier[-1]
        decided = decisions.of_dossier(tx, former.digest)
    return History(
        former.version,
        decided[-1] if decided else None,
        changes(_facts(desk, former), _facts(desk, review.record)),
    )


def changes(before: FactNode, now: FactNode) -> tuple[Change, ...]:
    """Every text that differs between two fact trees, in the order of the newer one, what is gone last."""
    old, new = dict(_leaves("", before)), dict(_leaves("", now))
    paths = [*new, *(path for path in old if path not in new)]
    return tuple(
        Change(path, old.get(path, ""), new.get(path, "")) for path in paths if old.get(path, "") != new.get(path, "")
    )


def _facts(desk: Desk, record: DossierRecord) -> FactNode:
    part = next(part for part in record.parts if part.path == dossiers.FACTS)
    return dossiers.tree_from_json(desk.vault.read_blob(part.blob))


def _leaves(path: str, node: FactNode) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, Mapping):
        for key, below in node.items():
            yield from _leaves(f"{path}.{key}" if path else key, below)
    else:
        for place, below in enumerate(node):
            yield from _leaves(f"{path}[{place}]", below)
