"""Head office's folder while it is open, and one work at a time over it."""

from __future__ import annotations

from officer_app import __version__
from officer_app.desktop.kit.workplace import OfficeAccess, Workplace
from officer_app.desktop.widgets.errands import Errands
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.exporting import Exporter
from officer_app.headoffice.journal import Said


class Office(Errands):
    """Errands at head office's desk."""

    def __init__(self, work: Workplace, progress: ProgressStrip) -> None:
        super().__init__(work, progress)
        self.desk: Desk | None = None
        self.access: OfficeAccess | None = None

    def open(self) -> tuple[Desk, OfficeAccess] | None:
        """The desk and the way to it, once head office's folder is open."""
        return (self.desk, self.access) if self.desk is not None and self.access is not None else None

    def person(self, why: str = "") -> Said:
        """Who is at the desk, and why."""
        return Said(self.work.desk.user.full_name, why)

    def exporter(self, desk: Desk, why: str = "") -> Exporter:
        """Who takes something out, and why."""
        own = self.work.desk
        return Exporter(desk.institution, own.user.full_name, own.clock.now(), __version__, why)
