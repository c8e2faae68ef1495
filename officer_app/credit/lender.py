"""Who lends, as it must stand on papers for borrowers. Source: DOMAIN, rows 45 and 122. No rule reads these."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from officer_app.credit.keys import text_key

LICENCE: Final = replace(text_key("lender.licence"), optional=True)
REGULATOR: Final = replace(text_key("lender.regulator"), optional=True)
ADDRESS: Final = replace(text_key("lender.address"), optional=True)
PHONE: Final = replace(text_key("lender.phone"), optional=True)
COMPLAINTS: Final = replace(text_key("lender.complaints"), optional=True)
