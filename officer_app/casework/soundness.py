"""Whether a case file tells what it must: its own facts, judged by head office's policy, hold it to its word.

Whoever hands over signs the whole file, and a changed program signs what it likes: a policy of its own, a shorter
list of contradictions, no word of the guarantor. What follows from the facts is worked out again here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.casework import dossiers
from officer_app.casework.persons import persons_of
from officer_app.credit.assessment import Assessment
from officer_app.credit.contradictions import contradictions
from officer_app.credit.facts.case import CaseFacts
from officer_app.dossier.manifest import SCHEMA, WITH_PRODUCTS, Manifest, plain_name
from officer_app.exchange.contents import DossierContent
from officer_app.vault import packs
from officer_app.vault.transactions import Reading

_POLICY = "policy"
_PRODUCTS = "products"


def check_policy(tx: Reading, manifest: Manifest, body: bytes) -> None:
    """Whether the policy in a case file is the one that its manifest names, and one that head office sent here.

    It tells who may decide, above which amount the customer is called, and what is a red flag: an officer's own
    would decide on itself. Errors: POLICY_FOREIGN.
    """
    policy = manifest.policy
    if digest(body) != policy.digest or not has_policy(tx, manifest):
        raise Fault(Code.POLICY_FOREIGN, where=manifest.case_number, policy=f"{policy.name} {policy.version}")


def has_policy(tx: Reading, manifest: Manifest) -> bool:
    """Whether head office has sent the policy here that a case file names."""
    return manifest.policy.digest in {pack.digest for pack in packs.all_of(tx, _POLICY, manifest.policy.name)}


def has_rules(tx: Reading, manifest: Manifest) -> bool:
    """The same, and the list of products where the file names one."""
    listed = manifest.products
    known = packs.all_of(tx, _PRODUCTS, listed.name) if listed is not None else ()
    here = listed is None or listed.digest in {pack.digest for pack in known}
    return here and has_policy(tx, manifest)


def check_told(content: DossierContent, facts: CaseFacts, assessment: Assessment, keys: AbstractSet[str]) -> None:
    """Whether a case file tells every contradiction, flag and person that its facts hold. Errors: LEFT_OUT."""
    computed = {f"{one.code}:{one.subject}" for one in contradictions(assessment)}
    for what in (*sorted(computed - keys), *_flags_missing(content, assessment), *_persons_missing(content, facts)):
        raise Fault(Code.LEFT_OUT, where=content.manifest.case_number, what=what)


def readable(check: Callable[[Mapping[str, bytes]], None], parts: Mapping[str, bytes]) -> None:
    """Run a check over a stranger's parts; what it stumbles over is the file's fault. Errors: DOSSIER_UNREADABLE."""
    try:
        check(parts)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        field = str(error)[:60] if isinstance(error, KeyError) else type(error).__name__
        raise Fault(Code.DOSSIER_UNREADABLE, where=dossiers.SUMMARY, field=field) from error


def _flags_missing(content: DossierContent, assessment: Assessment) -> Iterator[str]:
    """Head office counts the flags of the summary, the queue shows them: they are the assessment's."""
    told = {(flag.code, flag.hard) for flag in content.summary.flags}
    yield from (flag.code for flag in assessment.flags if (flag.code, flag.hard) not in told)
    verdicts = {row.id: row.verdict for row in content.summary.checks}
    for check in assessment.checks:
        if check.verdict.value != "not_done" and verdicts.get(check.id) != check.verdict.value:
            yield check.id


def _persons_missing(content: DossierContent, facts: CaseFacts) -> Iterator[str]:
    """Whoever stands in the facts stands in the manifest, by which it is known who may not decide."""
    if content.manifest.schema not in {SCHEMA, WITH_PRODUCTS}:
        return  # files of before name none
    told = {plain_name(name) for name in (*content.manifest.persons, content.manifest.applicant)}
    yield from (name for name in persons_of(facts) if plain_name(name) not in told)
    came = facts.site_visit.officer_b if facts.site_visit is not None else ""
    involved = {plain_name(name) for name in (*content.manifest.investigators, content.manifest.officer.name)}
    if came.strip() and plain_name(came) not in involved:
        yield came.strip()
