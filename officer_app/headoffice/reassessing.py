"""What another policy would change in the cases that head office has: the same facts assessed again, nothing touched.

Facts are kept without anything that names a person: every free text is replaced by a mark that only says which texts
of a case are the same, and beside it, where rules read words in it, by those words. The salt of the marks is thrown
away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, TypeAlias

from sqlalchemy import Connection, func, insert, select

from officer_app.base.canonical import Json, decode, digest, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import new_id
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.credit.crosschecks.costs_named import words_read
from officer_app.credit.crosschecks.names_on_papers import SELF
from officer_app.credit.crosschecks.straw_facts import TICKED
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.fields import FactKind
from officer_app.credit.inapplicable import is_reason
from officer_app.credit.policy import Policy
from officer_app.credit.productlist import with_products
from officer_app.credit.products import Product
from officer_app.credit.reading import FactNode, FactTree, read_facts
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.credit.whatif import Change, answer
from officer_app.exchange.contents import DossierContent
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.policies import versions
from officer_app.headoffice.products import versions as lists_of
from officer_app.headoffice.tables import CASES, CONTRADICTIONS, FACTS
from officer_app.headoffice.warehouse import Warehouse

_BATCH: Final = 200
# What rules read by its wording: products are ours, answers are yes or no, traits are from a list.
_PLAIN: Final = frozenset(
    {"application.product", "soft_information[].answer", "traits_bankruptcy_prone[]", "traits_positive[]"}
)
# What rules look into for words: of "wages of Li" the wages are kept; and a reason must say something.
_WORDED: Final = frozenset({"operating_costs[].item", "household.monthly_expenses[].item", "utilities[].item"})
_REASONS: Final = "not_applicable."
_REASON: Final = "理由写在网点的档案里"
# What names nobody wherever it stands: the borrower, and lines of the shipped list.
_HARMLESS: Final = SELF | TICKED
# Policies and lists of products that were published, by digest.
_Known: TypeAlias = tuple[Mapping[str, Policy], Mapping[str, tuple[Product, ...]]]
_UNEXPLAINED: Final = ("open", "stands")


def keep_facts(connection: Connection, content: DossierContent, facts: Json) -> None:
    """The facts of a dossier that came in, without names."""
    manifest, kept = content.manifest, encode(_nameless(facts, "", new_id()))
    products = manifest.products.digest if manifest.products is not None else None
    connection.execute(
        insert(FACTS),
        {"dossier": content.digest, "policy": manifest.policy.digest, "facts": kept, "products": products},
    )


def reassess_all(
    desk: Desk,
    warehouse: str,
    policy: Policy,
    today: date,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Iterator[Change]:
    """Every case's newest dossier under another policy; left out are those whose own policy or facts are not known.

    Errors, while it is gone through: WAREHOUSE_ADDRESS, WAREHOUSE_GONE, CANCELLED.
    """
    own = {one.sha256: one.policy for one in versions(desk, today)}
    lists = {one.sha256: one.products for one in lists_of(desk, today)}
    done = 0
    with Warehouse(warehouse) as there:
        with there.transaction() as connection:
            counted = select(func.count()).select_from(CASES.join(FACTS, FACTS.c.dossier == CASES.c.dossier))
            total = int(connection.execute(counted).scalar_one())
        while done < total:
            with there.transaction() as connection:
                batch = list(_batch(connection, (own, lists), policy, done))
            for change in batch:
                check(cancelled)
                done += 1
                progress(done, total)
                if change is not None:
                    yield change
            if not batch:
                return


def _batch(connection: Connection, own: _Known, policy: Policy, start: int) -> Iterator[Change | None]:
    standing = (
        select(func.count())
        .where(CONTRADICTIONS.c.dossier == CASES.c.dossier, CONTRADICTIONS.c.standing.in_(_UNEXPLAINED))
        .scalar_subquery()
    )
    asked = (
        select(
            CASES.c.case_id,
            CASES.c.number,
            CASES.c.applicant,
            FACTS.c.policy,
            FACTS.c.products,
            FACTS.c.facts,
            standing,
        )
        .join(FACTS, FACTS.c.dossier == CASES.c.dossier)
        .order_by(CASES.c.number, CASES.c.case_id)
        .offset(start)
        .limit(_BATCH)
    )
    for case, number, applicant, kept, listed, facts, unexplained in connection.execute(asked):
        both, told = _both(own, kept, listed, policy), _facts(facts)
        if both is None or told is None:
            yield None
            continue
        old, new = (answer(told, one, unexplained) for one in both)
        yield Change(case, number, applicant, old, new)


def _both(own: _Known, kept: str, listed: str | None, policy: Policy) -> tuple[Policy, Policy] | None:
    """The policy of then and the other one, under the list of products that the dossier names; None if unknown."""
    policies, lists = own
    before = policies.get(kept)
    if before is None or listed is None:
        return (before, policy) if before is not None else None
    products = lists.get(listed)
    return (with_products(before, products), with_products(policy, products)) if products is not None else None


def _facts(data: bytes) -> CaseFacts | None:
    """The facts, or None where a newer program wrote some that this one does not know."""
    told = decode(data)
    tree: FactTree = {name: _node(below) for name, below in told.items()} if isinstance(told, Mapping) else {}
    try:
        return read_facts(tree)
    except Fault as fault:
        if fault.code not in (Code.FACT_UNKNOWN, Code.FACT_MALFORMED):
            raise
        return None


def _node(told: Json) -> FactNode:
    if isinstance(told, Mapping):
        return {name: _node(below) for name, below in told.items()}
    if isinstance(told, list):
        return [_node(below) for below in told]
    return str(told)


def _nameless(told: Json, path: str, salt: str) -> Json:
    if isinstance(told, str):
        return _nameless_text(told, path, salt)
    if isinstance(told, Mapping):
        return {name: _nameless(below, f"{path}.{name}" if path else name, salt) for name, below in told.items()}
    if isinstance(told, list):
        return [_nameless(below, f"{path}[]", salt) for below in told]
    return _nameless_text(str(told), path, salt)


def _nameless_text(text: str, path: str, salt: str) -> str:
    if not text or path in _PLAIN or not _is_free(path) or text.strip() in _HARMLESS:
        return text
    return f"{_said(text, path)} {_mark(text, salt)}".strip()


def _said(text: str, path: str) -> str:
    """What a rule reads out of a text's wording, in words that name nobody."""
    if path in _WORDED:
        return words_read(text)
    return _REASON if path.startswith(_REASONS) and is_reason(text) else ""


def _is_free(path: str) -> bool:
    """Whether anything at all may be written there; a path that no fact has counts as such."""
    spec = VOCABULARY.get(path)
    return spec is None or spec.kind is FactKind.LABEL


def _mark(text: str, salt: str) -> str:
    return digest(f"{salt}{text.strip()}".encode())[:12]
