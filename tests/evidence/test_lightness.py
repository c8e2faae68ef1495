"""The window starts before the decoders: nothing heavy is loaded by naming a photo."""

from __future__ import annotations

import subprocess
import sys


def test_the_package_loads_no_decoder_and_no_number_library() -> None:
    story = (
        "import sys\n"
        "import officer_app.evidence.intake, officer_app.evidence.search, officer_app.evidence.findings\n"
        "import officer_app.evidence.compare, officer_app.cli.photo, officer_app.base.workers\n"
        "print([name for name in ('numpy', 'PIL', 'pi_heif', 'PySide6') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", story], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
