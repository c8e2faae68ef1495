"""What if the policy were another: cases assessed again under it. Nothing of theirs is touched."""

from __future__ import annotations

from collections.abc import Iterator

from officer_app.base import canonical
from officer_app.base.ids import CaseId
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.casework import dossiers, packs
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Standing, findings_of
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.productterms import frozen_policy, terms_of
from officer_app.casework.review import UNEXPLAINED
from officer_app.credit.policy import Policy
from officer_app.credit.productlist import with_products
from officer_app.credit.products import PRODUCTS
from officer_app.credit.reading import read_facts
from officer_app.credit.whatif import Answer, Change, answer, answer_of
from officer_app.dossier import manifest as manifests
from officer_app.trust.certificates import Role
from officer_app.vault import cases
from officer_app.vault import dossiers as kept
from officer_app.vault import packs as vault_packs
from officer_app.vault.records import CaseItem, CaseOrder, CaseQuery, DossierRecord

_PAGE = 200


@allowed(*EVERYONE)
def installed(desk: Desk) -> tuple[Policy, ...]:
    """Every version of the policy on this laptop, the newest first; those that have not begun yet, too."""
    with desk.vault.reading() as tx:
        found = vault_packs.all_of(tx, packs.POLICY, packs.DEFAULT_POLICY)
    return tuple(packs.policy_of(desk, pack.digest, pack.body) for pack in found)


@allowed(*EVERYONE)
def whatif(desk: Desk, case: CaseId, policy: Policy) -> Change:
    """One case under another policy: a draft as it stands now, a submitted one as it was frozen.

    Errors: RECORD_MISSING, BLOB_BROKEN, FACT_MALFORMED.
    """
    with desk.vault.reading() as tx:
        found = cases.get(tx, case)
        frozen = kept.of_case(tx, case)
    old, new = _of_dossier(desk, frozen[-1], policy) if frozen else _of_draft(desk, case, policy)
    return Change(str(case), found.number, found.applicant, old, new)


@allowed(*EVERYONE)
def reassess_all(
    desk: Desk, policy: Policy, progress: Progress = silent, cancelled: Cancelled = never
) -> Iterator[Change]:
    """Every case on this laptop under another policy, one after the other; an officer sees the own ones.

    Errors, while it is gone through: CANCELLED, and those of `whatif`.
    """
    own = desk.user.id if desk.roles == {Role.OFFICER} else None
    done, total = 0, 1
    while done < total:
        query = CaseQuery(officer=own, order=CaseOrder.NUMBER, descending=False, offset=done, limit=_PAGE)
        with desk.vault.reading() as tx:
            page = cases.find(tx, query)
            newest = [(item, (kept.of_case(tx, item.id) or (None,))[-1]) for item in page.items]
        total = page.total
        for item, frozen in newest:
            check(cancelled)
            yield _change(desk, item, frozen, policy)
            done += 1
            progress(done, total)
        if not newest:
            return


def _change(desk: Desk, item: CaseItem, frozen: DossierRecord | None, policy: Policy) -> Change:
    old, new = _of_draft(desk, item.id, policy) if frozen is None else _of_dossier(desk, frozen, policy)
    return Change(str(item.id), item.number, item.applicant, old, new)


def _of_draft(desk: Desk, case: CaseId, policy: Policy) -> tuple[Answer, Answer]:
    found = findings_of(desk, case)
    standing = sum(one.standing in (Standing.STANDS, Standing.OPEN) for one in found.contradictions)
    other = terms_of(desk, case, found.facts.application.product, policy).policy
    return answer_of(found.assessment, standing), answer(found.facts, other, standing)


def _of_dossier(desk: Desk, record: DossierRecord, policy: Policy) -> tuple[Answer, Answer]:
    parts = {part.path: part.blob for part in record.parts}
    facts = read_facts(dossiers.tree_from_json(desk.vault.read_blob(parts[dossiers.FACTS])))
    told = canonical.decode(desk.vault.read_blob(parts[dossiers.CONTRADICTIONS]))
    rows = told if isinstance(told, list) else []
    standing = sum(isinstance(one, dict) and one.get("standing") in UNEXPLAINED for one in rows)
    manifest = manifests.parse(record.manifest)
    listed = parts.get(dossiers.PRODUCTS)
    products = desk.vault.read_blob(listed) if listed is not None else None
    body = desk.vault.read_blob(parts[dossiers.POLICY])
    with desk.vault.reading() as tx:
        frozen = frozen_policy(desk, tx, manifest, body, products)
    # Another policy, not another list: the products stay those that the file was judged by.
    other = policy if manifest.products is None else with_products(policy, frozen.get(PRODUCTS, ()))
    return answer(facts, frozen, standing), answer(facts, other, standing)
