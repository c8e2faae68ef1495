"""What came of the tour: the stamped memo, the evidence verified again, head office's figures beside ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from officer_app import __version__
from officer_app.base.canonical import Json
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, DossierId
from officer_app.base.words import N_, Language, Message, Sayable, Verbatim, message, say
from officer_app.casework.decisions import OUTCOMES
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.verdicts import verdict_lines
from officer_app.credit.expected import expected_block
from officer_app.exchange.bundle import BundleVerdict, verify_bundle
from officer_app.headoffice.exporting import Exporter, workbook_data
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import NAME, Demo
from officer_app.trust.papers import PdfVerdict, verify_pdf
from officer_app.vault import decisions, dossiers
from officer_app.vault.records import CaseItem, DecisionRecord

# Figures that are shown beside each other: path in the assessment's block.
FIGURES: Final = (
    "income_statement_month.adopted_monthly_sales",
    "household_month.disposable_income",
    "loan_sizing.recommended_max_loan",
    "capacity_at_tested_loan.dscr",
    "risk_index.index",
    "risk_index.grade",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence as a stranger finds it: bundle and stamped memo, checked against the root certificate alone."""

    bundle: BundleVerdict
    memo: PdfVerdict
    conditions: tuple[str, ...] = ()
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Every signature and digest of the bundle, and every signature in the memo."""
        return self.bundle.ok and self.memo.ok

    def text(self, language: Language) -> str:
        """What was checked, as lines."""
        return "".join(f"{say(line, language)}\n" for line in self._lines())

    def facts(self, case: CaseItem, purpose: str) -> list[tuple[Sayable, Sayable]]:
        """Who wants what, what is wrong, what was decided, how one knows."""
        outcome = message(OUTCOMES[self.bundle.outcomes[-1]]) if self.bundle.outcomes else message(N_("Cannot tell"))
        return [
            (
                message(N_("Who wants what")),
                message(
                    N_("{who} ({business}) asks for {asked:money} yuan: {purpose}"),
                    who=Verbatim(case.applicant),
                    business=Verbatim(case.business),
                    asked=case.requested_amount,
                    purpose=Verbatim(purpose),
                ),
            ),
            (
                message(N_("What is wrong")),
                message(
                    N_(
                        "Sales told as 620,000 a month; four things one can see show about 430,000. A brother's "
                        "60,000 was not mentioned; the net worth is 65,000 short of its history as told, 131,000 "
                        "after corrections."
                    )
                ),
            ),
            (
                message(N_("What the figures support")),
                message("{supported:money}", supported=case.supported_amount),
            ),
            (
                message(N_("What was decided")),
                message(N_("{outcome}: {amount:money} yuan"), outcome=outcome, amount=self.bundle.amount),
            ),
            (message(N_("Why, in the manager's words")), Verbatim(self.reason)),
            (message(N_("Conditions before payout")), Verbatim("；".join(self.conditions) or "—")),
            (message(N_("How one knows")), self._how()),
            (
                message(N_("Who they are")),
                message(
                    N_(
                        "A made-up institution: officer Li Hui, branch manager Chen Guodong, head office. "
                        "The pictures are drawn and marked 样例; the ID numbers belong to no region. The program "
                        "is real; the story's clock is moved on, so that hours pass in seconds."
                    )
                ),
            ),
        ]

    def _how(self) -> Message:
        if not self.holds:
            return message(N_("The evidence does not hold. See the verification."))
        return message(
            N_(
                "The officer's signature covers every file of the case by its digest ({digest}); the manager's "
                "signed decision names that very digest; head office signed a receipt for it. All of it was checked "
                "with the institution's root certificate alone."
            ),
            digest=Verbatim(f"{self.bundle.dossier[:8]}…{self.bundle.dossier[-8:]}"),
        )

    def _lines(self) -> list[Sayable]:
        lines: list[Sayable] = [*verdict_lines(self.bundle), message(N_("Memo: {verdict}"), verdict=self._memo())]
        for signature in self.memo.signatures:
            if signature.signer is not None:
                name = signature.signer.person.name
                lines.append(message(N_("Signed in field {field}: {name}"), field=signature.field, name=name))
        lines.append(message(N_("Check it yourself: officer-app dossier verify dossier --root root.pem")))
        return lines

    def _memo(self) -> Message:
        if self.memo.reason is None:
            return message(N_("signed and unchanged"))
        return self.memo.reason.sentence


def verified(folder: Path, decided: DecisionRecord) -> Proof:
    """Check bundle and memo of a tour's folder against its root certificate."""
    root = (folder / "root.pem").read_bytes()
    bundle = verify_bundle(folder / "dossier", root)
    memo = verify_pdf((folder / "memo.pdf").read_bytes(), root)
    return Proof(bundle, memo, decided.conditions, decided.reason)


def memo_of(desk: Desk, case: CaseId) -> tuple[DossierId, bytes, DecisionRecord]:
    """The dossier of a decided case, its memo with the decision's stamp, and the decision. Errors: RECORD_MISSING."""
    with desk.vault.reading() as tx:
        dossier = dossiers.of_case(tx, case)[-1]
        decided = decisions.of_dossier(tx, dossier.digest)
    if not decided or decided[-1].memo is None:
        raise Fault(Code.RECORD_MISSING, where="decision")
    return dossier.id, desk.vault.read_blob(decided[-1].memo), decided[-1]


def beside(demo: Demo, desk: Desk, case: CaseItem) -> dict[str, Json]:
    """Each figure as the analysis gives it on the officer's laptop and as it stands in head office's database."""
    block = expected_block(findings_of(desk, case.id).assessment, allow_missing=True)
    theirs = _in_warehouse(demo, desk, case.number)
    return {path: {"assess": _at(block, path), "head_office": theirs.get(path)} for path in FIGURES}


def agrees(figures: dict[str, Json]) -> bool:
    """Whether both columns are the same, and known."""
    return all(
        isinstance(row, dict) and row["assess"] is not None and row["assess"] == row["head_office"]
        for row in figures.values()
    )


def _in_warehouse(demo: Demo, desk: Desk, number: str) -> dict[str, Json]:
    by = Exporter(NAME, desk.user.full_name, desk.clock.now(), __version__)
    with Warehouse(demo.warehouse) as warehouse:
        rows = workbook_data(warehouse, by).figures
        return {row.path: str(row.value) for row in rows if row.case_number == number and row.value is not None}


def _at(block: Json, path: str) -> Json:
    node = block
    for key in path.split("."):
        node = node.get(key) if isinstance(node, dict) else None
    return node
