"""What the sign-in sheet can say of this laptop without opening anything."""

from __future__ import annotations

from datetime import datetime

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, message


def remark(last_exchange: str, policy: str) -> Sayable | None:
    """When the last exchange was and which policy is in force, as far as they are known."""
    parts: list[Message] = []
    if last_exchange:
        at = local_time(datetime.fromisoformat(last_exchange))
        parts.append(message(N_("Last exchange {at:moment}"), at=at))
    if policy:
        parts.append(message(N_("Policy version {version}"), version=policy))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else message(N_("{first} · {second}"), first=parts[0], second=parts[1])
